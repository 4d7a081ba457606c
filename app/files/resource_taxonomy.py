"""Industries, their aliases and the size table from resources/taxonomy."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from app.domain.taxonomy import Section, SizeRule, Taxonomy
from app.domain.words import Words, normal_form
from app.files.resource_rows import ResourceError, Row, read_resource_text, read_toml, require_unique

_VARIABLES = ("X", "Y", "Z")


def read_taxonomy(folder: Path) -> Taxonomy:
    """Return the taxonomy of industries, aliases, sizes, codes and editions; ResourceError for a bad row."""
    sections, divisions = _industries(folder / "industries.toml")
    targets = sections.keys() | divisions.keys()
    return Taxonomy(
        sections=MappingProxyType(sections),
        divisions=MappingProxyType(divisions),
        aliases=MappingProxyType(_aliases(folder / "aliases.toml", targets)),
        size_rules=_size_rules(folder / "sizes.toml"),
        codes=MappingProxyType(_codes(folder / "codes.tsv")),
        moved=MappingProxyType(_moved(folder / "editions.toml", set(divisions))),
        broad=MappingProxyType(_broad(folder / "broad.toml", set(sections))),
    )


def _industries(path: Path) -> tuple[dict[str, Section], dict[str, Words]]:
    row = read_toml(path)
    _head(row)
    sections: dict[str, Section] = {}
    divisions: dict[str, Words] = {}
    for letter, section in row.named("sections"):
        own = {code: entry.words() for code, entry in section.named("divisions")}
        sections[letter] = Section(letter, section.words(), tuple(own), section.text("isic"))
        require_unique(section, [*divisions, *own])
        divisions.update(own)
        section.close()
    row.close()
    return sections, divisions


def _aliases(path: Path, targets: set[str]) -> dict[str, str]:
    row = read_toml(path)
    _head(row)
    group = row.child("aliases")
    aliases: dict[str, str] = {}
    for target in tuple(group.fields):
        if target not in targets:
            raise group.error("kind", field=target, value=target)
        for alias in group.texts(target):
            known = aliases.setdefault(normal_form(alias), target)
            if known != target:
                raise group.error("duplicate", field=alias)
    row.close()
    return aliases


def _codes(path: Path) -> dict[str, tuple[str, str]]:
    """Return code → names of 2017 and 2011 from a table of tabs: code, name of 2017, name of 2011 (= the same)."""
    codes: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(read_resource_text(path).splitlines(), 1):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or not cells[0].isdecimal() or cells[0] in codes or not (cells[1] or cells[2]):
            raise ResourceError("kind", path.name, f"{number}", field="code", value=line)
        codes[cells[0]] = (cells[1], cells[1] if cells[2] == "=" else cells[2])
    return codes


def _moved(path: Path, divisions: set[str]) -> dict[str, str]:
    row = read_toml(path)
    _head(row)
    group = row.child("moved")
    moved = {old: group.text(old) for old in tuple(group.fields)}
    if wrong := set(moved.values()) - divisions:
        raise group.error("kind", field="moved", value=sorted(wrong))
    row.close()
    return moved


def _broad(path: Path, sections: set[str]) -> dict[str, Words]:
    """Return the broader group of every section; ResourceError where one has none or two."""
    row = read_toml(path)
    _head(row)
    groups = {}
    for child in row.children("group"):
        words = child.words()
        for section in child.texts("sections"):
            if section in groups or section not in sections:
                raise child.error("kind", field="sections", value=section)
            groups[section] = words
        child.close()
    if missing := sections - set(groups):
        raise row.error("kind", field="group", value=sorted(missing))
    row.close()
    return groups


def _size_rules(path: Path) -> tuple[SizeRule, ...]:
    row = read_toml(path)
    source = _head(row)
    rules = tuple(_size_rule(child, source) for child in row.children("rule"))
    row.close()
    require_unique(row, [code for rule in rules for code in rule.divisions])
    return rules


def _size_rule(row: Row, source: str) -> SizeRule:
    limits = row.child("at_least")
    thresholds = {name: _triple(limits, name) for name in tuple(limits.fields)}
    if not thresholds or not set(thresholds) <= set(_VARIABLES):
        raise row.error("kind", field="at_least", value=sorted(thresholds))
    rule = SizeRule(row.text("name"), row.texts("codes"), MappingProxyType(thresholds), source)
    row.close()
    return rule


def _triple(row: Row, name: str) -> tuple[float, float, float]:
    values = row.take(name, list)
    if len(values) != 3 or sorted(values, reverse=True) != values:
        raise row.error("kind", field=name, value=values)
    return float(values[0]), float(values[1]), float(values[2])


def _head(row: Row) -> str:
    """Use up version and source of a file; return the source."""
    row.text("version")
    return row.source()
