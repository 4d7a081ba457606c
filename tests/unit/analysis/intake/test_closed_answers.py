import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.intake.clean import clean
from app.analysis.intake.clean_yes_no import read_yes_no
from app.analysis.intake.distinct import Told
from app.domain.instrument import ItemType
from app.domain.words import normal_form
from tests.unit.analysis.intake.making import STEPS, TECHNOLOGIES, distinct_of, item, option

ASK = item("A", ItemType.YES_NO, "是否应用")
MULTI = item("T", ItemType.MULTI, "技术", options=TECHNOLOGIES)
LADDER = item("L", ItemType.LADDER, "水平", options=STEPS)


def cleaned(question, *values):
    result = clean(distinct_of(*values), question)
    return result.values.tolist(), [issue.code for issue in result.issues]


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("yes", "是 有 √ ✓ ☑ ■ Y yes 1 已 已应用 是。 在用 A.是"),
        ("no", "否 无 × ✗ N no 0 未 未应用 没有 暂无计划 没有计划 暂未开展 尚未"),
        ("planned", "计划中 拟应用 正在建设 在建 筹备中 有计划 2026年计划应用 已计划"),
        ("unknown", "不清楚 不太清楚 不了解 不确定"),
        ("na", "不适用 N/A / — —— 无此业务"),
    ],
)
def test_that_yes_no_planned_unknown_and_not_applicable_stay_apart(answer, texts):
    for text in texts.split():
        assert cleaned(ASK, text) == ([answer], []), text


@pytest.mark.parametrize(
    "text", ["试点", "试点中", "已试点", "正在试用", "已开展试点", "小范围试用", "试运行", "是（试点）", "有，试点"]
)
def test_that_a_trial_is_no_plain_yes_and_is_asked_about(text):
    result = clean(distinct_of(text), ASK)
    assert result.values.tolist() == ["planned"] and [issue.code for issue in result.issues] == ["answer.trial"]
    (doubt,) = result.doubts
    assert (doubt.kind.value, doubt.subject, doubt.choices) == ("answer", f"A|{normal_form(text)}", ("planned", "yes", "no"))


def test_that_a_trial_answers_yes_where_trials_are_asked_about():
    asked = item("U1", ItemType.YES_NO, "是否开展人工智能试点")
    assert cleaned(asked, "试点中", "已试点", "未试点", "计划试点") == (["yes", "yes", "no", "yes"], [])


def test_that_a_trial_that_is_over_or_never_was_is_read_as_that():
    assert cleaned(ASK, "已试点并正式应用", "未试点", "没有试用") == (["yes", "no", "no"], [])


def test_that_what_people_decided_about_a_trial_holds_and_is_not_asked_again():
    result = clean(distinct_of("试点中"), ASK, told=Told(answers={"试点中": "yes"}))
    assert result.values.tolist() == ["yes"] and not result.issues and not result.doubts


YES = ["是", "有", "√", "✓", "☑", "■", "Y", "1", "已", "已应用", "在用"]
NOT_YES = [
    "",
    "□",
    "计划",
    "计划中",
    "拟应用",
    "正在建设",
    "试点",
    "试用中",
    "否",
    "无",
    "未应用",
    "不清楚",
    "不适用",
    "/",
    "—",
    "保密",
]


@given(
    st.lists(st.sampled_from(YES), max_size=4),
    st.lists(st.sampled_from(NOT_YES), min_size=1, max_size=8),
    st.sampled_from(["", " ", "。", "\u200b"]),
)
def test_that_nothing_but_yes_ever_becomes_yes(yes, others, around):
    values = clean(distinct_of(*yes, *(f"{text}{around}" for text in others)), ASK).values.tolist()
    assert "yes" not in values[len(yes) :] and values[: len(yes)] == ["yes"] * len(yes)


def test_that_a_blank_answer_is_missing_and_not_no():
    assert cleaned(ASK, "", "\u3000") == ([None, None], [])


def test_that_an_unreadable_answer_is_missing_with_an_error():
    assert cleaned(ASK, "部分应用") == ([None], ["option.unknown"])


def test_that_numbers_and_booleans_of_a_sheet_answer_too():
    assert cleaned(ASK, 1, 0, True, False) == (["yes", "no", "yes", "no"], [])


def test_that_the_ticked_box_decides():
    assert cleaned(ASK, "☑是 □否", "□是 ☑否", "是□ 否☑", "□是 □否") == (["yes", "no", "no", None], [])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("答：□是 ☑否", "no"),
        ("贵企业：☑是 □否", "yes"),
        ("1.□是 2.☑否", "no"),
        ("A.☑是 B.□否", "yes"),
        ("是☑ 否□（单选）", "yes"),
        ("是☑否□ 其他", "yes"),
    ],
)
def test_that_a_lead_in_before_the_first_box_does_not_shift_the_ticks(text, answer):
    assert cleaned(ASK, text) == ([answer], [])


@pytest.mark.parametrize(
    "text",
    [
        "是/否",
        "有/无",
        "是不是",
        "已停用",
        "已取消",
        "已不再使用",
        "有但未使用",
        "已购买未使用",
        "有意向",
        "有考虑",
        "无人机巡检",
    ],
)
def test_that_what_begins_like_an_answer_and_is_none_is_left_to_a_person(text):
    assert cleaned(ASK, text) == ([None], ["option.unknown"])


