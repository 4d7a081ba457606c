"""Published series from elsewhere out of resources/reference: figures with their definition, source and breaks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.reference import ReferenceSeries
from app.files.resource_rows import Row, read_toml, require_unique

GROUPS = ("domestic", "union", "sector", "country", "abroad")


def read_references(paths: Sequence[Path]) -> tuple[ReferenceSeries, ...]:
    """Return the series of these files, in file order; ResourceError for a bad or repeated one."""
    found: list[ReferenceSeries] = []
    for path in paths:
        row = read_toml(path)
        row.text("version")
        found += [_series(child) for child in row.children("series")]
        row.close()
        require_unique(row, [series.id for series in found])
    return tuple(found)


def _series(row: Row) -> ReferenceSeries:
    group = row.text("group")
    if group not in GROUPS:
        raise row.error("kind", field="group", value=group)
    series = ReferenceSeries(
        id=row.text("id"),
        words=row.words(),
        definition=row.words("definition"),
        source=row.source(),
        sections=row.texts("sections"),
        points=_points(row),
        breaks=tuple(_number(row, "breaks", value) for value in row.take("breaks", list, [])),
        verify=row.flag("verify"),
        group=group,
        bound=row.flag("bound"),
    )
    row.close()
    return series


def _points(row: Row) -> tuple[tuple[float, float], ...]:
    """Return (decimal year, fraction), oldest first; ResourceError for anything else, or a share that is none."""
    pairs = row.take("points", list)
    if not pairs or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise row.error("kind", field="points", value=pairs)
    points = tuple((_number(row, "points", time), _number(row, "points", share)) for time, share in pairs)
    times = [time for time, _ in points]
    if times != sorted(set(times)) or not all(0 <= share <= 1 for _, share in points):
        raise row.error("kind", field="points", value=pairs)
    return points


def _number(row: Row, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise row.error("kind", field=key, value=value)
    return float(value)
