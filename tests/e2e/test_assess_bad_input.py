"""Bad input to assessing: levels without a number that there is not, no firm lost, and one plain sentence where it ends."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from app.analysis.learn.save import model_from_bytes
from app.domain.errors import UserError
from app.files.study_file import open_study
from app.present.evidence.why import explained
from tests.e2e import hostile
from tests.e2e.hostile import assessed, collected, plain_sentence, some_firms, stored, write_labels
from tests.e2e.shell import zhiheng
from tests.quick import assess_quickly
from tests.unit.files.test_study_file import made_at_version_1

LEVELS = ("L0", "L1", "L2", "L3", "L4")
BY = ("--who", "张三", "--why", "看了产线")


@pytest.fixture(scope="module", autouse=True)
def quick(resources):
    """Quick learning, resources loaded once, and a bug that is a bug instead of a sentence that points to the log."""

    def raised(error, _texts, _now=""):
        raise error

    with pytest.MonkeyPatch.context() as patch:
        assess_quickly(patch)
        patch.setattr("app.cli.main.load_resources", lambda: resources)
        patch.setattr("app.cli.failures.unexpected", raised)
        yield


@pytest.fixture
def questions(resources):
    return resources.instruments["aiplus-2026"]


def framed(folder, text, *more):
    """A frame in a file, as an argument of `collect`."""
    path = folder / "企业数.csv"
    path.write_text(text, encoding="utf-8")
    return ("--frame", path, *more)


STUDIES = {
    "everything blank": (some_firms(12, skill=None), None, ()),
    "one firm": (some_firms(1), None, ()),
    "two firms, one blank": ([*some_firms(1), {**some_firms(2)[1], "skill": None}], None, ()),
    "constant answers": (some_firms(9, skill=0.5), None, ()),
    "one sector": (some_firms(12, industry="批发业"), None, ()),
    "no sector": (some_firms(12, industry=""), None, ()),
    "a blank firm among others": ([*some_firms(8), {**some_firms(9)[8], "skill": None}], None, ()),
    "a frame of sectors nobody answered from": (some_firms(12), "行业,企业数\nC,50\nF,40\nI,30\nE,30\nA,500\n", ()),
    "a frame smaller than the answers": (some_firms(12), "行业,企业数\nC,1\nF,1\nI,1\nE,0\n", ("--design", "sample")),
    "a frame that lacks a sector": (some_firms(12), "行业,企业数\nC,50\n", ("--design", "sample")),
    "strata nobody answered from": (
        some_firms(14),
        "行业,规模,企业数\nC,large,50\nC,small,10\nF,small,40\nI,micro,30\nE,medium,30\nA,micro,500\n",
        ("--design", "sample"),
    ),
    "volunteers": (some_firms(12), None, ("--design", "volunteer")),
}


@pytest.mark.parametrize("name", STUDIES)
def test_that_such_a_study_is_assessed_with_every_firm_and_no_number_that_there_is_not(name, tmp_path, questions, resources):
    firms, frame, more = STUDIES[name]
    arguments = framed(tmp_path, frame, *more) if frame else more
    study = collected(tmp_path, questions, firms, *arguments)
    printed = assessed(study, resources)
    assert sorted(each["name"] for each in printed["firms"]) == sorted(firm["name"] for firm in firms)
    stored(study, resources)
    if len(firms) < 3 or name == "everything blank":
        for ending in ("docx", "pptx", "xlsx"):
            assert zhiheng("brief", study, "--out", tmp_path / f"a.{ending}").code == 0


@pytest.fixture(scope="module")
def made(tmp_path_factory, resources):
    """A study of 112 firms with levels, of which a few have names that a spreadsheet or a format would run."""
    folder = tmp_path_factory.mktemp("made")
    firms = some_firms(112)
    for place, name in ((1, "=1+1"), (2, "{name}{0}"), (3, "<b>&amp;</b>"), (4, "@SUM(A1)")):
        firms[place]["name"] = name
    firms[5]["skill"] = None
    return collected(folder, resources.instruments["aiplus-2026"], firms)


@pytest.fixture
def study(made, tmp_path):
    return Path(shutil.copy(made, tmp_path / "东河.zhiheng"))


def seen(places, level=None, who="张三", when="2026-07-01"):
    """One assessment of each of these firms; without a level as able as the firm is."""
    return [(f"东河第{k}实业有限公司", level or LEVELS[min(int((k * 37 % 100) / 20), 4)], who, when) for k in places]


TAUGHT = {
    "unknown firms": (
        [(f"无此厂{k}", "L2", "张三", "2026-07-01") for k in range(40)],
        "refusal.none_settled",
        "label.unknown_firm",
    ),
    "one level": (seen(range(10, 50), "L2"), "refusal.one_level", None),
    "29 firms": (seen(range(10, 39)), "refusal.too_few_firms", None),
    "30 firms": (seen(range(10, 25), "L1") + seen(range(25, 40), "L3"), None, None),
    "100 firms": (seen(range(10, 110)), None, None),
    "disagreement everywhere": (
        seen(range(10, 50), "L1") + seen(range(10, 50), "L3", "李四"),
        "refusal.none_settled",
        "label.disagree",
    ),
    "a level of another ladder": (seen(range(10, 50), "三级"), "refusal.none_settled", "label.unknown_level"),
    "nobody signed": (seen(range(10, 50), None, ""), "refusal.none_settled", "label.no_assessor"),
    "days to come": (seen(range(10, 50), None, "张三", "2099-01-01"), "refusal.levels_too_rare", "label.future"),
    "hostile texts": (
        [
            ('=cmd|"/c calc"!A1', "=1+1", "@SUM(1)", "+1"),
            ("{name}{0}", "{level}", "{who}", "{"),
            ("=1+1", "L2", "<script>", "2026-07-01"),
            ("@SUM(A1)", "L2", "=who()", "9999-99-99"),
        ],
        "refusal.too_few_firms",
        "label.unknown_level",
    ),
}
LOOKED_AT = ("100 firms", "disagreement everywhere", "hostile texts")  # each looks different on the pages


@pytest.mark.parametrize("name", TAUGHT)
def test_that_whatever_assessors_hand_in_is_told_and_the_study_stays_whole(name, study, tmp_path, resources):
    rows, refusal, finding = TAUGHT[name]
    path = write_labels(tmp_path / "评估.csv", rows)
    taken = zhiheng("labels", study, path, "--json")
    assert taken.code == 0, taken.err
    codes = {each["code"] for each in hostile.strict(taken)["findings"]}
    assert finding is None or finding in codes
    printed = assessed(study, resources)
    assert printed["classifier"]["refusal"] == refusal or (refusal is None and printed["classifier"]["scores"])
    assert len(printed["firms"]) == 112
    if name in LOOKED_AT:
        stored(study, resources)
    again = zhiheng("labels", study, path, "--json")
    assert not hostile.strict(again)["changed"]
    listed = tmp_path / "名单.xlsx"
    assert zhiheng("visits", study, "--n", "9", "--out", listed).code == 0
    page = openpyxl.load_workbook(listed).active
    assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]


def test_that_assessments_of_another_wave_teach_nothing_here_and_are_told(study, tmp_path, resources):
    heads = ("企业名称", "评估等级", "评估人", "评估日期", "期")
    path = write_labels(tmp_path / "评估.csv", [(*row, "2025") for row in seen(range(10, 50))], heads)
    assert {each["code"] for each in zhiheng("labels", study, path, "--json").json["findings"]} == {"label.other_wave"}
    assert assessed(study, resources)["classifier"]["refusal"] == "refusal.no_labels"


@pytest.mark.parametrize("instrument", ["miit-sme-2024", "kaggle"])
def test_that_other_questionnaires_go_the_whole_way_with_assessments(instrument, tmp_path, resources):
    if instrument == "kaggle":
        study, firms = ladder(tmp_path), 60
        rows = []
    else:
        study, firms = collected(tmp_path, resources.instruments[instrument], some_firms(60), id_=instrument), 60
        rows = seen(range(50))
    if rows:
        assert zhiheng("labels", study, write_labels(tmp_path / "评估.csv", rows)).code == 0
    printed = assessed(study, resources)
    assert len(printed["firms"]) == firms
    stored(study, resources)
    assert zhiheng("visits", study, "--n", "5").code == 0
    if instrument == "kaggle":
        plain_sentence(zhiheng("weights", study, "--set", "data=1", "--why", "试"))
        assert zhiheng("weights", study).code == 0


def ladder(folder):
    """A study whose level is an answer, of which some firms gave none."""
    steps = (
        "No (we do not use ML methods)",
        "We have well established ML methods (i.e., models in production for more than 2 years)",
        "",
    )
    lines = ["Q20,Q21,Q22,Q23,Q26"]
    for k in range(60):
        lines.append(f'Manufacturing/Fabrication,0-49 employees,{("0", "1-2", "3-4")[k % 3]},"{steps[k % 3]}",$1-$99')
    (folder / "甲.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert zhiheng("new", folder / "东河", "--instrument", hostile.LADDER).code == 0
    assert zhiheng("collect", folder / "东河", folder / "甲.csv", "--date", "2026-06-30").code == 0
    return folder / "东河.zhiheng"


PILLARS = ("strategy", "data", "systems", "talent", "application", "governance", "outcomes")
WEIGHTS = [
    ["data=-1"],
    ["data=nan"],
    ["data=inf"],
    ["data=两"],
    ["data="],
    ["=1"],
    ["data"],
    ["data=1", "data=2"],
    ["data=1e308", "talent=1e308"],
    [f"{code}=0" for code in PILLARS],
]


def test_that_weights_that_cannot_be_used_are_one_sentence_and_change_nothing(study, tmp_path):
    before = study.read_bytes()
    for pairs in WEIGHTS:
        for lang in ("zh", "en"):
            plain_sentence(zhiheng("weights", study, "--set", *pairs, "--why", "试", "--lang", lang))
    file = tmp_path / "w.toml"
    for text in ("", "x=1", "[weights]\n", '[weights]\ndata="x"', "[weights]\ndata=true", 'rationale="a"\n[weights]\ndata=nan'):
        file.write_text(text, encoding="utf-8")
        plain_sentence(zhiheng("weights", study, "--from", file))
    for path in (tmp_path / "没有.toml", tmp_path):
        plain_sentence(zhiheng("weights", study, "--from", path))
    assert study.read_bytes() == before


def test_that_one_pillar_alone_and_weights_that_do_not_sum_are_used_as_their_ratio(study, resources):
    alone = [f"{code}={int(code == 'data') * 40}" for code in PILLARS]
    assert zhiheng("weights", study, "--set", *alone, "--why", "只看数据", "--aggregation", "geometric").code == 0
    printed = assessed(study, resources)
    known = [each for each in printed["firms"] if each["index"] is not None]
    assert known
    assert all(abs(each["index"] - max(each["pillars"]["data"], 1.0)) < 1e-6 for each in known)  # a geometric mean counts 0 as 1
    stored(study, resources)


def test_that_visits_and_judgements_that_make_no_sense_are_one_sentence_and_change_nothing(study, tmp_path):
    plain_sentence(zhiheng("visits", study, "--n", "3"))
    plain_sentence(zhiheng("model", study, "--out", tmp_path / "a.skops"))
    assert zhiheng("assess", study).code == 0
    before, firm = study.read_bytes(), "东河第10实业有限公司"
    runs = [("visits", "--n", n) for n in ("0", "-3", "abc", "1.5", "10001", "")]
    runs += [("visits", "--n", "3", "--seed", "-1"), ("visits", "--n", "3", "--out", tmp_path), ("assess", "--seed", "-1")]
    runs += [(command, "没有这家", "L2", *BY) for command in ("ruling", "override")]  # else as a label is
    for command, what in (("label", "L2"), ("confirm", "yes")):
        runs += [(command, "没有这家", what, *BY), (command, "", what, *BY), (command, "@", what, *BY), (command, firm, *BY)]
        runs += [(command, firm, what, *BY, "--when", day) for day in ("2099-01-01", "昨天", "2026-02-30")]
        runs += [(command, firm, what, *BY, "--wave", "1999"), (command, firm, "L9", *BY), (command, firm, "--forget")]
    (tmp_path / "空.csv").touch()
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + bytes(50))
    write_labels(tmp_path / "只有表头.csv", [])
    for name in ("空.csv", "坏.xlsx", "只有表头.csv", "没有.csv", "."):
        runs += [("labels", tmp_path / name), ("assess", "--labels", tmp_path / name)]
    for place, (command, *more) in enumerate(runs):
        plain_sentence(zhiheng(command, study, *more, "--lang", ("zh", "en")[place % 2]))
    assert study.read_bytes() == before


def test_that_a_list_longer_than_the_frame_holds_every_firm_once_with_certainty(study):
    assert zhiheng("assess", study).code == 0
    listed = hostile.strict(zhiheng("visits", study, "--n", "9999", "--json"))["list"]
    assert listed["n"] == len({each["firm"] for each in listed["visits"]}) == 112
    assert {each["probability"] for each in listed["visits"]} == {1.0}


def test_that_every_judgement_can_be_taken_back_to_the_study_before(study, resources):
    assert zhiheng("assess", study).code == 0
    names = ("=1+1", "{name}{0}")
    for command in ("label", "override", "confirm"):
        before = open_study(study)
        for name in names:
            said = zhiheng(command, study, name, "yes" if command == "confirm" else "L2", "--who", "{x}", "--why", "=cmd()")
            assert said.code == 0, said.err
        if command == "override":  # it leaves the levels standing
            stored(study, resources)
        for name in names:
            assert zhiheng(command, study, name, "--forget").code == 0
        after = open_study(study)
        assert (after.judgements, after.findings) == (before.judgements, before.findings)
        if not after.assessments:
            assert zhiheng("assess", study).code == 0
    assert zhiheng("journal", study).code == 0


def test_that_a_model_which_cannot_be_read_leaves_every_firm_open_with_the_reason(study, tmp_path, resources):
    path = write_labels(tmp_path / "评估.csv", seen(range(10, 110)))
    assert zhiheng("assess", study, "--labels", path).code == 0
    whole = open_study(study)
    assert whole.latest_assessment.model
    for damaged in (b"PK", whole.latest_assessment.model[:-40]):
        broken = replace(whole, assessments=(replace(whole.latest_assessment, model=damaged),))
        hostile.firms_shown(broken, resources)
        assert explained(broken, 10).unread.code == "model.unreadable"
    assert zhiheng("model", study, "--out", tmp_path / "模型.skops").code == 0
    plain_sentence(zhiheng("model", study, "--out", tmp_path / "模型.pkl"))
    other = collected(tmp_path, resources.instruments["miit-sme-2024"], some_firms(3), id_="miit-sme-2024", name="其他")
    with pytest.raises(UserError, match="other_instrument"):
        model_from_bytes((tmp_path / "模型.skops").read_bytes(), open_study(other).instrument, open_study(other).rubric)


def test_that_a_study_of_the_first_version_is_assessed_anew(tmp_path, resources):
    path = made_at_version_1(tmp_path / "旧.zhiheng")
    assert len(assessed(path, resources)["firms"]) == 2
    assert zhiheng("visits", path, "--n", "1").code == 0
