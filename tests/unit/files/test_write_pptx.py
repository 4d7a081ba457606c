"""The deck: at most as many slides as its template allows, findings as titles, words that fit, shapes that name their blocks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.util import Mm, Pt

from app.domain.brief import Brief, BriefPlan, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.drawing import Box, Dot, Drawing, Label, Path
from app.domain.errors import UserError
from app.domain.figure import FigureKind
from app.domain.release import ReleasedTable, Row
from app.files.chart_layout import Frame
from app.files.pptx_drawing import put_drawing
from app.files.pptx_template import named_places
from app.files.resources import load_palette
from app.files.text_measure import POINT_MM, wrapped
from app.files.write_pptx import write_pptx
from tests.unit.files import chart_samples as samples
from tests.unit.files.sample_brief import PROVENANCE, figure, heat_table, ranked_table, sample_brief, share

LONG = "核心业务流程应用人工智能的企业占比（分子：至少一个核心业务流程正式运行人工智能的企业；分母：对此作答的全部企业，每家计1）"


def main_table():
    rows = [
        Row(level, f"{level}及以上", (share(v, 2145, v - 0.05, v + 0.05),))
        for level, v in (("L2", 0.59), ("L3", 0.29), ("L4", 0.07))
    ]
    return ReleasedTable("main", ("2026期",), tuple(rows), "n5", 0)


def whole_brief(most: int = 10, **more) -> Brief:
    """A brief with all the sections that a deck can have, each longer than a slide."""
    goals = tuple(
        (f"目标{k}：{LONG}", "国发〔2025〕11号", "2027年超过70%", "34%（33–35%）", "36个百分点", "明显滞后", "■ 进度滞后")
        for k in range(14)
    )
    heads = ("目标", "文件依据", "目标值", "当前值", "差距", "节奏", "状态")
    blocks = (
        Heading("一、总体结论", section="summary"),
        Paragraph("本期为2026期，普查，应报2,326家，收到有效答卷2,145家（回收率92%）。"),
        Paragraph("作答企业中达到L2及以上的占59%（54–64%），达到L3及以上的占29%（24–34%）。"),
        Paragraph("对照目标34项，可衡量8项：有风险2项，进度滞后5项，无法判断1项。其余26项无法衡量。"),
        TableBlock("表1　主要数字", main_table(), PROVENANCE),
        Heading("二、分行业情况", section="sectors"),
        Paragraph("可比较的14个行业中，4个高于全部企业。"),
        TableBlock("表2　各行业", ranked_table(), PROVENANCE),
        FigureBlock(samples.ALL["levels"]()),
        FigureBlock(figure(FigureKind.HEAT, heat_table())),
        Heading("三、目标进展", section="goals"),
        Paragraph(LONG * 3 + "。共34项。"),
        GridBlock("表3　目标进展", heads, goals, "标*的文字待核对。"),
        FigureBlock(samples.broken_trajectory()),
        GridBlock("表3（续）", heads, goals, annex=True),
        Heading("四、情景", section="scenarios"),
        FigureBlock(samples.spans()),
        Heading("五、智能体", section="watch"),
        FigureBlock(samples.quadrant()),
        FigureBlock(samples.balance()),
        Heading("六、短板与建议", section="advice"),
        *(Paragraph(f"“支柱{k}”得分最低的行业共{k}个：{LONG}。通用建议：从试点转向常态使用。") for k in range(1, 9)),
        Heading("七、数据质量", section="quality"),
        Paragraph("2026期：收到来源表20份，读取20份，未能读取0份。"),
        Heading("附：方法说明", section="method"),
        Paragraph("企业答卷按评分规则折算为七个支柱得分。"),
        Paragraph(f"操作记录末条校验值：{'ab' * 32}。"),
    )
    made = replace(sample_brief(), blocks=blocks, most_slides=most, standing="草稿，未经核稿", plan=BriefPlan("deck"))
    return replace(made, **more)


def written(brief, tmp_path, texts, name="deck.pptx", draw=None):
    write_pptx(brief, tmp_path / name, load_palette("light"), texts, draw)
    return Presentation(str(tmp_path / name))


def texts_of(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_that_a_deck_has_no_more_slides_than_its_template_allows(tmp_path, zh):
    deck = written(whole_brief(), tmp_path, zh)
    assert len(deck.slides) == 10
    kickers = "\n".join(texts_of(slide) for slide in deck.slides)
    for heading in ("总体结论", "分行业情况", "目标进展", "情景", "智能体", "短板与建议", "数据质量", "方法说明"):
        assert heading in kickers


def test_that_what_is_left_out_is_said_in_the_notes(tmp_path, zh):
    deck = written(whole_brief(), tmp_path, zh)
    notes = deck.slides[-1].notes_slide.notes_text_frame.text
    assert "限10张幻灯片" in notes
    assert "表2　各行业" in notes and "heat" in notes


def test_that_a_deck_without_bound_leaves_nothing_out(tmp_path, zh):
    deck = written(whole_brief(most=0), tmp_path, zh)
    names = [shape.name for slide in deck.slides for shape in slide.shapes]
    places = {
        place for place, block in enumerate(whole_brief().blocks) if isinstance(block, FigureBlock | TableBlock | GridBlock)
    }
    annex = {14}
    assert places - annex <= {int(found.group(1)) for name in names if (found := re.match(r"zh_B(\d+)", name))}


def test_that_slides_are_titled_by_the_finding(tmp_path, zh):
    titles = [slide.shapes.title.text_frame.text for slide in written(whole_brief(), tmp_path, zh).slides]
    assert titles[1].startswith("作答企业中达到L2及以上的占59%")
    assert any(title.startswith("对照目标34项") for title in titles)
    assert all(title.strip() for title in titles)


def test_that_the_notes_hold_the_paragraphs_in_full(tmp_path, zh):
    deck = written(whole_brief(), tmp_path, zh)
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide)
    for block in whole_brief().blocks:
        if isinstance(block, Paragraph):
            assert block.text in notes


def test_that_standing_and_slide_number_are_in_the_foot_of_every_slide(tmp_path, zh):
    for slide in list(written(whole_brief(), tmp_path, zh).slides)[1:]:
        assert "草稿，未经核稿" in texts_of(slide)
        assert 'type="slidenum"' in slide._element.xpath("string(.)") or slide._element.xpath('.//a:fld[@type="slidenum"]')


@pytest.mark.parametrize("most", [0, 10])
def test_that_no_words_run_over_their_box_or_the_slide(most, tmp_path, zh):
    deck = written(whole_brief(most), tmp_path, zh)
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width and shape.top + shape.height <= deck.slide_height + Pt(1)
            if shape.has_text_frame and shape.text_frame.text.strip() and shape.shape_type is not None:
                assert height(shape) <= shape.height / Mm(1) + 2.5, shape.text_frame.text


def height(shape) -> float:
    """The height in mm of a shape's words, measured by the bundled font."""
    total = 0.0
    for paragraph in shape.text_frame.paragraphs:
        size = max((run.font.size.pt for run in paragraph.runs if run.font.size), default=10.0)
        bold = any(run.font.bold for run in paragraph.runs)
        total += len(wrapped(paragraph.text, shape.width / Mm(1), size, bold)) * size * POINT_MM * 1.3
    return total


