"""What was estimated of sectors beyond their shares, as cells and words: methods, classes with their chance, rank intervals."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.disclosure import hide
from app.domain.assessment import TOTAL
from app.domain.estimate import Method, RankInterval, SectorClass, SectorEstimate
from app.domain.numbers import number, percent
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.statistic import FIRMS, Group
from app.domain.words import Texts
from app.present import wording
from app.present.marks import class_id, rank_id
from app.present.view import View

BASELINES = ("majority", "rubric")  # what stands in for a model that was refused or not better
SURE = 0.5  # a class is named when it is likelier than all others together


def class_cell(estimate: SectorEstimate) -> Cell:
    """Return the chance of a sector's class as a cell; None where it has no class or no chance."""
    found = estimate.sector_class
    chance = found.probability if found is not None else None
    mark = class_id(estimate.wave, estimate.sector)
    return Cell(CellStatus.SHOWN, "fraction", chance, n=estimate.n_firms, evidence=mark)


def rank_cell(rank: RankInterval | None, n: int, mark: str) -> Cell:
    """Return a rank with its 5–95 % interval as a cell; empty, with nothing to open, where the sector was not ranked."""
    if rank is None or not rank.ranked:
        return Cell(CellStatus.SHOWN, "rank", n=n)
    return Cell(CellStatus.SHOWN, "rank", float(rank.rank), float(rank.low), float(rank.high), n, mark)


def rank_of(estimate: SectorEstimate) -> Cell:
    """Return the rank of a sector among the sectors as a cell."""
    return rank_cell(estimate.rank, estimate.n_firms, rank_id(estimate.wave, estimate.sector))


def rank_text(rank: RankInterval) -> str:
    """Return the ranks a sector may have: 2–5, or 3 where it can be no other."""
    return f"{rank.low}–{rank.high}" if rank.low != rank.high else f"{rank.low}"


def is_sure(found: SectorClass) -> bool:
    """Whether a class may be named: its chance is above that of all others together, or no chance may be given (volunteers)."""
    return found.probability is None or found.probability >= SURE


def class_words(view: View, found: SectorClass | None) -> str:
    """Return a class with its name; the levels it may be where none is likely enough."""
    if found is None:
        return view.texts("assess.cannot_tell")
    if is_sure(found):
        return view.level_label(found.level)
    return f"{view.texts('assess.cannot_tell')} {'/'.join(likely(found))}"


def likely(found: SectorClass) -> tuple[str, ...]:
    """Return the fewest levels that together hold the class in nine cases of ten, lowest first."""
    held, chosen = 0.0, []
    for level, chance in sorted(found.chances, key=lambda pair: -pair[1]):
        if held >= 0.9:
            break
        held += chance
        chosen.append(level)
    order = [level for level, _ in found.chances]
    return tuple(sorted(chosen, key=order.index))


def class_sentence(view: View, estimate: SectorEstimate) -> str:
    """Say the class of a sector, how sure it is, or why it cannot be told."""
    texts, found, who = view.texts, estimate.sector_class, view.sector_label(estimate.sector)
    if found is None:
        return texts("assess.class.none", sector=who, reason=reason_words(texts, estimate.reason))
    share = percent(found.share)
    said = {"sector": who, "level": view.level_label(found.level), "share": share}
    if found.probability is None:
        return texts("assess.class.plain", **said)
    if not is_sure(found):
        return texts("assess.class.unsure", sector=who, levels="/".join(likely(found)), share=share)
    return texts("assess.class.sure", chance=wording.chance_text(found.probability), **said)


def method_words(texts: Texts, estimate: SectorEstimate, by: str = "") -> str:
    """Say where a sector's shares come from, and why a better way was left; `by` is what gave the levels of firms not visited
    ("" the model, else a key of BASELINES)."""
    said = {"n": number(estimate.n_firms, "count"), "labelled": number(estimate.n_labelled, "count")}
    key = f"{estimate.method.value}_{by}" if by and is_imputed(estimate) else estimate.method.value
    words = texts(f"assess.method.{key}", **said)
    return f"{words}{_because(texts, estimate.reason)}" if estimate.reason else words


def predicted_by(view: View) -> str:
    """Return what gave the levels of firms nobody visited: "" a model that was taken, else the baseline that stood in for it."""
    report = view.assessment.classifier if view.assessment is not None else None
    if report is None or not report.refusal:
        return report.model if report is not None and report.model in BASELINES else ""
    return report.baseline if report.baseline in BASELINES else "rubric"


def rests_on_visits(estimate: SectorEstimate | None) -> bool:
    """Whether a sector's shares rest on what was found on site; they then speak of all firms that answered."""
    return estimate is not None and estimate.method is not Method.RUBRIC


def measured_alike(view: View, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows of sectors whose shares of levels were measured as those of all firms were: only these may be compared."""
    visits = rests_on_visits(view.estimates.get(TOTAL))
    return tuple(row for row in rows if rests_on_visits(view.estimates.get(row.key)) is visits)


def with_firms(view: View, table: ReleasedTable) -> ReleasedTable:
    """Return a table whose rows that rest on visits tell the firms they speak of, which are more than those visited."""
    known = view.estimates
    spoken = {
        key: view.door.spoken(Group(FIRMS, estimate.wave, key), estimate.n_firms)
        for key, estimate in known.items()
        if rests_on_visits(estimate)
    }
    return replace(table, rows=tuple(replace(row, n=spoken.get(row.key)) for row in table.rows)) if spoken else table


def weighting_words(view: View) -> str:
    """Say how firms are weighted where shares of sectors stand: by the method of all firms."""
    total = view.estimates.get(TOTAL)
    if total is None or (total.method is Method.RUBRIC and not view.is_weighted):
        return view.texts("wording.weighting.firms")
    return view.texts(f"assess.weighting.{total.method.value}")


def is_imputed(estimate: SectorEstimate) -> bool:
    """Whether a share rests on more than observed levels."""
    return estimate.method is Method.PPI


def reason_words(texts: Texts, reason: str) -> str:
    """Return the sentence of a reason key; a general one where it has none."""
    return texts(reason) if reason in texts.entries else texts("assess.reason.other")


def _because(texts: Texts, reason: str) -> str:
    return texts("assess.method.because", reason=reason_words(texts, reason).rstrip("。."))


def follow(cell: Cell, lead: Cell) -> Cell:
    """Return what is derived from `lead`, hidden where that is: a rank or class would give a hidden share away."""
    return hide(cell) if lead.status is CellStatus.HIDDEN else cell
