"""What is looked at: a study through a selection, with the wording and names that go with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from app.analysis.estimate import frame_total, profiles
from app.analysis.estimate.wave_design import survey_design
from app.domain.assessment import TOTAL, Assessment, SectorProfile
from app.domain.errors import UserError
from app.domain.estimate import SectorEstimate
from app.domain.instrument import Role
from app.domain.numbers import HIDDEN_SIGN, number
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.statistic import Group
from app.domain.study import Design, Study, Wave
from app.domain.words import Texts
from app.present import wording
from app.present.door import Door

ALL = Selection()  # every firm of the newest wave
CODES = ("sector", "level", "gate", "basis")  # columns of firm scores that hold codes
FILTERS = ("size", "township")  # narrow the firms of every aggregate; `sector` is only lit, `level` only filters the firm table


@dataclass(frozen=True)
class View:
    """A study, the resources and wording it is shown in, the selection, and the door its tables go through."""

    study: Study
    resources: Resources
    texts: Texts
    selection: Selection = ALL
    door: Door = Door()  # noqa: RUF009 - a frozen value

    @cached_property
    def assessment(self) -> Assessment | None:
        """The assessment of the chosen wave (newest when none is chosen), or None when that wave was not assessed."""
        if not self.selection.wave:
            return self.study.latest_assessment
        return next((found for found in self.study.assessments if found.wave == self.selection.wave), None)

    @cached_property
    def wave(self) -> Wave | None:
        """The wave looked at: the assessed one, else the chosen or newest one that was collected."""
        if self.assessment is not None:
            return self.study.wave(self.assessment.wave)
        if self.selection.wave:
            return next((wave for wave in self.study.waves if wave.id == self.selection.wave), None)
        return self.study.waves[-1] if self.study.waves else None

    @cached_property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The (field, value) filters that narrow every aggregate."""
        chosen = ((field, str(getattr(self.selection, field))) for field in FILTERS)
        return tuple((field, value) for field, value in chosen if value)

    @cached_property
    def firms(self) -> pd.DataFrame:
        """The assessed firms of the wave inside the filters, with `name`, `code`, `size` and `township` beside the scores."""
        if self.assessment is None or self.study.responses is None:
            return pd.DataFrame()
        firms = self.assessment.firms.reset_index(drop=True)
        firms = firms.assign(**{name: _plain(firms[name]) for name in CODES})
        known = self.study.responses.firms[["name", "code", "size", "township"]].iloc[firms["position"].to_numpy()]
        firms = pd.concat([firms, known.reset_index(drop=True).astype("str")], axis=1)
        for field, value in self.filters:
            firms = firms[firms[field] == value]
        return firms.reset_index(drop=True)

    @cached_property
    def profiles(self) -> tuple[tuple[SectorProfile, ...], SectorProfile]:
        """Profiles of the sectors and of all firms; recomputed when filters narrow the firms (their frame is then unknown)."""
        if self.assessment is None or self.wave is None:
            raise UserError("figure.needs_assessment", id="")
        if not self.filters:
            return self.assessment.sectors, self.assessment.total
        columns = list(self.assessment.firms.columns)
        return profiles(self.firms[columns], replace(self.wave, frame={}), self.study.rubric)

    @cached_property
    def estimates(self) -> dict[str, SectorEstimate]:
        """What was estimated by sector, TOTAL among them; empty under filters, for an estimate is of all firms of a sector."""
        if self.assessment is None or self.filters:
            return {}
        total = self.assessment.total_estimate
        found = {estimate.sector: estimate for estimate in self.assessment.estimates}
        return found if total is None else {TOTAL: total, **found}

    @cached_property
    def design_notes(self) -> tuple[str, ...]:
        """What had to be done with the weights of the wave, as text keys; empty under filters, which are only counted."""
        if self.assessment is None or self.wave is None or self.study.responses is None or not self.estimates:
            return ()
        return survey_design(self.assessment.firms, self.wave, self.study.responses.firms).notes

    @property
    def is_weighted(self) -> bool:
        """Whether firms of the wave stand for others by the counts of its frame."""
        wave = self.wave
        return wave is not None and bool(wave.frame) and wave.design is not Design.VOLUNTEER and bool(self.estimates)

    @property
    def interval_words(self) -> str:
        """What the intervals of the shares allow for: by the method of all firms where shares were estimated."""
        total = self.estimates.get(TOTAL)
        if total is None or all(estimate.low is None for estimate in total.at_least.values()):
            return wording.interval_sentence(self.texts, self.profiles[1].interval)
        return self.texts(f"assess.interval.{total.method.value}")

    def frame_of(self, wave: Wave) -> int | None:
        """Return the firms in the frame of a wave, None when unknown or when it lacks a sector that answered."""
        held, responses = self.study.tallies, self.study.responses
        if responses is None:
            return frame_total(wave, ())
        if held is not None and wave.id in held["wave"].cat.categories:
            rows = held["wave"].cat.codes.to_numpy() == held["wave"].cat.categories.get_loc(wave.id)
            sectors = held["sector"].cat
            return frame_total(wave, set(sectors.categories[np.unique(sectors.codes.to_numpy()[rows])]))
        firms = responses.firms
        rows = firms["counted"].to_numpy(dtype=bool) & (firms["wave"].astype("str") == wave.id).to_numpy(dtype=bool)
        return frame_total(wave, set(firms["sector"][rows].unique()))

    def profile(self, sector: str) -> SectorProfile | None:
        """Return the profile of `sector` (TOTAL for all firms), or None."""
        sectors, total = self.profiles
        return total if sector == TOTAL else next((found for found in sectors if found.sector == sector), None)

    def sector_label(self, sector: str) -> str:
        """Return a sector as written beside a row: `C 制造业`; an instrument's own industry list uses its option words."""
        if sector == TOTAL:
            return self._of_filters() or wording.all_firms(self.texts, self.wave)
        section = self.resources.taxonomy.sections.get(sector)
        if section is not None:
            return f"{sector} {self.texts.of(section.words)}"
        item = self.study.instrument.with_role(Role.INDUSTRY)
        options = {option.code: option for option in item.options} if item is not None else {}
        if sector in options:
            return self.texts.of(options[sector].words)
        return sector or self.texts("term.sector.unknown")

    def firms_with_level(self, profile: SectorProfile) -> tuple[str, str, str]:
        """Return how many firms of a profile have a level by their answers, by the model, and none: ‡ where that is not told."""
        counts = (profile.n_level, profile.n_model, profile.n - profile.n_level - profile.n_model)
        group = Group("level", profile.wave, profile.sector, self.filters)
        if self.door.spoken(group, profile.n_level) is None:
            return (HIDDEN_SIGN,) * 3
        return number(counts[0], "count"), number(counts[1], "count"), number(counts[2], "count")

    @property
    def everyone(self) -> str:
        """What the firms counted are called inside a sentence: all of them, or those that the filters leave."""
        return self._of_filters("_in_text") or wording.all_firms(self.texts, self.wave, in_text=True)

    def _of_filters(self, where: str = "") -> str:
        """Return what the firms that the filters leave are called, those of one township by its name; "" without filters."""
        if not self.filters:
            return ""
        (field, value), *more = self.filters
        if field == "township" and not more:
            return self.texts(f"wording.firms_of_township{where}", township=self.filter_value(field, value))
        return self.texts(f"wording.chosen_firms{where}")

    def at_least_label(self, level: str) -> str:
        """Return `L2 or above`; the highest level is just itself."""
        highest = self.study.rubric.levels[-1].code if self.study.rubric.levels else ""
        return level if level == highest else self.texts("term.level.at_least", level=level)

    def pillar_label(self, code: str) -> str:
        """Return a pillar's name, or its code when the rubric does not know it."""
        return next((self.texts.of(p.words) for p in self.study.rubric.pillars if p.code == code), code)

    def level_label(self, code: str) -> str:
        """Return a level with its name: `L2 单点应用`."""
        words = next((self.texts.of(level.words) for level in self.study.rubric.levels if level.code == code), "")
        return words if words.startswith(code) else f"{code} {words}".strip()

    def level_name(self, code: str) -> str:
        """Return a level's name alone: `单点应用`; its code where the rubric gives no other name."""
        label = self.level_label(code).removeprefix(code).strip()
        return label or code

    def filter_words(self) -> str:
        """Return the active filters in words, empty when there are none."""
        return self.texts("wording.list_separator").join(self.filter_value(field, value) for field, value in self.filters)

    def filter_value(self, field: str, value: str) -> str:
        """Return one value of a selection field in words."""
        if field == "sector":
            return self.sector_label(value)
        if field == "size":
            key = f"term.size.{value or 'unknown'}"
            return self.texts(key) if key in self.texts.entries else value
        if field == "level":
            return self.level_label(value)
        if field == "wave":
            return self.texts("wording.wave", id=value)
        return value or self.texts("term.township.unknown")


def _plain(column: pd.Series) -> pd.Series:
    """Return a column of codes as text, "" where missing, whatever it was stored as."""
    return column.astype("object").where(column.notna(), "").astype("str")