def test_that_running_text_is_big_enough_to_read_and_short_enough_to_take_in(tmp_path, zh):
    for slide in written(whole_brief(), tmp_path, zh).slides:
        for shape in slide.shapes:
            if not shape.has_text_frame:
                continue
            sizes = [run.font.size.pt for p in shape.text_frame.paragraphs for run in p.runs if run.font.size]
            assert all(size >= 10 for size in sizes)
            if re.fullmatch(r"zh_B\d+-\d+", shape.name):
                assert all(size >= 14 for size in sizes)
                assert sum(len(wrapped(p.text, shape.width / Mm(1) - 8, 14.0)) for p in shape.text_frame.paragraphs) <= 15


def test_that_a_slide_of_text_alone_tells_each_paragraph_whole_where_there_is_room(tmp_path, zh):
    lowest = "；".join(f"第{k}个名称不短的行业（{k}分）" for k in range(9))
    said = (f"“应用深度”得分最低的行业共9个：{lowest}。", *(f"通用建议：第{k}条。" for k in range(6)))
    brief = replace(sample_brief(), blocks=(Heading("六、短板与建议", section="advice"), *map(Paragraph, said)))
    texts = [shape.text_frame.text for shape in written(brief, tmp_path, zh).slides[1].shapes if shape.has_text_frame]
    told = next(text for text in texts if "第5条" in text)
    assert [line.strip() for line in told.split("\n")] == list(said)  # the title tells the first paragraph only in part


def test_that_charts_and_tables_bear_the_name_of_their_block_and_a_description(tmp_path, zh):
    deck, blocks = written(whole_brief(most=0), tmp_path, zh), whole_brief().blocks
    for slide in deck.slides:
        for shape in slide.shapes:
            if not shape.has_chart and not shape.has_table:
                continue
            block = blocks[int(shape.name.removeprefix("zh_B"))]
            said = block.figure.alt if isinstance(block, FigureBlock) else block.title
            assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == said


