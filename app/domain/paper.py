"""版面: what a finished document holds, read back from its file: pages, paragraphs, tables, charts; nothing is laid out yet.

Lengths are in points (1/72 inch) throughout, colours #rrggbb or "" for none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.domain.paper_chart import PaperChart

Align = Literal["left", "center", "right", "justify"]
Field = Literal["", "page", "pages"]
Turn = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class Ink:
    """How letters look: `font` for Latin letters and `wide` for Chinese ones, as the file names them; `spacing` between letters.

    `script` is "super", "sub" or ""; `snaps`: it keeps to the page's grid of letters.
    """

    font: str = ""
    wide: str = ""
    size: float = 10.5
    bold: bool = False
    italic: bool = False
    underline: bool = False
    struck: bool = False
    colour: str = ""
    ground: str = ""
    spacing: float = 0.0
    script: str = ""
    snaps: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the line: the bytes of its file, its size on paper, the sentence that describes it."""

    content: bytes
    width: float
    height: float
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A chart in the line with its size on paper."""

    chart: PaperChart
    width: float
    height: float
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look. A `field` stands for the number of the page, or of pages; `drawn` stands in the line like a letter.

    `mark` is the identifier of a number (`domain.claims`), "" for none.
    """

    text: str
    ink: Ink
    field: Field = ""
    drawn: Picture | Placed | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A rule along a side: its width, colour; none when the width is 0. `doubled` for two lines."""

    width: float = 0.0
    colour: str = ""
    doubled: bool = False


NO_EDGE = Edge()


@dataclass(frozen=True, slots=True)
class Box:
    """Four rules around something; `across` and `between` are those inside a table."""

    top: Edge = NO_EDGE
    bottom: Edge = NO_EDGE
    left: Edge = NO_EDGE
    right: Edge = NO_EDGE
    across: Edge = NO_EDGE
    between: Edge = NO_EDGE


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop: where, how the text stands at it, what fills the way to it."""

    place: float
    align: Align = "left"
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set. `pitch` is the exact distance of lines; else `at_least` and `factor` of what the font asks for.

    `first` is added to `left` in the first line. `level` is 1… for a heading, 0 for running text. `snaps`: its lines keep to the
    page's grid; `apart`: Chinese and Latin letters stand a little apart.
    """

    align: Align = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    pitch: float | None = None
    at_least: float = 0.0
    factor: float = 1.0
    keep_next: bool = False
    keep_lines: bool = False
    widow: bool = True
    new_page: bool = False
    tight: bool = False
    snaps: bool = True
    apart: bool = False
    level: int = 0
    tabs: tuple[Tab, ...] = ()
    box: Box = Box()
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. A line break inside is "\\u2028" in a run, a page break "\\f"."""

    runs: tuple[Run, ...]
    setting: Setting = Setting()
    ink: Ink = Ink()

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell over `span` columns and `rows` rows; `pad` is the space at its left, top, right and bottom; `turn` its reading."""

    blocks: tuple[Block, ...]
    span: int = 1
    rows: int = 1
    ground: str = ""
    anchor: Literal["top", "center", "bottom"] = "top"
    turn: Turn = ""
    pad: tuple[float, float, float, float] = (5.4, 0.0, 5.4, 0.0)
    box: Box = Box()


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of cells from left to right, those that a cell above reaches down over left out; `place` of each is its column."""

    cells: tuple[tuple[int, GridCell], ...]
    header: bool = False
    whole: bool = False
    height: float = 0.0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: widths of its columns, rows; `align` of the whole on the page, `left` its indent."""

    widths: tuple[float, ...]
    rows: tuple[GridRow, ...]
    align: Align = "left"
    left: float = 0.0


Block = Para | Grid


@dataclass(frozen=True, slots=True)
class Margins:
    """The space around the text of a page; `header` and `footer` are the distances of those from the paper's edge."""

    top: float
    right: float
    bottom: float
    left: float
    header: float = 36.0
    footer: float = 36.0


@dataclass(frozen=True, slots=True)
class Running:
    """What stands above or below the text of every page; `even` and `first` None where those pages have the usual."""

    usual: tuple[Block, ...] = ()
    even: tuple[Block, ...] | None = None
    first: tuple[Block, ...] | None = None

    def of(self, number: int, is_first: bool) -> tuple[Block, ...]:
        """Return what stands on page `number`."""
        if is_first and self.first is not None:
            return self.first
        return self.even if number % 2 == 0 and self.even is not None else self.usual


@dataclass(frozen=True, slots=True)
class Part:
    """A run of pages of one size. `start` is the number of its first page, 0 to go on; `goes_on` begins on the page before's end.

    `grid` is the distance of lines that paragraphs without an exact one keep, 0 for none; `loose` what is added to each letter.
    """

    width: float
    height: float
    margins: Margins
    blocks: tuple[Block, ...]
    header: Running = Running()
    footer: Running = Running()
    start: int = 0
    goes_on: bool = False
    grid: float = 0.0
    loose: float = 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    """Something at its place on a slide: text, a table, a chart or a picture on a ground; `anchor` of the text in its box."""

    x: float
    y: float
    width: float
    height: float
    blocks: tuple[Block, ...] = ()
    drawn: Picture | Placed | None = None
    ground: str = ""
    edge: Edge = NO_EDGE
    round: bool = False
    anchor: Literal["top", "center", "bottom"] = "top"
    pad: tuple[float, float, float, float] = (7.2, 3.6, 7.2, 3.6)
    shrink: float = 1.0
    title: bool = False


@dataclass(frozen=True, slots=True)
class Slide:
    """A page on which everything has its place already."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    ground: str = "#ffffff"


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document: `parts` of running text, or `slides`. `fonts` are all that its text asks for by name."""

    parts: tuple[Part, ...] = ()
    slides: tuple[Slide, ...] = ()
    fonts: tuple[str, ...] = ()
