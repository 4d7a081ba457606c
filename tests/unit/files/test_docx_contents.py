"""The contents of a plain report: written out, so that WPS shows them, and a field that Word can update."""

from __future__ import annotations

import pytest

from app.domain.brief import Heading, Paragraph
from app.files.column_widths import POINT_MM
from app.files.docx_blocks import Setter, chart_heights
from app.files.docx_measure import line_count, text_height
from app.files.docx_paging import paging_of
from app.files.docx_type import Type
from app.files.resources import load_palette
from tests.unit.files.docx_samples import W, brief_of, many_sectors, paragraphs, text_of, written, xml

TEXT = Paragraph("全县参评企业达到单点应用及以上的占四成，与上一期相比没有明显变化。" * 12)


def sections(n: int, *content):
    return [block for k in range(n) for block in (Heading(f"第{k}节"), Heading("细目", 2), *content)]


def setter(resources, zh, layout: str = "plain") -> Setter:
    return Setter(Type(resources.layouts[layout], "zh", load_palette("light")), zh)


def test_that_contents_are_written_out_with_pages_and_lead_to_their_headings(resources, zh, tmp_path):
    root = xml(written(brief_of(resources, *sections(5, *[TEXT] * 6)), zh, tmp_path))
    entries = [
        node
        for node in paragraphs(root)
        if (style := node.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val")[:3] == "TOC"
    ]
    assert len(entries) == 10
    pages = [int(text_of(node).removeprefix("细目").removeprefix(f"第{k // 2}节")) for k, node in enumerate(entries)]
    assert pages == sorted(pages) and pages[0] == 1 and pages[-1] > 3
    targets = {node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart")}
    assert {node.get(f"{W}anchor") for node in root.iter(f"{W}hyperlink")} <= targets
    codes = [node.text.strip() for node in root.iter(f"{W}instrText")]
    assert codes[0].startswith("TOC ") and sum(code.startswith("PAGEREF _Toc") for code in codes) == 10
    kinds = [node.get(f"{W}fldCharType") for node in root.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate") == 11


@pytest.mark.parametrize(("layout", "n"), [("gbt9704", 5), ("plain", 2)])
def test_that_official_papers_and_short_reports_have_no_contents(resources, zh, tmp_path, layout, n):
    root = xml(written(brief_of(resources, *sections(n, TEXT), layout=layout), zh, tmp_path))
    assert not [node for node in root.iter(f"{W}instrText") if node.text.strip().startswith("TOC")]


def test_that_pages_are_counted_as_text_fills_them(resources, zh):
    kind = setter(resources, zh, "gbt9704")
    line = Paragraph("一" * 20)
    pages = paging_of(kind, [line] * 50, 0).pages
    assert pages.count(1) == 22
    assert pages.count(2) == 22


def test_that_a_chart_is_made_to_fit_what_is_left_of_a_page_but_not_too_low(resources, zh):
    kind = setter(resources, zh)
    figure = many_sectors(20)[1]
    least, usual = chart_heights(figure.figure, kind.type.width)
    for left, fits in ((usual + 60, False), (usual + 25, True), (least - 10, False)):
        paging = paging_of(kind, [figure], kind.type.height - left)
        assert bool(paging.heights) is fits
        assert paging.pages == ((1,) if fits or left > usual else (2,))
        assert all(least <= height < usual for height in paging.heights.values())


def test_that_english_takes_fewer_lines_in_the_fonts_it_is_set_in(resources):
    said = "By mean score the lowest pillar is Depth of use (24 points), the highest Outcomes (56 points)."
    looks = [Type(resources.layouts["plain"], lang, load_palette("light")).body(first=0) for lang in ("en", "zh")]
    assert [line_count(said, look, 160) for look in looks] == [1, 2]


def test_that_of_the_white_between_two_paragraphs_the_larger_is_reckoned(resources, zh):
    kind = setter(resources, zh)
    look = kind.type.heading(1)
    line = text_height("节", look, 160)
    both = 2 * line - min(look.before, look.after) * POINT_MM  # two headings below each other
    for more, page in ((0.1, 1), (-0.1, 2)):
        start = kind.type.height - both - more
        assert paging_of(kind, [Heading("节"), Heading("节")], start).pages == (page, page)


def test_that_annexes_begin_a_page(resources, zh):
    kind = setter(resources, zh, "gbt9704")
    annex = Heading("附：方法说明", 1, "方法说明")
    assert paging_of(kind, [TEXT, annex, TEXT], 0, (annex,)).pages[:2] == (1, 2)
