"""Deciding: exactly the sources concerned are read anew, what was decided can be taken back, and it travels."""

from __future__ import annotations

import json

import pytest

from app.domain.decisions import Decision, DecisionKind
from app.domain.errors import UserError
from app.files.study_decisions import write_decisions
from app.workflows import decide as deciding
from tests.unit.workflows.county import Desk, rows_of, write_form


@pytest.fixture
def desk(tmp_path, resources):
    """Two townships on one template, of which one writes an answer that nobody can read for sure."""
    desk = Desk(tmp_path, resources)
    desk.collect(
        write_form(tmp_path / "甲.csv", rows_of(1, text="试用中")),
        write_form(tmp_path / "乙.csv", rows_of(101, township="西河镇")),
        date="2026-06-30",
    )
    return desk


def code_of(action, *arguments, **parameters):
    with pytest.raises(UserError) as caught:
        action(*arguments, **parameters)
    return caught.value.code


def test_that_an_answer_to_a_question_holds_in_its_file_and_nowhere_else(desk):
    before, (question,) = desk.answers("T1"), desk.study.questions
    assert (question.answers, question.assumed) == (12, "planned")
    after = desk.run("decide", question=question.id, answer="yes")
    assert set(desk.answers("T1").values()) == {"yes"}
    assert {name for name, value in desk.answers("T1").items() if value != before[name]} == {
        name for name in before if name.startswith("东河镇")
    }
    assert after.questions == ()
    assert not [finding for finding in after.findings if finding.code == "answer.trial"]
    assert after.responses.originals["T1"].dropna().unique().tolist() == ["试用中", "是"]


def test_that_only_the_sources_concerned_are_read_again(desk, monkeypatch):
    read = []
    retake = deciding.retake
    monkeypatch.setattr(
        deciding, "retake", lambda study, path, sources, context: read.append(sources) or retake(study, path, sources, context)
    )
    names = {source.sha256: source.name for source in desk.study.sources}
    template = desk.study.sources[0].templates[0]
    (question,) = desk.study.questions
    desk.run("decide", question=question.id, answer="yes")
    desk.run("decide", decisions=(Decision(DecisionKind.COLUMN, template, "语音识别", ""),))
    own = next(source.sha256 for source in desk.study.sources if source.name == "乙.csv")
    desk.run("decide", decisions=(Decision(DecisionKind.ROW, f"{own}/乙", "3", "left"),))
    desk.run("decide", decisions=(Decision(DecisionKind.COLUMN, "another", "语音识别", "T3"),))
    assert [{names[sha256] for sha256 in sources} for sources in read] == [{"甲.csv"}, {"甲.csv", "乙.csv"}, {"乙.csv"}, set()]
    assert set(desk.answers("T2").values()) == {None}
    assert len(desk.study.responses) == 23


def test_that_a_decision_taken_back_leaves_the_study_as_it_was(desk):
    before, (question,) = desk.study, desk.study.questions
    desk.run("decide", question=question.id, answer="yes")
    after = desk.run("decide", question=question.id, forget=True)
    assert after.guidance == before.guidance
    assert after.questions == before.questions
    assert after.findings == before.findings
    assert after.responses.values.equals(before.responses.values)


def test_that_a_decision_is_one_entry_of_the_journal_and_the_same_again_is_none(desk):
    (question,) = desk.study.questions
    desk.run("decide", question=question.id, answer="yes")
    entry = desk.study.journal[-1]
    assert (entry.command, json.loads(entry.parameters)) == ("decide", {"question": question.id, "answer": "yes"})
    assert json.loads(entry.effect)["decisions"] == [{"kind": "answer", "scope": "", "subject": "T1|试用中", "answer": "yes"}]
    before = desk.path.read_bytes()
    desk.run("decide", question=question.id, answer="yes")
    assert desk.path.read_bytes() == before


