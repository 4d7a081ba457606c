"""A user's own slides as a template: text places are filled in the look they have, a box that names a table or figure becomes it.

Every text is gone through once, so nothing that a firm wrote is ever read as a place; only names of places are understood.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.brief import FigureBlock, GridBlock, TableBlock
from app.domain.errors import UserError
from app.files.brief_places import (
    ABSENT,
    END,
    NAMED,
    NUMBER,
    PARAGRAPH,
    Places,
    clean_text,
    known_places,
    places_of,
    unknown_place,
)
from app.files.chart_layout import Frame
from app.files.file_names import shown_name
from app.files.office_xml import DRAWING
from app.files.pptx_page import INNER, MARGIN, Deck, block_name
from app.files.pptx_slides import put_figure, table_cells
from app.files.pptx_table import Cells, put_table
from app.files.readback.document import read_document
from app.files.template_links import check_links

EMU = 36000  # a millimetre
PLACES = tuple(name for name in known_places() if name != "sections")  # slides have no loops to go through a list
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

    UserError: `document.*` for what cannot be read, `slides.not_pptx`, `places.linked` as `check_links`, `places.none` where no
    place is named, `places.unknown` for one there is none of, `places.syntax` for what is more than a place, `slides.alone` for a
    table or figure named within other text.
    """
    deck.deck = _opened(path)
    _named(deck.deck, shown_name(path))
    filling = _Filling(deck, shown_name(path), places_of(deck.brief, deck.texts))
    for slide in deck.deck.slides:
        _fill_slide(filling, slide)
    buffer = io.BytesIO()
    deck.deck.save(buffer)
    return buffer.getvalue()


def named_places(path: Path) -> tuple[str, ...]:
    """Return the places that the presentation at `path` names, in order of the alphabet; UserError as `filled`."""
    names = _named(_opened(path), shown_name(path))
    for name in names:
        if name not in PLACES:
            raise unknown_place(name, PLACES, shown_name(path))
    return names


def _opened(path: Path) -> Any:
    if read_document(path).kind != "pptx":
        raise UserError("slides.not_pptx", file=shown_name(path))
    check_links(path)
    from pptx import Presentation

    try:
        return Presentation(str(path))
    except (ValueError, KeyError, OSError) as error:
        raise UserError("document.damaged", file=shown_name(path)) from error


def _named(deck: Any, file: str) -> tuple[str, ...]:
    """Return the places that slides and their notes name; UserError `places.none`, `places.syntax`."""
    texts = [_text_of(paragraph) for slide in deck.slides for paragraph in _paragraphs(slide)]
    names = {found.group(1) for text in texts for found in _places_in(text, file)}
    if not names:
        raise UserError("places.none", file=file)
    return tuple(sorted(names))


def _paragraphs(slide: Any) -> list[Any]:
    notes = slide.notes_slide._element.iter(_PARAGRAPH) if slide.has_notes_slide else ()
    return [*slide._element.iter(_PARAGRAPH), *notes]


def _text_of(paragraph: Any) -> str:
    return "".join(run.text or "" for run in paragraph.iter(f"{{{DRAWING}}}t"))


def _fill_slide(filling: _Filling, slide: Any) -> None:
    named = [(shape, _whole(shape)) for shape in slide.shapes]
    boxes = [(shape, name) for shape, name in named if name in filling.places.blocks and not _is_text(name)]
    apart = {paragraph for shape, _ in boxes for paragraph in shape._element.iter(_PARAGRAPH)}
    for paragraph in _paragraphs(slide):
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
        put_table(deck, slide, table_cells(block.table, deck, block.row_header), frame, block_name(places[0]), block.title)
    else:
        put_table(deck, slide, Cells([block.columns, *block.rows]), frame, block_name(places[0]), block.title)
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
    text = _text_of(paragraph)
    pieces = [(*found.span(), _value(filling, found.group(1))) for found in _places_in(text, filling.file)]
    more: list[str] = []
    look = 0
    for start, end, value in reversed(pieces):
        first, *rest = value.split(PARAGRAPH)
        run = _replace(runs, start, end, first)
        if rest:
            more, look = [*rest, *more], run
    _follow(paragraph, more, look)


def _places_in(text: str, file: str) -> Iterator[re.Match[str]]:
    """Yield each place of a text; UserError `places.syntax` for braces around anything else."""
    code = _CODE.search(_PLACE.sub("", text))
    if code is not None:
        raise UserError("places.syntax", file=file, reason=clean_text(code.group(0)))
    yield from _PLACE.finditer(text)


def _value(filling: _Filling, name: str) -> str:
    places = filling.places
    if name in places.texts:
        return _MARKS.sub("", places.texts[name])
    if _is_text(name) and name in places.blocks:
        return _MARKS.sub("", places.texts.get(f"text_{name.split('_', 1)[1]}", ABSENT))
    if name in places.blocks:
        raise UserError("slides.alone", file=filling.file, place=name)
    raise unknown_place(name, (*PLACES, *places.blocks), filling.file)


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
