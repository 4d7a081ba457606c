"""Evidence of jobs and of exposure. A rate reads as it is released: what one or two firms make up is not told here either."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.answers import finite, is_numeric
from app.domain.instrument import Role
from app.present import wording
from app.present.draw.steps import points_text
from app.present.evidence.watch_opened import Opened, Places, firms_in
from app.present.figures.jobs import SHARES, job_table
from app.present.tables import row_of
from app.present.watching import Watched


def open_jobs(found: Watched, sector: str, what: str) -> Opened | None:
    """Open a rate of jobs; its value is the released one, so that what one or two firms make up is not told here either."""
    texts, who = found.view.texts, found.view.sector_label(sector)
    if what == "exposure":
        return _exposure(found, sector)
    one, employees = found.jobs.get(sector), found.view.study.instrument.with_role(Role.EMPLOYEES)
    row = row_of(job_table(found, (what,)), sector) if one is not None and what in one.rates else None
    if row is None or employees is None:
        return None
    parts = {"net": ("created", "displaced"), "redeployed": ("moved", "displaced")}.get(what, (what,))
    items = [found.rule.jobs[part] for part in parts if part in found.rule.jobs]
    scope = firms_in(found, sector)
    title = texts("evidence.watch.jobs", who=who, what=texts(f"figure.jobs.{what}"))
    cell = row.cells[0]
    value = points_text(texts, cell) if cell.unit == "pp" and cell.value is not None else wording.cell_words(texts, cell)
    told = value if what in SHARES or cell.value is None else texts("evidence.watch.per_hundred", value=value)
    notes = (texts("watch.page.jobs_note_rates"), texts("watch.page.jobs_note_hidden"))
    formula = texts(f"evidence.watch.formula_{what}")
    return Opened(
        title,
        told,
        formula,
        scope,
        _answered(found, scope, (employees.code, *items)),
        (*items, employees.code),
        notes,
        is_share=False,
    )


def _answered(found: Watched, scope: Places, items: Sequence[str]) -> Places:
    """Return 0 for each firm in `scope` that gave usable numbers to all `items`, the first of them its employees; else 2."""
    responses = found.view.study.responses
    usable = np.ones(len(scope), dtype=bool)
    heads = None
    for code in items:
        if responses is None or code not in responses.values or not is_numeric(responses.values[code]):
            return np.full(len(scope), 2, dtype=np.int64)
        numbers = finite(responses.values[code].iloc[scope])
        heads = numbers if heads is None else heads
        usable &= (numbers >= 0) & (heads > 0) & (numbers <= heads)
    return np.where(usable, 0, 2).astype(np.int64)


def _exposure(found: Watched, sector: str) -> Opened | None:
    one, texts = found.jobs.get(sector), found.view.texts
    if one is None or one.exposure is None:
        return None
    low, middle, high = (f"{100 * part:.0f}" for part in one.exposure)
    each = [
        texts(
            "evidence.watch.index",
            index=texts.of(index.words),
            value=f"{100 * one.indices[index.id]:.0f}",
            source=wording.source_text(texts, index.source),
        )
        for index in found.view.resources.exposure
        if index.id in one.indices
    ]
    title = texts("evidence.watch.exposure", who=found.view.sector_label(sector))
    value = texts("evidence.watch.range", middle=middle, low=low, high=high)
    nobody = np.zeros(0, dtype=np.int64)
    notes = (wording.full_stop(texts, texts("figure.exposure.caveat")), *each)
    return Opened(title, value, texts("figure.exposure.measure"), nobody, nobody, (), notes)
