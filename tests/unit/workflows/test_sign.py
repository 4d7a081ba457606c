"""Taking signatures: in order, by two people, for the results that were drafted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.brief import BriefPlan
from app.domain.errors import UserError
from app.domain.signing import Stage
from app.domain.study import Study
from app.domain.task import run_to_end
from app.domain.words import Texts
from app.present.released_brief import release_brief, settle
from app.workflows.perform import apply, journaled
from app.workflows.sign import stands
from tests.study_samples import empty_study, grown
from tests.unit.present import attacker, small_study
from tests.unit.workflows.samples import NOW, context


@pytest.fixture(scope="module")
def small():
    return small_study.study()


@pytest.fixture(scope="module")
def signing():
    known = context(small_study.resources())

    def sign(study: Study, stage: str, who: str, **more: object) -> Study:
        return run_to_end(apply(Path("a.zhiheng"), study, "sign", {"stage": stage, "who": who, **more}, known))

    return sign


def refusal(call, *given, **more):
    with pytest.raises(UserError) as caught:
        call(*given, **more)
    return caught.value.code


def approved(signing, study):
    study = signing(study, "drafted", "张三")
    return signing(signing(study, "checked", "李四"), "approved", "王五", note="3号")


def test_that_three_stages_by_two_officers_approve_a_brief_and_register_it(signing, small):
    study = approved(signing, small)
    found = stands(study)
    assert [each.who for each in found.signatures] == ["张三", "李四", "王五"]
    assert not found.changed
    (release,) = study.signing.releases
    assert (release.id, release.kind, release.who, release.journal) == ("brief-1", "brief", "王五", found.signatures[-1].journal)
    shown = [cell for cell in release.cells if not cell.hidden]
    assert shown
    assert all(cell.n >= 5 for cell in shown if not cell.mark.startswith("progress"))
    assert all(cell.n is None and cell.value is None for cell in release.cells if cell.hidden)
    assert len({cell.mark for cell in release.cells}) == len(release.cells)
    assert "n<5" in release.policy
    effect = json.loads(study.journal[-1].effect)
    assert effect["releases"][0]["id"] == "brief-1"
    assert effect["signatures"][0]["stage"] == "approved"


def documents(study, known):
    """The tables of every document of a study, by its template, with all sections."""
    settled = run_to_end(settle(study, known.resources))
    texts = Texts("zh", known.resources.words)
    return {
        id_: attacker.tables(release_brief(study, known.resources, texts, NOW, BriefPlan(id_, template.sections), settled)[0])
        for id_, template in known.resources.templates.items()
    }


UNEVEN = {"A": 12, "B": 3, "C": 20, "F": 6, "I": 9, "J": 1}


@pytest.mark.parametrize("sectors", [None, UNEVEN], ids=["usual", "uneven"])
def test_that_an_approval_registers_every_document_and_changes_none(signing, small, sectors):
    known = context(small_study.resources())
    study = small if sectors is None else small_study.study(sectors=sectors)
    before = documents(study, known)
    signed = approved(signing, study)
    after = documents(signed, known)
    assert {"official", "deck", "tables", "wall"} <= {id_ for id_, tables in before.items() if tables}
    assert before == after
    registered = {cell.mark: cell for cell in signed.signing.releases[-1].cells}
    for cell in (cell for tables in before.values() for table in tables for row in table.rows for cell in row.cells):
        if cell.evidence and cell.n:
            assert not registered[cell.evidence].hidden
            assert registered[cell.evidence].n is not None
    assert any(cell.hidden for cell in registered.values())


def test_that_the_checker_may_approve_but_nobody_who_drafted(signing, small):
    drafted = signing(small, "drafted", "张 三")
    assert refusal(signing, drafted, "checked", "张三") == "sign.same_checked"
    checked = signing(drafted, "checked", "李四")
    assert refusal(signing, checked, "approved", "　张三 ") == "sign.same_approved"
    assert stands(signing(checked, "approved", "李四")).stage is Stage.APPROVED


def test_that_stages_come_in_order(signing, small):
    assert refusal(signing, small, "checked", "甲") == "sign.first_drafted"
    assert refusal(signing, signing(small, "drafted", "甲"), "approved", "乙") == "sign.first_checked"


@pytest.mark.parametrize(
    ("stage", "who", "more", "code"),
    [
        ("", "甲", {}, "sign.stage"),
        ("signed", "甲", {}, "sign.stage"),
        ("drafted", "", {}, "sign.who"),
        ("drafted", "——", {}, "sign.who"),
        ("drafted", "甲", {"when": "2027-01-01"}, "judge.future"),
        ("drafted", "甲", {"when": "昨天"}, "wave.date"),
        ("checked", "甲", {"withdraw": True}, "sign.nothing_to_withdraw"),
        ("drafted", "甲" * 61, {}, "targets.too_long"),
        ("drafted", "甲", {"note": "乙" * 201}, "targets.too_long"),
        ("drafted", "甲", {"when": "2020-01-01"}, "sign.before_survey"),
    ],
)
def test_that_a_signature_that_says_too_little_is_refused(signing, small, stage, who, more, code):
    assert refusal(signing, small, stage, who, **more) == code


def test_that_nothing_is_signed_before_there_are_results(signing, small):
    assert refusal(signing, empty_study(), "drafted", "甲") == "sign.no_results"


def test_that_no_stage_is_signed_before_the_one_below_it(signing, small):
    ended = max(wave.date for wave in small.waves)
    drafted = signing(small, "drafted", "张三", when=NOW[:10])
    assert refusal(signing, drafted, "checked", "李四", when=ended) == "sign.before_stage"
    assert stands(signing(drafted, "checked", "李四", when=NOW[:10])).stage is Stage.CHECKED
    assert stands(signing(signing(small, "drafted", "张三", when=ended), "checked", "李四", when=ended)).stage is Stage.CHECKED


def test_that_a_survey_that_ends_later_than_today_can_be_signed_today(signing, small):
    later = replace(small, waves=(*small.waves[:-1], replace(small.waves[-1], date="2099-12-31")))
    assert stands(signing(later, "drafted", "张三")).stage is Stage.DRAFTED


def test_that_nobody_approves_what_was_not_checked(signing, small):
    checked = signing(signing(small, "drafted", "张三"), "checked", "李四")
    changed = replace(checked, findings=(*checked.findings, grown(empty_study()).findings[0]))
    assert refusal(signing, changed, "approved", "王五") == "sign.changed"
    assert stands(signing(changed, "drafted", "张三")).stage is Stage.DRAFTED


def test_that_withdrawing_takes_the_stages_above_back_and_the_register_keeps_what_left(signing, small):
    study = signing(approved(signing, small), "checked", "李四", withdraw=True)
    assert stands(study).stage is Stage.DRAFTED
    assert [release.id for release in study.signing.releases] == ["brief-1"]


def test_that_an_undo_takes_a_signature_back_but_never_a_release(signing, small):
    checked = signing(signing(small, "drafted", "张三"), "checked", "李四")
    study = signing(checked, "approved", "王五")
    undone = journaled(study, checked, "undo", {}, NOW)
    assert stands(undone).stage is Stage.CHECKED
    assert undone.signing.releases == study.signing.releases
    assert [release.id for release in signing(undone, "approved", "赵六").signing.releases] == ["brief-1", "brief-2"]
