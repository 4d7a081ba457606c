"""Robustness of small counties: what is drawn, what is not and why, and that no draw passes a gate."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from app.analysis.index import probe, score_firms, with_weighting
from app.analysis.index import sample as sampling
from app.analysis.index.choices import Space
from app.analysis.index.draws import batches
from app.analysis.index.matrix import score_matrix
from app.analysis.index.variants import Field
from app.domain.judgement import Aggregation, Weighting
from app.domain.robustness import ROBUST_COLUMNS
from app.domain.task import Progress, run_to_end
from tests.unit.analysis.small_study import INSTRUMENT, LADDER, RUBRIC, responses, shuffled

pytestmark = pytest.mark.filterwarnings("error")


def county(n=60, blank=0.1, seed=5, sectors="CIG", apart=0.25, **firms):
    """Responses of n firms; each sector has its own way of answering."""
    rng = np.random.default_rng(seed)
    sector = [sectors[at % len(sectors)] for at in range(n)]
    lift = np.array([sectors.index(name) for name in sector]) * apart

    def drawn(options):
        places = np.clip((rng.random(n) * 0.75 + lift) * len(options), 0, len(options) - 1).astype(int)
        return [None if rng.random() < blank else options[place] for place in places]

    answers = {
        "use": drawn(["no", "planned", "yes"]),
        "tools": drawn(["none", "a", "a|b"]),
        "stage": drawn(["s0", "s1", "s2"]),
        "line": drawn(["no", "yes"]),
        "spend": [None if rng.random() < blank else value for value in np.round(rng.random(n) * 60 + lift * 40, 1)],
    }
    return responses(answers, sector=sector, **firms)


def probed(given, rubric=RUBRIC, seed=1, draws=200, instrument=INSTRUMENT):
    firms = score_firms(given, instrument, rubric, "2026")
    matrix = score_matrix(given, instrument, rubric, firms["position"].to_numpy())
    return firms, *run_to_end(probe(matrix, firms, rubric, seed, draws))


def how(found) -> dict[str, str]:
    return {line.factor: line.how.removeprefix("robust.how.") for line in found.log}


def test_that_at_least_as_many_sets_of_choices_are_drawn_as_asked_for():
    firms, found, columns = probed(county(), draws=1000)
    assert (found.draws, found.firms, found.seed) == (1024, firms["index"].notna().sum(), 1)
    assert list(columns.columns) == list(ROBUST_COLUMNS)
    assert len(columns) == len(firms)
    assert {line.factor for line in found.log if line.varied} == {
        "weights",
        "normalisation",
        "imputation",
        "aggregation",
        "dropped",
    }
    assert [index.factor for index in found.indices] == ["weights", "normalisation", "imputation", "aggregation", "dropped"]
    assert all(0 <= index.first <= 1 and 0 <= index.total <= 1 for index in found.indices)
    assert all(one.low <= one.high for one in found.sectors)


def test_that_every_line_of_the_log_is_worded_in_both_languages(zh, en):
    lines = [line for given in (county(), county(n=9), county(blank=0.0), county(n=3)) for line in probed(given)[1].log]
    for line in (*lines, *probed(county(), LADDER)[1].log):
        for texts in (zh, en):
            assert texts(line.how, **dict(line.params)) and texts(f"assess.factor.{line.factor}")


def test_that_the_choices_of_the_rubric_give_the_index_itself():
    given = county(n=80)
    firms = score_firms(given, INSTRUMENT, RUBRIC, "2026")
    matrix = score_matrix(given, INSTRUMENT, RUBRIC, firms["position"].to_numpy())
    codes = [pillar.code for pillar in RUBRIC.pillars]
    field = Field(
        matrix.points.astype(np.float64),
        matrix.applies,
        np.array([codes.index(code) for code in matrix.pillars]),
        matrix.weights,
        np.zeros(len(firms), dtype=np.int64),
        RUBRIC.minimum_answered,
        2,
    )
    choices = Space(("aggregation",), np.array([2.0, 1.0]), 5).choose(np.array([[0.1]]))
    index = np.vstack([index for _, index in batches(field, choices)])[0]
    scored = firms["index"].notna().to_numpy()
    assert index[scored] == pytest.approx(firms["index"].to_numpy()[scored], abs=1e-4)  # points are kept in single precision


def test_that_no_draw_lifts_a_firm_over_a_gate_it_fails():
    """Without AI in use no firm stands at L2 or above, however the index comes out."""
    given = county(n=120, blank=0.0)
    firms, _, columns = probed(given)
    barred = (given.values["use"] != "yes").to_numpy()
    assert (columns["level_high"].cat.codes[barred] <= 1).all()
    assert (columns["level_high"].cat.codes[~barred] > 1).any()
    assert (firms["uncapped"].cat.codes[barred] > 1).any()
    _, _, free = probed(given, replace(RUBRIC, gates=()))
    assert (free["level_high"].cat.codes[barred] > 1).any()


def test_that_the_result_depends_on_the_seed_and_not_on_the_order_of_rows():
    given = county(n=90, apart=0.05)
    firms, found, columns = probed(given)
    turned_firms, turned, turned_columns = probed(shuffled(given, 3))
    assert turned == found
    one = pd.concat([firms[["firm"]], columns], axis=1).sort_values("firm", ignore_index=True)
    other = pd.concat([turned_firms[["firm"]], turned_columns], axis=1).sort_values("firm", ignore_index=True)
    pd.testing.assert_frame_equal(one, other)
    assert probed(given, seed=2)[1].indices != found.indices


def test_that_sectors_of_fewer_than_five_firms_are_not_ranked():
    firms, found, _ = probed(county(n=34, sectors="CCCCCCIIIIIIGGGG"[::-1]))
    ranked = {one.key: one.ranked for one in found.sectors}
    counts = firms[firms["index"].notna()]["sector"].value_counts()
    assert ranked == {key: bool(counts[key] >= 5) for key in counts.index}
    few = county(n=12, blank=0.0, sectors="CCI")
    _, found, _ = probed(few)
    assert [(one.key, one.rank, one.low, one.high, one.ranked) for one in found.sectors] == [
        ("C", 1, 1, 1, True),
        ("I", 0, 0, 0, False),
    ]
    assert found.indices == ()
    assert how(found)["sectors"] == "one_sector"


def test_that_what_cannot_be_varied_is_not_and_the_log_says_why():
    no_blanks = probed(county(blank=0.0))[1]
    assert how(no_blanks)["imputation"] == "no_blanks"
    assert "imputation" not in [index.factor for index in no_blanks.indices]
    single = replace(RUBRIC, pillars=RUBRIC.pillars[:1], scores=RUBRIC.scores[:1], gates=())
    lone = how(probed(county(), single)[1])
    assert (lone["weights"], lone["aggregation"], lone["dropped"]) == ("one_pillar", "one_pillar", "one_item")


def test_that_a_ladder_has_no_choices():
    firms, found, columns = probed(county(), LADDER)
    assert (found.draws, found.indices, found.sectors, found.stable) == (0, (), (), None)
    assert columns.isna().all(axis=None) and len(columns) == len(firms)
    assert set(how(found).values()) == {"ladder"}


def test_that_one_firm_and_no_firm_and_blank_forms_have_defined_results():
    firms, found, columns = probed(county(n=1, blank=0.0))
    assert (found.firms, found.indices) == (1, ())
    assert (columns["rank_low"][0], columns["rank_high"][0]) == (1.0, 1.0)
    assert how(found)["normalisation"] == "few_firms"
    for nobody in (county(n=8, blank=1.0), county(n=8, wave=["1999"] * 8)):
        _, found, columns = probed(nobody)
        assert (found.draws, found.firms, found.stable) == (0, 0, None)
        assert columns.isna().all(axis=None)
    assert firms["index"].notna().all()


def test_that_constant_answers_and_weights_of_zero_have_defined_results():
    n = 20
    same = responses(
        {"use": ["yes"] * n, "tools": ["a"] * n, "stage": ["s1"] * n, "line": ["yes"] * n, "spend": [50.0] * n},
        sector=["C", "I"] * 10,
    )
    for_all = replace(RUBRIC, scores=tuple(score for score in RUBRIC.scores if score.item != "line"))
    _, found, columns = probed(same, for_all)
    assert [(one.rank, one.low, one.high) for one in found.sectors] == [(1, 1, 1), (1, 1, 1)]
    assert all(index.total == 0 for index in found.indices)
    assert (columns["rank_low"] == 1).all()
    bare = with_weighting(RUBRIC, Weighting("v", (("use", 0.0), ("data", 1.0)), Aggregation.ARITHMETIC, ""))
    assert probed(county(), bare)[1].stable is not None


def test_that_the_share_of_draws_at_the_own_level_is_of_all_draws():
    firms, found, columns = probed(county(n=90))
    known = firms["index"].notna()
    assert columns.loc[known, "level_share"].between(0, 1).all()
    assert columns.loc[~known].isna().all(axis=None)
    assert found.stable == pytest.approx((columns.loc[known, "level_share"] >= 0.9).mean())
    inside = (columns["level_low"] <= firms["level"]) & (firms["level"] <= columns["level_high"])
    assert inside[columns["level_share"] > 0.06].all()
    assert (columns.loc[known, "rank_low"] <= columns.loc[known, "rank_high"]).all()


def test_that_a_very_large_study_is_sampled_by_sector_whatever_the_order_and_says_so(monkeypatch):
    monkeypatch.setattr(sampling, "MOST_FIRMS", 60)
    monkeypatch.setattr(sampling, "LEAST_OF_SECTOR", 10)
    given = county(n=300, sectors="CCCCCCCIIG")
    firms, found, columns = probed(given)
    drawn = columns["rank_low"].notna()
    assert how(found)["firms"] == "sampled"
    assert found.firms == drawn.sum() < 80
    assert firms[drawn]["sector"].value_counts()["G"] >= 10
    turned_firms, turned, turned_columns = probed(shuffled(given, 1))
    assert set(turned_firms["firm"][turned_columns["rank_low"].notna()]) == set(firms["firm"][drawn])
    assert turned == found
    whole = {one.key: one.rank for one in found.sectors}
    means = firms.groupby("sector")["index"].mean().rank(ascending=False)
    assert whole == {key: int(rank) for key, rank in means.items()}
    assert columns["rank_high"].max() > 150  # ranks are among all firms


def test_that_progress_is_told_and_the_work_can_be_stopped():
    given = county()
    firms = score_firms(given, INSTRUMENT, RUBRIC, "2026")
    task = probe(score_matrix(given, INSTRUMENT, RUBRIC), firms, RUBRIC, 1)
    seen = [next(task) for _ in range(6)]
    assert all(isinstance(step, Progress) and step.step == "progress.assess.robustness" for step in seen)
    task.close()
    with pytest.raises(StopIteration):
        next(task)


def test_that_a_matrix_of_other_firms_is_refused():
    given = county()
    firms = score_firms(given, INSTRUMENT, RUBRIC, "2026")
    matrix = score_matrix(given, INSTRUMENT, RUBRIC)
    for wrong in (score_matrix(given, INSTRUMENT, RUBRIC, np.arange(5)), replace(matrix, ceiling=None)):
        with pytest.raises(ValueError, match="not that of the firms"):
            run_to_end(probe(wrong, firms, RUBRIC, 1))
