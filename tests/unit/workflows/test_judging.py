"""What people judge, step by step on a study in a file: taken in, typed, taken back, undone; the same whatever way it came about."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.journal import first_broken, head
from app.domain.judgement import Aggregation, Judgements
from app.domain.task import run_to_end
from app.files.study_file import open_study, save
from app.workflows.labels import label_files, matched_waves, wave_of
from app.workflows.nothing_read import NothingRead
from app.workflows.perform import apply, journaled
from app.workflows.visits import find_list, write_list
from app.workflows.weights import export_weights, in_force, pairs_of
from tests.study_samples import empty_study
from tests.unit.workflows.county import Desk, credit_code, rows_of, write_form

FIRM, OTHER = "东河镇第1机械有限公司", "东河镇第2机械有限公司"
BY = {"who": "张三", "why": "看了产线"}


@pytest.fixture(scope="module")
def collected(tmp_path_factory, resources):
    """The bytes of a study with twelve firms in one wave."""
    folder = tmp_path_factory.mktemp("judging")
    desk = Desk(folder, resources)
    desk.collect(write_form(folder / "甲.csv", rows_of(1)), date="2026-06-30")
    return desk.path.read_bytes()


@pytest.fixture
def desk(tmp_path, resources, collected):
    """That study again."""
    made = Desk(tmp_path, resources)
    made.path.write_bytes(collected)
    return made


@pytest.fixture(scope="module")
def drawn(tmp_path_factory, resources, collected):
    """The bytes of that study with levels and a visit list of five firms."""
    desk = Desk(tmp_path_factory.mktemp("drawn"), resources)
    desk.path.write_bytes(collected)
    desk.run("assess")
    desk.run("visits", n=5, seed=3)
    return desk.path.read_bytes()


@pytest.fixture
def visiting(tmp_path, resources, drawn):
    made = Desk(tmp_path, resources)
    made.path.write_bytes(drawn)
    return made


def write_labels(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("企业名称", "评估等级", "评估人", "评估日期"), *rows])
    return path


def refused(desk, command, **parameters):
    before = desk.path.read_bytes()
    with pytest.raises(UserError) as caught:
        desk.run(command, **parameters)
    assert desk.path.read_bytes() == before
    return caught.value.code


def codes_of(study):
    return {finding.code for finding in study.findings if finding.code.startswith("label.")}


def test_that_a_file_is_taken_in_replaced_by_its_next_version_and_taken_back(desk, tmp_path):
    path = write_labels(tmp_path / "评估.csv", (FIRM, "L2", "张三", "2026-07-01"), ("没有", "L2", "张三", "2026-07-01"))
    study = desk.run("labels", file=path)
    assert [label.level for label in study.judgements.labels] == ["L2", "L2"]
    assert codes_of(study) == {"label.unknown_firm"}
    assert [match.summary.unknown for match in matched_waves(study, desk.context)] == [1]
    write_labels(path, (FIRM, "L3", "张三", "2026-07-01"), (OTHER, "", "李四", ""))
    study = desk.run("labels", file=path)
    assert [label.level for label in study.judgements.labels] == ["L3"]
    assert codes_of(study) == {"label.no_level"}
    assert label_files(study.judgements.labels) == ("评估.csv",)
    study = desk.run("labels", file="评估.csv", forget=True)
    assert study.judgements == Judgements()
    assert not codes_of(study)
    assert refused(desk, "labels", file="评估.csv", forget=True) == "labels.not_taken"


def test_that_taking_the_same_file_in_again_changes_nothing(desk, tmp_path):
    path = write_labels(tmp_path / "评估.csv", (FIRM, "L2", "张三", "2027-07-01"))
    first = desk.run("labels", file=path)
    before = desk.path.read_bytes()
    assert desk.run("labels", file=path).journal == first.journal
    assert desk.path.read_bytes() == before


def test_that_a_file_that_cannot_be_read_or_holds_nothing_leaves_the_study(desk, tmp_path):
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04")
    with pytest.raises(NothingRead):
        desk.run("labels", file=bad)
    assert refused(desk, "labels", file=tmp_path / "没有.csv") == "labels.unread"
    assert refused(desk, "labels", file=write_form(tmp_path / "表.csv", rows_of(1))) == "labels.no_table"
    assert refused(desk, "labels") == "labels.file"


def test_that_assessing_may_begin_with_a_file_and_tells_labels_anew(desk, tmp_path):
    path = write_labels(tmp_path / "评估.csv", (FIRM, "L2", "张三", "2026-07-01"), ("没有", "L2", "张三", "2026-07-01"))
    study = desk.run("assess", labels=path)
    assert len(study.judgements.labels) == 2
    assert codes_of(study) == {"label.unknown_firm"}
    assert study.assessments
    desk.collect(write_form(tmp_path / "乙.csv", [["没有", credit_code(90), *rows_of(1, 1)[0][2:]]]), wave="2026")
    assert codes_of(desk.study) == {"label.unknown_firm"}
    assert not codes_of(desk.run("assess"))


def test_that_labels_and_weights_make_levels_stale_and_an_override_does_not(desk):
    assert desk.run("assess").assessments
    study = desk.run("override", firm=FIRM, level="L4", **BY)
    assert study.assessments
    assert study.judgements.overrides[0].level == "L4"
    assert desk.run("confirm", firm=FIRM, answer="no", **BY).assessments
    assert not desk.run("label", firm=FIRM, level="L2", **BY).assessments
    desk.run("assess")
    assert not desk.run("weights", set=("data=2",), why="试").assessments
    desk.run("assess")
    assert not desk.run("ruling", firm=FIRM, level="L2", **BY).assessments


def test_that_a_label_is_found_by_code_or_name_and_corrected_by_its_own_assessor(desk):
    desk.run("label", firm=FIRM, level="L2", **BY)
    desk.run("label", firm=credit_code(1), level="单点应用", who="李四", when="2026-07-01")
    study = desk.run("label", firm=credit_code(1), level="L3", **BY)
    assert [(label.level, label.who, label.when) for label in study.judgements.labels] == [
        ("L2", "李四", "2026-07-01"),
        ("L3", "张三", "2026-09-01"),
    ]
    assert codes_of(study) == {"label.disagree"}
    study = desk.run("ruling", firm=FIRM, level="L3", **BY)
    assert not codes_of(study)
    assert desk.run("label", firm=FIRM, who="李四", forget=True).judgements.labels == study.judgements.labels[1:]


@pytest.mark.parametrize(
    ("command", "given", "code"),
    [
        ("label", {"firm": "没有这家", "level": "L2"}, "judge.unknown_firm"),
        ("label", {"firm": " ", "level": "L2"}, "judge.no_firm"),
        ("label", {"firm": FIRM, "level": "三级"}, "judge.level"),
        ("label", {"firm": FIRM}, "judge.level"),
        ("label", {"firm": FIRM, "level": "L2", "who": " "}, "judge.who"),
        ("label", {"firm": FIRM, "level": "L2", "when": "2026-13-01"}, "wave.date"),
        ("label", {"firm": FIRM, "level": "L2", "when": "2026-09-02"}, "judge.future"),
        ("label", {"firm": FIRM, "level": "L2", "wave": "2020"}, "judge.wave"),
        ("label", {"firm": FIRM, "forget": True}, "judge.none"),
        ("override", {"firm": FIRM, "level": "L2", "why": ""}, "judge.why"),
        ("ruling", {"firm": FIRM, "level": "L2", "why": ""}, "judge.why"),
        ("confirm", {"firm": FIRM, "answer": "maybe"}, "judge.yes_no"),
        ("visits", {"n": 5}, "visits.not_assessed"),
        ("weights", {}, "weights.nothing"),
        ("weights", {"set": ("data=2",), "why": ""}, "weights.why"),
        ("weights", {"set": ("datum=2",)}, "weights.unknown"),
        ("weights", {"set": ("data=viel",)}, "weights.pair"),
        ("weights", {"set": ("data=1", "data=2")}, "weights.twice"),
        ("weights", {"set": ("data=-1",)}, "weights.negative"),
        ("weights", {"set": ("data=nan",)}, "weights.not_a_number"),
        ("weights", {"aggregation": "harmonic"}, "weights.aggregation"),
        ("weights", {"use": "W9"}, "weights.version"),
    ],
)
def test_that_what_cannot_be_is_refused_and_the_study_stays(desk, command, given, code):
    given = given if command == "weights" and not given else BY | given
    assert refused(desk, command, **given) == code


def test_that_nothing_can_be_judged_before_anything_is_collected(resources):
    with pytest.raises(UserError) as caught:
        wave_of(empty_study())
    assert caught.value.code == "study.no_answers"


def test_that_a_shared_name_is_judged_by_its_township(desk, tmp_path):
    names = [["同名厂", credit_code(number), town, *rows_of(1, 1)[0][3:]] for number, town in ((80, "东河镇"), (81, "西河镇"))]
    desk.collect(write_form(tmp_path / "乙.csv", names), wave="2026")
    assert refused(desk, "label", firm="同名厂", level="L2", **BY) == "judge.ambiguous"
    study = desk.run("label", firm="同名厂@西河镇", level="L2", **BY)
    (match,) = matched_waves(study, desk.context)
    assert study.responses.firms["township"].iat[match.positions[0]] == "西河镇"


def test_that_versions_of_weights_are_kept_and_any_may_be_in_force(desk, tmp_path):
    study = desk.run("weights", set=("data=3", "talent = 0"), aggregation="geometric", why="会议定")
    version = study.judgements.weighting_in_force
    assert (version.id, version.aggregation, version.when) == ("W1", Aggregation.GEOMETRIC, "2026-09-01")
    assert dict(version.weights) | {"application": 2.0} == dict(version.weights)
    assert (dict(version.weights)["data"], dict(version.weights)["talent"]) == (3.0, 0.0)
    export_weights(study, tmp_path / "w.toml")
    study = desk.run("weights", set={"data": 1}, why="复议", who="王五")
    assert [each.id for each in study.judgements.weightings] == ["W1", "W2"]
    study = desk.run("weights", use="rubric")
    assert (study.judgements.weighting, in_force(study).id) == ("", "")
    study = desk.run("weights", **{"from": tmp_path / "w.toml"})
    assert dict(study.judgements.weighting_in_force.weights) == dict(version.weights)
    assert study.judgements.weighting_in_force.rationale == "会议定"
    before = desk.path.read_bytes()
    desk.run("weights", **{"from": tmp_path / "w.toml"})
    desk.run("weights", use=study.judgements.weighting)
    assert desk.path.read_bytes() == before


def test_that_weights_come_as_texts_pairs_or_a_mapping():
    expected = (("data", 2.0), ("talent", 0.5))
    for said in (("data=2", "talent＝0.5"), [("data", 2), ("talent", 0.5)], {"data": 2, "talent": 0.5}):
        assert pairs_of(said) == expected


def test_that_a_list_is_drawn_kept_written_filled_in_and_read_back(visiting, tmp_path):
    study = visiting.study
    found = find_list(study)
    assert (found.id, found.seed, len(found.visits), dict(found.frame)) == ("V1", 3, 5, {"C": 12})
    assert study.assessments
    path = run_to_end(write_list(study, found, tmp_path / "名单.xlsx", "zh", visiting.context))
    book = openpyxl.load_workbook(path)
    page = book.active
    heads = {page.cell(4, at).value: at for at in range(1, page.max_column + 1)}
    for row in range(5, 10):
        for heading, text in (("评估等级", "L2 单点应用"), ("评估人", "张三"), ("评估日期", "2026-08-20"), ("依据", "见现场")):
            page.cell(row, heads[heading], text)
    book.save(path)
    study = visiting.run("labels", file=path)
    assert not codes_of(study)
    (match,) = matched_waves(study, visiting.context)
    assert set(study.responses.firms["firm"].iloc[match.positions]) == {visit.firm for visit in found.visits}
    visiting.run("assess")
    study = visiting.run("visits", n=99, seed=3)
    assert [len(each.visits) for each in study.judgements.visit_lists] == [5, 7]
    assert find_list(study).excluded == 5
    for id_, error in (("V9", "visits.unknown_list"),):
        with pytest.raises(UserError) as caught:
            find_list(study, id_)
        assert caught.value.code == error


def test_that_the_same_seed_draws_the_same_list(visiting):
    study = visiting.run("visits", n=5, seed=3)
    one, other = study.judgements.visit_lists
    assert one.visits == other.visits
    assert (one.id, other.id) == ("V1", "V2")


def test_that_too_long_a_list_and_another_ending_are_refused(visiting, tmp_path):
    assert refused(visiting, "visits", n=10_001) == "visits.too_many"
    with pytest.raises(UserError) as caught:
        run_to_end(write_list(visiting.study, find_list(visiting.study), tmp_path / "a.pdf", "zh", visiting.context))
    assert caught.value.code == "file.unknown_format"


def test_that_the_journal_holds_every_judgement_in_full_and_no_folder(desk, tmp_path):
    path = write_labels(tmp_path / "评估.csv", (FIRM, "L2", "张三", "2026-07-01"))
    desk.run("labels", file=path)
    study = desk.run("label", firm=FIRM, who="张三", forget=True)
    taken, back = (json.loads(entry.effect) for entry in study.journal[-2:])
    assert taken["labels"] == [{name: getattr(label, name) for name in label.__slots__} for label in _labels(taken)]
    assert back["labels_back"] == taken["labels"]
    assert json.loads(study.journal[-2].parameters) == {"file": "评估.csv"}
    assert str(tmp_path) not in study.journal[-2].parameters + study.journal[-2].effect


def _labels(effect):
    from app.domain.judgement import Label

    return [Label(**each) for each in effect["labels"]]


STEPS = st.one_of(
    st.tuples(
        st.just("label"),
        st.fixed_dictionaries(
            {
                "firm": st.sampled_from([FIRM, OTHER, credit_code(1)]),
                "level": st.sampled_from(["L1", "L2"]),
                "who": st.sampled_from(["张三", "李四"]),
            }
        ),
    ),
    st.tuples(st.just("label"), st.fixed_dictionaries({"firm": st.sampled_from([FIRM, OTHER]), "forget": st.just(True)})),
    st.tuples(
        st.just("ruling"),
        st.fixed_dictionaries(
            {
                "firm": st.sampled_from([FIRM, OTHER]),
                "level": st.sampled_from(["L1", "L3"]),
                **{name: st.just(text) for name, text in BY.items()},
            }
        ),
    ),
    st.tuples(
        st.just("override"),
        st.fixed_dictionaries(
            {"firm": st.just(FIRM), "level": st.sampled_from(["L0", "L4"]), **{name: st.just(text) for name, text in BY.items()}}
        ),
    ),
    st.tuples(
        st.just("confirm"),
        st.fixed_dictionaries(
            {
                "firm": st.just(FIRM),
                "answer": st.sampled_from(["yes", "no"]),
                **{name: st.just(text) for name, text in BY.items()},
            }
        ),
    ),
    st.tuples(
        st.just("weights"), st.fixed_dictionaries({"set": st.sampled_from([("data=2",), ("talent=0",)]), "why": st.just("试")})
    ),
    st.tuples(st.just("weights"), st.fixed_dictionaries({"use": st.sampled_from(["rubric", "W1"])})),
    st.tuples(st.just("labels"), st.fixed_dictionaries({"file": st.sampled_from(["一.csv", "二.csv"])})),
    st.tuples(st.just("labels"), st.fixed_dictionaries({"file": st.sampled_from(["一.csv", "二.csv"]), "forget": st.just(True)})),
    st.tuples(st.just("undo"), st.just({})),
)
EXPECTED = {"judge.none", "labels.not_taken", "weights.version"}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=2, max_size=8))
def test_that_any_way_to_the_judgements_gives_what_the_steps_that_stand_give(resources, collected, steps):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_labels(folder / "一.csv", (FIRM, "L2", "王五", "2026-07-01"), ("没有", "L2", "王五", "2026-07-01"))
        write_labels(folder / "二.csv", (FIRM, "L3", "赵六", "2026-07-01"), (OTHER, "四级", "赵六", ""))
        desk = Desk(folder, resources)
        desk.path.write_bytes(collected)
        study, earlier, standing = desk.study, [], []
        first = study
        for command, given_ in steps:
            if command == "undo":
                if earlier:
                    target = earlier.pop()
                    standing.pop()
                    study = journaled(study, target, "undo", {}, desk.context.now)
                continue
            after = step(desk, study, command, given_, folder)
            if after is not study:
                earlier.append(study)
                standing.append((command, given_))
                study = after
        assert first_broken(study.journal) is None
        save(desk.path, study, head(first.journal))
        opened = open_study(desk.path)
        assert (opened.judgements, opened.findings) == (study.judgements, study.findings)
        again = first
        for command, given_ in standing:
            again = step(desk, again, command, given_, folder)
        assert again.judgements == study.judgements
        assert again.findings == study.findings


def step(desk, study, command, given_, folder):
    parameters = given_ | ({"file": folder / given_["file"]} if "file" in given_ and not given_.get("forget") else {})
    try:
        return run_to_end(apply(desk.path, study, command, parameters, desk.context))
    except UserError as error:
        assert error.code in EXPECTED  # noqa: PT017
        return study
