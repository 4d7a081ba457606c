"""Every number of a Word document is inside a bookmark named after it, in the order in which it is read."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.domain.brief import GridBlock, Heading, Paragraph
from app.domain.claims import numbers_in
from app.files.docx_numbers import Numbers, mark_name
from app.files.docx_xml import TextLook, paragraph, parsed
from tests.unit.files.docx_samples import W, brief_of, main_table, many_sectors, text_of, written, xml
from tests.unit.files.sample_brief import sample_brief

LOOK = TextLook("仿宋", 16, "zh-CN")


def marks(root) -> dict[str, str]:
    """The text inside each bookmark of ours."""
    found: dict[str, str] = {}
    for start in root.iter(f"{W}bookmarkStart"):
        if not start.get(f"{W}name").startswith("zh_"):
            continue
        text, node = "", start.getnext()
        while node.tag != f"{W}bookmarkEnd":
            text, node = text + text_of(node), node.getnext()
        assert node.get(f"{W}id") == start.get(f"{W}id")
        found[start.get(f"{W}name")] = text
    return found


def test_that_numbers_of_a_paragraph_are_counted_from_left_to_right(resources, zh, tmp_path):
    brief = brief_of(resources, Heading("一、总体结论"), Paragraph("企业2,140家，达到L2的占41%（36–46%），差−3.5个百分点。"))
    assert marks(xml(written(brief, zh, tmp_path))) == {
        "zh_B1_1": "2,140",
        "zh_B1_2": "41%",
        "zh_B1_3": "36",
        "zh_B1_4": "46%",
        "zh_B1_5": "−3.5",
    }


def test_that_numbers_of_a_table_are_counted_row_by_row_with_its_head(resources, zh, tmp_path):
    grid = GridBlock("表 3 目标", ("目标 1", "2026 年"), (("普及率超70%", "34% (33–35%)"), ("其他", "无")), "注：2027 年")
    found = marks(xml(written(brief_of(resources, grid), zh, tmp_path)))
    assert [found[f"zh_B0_{k}"] for k in range(1, 7)] == ["1", "2026", "70%", "34%", "33", "35%"]
    assert (found["zh_B0_T1"], found["zh_B0_N1"]) == ("3", "2027")
    assert len(found) == 8


def test_that_tables_and_charts_bear_the_name_of_their_block(resources, zh, tmp_path):
    brief = brief_of(resources, main_table(), *many_sectors(5))
    root = xml(written(brief, zh, tmp_path))
    assert [node.get(f"{W}val") for node in root.iter(f"{W}tblCaption")] == ["zh_B0", "zh_B1"]
    frames = [node for node in root.iter() if node.tag.endswith("}docPr")]
    assert [(node.get("name"), node.get("descr")) for node in frames] == [("zh_B2", "替代文字")]


def test_that_bookmarks_have_names_and_ids_of_their_own(zh, tmp_path):
    root = xml(written(sample_brief(), zh, tmp_path))
    starts = list(root.iter(f"{W}bookmarkStart"))
    assert len(starts) > 50
    for name in ("name", "id"):
        assert len({node.get(f"{W}{name}") for node in starts}) == len(starts)
    assert all(len(node.get(f"{W}name")) <= 40 for node in starts)  # Word drops longer ones


@given(st.text(alphabet="甲L0123456789%.,–−-()（）\u0001\t\n<& ", max_size=60))
def test_that_marking_keeps_the_text_and_marks_each_number(text):
    numbers = Numbers()
    numbers.start(7)
    node = parsed(paragraph(numbers.runs(text, LOOK), LOOK))[0]
    shown = "".join({"t": each.text or "", "br": "\n", "tab": "\t"}.get(each.tag.removeprefix(W), "") for each in node.iter())
    assert shown.replace("\t", "").replace("\n", "") == re.sub("[\u0001\t\n]", "", text)
    assert list(marks(node).values()) == [span.text for span in numbers_in(text)]
    assert list(marks(node)) == [mark_name(f"B7.{k}") for k in range(1, len(numbers_in(text)) + 1)]
