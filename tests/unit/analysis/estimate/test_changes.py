"""Changes between waves: the parts add up, and each part is what its name says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.estimate import Surveyed, changes
from app.analysis.estimate.verdicts import MATTERS
from app.domain.assessment import TOTAL
from app.domain.errors import UserError
from app.domain.estimate import Verdict
from app.domain.study import Design
from tests.unit.analysis.estimate.survey_samples import answered, scored, wave
from tests.unit.analysis.small_study import RUBRIC


def side(firms: dict[str, tuple[int, str]], frame: dict[str, int] | None = None, design=Design.CENSUS, id_="2026") -> Surveyed:
    """A wave of firms by id: level place and sector."""
    places, sectors = [place for place, _ in firms.values()], [sector for _, sector in firms.values()]
    own = replace(wave(frame or {}, design), id=id_)
    return Surveyed(scored(places, sectors, list(firms)), answered(len(firms)), own, RUBRIC)


def same_sector(levels: str, start: int = 0) -> dict[str, tuple[int, str]]:
    return {f"F{start + row:03d}": (int(level), "C") for row, level in enumerate(levels)}


def parts(change):
    return change.same + change.entered + change.left + change.mix


def test_that_the_same_firms_alone_are_all_of_the_change():
    total, sector = changes(side(same_sector("0000022222")), side(same_sector("0222222222")))
    for change in (total, sector):
        assert (change.total, change.same) == (pytest.approx(0.4), pytest.approx(0.4))
        assert (change.entered, change.left, change.mix) == (0, 0, pytest.approx(0))
        assert (change.n_same, change.n_entered, change.n_left) == (10, 0, 0)
    assert (total.sector, sector.sector, total.level) == (TOTAL, "C", "L2")


def test_that_good_firms_coming_are_entry_and_not_improvement():
    total = changes(side(same_sector("0022")), side(same_sector("002222")))[0]
    assert (total.same, total.left) == (0, 0)
    assert total.entered == pytest.approx(1 / 3 * (1 - 0.5))
    assert total.total == pytest.approx(4 / 6 - 0.5)


def test_that_weak_firms_leaving_are_exit_and_not_improvement():
    total = changes(side(same_sector("2200")), side(same_sector("22")))[0]
    assert (total.same, total.entered, total.left) == (0, 0, pytest.approx(0.5))


def test_that_a_heavier_sector_is_mix_and_not_improvement():
    firms = {f"C{row}": (2, "C") for row in range(10)} | {f"G{row}": (0, "G") for row in range(10)}
    total = changes(side(firms, {"C": 50, "G": 50}), side(firms, {"C": 80, "G": 20}))[0]
    assert (total.same, total.entered, total.left) == (0, 0, 0)
    assert total.mix == pytest.approx(0.3)


def test_that_a_new_sector_is_mix_and_has_no_line_of_its_own():
    old = same_sector("0022")
    found = changes(side(old), side(old | {f"G{row}": (2, "G") for row in range(4)}))
    assert [change.sector for change in found] == [TOTAL, "C"]
    assert (found[0].mix, found[0].n_entered) == (pytest.approx(0.25), 4)


def test_that_nobody_staying_leaves_coming_and_going():
    total = changes(side(same_sector("0022")), side(same_sector("2222", start=50)))[0]
    assert (total.same, total.entered, total.left) == (0, pytest.approx(0.25), pytest.approx(0.25))
    assert (total.interval.value, total.interval.reason) == (None, "estimate.reason.no_same_firms")
    assert total.verdict is Verdict.CANNOT_TELL


def test_that_a_firm_that_changed_its_sector_left_one_and_came_to_the_other():
    old = same_sector("0022") | {"X": (2, "G"), "Y": (0, "G")}
    total = changes(side(old), side(old | {"X": (2, "C")}))[0]
    assert (total.n_same, total.n_entered, total.n_left) == (5, 1, 1)


def test_that_a_census_of_both_years_knows_the_change_for_sure():
    frame = {"C": 10}
    total = changes(side(same_sector("0000022222"), frame), side(same_sector("0022222222"), frame))[0]
    assert (total.interval.low, total.interval.value, total.interval.high) == pytest.approx((0.3, 0.3, 0.3))
    assert (total.whole.low, total.whole.high) == pytest.approx((0.3, 0.3))
    assert total.verdict is Verdict.DIFFERS


def test_that_the_paired_interval_is_newcombes_on_his_example():
    """Newcombe (1998): of 36, 12, 2 and 0 pairs method 10 gives 0.0569 to 0.3404."""
    old = same_sector("2" * 36 + "2" * 12 + "0" * 2)
    new = same_sector("2" * 36 + "0" * 12 + "2" * 2)
    interval = changes(side(old), side(new))[0].interval
    assert interval.value == pytest.approx(-0.2)
    assert (-interval.high, -interval.low) == pytest.approx((0.0569, 0.3404), abs=5e-4)


def test_that_firms_that_hold_still_make_the_change_surer_than_two_samples():
    levels = "02" * 40
    total = changes(side(same_sector(levels)), side(same_sector("22" + levels[2:])))[0]
    apart = changes(side(same_sector(levels)), side(same_sector("22" + levels[2:], start=500)))[0]
    assert total.whole.high - total.whole.low < 0.5 * (apart.whole.high - apart.whole.low)
    assert total.verdict is Verdict.SAME
    assert total.interval.high < MATTERS


def test_that_volunteers_get_parts_and_no_interval():
    found = changes(side(same_sector("0022")), side(same_sector("2222"), design=Design.VOLUNTEER))
    for change in found:
        assert (change.interval.low, change.interval.reason) == (None, "estimate.reason.volunteers")
        assert (change.whole.low, change.verdict) == (None, Verdict.CANNOT_TELL)
        assert change.same == 0.5


def test_that_a_wave_without_levels_has_no_changes_and_a_strange_level_is_refused():
    assert changes(side({"A": (-1, "C")}), side(same_sector("02"))) == ()
    with pytest.raises(UserError, match=r"estimate\.level"):
        changes(side(same_sector("02")), side(same_sector("02")), "L9")


wave_firms = st.dictionaries(
    st.integers(0, 25).map("F{:02d}".format), st.tuples(st.integers(-1, 4), st.sampled_from(("C", "G", "I", ""))), min_size=1
)
frames = st.dictionaries(st.sampled_from("CGIH"), st.integers(0, 60))


@settings(max_examples=80, deadline=None)
@given(wave_firms, wave_firms, frames, frames, st.sampled_from(list(Design)))
def test_that_the_parts_always_add_up_to_the_last_digit(before, after, frame_before, frame_after, design):
    one, other = side(before, frame_before, design, "2025"), side(after, frame_after)
    found = changes(one, other)
    for change in found:
        assert parts(change) == pytest.approx(change.total, abs=1e-12, rel=0)
        numbers = (change.total, change.interval.value, change.interval.low, change.interval.high, change.whole.value)
        assert all(number is None or np.isfinite(number) for number in numbers)
        if change.interval.low is not None:
            assert change.interval.low - 1e-12 <= change.interval.value <= change.interval.high + 1e-12
            assert change.interval.value == pytest.approx(change.same, abs=1e-12)
        assert change.whole.value == pytest.approx(change.total, abs=1e-12)
    order = np.random.default_rng(1).permutation(len(after))
    assert changes(one, replace(other, firms=other.firms.iloc[order])) == found
