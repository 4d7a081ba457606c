"""Shares, means, medians, totals, ratios and differences against R's survey package; the answers lie in tests/reference/survey."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.analysis.estimate.design import SurveyDesign, declare, post_stratify, rake
from app.analysis.estimate.domains import everyone, partition, ratios, total
from app.analysis.estimate.medians import medians
from app.domain.study import Design

FIXTURES = Path(__file__).resolve().parents[3] / "reference" / "survey"
CLOSE = {"abs": 1e-6, "rel": 0}


def load(name: str) -> dict:
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def codes(values) -> np.ndarray:
    return np.unique(np.array(values), return_inverse=True)[1].astype(np.int64)


def drawn(firms: dict) -> SurveyDesign:
    strata = codes(firms["stratum"])
    frame = None
    if "N" in firms:
        frame = np.zeros(strata.max() + 1)
        frame[strata] = firms["N"]
    return declare(Design.SAMPLE, np.array(firms["weight"], dtype=float), strata, frame)


def cases() -> list:
    found = [
        pytest.param(load(name)["firms"], drawn(load(name)["firms"]), load(name)["results"], id=name)
        for name in ("stratified", "weighted")
    ]
    body = load("calibrated")
    firms, said = body["firms"], body["results"]
    sectors, sizes = (np.array([said[key][name] for name in sorted(said[key])], dtype=float) for key in ("sectors", "sizes"))
    posted = post_stratify(drawn(firms), codes(firms["sector"]), sectors)
    raked = rake(drawn(firms), [codes(firms["sector"]), codes(firms["size"])], [sectors, sizes])
    found.append(pytest.param(firms, posted, said["post_stratified"], id="post-stratified"))
    return [*found, pytest.param(firms, raked, said["raked"], id="raked")]


def check(found, expected) -> None:
    assert found.value == pytest.approx(np.atleast_1d(expected["value"]), **CLOSE)
    assert np.sqrt(found.variance) == pytest.approx(np.atleast_1d(expected["se"]), **CLOSE)


pytestmark = pytest.mark.parametrize(("firms", "design", "r"), cases())


def high_of(firms: dict) -> np.ndarray:
    return (np.array(firms["level"]) >= 2).astype(float)


def test_that_weights_equal_those_of_r(firms, design, r):
    assert design.weights == pytest.approx(np.array(r.get("weights", firms["weight"])), **CLOSE)
    assert design.notes == ()


def test_that_the_share_of_each_level_and_its_error_equal_r(firms, design, r):
    for level in range(5):
        found = ratios((np.array(firms["level"]) == level).astype(float), design, everyone(design))
        check(found, {key: r["levels"][key][level] for key in ("value", "se")})


def test_that_shares_and_means_of_sectors_equal_r(firms, design, r):
    sectors = partition(codes(firms["sector"]), 3, design)
    check(ratios(high_of(firms), design, everyone(design)), r["at_least_2"])
    check(ratios(high_of(firms), design, sectors), r["at_least_2_by_sector"])
    check(ratios(np.array(firms["index"]), design, everyone(design)), r["index"])
    check(ratios(np.array(firms["index"]), design, sectors), r["index_by_sector"])


def test_that_a_total_and_a_ratio_of_two_totals_equal_r(firms, design, r):
    value, variance = total(high_of(firms), design)
    assert (value, variance**0.5) == pytest.approx((r["at_least_2_total"]["value"], r["at_least_2_total"]["se"]), **CLOSE)
    staff = np.array(firms["staff"], dtype=float)
    check(ratios(staff * high_of(firms), design, everyone(design), staff), r["staff_share"])


def test_that_medians_and_their_intervals_equal_r(firms, design, r):
    y = np.array(firms["index"])
    whole = medians(y, design, everyone(design), (0, 100))
    sectors = medians(y, design, partition(codes(firms["sector"]), 3, design), (0, 100))
    rows = [(whole, 0, r["median"]), *((sectors, place, expected) for place, expected in enumerate(r["median_by_sector"]))]
    for found, place, expected in rows:
        own = (found.value[place], found.low[place], found.high[place], found.error[place])
        assert own == pytest.approx(expected, **CLOSE)