def test_that_no_theme_font_is_left(tmp_path, zh):
    import zipfile

    written(whole_brief(), tmp_path, zh)
    with zipfile.ZipFile(tmp_path / "deck.pptx") as package:
        theme = next(package.read(n).decode() for n in package.namelist() if n.startswith("ppt/theme/theme1"))
        slides = "".join(package.read(n).decode() for n in package.namelist() if n.startswith("ppt/slides/slide"))
    assert "+mn-" not in slides and "+mj-" not in slides
    assert set(re.findall(r'<a:(?:latin|ea) typeface="([^"]*)"', theme)) == {"微软雅黑"}


def test_that_a_table_too_long_for_a_slide_says_how_many_rows_follow(tmp_path, zh):
    rows = [Row(f"r{k}", f"行业{k}", (share(0.3, 80),)) for k in range(200)]
    block = TableBlock("表", ReleasedTable("sectors", ("L2",), tuple(rows), "n5", 0), PROVENANCE)
    deck = written(whole_brief(blocks=(Heading("一"), block)), tmp_path, zh)
    table = next(shape for shape in deck.slides[1].shapes if shape.has_table)
    assert table.top + table.height <= deck.slide_height
    last = table.table.cell(len(table.table.rows) - 1, 0).text
    assert last == zh("deck.rows_left", n=200 - (len(table.table.rows) - 2))


def test_that_a_figure_of_two_hundred_sectors_is_no_chart_of_unreadable_names(tmp_path, zh):
    rows = [Row(f"r{k}", "很长的行业名称" * 9, (share(0.3, 80, 0.2, 0.4),)) for k in range(200)]
    block = FigureBlock(figure(FigureKind.RANKED, ReleasedTable("x", ("L2",), tuple(rows), "n5", 0)))
    deck = written(whole_brief(blocks=(Heading("一"), block)), tmp_path, zh)
    assert not [shape for shape in deck.slides[1].shapes if shape.has_chart]


def test_that_an_empty_brief_is_a_cover(tmp_path, zh):
    assert len(written(whole_brief(blocks=()), tmp_path, zh).slides) == 1
    assert len(written(whole_brief(most=1, blocks=()), tmp_path, zh).slides) == 1


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "{{title}}", "<a:t>&amp;]]>", "\x01+1\x0b\t@x\ufffe", "A" * 60])
def test_that_a_firms_words_stay_words(name, tmp_path, zh):
    rows = tuple(Row(f"r{k}", name, (share(0.3 + k / 10, 80, 0.2, 0.4),)) for k in range(3))
    block = FigureBlock(figure(FigureKind.RANKED, ReleasedTable("x", (name,), rows, "n5", 0)))
    grid = GridBlock("表", (name, "b"), ((name, name),))
    deck = written(whole_brief(blocks=(Heading("一"), Paragraph(name), block, grid)), tmp_path, zh)
    assert len(deck.slides) == 3


def drawing() -> Drawing:
    shapes = (
        Box(0, 0, 100, 50, fill="#ffffff"),
        Box(5, 5, 20, 10, "#0a6b68", "#000000", 0.3, hatch=True, radius=1.0),
        Path(((1, 1), (9, 9), (9, 1)), fill="#ff0000", opacity=0.5, closed=True),
        Path(((1, 1), (90, 1)), stroke="#123456", line=0.4, dash=(1.2, 1.0)),
        Dot(50, 25, 2, "#00ff00"),
        Label(50, 30, "进度滞后 <34%>", 4.0, "#111111", "middle", True),
    )
    return Drawing(100, 50, "#ffffff", shapes, "一句话")


def test_that_a_drawing_becomes_native_shapes_in_one_group_as_large_as_fits():
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    put_drawing(slide, drawing(), Frame(10, 10, 200, 80), "微软雅黑", "zh_B4")
    group = slide.shapes[0]
    assert (group.name, round(group.width / Mm(1)), round(group.height / Mm(1))) == ("zh_B4", 160, 80)
    kinds = [shape.shape_type for shape in group.shapes]
    assert len(kinds) == 5 and not [shape for shape in group.shapes if hasattr(shape, "image")]
    label = group.shapes[4]
    assert label.text_frame.text == "进度滞后 <34%>"
    assert label.text_frame.paragraphs[0].runs[0].font.size.pt == pytest.approx(4.0 * 1.6 / POINT_MM, abs=0.1)
    assert abs(label.left + label.width / 2 - group.left - group.width / 2) < Mm(0.5)
    for shape in group.shapes:
        assert shape.left >= group.left and shape.left + shape.width <= group.left + group.width


