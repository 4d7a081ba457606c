"""Whatever was done in whatever order: the responses follow from the sources in order and from what was decided, alone."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from app.domain.decisions import Decision, DecisionKind, question_id
from app.domain.errors import UserError
from app.domain.journal import first_broken, head
from app.domain.task import run_to_end
from app.files.study_file import open_study, save
from app.workflows.perform import journaled, run_and_save
from app.workflows.retake import retake
from app.workflows.revisions import revised_sources
from app.workflows.whole import with_parts
from tests.unit.workflows.county import Desk, rows_of, write_form

TRIAL = Decision(DecisionKind.ANSWER, "", "T1|试用中", "yes")
STEPS = st.one_of(
    st.tuples(st.just("collect"), st.sampled_from(["甲.csv", "乙.csv", "甲（更正）.csv", "丙.csv"])),
    st.tuples(st.just("decide"), st.sampled_from(["yes", "no", ""])),
    st.tuples(st.just("column"), st.sampled_from(["", "T3"])),
    st.tuples(st.just("correct"), st.sampled_from([("E3", "77"), ("F4", "约9000"), ("A5", "")])),
    st.tuples(st.just("accept"), st.sampled_from([(1,), (2, 3), ()])),
    st.tuples(st.just("firm"), st.sampled_from(["same", "different"])),
    st.tuples(st.just("undo"), st.none()),
)


def forms(folder):
    write_form(folder / "甲.csv", rows_of(1, 5, text="试用中"))
    corrected = rows_of(1, 4, text="试用中", revenue=3000)
    write_form(folder / "甲（更正）.csv", [*corrected, *rows_of(40, 1)])
    write_form(folder / "乙.csv", rows_of(101, 5, "西河镇"))
    write_form(folder / "丙.csv", rows_of(3, 4, "东河镇"))  # firms that stand in 甲 as well


class Runner:
    """A window: each step on the study as it stands, undo by the earlier studies."""

    def __init__(self, folder, resources):
        self.desk, self.folder, self.earlier = Desk(folder, resources), folder, []
        self.study = self.desk.study

    def do(self, name, value):
        if name == "undo":
            self.undo()
        elif (step := self.step(name, value)) is not None:
            self.change(*step)

    def step(self, name, value):
        study = self.study
        read = [source for source in study.sources if source.status == "read"]
        if name == "collect":
            return "collect", {"paths": (self.folder / value,), "wave": "2026", "date": "2026-06-30"}
        if name == "decide":
            return "decide", {"decisions": (replace(TRIAL, answer=value),)}
        if name == "column" and read:
            return "decide", {"decisions": (Decision(DecisionKind.COLUMN, read[0].templates[0], "语音识别", value),)}
        if name == "correct" and read:
            return "correct", {"cell": f"{read[0].name}#{Path(read[0].name).stem}#{value[0]}", "text": value[1]}
        if name == "accept" and revised_sources(study):
            return "accept", {"source": revised_sources(study)[0].name, "rows": value, "all": not value}
        if name == "firm" and study.responses is not None:
            one, other = sorted(dict.fromkeys(study.responses.firms["firm"].tolist()))[:2]
            return "decide", {"decisions": (Decision(DecisionKind.FIRM, "", f"{one}|{other}", value),)}
        return None

    def change(self, command, parameters):
        try:
            after = run_to_end(run_and_save(self.desk.path, self.study, command, parameters, self.desk.context))
        except UserError as error:
            assert error.code in {"accept.row", "revision.none"}  # noqa: PT017
            return
        if after is not self.study:
            self.earlier.append(self.study)
            self.study = after

    def undo(self):
        if self.earlier:
            target = self.earlier.pop()
            after = journaled(self.study, target, "undo", {}, self.desk.context.now)
            save(self.desk.path, after, head(self.study.journal))
            self.study = after


def assert_same(one, other):
    assert (one.responses is None) == (other.responses is None)
    if one.responses is not None:
        for name in ("values", "originals", "firms", "places", "qualifiers"):
            assert_frame_equal(getattr(one.responses, name), getattr(other.responses, name))
        assert one.responses.blocks == other.responses.blocks
    assert one.questions == other.questions
    assert [source.questions for source in one.sources] == [source.questions for source in other.sources]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=3, max_size=9))
def test_that_any_way_to_a_study_gives_what_its_sources_and_decisions_give(resources, steps):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        forms(folder)
        runner = Runner(folder, resources)
        for step in [("collect", "甲.csv"), *steps]:
            runner.do(*step)
        study = runner.study
        bare = replace(study, responses=None, findings=_said_of_collecting(study), questions=())
        everything = {source.sha256 for source in study.sources}
        again = run_to_end(retake(bare, runner.desk.path, everything, runner.desk.context))
        assert_same(again, study)
        assert set(again.findings) == set(study.findings)
        opened = open_study(runner.desk.path)
        assert_same(opened, study)
        assert opened.findings == study.findings
        assert first_broken(opened.journal) is None
        assert with_parts(study, (), runner.desk.context).responses is study.responses


def _said_of_collecting(study):
    return tuple(finding for finding in study.findings if finding.code.startswith("COLLECT_"))


def test_that_the_id_of_a_decision_is_that_of_its_question():
    assert TRIAL.id == question_id(DecisionKind.ANSWER, "", "T1|试用中")
