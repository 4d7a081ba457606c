"""简报: what a document says, block by block; each writer sets the same value in its own format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.figure import Figure
from app.domain.release import Provenance, ReleasedTable
from app.domain.words import Lang, Words


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 or 2. `annex`: what a section that bears no number is called among the annexes of an official paper
    ("" for a section of the text itself); `section` the one it begins, by its name among those of the template."""

    text: str
    level: int = 1
    annex: str = ""
    section: str = ""


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
class PageLayout:
    """纸型: a page as a layout profile describes it, lengths in millimetres, type in points.

    `lines` a page and `characters` a line follow from paper, margins and type (22 and 28 for GB/T 9704-2012) and are asserted in
    tests; `line` is the exact pitch of running Chinese text. `fonts` names for each role (title, text, heading, subheading, body,
    number) the fonts wanted, the best first: a document names the first, and the self-check says which a computer lacks.
    English text takes `latin` names and `latin_sizes` instead, where given. `outer_numbers`: page numbers right on odd pages and
    left on even ones; `contents`: a long document opens with a table of contents; `annexes`: sections without a number follow
    the signatures as annexes, each on a page of its own, and are listed before them. `source` says where each figure comes from.
    """

    id: str
    words: Words
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    sizes: Mapping[str, float]
    fonts: Mapping[str, tuple[str, ...]]
    line: float | None
    lines: int
    characters: int
    page_number: str
    source: str
    verify: bool = False
    outer_numbers: bool = False
    contents: bool = False
    annexes: bool = False
    latin: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    latin_sizes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BriefTemplate:
    """模板: which sections a document has and how it is set out; `formats` the endings it can be written as, the usual one first.

    `sections` in order, of those `present.brief` knows; those in `off` are left out unless asked for. `unnumbered` bear no
    number. `layout` names a PageLayout; `most_slides` bounds a deck (0: no bound); `signed` prints who signed.
    """

    id: str
    words: Words
    formats: tuple[str, ...]
    sections: tuple[str, ...]
    layout: str
    off: tuple[str, ...] = ()
    unnumbered: tuple[str, ...] = ("method", "evidence")
    most_slides: int = 0
    signed: bool = False


@dataclass(frozen=True, slots=True)
class BriefPlan:
    """What a brief is asked to be: by which template, with which sections, of which firms.

    `template` an id, or the path of a user's own docx or pptx ("": the usual one); `sections` in the template's order (empty: all
    but those off); `township`, `sector` narrow the firms. `issuer` 发文机关署名: the bureau that stands above the date, if any.
    """

    template: str = ""
    sections: tuple[str, ...] = ()
    township: str = ""
    sector: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole brief. `created` is a declared timestamp; `journal` the hash of the last journal entry it rests on.

    `plan` is what it was asked to be and `layout` the page it is set on. `standing` says in words whether it is a draft, checked,
    approved, or changed since approval; `signed` the bureau that issues it and who signed it, a line each. `most_slides` is the
    template's bound of a deck. `study` is the hash of the first journal entry, by which a document is known to be of a study
    whatever that is called.
    """

    lang: Lang
    title: str
    subtitle: str
    created: str
    synthetic: str
    journal: str
    blocks: tuple[Block, ...]
    plan: BriefPlan = BriefPlan()
    layout: PageLayout | None = None
    standing: str = ""
    signed: tuple[str, ...] = ()
    most_slides: int = 0
    study: str = ""
