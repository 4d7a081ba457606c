"""Write a Brief as slides: a cover, then the most important of each section with its finding as title and an editable chart."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.brief import Brief, FigureBlock, GridBlock, TableBlock
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.atomic import write_atomically
from app.files.pptx_choose import REST, SUMMARY, Item, chosen, items_of, sections_of
from app.files.pptx_page import HEIGHT, INNER, TITLE_LAYOUT, TITLE_ONLY_LAYOUT, WIDTH, Deck, Draw, put_notes
from app.files.pptx_slides import (
    cards_slide,
    cover,
    figure_slide,
    finding,
    grid_slide,
    height_left,
    table_slide,
    text_slide,
    wall_slide,
)
from app.files.pptx_table import split
from app.files.pptx_template import filled
from app.files.pptx_text import first_sentence
from app.files.seal import sealed
from app.files.settle_zip import settle

_LONGEST_PROPERTY = 255  # characters of a title that PowerPoint takes
STRETCH = 4 / 3  # python-pptx's own template is 4 : 3
_FACES = re.compile(rb'(<a:(?:latin|ea|cs) typeface=")[^"]*(")')
_MASTER_SIDES = ("x", "cx")


def write_pptx(brief: Brief, path: Path, palette: Palette, texts: Texts, draw: Draw | None = None) -> None:
    """Write `brief` as a 16:9 deck to `path`, or into the user's own slides where its plan names some.

    UserError when the place cannot be written; `document.*`, `places.*` and `slides.*` where those slides cannot serve.
    `draw` lays out figures that no chart can show, which then stand in native shapes; without it they are tables.
    """
    write_atomically(path, settle(sealed(pptx_bytes(brief, palette, texts, draw), brief), brief.created))


def pptx_bytes(brief: Brief, palette: Palette, texts: Texts, draw: Draw | None = None) -> bytes:
    """Return the deck as it is before it is sealed and settled."""
    own = brief.plan.template
    if own.lower().endswith(".pptx"):
        return filled(Path(own), Deck(None, brief, palette, texts, draw))
    deck = Deck(_empty(texts("write.slide_font")), brief, palette, texts, draw)
    deck.deck.core_properties.title, deck.deck.core_properties.author = brief.title.replace("\n", "")[:_LONGEST_PROPERTY], ""
    items = [part for section in sections_of(brief) for item in items_of(section) for part in _parts(item)]
    if brief.most_slides == 1:
        _single(deck, items)
    else:
        _whole(deck, items)
    buffer = io.BytesIO()
    deck.deck.save(buffer)
    return buffer.getvalue()


def _whole(deck: Deck, items: list[Item]) -> None:
    cover(deck)
    kept, left = chosen(items, max(deck.brief.most_slides - 1, 0))
    kept = _with_rest(kept, left)
    slide = None
    for item in kept:
        slide = _slide(deck, item)
        notes = _notes(deck, item)
        put_notes(slide, deck, [*notes, *(_left_out(deck, left) if item is kept[-1] else [])])


def _single(deck: Deck, items: list[Item]) -> None:
    """Make the one slide: a figure that fills it, else the most important one."""
    figures = [item for item in items if item.kind == "figure"]
    for item in (*figures, *items)[:1]:
        slide = wall_slide(deck, item) if figures else _slide(deck, item)
        put_notes(slide, deck, _notes(deck, item))
    if not items:
        cover(deck)


def _slide(deck: Deck, item: Item) -> Any:
    makers = {"cards": cards_slide, "figure": figure_slide, "table": table_slide, "text": text_slide}
    if item.kind == "grid":
        return grid_slide(deck, item, _grid_title(deck, item))
    return makers[item.kind](deck, item)


def _grid_title(deck: Deck, item: Item) -> tuple[str, str]:
    """Return the finding that a table of texts shows: of goals the sentence that counts them, which the summary tells last."""
    title = item.block.title if isinstance(item.block, GridBlock) else ""
    if item.section.name == "goals":
        told = [each for each in sections_of(deck.brief) if each.name == SUMMARY and each.paragraphs]
        if told:
            place, text = told[0].paragraphs[-1]
            return first_sentence(text), f"zh_B{place}"
    found = finding(item.section, deck) if item.leads else (title, "")
    return (title, "") if found[0] == item.section.heading else found


def _parts(item: Item) -> list[Item]:
    """Return a table of texts in the parts that fit on a slide each."""
    if not isinstance(item.block, GridBlock):
        return [item]
    parts = split([item.block.columns, *item.block.rows], INNER, height_left())
    made = [replace(item, rows=part) for part in parts]
    return [made[0], *(replace(each, rank=REST, leads=False) for each in made[1:])]


def _with_rest(kept: Sequence[Item], left: Sequence[Item]) -> list[Item]:
    """Return the slides, each last part of a cut table told how many rows are not shown."""
    made = []
    for at, item in enumerate(kept):
        follows = at + 1 < len(kept) and kept[at + 1].place == item.place and item.kind == "grid"
        rest = sum(other.rows[1] - other.rows[0] for other in left if other.place == item.place and other.kind == "grid")
        made.append(replace(item, rest=0 if follows else rest))
    return made


def _notes(deck: Deck, item: Item) -> list[str]:
    """Return the speaker's notes: all the text of a section with its first slide, and what a figure rests on in full."""
    texts, lines = deck.texts, list[str]()
    if item.leads and item.section.paragraphs:
        lines += [deck.texts("deck.full_text"), *(text for _, text in item.section.paragraphs)]
    if isinstance(item.block, FigureBlock):
        lines += item.block.figure.provenance.lines(texts)
    elif isinstance(item.block, TableBlock):
        lines += item.block.provenance.lines(texts)
    return lines


def _left_out(deck: Deck, left: Sequence[Item]) -> list[str]:
    titles = list(dict.fromkeys(_title(item) for item in left if item.rank != REST))
    if not titles:
        return []
    joint = "；" if deck.texts.lang == "zh" else "; "
    return [deck.texts("deck.left_out", most=deck.brief.most_slides, titles=joint.join(titles))]


def _title(item: Item) -> str:
    block = item.block
    if isinstance(block, FigureBlock):
        return block.figure.title
    return block.title if isinstance(block, TableBlock | GridBlock) else item.section.heading


def _empty(font: str) -> Any:
    """Return an empty 16:9 presentation with the two layouts that are used and no theme fonts but `font`."""
    from pptx import Presentation
    from pptx.util import Mm

    deck = Presentation()
    deck.slide_width, deck.slide_height = Mm(WIDTH), Mm(HEIGHT)
    kept = (deck.slide_layouts[TITLE_LAYOUT], deck.slide_layouts[TITLE_ONLY_LAYOUT])
    for layout in list(deck.slide_layouts):
        if layout not in kept:
            deck.slide_layouts.remove(layout)
    for page in (deck.slide_master, *kept):
        _stretch(page)
    _name_theme_fonts(deck, font)
    return deck


def _stretch(page: Any) -> None:
    for element in page._element.iter("{*}off", "{*}ext"):
        for side in _MASTER_SIDES:
            if element.get(side) is not None:
                element.set(side, str(round(int(element.get(side)) * STRETCH)))


def _name_theme_fonts(deck: Any, font: str) -> None:
    for relation in deck.slide_master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            part = relation.target_part
            part._blob = _FACES.sub(rb"\g<1>" + font.encode() + rb"\g<2>", part.blob)
