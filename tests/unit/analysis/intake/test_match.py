import pytest

from app.analysis.intake.lexicon import lexicon_of
from app.analysis.intake.match import Heading, match_headings
from app.analysis.intake.units import note_units, split_unit
from app.domain.instrument import Instrument, ItemType
from tests.unit.analysis.intake.making import CODES, FIRMS, HEADER, INSTRUMENT, item, only, option, read, sheet_of, words


def matched(*headings, instrument=INSTRUMENT, units=()):
    asked = [heading if isinstance(heading, Heading) else Heading(place, heading) for place, heading in enumerate(headings)]
    return match_headings(asked, lexicon_of(instrument), units)


@pytest.mark.parametrize(
    ("header", "code", "reason"),
    [
        ("A1", "A1", "match.code"),
        ("企业名称", "N1", "match.wording"),
        ("单位名称", "N1", "match.wording"),
        ("企业 名称：", "N1", "match.wording"),
        ("3.营业收入", "N6", "match.wording"),
        ("（三）营业收入", "N6", "match.wording"),
        ("应用的技术（可多选）", "T1", "match.wording"),
        ("一、基本情况 / 从业人员 / 期末人数", "N5", "match.wording"),
        ("营业收入 / 本年", "N6", "match.group"),
        ("贵企业是否使用智能体？", "A1", "match.similar"),
        ("使用智能体数量", "A2", "match.similar"),
        ("企业所属镇街", "N4", "match.similar"),
    ],
)
def test_that_a_header_finds_its_item_by_meaning(header, code, reason):
    (match,), troubles = matched(header)
    assert (match.item, match.reason) == (code, reason) and match.confidence >= 0.75 and not troubles


@pytest.mark.parametrize(
    "header", ["未使用智能体", "营业收入 / 上年同期", "从业人员 / 其中：研发人员", "联系电话", "企业规模", "Ending", "$A$1"]
)
def test_that_a_doubtful_header_stays_without_an_item(header):
    (match,), (trouble,) = matched(header)
    assert match.item is None and trouble.code == "column.unmatched"


def test_that_two_equal_candidates_are_not_chosen_between_silently():
    questions = [
        item("X1", ItemType.YES_NO, "人工智能培训情况"),
        item("X2", ItemType.YES_NO, "人工智能培育情况"),
        item("X3", ItemType.TEXT, "名"),
    ]
    rivals = Instrument("r", "1", words("r"), "test", tuple(questions))
    (match,), (trouble,) = matched("人工智能培养情况", instrument=rivals)
    assert match.item is None and set(match.rivals) == {"X1", "X2"}
    assert trouble.code == "column.ambiguous" and "人工智能培训情况" in trouble.params["items"]


def test_that_the_group_tells_items_of_one_wording_apart():
    questions = [
        item("X1", ItemType.COUNT, "智能终端数量", synonyms=("数量",)),
        item("X2", ItemType.COUNT, "机器人数量", synonyms=("数量",)),
    ]
    (match,), _ = matched("智能终端 / 数量", instrument=Instrument("g", "1", words("g"), "test", tuple(questions)))
    assert match.item == "X1"


def test_that_an_item_is_given_once_to_the_surest_and_latest_heading():
    matches, troubles = matched("2024年营业收入", "2025年营业收入", "营业收入 / 上年")
    assert [match.item for match in matches] == [None, "N6", None]
    assert [trouble.code for trouble in troubles] == ["column.repeated", "column.unmatched"]


def test_that_answers_speak_against_a_merely_similar_heading():
    kind, header = ("试点", "单点应用", "集成应用"), "智能应用水平"
    with_steps, _ = matched(Heading(0, header, "", kind))
    with_names, _ = matched(Heading(0, header, "", ("张三", "李四", "王五")))
    assert with_steps[0].item == "L1" and with_names[0].item is None


def test_that_a_column_of_credit_codes_is_known_without_its_heading():
    (match,), _ = matched(Heading(0, "备注信息", "", CODES))
    assert (match.item, match.reason) == ("N2", "match.values")


def test_that_a_short_code_over_other_answers_is_chance():
    (match,), _ = matched(Heading(0, "L1", "", ("5", "7.2", "9")))
    assert match.item is not None or match.reason == "match.weak"
    (match,), _ = matched(Heading(0, "R2", "", ("甲", "乙", "丙")))
    assert match.item is None


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("营业收入（万元）", "营业收入", "万元"),
        ("营业收入(单位：千元)", "营业收入", "千元"),
        ("营业收入,万元", "营业收入", "万元"),
        ("占比（％）", "占比", "%"),
        ("人口数(人口抽样调查)(人)", "人口数(人口抽样调查)", "人"),
        ("是否应用（可多选）", "是否应用（可多选）", ""),
        ("年龄", "年龄", ""),
    ],
)
def test_that_the_unit_is_taken_out_of_a_header(header, name, unit):
    assert split_unit(header) == (name, unit)


def test_that_a_unit_note_names_units_and_a_reporting_unit_does_not():
    assert note_units("单位：万元、人、％") == ("万元", "人", "%")
    assert note_units("金额单位：元") == ("元",)
    assert note_units("填报单位：河口镇") == ()


def test_that_columns_may_stand_in_any_order():
    there = only(read(sheet_of([HEADER, *FIRMS]))).responses
    back = only(read(sheet_of([HEADER[::-1], *(firm[::-1] for firm in FIRMS)]))).responses
    assert there.values.equals(back.values) and there.originals.equals(back.originals)


def test_that_an_option_list_of_one_item_does_not_make_headers_of_answers():
    choice = item("Z", ItemType.SINGLE, "类型", options=(option("a", "企业名称"), option("b", "其他")))
    instrument = Instrument("z", "1", words("z"), "test", (*INSTRUMENT.items, choice))
    rows = [["企业名称", "类型", "从业人员"], ["甲", "企业名称", 3], ["乙", "其他", 4]]
    assert len(only(read(sheet_of(rows), instrument=instrument)).responses) == 2
