"""Watching by the command line: aggregates printed, the register written and journaled, hostile studies refused in a sentence."""

from __future__ import annotations

import pytest

from tests.e2e.hostile import collected, plain_sentence, some_firms, strict
from tests.e2e.shell import zhiheng


@pytest.fixture
def questions(resources):
    return resources.instruments["aiplus-2026"]


def test_that_watch_prints_aggregates_and_agents_writes_a_register_into_the_journal(tmp_path, questions):
    study = collected(tmp_path, questions, some_firms(40))
    found = strict(zhiheng("watch", study, "--json"))
    assert found["wave"] == "2026" and found["agents"][0]["using"]["n"] == 40
    assert zhiheng("watch", study, "--lang", "en").code == 0
    for ending in ("xlsx", "csv"):
        path = tmp_path / f"台账.{ending}"
        assert strict(zhiheng("agents", study, "--out", path, "--json"))["written"] == [str(path)]
        assert path.stat().st_size > 2000
    last = zhiheng("journal", study, "--json").json["entries"][-1]
    assert last["command"] == "agents" and last["parameters"] == {"out": "台账.csv"}
    assert zhiheng("journal", study, "--json").json["intact"]


def test_that_watching_leaves_no_trace(tmp_path, questions):
    study = collected(tmp_path, questions, some_firms(12))
    before = study.read_bytes()
    assert zhiheng("watch", study).code == 0
    assert study.read_bytes() == before


def test_that_what_cannot_be_watched_is_one_plain_sentence(tmp_path, questions):
    study = collected(tmp_path, questions, some_firms(8, skill=None))
    assert "台账" in plain_sentence(zhiheng("agents", study, "--out", tmp_path / "a.xlsx"))
    assert "1999" in plain_sentence(zhiheng("watch", study, "--wave", "1999"))
    assert "pdf" in plain_sentence(zhiheng("agents", study, "--out", tmp_path / "a.pdf"))
    assert zhiheng("new", tmp_path / "empty").code == 0
    plain_sentence(zhiheng("watch", tmp_path / "empty"))
