"""Where the firms that a measure counts stand in the newest wave: what a scenario starts from.

Each stands for as many firms as its weight says, scaled so that all together are the firms of the frame that the measure is
about; without a frame each stands for itself, and a scenario speaks of the firms that answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.analysis.answers import Bools, Floats
from app.analysis.disclosure import Policy, release
from app.analysis.estimate.domains import partition
from app.analysis.estimate.profiles import OBSERVED
from app.analysis.estimate.shares import group_shares
from app.analysis.index.levels import level_codes
from app.analysis.progress.aim import Aim, aim_of
from app.analysis.progress.counted import Answered, Counted, column, counted
from app.analysis.progress.measures import answerable, planning
from app.analysis.progress.observe import observe
from app.domain.assessment import TOTAL
from app.domain.errors import UserError
from app.domain.estimate import Estimate
from app.domain.goals import Goal, GoalBook, GoalKind, Measure, Observation, next_with_id
from app.domain.release import Cell, CellStatus, Row
from app.domain.scenario import FIELDS
from app.domain.study import Design, Study


class CannotTell(Exception):
    """Why a scenario has no answer: `key` of `scenario.cannot.*` with the values of its places. Caught where it is asked."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = f"scenario.cannot.{key}"
        self.values = tuple(sorted(values.items()))


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The m firms that a goal's measure counts in the newest wave: `stands` (m,) how many firms each stands for.

    `fields` hold by FIELDS each firm's value (m,), "" where unknown; `plans` (m,) 1.0 where a firm plans to meet the measure.
    `levels` are all level codes, lowest first, empty where the wave was not assessed. `base` frame | counted.
    """

    goal: Goal
    measure: Measure
    aim: Aim
    counted: Counted
    seen: Observation
    stands: Floats
    fields: Mapping[str, np.ndarray]
    plans: Floats
    levels: tuple[str, ...]
    base: str

    @property
    def y(self) -> Floats:
        """1.0 for firms that meet the measure (m,)."""
        return self.counted.y

    @property
    def mass(self) -> Floats:
        """What each firm counts for in the measure's share, with all those it stands for (m,)."""
        return self.stands * self.counted.size

    @property
    def total(self) -> float:
        """What the measure's share is taken of."""
        return float(self.mass.sum())

    def group(self, pairs: Sequence[tuple[str, str]]) -> Bools:
        """Return the firms for which all (field, value) hold (m,); UserError `scenario.field` for a field there is none of."""
        found = np.ones(len(self.y), dtype=np.bool_)
        for name, value in pairs:
            if name not in FIELDS:
                raise UserError("scenario.field", field=name, known=", ".join(FIELDS))
            found &= self.fields[name] == value
        return found

    def at_least(self, level: str) -> Bools:
        """Return the firms whose level is known and at `level` or above (m,)."""
        return np.isin(self.fields["level"], self.levels[self.levels.index(level) :])

    def below(self, level: str) -> Bools:
        """Return the firms whose level is known and below `level` (m,)."""
        return np.isin(self.fields["level"], self.levels[: self.levels.index(level)])

    def share(self, rows: Bools) -> Estimate:
        """Return the measure's share among some firms, with its interval, as a domain of the wave's design."""
        design = self.counted.sized
        return group_shares(self.y, design, partition(rows.astype(np.int64), 2, design), (None, None))[1]


def standing(study: Study, book: GoalBook, goal_id: str) -> Standing:
    """Return where the firms stand that goal `goal_id` is about. CannotTell where its measure has no value to start from."""
    goal, measure, aim = _asked(study, book, goal_id)
    responses = study.responses
    if responses is None or not study.waves:
        raise CannotTell("no_answers")
    seen = observe(measure, responses, study.instrument, study.waves, goal.sections)
    if not seen:
        raise CannotTell("no_answers")
    latest = seen[-1]
    wave = study.wave(latest.wave)
    if wave.design is Design.VOLUNTEER:
        raise CannotTell("volunteers", wave=wave.id)
    answered = Answered(responses, study.instrument)
    _check_released(goal, counted(measure, answered, wave), answered)
    firms = counted(measure, answered, wave, goal.sections)
    plans = np.nan_to_num(planning(measure, responses, study.instrument)[firms.positions])
    levels, own = _levels(study, firms)
    fields = {name: column(responses, name, firms.positions) for name in FIELDS[:-1]}
    weights = firms.design.weights
    whole = len(weights) if latest.frame is None else latest.frame
    stands = weights * (whole / float(weights.sum()))
    base = "counted" if latest.frame is None else "frame"
    return Standing(goal, measure, aim, firms, latest, stands, {**fields, "level": own}, plans, levels, base)


def _check_released(goal: Goal, everyone: Counted, answered: Answered) -> None:
    """Refuse a goal whose value would give away too few firms, or a sector that the table of the measure by sector hides."""
    sectors = pd.Series(column(answered.responses, "sector", everyone.positions)).value_counts().sort_index()
    firms = {TOTAL: len(everyone.positions), **{str(sector): int(n) for sector, n in sectors.items()}}
    rows = [Row(sector, sector, (Cell(CellStatus.SHOWN, "fraction", 0.0, n=n),)) for sector, n in firms.items()]
    table = release("standing", ("",), rows, total=TOTAL)
    hidden = {row.key for row in table.rows if row.cells[0].status is CellStatus.HIDDEN}
    if hidden & set(goal.sections or (TOTAL,)):
        raise CannotTell("few_firms", least=str(Policy().hide_below))


def _asked(study: Study, book: GoalBook, goal_id: str) -> tuple[Goal, Measure, Aim]:
    try:
        goal = book.goal(goal_id)
    except KeyError as error:
        raise CannotTell("no_goal", goal=goal_id) from error
    aim = aim_of(goal)
    if goal.kind is not GoalKind.RATE:
        raise CannotTell("not_a_share")
    if aim is None:
        raise CannotTell("no_number")
    if not aim.upwards:
        raise CannotTell("downwards")
    if not goal.measure or all(measure.id != goal.measure for measure in book.measures):
        raise CannotTell("no_measure")
    measure = next_with_id(book.measures, goal.measure)
    if not answerable(measure, study.instrument):
        raise CannotTell("not_asked")
    return goal, measure, aim


def _levels(study: Study, firms: Counted) -> tuple[tuple[str, ...], np.ndarray]:
    """The level codes and each firm's own level, "" where it is not known from answers; none where the wave was not assessed."""
    found = next((each for each in study.assessments if each.wave == firms.wave.id), None)
    if found is None:
        return (), np.full(len(firms.positions), "", dtype=object)
    codes = level_codes(study.rubric)
    observed = found.firms["basis"].astype(str).isin(OBSERVED) & found.firms["level"].notna()
    known = found.firms.loc[observed, ["position", "level"]].drop_duplicates("position")
    places = pd.Series(pd.Categorical(known["level"], categories=list(codes)).codes, index=known["position"].to_numpy())
    own = places.reindex(firms.positions, fill_value=-1).to_numpy()
    return codes, np.array([*codes, ""], dtype=object)[own]  # an unknown level has the place -1: the last
