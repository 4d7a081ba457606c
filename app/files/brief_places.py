"""可填位置: what a document of one's own can name between double braces, and what stands there in a given brief.

A text place is a sentence or a number, usable anywhere; a block place is a table, a figure or a whole section, in a paragraph of
its own. `sections` is a list to go through: `{%p for section in sections %}` … `{{ section.heading }}` … `{%p endfor %}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from app.domain.brief import Brief, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.brief_rows import rows_of
from app.domain.claims import claim_id, numbers_in
from app.domain.errors import UserError
from app.domain.figure import FigureKind
from app.domain.firm_counts import same_firms
from app.domain.numbers import interval, number
from app.domain.release import Cell, CellStatus
from app.domain.words import Texts

TEXTS = ("title", "subtitle", "date", "created", "synthetic", "standing", "signed", "journal", "summary")
SHARES = ("share_l2", "range_l2", "share_l3", "range_l3", "share_l4", "range_l4", "penetration", "penetration_range")
SECTIONS = ("summary", "sectors", "goals", "scenarios", "watch", "advice", "questions", "quality", "method", "evidence", "wall")
TABLES = ("main", "sectors", "goals", "scenarios", "quality", "method", "evidence")
FIGURES = tuple(kind.value for kind in FigureKind)
IN_SECTION = ("heading", "name", "text", "body")
MAIN_TABLE = "main"  # whose last column is the newest wave
ABSENT = "—"
NUMBER, END = "\ue102", "\ue104"  # around a number: its identifier, then its text after NAMED
NAMED = "\ue103"
BLOCK, BLOCK_END = "\ue100", "\ue101"  # around the name of a block place
PARAGRAPH = "\a"  # parts paragraphs of one text place, as docxtpl knows it
_OURS = re.compile(f"[{BLOCK}-{END}]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a brief as a template goes through them: `body` is a block place, the other fields are texts."""

    name: str
    heading: str
    text: str
    body: str

    def __str__(self) -> str:
        return self.heading


@dataclass(frozen=True, slots=True)
class Places:
    """What stands at each place: texts by name, and for block places by name the numbers of the brief's blocks."""

    texts: Mapping[str, str]
    blocks: Mapping[str, tuple[int, ...]]
    sections: tuple[Section, ...]


def known_places() -> tuple[str, ...]:
    """Return the names that any template can use; figures and tables also go by their own ids."""
    blocks = (
        *(f"section_{name}" for name in SECTIONS),
        *(f"table_{name}" for name in TABLES),
        *(f"figure_{name}" for name in FIGURES),
    )
    return (*TEXTS, *SHARES, *(f"text_{name}" for name in SECTIONS), *blocks, "sections")


def places_of(brief: Brief, texts: Texts) -> Places:
    """Return what a brief has for each place; known ones that it has nothing for hold a sign, never a silent blank."""
    held = list(_sections(brief))
    paragraphs = {name: _paragraphs(brief, blocks) for name, blocks in held}
    found = {
        "title": brief.title.replace("\n", ""),
        "subtitle": brief.subtitle,
        "date": texts("word.date", year=brief.created[:4], month=int(brief.created[5:7]), day=int(brief.created[8:10])),
        "created": brief.created[:10],
        "synthetic": brief.synthetic,
        "standing": brief.standing,
        "signed": PARAGRAPH.join(brief.signed),
        "journal": brief.journal,
    }
    said = {name: clean_text(text).replace("\n", " ") for name, text in found.items()}
    said["signed"] = PARAGRAPH.join(map(clean_text, brief.signed))
    said |= {"summary": paragraphs.get("summary", ABSENT)} | {f"text_{name}": ABSENT for name in SECTIONS}
    said |= {f"text_{name}": text for name, text in paragraphs.items()} | dict.fromkeys(SHARES, ABSENT) | _shares(brief, texts)
    blocks = _blocks(brief, held)
    sections = tuple(
        Section(name, _heading(brief, indexes), paragraphs[name], f"{BLOCK}body_{name}{BLOCK_END}") for name, indexes in held
    )
    return Places(said, blocks, sections)


def clean_text(text: str) -> str:
    """Return a text without control characters and without the signs that mark places."""
    return _OURS.sub("", _CONTROL.sub("", text))


