"""What was measured about paces, as a resource: read whole, refused when wrong."""

from __future__ import annotations

import pytest

from app.files.resource_forecast import read_bass, read_measured
from app.files.resource_rows import ResourceError
from app.files.resources import resources_folder

ROW = '[[series]]\nid = "a"\norigin = "x"\nlasting = {lasting}\nsource = "s"\n{more}\n'


def written(tmp_path, *rows: str):
    path = tmp_path / "pace.toml"
    path.write_text('version = "1"\n[sources]\ns = "A survey"\n' + "".join(rows), encoding="utf-8")
    return path


def test_that_every_series_names_a_public_source_and_an_origin():
    series = read_measured(resources_folder() / "forecast" / "pace.toml")
    assert {each.origin for each in series} == {"eu_country", "eu_section", "us_state"}
    assert all(len(each.source) > 40 for each in series)


def test_that_a_number_nobody_measured_is_absent(tmp_path):
    (series,) = read_measured(written(tmp_path, ROW.format(lasting=0.3, more="")))
    assert (series.lasting, series.passing, series.noise, series.source) == (0.3, None, None, "A survey")


@pytest.mark.parametrize(("lasting", "more"), [(-0.1, ""), ('"much"', ""), (0.1, "wander = 2")])
def test_that_a_bad_row_is_refused(tmp_path, lasting, more):
    with pytest.raises(ResourceError):
        read_measured(written(tmp_path, ROW.format(lasting=lasting, more=more)))


def test_that_a_repeated_series_is_refused(tmp_path):
    with pytest.raises(ResourceError):
        read_measured(written(tmp_path, *[ROW.format(lasting=0.1, more="")] * 2))


def test_that_basss_numbers_must_be_there(tmp_path):
    path = tmp_path / "bass.toml"
    path.write_text('version = "1"\n[bass]\np = 0.03\nsource = "s"\n', encoding="utf-8")
    with pytest.raises(ResourceError):
        read_bass(path)
