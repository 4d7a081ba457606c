"""The figures of exposure by major group are those of the published file, recomputed where it is at hand."""

from __future__ import annotations

import tomllib

import pandas as pd
import pytest

from app.files.resources import resources_folder

COLUMNS = {
    f"{who}_{reading}": f"{column}_rating_{reading}"
    for who, column in (("gpt4", "dv"), ("human", "human"))
    for reading in ("alpha", "beta", "gamma")
}


@pytest.fixture(scope="module")
def published(shared_data):
    path = shared_data / "exposure" / "occ_level.csv"
    if not path.is_file():
        pytest.skip("occ_level.csv of openai/GPTs-are-GPTs is not here")
    table = pd.read_csv(path)
    return table.groupby(table["O*NET-SOC Code"].str[:2])[list(COLUMNS.values())].mean()


@pytest.mark.parametrize("index", COLUMNS)
def test_that_each_mean_by_major_group_is_that_of_the_published_occupations(published, index):
    shipped = tomllib.loads((resources_folder() / "watch" / "exposure.toml").read_text(encoding="utf-8"))
    groups = next(each["groups"] for each in shipped["index"] if each["id"] == index)
    assert set(groups) == set(published.index)
    for group, mean in published[COLUMNS[index]].items():
        assert groups[group] == pytest.approx(mean, abs=5e-5), group


def test_that_the_published_means_named_in_the_notes_are_met(published):
    """By major group, two digits: the figures that go with the source."""
    told = {"15": 0.74, "43": 0.61, "13": 0.53, "51": 0.13, "47": 0.07, "35": 0.14, "53": 0.22}
    assert {group: round(published["dv_rating_beta"][group], 2) for group in told} == told
