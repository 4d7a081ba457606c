"""The blocks of a brief as pieces of a PDF page: the looks are those of the Word document, figures are drawn as vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.brief import Block, Brief, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.brief_rows import rows_of, totals
from app.domain.drawing import Drawing, scaled
from app.domain.figure import Figure
from app.domain.firm_counts import sign_lines
from app.domain.release import Provenance, ReleasedTable
from app.domain.words import Texts
from app.files.docx_table import GridLook
from app.files.docx_type import Type
from app.files.docx_xml import TextLook
from app.files.pdf_pages import DrawnPiece, Piece
from app.files.pdf_table import table_piece
from app.files.pdf_text import TextPiece, text_piece
from app.files.write_pdf_figure import MM

Draw = Callable[[Figure, float, float], Drawing]
USUAL_MM = 64.0  # least height of a figure
SMALLEST = 0.62  # a tall figure is made smaller down to this part of its size; one taller still is told by its table
PARTS = (1.0, 0.92, 0.85, 0.78, 0.72, 0.67, SMALLEST)
FITTED = (0.92, 0.85, 0.78, 0.72)  # to fit what is left of a page
TIGHTEST = 0.03  # of their size, by which letters may stand closer to keep the page's count of characters
CAPTION_MM = 24.0  # of a page, what title and notes of a figure take


@dataclass(frozen=True, slots=True)
class PdfSetter:
    """What sets blocks: the type of the page, the words, and how a figure is laid out in millimetres."""

    type: Type
    texts: Texts
    draw: Draw
    taken: float = 0.0  # mm of the only page, where there is one, that stand above its figure

    @property
    def width(self) -> float:
        """The width of the text in points."""
        return self.type.width * MM

    def block(self, block: Block, place: int) -> Iterator[Piece]:
        """Yield the pieces of the brief's block number `place`."""
        if isinstance(block, Heading):
            yield self.heading(block, place)
        elif isinstance(block, Paragraph):
            yield self.text(block.text, self.type.body())
        elif isinstance(block, FigureBlock):
            yield from self._figure(block)
        else:
            yield from self._table(block)

    def text(self, text: str, look: TextLook) -> TextPiece:
        """Return a paragraph; Chinese text on the page's grid has as many characters a line as the page wants."""
        pitch = self.width / self.type.layout.characters
        tight = (
            pitch - look.size if look.grid and self.type.layout.line and look.size * (1 - TIGHTEST) < pitch < look.size else 0.0
        )
        return text_piece(text, look, self.width, tight)

    def heading(self, heading: Heading, place: int, **more: object) -> TextPiece:
        """Return a heading with its place in the outline."""
        look = self.type.heading(heading.level)
        look = replace(look, bold=look.bold or heading.level == 1)
        piece = self.text(heading.text, replace(look, **more))  # type: ignore[arg-type]
        return replace(piece, entry=(heading.text, heading.level - 1, key_of(place)))

    def _table(self, block: TableBlock | GridBlock) -> Iterator[Piece]:
        strong = totals(block.table) if isinstance(block, TableBlock) else frozenset[int]()
        rows = rows_of(block, self.texts)
        look = self.grid_look(len(rows[0]), strong)
        yield self.caption(block.title)
        if isinstance(block, GridBlock):
            note = self.note(block.note) if block.note else None
        else:
            note = self.note(self.notes(block.provenance, block.table))
        table = table_piece(rows, look)
        yield replace(table, glue=note.height + note.before if note is not None else 0.0)
        yield note if note is not None else self.text("", self.type.note(after=2))

    def grid_look(self, columns: int, strong: frozenset[int] = frozenset()) -> GridLook:
        """Return how a table of so many columns looks."""
        return GridLook(self.type.cell(columns, head=True), self.type.cell(columns), self.type.width, strong)

    def _figure(self, block: FigureBlock) -> Iterator[Piece]:
        figure = block.figure
        drawn = self._drawn(figure)
        note = self.note(self.notes(figure.provenance, None if drawn is not None else figure.table))
        yield self.caption(figure.title)
        if drawn is not None:
            yield drawn
        else:
            rows = rows_of(block, self.texts)
            table = table_piece(rows, self.grid_look(len(rows[0]), totals(figure.table)))
            yield replace(table, glue=note.height + note.before)
        yield note

    def _drawn(self, figure: Figure) -> DrawnPiece | None:
        """Return a figure as wide as the text, smaller where it is too tall for a page; None where it could not be read then."""
        width, most = self.type.width, self.type.height - CAPTION_MM - self.taken

        def reduced(room: float, parts: Sequence[float]) -> Drawing | None:
            for part in parts:  # laid out on a wider page and then reduced
                drawing = self.draw(figure, width / part, min(USUAL_MM, room) / part)
                if drawing.height * part <= room:
                    return scaled(drawing, part)
            return None

        drawing = reduced(most, PARTS)
        return DrawnPiece(drawing, lambda room: reduced(room, FITTED)) if drawing is not None else None

    def caption(self, title: str) -> TextPiece:
        """Return the title above a table or figure."""
        return self.text(title, replace(self.type.caption(), bold=True))

    def note(self, text: str) -> TextPiece:
        """Return the small print below a table or figure."""
        return self.text(text, self.type.note(before=2, after=8))

    def notes(self, provenance: Provenance, table: ReleasedTable | None) -> str:
        """Return what a table or figure rests on, and what its signs mean; a drawing (None) bears its signs and marks itself."""
        lines = provenance.lines(self.texts)
        if table is None:
            return "　".join(lines[1 if provenance.synthetic else 0 :])
        return "　".join((*lines, *sign_lines(table, self.texts)))


def key_of(place: int) -> str:
    """Return the name by which contents and outline find heading `place`."""
    return f"h{place}"


def annexes_of(brief: Brief) -> dict[int, Heading]:
    """Return the headings that begin an annex, by their place: none where nothing else is left or the page has none."""
    headings = {place: block for place, block in enumerate(brief.blocks) if isinstance(block, Heading) and block.level == 1}
    found = {place: heading for place, heading in headings.items() if heading.annex}
    has_text = len(found) < len(headings)
    return found if has_text and brief.layout is not None and brief.layout.annexes else {}
