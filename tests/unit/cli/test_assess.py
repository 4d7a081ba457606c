"""What assessing and judging print: every part of an assessment, in words and as JSON without NaN, small sectors hidden."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from app.cli.session import Session
from app.cli.shapes_assess import assess_json, visits_json
from app.cli.show_assess import show_assess, show_judged, show_labels, show_visits, show_weights
from app.commands.catalog import command
from app.commands.runs import Assessed, Changed, Visiting
from app.domain.judgement import Confirmation, Judgements, Label, Override, Visit, VisitList
from app.domain.learning import Agreement, LabelSummary
from app.workflows.context import Context
from app.workflows.labels import matched_waves
from tests.study_samples import full_study
from tests.unit.present import small_study
from tests.unit.present.full_study import full

VISIT = Visit("f1", "", "甲", "C", "东河镇", "small", 0.25, 0.5)
LIST = VisitList("V1", "2026", 7, "2026-07-01", "pivotal", (("C", 40),), (VISIT,), 2)


@pytest.fixture(scope="module")
def study():
    """A study whose newest assessment holds everything."""
    return full(small_study.study())


@pytest.fixture
def session_of(resources, tmp_path):
    """A session of a command in a language."""

    def make(name, lang="zh", **given):
        from app.domain.words import Texts

        return Session(
            command(f"study.{name}"), Texts(lang, resources.words), resources, {"study": tmp_path / "s.zhiheng", **given}
        )

    return make


def printed(capsys):
    return json.loads(capsys.readouterr().out, parse_constant=pytest.fail)


def test_that_json_holds_every_part_with_the_wave_it_is_of(study, resources, session_of, capsys):
    assert show_assess(study, session_of("assess", json=True)) == 0
    found = printed(capsys)
    newest = study.latest_assessment
    assert len(found["estimates"]) == len(newest.estimates) + 1
    assert {each["sector"] for each in found["estimates"]} >= {"*"}
    for name in ("comparisons", "natives", "crosswalks"):
        assert len(found[name]) == len(getattr(newest, name))
        assert all(each["wave"] == newest.wave for each in found[name])
    assert len(found["changes"]) == len(newest.changes)
    for name in ("coherence", "robustness", "labels", "types"):
        assert isinstance(found[name], dict)
    assert found["estimates"][0]["sector_class"] is None or "probability" in found["estimates"][0]["sector_class"]


def test_that_learned_columns_and_blanks_become_chances_and_null(study, resources):
    newest = study.latest_assessment
    firms = newest.firms.assign(q_L0=0.25, q_L1=np.nan, predicted=None, index_worst=np.float64("inf"))
    given = replace(study, assessments=(replace(newest, firms=firms),))
    firm = json.loads(json.dumps(assess_json(given, resources), allow_nan=False))["firms"][0]
    assert firm["chances"] == {"L0": 0.25, "L1": None}
    assert (firm["predicted"], firm["index_worst"], firm["override"]) == (None, None, None)


def test_that_an_override_stands_beside_the_computed_level_and_changes_nothing(study, resources):
    name, wave = study.responses.firms[["name", "wave"]].iloc[int(study.latest_assessment.firms["position"].iloc[0])]
    override = Override(str(wave), "", str(name), "L4", "张三", "2026-07-01", "实地")
    noted = replace(study, judgements=replace(study.judgements, overrides=(override,)))
    before, after = (assess_json(each, resources)["firms"] for each in (study, noted))
    changed = [row for row, old in zip(after, before, strict=True) if row != old]
    assert [row["override"]["level"] for row in changed] == ["L4"]
    assert [{**row, "override": None} for row in changed] == [
        old for old in before if old["firm"] == changed[0]["firm"] and old["wave"] == wave
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_people_read_classes_methods_models_and_what_is_next(study, session_of, capsys, lang):
    assert show_assess(study, session_of("assess", lang)) == 0
    said = capsys.readouterr().out
    texts = session_of("assess", lang).texts
    assert all(texts(f"cli.assess.{name}") in said for name in ("class", "chance", "method"))
    assert "visits s.zhiheng" in said
    assert "nan" not in said.lower().split()


def test_that_waiting_disagreements_come_first(study, session_of, capsys):
    agreement = Agreement(12, 0.5, 0.2, 0.0, 0.4, (("", "甲", "L1|L2"),))
    newest = replace(study.latest_assessment, labels=LabelSummary(12, 24, 2, 0, agreement))
    show_assess(replace(study, assessments=(newest,)), session_of("assess"))
    assert capsys.readouterr().out.rstrip().splitlines()[-1].startswith("下一步：1家")


def test_that_a_study_without_levels_prints_nothing_and_does_not_fail(session_of, capsys):
    assert show_assess(replace(full_study(), assessments=()), session_of("assess")) == 0
    assert capsys.readouterr().out == ""


def test_that_labels_are_listed_with_agreement_queue_and_overrides(study, resources, session_of, capsys):
    firms = study.responses.firms
    wave = str(firms["wave"].iloc[-1])
    names = [str(name) for name in firms.loc[firms["wave"] == wave, "name"].iloc[:3]]
    labels = tuple(
        Label(wave, "", name, f"L{n}", who, "2026-07-01") for n, name in enumerate(names) for who in ("张三", "李四", "王五")
    )
    labels = (*labels[:-1], replace(labels[-1], level="L4"))
    said = Judgements(
        labels=labels,
        overrides=(Override(wave, "", names[0], "L4", "赵六", "2026-07-01", "实地"),),
        confirmations=(Confirmation(wave, "", names[0], True, "赵六", "2026-07-01", "实地"),),
    )
    judged = replace(study, judgements=said)
    waves = matched_waves(judged, Context(resources, "2026-09-01T08:00:00+08:00"))
    assessed = Assessed(Changed(study, judged), waves)
    assert show_labels(assessed, session_of("labels")) == 0
    text = capsys.readouterr().out
    assert all(word in text for word in (names[2], "L2、L2、L4", "张三与李四", "全部评估人", "人工意见", "智能原生"))
    show_labels(assessed, session_of("labels", json=True))
    found = next(each for each in printed(capsys)["waves"] if each["wave"] == wave)
    assert len(found["pairs"]) == 3
    assert found["queue"][0]["levels"] == ["L2", "L2", "L4"]
    assert found["overrides"][0]["firm"] == names[0]


def test_that_nothing_judged_is_said(session_of, capsys):
    same = Changed(full_study(), full_study())
    assert show_labels(Assessed(same, ()), session_of("labels")) == 0
    assert "label" in capsys.readouterr().out
    before = full_study()
    assert show_judged(Changed(before, before), session_of("label")) == 0
    assert show_visits(Visiting(same, None, None, ()), session_of("visits")) == 0
    assert "--seed" in capsys.readouterr().out


def test_that_a_dropped_assessment_is_said(session_of, capsys):
    before = full_study()
    show_judged(Changed(before, replace(before, assessments=())), session_of("label"))
    assert "assess s.zhiheng" in capsys.readouterr().out


def test_that_lists_are_shown_with_who_was_visited(session_of, capsys):
    study = replace(full_study(), judgements=Judgements(visit_lists=(LIST,)))
    found = visits_json(Visiting(Changed(study, study), LIST, None, ()))
    assert (found["list"]["n"], found["list"]["assessed"], found["list"]["frame"]) == (1, 0, {"C": 40})
    assert found["list"]["visits"][0]["probability"] == 0.25
    assert "visits" not in found["lists"][0]
    show_visits(Visiting(Changed(study, study), None, None, ()), session_of("visits"))
    assert "V1" in capsys.readouterr().out


def test_that_weights_are_listed_with_the_version_in_use(study, session_of, capsys):
    same = Changed(study, study)
    assert show_weights(same, session_of("weights")) == 0
    assert "w2（启用）" in capsys.readouterr().out
    show_weights(same, session_of("weights", json=True))
    found = printed(capsys)
    assert found["in_force"] == "w2"
    assert [each["id"] for each in found["versions"]] == ["w1", "w2"]
