"""Nothing overlaps, nothing leaves the page, every mark can be opened."""

from __future__ import annotations

from itertools import combinations

import pytest
import small_study
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.drawing import Box, Dot, Label, Path
from app.domain.release import CellStatus
from app.domain.selection import Selection
from app.present.draw import draw
from app.present.draw.place import inside, label_box, overlap
from app.present.draw.style import Rect, contrast, mix, readable_on
from app.present.draw.text import ELLIPSIS, balanced, text_width, wrap
from app.present.figures import figure_ids, make_figure

SLACK = 0.05  # millimetres


@pytest.fixture(scope="module")
def palettes():
    from app.files.resources import load_palette

    return load_palette("light"), load_palette("dark")


def labels(drawing):
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def check_page(drawing):
    page = Rect(0, 0, drawing.width, drawing.height)
    boxes = [(label, label_box(label)) for label in labels(drawing)]
    for label, box in boxes:
        assert inside(box, page, SLACK), label
    for (one, a), (other, b) in combinations(boxes, 2):
        assert not overlap(a, b, SLACK), (one, other)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("sectors", [1, 5, 14, 20])
@pytest.mark.parametrize("width", [150.0, 250.0])
def test_that_labels_never_overlap_or_leave_the_page(palettes, lang, sectors, width):
    study = small_study.many_sectors(sectors)
    resources, texts = small_study.resources(), small_study.texts(lang)
    for id_ in figure_ids(study):
        for bare in (False, True):
            check_page(draw(make_figure(study, resources, id_, texts), palettes[0], width, 90.0, texts, bare))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_two_waves_with_hidden_cells_and_a_fan_do_not_overlap_either(palettes, small, small_resources, lang):
    texts = small_study.texts(lang)
    for id_ in figure_ids(small):
        for width in (120.0, 160.0, 330.0):
            check_page(
                draw(make_figure(small, small_resources, id_, texts, Selection(sector="C")), palettes[1], width, 60.0, texts)
            )


def test_that_shapes_stay_on_the_page(palettes, small, small_resources, chinese):
    for id_ in figure_ids(small):
        drawing = draw(make_figure(small, small_resources, id_, chinese), palettes[0], 160.0, 100.0, chinese)
        for shape in drawing.shapes:
            points = shape.points if isinstance(shape, Path) else ()
            if isinstance(shape, Box):
                points = ((shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height))
            if isinstance(shape, Dot):
                points = ((shape.x, shape.y),)
            assert all(-SLACK <= x <= 160 + SLACK and -SLACK <= y <= drawing.height + SLACK for x, y in points), shape


def test_that_the_estimated_width_is_never_less_than_the_bundled_font(chinese, english):
    from PIL import ImageFont

    from app.files.resources import resources_folder

    texts = [chinese(key) for key in ("figure.draw.small", "brief.method.two")]
    texts += [english(key) for key in ("brief.method.two", "wording.caution.volunteer")]
    texts += ["C 制造业 41%†（36–46%）‡ · 1.2亿元", "Wave 2026: 57% (49–65%) of 1,234 firms — “quoted”"]
    for bold, name in ((False, "Regular"), (True, "Bold")):
        font = ImageFont.truetype(str(resources_folder() / "fonts" / f"NotoSansSC-{name}.ttf"), 1000)
        for text in texts:
            assert text_width(text, 1000, bold) >= font.getlength(text) * 0.995, text


@given(st.text(alphabet="制造业，。（）AI plus-2027%“”、 ", max_size=60), st.floats(3.0, 60.0))
def test_that_wrapping_loses_nothing_and_fits(text, width):
    lines = wrap(text, width, 3.0)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, 3.0) <= width or len(line) == 1 for line in lines)


@given(st.text(alphabet="信息传输软件IT services和", min_size=1, max_size=60), st.floats(8.0, 60.0), st.integers(1, 3))
@settings(max_examples=60)
def test_that_a_limit_of_lines_holds_and_a_cut_shows(text, width, most):
    lines = wrap(text, width, 3.0, most)
    assert len(lines) <= most
    cut = "".join("".join(lines).split()) != "".join(text.split())
    assert lines[-1].endswith(ELLIPSIS) == cut
    assert len(balanced(text, width, 3.0, most)) == len(lines)


def test_that_no_line_begins_with_closing_punctuation():
    lines = wrap("制造业达到二级及以上的企业占四成，（全部企业为三成）、信息业最高。", 15.0, 3.0)
    assert all(line[0] not in "，。）、" for line in lines)
    assert all(line[-1] != "（" for line in lines)


