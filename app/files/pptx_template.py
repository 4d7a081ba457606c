"""A user's own slides as a template: text places are filled in the look they have, a box that names a table or figure becomes it.

Every text is gone through once, so nothing that a firm wrote is ever read as a place; only names of places are understood.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from app.domain.brief import FigureBlock, GridBlock, TableBlock
from app.domain.errors import UserError
from app.files.brief_places import ABSENT, END, NAMED, NUMBER, PARAGRAPH, Places, clean_text, known_places, places_of
from app.files.chart_layout import Frame
from app.files.file_names import shown_name
from app.files.office_xml import DRAWING
from app.files.pptx_page import INNER, MARGIN, Deck, block_name
from app.files.pptx_slides import put_figure, table_cells
from app.files.pptx_table import Cells, put_table
from app.files.readback.document import read_document

EMU = 36000  # a millimetre
LEAST = (30.0, 20.0)  # mm: a smaller box is no room for a table or figure
_PLACE = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
_CODE = re.compile(r"\{[{%#].{0,40}")
_PARAGRAPH = f"{{{DRAWING}}}p"
_MARKS = re.compile(f"{NUMBER}[^{NAMED}]*{NAMED}|{END}")


@dataclass(slots=True)
class _Filling:
    """A template being filled: the deck, its name as shown, and what its places hold."""

    deck: Deck
    file: str
    places: Places


def filled(path: Path, deck: Deck) -> bytes:
    """Return the user's presentation with its places filled; `deck.deck` is set to it.

    UserError: `document.*` for what cannot be read, `slides.not_pptx`, `places.unknown` for a place there is none of,
    `places.syntax` for what is more than a place, `slides.alone` for a table or figure named within other text.
    """
    if read_document(path).kind != "pptx":
        raise UserError("slides.not_pptx", file=shown_name(path))
    from pptx import Presentation

    try:
        deck.deck = Presentation(str(path))
    except (ValueError, KeyError, OSError) as error:
        raise UserError("document.damaged", file=shown_name(path)) from error
    filling = _Filling(deck, shown_name(path), places_of(deck.brief, deck.texts))
    for slide in deck.deck.slides:
        _fill_slide(filling, slide)
    buffer = io.BytesIO()
    deck.deck.save(buffer)
    return buffer.getvalue()


def _fill_slide(filling: _Filling, slide: Any) -> None:
    named = [(shape, _whole(shape)) for shape in slide.shapes]
    boxes = [(shape, name) for shape, name in named if name in filling.places.blocks and not _is_text(name)]
    apart = {paragraph for shape, _ in boxes for paragraph in shape._element.iter(_PARAGRAPH)}
    paragraphs = list(slide._element.iter(_PARAGRAPH))
    if slide.has_notes_slide:
        paragraphs += slide.notes_slide._element.iter(_PARAGRAPH)
    for paragraph in paragraphs:
        if paragraph not in apart:
            _fill_paragraph(filling, paragraph)
    for shape, name in boxes:  # after the texts: what a firm wrote into a table is no place
        _put_block(filling, slide, shape, name)


def _whole(shape: Any) -> str:
    """Return the place that is all the text of a shape, "" where there is other text or none."""
    text = shape.text_frame.text.strip() if shape.has_text_frame else ""
    found = _PLACE.fullmatch(text)
    return found.group(1) if found else ""


def _is_text(name: str) -> bool:
    """Whether a place of several blocks is told by its text: sections are, tables and figures stand for themselves."""
    return name.startswith(("section_", "body_"))


def _put_block(filling: _Filling, slide: Any, shape: Any, name: str) -> None:
    """Put the table or figure of a place where its box stands; a brief that has none leaves a sign."""
    deck, places = filling.deck, filling.places.blocks[name]
    block = deck.brief.blocks[places[0]] if places else None
    frame = _frame(shape)
    if not isinstance(block, FigureBlock | TableBlock | GridBlock):
        shape.text_frame.text = ABSENT
        return
    if isinstance(block, FigureBlock):
        put_figure(deck, slide, block.figure, frame, block_name(places[0]))
    elif isinstance(block, TableBlock):
        put_table(deck, slide, table_cells(block.table, deck, block.row_header), frame, block_name(places[0]))
    else:
        put_table(deck, slide, Cells([block.columns, *block.rows]), frame, block_name(places[0]))
    made = slide.shapes._spTree[-1]
    shape._element.addprevious(made)  # as far in front as the box was
    shape._element.getparent().remove(shape._element)


def _frame(shape: Any) -> Frame:
    """Return where a box stands in mm; one of a size that holds nothing has that of a usual body."""
    sides = (shape.left, shape.top, shape.width, shape.height)
    if any(side is None for side in sides) or shape.width / EMU < LEAST[0] or shape.height / EMU < LEAST[1]:
        left, top = (side / EMU if side is not None else at for side, at in ((shape.left, MARGIN), (shape.top, 46.0)))
        return Frame(left, top, max((shape.width or 0) / EMU, INNER / 2), max((shape.height or 0) / EMU, 90.0))
    return Frame(*(side / EMU for side in sides))


def _fill_paragraph(filling: _Filling, paragraph: Any) -> None:
    """Fill the places of a paragraph: each takes the look of the run in which it begins."""
    runs = list(paragraph.iter(f"{{{DRAWING}}}t"))
    text = "".join(run.text or "" for run in runs)
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return
    pieces = list(_pieces(filling, text))
    more: list[str] = []
    look = 0
    for start, end, value in reversed(pieces):
        first, *rest = value.split(PARAGRAPH)
        run = _replace(runs, start, end, first)
        if rest:
            more, look = [*rest, *more], run
    _follow(paragraph, more, look)


def _pieces(filling: _Filling, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each place of a text as (start, end, what stands there); UserError for what is no place."""
    rest = _PLACE.sub("", text)
    code = _CODE.search(rest)
    if code is not None:
        raise UserError("places.syntax", file=filling.file, reason=clean_text(code.group(0)))
    for found in _PLACE.finditer(text):
        yield found.start(), found.end(), _value(filling, found.group(1))


def _value(filling: _Filling, name: str) -> str:
    places = filling.places
    if name in places.texts:
        return _MARKS.sub("", places.texts[name])
    if _is_text(name) and name in places.blocks:
        return _MARKS.sub("", places.texts.get(f"text_{name.split('_', 1)[1]}", ABSENT))
    if name in places.blocks:
        raise UserError("slides.alone", file=filling.file, place=name)
    known = (*known_places(), *places.blocks)
    nearest = get_close_matches(name, known, 1, 0.0)
    raise UserError("places.unknown", file=filling.file, place=clean_text(name), nearest=nearest[0] if nearest else known[0])


def _replace(runs: list[Any], start: int, end: int, value: str) -> int:
    """Replace the letters start … end of the joined runs; the run where they begin bears the new ones, and its place returns."""
    at, written, bearer = 0, False, 0
    for place, run in enumerate(runs):
        text = run.text or ""
        low, high = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if low < high:
            run.text = text[:low] + ("" if written else value) + text[high:]
            bearer, written = (bearer if written else place), True
    return bearer


def _follow(paragraph: Any, lines: list[str], look: int) -> None:
    """Add further paragraphs of a text below the one of its place, each with the look of run `look`."""
    for line in reversed([line for line in lines if line]):
        made = copy.deepcopy(paragraph)
        runs = list(made.iter(f"{{{DRAWING}}}r"))
        for place, run in enumerate(runs):
            if place != look:
                run.getparent().remove(run)
        for text in made.iter(f"{{{DRAWING}}}t"):
            text.text = line
        paragraph.addnext(made)
