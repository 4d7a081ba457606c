"""The command from file to report, on made and on real series."""

from __future__ import annotations

import json

import pytest

from app.cli.main import main
from app.domain.errors import UserError
from app.domain.task import run_to_end
from app.workflows.backtest import backtest
from tests.benchmarks.real_series import europe, us_states, write

MADE = "series,time,value\n" + "".join(
    f"{name},{2000 + at},{10 + at + start}\n" for start, name in enumerate("ABC") for at in range(12)
)


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "made.csv"
    path.write_text(MADE, encoding="utf-8")
    return path


def test_that_the_report_says_what_was_laid_down_and_what_was_left_out(made):
    whole, without = (run_to_end(backtest(made, "1,4", origin)) for origin in ("", "us_state"))
    assert [row.horizon for row in whole.rows if row.length == "all"] == [1, 4]
    assert (whole.without, without.without) == ("", "us_state")
    assert dict(whole.prior)["noise"] > 0 == dict(without.prior)["noise"]


@pytest.mark.parametrize("horizons", ["", "0", "1,", "a", "1.5", "-1", "1,2000"])
def test_that_impossible_horizons_are_refused(made, horizons):
    with pytest.raises(UserError) as caught:
        run_to_end(backtest(made, horizons))
    assert caught.value.code == "backtest.horizons"


def test_that_an_unknown_origin_and_too_far_a_horizon_are_refused(made):
    for arguments, code in ((("1", "mars"), "backtest.without"), (("500",), "backtest.no_case")):
        with pytest.raises(UserError) as caught:
            run_to_end(backtest(made, *arguments))
        assert caught.value.code == code


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_the_table_is_printed_with_its_verdicts(made, capsys, lang):
    assert main(["backtest", str(made), "--lang", lang]) == 0
    printed = capsys.readouterr().out
    for said in ("10–19", "80%" if lang == "zh" else "80 %", "0.33"):
        assert said in printed
    assert "cli." not in printed


def test_that_json_gives_fractions_by_horizon_and_length(made, capsys):
    assert main(["backtest", str(made), "--json", "--horizons", "2"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["series"], told["values"], told["unit"], told["standard_errors"]) == (3, 36, "percent", False)
    assert [row["length"] for row in told["rows"]] == ["2", "3-4", "5-9", "10-19", "all"]
    assert all(0 <= row["mean_absolute_error"]["naive"] < 0.05 for row in told["rows"])


def test_that_bad_input_ends_with_2_and_one_sentence(tmp_path, capsys):
    path = tmp_path / "bad.csv"
    path.write_text("series,time,value\nA,2020,ten\n", encoding="utf-8")
    assert main(["backtest", str(path), "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip() == "Line 2 of “bad.csv”, column value: “ten” is no number."


@pytest.mark.parametrize("question", ["us_now", "us_next_six_months"])
def test_that_us_states_are_covered_and_forecast_better_than_by_their_last_value(shared_data, tmp_path, question):
    path = write(us_states(shared_data / "series", question), tmp_path / "us.csv")
    totals = [row for row in run_to_end(backtest(path, "1,4", "us_state")).rows if row.length == "all"]
    assert len(totals) == 2
    for row in totals:
        assert 0.75 <= row.coverage <= 0.90
        assert row.forecast < 0.92 * row.naive


def test_that_eu_sections_are_forecast_better_than_by_their_last_value(shared_data, tmp_path, capsys):
    path = write(europe(shared_data / "series", "nace_2023_2025"), tmp_path / "eu.csv")
    (row,) = [row for row in run_to_end(backtest(path, "1", "eu_section")).rows if row.length == "all"]
    assert row.cases == 11
    assert main(["backtest", str(path), "--lang", "en", "--horizons", "1", "--without", "eu_section"]) == 0
    assert "of only 11 cases, fewer than 30: not judged" in capsys.readouterr().out
    assert row.forecast < 0.6 * row.naive


def test_that_a_leap_nobody_could_see_is_reported_as_missed(shared_data, tmp_path, capsys):
    """EU countries 2021, 2023 → 2024: generative AI came between; intervals from two values were far too narrow."""
    path = write(europe(shared_data / "series", "country_2021_2024"), tmp_path / "eu.csv")
    (row,) = [row for row in run_to_end(backtest(path, "1", "eu_country")).rows if row.length == "all"]
    assert row.above > 0.7
    assert main(["backtest", str(path), "--lang", "en", "--horizons", "1", "--without", "eu_country"]) == 0
    assert "below 75 %: too narrow" in capsys.readouterr().out
