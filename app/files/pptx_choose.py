"""Which slides a brief becomes: sections into candidates, the most important of them up to the template's bound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.domain.brief import Block, Brief, FigureBlock, GridBlock, Heading, Paragraph, TableBlock

Kind = Literal["cards", "figure", "grid", "table", "text"]
FIRST, GRID, FIGURE, TABLE, REST = range(1, 6)  # how soon a slide is left out: the last first
SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the brief: its heading, name, and its blocks with their places in the brief."""

    heading: str
    name: str
    blocks: tuple[tuple[int, Block], ...]

    @property
    def paragraphs(self) -> tuple[tuple[int, str], ...]:
        """Its running text, each paragraph with its place."""
        return tuple((place, block.text) for place, block in self.blocks if isinstance(block, Paragraph))


@dataclass(frozen=True, slots=True)
class Item:
    """A slide that could be made: of a block of a section, or of its text; `rows` the part of a table, `rest` rows after it."""

    kind: Kind
    section: Section
    rank: int
    place: int = -1
    block: Block | None = None
    rows: tuple[int, int] = (0, 0)
    rest: int = 0
    leads: bool = False


def sections_of(brief: Brief) -> list[Section]:
    """Return the sections of a brief in order; what stands before the first heading is one without a name."""
    found: list[tuple[str, str, list[tuple[int, Block]]]] = []
    for place, block in enumerate(brief.blocks):
        if isinstance(block, Heading) and block.level == 1:
            found.append((block.text, block.section, []))
        elif not found:
            found.append(("", "", [(place, block)]))
        else:
            found[-1][2].append((place, block))
    return [Section(heading, name, tuple(blocks)) for heading, name, blocks in found]


def items_of(section: Section) -> list[Item]:
    """Return the slides that a section could become, the first of them in reading order marked as the one that leads."""
    held = [(place, block) for place, block in section.blocks if not isinstance(block, Heading | Paragraph)]
    shown = [(place, block) for place, block in held if not (isinstance(block, GridBlock) and block.annex)]
    tables = [pair for pair in shown if isinstance(pair[1], TableBlock)]
    if section.name == SUMMARY and tables:
        items = [Item("cards", section, FIRST, *tables[0])]
        items += [_item(section, place, block, FIGURE) for place, block in shown if (place, block) != tables[0]]
        return _led(items)
    first = next((pair for pair in shown if isinstance(pair[1], FigureBlock)), shown[0] if shown else None)
    if first is None:
        return [Item("text", section, FIRST, leads=True)] if section.paragraphs else []
    return _led([_item(section, place, block, FIRST if (place, block) == first else 0) for place, block in shown])


def _item(section: Section, place: int, block: Block, rank: int) -> Item:
    kind: Kind = "figure" if isinstance(block, FigureBlock) else "grid" if isinstance(block, GridBlock) else "table"
    return Item(kind, section, rank or {"figure": FIGURE, "grid": GRID}.get(kind, TABLE), place, block)


def _led(items: list[Item]) -> list[Item]:
    return [replace(item, leads=at == 0) for at, item in enumerate(items)]


def chosen(items: Sequence[Item], most: int) -> tuple[list[Item], list[Item]]:
    """Return the slides to make in reading order, at most so many (0: all), and those left out.

    Every section keeps its first slide as long as there is room; then grids, further figures, tables and the rest of long
    tables follow, earlier sections first. The text of a section goes to the notes of its first slide that is kept.
    """
    if not most or len(items) <= most:
        return list(items), []
    order = sorted(range(len(items)), key=lambda at: (items[at].rank, at))
    kept = set(order[:most])
    made = [item for at, item in enumerate(items) if at in kept]
    told: set[str] = set()
    for at, item in enumerate(made):
        made[at] = replace(item, leads=item.section.heading not in told)
        told.add(item.section.heading)
    return made, [item for at, item in enumerate(items) if at not in kept]
