"""The change of a measure: its parts add up, whatever the panel, and it is refused where it would compare unlike things."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.estimate import Surveyed, changes
from app.analysis.progress.change import measure_change
from app.analysis.progress.counted import Answered
from app.analysis.progress.observe import observe
from app.domain.assessment import TOTAL
from app.domain.condition import Condition
from app.domain.errors import UserError
from app.domain.estimate import Verdict
from app.domain.goals import Measure
from app.domain.progress import SeriesBreak
from app.domain.study import Design, Wave
from tests.unit.analysis.estimate.survey_samples import scored
from tests.unit.analysis.small_study import INSTRUMENT, RUBRIC, W, responses, uses_ai

USE = Measure("use", W, uses_ai(), None, "firms", True, "test")
OLD = Wave("2025", "2025-12-31", Design.CENSUS, {})
NEW = Wave("2026", "2026-12-31", Design.CENSUS, {})


def told(rows, by="sector", measure=USE, waves=(OLD, NEW), **more):
    """The change over rows of (wave, firm, answer, group, people)."""
    columns = list(zip(*rows, strict=True))
    given_ = responses(
        {"use": columns[2], "people": columns[4]},
        wave=columns[0],
        firm=columns[1],
        **{by if by != "none" else "size": columns[3]},
    )
    return measure_change(measure, Answered(given_, INSTRUMENT), waves, by, **more)


def wave_of(id_, answers, group="C", start=0, people=10):
    return [
        (id_, f"F{start + k:03d}", "yes" if a == "y" else None if a == "-" else "no", group, people)
        for k, a in enumerate(answers)
    ]


def parts(change):
    return change.same + change.entered + change.left + change.mix


def test_that_the_same_firms_and_comers_are_told_apart():
    found = told(wave_of("2025", "nnyy") + wave_of("2026", "nyyyyy"))
    total = found.changes[0]
    assert (found.before, found.after, total.sector, total.level) == ("2025", "2026", TOTAL, "use")
    assert total.same == pytest.approx(0.25)
    assert total.entered == pytest.approx(1 / 3 * (1 - 0.75))
    assert total.total == pytest.approx(5 / 6 - 0.5)
    assert (total.n_same, total.n_entered, total.n_left) == (4, 2, 0)


def test_that_a_blank_leaves_the_panel_and_is_no_no():
    total = told(wave_of("2025", "ny") + wave_of("2026", "-y")).changes[0]
    assert (total.n_same, total.n_left, total.total) == (1, 1, pytest.approx(0.5))


@pytest.mark.parametrize("by", ["sector", "size", "township"])
def test_that_groups_may_be_sectors_sizes_or_townships(by):
    rows = wave_of("2025", "nnnnnn", "a") + wave_of("2025", "yyyyyy", "b", 50)
    rows += wave_of("2026", "yyynnn", "a") + wave_of("2026", "yyyyyy", "b", 50)
    found = told(rows, by)
    assert [change.sector for change in found.changes] == [TOTAL, "a", "b"]
    assert [change.same for change in found.changes] == pytest.approx([0.25, 0.5, 0.0])


def test_that_people_count_where_the_measure_counts_people():
    rows = [*wave_of("2025", "ny", people=10), ("2026", "F000", "no", "C", 90), ("2026", "F001", "yes", "C", 10)]
    total = told(rows, measure=replace(USE, weight="employees")).changes[0]
    assert total.total == pytest.approx(-0.4)
    assert (total.same, total.mix) == (0, pytest.approx(-0.4))


def test_that_the_denominator_decides_who_takes_part():
    measure = replace(USE, denominator=Condition("answer", item="people", at_least=20))
    rows = wave_of("2025", "nn", people=50) + wave_of("2025", "yyyy", start=10, people=5)
    rows += wave_of("2026", "yn", people=50) + wave_of("2026", "yyyy", start=10, people=5)
    total = told(rows, measure=measure).changes[0]
    assert (total.total, total.n_same) == (0.5, 2)


def test_that_a_measure_of_few_is_no_census_of_them_where_others_are_unheard():
    """20 of 40 firms answered, 10 of them in the denominator: half of such firms are unseen, not none."""
    measure = replace(USE, denominator=Condition("answer", item="people", at_least=20))
    rows = wave_of("2025", "ynynynynyn", people=50) + wave_of("2025", "n" * 10, start=50, people=5)
    rows += wave_of("2026", "ynynynyyny", people=50) + wave_of("2026", "n" * 10, start=50, people=5)
    frame = {"C": 40}
    waves = (replace(OLD, frame=frame), replace(NEW, frame=frame))
    total = told(rows, measure=measure, waves=waves).changes[0]
    assert total.total == pytest.approx(0.1)
    assert total.whole.low < 0.1 < total.whole.high


def test_that_a_measure_of_firms_is_taken_apart_as_a_level_is():
    """One core: a measure that holds where the level is L2 or above changes as the share at L2 or above does."""
    rng = np.random.default_rng(4)
    old, new = rng.integers(0, 5, 60), rng.integers(0, 5, 60)
    ids = [[f"F{start + k:03d}" for k in range(60)] for start in (0, 15)]
    sectors = ["C", "G", "I"] * 20
    frame = {"C": 40, "G": 30, "I": 50}
    waves = (replace(OLD, frame=frame, design=Design.SAMPLE), replace(NEW, frame=frame, design=Design.SAMPLE))
    both = [
        Surveyed(scored(list(levels), sectors, own), responses({"use": ["yes"] * 60}, sector=sectors), wave, RUBRIC)
        for levels, own, wave in zip((old, new), ids, waves, strict=True)
    ]
    rows = [
        (wave.id, firm, "yes" if level >= 2 else "no", sector, 1)
        for levels, own, wave in zip((old, new), ids, waves, strict=True)
        for level, firm, sector in zip(levels, own, sectors, strict=True)
    ]
    measured = tuple(replace(change, level="L2") for change in told(rows, waves=waves).changes)
    assert measured == changes(both[0], both[1], "L2")


def test_that_the_total_is_the_difference_of_what_was_observed():
    rows = (
        wave_of("2025", "nnyynn") + wave_of("2025", "yyy", "G", 50) + wave_of("2026", "nyyy") + wave_of("2026", "nyyyyy", "G", 50)
    )
    for design in Design:
        waves = tuple(replace(wave, frame={"C": 40, "G": 12}, design=design) for wave in (OLD, NEW))
        given_ = responses(
            {"use": [row[2] for row in rows]},
            **{k: [row[p] for row in rows] for p, k in ((0, "wave"), (1, "firm"), (3, "sector"))},
        )
        seen = observe(USE, given_, INSTRUMENT, waves)
        assert told(rows, waves=waves).changes[0].total == pytest.approx(seen[1].value - seen[0].value)


def test_that_order_of_the_waves_given_does_not_matter():
    rows = wave_of("2025", "nnyy") + wave_of("2026", "nyyy")
    assert told(rows) == told(rows, waves=(NEW, OLD))


def test_that_volunteers_get_no_interval():
    rows = wave_of("2025", "nnyynn") + wave_of("2026", "nyyyyy")
    total = told(rows, waves=(OLD, replace(NEW, design=Design.VOLUNTEER))).changes[0]
    assert (total.interval.low, total.whole.low, total.verdict) == (None, None, Verdict.CANNOT_TELL)


def test_that_a_break_between_the_waves_refuses_and_says_why():
    rows = wave_of("2025", "nnyy") + wave_of("2026", "nyyy")
    found = told(rows, breaks=(SeriesBreak("2026", 2027.0, "", "问法变了"),))
    assert (found.changes, found.reason) == ((), "change.cannot.break")
    assert dict(found.reason_values) == {"wave": "2026", "said": "问法变了", "key": ""}
    assert told(rows, breaks=(SeriesBreak("2025", 2026.0, "break.words"),)).changes


def test_that_what_was_not_asked_or_not_answered_is_said():
    rows = wave_of("2025", "--") + wave_of("2026", "ny")
    assert told(rows).reason == "change.cannot.no_answers"
    strange = replace(USE, numerator=Condition("answer", item="nowhere", includes=("yes",)))
    assert told(rows, measure=strange).reason == "change.cannot.not_asked"
    with pytest.raises(UserError, match=r"change\.by"):
        told(rows, by="none")


one_wave = st.dictionaries(
    st.integers(0, 20).map("F{:02d}".format),
    st.tuples(st.sampled_from(("yes", "no", None)), st.sampled_from(("a", "b", "c", "")), st.sampled_from((1, 7, 300, None))),
    min_size=1,
)
frames = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 60))


@settings(max_examples=120, deadline=None)
@given(one_wave, one_wave, frames, frames, st.sampled_from(list(Design)), st.sampled_from(("firms", "employees")))
def test_that_the_parts_add_up_for_any_panel_grouping_and_weight(before, after, frame_before, frame_after, design, weight):
    rows = [("2025", firm, *rest) for firm, rest in before.items()] + [("2026", firm, *rest) for firm, rest in after.items()]
    waves = (replace(OLD, frame=frame_before, design=design), replace(NEW, frame=frame_after))
    for by in ("sector", "township"):
        found = told(rows, by, replace(USE, weight=weight), waves)
        assert bool(found.changes) != bool(found.reason)
        for change in found.changes:
            assert parts(change) == pytest.approx(change.total, abs=1e-12, rel=0)
            assert change.whole.value == pytest.approx(change.total, abs=1e-12)
            if change.interval.low is not None:
                assert change.interval.value == pytest.approx(change.same, abs=1e-12)
                assert change.interval.low - 1e-12 <= change.interval.value <= change.interval.high + 1e-12
