"""What `watch` prints: aggregates alone, in words and as strict JSON; hidden is null, and what was not asked is said."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from app.analysis.watch import watch
from app.cli.session import Session
from app.cli.show_watch import show_watch
from app.commands.catalog import command
from app.domain.study import Design
from app.domain.words import Texts
from app.workflows.watch import Watching
from tests.unit.analysis.watch.studies import CAREFUL, CARELESS, JOBS, NO_AGENTS, study_of

FULL = {**CAREFUL, **JOBS, "U4": "open|cloud", "P1": "marketing", "B1": "cost", "H1": "yes"}


@pytest.fixture
def printed(resources, capsys):
    def run(*firms, lang="zh", as_json=False, instrument="aiplus-2026", without=(), **more):
        asked = resources.instruments[instrument]
        asked = replace(asked, items=tuple(item for item in asked.items if item.code not in without))
        study = study_of(asked, *firms, **more)
        session = Session(command("study.watch"), Texts(lang, resources.words), resources, {"json": as_json})
        assert show_watch(Watching(study, watch(study, resources)), session) == 0
        out = capsys.readouterr().out
        return json.loads(out, parse_constant=pytest.fail) if as_json else out

    return run


def test_that_no_firm_is_named_and_small_sectors_are_hidden(printed):
    firms = [FULL] * 12 + [{**FULL, **CARELESS}] * 3
    for lang in ("zh", "en"):
        out = printed(*firms, lang=lang, sectors="C" * 12 + "J" * 3)
        assert "公司" not in out and "‡" in out
    found = printed(*firms, as_json=True, sectors="C" * 12 + "J" * 3)
    assert "公司" not in json.dumps(found, ensure_ascii=False)
    finance = next(row for row in found["agents"] if row["sector"] == "J")
    assert finance["using"]["hidden"] and finance["using"]["value"] is None
    assert finance["words"] == {"zh": "金融业", "en": "Finance"}


def test_that_json_holds_every_part_with_its_intervals_and_the_rule_behind_it(printed):
    found = printed(*[FULL] * 12, *[NO_AGENTS] * 8, as_json=True, design=Design.SAMPLE, frame={"C": 400})
    using = found["agents"][0]["using"]
    assert using["low"] < using["value"] == 0.6 < using["high"] and using["n"] == 20
    assert found["rule"] == {"id": "aiplus-2026", "version": "2026.2", "verify": True}
    assert {"tiers", "quadrants", "flags"} <= set(found["agents"][0])
    assert found["jobs"][1]["exposure"] is not None and found["jobs"][0]["exposure"] is None
    assert found["models"][0]["sources"]["open"]["value"] == 1.0
    assert found["models"][0]["human_channel"]["human_channel"]["value"] == 1.0
    assert found["missing"] == []


def test_that_an_older_form_that_did_not_ask_of_the_human_channel_is_said_not_to_and_has_no_share(printed):
    asked = {code: answer for code, answer in FULL.items() if code != "H1"}
    found = printed(*[asked] * 6, as_json=True, without=("H1",))
    assert found["missing"] == ["本问卷未问面向客户的智能服务是否保留人工服务渠道"]
    assert not found["models"][0].get("human_channel")


def test_that_exposure_is_said_to_be_no_displacement_wherever_it_is_told(printed):
    assert "不等于岗位会被替代" in printed(*[FULL] * 6).replace("\n", "")
    assert "exposure is not displacement" in printed(*[FULL] * 6, lang="en").replace("\n", " ")
    assert "不等于岗位会被替代" in printed(*[FULL] * 6, as_json=True)["exposure_note"]


@pytest.mark.parametrize("design", list(Design))
def test_that_each_design_says_what_its_intervals_mean(printed, design, resources):
    assert resources.words[f"cli.watch.interval_{design.value}"].zh in printed(*[FULL] * 8, design=design)


@pytest.mark.parametrize(
    "firms",
    [
        [{}],
        [NO_AGENTS] * 8,
        [{"A1": "yes"}] * 8,
        [{"ID05": 0.0, "J1": 5.0}] * 6,
        [{"ID05": 10.0, "J1": -5.0, "J2": 50.0}] * 6,
        [{"A1": "unknown", "U4": "unknown", "P1": "none"}] * 6,
    ],
    ids=["blank", "nobody", "only yes", "no employees", "impossible", "unknown"],
)
@pytest.mark.parametrize("design", [Design.CENSUS, Design.VOLUNTEER])
def test_that_hostile_studies_print_no_number_that_there_is_not(printed, firms, design):
    for lang in ("zh", "en"):
        out = printed(*firms, lang=lang, design=design)
        assert re.search(r"\bnan\b|\binf\b|\bNaN\b|None\)|\(None", out) is None, out
    printed(*firms, as_json=True, design=design)


def test_that_another_questionnaire_says_what_it_does_not_ask(printed):
    out = printed({}, {}, instrument="miit-sme-2024")
    assert out.count("本问卷未问") == 6
