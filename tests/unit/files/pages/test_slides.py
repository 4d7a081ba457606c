"""A presentation read back: every shape at its place, with words, tables, charts."""

from __future__ import annotations

import io

import pytest

from app.domain.errors import UserError
from app.domain.paper import Grid, Placed
from app.files.pages.slides import read_pptx
from app.files.resources import load_palette
from tests.unit.files.sample_brief import sample_brief


@pytest.fixture(scope="module")
def deck(zh, tmp_path_factory):
    from app.files.write_pptx import write_pptx

    path = tmp_path_factory.mktemp("pptx") / "brief.pptx"
    write_pptx(sample_brief(), path, load_palette("light"), zh)
    return read_pptx(path.read_bytes(), "brief.pptx")


def words(slide):
    return "\n".join(block.text for shape in slide.shapes for block in shape.blocks if not isinstance(block, Grid))


def test_that_every_slide_is_wide_and_has_its_title(deck):
    assert {round(slide.width / slide.height, 2) for slide in deck.slides} == {1.78}
    assert sample_brief().title.split("\n")[0] in words(deck.slides[0])


def test_that_everything_lies_on_the_slide(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.x >= -1 and shape.x + shape.width <= slide.width + 1
            assert shape.y >= -1 and shape.y + shape.height <= slide.height + 1


def test_that_charts_and_tables_are_read(deck):
    drawn = [shape.drawn for slide in deck.slides for shape in slide.shapes if isinstance(shape.drawn, Placed)]
    assert any(placed.chart.groups and placed.chart.groups[0].series for placed in drawn)


def test_that_a_placeholder_has_its_place_from_its_layout():
    from pptx import Presentation

    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "题目", "第一条"
    stream = io.BytesIO()
    presentation.save(stream)
    (found,) = read_pptx(stream.getvalue(), "x").slides
    title, body = found.shapes[:2]
    assert title.title and title.width > 300 and title.blocks[0].runs[0].ink.size == 44.0
    assert body.y > title.y
    assert body.blocks[0].text == "•\t第一条"


def test_that_what_is_no_presentation_is_refused():
    with pytest.raises(UserError, match=r"paper\.not_document"):
        read_pptx(b"PK", "坏.pptx")
