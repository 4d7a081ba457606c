"""Sums of every measure by kind of firm: equal to counting the firms, and to the survey design they were drawn by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from app.analysis.estimate import survey_design, wilson
from app.analysis.estimate.domains import partition, ratios
from app.analysis.estimate.intervals import Drawn, share_estimate
from app.analysis.progress.cube import TALLY_COLUMNS, key_of, tally
from app.analysis.progress.narrow import progress_under
from app.analysis.progress.observe import cube_of, frame_in_scope, observe
from app.domain.condition import Condition
from app.domain.goals import Conversion, GoalBook, Measure
from app.domain.study import Design, Study, Wave
from app.files.frames import decode_frame, encode_frame
from tests.unit.analysis.progress.test_track import GOAL
from tests.unit.analysis.small_study import INSTRUMENT, RUBRIC, W, responses, uses_ai

USE = Measure("use", W, uses_ai(), None, "firms", True, "own", "1", Condition("answer", item="use", includes=("planned",)))
PEOPLE = replace(USE, id="people", weight="employees")
LARGE = replace(USE, id="large", denominator=Condition("answer", item="people", at_least=100))
CELLS = {
    f"{sector}|{size}": 60 + 40 * place for place, (sector, size) in enumerate((s, z) for s in "CFI" for z in ("large", "small"))
}
FRAME = {"C": 160, "F": 320, "I": 480}
SAMPLE = Wave("2026", "2026-12-31", Design.SAMPLE, FRAME, strata=("sector", "size"), cells=CELLS)


def county(n=240, seed=1, waves=("2026",)):
    random = np.random.default_rng(seed)
    answers = random.choice(["yes", "no", "planned", "unknown"], n, p=[0.35, 0.4, 0.15, 0.1]).tolist()
    people = np.where(random.random(n) < 0.1, np.nan, random.integers(1, 400, n)).tolist()
    kinds = {
        "sector": random.choice(["C", "F", "I"], n).tolist(),
        "size": random.choice(["large", "small"], n).tolist(),
        "township": random.choice(["东河镇", "西山乡"], n).tolist(),
        "wave": random.choice(list(waves), n).tolist(),
    }
    return responses({"use": answers, "people": [None if value != value else value for value in people]}, **kinds)


def by_design(given, measure, wave, sections=()):
    """The same observation from the firms themselves, by the functions that sector estimates use."""
    firms, values = given.firms, given.values
    holds = values["use"].astype(object).map({"yes": 1.0, "no": 0.0, "planned": 0.0}).astype(float).to_numpy()
    people = values["people"].to_numpy()
    base = np.ones(len(firms)) if measure.denominator is None else np.where(np.isnan(people), np.nan, people >= 100)
    x = np.ones(len(firms)) if measure.weight == "firms" else np.nan_to_num(people)
    counted = (base == 1) & ~np.isnan(holds) & (x > 0)
    heard = np.flatnonzero(~np.isnan(base) & (counted | (base == 0)))
    table = pd.DataFrame({"position": heard, "sector": firms["sector"].iloc[heard].to_numpy()})
    design = survey_design(table, wave, firms)
    inside = counted[heard] & (firms["sector"].iloc[heard].isin(list(sections)).to_numpy() if sections else True)
    groups = partition(inside.astype(np.int64), 2, design)
    y, size = np.nan_to_num(holds[heard]), x[heard] * inside
    found = ratios(y * size, design, groups, size)
    weighted = replace(design, weights=np.where(inside, design.weights * np.where(inside, size, 1.0), design.weights))
    worth = partition(inside.astype(np.int64), 2, weighted)
    hits = int((y * inside).sum())
    drawn = Drawn(int(inside.sum()), float(worth.worth()[1]), float(worth.settled[1]))
    return share_estimate(float(found.value[1]), float(found.variance[1]), drawn, hits)


@pytest.mark.parametrize("measure", [USE, PEOPLE, LARGE], ids=lambda measure: measure.id)
@pytest.mark.parametrize("sections", [(), ("C",), ("C", "I")], ids=str)
def test_that_a_sample_is_weighted_as_sector_estimates_are(measure, sections):
    given = county()
    (found,) = observe(measure, given, INSTRUMENT, (SAMPLE,), sections)
    expected = by_design(given, measure, SAMPLE, sections)
    assert found.value == pytest.approx(expected.value, abs=1e-12)
    assert found.n == expected.n
    if measure.weight == "employees":  # no firm of the frame bounds a share of people
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    else:
        assert found.low >= expected.low - 1e-9
        assert found.high <= expected.high + 1e-9


def test_that_a_sample_of_all_firms_is_exact_and_an_even_one_is_its_plain_share():
    answers = {"use": ["yes"] * 30 + ["no"] * 30}
    sizes = ["large"] * 20 + ["small"] * 40
    wave = replace(SAMPLE, frame={"C": 60}, cells={"C|large": 20, "C|small": 40})
    (whole,) = observe(USE, responses(answers, size=sizes), INSTRUMENT, (wave,))
    assert (whole.low, whole.value, whole.high, whole.standard_error) == (0.5, 0.5, 0.5, 0.0)
    (even,) = observe(
        USE,
        responses(answers, size=sizes),
        INSTRUMENT,
        (replace(wave, frame={"C": 600}, cells={"C|large": 200, "C|small": 400}),),
    )
    assert even.value == pytest.approx(0.5)
    assert even.low < 0.5 < even.high


def test_that_strata_that_answered_unevenly_are_weighted_back():
    """Large 8 of 10 yes for 100 firms, small 0 of 30 for 900: (0.8 · 100 + 0 · 900) / 1000 = 8 %, not 20 %."""
    given = responses({"use": ["yes"] * 8 + ["no"] * 2 + ["no"] * 30}, size=["large"] * 10 + ["small"] * 30)
    wave = replace(SAMPLE, frame={"C": 1000}, cells={"C|large": 100, "C|small": 900})
    (found,) = observe(USE, given, INSTRUMENT, (wave,))
    assert found.value == pytest.approx(0.08)
    (census,) = observe(USE, given, INSTRUMENT, (replace(wave, design=Design.CENSUS),))
    assert census.value == pytest.approx(0.2)


def test_that_all_measures_come_from_one_pass_and_survive_storage():
    given = county(waves=("2025", "2026"))
    waves = (Wave("2025", "2025-12-31", Design.CENSUS, {}), SAMPLE)
    table = tally((USE, PEOPLE, LARGE), given, INSTRUMENT, waves)
    assert tuple(table.columns) == TALLY_COLUMNS
    assert set(table["measure"].astype(str)) == {key_of(each) for each in (USE, PEOPLE, LARGE)}
    again = decode_frame(encode_frame(table))
    for measure in (USE, PEOPLE, LARGE):
        assert cube_of(again, waves).observe(measure) == observe(measure, given, INSTRUMENT, waves)


@pytest.mark.parametrize(
    "filters",
    [
        {"sector": ("C",)},
        {"size": ("large",)},
        {"township": ("东河镇",)},
        {"sector": ("C", "F"), "size": ("small",), "township": ("西山乡",)},
    ],
    ids=str,
)
def test_that_a_filter_is_as_if_only_these_firms_were_there(filters):
    given, wave = county(), replace(SAMPLE, design=Design.CENSUS, frame={}, cells={}, strata=())
    rows = np.logical_and.reduce([given.firms[name].isin(list(values)).to_numpy() for name, values in filters.items()])
    only = replace(given, firms=given.firms.assign(counted=rows))
    for measure in (USE, PEOPLE, LARGE):
        filtered = cube_of(tally([measure], given, INSTRUMENT, (wave,)), (wave,), filters).observe(measure)
        assert filtered == observe(measure, only, INSTRUMENT, (wave,))


def test_that_a_filtered_sample_stays_a_domain_of_the_whole_design():
    given = county()
    cube = cube_of(tally([USE], given, INSTRUMENT, (SAMPLE,)), (SAMPLE,), {"sector": ("C",)})
    (filtered,), (section,) = cube.observe(USE), observe(USE, given, INSTRUMENT, (SAMPLE,), ("C",))
    assert filtered == section


def test_that_the_frame_under_a_filter_is_known_only_from_the_wave_s_cells():
    assert frame_in_scope(SAMPLE, (), {"size": ("large",)}, frozenset("CFI")) == 60 + 140 + 220
    assert frame_in_scope(SAMPLE, ("C",), {"size": ("large",)}, frozenset("CFI")) == 60
    assert frame_in_scope(SAMPLE, ("C",), {"sector": ("F",), "size": ("large",)}, frozenset("CFI")) is None
    assert frame_in_scope(SAMPLE, (), {"township": ("东河镇",)}, frozenset("CFI")) is None
    assert frame_in_scope(SAMPLE, (), {"sector": ("C", "F")}, frozenset("CFI")) == 480
    assert frame_in_scope(SAMPLE, ("C",), {"sector": ("F",)}, frozenset("CFI")) is None
    assert frame_in_scope(SAMPLE, (), {}, frozenset("CFIZ")) is None


def test_that_plans_are_those_of_the_firms_that_said_so_among_those_without():
    """2 of 5 hold; of the other 3 one plans: 0.6 / 3."""
    (found,) = observe(
        USE,
        responses({"use": ["yes", "yes", "no", "no", "planned", "unknown"]}),
        INSTRUMENT,
        (replace(SAMPLE, frame={}, cells={}),),
    )
    assert found.planned == pytest.approx(0.2)
    (bare,) = observe(replace(USE, planned=None), responses({"use": ["yes", "no"]}), INSTRUMENT, (SAMPLE,))
    assert bare.planned is None


def test_that_firms_without_sector_size_or_township_are_counted_and_blank_weights_are_not():
    given = responses({"use": ["yes", "no", "no"], "people": [10, None, 0]}, sector=["", None, "C"], size=["", None, "small"])
    wave = replace(SAMPLE, frame={}, cells={})
    assert observe(USE, given, INSTRUMENT, (wave,))[0].n == 3
    assert observe(PEOPLE, given, INSTRUMENT, (wave,))[0].n == 1
    assert observe(PEOPLE, responses({"use": ["yes"], "people": [None]}), INSTRUMENT, (wave,)) == ()


def test_that_waves_come_in_order_of_their_day_and_then_their_name():
    given = responses({"use": ["yes", "no", "yes"]}, wave=["b", "a", "c"])
    waves = tuple(
        Wave(name, date, Design.CENSUS, {}) for name, date in (("c", "2026-01-01"), ("b", "2026-12-31"), ("a", "2026-12-31"))
    )
    assert [each.wave for each in observe(USE, given, INSTRUMENT, waves)] == ["c", "a", "b"]


def study(given, waves):
    book = GoalBook(
        "1", (GOAL, replace(GOAL, id="c", sections=("C",))), (replace(USE, id="use"),), (), Conversion(0.3, 0.7, "own", True)
    )
    return Study("东河县", INSTRUMENT, RUBRIC, waves=waves, responses=given), book


def test_that_goals_are_held_against_a_part_and_the_reason_says_so():
    waves = (Wave("2025", "2025-12-31", Design.CENSUS, {}), Wave("2026", "2026-12-31", Design.CENSUS, {}))
    whole, book = study(county(2000, waves=("2025", "2026")), waves)
    plain, part = progress_under(whole, book, {}), progress_under(whole, book, {"size": ("large",)})
    assert [each.goal.value for each in part] == [each.goal.value for each in plain]
    assert all(each.of_part for each in part)
    assert not any(each.of_part for each in plain)
    assert 0 < part[0].latest.n < plain[0].latest.n
    kept = replace(whole, tallies=tally(book.measures, whole.responses, INSTRUMENT, waves))
    assert progress_under(kept, book, {"size": ("large",)}) == part


def test_that_a_part_nobody_belongs_to_has_no_data():
    whole, book = study(county(), (SAMPLE,))
    (found, _) = progress_under(whole, book, {"township": ("无此镇",)})
    assert (found.reason, found.observations) == ("light.reason.no_data", ())
    assert progress_under(replace(whole, responses=None), book, {}) == ()


def test_that_the_interval_of_a_plain_census_is_wilsons():
    found = observe(
        USE,
        responses({"use": ["yes", "no", "no", "yes"]}),
        INSTRUMENT,
        (replace(SAMPLE, design=Design.CENSUS, frame={"C": 10}, cells={}),),
    )
    assert (found[0].low, found[0].high) == wilson(2, 4, 10)
