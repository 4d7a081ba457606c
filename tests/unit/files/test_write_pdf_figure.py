"""A figure as PDF: vectors of its true size, text that can be read back, the same bytes twice."""

from __future__ import annotations

import base64
import re
import zlib

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from app.domain.drawing import Box, Dot, Drawing, Label, Mark, Path
from app.domain.errors import UserError
from app.files.write_pdf_figure import pdf, write_pdf_figure

ALT = "一张图：制造业达到L2及以上的占41%。"


def drawing():
    shapes = (
        Box(10, 10, 30, 8, "#0b6e6a", mark=Mark("share|2026|C|L2+", "制造业 41%")),
        Box(10, 22, 30, 8, "#dfe7e6", hatch=True),
        Path(((10, 40), (60, 35), (90, 20)), "#1d2626", 0.4, dash=(2, 1)),
        Path(((10, 40), (60, 35), (60, 45)), fill="#ff0000", opacity=0.5),
        Dot(80, 50, 3, "#0000ff", "#1d2626"),
        Label(12, 8, "制造业 <41%> & 更多 ●▲■◇‡†", 3.5, "#1d2626", bold=True),
        Label(90, 57, "右对齐 English 1,234", 3.0, "#1d2626", "end"),
    )
    return Drawing(100, 60, "#ffffff", shapes, ALT)


@pytest.fixture(scope="module")
def page():
    return pypdfium2.PdfDocument(pdf(drawing()))[0]


def test_that_the_page_has_the_size_of_the_drawing(page):
    assert page.get_size() == pytest.approx((100 / 25.4 * 72, 60 / 25.4 * 72), abs=0.01)


def test_that_text_stays_text_and_can_be_read_back(page):
    said = page.get_textpage().get_text_range()
    assert "制造业 <41%> & 更多 ●▲■◇‡†" in said
    assert "右对齐 English 1,234" in said


def test_that_fonts_are_embedded_as_subsets_of_the_bundled_one():
    content = pdf(drawing())
    names = set(re.findall(rb"/BaseFont /([A-Z]{6}\+\S+)", content))
    assert len(names) == 2
    assert all(b"NotoSansSC" in name for name in names)
    assert len(content) < 60_000


def test_that_nothing_is_a_picture_and_shapes_stand_where_they_should(page):
    kinds = {item.type for item in page.get_objects()}
    assert pdfium.FPDF_PAGEOBJ_IMAGE not in kinds
    assert {pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH} <= kinds
    image = page.render(scale=254 / 72).to_pil().convert("RGB")  # ten pixels a millimetre
    assert image.getpixel((250, 140)) == (11, 110, 106)
    assert image.getpixel((800, 500)) == (0, 0, 255)
    assert image.getpixel((950, 550)) == (255, 255, 255)
    red, green, _ = image.getpixel((500, 385))
    assert red == 255
    assert 110 < green < 145  # half covered
    hatched = {image.getpixel((x, 260)) for x in range(110, 390)}
    assert len(hatched) > 2


def test_that_the_alternative_text_stands_in_the_file():
    content = pdf(drawing())
    assert pypdfium2.PdfDocument(content).get_metadata_dict()["Title"] == ALT
    packed = re.search(rb"/ASCII85Decode /FlateDecode.*?stream\s+(.*?)endstream", content, re.DOTALL)
    drawn = zlib.decompress(base64.a85decode(packed.group(1).strip().removesuffix(b"~>")))
    marked = re.search(rb"/Figure <</Alt <FEFF([0-9a-f]+)>>> BDC(.*)EMC", drawn, re.DOTALL)
    assert bytes.fromhex(marked.group(1).decode()).decode("utf-16-be") == ALT
    assert marked.group(2).count(b"BT") == 2  # everything is drawn inside


def test_that_the_same_drawing_gives_the_same_bytes(tmp_path):
    write_pdf_figure(drawing(), tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == pdf(drawing())
    assert b"D:2000" in pdf(drawing())  # the library's fixed date; nothing of this machine or hour


def test_that_a_missing_folder_is_a_plain_sentence(tmp_path):
    with pytest.raises(UserError):
        write_pdf_figure(drawing(), tmp_path / "no" / "a.pdf")
