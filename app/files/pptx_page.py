"""One slide of a deck: title, measure line, footnotes and foot at their places, and shapes that bear the name of their block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.brief import Brief
from app.domain.drawing import Drawing
from app.domain.figure import Figure
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.chart_layout import Frame
from app.files.office_xml import DRAWING, Ink, letters
from app.files.pptx_text import Passage, fitted, height_of, set_body

WIDTH, HEIGHT, MARGIN = 338.67, 190.5, 16.0  # mm, 16 : 9
INNER = WIDTH - 2 * MARGIN
KICKER_TOP, TITLE_TOP, TITLE_HEIGHT, BODY_TOP, FOOT_TOP = 7.0, 13.5, 23.0, 46.0, 180.5
TITLE, SUBTITLE, BODY, NOTE = 24.0, 14.0, 16.0, 10.0  # points
LEAST_TITLE, LEAST_BODY = 18.0, 14.0
MOST_NOTES = 3  # lines of footnotes
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
FIELD = "{7B1C2E64-0A54-4F0B-9C7E-2F6D3A1B5C80}"  # any id will do: fields want one
TITLE_LAYOUT, TITLE_ONLY_LAYOUT = 0, 5  # of python-pptx's default template

Draw = Callable[[Figure, float, float], Drawing]
"""Lays a figure out on so many mm across and down, without its title and notes."""


@dataclass(slots=True)
class Deck:
    """A presentation being written."""

    deck: Any
    brief: Brief
    palette: Palette
    texts: Texts
    draw: Draw | None = None
    notes: list[str] = field(default_factory=list)

    def ink(self, size: float, colour: str = "", bold: bool = False) -> Ink:
        """Return the look of words."""
        lang = "zh-CN" if self.texts.lang == "zh" else "en-US"
        return Ink(self.texts("write.slide_font"), size, colour or self.palette.text, lang, bold)

    @property
    def joint(self) -> str:
        """What stands between notes on one line."""
        return "　" if self.texts.lang == "zh" else "   "


def block_name(place: int) -> str:
    """Return the name of a shape that holds block `place` of the brief, by which a reader finds it again."""
    return f"zh_B{place}"


def new_slide(deck: Deck, title: str, kicker: str = "", name: str = "") -> Any:
    """Return a new slide with its title, the section's name above it, and the foot; `name` is that of the title's block."""
    slide = deck.deck.slides.add_slide(deck.deck.slide_layouts[-1])
    bar(deck, slide, Frame(0.0, TITLE_TOP, 4.0, TITLE_HEIGHT))
    passage = Passage((title,), deck.ink(TITLE, bold=True), anchor="ctr")
    put_title(slide, fitted(passage, (INNER, TITLE_HEIGHT), LEAST_TITLE), Frame(MARGIN, TITLE_TOP, INNER, TITLE_HEIGHT), name)
    if kicker:
        put_text(slide, Passage((kicker,), deck.ink(12, deck.palette.accent, True)), Frame(MARGIN, KICKER_TOP, INNER, 6.0))
    foot(deck, slide)
    return slide


def put_title(slide: Any, passage: Passage, frame: Frame, name: str = "") -> None:
    """Set the words of the title; all four of its places: setting some moves it to the top left."""
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = emu(frame)
    set_body(shape, passage)
    if name:
        shape.name = name


def subtitle(deck: Deck, slide: Any, text: str) -> float:
    """Write the measure line and return where the body begins, in mm."""
    if not text:
        return BODY_TOP - 7.0
    passage = fitted(Passage((text,), deck.ink(SUBTITLE, deck.palette.muted)), (INNER, 7.0), 12.0)
    height = height_of(passage, INNER)
    put_text(slide, passage, Frame(MARGIN, TITLE_TOP + TITLE_HEIGHT + 1.5, INNER, height))
    return TITLE_TOP + TITLE_HEIGHT + 3.5 + height


def foot(deck: Deck, slide: Any) -> None:
    """Write at the foot how far the brief is signed, that its data are invented where they are, and the slide's number."""
    said = [text for text in (deck.brief.standing, deck.brief.synthetic) if text]
    ink = deck.ink(NOTE, deck.palette.warning if said else deck.palette.muted)
    put_text(slide, Passage((deck.joint.join(said),), ink), Frame(MARGIN, FOOT_TOP, INNER - 30.0, 6.0))
    number(deck, slide)


def number(deck: Deck, slide: Any) -> None:
    """Write the slide's number as a field, which the program that shows it fills in."""
    from pptx.oxml import parse_xml

    box = put_text(
        slide, Passage(("",), deck.ink(NOTE, deck.palette.muted), align="r"), Frame(WIDTH - MARGIN - 28.0, FOOT_TOP, 28.0, 6.0)
    )
    line = box.text_frame._txBody.p_lst[0]
    shown = len(deck.deck.slides)
    look = letters(deck.ink(NOTE, deck.palette.muted), "rPr")
    field_ = f'<a:fld xmlns:a="{DRAWING}" id="{FIELD}" type="slidenum">{look}<a:t>{shown}</a:t></a:fld>'
    line.replace(line.r_lst[0], parse_xml(field_))


def footnotes(deck: Deck, slide: Any, lines: Sequence[str]) -> float:
    """Write what a figure rests on, as many of its lines as stand on three, and return where they begin, in mm."""
    ink = deck.ink(NOTE, deck.palette.muted)
    kept: list[str] = []
    for line in lines:
        tried = Passage((deck.joint.join((*kept, line)),), ink)
        if line and (not kept or height_of(tried, INNER) <= height_of(Passage(("",) * MOST_NOTES, ink), INNER)):
            kept.append(line)
    if not kept:
        return FOOT_TOP - 2.0
    passage = Passage((deck.joint.join(kept),), ink)
    height = height_of(passage, INNER)
    put_text(slide, passage, Frame(MARGIN, FOOT_TOP - 1.5 - height, INNER, height))
    return FOOT_TOP - 3.5 - height


def put_text(slide: Any, passage: Passage, frame: Frame, name: str = "") -> Any:
    """Add a box with words and return it."""
    box = slide.shapes.add_textbox(*emu(frame))
    set_body(box, passage)
    if name:
        box.name = name
    return box


def put_notes(slide: Any, deck: Deck, lines: Sequence[str]) -> None:
    """Write speaker's notes: a paragraph a line."""
    kept = tuple(line for line in lines if line)
    if kept:
        set_body(slide.notes_slide.notes_placeholder, Passage(kept, deck.ink(12), after=4))


def bar(deck: Deck, slide: Any, frame: Frame, colour: str = "") -> Any:
    """Add a plain box of colour and return it."""
    from pptx.enum.shapes import MSO_SHAPE

    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *emu(frame))
    fill(shape.fill, colour or deck.palette.accent)
    shape.line.fill.background()
    style = shape._element.find(f"{{{PRESENTATION}}}style")
    if style is not None:  # it would add the theme's shadow
        shape._element.remove(style)
    return shape


def fill(part: Any, colour: str) -> None:
    """Fill a shape or cell with a colour."""
    from pptx.dml.color import RGBColor

    part.solid()
    part.fore_color.rgb = RGBColor.from_string(colour.lstrip("#").upper())


def emu(frame: Frame) -> tuple[Any, Any, Any, Any]:
    """Return a frame in mm as python-pptx counts."""
    from pptx.util import Mm

    return Mm(frame.x), Mm(frame.y), Mm(frame.width), Mm(frame.height)
