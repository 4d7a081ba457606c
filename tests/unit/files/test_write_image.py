"""Drawings as SVG and PNG: text stays text, dpi is true, the same drawing gives the same bytes."""

from __future__ import annotations

import io

import pytest
from lxml import etree
from PIL import Image

from app.domain.drawing import Box, Dot, Drawing, Label, Mark, Path
from app.domain.errors import UserError
from app.files.paint_png import paint
from app.files.write_image import svg, write_png, write_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawing():
    mark = Mark("share|2026|C|L2+", "制造业 <L2> & 以上 41%")
    shapes = (
        Box(10, 10, 30, 8, "#0b6e6a", mark=mark),
        Box(10, 22, 30, 8, "#dfe7e6", hatch=True),
        Path(((10, 40), (60, 35), (90, 20)), "#1d2626", 0.4, dash=(2, 1)),
        Path(((10, 40), (60, 35), (60, 45)), fill="#5fb0a9", opacity=0.3),
        Dot(60, 35, 1.5, "#ffffff", "#1d2626"),
        Label(12, 8, "制造业 <41%> & 更多", 3.5, "#1d2626", bold=True),
    )
    return Drawing(100, 60, "#ffffff", shapes, "一张图 & 说明")


def test_that_svg_keeps_text_as_text_and_is_well_formed():
    root = etree.fromstring(svg(drawing()).encode())
    assert [t.text for t in root.iter(f"{SVG}text")] == ["制造业 <41%> & 更多"]
    assert root.get("width") == "100mm"
    assert "制造业 <L2> & 以上 41%" in [t.text for t in root.iter(f"{SVG}title")]


@pytest.mark.parametrize("dpi", [96, 200, 300])
def test_that_a_png_has_the_size_of_its_dpi(dpi):
    image = Image.open(io.BytesIO(paint(drawing(), dpi)))
    assert image.width == pytest.approx(100 / 25.4 * dpi, abs=1)
    assert image.info["dpi"][0] == pytest.approx(dpi, abs=1)


def test_that_shapes_are_painted_where_they_stand():
    image = Image.open(io.BytesIO(paint(drawing(), 254)))
    assert image.getpixel((250, 140)) == (11, 110, 106)
    assert image.getpixel((950, 550)) == (255, 255, 255)
    assert image.crop((120, 45, 400, 85)).convert("L").getextrema()[0] < 80


def test_that_the_same_drawing_gives_the_same_bytes(tmp_path):
    write_png(drawing(), tmp_path / "a.png", 150)
    write_png(drawing(), tmp_path / "b.png", 150)
    write_svg(drawing(), tmp_path / "a.svg")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    assert (tmp_path / "a.svg").read_text(encoding="utf-8") == svg(drawing())


def test_that_a_missing_folder_is_a_plain_sentence(tmp_path):
    with pytest.raises(UserError):
        write_svg(drawing(), tmp_path / "no" / "a.svg")
