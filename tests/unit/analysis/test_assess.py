"""Assessing a wave as a whole: what stands beside what, what falls back and says so, and that the order of rows is nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.analysis.assess import READY, Ground, assess_wave
from app.analysis.estimate import Surveyed
from app.domain.assessment import Basis
from app.domain.estimate import Method
from app.domain.judgement import Aggregation, Judgements, Label, Visit, VisitList, Weighting
from app.domain.learning import LabelsFrom
from app.domain.study import Design, Wave
from app.domain.task import run_to_end
from app.files.records import encode_record
from tests.quick import assess_quickly
from tests.unit.analysis.small_study import INSTRUMENT, LADDER, RUBRIC, responses, shuffled

CENSUS, SAMPLE, VOLUNTEERS = (Wave("2026", "2026-12-31", design, {}) for design in Design)
LEVELS = ("L0", "L1", "L2", "L3", "L4")


@pytest.fixture(scope="module", autouse=True)
def quick():
    with pytest.MonkeyPatch.context() as patch:
        assess_quickly(patch)
        yield


def county(n=80, seed=0, waves=("2026",), blank=0.1):
    """Firms of four known sectors whose answers show one hidden skill; every tenth leaves all blank."""
    rng = np.random.default_rng(seed)
    skill = np.tile(rng.uniform(0, 1, n), len(waves)) + rng.normal(0, 0.08, n * len(waves))
    silent = np.arange(len(skill)) % 10 == 3

    def asked(values):
        return [None if hush or rng.random() < blank else value for value, hush in zip(values, silent, strict=True)]

    answers = {
        "use": asked(np.where(skill > 0.4, "yes", "no").tolist()),
        "tools": asked([("none", "a", "a|b", "a|b|c")[min(3, max(0, int(s * 4)))] for s in skill]),
        "stage": asked([f"s{min(2, max(0, int(s * 3)))}" for s in skill]),
        "line": asked(np.where(skill > 0.5, "yes", "no").tolist()),
        "spend": asked((100 * skill).tolist()),
        "people": [20 + k for k in range(len(skill))],
    }
    firms = {
        "firm": [f"F{k:04d}" for _ in waves for k in range(n)],
        "name": [f"东河第{k}厂" for _ in waves for k in range(n)],
        "township": [f"镇{k % 6}" for _ in waves for k in range(n)],
        "sector": ["CFIE"[k % 4] if k % 4 != 3 or k < 12 else "C" for _ in waves for k in range(n)],
        "wave": [wave for wave in waves for _ in range(n)],
        "code_valid": [False] * (n * len(waves)),
    }
    given = responses(answers, **firms)
    stored = {name: pd.Categorical(given.firms[name]) for name in ("sector", "size", "township", "wave")}
    return replace(given, firms=given.firms.assign(**stored)), skill


def judged(skill, who, drawn=(), n=80):
    """Judgements by one assessor of the firms `who`, found on a list of all `n` where they are among `drawn`."""
    levels = [LEVELS[min(4, max(0, int(skill[k] * 5)))] for k in who]
    labels = tuple(Label("2026", "", f"东河第{k}厂", level, "张三", "2027-02-01") for k, level in zip(who, levels, strict=True))
    visits = tuple(Visit(f"F{k:04d}", "", f"东河第{k}厂", "CFIE"[k % 4], f"镇{k % 6}", "small", 0.5, 0.5, 1.0) for k in drawn)
    lists = (VisitList("V1", "2026", 7, "2027-01-10", "by_sector", (("C", n),), visits),) if visits else ()
    return Judgements(labels=labels, visit_lists=lists)


def assess(given, judgements=None, wave=CENSUS, rubric=RUBRIC, seed=3, before=None):
    ground = Ground(INSTRUMENT, rubric, judgements or Judgements())
    return run_to_end(assess_wave(given, ground, wave, seed, before))


def by_firm(found):
    """An assessment as bytes and tables that know nothing of where a firm's row stands."""
    frame = found.firms.sort_values("firm").drop(columns="position").reset_index(drop=True)
    natives = tuple(sorted((replace(each, position=0) for each in found.natives), key=lambda each: each.firm))
    plain = replace(found, firms=pd.DataFrame(), natives=natives, model=b"")
    parts = {name: getattr(plain, name) for name in plain.__slots__ if name not in ("firms", "model")}
    return frame, encode_record(tuple(parts.values())), found.model


