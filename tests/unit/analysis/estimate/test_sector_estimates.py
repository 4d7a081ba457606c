"""Estimates of sectors from firm scores: against R through the whole path, and on bad input."""

from __future__ import annotations

import dataclasses
import json
import math
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.estimate import compare, sector_estimates
from app.domain.assessment import TOTAL
from app.domain.estimate import Estimate, Method
from app.domain.study import Design
from tests.unit.analysis.estimate.survey_samples import answered, scored, wave
from tests.unit.analysis.small_study import RUBRIC

STRATIFIED = Path(__file__).resolve().parents[3] / "reference" / "survey" / "stratified.json"


def estimates(places, sectors, frame, design=Design.CENSUS, **more):
    return sector_estimates(scored(places, sectors), answered(len(places)), wave(frame, design), RUBRIC, **more)


def sampled():
    """The firms of the first R fixture as a wave with cells, and what R says of them."""
    body = json.loads(STRATIFIED.read_text(encoding="utf-8"))
    firms, r = body["firms"], body["results"]
    cells = {f"{sector}|{size}": n for sector, size, n in zip(firms["sector"], firms["size"], firms["N"], strict=True)}
    frame = {sector: sum(n for cell, n in cells.items() if cell[0] == sector) for sector in "CFI"}
    table = scored(firms["level"], firms["sector"], index=firms["index"])
    own = wave(frame, Design.SAMPLE, cells, ("sector", "size"))
    return sector_estimates(table, answered(len(table), firms["size"]), own, RUBRIC), r


def pair(estimate: Estimate):
    return pytest.approx((estimate.value, estimate.se), abs=1e-6, rel=0)


def test_that_the_whole_path_equals_r():
    (each, total), r = sampled()
    assert pair(total.at_least["L2"]) == (r["at_least_2"]["value"], r["at_least_2"]["se"])
    assert pair(total.mean) == (r["index"]["value"], r["index"]["se"])
    for place, level in enumerate(("L0", "L1", "L2", "L3", "L4")):
        assert pair(total.shares[level]) == (r["levels"]["value"][place], r["levels"]["se"][place])
    for place, one in enumerate(each):
        share, mean = r["at_least_2_by_sector"], r["index_by_sector"]
        assert pair(one.at_least["L2"]) == (share["value"][place], share["se"][place])
        assert pair(one.mean) == (mean["value"][place], mean["se"][place])
        middle = (one.median.value, one.median.low, one.median.high, one.median.se)
        assert middle == pytest.approx(r["median_by_sector"][place], abs=1e-6)


def test_that_a_sector_against_the_others_equals_r():
    (each, _), r = sampled()
    expected = r["first_against_others"]
    assert pair(compare(each)[0].difference) == (expected["value"], expected["se"])


def test_that_a_census_in_which_all_answered_has_no_width():
    each, total = estimates([2] * 6 + [1] * 4, ["C"] * 10, {"C": 10})
    for one in (*each, total):
        assert (one.at_least["L2"].value, one.at_least["L2"].low, one.at_least["L2"].high) == (0.6, 0.6, 0.6)
        assert (one.mean.se, one.reason) == (0.0, "")
    assert (each[0].sector_class.level, each[0].sector_class.probability) == ("L2", 1.0)
    assert each[0].shrunk.value == 0.6


def test_that_the_total_is_weighted_to_the_frame():
    _, total = estimates([2] * 10 + [0] * 10, ["C"] * 10 + ["G"] * 10, {"C": 90, "G": 10})
    assert total.at_least["L2"].value == pytest.approx(0.9)
    assert (total.sector, total.at_least["L2"].frame, total.method) == (TOTAL, 100, Method.RUBRIC)