def test_that_none_of_all_is_a_no_and_a_use_to_be_widened_a_yes():
    assert cleaned(ASK, "全部没有", "均无", "均未", "都没有") == (["no"] * 4, [])
    assert cleaned(ASK, "是，明年将扩大应用", "已应用，效果不错", "是的", "已使用无人机") == (["yes"] * 4, [])


def test_that_an_empty_box_is_no_only_beside_ticked_ones():
    assert cleaned(ASK, "□", "☑") == (["no", "yes"], [])
    assert cleaned(ASK, "□") == ([None], ["answer.empty_box"])


@pytest.mark.parametrize(
    ("text", "answer", "codes"),
    [
        ("机器学习、图像识别", "ml|cv", []),
        ("图像识别；机器学习", "ml|cv", []),
        ("机器学习┋机器视觉", "ml|cv", []),
        ("机器学习/图像识别", "ml|cv", []),
        ("机器学习 图像识别", "ml|cv", []),
        ("机器学习\n图像识别", "ml|cv", []),
        ("自然语言处理、语音识别、机器学习", "ml|nlp", []),
        ("A、C、D", "ml|cv|rpa", []),
        ("ACD", "ml|cv|rpa", []),
        ("①③", "ml|cv", []),
        ("1,3", "ml|cv", []),
        ("A.机器学习；C.图像识别", "ml|cv", []),
        ("☑机器学习 □图像识别 ☑流程自动化", "ml|rpa", []),
        ("其他：自研引擎、平台", "other", []),
        ("机器学习，其他（自研）", "ml|other", []),
        ("无", "none", []),
        ("没有", "none", []),
        ("无、机器学习", None, ["option.exclusive"]),
        ("机器学习；量子计算", "ml", ["option.part_unknown"]),
        ("量子计算", None, ["option.unknown"]),
        ("流程自动化类", "rpa", ["option.near"]),
        ("保密", None, ["cell.withheld"]),
        ("9", None, ["option.unknown"]),
        ("", None, []),
    ],
)
def test_that_a_list_of_options_is_read_however_it_is_written(text, answer, codes):
    assert cleaned(MULTI, text) == ([answer], codes)


@pytest.mark.parametrize("text", ["单点应用", "C", "2", "L2", "C. 单点应用", "（2）单点应用", "L2单点应用", "单点 应用。"])
def test_that_a_step_of_a_ladder_is_read_by_wording_letter_number_or_code(text):
    assert cleaned(LADDER, text) == (["L2"], [])


def test_that_an_answer_by_number_is_told_with_the_order_used():
    result = clean(distinct_of("2"), LADDER)
    ((code, params),) = result.column_issues
    assert code == "option.numbered" and "2 = 单点应用" in params["options"]


def test_that_a_near_option_with_the_opposite_meaning_is_not_taken():
    question = item("X", ItemType.SINGLE, "情况", options=(STEPS[0], option("a", "已经开始集成应用")))
    assert cleaned(question, "未经开始集成应用") == ([None], ["option.unknown"])


@given(st.sets(st.sampled_from([o.code for o in TECHNOLOGIES if not o.exclusive]), min_size=1), st.sampled_from("、；;,/┋|"))
def test_that_any_choice_written_out_is_read_back(chosen, separator):
    texts = [option.words.zh for option in TECHNOLOGIES if option.code in chosen]
    wanted = "|".join(option.code for option in TECHNOLOGIES if option.code in chosen)
    assert cleaned(MULTI, separator.join(texts)) == ([wanted], [])


@given(st.text(max_size=40))
def test_that_no_text_breaks_the_reading_of_options(text):
    for question in (ASK, MULTI, LADDER):
        values, _ = cleaned(question, text)
        known = {"yes", "no", "planned", "unknown", "na", *(o.code for o in (*TECHNOLOGIES, *STEPS))}
        assert values[0] is None or set(values[0].split("|")) <= known


@pytest.mark.parametrize("text", ["Do not know", "Don’t know", "not sure", "不是很清楚", "无法判断", "不能确定", "未定"])
def test_that_not_knowing_is_no_answer_of_no(text):
    assert read_yes_no(text) == "unknown"


@pytest.mark.parametrize(
    "text", ["未填", "未填报", "未提供", "无数据", "未统计", "没问题", "未来有", "无纸化办公", "未营业", "不能提供"]
)
def test_that_what_only_begins_like_a_no_is_none(text):
    assert read_yes_no(text) is None


@pytest.mark.parametrize(
    "text", ["有需求", "有兴趣", "有困难", "有待建设", "已注销", "已破产", "已咨询", "均为人工", "使用Excel", "有过"]
)
def test_that_what_only_begins_like_a_yes_is_none(text):
    assert read_yes_no(text) is None


@pytest.mark.parametrize("text", ["未全面使用", "没有大规模使用", "没有正式使用", "已应用于计划排产", "已使用，下半年上线二期"])
def test_that_a_person_reads_what_says_two_things(text):
    assert read_yes_no(text) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(("已全面使用", "yes"), ("目前已部署大模型", "yes"), ("有3个", "yes"), ("均已应用", "yes"), ("in use", "yes")),
        *(("完全没有使用", "no"), ("没有人工智能", "no"), ("全部未使用", "no"), ("未开展相关工作", "no"), ("not yet", "no")),
        *(("No, but planned", "planned"), ("是，计划明年使用", "planned"), ("N.A.", "na")),
    ],
)
def test_that_longer_answers_are_read_for_what_they_say(text, answer):
    assert read_yes_no(text) == answer
