"""Everything under resources/, loaded once into frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from app.domain.errors import UserError
from app.domain.goals import GoalBook
from app.domain.instrument import Instrument
from app.domain.resources import Resources
from app.domain.rubric import Rubric
from app.domain.theme import Palette
from app.files.resource_briefing import read_layouts, read_templates
from app.files.resource_exposure import EXPOSURE_FILE, read_exposure
from app.files.resource_goals import read_goal_book
from app.files.resource_instruments import parse_instrument, parse_rubric, require_fit
from app.files.resource_names import read_names
from app.files.resource_natives import read_natives
from app.files.resource_reference import read_references
from app.files.resource_rows import ResourceError, parse_toml, read_resource_text, read_toml
from app.files.resource_rules import read_rules, rule_kinds
from app.files.resource_standards import read_standards, require_asked
from app.files.resource_taxonomy import read_taxonomy
from app.files.resource_watch import read_watch_rules
from app.files.resource_words import read_finding_kinds, read_words

__all__ = [
    "ResourceError",
    "definition_texts",
    "load_local_goals",
    "load_palette",
    "load_resources",
    "local_goal_layers",
    "parse_instrument",
    "parse_rubric",
    "resources_folder",
]


def resources_folder() -> Path:
    """Return the folder of resources: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    bundled = package / "_resources"
    return bundled if bundled.is_dir() else package.parent / "resources"


def load_resources(folder: Path | None = None) -> Resources:
    """Load every resource of `folder` (default: the program's own); ResourceError names file and row of what is wrong."""
    root = folder or resources_folder()
    rules = read_rules(_files(root / "rules"))
    instruments, standards = _instruments(root), read_standards(_files(root / "standards"))
    require_asked(standards, instruments.values())
    layouts = read_layouts(_files(root / "briefing" / "layouts"))
    goal_book, taxonomy = read_goal_book(_files(root / "goals")), read_taxonomy(root / "taxonomy")
    return Resources(
        instruments=MappingProxyType(instruments),
        rubrics=MappingProxyType(_rubrics(root)),
        goal_book=goal_book,
        taxonomy=taxonomy,
        finding_kinds=MappingProxyType(read_finding_kinds(_files(root / "findings")) | rule_kinds(rules)),
        words=MappingProxyType(read_words(_files(root / "locale"))),
        names=read_names(root / "taxonomy" / "name_parts.toml"),
        rules=rules,
        natives=MappingProxyType(read_natives(_files(root / "natives"), instruments)),
        standards=standards,
        references=read_references(_files(root / "reference")),
        watch=MappingProxyType(read_watch_rules(_rules_to_watch(root), instruments)),
        exposure=read_exposure(root / "watch" / EXPOSURE_FILE, tuple(taxonomy.sections)),
        templates=MappingProxyType(read_templates(_files(root / "briefing" / "templates"), layouts)),
        layouts=MappingProxyType(layouts),
    )


def local_goal_layers(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of the optional layers of local goals; none is loaded unless asked for."""
    return tuple(path.stem for path in _files((folder or resources_folder()) / "goals" / "local"))


def load_local_goals(name: str, folder: Path | None = None) -> GoalBook:
    """Return one optional layer of local goals; UserError when there is none of that name."""
    root = folder or resources_folder()
    if name not in local_goal_layers(root):
        raise UserError("goals.unknown_layer", id=name, known=", ".join(local_goal_layers(root)))
    return read_goal_book([root / "goals" / "local" / f"{name}.toml"])


def definition_texts(id_or_path: str) -> tuple[str, str]:
    """Return the TOML texts of an instrument and of its rubric ("" when it has none) for a study to keep.

    `id_or_path` is the id of an instrument of the program or the path of a TOML file. UserError when there is no such
    instrument or rubric, ResourceError when the text does not describe one.
    """
    folder = resources_folder()
    path = _instrument_path(id_or_path, folder)
    text = read_resource_text(path)
    instrument = parse_instrument(text, path.name)
    if isinstance(parse_toml(text, path.name).fields.get("rubric"), dict):
        rules = text
    elif instrument.rubric:
        rules = _rubric_text(instrument.rubric, folder)
    else:
        return text, ""
    require_fit(instrument, parse_rubric(rules, path.name), path.name)
    return text, rules


def load_palette(name: Literal["light", "dark"], folder: Path | None = None) -> Palette:
    """Return the colours of a theme; ResourceError when the file lacks one or names one nobody uses."""
    row = read_toml((folder or resources_folder()) / "theme" / f"{name}.toml")
    colours: dict[str, Any] = {}
    for field in fields(Palette):
        is_list = field.name in ("levels", "level_text", "heat")
        colours[field.name] = row.texts(field.name) if is_list else row.text(field.name)
    row.close()
    return Palette(**colours)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _rules_to_watch(root: Path) -> list[Path]:
    return [path for path in _files(root / "watch") if path.name != EXPOSURE_FILE]


def _instruments(root: Path) -> dict[str, Instrument]:
    read = [parse_instrument(read_resource_text(path), path.name) for path in _files(root / "instruments")]
    return {instrument.id: instrument for instrument in read}


def _rubrics(root: Path) -> dict[str, Rubric]:
    read = [parse_rubric(read_resource_text(path), path.name) for path in _files(root / "rubric")]
    return {rubric.id: rubric for rubric in read}


def _instrument_path(id_or_path: str, folder: Path) -> Path:
    known: Mapping[str, Path] = {path.stem: path for path in _files(folder / "instruments")}
    if id_or_path in known:
        return known[id_or_path]
    path = Path(id_or_path)
    if path.suffix == ".toml" and path.is_file():
        return path
    raise UserError("instrument.unknown", id=id_or_path, known=", ".join(known))


def _rubric_text(id_: str, folder: Path) -> str:
    path = folder / "rubric" / f"{id_}.toml"
    if not path.is_file():
        known = ", ".join(path.stem for path in _files(folder / "rubric"))
        raise UserError("rubric.unknown", id=id_, known=known)
    return read_resource_text(path)
