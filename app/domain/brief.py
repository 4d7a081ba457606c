"""简报: what a document says, block by block; each writer sets the same value in its own format."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.figure import Figure
from app.domain.release import Provenance, ReleasedTable
from app.domain.words import Lang


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A released table with its title and what it rests on."""

    title: str
    table: ReleasedTable
    provenance: Provenance
    row_header: str = ""


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A figure in its place."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class GridBlock:
    """A table of plain texts (goals, findings by kind, checklist); never an aggregate of firms' answers.

    `annex`: reference matter, left out of slides.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    annex: bool = False


Block = Heading | Paragraph | TableBlock | FigureBlock | GridBlock


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole brief. `created` is a declared timestamp; `journal` the hash of the last journal entry it rests on."""

    lang: Lang
    title: str
    subtitle: str
    created: str
    synthetic: str
    journal: str
    blocks: tuple[Block, ...]
