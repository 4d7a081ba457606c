"""Real series from a CSV: what is recognised, what is left out and counted, and what is refused with its line."""

from __future__ import annotations

import pytest

from app.domain.errors import UserError
from app.files.series_file import read_series

GOOD = "series,time,value,se\nA,2020,10,1\nA,2021,12,1\nA,2022,15,1.5\nB,2020,0.5,0.2\nB,2021,0.7,0.2\n"


def table(tmp_path, text: str, encoding: str = "utf-8"):
    path = tmp_path / "series.csv"
    path.write_bytes(text.encode(encoding))
    return read_series(path)


def test_that_series_are_read_with_their_errors_as_fractions(tmp_path):
    read = table(tmp_path, GOOD)
    assert read.percent
    assert read.names == ("A", "B")
    assert read.times == ((2020.0, 2021.0, 2022.0), (2020.0, 2021.0))
    assert read.values[0] == pytest.approx((0.10, 0.12, 0.15))
    assert read.values[1] == pytest.approx((0.005, 0.007))
    assert read.errors[0] == pytest.approx((0.01, 0.01, 0.015))


def test_that_fractions_are_told_from_percent_for_the_whole_file(tmp_path):
    assert not table(tmp_path, "series,time,value\nA,2020,0.1\nA,2021,0.2\nA,2022,0.3\n").percent
    signed = table(tmp_path, "series,time,value\nA,2020,0.1%\nA,2021,0.2%\nA,2022,0.3 ％\n")
    assert signed.percent
    assert signed.values[0] == pytest.approx((0.001, 0.002, 0.003))
    assert signed.errors is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_that_semicolons_and_decimal_commas_are_understood(tmp_path, encoding):
    read = table(tmp_path, "Series;Time;Value\n浙江;2020;10,5\n浙江;2021;12,5\n浙江;2022;13\n", encoding)
    assert read.names == ("浙江",)
    assert read.values[0] == pytest.approx((0.105, 0.125, 0.13))


@pytest.mark.parametrize(
    ("text", "year"),
    [("2024", 2024), ("2024.5", 2024.5), ("2024-12-31", 2025.0), ("2024-06", 2024.5), ("2024Q2", 2024.5), ("2024-Q4", 2025.0)],
)
def test_that_times_are_decimal_years(tmp_path, text, year):
    read = table(tmp_path, f"series,time,value\nA,2020,10\nA,2021,12\nA,{text},15\n")
    assert read.times[0][2] == pytest.approx(year)


def test_that_blanks_single_values_and_walls_are_left_out_and_counted(tmp_path):
    read = table(
        tmp_path, "time,series,value\n2020,A,10\n2021,A,\n2022,A,12\n2023,A,13\n2020,B,5\n2020,C,0\n2021,C,3\n2020,D,:\n"
    )
    assert read.names == ("A",)
    assert read.times == ((2020.0, 2022.0, 2023.0),)
    assert (read.blank, read.short, read.walled) == (2, 1, 1)


HEAD = "series,time,value\n"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "series.empty", ""),
        ("  \n\n", "series.empty", ""),
        (HEAD, "series.empty", ""),
        (HEAD + "A,2020,\n", "series.empty", ""),
        ("just a letter", "series.columns", "series、time、value"),
        ("series,value\nA,1\n", "series.columns", "time"),
        (HEAD + "A,2020,10\nA,2021,many\n", "series.not_a_number", "3"),
        (HEAD + "A,2020,10\nA,2021,1e999\n", "series.not_a_number", "3"),
        (HEAD + "A,soon,10\n", "series.not_a_time", "2"),
        (HEAD + "A,2020-13,10\n", "series.not_a_time", "2"),
        (HEAD + "A,2020-02-30,10\n", "series.not_a_time", "2"),
        (HEAD + "A,7,10\n", "series.not_a_time", "2"),
        (HEAD + ",2020,10\n", "series.no_name", "2"),
        (HEAD + "A,2021,10\nA,2020,11\n", "series.unordered", "3"),
        (HEAD + "A,2020,10\nB,2020,3\nA,2021,11\nA,2020,11\n", "series.repeated", "5"),
        (HEAD + "A,2020,-1\n", "series.negative", "2"),
        ("series,time,value,se\nA,2020,10,-1\n", "series.negative", "2"),
        ("series,time,value,se\nA,2020,10,1\nA,2021,10,\nA,2022,11,1\n", "series.some_errors", ""),
        (HEAD + "A,2020,10\nA,2021,101\nA,2022,5\n", "series.too_high", ""),
        (HEAD + "A,2020,10\nB,2020,11\n", "series.single", ""),
        (HEAD + "A,2020,10\nA,2021,11\n", "series.too_short", ""),
        (HEAD + "A,2020,0\nA,2021,1\nA,2022,1\n", "series.walls", ""),
        (HEAD + "A,2020,10\nA,2021,10\nA,2022,10\nB,2020,3\nB,2021,3\n", "series.constant", ""),
        (HEAD + 'A,2020,"10\n', "series.not_csv", ""),
    ],
)
def test_that_what_cannot_be_tested_is_refused_with_its_line(tmp_path, zh, text, code, said):
    with pytest.raises(UserError) as caught:
        table(tmp_path, text)
    assert caught.value.code == code
    sentence = zh(f"error.{code}", **caught.value.params)
    assert "series.csv" in sentence
    assert said in sentence


def test_that_other_files_and_missing_ones_are_refused(tmp_path):
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04\x00\x00\xff\xfe\x00\x81")
    for name, code in (("book.xlsx", "series.not_csv"), ("none.csv", "file.missing")):
        with pytest.raises(UserError) as caught:
            read_series(tmp_path / name)
        assert caught.value.code == code
