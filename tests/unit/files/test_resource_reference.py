"""Published series are carried over as published: each with its definition, its source, its breaks, and nothing invented."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.domain.errors import UserError
from app.files.resource_reference import read_references
from app.files.resources import resources_folder

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "series"
GOOD = """
version = "1"
[[series]]
id = "a"
zh = "甲"
en = "A"
group = "union"
definition = { zh = "定义", en = "definition" }
source = "s"
points = [[2023.5, 0.1], [2024.5, 0.2]]
breaks = [2024.0]
"""


@pytest.fixture(scope="module")
def found():
    return {series.id: series for series in read_references(sorted((resources_folder() / "reference").glob("*.toml")))}


def read(tmp_path, text):
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    return read_references([path])


def number(text):
    return round(float(text.replace(",", ".")) / 100, 4)


def test_that_a_series_is_read_with_all_that_belongs_to_it(tmp_path):
    (series,) = read(tmp_path, GOOD)
    assert (series.words.zh, series.definition.en, series.source) == ("甲", "definition", "s")
    assert series.points == ((2023.5, 0.1), (2024.5, 0.2))
    assert series.breaks == (2024.0,)
    assert (series.group, series.bound, series.verify, series.sections) == ("union", False, False, ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[2024.5, 0.2]", "[2024.5, 20]"),
        ("[2024.5, 0.2]", "[2022.5, 0.2]"),
        ("[2024.5, 0.2]", "[2024.5]"),
        ("[2024.5, 0.2]", '[2024.5, "0.2"]'),
        ("[[2023.5, 0.1], [2024.5, 0.2]]", "[]"),
        ('"union"', '"moon"'),
        ("breaks = [2024.0]", "breaks = [true]"),
        ('source = "s"', ""),
    ],
)
def test_that_what_is_no_share_in_order_of_time_is_refused(tmp_path, old, new):
    with pytest.raises(UserError) as error:
        read(tmp_path, GOOD.replace(old, new))
    assert error.value.code.startswith("resource.")


def test_that_two_series_never_share_an_id(tmp_path):
    with pytest.raises(UserError) as error:
        read(tmp_path, GOOD + GOOD.replace('version = "1"', ""))
    assert error.value.code == "resource.duplicate"


def test_that_every_series_says_who_was_asked_what_and_by_whom(found):
    for series in found.values():
        assert len(series.definition.zh) > 20
        assert len(series.definition.en) > 40
        assert series.source


def test_that_the_change_of_question_breaks_both_series_that_had_one(found):
    assert found["eu27"].breaks == (2025.0,)
    assert found["us_btos"].points[0][0] < found["us_btos"].breaks[0] < found["us_btos"].points[1][0]


def test_that_press_figures_are_lower_bounds_still_to_be_checked(found):
    domestic = [series for series in found.values() if series.group == "domestic"]
    assert len(domestic) == 2
    assert all(series.bound and series.verify for series in domestic)


def test_that_sections_are_matched_by_what_they_are_about_and_not_by_their_letter(found):
    assert found["eu27_f"].sections == ("E",)  # construction
    assert found["eu27_g"].sections == ("F",)  # trade
    assert found["eu27_j"].sections == ("I",)  # information and communication
    assert found["eu27_i"].sections == ("H",)  # hotels and restaurants


@pytest.mark.skipif(not DATA.is_dir(), reason="the published extracts are not here")
def test_that_figures_of_sections_and_countries_are_those_of_the_published_extracts(found):
    with (DATA / "eurostat_ai_use_nace_2023_2025.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    published = [[number(text) for text in row[1:]] for row in rows]
    kept = [[share for _, share in series.points] for series in found.values() if series.group == "sector"]
    assert kept == published
    with (DATA / "eurostat_ai_use_country_2021_2024.csv").open(encoding="utf-8-sig") as file:
        countries = {row[0]: [number(text) for text in row[1:]] for row in list(csv.reader(file, delimiter=";"))[1:]}
    for name in ("Denmark", "Spain", "Romania"):
        assert [share for _, share in found[f"eu_{name.lower()}"].points][:3] == countries[name]
    in_2024 = sorted(shares[2] for shares in countries.values())
    assert (in_2024[0], in_2024[13], in_2024[26]) == tuple(countries[name][2] for name in ("Romania", "Spain", "Denmark"))
