"""Hostile goals, layers, figures, levers, series and studies: one plain sentence or a grey light, and never a small group given away."""

from __future__ import annotations

import csv
import json

import pytest

from tests.e2e.hostile import some_firms, strict
from tests.e2e.shell import zhiheng
from tests.e2e.test_goals_bad_input import surveyed, with_goals

GREY = "cannot_tell"


@pytest.fixture(scope="module", autouse=True)
def raised(resources):
    """Resources loaded once, and a bug that is a bug instead of a sentence that points to the log."""

    def again(error, _texts, _now=""):
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.cli.main.load_resources", lambda: resources)
        patch.setattr("app.cli.failures.unexpected", again)
        yield


@pytest.fixture
def questions(resources):
    return resources.instruments["aiplus-2026"]


FEW = [{**firm, "industry": "建筑业" if place < 3 else "批发业"} for place, firm in enumerate(some_firms(60))]
SAYS_NOTHING = ("gap", "required_pace", "observed_pace", "probability", "pace", "status")


def numbers_of(found):
    """Every number in the JSON of a goal but what its document says."""
    own = ("target", "year")
    if isinstance(found, dict):
        return [each for name, value in found.items() if name not in own for each in numbers_of(value)]
    if isinstance(found, list):
        return [each for value in found for each in numbers_of(value)]
    return [found] if isinstance(found, int | float) and not isinstance(found, bool) else []


def test_that_a_goal_of_three_firms_gives_no_number_in_any_output(tmp_path, questions):
    waves = [(f"{year}", f"{year}-06-30", FEW) for year in (2024, 2025, 2026)]
    study = surveyed(tmp_path, questions, *waves)
    with_goals(study, tmp_path, {"sections": '["E"]'})
    (own,) = [each for each in strict(zhiheng("goals", study, "--json"))["goals"] if each["id"] == "own"]
    assert numbers_of(own) == []
    assert (own["light"], own["observations"], own["fan"], own["upper"]) == (GREY, [], [], [])
    printed = zhiheng("goals", study)
    assert "为保护单个企业" in printed.out
    for ending in ("json", "csv", "yml"):
        assert zhiheng("goals", study, "--export", tmp_path / f"a.{ending}").code == 0
    written = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["own"]
    assert (written["own"]["current_value"], written["about"]["n"]) == (None, None)
    rows = csv.DictReader((tmp_path / "a.csv").open(encoding="utf-8-sig", newline=""))
    assert next(row for row in rows if row["goal"] == "own")["current_value"] == ""


def test_that_a_hidden_wave_takes_with_it_all_that_would_give_it_back(tmp_path, questions):
    waves = [("2025", "2025-06-30", some_firms(4)), ("2026", "2026-06-30", some_firms(60))]
    study = with_goals(surveyed(tmp_path, questions, *waves), tmp_path, {"value": "0.999"})
    own = next(each for each in strict(zhiheng("goals", study, "--json"))["goals"] if each["id"] == "own")
    assert [each["wave"] for each in own["observations"]] == ["2026"]
    assert own["value"] is not None and own["observations"][0]["planned"] is None
    assert [own[name] for name in SAYS_NOTHING] == [None] * len(SAYS_NOTHING)


def test_that_nothing_follows_from_volunteers(tmp_path, questions):
    study = surveyed(tmp_path, questions, ("2026", "2026-06-30", some_firms(60), "--design", "volunteer"))
    with_goals(study, tmp_path, {"value": "0.999"})
    own = next(each for each in strict(zhiheng("goals", study, "--json"))["goals"] if each["id"] == "own")
    assert (own["light"], own["n"], own["low"], own["path"]) == (GREY, 60, None, [])
    assert [own[name] for name in SAYS_NOTHING] == [None] * len(SAYS_NOTHING)