def same(one, other):
    (ours, texts, model), (theirs, others, copy) = by_firm(one), by_firm(other)
    pd.testing.assert_frame_equal(ours, theirs, check_exact=True)
    assert texts == others
    assert model == copy


def test_that_the_order_of_rows_changes_nothing_at_all():
    given, skill = county(60, waves=("2025", "2026"))
    taught = judged(skill, range(0, 50), range(0, 55))
    before = Wave("2025", "2025-12-31", Design.CENSUS, {})

    def both(table):
        past = assess(table, taught, before)
        return past, assess(table, taught, CENSUS, before=Surveyed(past.firms, table, before, RUBRIC))

    for one, other in zip(both(given), both(shuffled(given, 5)), strict=True):
        same(one, other)


def test_that_the_same_seed_gives_the_same_assessment_and_another_seed_the_same_levels_by_the_rubric():
    given, skill = county()
    taught = judged(skill, range(50))
    first = assess(given, taught)
    same(first, assess(given, taught))
    other = assess(given, taught, seed=4)
    observed = first.firms["basis"].astype(str) == str(Basis.RUBRIC)
    assert first.firms["level"][observed].tolist() == other.firms["level"][observed].tolist()
    assert first.firms["index"].equals(other.firms["index"])


def test_that_predictions_stand_beside_levels_and_fill_only_where_there_is_none():
    given, _ = county(120)
    larger = np.arange(120) / 120  # assessors see what the rubric does not: how many people work there
    plain, taught = assess(given), assess(given, judged(larger, range(110)))
    assert taught.classifier.refusal is None
    observed = (plain.firms["basis"].astype(str) == str(Basis.RUBRIC)).to_numpy()
    for name in ("level", "index", "basis"):
        assert plain.firms[name][observed].astype(str).tolist() == taught.firms[name][observed].astype(str).tolist()
    assert taught.firms["predicted"][observed].notna().all()
    filled = (taught.firms["basis"].astype(str) == str(Basis.MODEL)).to_numpy()
    assert not (filled & observed).any()


def test_that_a_ladder_study_keeps_what_firms_said_and_sets_predictions_beside_it():
    given, _ = county(160)
    found = assess(given, rubric=LADDER)
    climbed = (found.firms["basis"].astype(str) == str(Basis.LADDER)).to_numpy()
    said = given.values["stage"].astype(object).map({"s0": "L0", "s1": "L1", "s2": "L3"})
    assert climbed.sum() == said.notna().sum()
    assert found.firms["level"].astype(object)[climbed].tolist() == said[climbed].tolist()
    assert found.classifier.labels_from is LabelsFrom.LADDER
    assert set(found.firms["basis"].astype(str)) <= {str(Basis.LADDER), str(Basis.MODEL), str(Basis.NONE)}
    assert found.labels is None


@pytest.mark.parametrize(("wave", "reason"), [(SAMPLE, "visits_sample"), (VOLUNTEERS, "visits_volunteers")])
def test_that_visits_in_a_sample_or_among_volunteers_leave_the_rubrics_estimate_and_say_why(wave, reason):
    given, skill = county()
    plain, found = (assess(given, said, wave) for said in (None, judged(skill, range(60), range(80))))
    for own, kept in zip((*plain.estimates, plain.total_estimate), (*found.estimates, found.total_estimate), strict=True):
        assert (kept.method, kept.reason) == (Method.RUBRIC, f"estimate.reason.{reason}")
        assert kept.at_least[READY].value == own.at_least[READY].value


def test_that_volunteers_get_no_interval_from_anybody():
    given, skill = county()
    found = assess(given, judged(skill, range(60), range(80)), VOLUNTEERS)
    for each in (*found.estimates, found.total_estimate):
        assert all(one.low is None and one.high is None for one in (*each.at_least.values(), *each.shares.values()))


