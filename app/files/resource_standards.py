"""Other standards from resources/standards: which item asks for their level, and what does not carry over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from app.domain.crosswalk import Standard, StandardLevel
from app.domain.instrument import Instrument
from app.files.resource_rows import ResourceError, Row, read_toml, require_unique


def read_standards(paths: Sequence[Path]) -> tuple[Standard, ...]:
    """Return the standards of these files, one a file, in file order; ResourceError for a bad or repeated one."""
    standards: list[Standard] = []
    for path in paths:
        row = read_toml(path)
        standards.append(_standard(row))
        row.close()
        require_unique(row, [standard.id for standard in standards])
        require_unique(row, [standard.item for standard in standards])
    return tuple(standards)


def require_asked(standards: Iterable[Standard], instruments: Iterable[Instrument]) -> None:
    """Raise ResourceError when no instrument asks for a standard's level, or one that does lacks one of its levels."""
    forms = tuple(instruments)
    for standard in standards:
        items = [item for form in forms for item in form.items if item.code == standard.item]
        levels = {level.code for level in standard.levels}
        if not items or any(levels - {option.code for option in item.options} for item in items):
            raise ResourceError("kind", f"{standard.id}.toml", standard.id, field="item", value=standard.item)


def _standard(row: Row) -> Standard:
    levels = tuple(_level(child) for child in row.children("level"))
    require_unique(row, [level.code for level in levels])
    if len(levels) < 2:
        raise row.error("missing", field="level")
    return Standard(
        id=row.text("id"),
        words=row.words("name"),
        levels=levels,
        item=row.text("item"),
        lost=row.words("lost"),
        source=row.source(),
        verify=row.flag("verify"),
    )


def _level(row: Row) -> StandardLevel:
    level = StandardLevel(row.text("code"), row.words())
    row.close()
    return level