def test_that_every_value_mark_opens_evidence_and_reads_out_a_sentence(palettes, small, small_resources, chinese):
    for id_ in figure_ids(small):
        figure = make_figure(small, small_resources, id_, chinese)
        drawing = draw(figure, palettes[0], 200.0, 100.0, chinese)
        marks = {shape.mark.evidence: shape.mark.sentence for shape in drawing.shapes if shape.mark is not None}
        wanted = {c.evidence for r in figure.table.rows for c in r.cells if c.value or c.status is CellStatus.HIDDEN}
        missing = wanted - set(marks)
        merged = ("levels-by-sector", "levels-multiples")  # a hidden row there has one mark for all its levels
        lost = {c.evidence for r in figure.table.rows for c in r.cells if c.status is CellStatus.HIDDEN}
        assert not missing or id_ in merged or (id_ == "sectors-scatter" and missing <= lost)  # and no dot in a scatter
        assert all(marks.values())


def test_that_hidden_and_small_cells_are_explained_in_the_figure(palettes, small, small_resources, chinese):
    said = " ".join(
        label.text for label in labels(draw(make_figure(small, small_resources, "heat", chinese), palettes[0], 200, 90, chinese))
    )
    assert "‡" in said
    assert chinese("figure.draw.hidden_key") in said
    few = small_study.study(waves=("2026",), sectors={"C": 30, "J": 7})
    drawing = draw(make_figure(few, small_resources, "sectors-l2", chinese), palettes[0], 200, 90, chinese)
    assert chinese("figure.draw.small") in " ".join(label.text for label in labels(drawing))
    assert any(isinstance(shape, Dot) and shape.fill == palettes[0].surface for shape in drawing.shapes)


def test_that_bars_start_at_zero_and_intervals_are_painted_before_their_mark(palettes, small, small_resources, chinese):
    drawing = draw(make_figure(small, small_resources, "sectors-l2", chinese), palettes[0], 200, 90, chinese)
    bars = [s for s in drawing.shapes if isinstance(s, Box) and s.mark is not None]
    assert len({round(bar.x, 3) for bar in bars}) == 1
    order = [
        (i, s) for i, s in enumerate(drawing.shapes) if getattr(s, "mark", None) and s.mark.evidence.startswith("share|2026|C")
    ]
    path = next(i for i, s in order if isinstance(s, Path))
    dot = next(i for i, s in order if isinstance(s, Dot))
    assert path < dot


def test_that_a_demonstration_figure_shows_its_mark_even_bare(palettes, small_resources, chinese):
    study = small_study.study(synthetic=True)
    for id_ in figure_ids(study):
        drawing = draw(make_figure(study, small_resources, id_, chinese), palettes[0], 160, 90, chinese, bare=True)
        assert any(label.text.startswith("示范数据") for label in labels(drawing)), id_


def test_that_the_footer_prints_every_line_of_the_provenance(palettes, small, small_resources, chinese):
    figure = make_figure(small, small_resources, "heat", chinese)
    drawing = draw(figure, palettes[0], 200, 90, chinese)
    said = "".join("".join(label.text for label in labels(drawing)).split())
    for line in figure.provenance.lines(chinese):
        assert "".join(line.split()) in said


def test_that_numbers_on_the_heat_scale_can_be_read(palettes):
    for palette in palettes:
        fills = [mix(palette.heat[0], palette.heat[1], k / 20) for k in range(21)]
        assert min(contrast(fill, readable_on(fill)) for fill in fills) >= 4.5


def test_that_the_same_figure_is_laid_out_the_same_twice(palettes, small, small_resources, english):
    figure = make_figure(small, small_resources, "levels-by-sector", english)
    assert draw(figure, palettes[0], 160, 90, english) == draw(figure, palettes[0], 160, 90, english)


def test_that_a_shortened_label_keeps_its_spaces_and_words_stay_whole():
    name = "A Agriculture, forestry, animal husbandry and fishery"
    joined = " ".join(wrap(name, 30.0, 3.0, 2)).removesuffix(ELLIPSIS)
    assert all(word in name.split() for word in joined.split()[:-1])
    lines = balanced("Infrastructure and systems", text_width("Infrastructure", 3.0) * 1.05, 3.0, 3)
    assert lines[0] == "Infrastructure"


def test_that_no_sector_name_is_cut_nor_a_column_head_torn_in_english(palettes, small, small_resources, english):
    figure = make_figure(small, small_resources, "heat", english)
    drawn = [label.text for label in labels(draw(figure, palettes[0], 178.0, 150.0, english))]
    assert not [text for text in drawn if ELLIPSIS in text]
    words = {word for name in figure.table.columns for word in name.split()}
    assert {"Infrastructure", "Governance", "organisation"} <= words & {word for text in drawn for word in text.split()}


@pytest.mark.parametrize("width", [156.0, 178.0, 220.0])
def test_that_a_head_that_just_fits_is_not_torn_by_rounding(palettes, small, small_resources, english, width):
    drawn = draw(make_figure(small, small_resources, "heat", english), palettes[0], width, 190.0, english)
    assert any("Infrastructure" in label.text for label in labels(drawn))
