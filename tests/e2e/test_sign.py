"""Signing a brief and letting firms leave without their names, by the command line, in both languages."""

from __future__ import annotations

import json
import shutil

import pytest

from app.files.study_file import open_study
from tests.e2e.hostile import LANGS, collected, plain_sentence, some_firms
from tests.e2e.shell import refused, zhiheng

pytestmark = pytest.mark.usefixtures("raised")


@pytest.fixture(scope="module")
def made(tmp_path_factory, resources):
    folder = tmp_path_factory.mktemp("signed")
    study = collected(folder, resources.instruments["aiplus-2026"], some_firms(40))
    for command in ("assess", "goals"):
        assert zhiheng(command, study).code == 0
    return study


@pytest.fixture
def study(made, tmp_path):
    return shutil.copy(made, tmp_path / "东.zhiheng")


def sign(study, stage, who, *more):
    return zhiheng("sign", study, "--stage", stage, "--who", who, *more)


def test_that_a_brief_goes_from_draft_to_approval_and_a_later_change_shows(study):
    assert "草稿" in zhiheng("sign", study).out
    assert sign(study, "drafted", "张三").code == 0
    assert sign(study, "checked", "李四", "--note", "已核").code == 0
    assert "已由王五于" in sign(study, "approved", "王五").out
    assert zhiheng("sign", study, "--json").json["changed"] is False
    assert zhiheng("reported", study, "c2027_agents", "--value", "3", "--source", "台账", "--who", "甲").code == 0
    told = zhiheng("sign", study)
    assert told.code == 0
    assert "签发后数据有变动" in told.out
    assert "登记上报数" in told.out
    assert "The data changed after approval" in zhiheng("sign", study, "--lang", "en").out
    found = zhiheng("sign", study, "--json").json
    assert (found["stage"], found["changed"]) == ("approved", True)
    assert [each["command"] for each in found["since"]] == ["reported"]


def test_that_what_changes_no_result_leaves_an_approval_as_it_is(study, tmp_path):
    for stage, who in (("drafted", "张三"), ("checked", "李四"), ("approved", "王五")):
        assert sign(study, stage, who).code == 0
    responses = zhiheng("responses", study, "--out", tmp_path / "r.csv")
    assert responses.code == 0
    place = ("--place", "990101", "--name", "东河县", "--key", tmp_path / "k.pem")
    sent = zhiheng("relay", study, "--out", tmp_path / "a.zhrelay", *place)
    assert sent.code == 0, sent.err
    assert zhiheng("assess", study).code == 0
    assert zhiheng("sign", study, "--json").json["changed"] is False
    assert json.loads((tmp_path / "a.zhrelay").read_text(encoding="utf-8"))["content"]["stage"] == "approved"


@pytest.mark.parametrize("lang", LANGS)
def test_that_the_same_person_never_signs_both_sides(study, lang):
    assert sign(study, "drafted", "Zhang San").code == 0
    for stage in ("checked", "approved"):
        ended = sign(study, stage, "ZHANG  SAN", "--lang", lang)
        plain_sentence(ended)
    before = open_study(study)
    assert len(before.signing.signatures) == 1


def test_that_a_signature_that_says_too_little_is_refused(study):
    refused(zhiheng("sign", study, "--who", "张三"), "--stage")
    refused(zhiheng("sign", study, "--stage", "drafted"), "--who")
    refused(zhiheng("sign", study, "--stage", "signed", "--who", "张三"), "signed")
    refused(sign(study, "drafted", "张三", "--when", "2099-01-01"), "2099-01-01")
    refused(sign(study, "drafted", "张三", "--withdraw"), "无可收回")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_that_firms_leave_without_names_only_for_a_purpose(study, tmp_path, lang, ending):
    out = tmp_path / f"firms{ending}"
    plain_sentence(zhiheng("anonymise", study, "--out", out, "--who", "王五", "--lang", lang))
    assert not out.exists()
    ended = zhiheng("anonymise", study, "--out", out, "--purpose", "课题", "--who", "王五", "--lang", lang)
    assert ended.code == 0, ended.err
    assert out.exists()
    entry = open_study(study).journal[-1]
    assert "课题" in entry.parameters
    found = zhiheng("anonymise", study, "--out", out, "--purpose", "课题", "--who", "王五", "--k", "3", "--json").json
    assert found["anonymity"]["smallest"] >= 3
    refused(zhiheng("anonymise", study, "--out", out, "--purpose", "课题", "--who", "王五", "--k", "1"), "3")
