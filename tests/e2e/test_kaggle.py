"""A real survey, unchanged, through the whole chain: shares by step equal a direct count of the file."""

from __future__ import annotations

import json
import zipfile

import pandas as pd
import pytest

from app.files.resources import definition_texts, parse_instrument, parse_rubric
from app.files.study_file import open_study
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