def test_that_a_sector_with_too_few_visits_falls_back_to_the_rubric_and_says_so():
    given, skill = county(160)
    seen = [k for k in range(160) if given.firms["sector"].iat[k] != "E"]
    found = assess(given, judged(skill, seen, range(160), 160))
    each = {one.sector: one for one in found.estimates}
    assert each["C"].method is not Method.RUBRIC
    assert each["E"].method is Method.RUBRIC
    assert each["E"].reason
    assert each["E"].n_labelled == 0
    assert each["E"].rank is None or not each["E"].rank.ranked  # measured by another yardstick than the others


def test_that_firms_somebody_chose_teach_but_do_not_speak_for_a_sector():
    given, skill = county()
    found = assess(given, judged(skill, range(60)))  # no list was drawn
    assert found.classifier.n_train == 60
    assert all(one.method is Method.RUBRIC for one in (*found.estimates, found.total_estimate))
    assert found.total_estimate.reason


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        ([Label("2026", "", "没有这家", "L2", "张三", "2027-02-01")], "none_settled"),
        (
            [Label("2026", "", "东河第1厂", level, who, "2027-02-01") for level, who in (("L1", "甲"), ("L3", "乙"))],
            "none_settled",
        ),
        ([Label("2026", "", "东河第1厂", "三级", "张三", "2027-02-01")], "none_settled"),
        ([Label("2025", "", "东河第1厂", "L2", "张三", "2027-02-01")], "no_labels"),
        ([Label("2026", "", "东河第1厂", "L2", "张三", "2027-02-01")], "too_few_firms"),
    ],
)
def test_that_assessments_that_teach_nothing_are_told_by_their_reason(labels, why, zh, en):
    report = assess(county()[0], Judgements(labels=tuple(labels))).classifier
    assert report.refusal == f"refusal.{why}"
    for texts in (zh, en):
        assert texts(report.refusal) if report.refusal in texts.entries else why == "too_few_firms"


def test_that_no_firm_is_lost_and_each_stands_in_one_row():
    given, skill = county(waves=("2025", "2026"))
    given = replace(given, firms=given.firms.assign(counted=[k % 7 != 0 for k in range(160)]))
    found = assess(given, judged(skill, range(60), range(70)))
    here = np.flatnonzero(given.firms["counted"] & (given.firms["wave"] == "2026"))
    assert sorted(found.firms["position"]) == here.tolist()
    assert found.total.n == len(here) == sum(each.n for each in found.sectors)


def test_that_weights_in_force_count_in_every_part():
    given, _ = county()
    one = Weighting("W1", (("use", 1.0), ("data", 0.0)), Aggregation.ARITHMETIC, "试")
    found = assess(given, Judgements(weightings=(one,), weighting="W1"))
    known = found.firms["index"].notna() & found.firms["p_use"].notna()
    np.testing.assert_allclose(found.firms["index"][known], found.firms["p_use"][known])
    assert found.weighting == "W1"


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["yes", "no", "planned", "unknown", "na", None]),
        st.sampled_from(["a", "a|b|c", "none", None]),
        st.sampled_from(["s0", "s1", "s2", None]),
        st.one_of(st.none(), st.floats(0, 1e12)),
        st.sampled_from(["C", "F", ""]),
    ),
    min_size=0,
    max_size=12,
)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANSWERS, st.sampled_from([CENSUS, SAMPLE, VOLUNTEERS]), st.sampled_from([RUBRIC, LADDER]))
def test_that_whatever_few_firms_answer_nothing_breaks_and_nobody_is_lost(rows, wave, rubric):
    columns = list(zip(*rows, strict=True)) if rows else [()] * 5
    answers = dict(zip(("use", "tools", "stage", "spend"), columns[:4], strict=True)) | {"line": columns[0]}
    sectors = pd.Categorical(list(columns[4]))  # as read: "" is a category only where a sector is unknown
    given = responses({name: list(given) for name, given in answers.items()}, sector=sectors)
    given = replace(given, firms=given.firms.assign(sector=sectors))
    found = assess(given, wave=wave, rubric=rubric)
    assert len(found.firms) == found.total.n == sum(each.n for each in found.sectors) == len(rows)
    assert "nan" not in encode_record((found.estimates, found.total_estimate, found.comparisons, found.robustness)).lower()
