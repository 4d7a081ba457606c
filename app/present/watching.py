"""What is watched in one wave, and what every figure, table and sentence about it prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.analysis.disclosure import Policy
from app.domain.assessment import TOTAL
from app.domain.estimate import Estimate
from app.domain.instrument import Item
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, Provenance
from app.domain.study import Design, Wave
from app.domain.watch import SectorAgents, SectorJobs, SectorModels, Watch, WatchRule
from app.present import wording
from app.present.answers import answer_words
from app.present.marks import EvidenceId
from app.present.provenance import instrument_text, notes, source_text
from app.present.view import View

PER_HUNDRED = 100.0  # rates of jobs are told per hundred people employed: a change in percentage points


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """A wave of a view, how its questionnaire is read, and what was found.

    `counted` firms of the wave, within no filter, of the `frame` (None: unknown).
    """

    view: View
    wave: Wave
    rule: WatchRule
    value: Watch
    counted: int
    frame: int | None

    @property
    def agents(self) -> Mapping[str, SectorAgents]:
        """Agents by sector, TOTAL first."""
        return {one.sector: one for one in self.value.agents}

    @property
    def jobs(self) -> Mapping[str, SectorJobs]:
        """Jobs by sector, TOTAL first."""
        return {one.sector: one for one in self.value.jobs}

    @property
    def models(self) -> Mapping[str, SectorModels]:
        """Models by sector, TOTAL first."""
        return {one.sector: one for one in self.value.models}

    @property
    def lit(self) -> str:
        """The sector that is looked at alone, TOTAL where none is or nobody of it answered."""
        sector = self.view.selection.sector
        known = sector in self.agents or sector in self.jobs or sector in self.models
        return sector if sector and known else TOTAL

    def mark(self, kind: str, sector: str, what: str) -> str:
        """Name a number of agents, jobs or models for the evidence panel."""
        return str(EvidenceId(kind, (self.wave.id, sector, what), self.view.filters))

    def item(self, code: str) -> Item | None:
        """Return the item `code` of the questionnaire, None where it is not asked."""
        return next((item for item in self.view.study.instrument.items if item.code == code), None)

    def option(self, code: str, answer: str) -> str:
        """Return an option of item `code` in words, its code where it has none."""
        item = self.item(code)
        return answer_words(self.view, item, answer) if item is not None else answer

    def options(self, code: str, answers: str) -> str:
        """Return options joined by a bar in words."""
        return wording.joined(self.view.texts, [self.option(code, answer) for answer in answers.split("|") if answer])


def watched(view: View) -> Watched | None:
    """Return what is watched in the chosen wave (the newest where none is); None where nothing was collected or no rule reads
    this questionnaire."""
    rule, wave = view.resources.watch.get(view.study.instrument.id), looked_at(view)
    if rule is None or wave is None or view.study.responses is None:
        return None
    from app.analysis.watch import watch  # scipy's own modules come with it

    key = ("watch", id(view.study.responses), wave.id, view.filters)
    value = view.door.once(key, lambda: watch(view.study, view.resources, wave.id, view.filters))
    return Watched(view, wave, rule, value, _counted(view, wave), view.frame_of(wave))


def looked_at(view: View) -> Wave | None:
    """Return the chosen wave, or the newest that was collected, assessed or not."""
    waves = view.study.waves
    return next((wave for wave in waves if wave.id == view.selection.wave), waves[-1] if waves else None)


def _counted(view: View, wave: Wave) -> int:
    if view.study.responses is None:
        return 0
    firms = view.study.responses.firms
    return int((firms["counted"].to_numpy(dtype=bool) & (firms["wave"] == wave.id).to_numpy(dtype=bool)).sum())


def caution(found: Watched) -> str:
    """Return the warning that the design of the wave calls for; empty where it calls for none."""
    return wording.caution(found.view.texts, found.wave, found.counted, found.frame)


def sample_line(found: Watched) -> str:
    """Say how the firms came to answer, and which of them are looked at."""
    view = found.view
    sample = wording.sample_sentence(view.texts, found.wave, found.counted, found.frame)
    return view.texts("wording.sample.filtered", sample=sample, filters=view.filter_words()) if view.filters else sample


def measure_line(found: Watched, what: str) -> str:
    """Return the line under a title: what is counted, the sample, the date."""
    date = wording.date_text(found.view.texts, found.wave.date)
    return found.view.texts("watch.page.measure", what=what, sample=sample_line(found), date=date)


def provenance(found: Watched, measure: str, n: int, note: str = "", is_counted: bool = False) -> Provenance:
    """Return what is printed under numbers on the answers of `n` firms; `is_counted`: firms were counted, nothing estimated."""
    view, wave, texts = found.view, found.wave, found.view.texts
    is_free = is_counted or wave.design is Design.VOLUNTEER
    is_weighted = bool(wave.frame) and not is_free and not view.filters
    said = texts("watch.page.answered", sample=sample_line(found), n=firms_words(found, n))
    return Provenance(
        measure=measure,
        sample=said,
        weighting=texts("assess.weighting.rubric") if is_weighted else texts("wording.weighting.firms"),
        interval=texts("wording.interval.none" if is_free else "assess.interval.rubric"),
        as_of=wording.date_text(texts, wave.date),
        instrument=texts(
            "watch.page.read_by",
            instrument=instrument_text(view, with_rubric=False),
            id=found.rule.id,
            version=found.rule.version,
        ),
        source=source_text(view, wave),
        note=notes(texts, note, caution(found)),
        synthetic=view.study.synthetic,
    )


def firms_words(found: Watched, n: int) -> str:
    """Return a number of firms, or that they are few."""
    return found.view.texts("wall.few") if 0 < n < Policy().hide_below else number(n, "count")


def rate_cell(found: Estimate, mark: str, sign: float = 0.0) -> Cell:
    """Return a rate per hundred people employed as a cell for release: plain, or as a change with its sign (times `sign`)."""
    unit, turn = ("pp", sign) if sign else ("rate", 1.0)
    if found.value is None:
        return Cell(CellStatus.SHOWN, unit, n=0, evidence=mark)
    low, high = (None if bound is None else turn * bound * PER_HUNDRED for bound in (found.low, found.high))
    ends = (high, low) if turn < 0 else (low, high)
    return Cell(CellStatus.SHOWN, unit, turn * found.value * PER_HUNDRED, *ends, found.n, mark)


def names_of(found: Watched, sectors: Sequence[str]) -> str:
    """Join the names of sectors, at most three of them."""
    return wording.joined(found.view.texts, [found.view.sector_label(sector) for sector in sectors[:3]])