def unknown_place(name: str, known: Sequence[str], file: str) -> UserError:
    """Return the refusal of a place there is none of, with the `known` one that is spelt most like it."""
    nearest = get_close_matches(name, known, 1, 0.0)
    return UserError("places.unknown", file=file, place=clean_text(name), nearest=nearest[0] if nearest else known[0])


def marked(text: str, block: int, start: int = 0) -> str:
    """Return a text with each number between signs that carry its identifier; the first is number `start` + 1 of its block."""
    parts, at = [], 0
    for k, span in enumerate(numbers_in(text), start + 1):
        parts += [clean_text(text[at : span.start]), f"{NUMBER}{claim_id(block, k)}{NAMED}{span.text}{END}"]
        at = span.end
    return "".join((*parts, clean_text(text[at:])))


def _sections(brief: Brief) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield each section's name with the places of its blocks, its heading first."""
    begins = [place for place, block in enumerate(brief.blocks) if isinstance(block, Heading) and block.level == 1]
    for place, end in zip(begins, (*begins[1:], len(brief.blocks)), strict=True):
        heading = brief.blocks[place]
        if isinstance(heading, Heading):
            yield heading.section or f"s{place}", tuple(range(place, end))


def _heading(brief: Brief, indexes: Sequence[int]) -> str:
    block = brief.blocks[indexes[0]]
    return clean_text(block.text) if isinstance(block, Heading) else ""


def _paragraphs(brief: Brief, indexes: Sequence[int]) -> str:
    held = [(place, brief.blocks[place]) for place in indexes]
    return PARAGRAPH.join(marked(block.text, place) for place, block in held if isinstance(block, Paragraph)) or ABSENT


def _blocks(brief: Brief, held: Sequence[tuple[str, tuple[int, ...]]]) -> dict[str, tuple[int, ...]]:
    """Return the block places: sections whole and without heading, the first table of each, figures by kind and by id."""
    found: dict[str, tuple[int, ...]] = {}
    for name in SECTIONS:
        found |= {f"section_{name}": (), f"body_{name}": ()}
    found |= dict.fromkeys((*(f"table_{name}" for name in TABLES), *(f"figure_{name}" for name in FIGURES)), ())
    for name, indexes in held:
        found |= {f"section_{name}": indexes, f"body_{name}": indexes[1:]}
        tables = [place for place in indexes if isinstance(brief.blocks[place], TableBlock | GridBlock)]
        if tables:
            found[f"table_{name}"] = (tables[0],)
    for place, block in enumerate(brief.blocks):
        if isinstance(block, TableBlock):
            found[f"table_{_name(block.table.id)}"] = (place,)
        elif isinstance(block, FigureBlock):
            kind = f"figure_{block.figure.kind.value}"
            found[kind] = found.get(kind) or (place,)
            found[f"figure_{_name(block.figure.id)}"] = (place,)
    return found


def _name(id_: str) -> str:
    return re.sub(r"\W", "_", id_)


def _shares(brief: Brief, texts: Texts) -> dict[str, str]:
    """Return the shares of the main table's newest wave, each number with its identifier."""
    found: dict[str, str] = {}
    for place, block in enumerate(brief.blocks):
        if not isinstance(block, TableBlock) or block.table.id != MAIN_TABLE:
            continue
        rows = rows_of(block, texts)
        column = len(rows[0]) - 1 if same_firms(block.table) else len(rows[0]) - 2
        for index, row in enumerate(block.table.rows, 1):
            before = [text for each in rows[:index] for text in each] + rows[index][:column]
            start = sum(len(numbers_in(text)) for text in before)
            found |= _share(row.key.lower(), row.cells[-1], place, start)
    return found


def _share(key: str, cell: Cell, block: int, start: int) -> dict[str, str]:
    value, bounds = ("penetration", "penetration_range") if key == "penetration" else (f"share_{key}", f"range_{key}")
    if cell.status is CellStatus.HIDDEN or cell.value is None:
        return {value: "‡" if cell.status is CellStatus.HIDDEN else ABSENT}
    found = {value: marked(number(cell.value, cell.unit), block, start)}
    if cell.low is not None and cell.high is not None:
        found[bounds] = marked(interval(cell.low, cell.high, cell.unit), block, start + 1)
    return found
