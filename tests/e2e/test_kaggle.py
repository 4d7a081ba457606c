"""A real survey, unchanged, through the whole chain: shares by step equal a direct count of the file."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from app.analysis.learn import learn_levels
from app.analysis.learn.nested import Budget
from app.domain.task import run_to_end
from app.files.resources import definition_texts, parse_instrument, parse_rubric
from app.files.study_file import open_study
from tests.benchmarks import bench_learn
from tests.e2e.shell import zhiheng
from tests.study_samples import INSTRUMENT

ANSWERS = "kaggle_survey_2021_responses.csv"


@pytest.fixture(scope="module")
def csv(shared_data, tmp_path_factory):
    """The responses as published, outside the archive."""
    folder = tmp_path_factory.mktemp("kaggle")
    with zipfile.ZipFile(shared_data / "surveys" / "kaggle-survey-2021.zip") as archive:
        (folder / ANSWERS).write_bytes(archive.read(ANSWERS))
    return folder / ANSWERS


@pytest.fixture(scope="module")
def study(csv):
    path = csv.with_name("kaggle.zhiheng")
    assert zhiheng("new", path, "--instrument", INSTRUMENT).code == 0
    collected = zhiheng("collect", path, csv, "--date", "2021-10-04", "--design", "volunteer")
    assert collected.code == 0, collected.err
    return path


@pytest.fixture(scope="module")
def assessed(study):
    ended = zhiheng("assess", study, "--json")
    assert ended.code == 0, ended.err
    return ended.json


@pytest.fixture(scope="module")
def direct(csv):
    """Counts by industry and step, straight from the file: rows the option codes of Q20, columns L0 … L4."""
    text = definition_texts(str(INSTRUMENT))
    instrument, ladder = parse_instrument(text[0]), dict(parse_rubric(text[1]).ladder)
    industry = {option.words.en: option.code for option in instrument.item("Q20").options}
    step = {option.words.en: ladder.get(option.code) for option in instrument.item("Q23").options}
    table = pd.read_csv(csv, dtype=str, skiprows=[1], usecols=["Q20", "Q23"])
    return pd.crosstab(table["Q20"].map(industry).fillna(""), table["Q23"].map(step))


def test_that_every_row_is_a_response_with_its_cells(study):
    opened = open_study(study)
    assert len(opened.responses) == 25_973
    assert opened.responses.firms["counted"].all()
    assert opened.responses.cell(0, "Q23").a1[:2].isalpha()
    assert opened.responses.cell(25_972, "Q20").row == 25_975  # two header rows


def test_that_sector_shares_by_step_equal_a_direct_count(assessed, direct):
    seen = {sector["sector"]: sector for sector in assessed["sectors"]}
    assert set(seen) - {"*", ""} == set(direct.index) - {""}
    for sector, counts in direct.iterrows():
        profile, n = seen[sector], int(counts.sum())
        assert profile["n_level"] == n, sector
        for level, count in counts.items():
            share = profile["shares"][level]
            assert (share["count"], share["n"]) == (count, n)
            assert share["value"] == pytest.approx(count / n, abs=1e-12)
            assert share["low"] is None  # volunteers get no sampling interval
    total = seen["*"]
    assert total["n_level"] == direct.to_numpy().sum()
    assert {level: share["count"] for level, share in total["shares"].items()} == direct.sum().to_dict()


def test_that_no_answer_and_do_not_know_give_no_level_but_the_model_may_guess(assessed):
    bases = pd.Series([firm["basis"] for firm in assessed["firms"]]).value_counts()
    assert bases["ladder"] == 13_240
    assert bases.sum() == 25_973
    report = assessed["classifier"]
    assert report["accuracy"] > report["baseline_accuracy"]


def test_that_the_brief_is_written_in_all_formats(study, assessed, tmp_path):
    for ending in ("docx", "pptx", "xlsx"):
        ended = zhiheng("brief", study, "--out", tmp_path / f"a.{ending}", "--lang", "en")
        assert ended.code == 0, ended.err
        assert (tmp_path / f"a.{ending}").stat().st_size > 10_000


def test_that_the_journal_tells_how_it_was_made(study, assessed):
    entries = zhiheng("journal", study, "--json").json["entries"]
    assert [entry["command"] for entry in entries][:3] == ["new", "collect", "assess"]
    assert json.dumps(entries).count("/") == 0


@pytest.fixture(scope="module")
def learnt(shared_data):
    """The step of 3,000 answers learnt from industry, size, team and spending, whole countries held out."""
    case, _ = bench_learn.survey(rows=3_000)
    return case, run_to_end(learn_levels(case, 0, Budget(1, 2, 1)))


def score(learnt, model):
    return next(one for one in learnt[1].report.scores if one.model == model)


def test_that_the_ladder_is_learnt_better_than_the_majority_and_than_sector_means(learnt):
    case, found = learnt
    taken = score(learnt, found.report.model)
    assert (found.report.refusal, found.report.model in ("ordinal", "boosting")) == (None, True)
    assert taken.rps + taken.rps_error < bench_learn.sector_means(case) < score(learnt, "majority").rps
    assert "learn.warning.by_firm" not in found.report.warnings


def test_that_its_chances_can_be_believed_and_it_does_not_boast(learnt):
    _, found = learnt
    taken = score(learnt, found.report.model)
    assert taken.ece_after < 0.05
    assert 0.38 < taken.likeliest < 0.5  # published: 0.42 from three of the four inputs
    assert score(learnt, "majority").accuracy < 0.32
    assert found.report.leaks == ()
    assert "learn.warning.leak" not in found.report.warnings
    assert 0.87 < found.report.conformal.coverage < 0.93


def test_that_an_answer_that_gives_the_step_away_is_told(learnt):
    case, _ = learnt
    codes = np.random.default_rng(0).permutation(5)[case.taught_levels]
    frame = case.features.frame.assign(Q26=pd.Categorical(codes.astype(str)))
    leaky = replace(case, features=replace(case.features, frame=frame))
    report = run_to_end(learn_levels(leaky, 0, Budget(1, 1, 0, ("majority", "ordinal")))).report
    assert [leak.feature for leak in report.leaks] == ["Q26"]
    assert report.accuracy > 0.9
    assert "learn.warning.leak" in report.warnings


def test_that_sectors_are_ranked_with_how_sure_that_is(learnt):
    ranked = bench_learn.ranking(*learnt)
    assert len(ranked) == 18
    assert (ranked["low"] <= ranked["rank"]).all()
    assert (ranked["rank"] <= ranked["high"]).all()
    assert ranked["mean"].is_monotonic_decreasing
    assert (ranked["high"] - ranked["low"]).max() > 3  # small sectors are not told apart
    assert ranked["mean"].corr(ranked["model"], method="spearman") > 0.9
