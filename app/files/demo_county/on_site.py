"""What two invented assessors find where they visit: the true level of every firm, and the levels they write down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from app.domain.judgement import Visit
from app.domain.rubric import LEVELS
from app.files.demo_county.answers import Truth
from app.files.demo_county.codes import credit_code
from app.files.demo_county.draft import World
from app.files.demo_county.firms import Firm
from app.files.demo_county.plan import WAVES, Plan, stream
from app.files.demo_county.traits import Floats, Traits

_OWN, _SEEING, _WRITING = 13, 14, 15
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Assessed:
    """One row of the assessors' workbook: the firm as the visit list has it, the level as written, `when` an ISO day."""

    code: str
    name: str
    level: str
    who: str
    when: str
    why: str
    evidence: str


@dataclass(frozen=True, slots=True)
class _Stop:
    """One firm on the route: its place in the county, as the list names it, and the day of the first visit."""

    serial: int
    visit: Visit
    day: date


def assessed_wave(plan: Plan) -> int:
    """Return the number of the wave whose firms are visited."""
    return [wave for wave, _ in WAVES].index(plan.assessors["wave"])


def true_states(plan: Plan, firms: Sequence[Firm], traits: Traits, truth: Truth, seed: int) -> Floats:
    """Return how far each firm truly is: readiness, what shows of its true answers (`truth` without blanks), its own luck."""
    rules = plan.assessors
    wave = assessed_wave(plan)
    own = stream(seed, _OWN).normal(0.0, rules["own"], len(firms))
    ready = np.mean([waves[wave] for waves in traits.pillars.values()], axis=0)
    seen = [_points(truth.waves[wave][item].tolist(), points) for item, points in rules["seen"].items()]
    states: Floats = rules["trait"] * ready + np.sum(seen, axis=0) + own
    return states


def level_of_state(plan: Plan, states: Floats) -> list[str]:
    """Return the level of each state."""
    return [LEVELS[place] for place in np.searchsorted(plan.assessors["cuts"], states)]


def assess_on_site(world: World, visits: Sequence[Visit], seed: int) -> tuple[Assessed, ...]:
    """Return the assessors' rows by day: every firm of the list, a part of them by both, and a few firms that are not there.

    What an assessor sees in a firm depends on the firm, the assessor and the seed, not on who else is listed. A firm of the
    list that the county does not have cannot be found and has no row.
    """
    rules, n = world.plan.assessors, len(world.firms)
    seeing, writing = stream(seed, _SEEING), stream(seed, _WRITING)
    seen = [level_of_state(world.plan, _seen_by(each, world.states, seeing)) for each in rules["assessors"]]
    first, both = seeing.integers(len(seen), size=n), seeing.random(n) < rules["both"]
    later = seeing.integers(rules["later"][0], rules["later"][1], size=n)
    rows: list[Assessed] = []
    for stop in _route(world, visits):
        one = int(first[stop.serial])
        rows.append(_row(world.plan, stop, one, seen[one][stop.serial], writing))
        if both[stop.serial]:
            back = _Stop(stop.serial, stop.visit, _workday(stop.day + timedelta(days=int(later[stop.serial]))))
            rows.append(_row(world.plan, back, 1 - one, seen[1 - one][stop.serial], writing))
    rows += _strangers(world, rows, writing)
    return tuple(sorted(rows, key=lambda row: (row.when, row.name, row.who)))


def strangers(plan: Plan) -> list[tuple[str, str]]:
    """Return code and name of the firms that are assessed though the county does not have them."""
    names = plan.assessors["strangers"]
    codes = (credit_code("91", plan.prefix, f"MAY{number:05d}") for number in range(len(names)))
    return [(code, plan.short + name) for code, name in zip(codes, names, strict=True)]


def _points(answers: Sequence[object], points: Mapping[str, float]) -> Floats:
    worth = {answer: sum(points.get(code, 0.0) for code in str(answer).split("|")) for answer in set(answers)}
    return np.array([0.0 if answer is None else worth[answer] for answer in answers])


def _seen_by(assessor: Mapping[str, Any], states: Floats, rng: np.random.Generator) -> Floats:
    return states + float(assessor["leniency"]) + rng.normal(0.0, float(assessor["noise"]), len(states))


def _route(world: World, visits: Sequence[Visit]) -> Iterator[_Stop]:
    """Yield the firms of the list township by township, so many a weekday."""
    codes = {firm.code: firm.serial for firm in world.firms}
    names = {firm.name: firm.serial for firm in world.firms}
    found = {codes.get(visit.code, names.get(visit.name, -1)): visit for visit in visits}
    ordered = sorted(found.keys() - {-1}, key=lambda serial: (world.firms[serial].township, serial))
    day = date.fromisoformat(world.plan.assessors["first"])
    for number, serial in enumerate(ordered):
        if number and number % world.plan.assessors["a_day"] == 0:
            day = _workday(day + timedelta(days=1))
        yield _Stop(serial, found[serial], day)


def _workday(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day if day.weekday() <= _FRIDAY else day + timedelta(days=7 - day.weekday())


def _row(plan: Plan, stop: _Stop, who: int, level: str, rng: np.random.Generator) -> Assessed:
    rules = plan.assessors
    assessor, words = rules["assessors"][who], rules["levels"][LEVELS.index(level)]
    written = words["code"] + words["zh"] if assessor["writes"] == "both" else words["code"]
    why = words["reasons"][int(rng.integers(len(words["reasons"])))]
    code = "" if rng.random() < rules["name_only"] else stop.visit.code
    return Assessed(code, stop.visit.name, written, assessor["name"], stop.day.isoformat(), why, _photo(stop.serial, who))


def _strangers(world: World, rows: Sequence[Assessed], rng: np.random.Generator) -> Iterator[Assessed]:
    """Yield rows of firms that are not there, each on the day and by the hand of a real one."""
    for number, (code, name) in enumerate(strangers(world.plan) if rows else ()):
        beside = rows[int(rng.integers(len(rows)))]
        yield Assessed(code, name, beside.level, beside.who, beside.when, beside.why, _photo(len(world.firms) + number, 0))


def _photo(number: int, who: int) -> str:
    return f"示范照片{'甲乙'[who]}{number:04d}.jpg"
