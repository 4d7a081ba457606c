"""The page of official papers: A4, margins 37/35/28/26 mm, page number in the foot (GB/T 9704-2012, 5.2 and 7.5)."""

from __future__ import annotations

from typing import Any

from app.files.docx_text import TextLook, add_run, name_fonts, shape_paragraph

TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37, 35, 28, 26


def set_page(section: Any) -> None:
    """Set paper size and margins of a section."""
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.footer_distance = Mm(BOTTOM_MM - 7)


def set_language(document: Any, look: TextLook) -> None:
    """Give the styles we use our fonts in black, no theme fonts, no coloured rule, and zh-CN for Chinese punctuation."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(look.size), RGBColor(0, 0, 0)
        name_fonts(style.element.get_or_add_rPr(), look)
        properties = style.element.get_or_add_pPr()
        for border in properties.findall(qn("w:pBdr")):
            properties.remove(border)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def number_pages(section: Any, look: TextLook, pattern: str) -> None:
    """Put the page number in the foot; `pattern` holds it at NUL."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = section.footer.paragraphs[0]
    shape_paragraph(paragraph, look)
    paragraph.alignment = 1
    before, after = pattern.split("\0")
    add_run(paragraph, before, look)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = add_run(paragraph, "", look)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)
    add_run(paragraph, after, look)
