"""The status components of goals as open-sdg publishes them, as JSON, YAML or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.files.atomic import write_atomically
from app.files.endings import check_ending
from app.files.formula_guard import guarded

ENDINGS = (".json", ".yml", ".yaml", ".csv")
_WORDS = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null"))  # some readers take these for no text
Component = Mapping[str, Any]


def write_components(path: Path, components: Mapping[str, Component]) -> None:
    """Write each goal's components (texts, numbers, yes or no, None, and mappings of them) under its id, by the file's ending.

    In CSV a goal is a row and what lies in an inner mapping stands beside the rest. UserError `file.unknown_format`, or why the
    disk will not have it.
    """
    check_ending(path, *ENDINGS)
    if path.suffix.lower() == ".json":
        write_atomically(path, json.dumps(components, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    elif path.suffix.lower() == ".csv":
        write_atomically(path, "\ufeff" + _csv([_flat(id_, each) for id_, each in components.items()]))
    else:
        write_atomically(path, "\n".join(_yaml(components)) + "\n")


def _flat(id_: str, component: Component) -> dict[str, Any]:
    row: dict[str, Any] = {"goal": id_}
    for name, value in component.items():
        row |= value if isinstance(value, Mapping) else {name: value}
    return row


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> str:
    """Return a value as csv has it; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guarded(value)
    return repr(value)


def _yaml(value: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    if not value and not indent:
        yield "{}"
    for name, each in value.items():
        if each == {}:
            yield f"{indent}{_scalar(name)}: {{}}"
        elif isinstance(each, Mapping):
            yield f"{indent}{_scalar(name)}:"
            yield from _yaml(each, indent + "  ")
        else:
            yield f"{indent}{_scalar(name)}: {_scalar(each)}"


def _scalar(value: Any) -> str:
    """Return a scalar of YAML 1.2: a text in double quotes, with all that is not plainly printable escaped."""
    if not isinstance(value, str):
        return json.dumps(value, allow_nan=False)
    if (
        value.isascii()
        and value.isidentifier()
        and value.casefold() not in ("yes", "no", "on", "off", "y", "n", "true", "false", "null")
    ):
        return value
    return '"' + "".join(map(_character, value)) + '"'


def _character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