def test_that_volunteers_get_numbers_and_a_class_but_nothing_that_says_how_sure():
    each, total = estimates([2] * 12 + [1] * 5 + [4] * 11, ["C"] * 17 + ["G"] * 11, {"C": 40, "G": 11}, Design.VOLUNTEER)
    for one in (*each, total):
        for estimate in (*one.shares.values(), *one.at_least.values(), one.mean, one.median):
            assert estimate.value is not None
            assert (estimate.se, estimate.low, estimate.high) == (None, None, None)
            assert estimate.reason == "estimate.reason.volunteers"
        assert one.sector_class.probability is None
        assert one.reason == "estimate.reason.volunteers"
    assert all(one.shrunk.value is None and not one.rank.ranked for one in each)


def test_that_a_silent_sector_and_one_without_levels_are_there_with_their_reason():
    each, total = estimates([2] * 9 + [-1, -1], ["C"] * 9 + ["G"] * 2, {"C": 9, "G": 5, "H": 7})
    c, g, h = each
    assert (c.n_firms, g.n_firms, h.n_firms) == (9, 2, 0)
    assert (g.reason, h.reason) == ("estimate.reason.no_level", "estimate.reason.no_answers")
    for one in (g, h):
        assert one.sector_class is None
        assert one.at_least["L2"] == Estimate(None, frame=one.at_least["L2"].frame, reason="estimate.reason.no_level")
        assert one.mean.reason == "estimate.reason.no_index"
    assert total.at_least["L2"].value == 1.0


def test_that_levels_given_by_a_model_are_no_answers():
    table = scored([2, 2, 0, 0], ["C"] * 4)
    table["basis"] = pd.Categorical(["rubric", "ladder", "model", "rubric"])
    (c,), _ = sector_estimates(table, answered(4), wave({}), RUBRIC)
    assert (c.at_least["L2"].n, c.at_least["L2"].value) == (3, pytest.approx(2 / 3))


def test_that_a_known_frame_narrows_and_a_wrong_one_is_said():
    plain, known, wrong = (estimates([2, 1] * 10, ["C"] * 20, frame)[0][0] for frame in ({}, {"C": 25}, {"C": 3}))
    assert known.at_least["L2"].high - known.at_least["L2"].low < plain.at_least["L2"].high - plain.at_least["L2"].low
    assert wrong.at_least["L2"].low == plain.at_least["L2"].low
    assert (plain.reason, known.reason, wrong.reason) == ("estimate.reason.no_frame", "", "estimate.reason.small_frame")


def test_that_an_impossible_frame_is_not_passed_on_as_what_a_share_stands_for():
    each, _ = estimates([0, 2], ["C", "G"], {"C": 0, "G": 0})
    assert [one.at_least["L2"].frame for one in each] == [None, None]
    assert all(one.difference.value is not None for one in compare(each))


def test_that_every_firm_reaches_the_lowest_level_for_sure():
    (c,), _ = estimates([2, 1, 0], ["C"] * 3, {})
    assert (c.at_least["L0"].low, c.at_least["L0"].high) == (1.0, 1.0)


def numbers(value):
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from numbers(getattr(value, field.name))
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from numbers(each)
    elif isinstance(value, float):
        yield value


firm = st.tuples(st.integers(-1, 4), st.sampled_from(("C", "G", "I", "")))


@settings(max_examples=60, deadline=None)
@given(st.lists(firm, max_size=40), st.dictionaries(st.sampled_from("CGIH"), st.integers(0, 60)), st.sampled_from(list(Design)))
def test_that_no_survey_gives_nan_or_a_warning_or_depends_on_the_order_of_rows(firms, frame, design):
    places, sectors = [place for place, _ in firms], [sector for _, sector in firms]
    table, responses, own = scored(places, sectors), answered(len(firms)), wave(frame, design)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = sector_estimates(table, responses, own, RUBRIC, seed=3)
        said = compare(found[0])
    assert all(math.isfinite(number) for number in numbers((found, said)))
    assert sum(one.n_firms for one in found[0]) == len(firms)
    for one in (*found[0], found[1]):
        values = [estimate.value for estimate in one.shares.values()]
        assert None in values or sum(values) == pytest.approx(1)
    order = np.random.default_rng(len(firms)).permutation(len(firms))
    assert sector_estimates(table.iloc[order], responses, own, RUBRIC, seed=3) == found