def test_that_a_template_of_one_slide_fills_it_with_the_drawing(tmp_path, zh):
    wall = figure(FigureKind.WALL, ranked_table())
    brief = whole_brief(most=1, blocks=(Heading("目标墙", section="wall"), FigureBlock(wall)))
    deck = written(brief, tmp_path, zh, draw=lambda _figure, _width, _height: drawing())
    assert len(deck.slides) == 1
    assert [shape.name for shape in deck.slides[0].shapes if shape.shape_type == 6] == ["zh_B1"]


def own_template(tmp_path, *boxes) -> BriefPlan:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for top, runs in enumerate(boxes):
        box = slide.shapes.add_textbox(Mm(10), Mm(10 + 60 * top), Mm(200), Mm(55))
        for text, bold in runs:
            run = box.text_frame.paragraphs[0].add_run()
            run.text, run.font.bold = text, bold
    deck.save(str(tmp_path / "own.pptx"))
    return BriefPlan(str(tmp_path / "own.pptx"))


def test_that_places_of_ones_own_slides_are_filled_in_the_look_they_have(tmp_path, zh):
    plan = own_template(
        tmp_path, [("现状：{{sh", True), ("are_l2}} 完", False)], [("{{figure_levels}}", False)], [("{{ table_goals }}", False)]
    )
    deck = written(replace(whole_brief(), plan=plan), tmp_path, zh)
    first, chart, table = deck.slides[0].shapes
    runs = [(run.text, run.font.bold) for run in first.text_frame.paragraphs[0].runs]
    assert runs == [("现状：59%", True), (" 完", False)]
    assert chart.has_chart and (chart.left, chart.width) == (Mm(10), Mm(200))
    assert table.has_table and table.name == "zh_B12"


def test_that_each_paragraph_of_a_text_place_is_a_paragraph_of_its_own(tmp_path, zh):
    plan = own_template(tmp_path, [("{{summary}}", True)])
    deck = written(replace(whole_brief(), plan=plan), tmp_path, zh)
    said = [paragraph.text for paragraph in deck.slides[0].shapes[0].text_frame.paragraphs]
    assert said == [block.text for block in whole_brief().blocks[1:4]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{tilte}}", "places.unknown"),
        ("{{ ''.__class__ }}", "places.syntax"),
        ("{{sections}}", "places.unknown"),
        ("没有位置", "places.none"),
        ("{% for x in y %}", "places.syntax"),
        ("见{{figure_levels}}", "slides.alone"),
    ],
)
def test_that_an_unknown_place_is_a_plain_sentence_and_leaves_no_file(text, code, tmp_path, zh):
    plan = own_template(tmp_path, [(text, False)])
    with pytest.raises(UserError) as found:
        written(replace(whole_brief(), plan=plan), tmp_path, zh)
    assert found.value.code == code
    assert not (tmp_path / "deck.pptx").exists()


def test_that_the_places_of_slides_can_be_listed(tmp_path):
    own_template(tmp_path, [("{{ti", True), ("tle}} {{ share_l2 }}", False)], [("{{table_goals}}", False)])
    assert named_places(tmp_path / "own.pptx") == ("share_l2", "table_goals", "title")


def test_that_slides_which_fetch_anything_from_elsewhere_are_refused(tmp_path, zh):
    plan = own_template(tmp_path, [("{{title}}", False)])
    deck = Presentation(plan.template)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/video"
    deck.slides[0].part.relate_to("http://127.0.0.1:9/a.mp4", kind, is_external=True)
    deck.save(plan.template)
    with pytest.raises(UserError) as found:
        written(replace(whole_brief(), plan=plan), tmp_path, zh)
    assert found.value.code == "places.linked"


def test_that_a_long_title_is_cut_where_powerpoint_takes_no_more(tmp_path, zh):
    deck = written(replace(whole_brief(), title="长" * 400), tmp_path, zh)
    assert len(deck.core_properties.title) == 255


def test_that_a_file_that_is_no_presentation_cannot_serve_as_slides(tmp_path, zh):
    (tmp_path / "own.pptx").write_bytes(b"PK\x03\x04 no")
    with pytest.raises(UserError):
        written(replace(whole_brief(), plan=BriefPlan(str(tmp_path / "own.pptx"))), tmp_path, zh)


def test_that_what_a_brief_says_is_never_read_as_a_place(tmp_path, zh):
    plan = own_template(tmp_path, [("{{title}}", False)], [("{{table_goals}}", False)])
    grid = GridBlock("表", ("a",), (("{{journal}}",),))
    brief = replace(whole_brief(), title="{{journal}}", blocks=(Heading("三", section="goals"), grid), plan=plan)
    deck = written(brief, tmp_path, zh)
    assert deck.slides[0].shapes[0].text_frame.text == "{{journal}}"
    assert deck.slides[0].shapes[1].table.cell(1, 0).text == "{{journal}}"
