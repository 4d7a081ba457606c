"""What was measured on published series about paces, from resources/forecast."""

from __future__ import annotations

from pathlib import Path

from app.analysis.progress.forecast.laid_down import Measured
from app.files.resource_rows import Row, read_toml, require_unique


def read_measured(path: Path) -> tuple[Measured, ...]:
    """Return the series of `pace.toml`, in file order; ResourceError for a bad or repeated row."""
    root = read_toml(path)
    root.text("version")
    series = tuple(_measured(row) for row in root.children("series"))
    root.close()
    require_unique(root, [each.id for each in series])
    return series


def read_bass(path: Path) -> tuple[float, float]:
    """Return typical p and q of `bass.toml`; ResourceError for a bad row."""
    root = read_toml(path)
    root.text("version")
    row = root.child("bass")
    typical = row.number("p"), row.number("q")
    row.source()
    row.flag("verify")
    row.close()
    root.close()
    return typical


def _measured(row: Row) -> Measured:
    lasting, passing, noise = (row.optional_number(name) for name in ("lasting", "passing", "noise"))
    measured = Measured(row.text("id"), row.text("origin"), lasting, passing, noise, row.source())
    row.close()
    for name, number in (("lasting", lasting), ("passing", passing), ("noise", noise)):
        if number is not None and number < 0:
            raise row.error("kind", field=name, value=number)
    return measured
