"""One figure for the clipboard: as picture and as table, with nothing in either that a file would hide."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.errors import UserError
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.paint_png import paint
from app.files.resources import load_palette
from app.files.write_figure_data import as_html, delimited
from app.files.write_image import svg
from app.present.draw import draw
from app.present.figure_data import figure_data
from app.present.figures import figure_ids, figure_of
from app.present.released_brief import Settled, release_figure, settled_for
from app.workflows.context import Context

DPI, WIDTH, HEIGHT = 200, 160.0, 90.0


@dataclass(frozen=True, slots=True)
class CopiedFigure:
    """A figure in the forms that other programs paste: pixels and vectors; lines of cells and a table of a page."""

    title: str
    alt: str
    png: bytes
    svg: str
    cells: str
    html: str


def copy_figure(
    study: Study, figure_id: str, selection: Selection, lang: Lang, context: Context, held: Settled | None = None
) -> Task[tuple[CopiedFigure, Settled]]:
    """Return a figure of `study` as it may leave, and what was settled for it; `held` is what was settled before.

    UserError `figure.not_copied` for one that only the page can show, else `figure.*` as `make_figure`.
    """
    if figure_id not in figure_ids(study, context.resources):
        raise UserError("figure.not_copied")
    texts = Texts(lang, context.resources.words)
    settled = held or (yield from settled_for(study, context.resources, selection))
    yield Progress("progress.figure", detail=figure_id)
    figure = release_figure(study, context.resources, lambda view: figure_of(view, figure_id), texts, selection, settled)
    drawing, data = draw(figure, load_palette("light"), WIDTH, HEIGHT, texts), figure_data(figure, texts)
    copied = CopiedFigure(figure.title, drawing.alt, paint(drawing, DPI), svg(drawing), delimited(data, "\t"), as_html(data))
    return copied, settled