def test_that_levels_are_dropped_only_when_an_answer_changes(desk):
    (question,) = desk.study.questions
    desk.run("assess")
    assert desk.run("decide", question=question.id, answer="planned").assessments
    assert not desk.run("decide", question=question.id, answer="yes").assessments


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"question": "00000000", "answer": "yes"}, "decide.unknown"),
        ({"question": "{id}", "answer": "maybe"}, "decide.answer"),
        ({"question": "{id}", "forget": True}, "decide.not_decided"),
        ({}, "decide.nothing"),
        ({"decisions": (Decision(DecisionKind.HEADER, "", "x", "sechs"),)}, "decide.answer"),
        ({"decisions": (Decision(DecisionKind.COLUMN, "t", "x", "NO_ITEM"),)}, "decide.answer"),
        ({"decisions": (Decision(DecisionKind.FIRM, "", "a|b", "vielleicht"),)}, "decide.answer"),
        ({"decisions": (Decision(DecisionKind.ANSWER, "", "NO_ITEM|x", ""),)}, "decide.unknown"),
    ],
)
def test_that_what_cannot_be_decided_is_named_and_nothing_is_saved(desk, parameters, code):
    (question,) = desk.study.questions
    before = desk.path.read_bytes()
    given = {name: question.id if value == "{id}" else value for name, value in parameters.items()}
    assert code_of(desk.run, "decide", **given) == code
    assert desk.path.read_bytes() == before


def test_that_several_answers_come_from_a_table(desk, tmp_path):
    (question,) = desk.study.questions
    table = tmp_path / "答案.csv"
    table.write_text(f"question,answer\n{question.id},no\n\n", encoding="gb18030")
    desk.run("decide", **{"from": table})
    assert set(desk.answers("T1").values()) == {"no", "yes"}
    table.write_text("frage,antwort\na,b\n", encoding="utf-8")
    assert code_of(desk.run, "decide", **{"from": table}) == "decide.file"


def test_that_decisions_taken_to_another_study_give_the_same_responses(desk, tmp_path, resources):
    (question,) = desk.study.questions
    template, sha256 = desk.study.sources[0].templates[0], desk.study.sources[0].sha256
    desk.run("decide", question=question.id, answer="yes")
    desk.run("decide", decisions=(Decision(DecisionKind.COLUMN, template, "语音识别", "T3"),))
    local = (Decision(DecisionKind.FIRM, "", "a|b", "different"), Decision(DecisionKind.SHEET, f"{sha256}/甲", "甲", "read"))
    desk.run("decide", decisions=local)
    file = tmp_path / "决定.json"
    write_decisions(file, desk.study.guidance.decisions)
    assert {row["kind"] for row in json.loads(file.read_text(encoding="utf-8"))["decisions"]} == {"answer", "column"}
    assert "91990136" not in file.read_text(encoding="utf-8")
    forms = (tmp_path / "甲.csv", tmp_path / "乙.csv")
    for name, importing in (("收表时", {"decisions": file}), ("收表后", {})):
        other = Desk(tmp_path, resources, name)
        other.collect(*forms, date="2026-06-30", **importing)
        if not importing:
            other.run("decisions", **{"from": file})
        assert other.study.responses.values.equals(desk.study.responses.values)
        assert other.study.questions == desk.study.questions


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "decisions.file"),
        ("[1]", "decisions.file"),
        ('{"schema": "zhiheng.decisions", "version": 1}', "decisions.file"),
        ('{"schema": "zhiheng.decisions", "version": 9, "decisions": []}', "decisions.newer"),
        ('{"schema": "zhiheng.decisions", "version": 1, "decisions": [{"kind": "column"}]}', "decisions.row"),
        (
            '{"schema": "zhiheng.decisions", "version": 1, "decisions": [{"kind": "x", "scope": "", "subject": "", "answer": ""}]}',
            "decisions.row",
        ),
        ("[" * 100_000, "decisions.file"),
    ],
)
def test_that_a_file_that_holds_no_decisions_is_named(desk, tmp_path, content, code):
    file = tmp_path / "决定.json"
    file.write_text(content, encoding="utf-8")
    assert code_of(desk.run, "decisions", **{"from": file}) == code


def test_that_a_missing_file_of_decisions_is_named(desk, tmp_path):
    assert code_of(desk.run, "decisions", **{"from": tmp_path / "没有.json"}) == "file.missing"
