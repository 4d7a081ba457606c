"""Cleaned answers, written out plainly and read again, are the same answers: nothing is gained or lost on the way."""

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.intake import intake_workbook
from app.analysis.intake.clean import clean
from app.domain.instrument import ItemType
from app.domain.task import Progress
from app.files.read_workbook import read_workbooks
from tests.unit.analysis.intake.making import (
    CODES,
    INSTRUMENT,
    STEPS,
    TAXONOMY,
    TECHNOLOGIES,
    distinct_of,
    item,
    only,
    read,
    sheet_of,
)

YES_NO = {"yes": "是", "no": "否", "planned": "计划中", "unknown": "不清楚", "na": "不适用"}
KINDS = {
    "yes_no": item("A", ItemType.YES_NO, "是否应用"),
    "single": item("L", ItemType.LADDER, "水平", options=STEPS),
    "multi": item("T", ItemType.MULTI, "技术", options=TECHNOLOGIES),
    "count": item("N", ItemType.COUNT, "人数", unit="人"),
    "money": item("M", ItemType.MONEY, "金额", unit="万元"),
    "percent": item("P", ItemType.PERCENT, "占比", unit="%"),
    "text": item("X", ItemType.TEXT, "名称"),
    "date": item("D", ItemType.DATE, "时间"),
}
SEEN = {
    "yes_no": [
        "是",
        "有",
        "√",
        "☑",
        "Y",
        "已应用",
        "否",
        "无",
        "×",
        "未应用",
        "计划中",
        "试点",
        "正在建设",
        "不清楚",
        "/",
        "—",
        "不适用",
        "保密",
        "□",
    ],
    "single": ["试点", "L2", "集成应用", "C", "2", "单点应用。", "不详", "别的"],
    "multi": [
        "机器学习、图像识别",
        "A、C",
        "①③",
        "自然语言处理、语音识别",
        "其他：自研",
        "无",
        "机器视觉┋流程自动化",
        "无、机器学习",
    ],
    "count": ["120", "1,200人", "约30", "100-300", "120（其中研发20）", "十几人", "三百二十人", "50人以上", "不详", "较多", "-3"],
    "money": ["1,200", "2000万", "0.12亿", "1.2千万", "￥500", "约300万元", "100-300万", "三千万", "12.345", "1000美元", "无"],
    "percent": ["35%", "三成五", "百分之三十五", "30%-40%", "约30%", ">50%", "不足10%", "20个百分点", "过半", "较高", "0.5%"],
    "text": ["甲公司", " 乙 公司\u200b", "ＡＢ厂", "不详", "丙（集团）"],
    "date": ["2026年6月", "202606", "2026-06-30", "2025年度", "上年"],
}


def plain(question, value):
    """A cleaned value as a careful clerk would write it."""
    if value is None or value != value:
        return ""
    if question.type is ItemType.YES_NO:
        return YES_NO[value]
    if question.options:
        return "、".join(question.option(code).words.zh for code in value.split("|"))
    if question.type is ItemType.PERCENT:
        return f"{round(value * 100, 8):.10g}%"
    return repr(float(value)) if isinstance(value, float) else value


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_that_cleaned_answers_written_plainly_clean_to_themselves(kind, data):
    question = KINDS[kind]
    texts = data.draw(st.lists(st.sampled_from([*SEEN[kind], "", " "]), min_size=1, max_size=8))
    values = clean(distinct_of(*texts), question, "万元").values.tolist()
    again = clean(distinct_of(*(plain(question, value) for value in values)), question, "万元")
    assert not again.issues
    assert all(
        (one is None or one != one) == (two is None or two != two)
        and (one == two or one is None or one != one or abs(one - two) < 1e-9)
        for one, two in zip(values, again.values.tolist(), strict=True)
    )


SIGNS = st.sampled_from(["", "约", "超过", "不足", "至少"])


@given(st.integers(1, 10**7), SIGNS, st.sampled_from(["{:,}", "{}", "{}人", "共{}人", " {} 名"]))
def test_that_a_head_count_survives_every_notation(number, sign, notation):
    text = sign + notation.format(number)
    if sign and not notation.startswith("{"):
        return
    cleaned = clean(distinct_of(text), KINDS["count"])
    assert cleaned.values.tolist() == [number] and len(cleaned.qualified) == bool(sign)


@given(
    st.integers(1, 10**8),
    st.sampled_from(["{}元", "{:.8g}万元", "{:.12g}亿元", "￥{}元", "{:.8g}万", "{:.8g}千元"]),
    st.sampled_from(["元", "万元", ""]),
)
def test_that_an_amount_survives_every_unit_whatever_the_header_says(yuan, notation, header):
    scale = {"万元": 1e4, "亿元": 1e8, "千元": 1e3, "万": 1e4}.get(notation.split("}")[1], 1)
    text = notation.format(yuan / scale if scale > 1 else yuan)
    assert clean(distinct_of(text), KINDS["money"], header).values[0] == pytest.approx(yuan / 1e4, rel=1e-6)


@given(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=6), st.sampled_from(["{:g}%", "{:g}％", "百分之{:g}", "{:g}个百分点"])
)
def test_that_a_share_survives_every_notation(points, notation):
    texts = [notation.format(point / 100) for point in points]
    assert clean(distinct_of(*texts), KINDS["percent"]).values.tolist() == [pytest.approx(point / 10_000) for point in points]


MESSY = [
    [
        "企业名称",
        "统一社会信用代码",
        "所属行业",
        "从业人员",
        "营业收入（万元）",
        "是否使用智能体",
        "智能体数量",
        "应用的技术",
        "应用水平",
        "培训覆盖率",
        "参加培训人数",
    ],
    ["甲化工有限公司", CODES[0], "化工", "350（其中研发20）", "0.25亿", "√", "约3", "A、C", "单点应用", "三成五", "100-120"],
    ["乙制药有限公司", CODES[1], "C27", "25人", "400", "计划中", 0, "无", "L0", "35", ""],
    ["丙商贸有限公司", CODES[2], "批发业", "十几人", "1.2千万", "—", "", "其他：自研", "试点", 40, "5"],
    ["丁农业合作社", "", "农业", 8, "60.5", "试用", "不详", "①②", "C", "不足10%", "2"],
]


def test_that_a_messy_sheet_cleaned_and_written_to_a_workbook_reads_back_the_same(tmp_path):
    first = only(read(sheet_of(MESSY))).responses
    path = tmp_path / "干净.xlsx"
    asked = [code for code in first.values if code in first.blocks[0].cells]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        for place, code in enumerate(asked):
            question = INSTRUMENT.item(code)
            sheet.write_string(0, place, question.words.zh + (f"（{question.unit}）" if question.unit else ""))
            for row, value in enumerate(first.values[code].tolist(), 1):
                sheet.write_string(row, place, plain(question, value))
    (workbook,) = [found for found in read_workbooks([path]) if not isinstance(found, Progress)]
    again = only(intake_workbook(workbook, INSTRUMENT, TAXONOMY)).responses
    for code in asked:
        one, two = first.values[code], again.values[code]
        assert (one.isna() == two.isna()).all(), code
        if one.dtype == np.float64:
            assert np.allclose(one, two, rtol=1e-9, equal_nan=True), code
        else:
            assert one.dropna().tolist() == two.dropna().tolist(), code
    assert again.firms[["sector", "division", "size"]].equals(first.firms[["sector", "division", "size"]])
