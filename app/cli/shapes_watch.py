"""The JSON of `watch`: aggregates that may be published, by sector; a hidden number is null and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.shapes import plain, sector_words
from app.domain.release import Cell, CellStatus, ReleasedTable
from app.domain.resources import Resources
from app.domain.words import Texts

if TYPE_CHECKING:
    from app.workflows.watch import Watching


def watch_json(watching: Watching, texts: Texts, resources: Resources) -> dict[str, Any]:
    """Return `watch --json`: shares as fractions, scores 0–100; sector "*" is all firms together.

    Rates of jobs are over employees, redeployment over those affected; `exposure` is lowest, middle and highest of `indices`,
    each 0–1 among all sections.
    """
    from app.analysis.watch.released import released

    watch, study = watching.watch, watching.study
    out = released(watch)
    rule = resources.watch.get(study.instrument.id)

    def rows(*tables: tuple[str, ReleasedTable]) -> list[dict[str, Any]]:
        by_sector: dict[str, dict[str, Any]] = {}
        for name, table in tables:
            for row in table.rows:
                cells = {column: _cell(cell) for column, cell in zip(table.columns, row.cells, strict=True)}
                words = {"sector": row.key, "words": sector_words(row.key, study, resources)}
                by_sector.setdefault(row.key, words).update({name: cells} if name else cells)
        return list(by_sector.values())

    counted = (("tiers", out.tiers), ("quadrants", out.quadrants), ("flags", out.flags))
    jobs = {one.sector: {"exposure": one.exposure, "indices": one.indices} for one in watch.jobs}
    return {
        "wave": watch.wave,
        "design": study.wave(watch.wave).design.value,
        "rule": None if rule is None else {"id": rule.id, "version": rule.version, "verify": rule.verify},
        "missing": [texts(key) for key in watch.missing],
        "agents": rows(("", out.agents), *counted),
        "jobs": [{**row, **plain(jobs[row["sector"]])} for row in rows(("", out.jobs))],
        "jobs_left_out": watch.jobs[0].left_out if watch.jobs else 0,
        "exposure_note": texts("watch.exposure.caveat"),
        "models": rows(*out.models.items()),
        "policy": out.jobs.policy,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    shown = {"value": cell.value, "low": cell.low, "high": cell.high, "n": cell.n}
    return {**shown, "hidden": cell.status is CellStatus.HIDDEN}
