"""How exposed the work of each sector is to AI: a range over published indices, and never a number of jobs."""

from __future__ import annotations

from app.analysis.disclosure import release
from app.domain.assessment import TOTAL
from app.domain.figure import Figure, FigureKind
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
from app.domain.watch import SectorJobs
from app.present import wording
from app.present.provenance import notes
from app.present.watching import Watched, names_of


def exposed(found: Watched) -> tuple[SectorJobs, ...]:
    """Return the sectors that an index covers, the most exposed first."""
    known = [one for one in found.value.jobs if one.exposure is not None and one.sector not in (TOTAL, "")]
    return tuple(sorted(known, key=lambda one: (-(one.exposure or (0.0, 0.0, 0.0))[1], one.sector)))


def exposure_table(found: Watched) -> ReleasedTable:
    """Return the middle of the indices with the lowest and highest, then each index; they rest on no firm, so none is hidden."""
    indices = [index for index in found.view.resources.exposure if any(index.id in one.indices for one in exposed(found))]
    rows = []
    for one in exposed(found):
        low, middle, high = (100.0 * part for part in one.exposure or (0.0, 0.0, 0.0))
        mark = found.mark("jobs", one.sector, "exposure")
        first = Cell(CellStatus.SHOWN, "score", middle, low, high, evidence=mark)
        each = (
            Cell(CellStatus.SHOWN, "score", 100.0 * one.indices[index.id] if index.id in one.indices else None, evidence=mark)
            for index in indices
        )
        rows.append(Row(one.sector, found.view.sector_label(one.sector), (first, *each)))
    columns = (found.view.texts("figure.exposure.column"), *(found.view.texts.of(index.words) for index in indices))
    return release("jobs-exposure", columns, rows)


def make_exposure(found: Watched) -> Figure:
    """Return `jobs-exposure`: a span a sector, a tick an index; that exposure is not displacement is always said."""
    texts, table = found.view.texts, exposure_table(found)
    title = exposure_title(found)
    used = found.view.resources.exposure
    sources = wording.joined(texts, tuple(dict.fromkeys(wording.source_text(texts, index.source) for index in used)))
    assumed = dict.fromkeys(wording.full_stop(texts, texts.of(index.assumed)) for index in used)
    verify = (wording.full_stop(texts, texts("wording.caution.verify")),) if any(index.verify for index in used) else ()
    printed = Provenance(
        measure=texts("figure.exposure.measure"),
        sample=texts("figure.exposure.sample"),
        weighting="",
        interval=texts("figure.exposure.interval"),
        as_of="",
        instrument="",
        source=sources,
        note=notes(texts, *assumed, *verify),
        synthetic=found.view.study.synthetic,
    )
    return Figure(
        id="jobs-exposure",
        kind=FigureKind.SPANS,
        title=title,
        subtitle=texts("figure.exposure.caveat"),
        table=table,
        provenance=printed,
        alt=texts("figure.exposure.alt", n=len(table.rows), title=title),
        chosen=found.view.selection.sector,
        keys=(texts("figure.exposure.key"),),
    )


def exposure_title(found: Watched) -> str:
    """Say which sectors stand highest by every index, or that the indices do not agree on it."""
    texts, ordered = found.view.texts, exposed(found)
    if len(ordered) < 2:
        return texts("figure.exposure.one", who=names_of(found, [one.sector for one in ordered]))
    top = {max((one for one in ordered if id_ in one.indices), key=lambda one: one.indices[id_]).sector for id_ in _ids(ordered)}
    first = ordered[0]
    if top == {first.sector}:
        return texts("figure.exposure.agreed", who=found.view.sector_label(first.sector), n=len(_ids(ordered)))
    return texts("figure.exposure.open", who=names_of(found, sorted(top)), n=len(_ids(ordered)))


def _ids(ordered: tuple[SectorJobs, ...]) -> list[str]:
    return list(dict.fromkeys(id_ for one in ordered for id_ in one.indices))
