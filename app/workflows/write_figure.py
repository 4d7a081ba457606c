"""One figure as a picture or as its data: vector, pixels, page or table, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from app.domain.boundary import Boundary
from app.domain.drawing import Drawing
from app.domain.errors import UserError
from app.domain.export import ExportProfile
from app.domain.figure import Figure
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.resources import load_palette
from app.present.draw import draw
from app.present.draw.magnify import draw_for
from app.present.figure_data import figure_data
from app.present.figures import figure_of, mapped_of
from app.present.released_brief import Settled, release_figure
from app.present.view import View
from app.workflows.context import Context

DPI = 200
LEAST_DPI, MOST_DPI = 36, 1200
MOST_PIXELS = 60  # million; the painter works on four times as many
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Picture:
    """Which figure, of which firms, how large in millimetres (it grows in height when its rows need more).

    `profile` takes the place of width, height and dpi; `dpi` (0: the profile's, else 200) is that of pixels alone. `boundary`
    holds the outlines on which townships are drawn.
    """

    figure: str
    selection: Selection = Selection()  # noqa: RUF009 - a frozen value
    width: float = 160.0
    height: float = 90.0
    profile: ExportProfile | None = None
    dpi: int = 0
    boundary: Boundary | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    """What is written where."""

    figure: Figure
    picture: Picture
    texts: Texts
    path: Path

    def drawing(self) -> Drawing:
        """Return the figure laid out for paper."""
        palette, asked = load_palette("light"), self.picture
        if asked.profile is not None:
            return draw_for(self.figure, palette, asked.profile, self.texts)
        return draw(self.figure, palette, asked.width, asked.height, self.texts)


def write_figure(
    study: Study, picture: Picture, path: Path, lang: Lang, context: Context, settled: Settled | None = None
) -> Task[Path]:
    """Write one figure of `study` to `path`: a picture (.png, .svg, .pdf) or the data behind it (.csv, .xlsx).

    `settled` is what was found for this very study already (`settle`), where several figures of it are written.
    UserError: `file.unknown_format`, `figure.*` when the study has no such figure, `export.*` for a size that cannot be, or why
    the disk will not have it.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise UserError("file.unknown_format", file=path.name, known=" ".join(ENDINGS))
    if picture.dpi:
        checked_dpi(picture.dpi)
    texts = Texts(lang, context.resources.words)
    yield Progress("progress.figure", detail=picture.figure)
    write(_Job(_figure((study, settled), picture, texts, context), picture, texts, path))
    return path


def checked_dpi(dpi: int) -> int:
    """Return dots an inch as they are; UserError `export.dpi` for more or fewer than a picture can have."""
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise UserError("export.dpi", value=dpi, low=LEAST_DPI, high=MOST_DPI)
    return dpi


def _figure(held: tuple[Study, Settled | None], picture: Picture, texts: Texts, context: Context) -> Figure:
    study, settled = held
    boundary = picture.boundary
    if boundary is not None and picture.figure != "townships":
        raise UserError("boundary.only_townships")

    def make(view: View) -> Figure:
        return figure_of(view, picture.figure) if boundary is None else mapped_of(view, boundary)

    make(View(study, context.resources, texts, picture.selection))  # refuses at once what there is not
    return release_figure(study, context.resources, make, texts, picture.selection, settled)


def _png(job: _Job) -> None:
    from app.files.write_image import write_png

    drawing, profile = job.drawing(), job.picture.profile
    dpi = job.picture.dpi or (profile.dpi if profile is not None else DPI)
    pixels = drawing.width * drawing.height * (dpi / MM_PER_INCH) ** 2 / 1e6
    if pixels > MOST_PIXELS:
        raise UserError("export.pixels", dpi=dpi, size=f"{pixels:.0f}", most=MOST_PIXELS)
    write_png(drawing, job.path, dpi)


def _svg(job: _Job) -> None:
    from app.files.write_image import write_svg

    write_svg(job.drawing(), job.path)


def _pdf(job: _Job) -> None:
    module = import_module("app.files.write_pdf_figure")  # the PDF library takes a second to load
    module.write_pdf_figure(job.drawing(), job.path)


def _csv(job: _Job) -> None:
    from app.files.write_figure_data import write_data_csv

    write_data_csv(figure_data(job.figure, job.texts), job.path)


def _xlsx(job: _Job) -> None:
    from app.files.write_figure_data import write_data_xlsx

    write_data_xlsx(figure_data(job.figure, job.texts), job.path, job.texts("write.body_font"))


_WRITERS: Mapping[str, Callable[[_Job], None]] = {".png": _png, ".svg": _svg, ".pdf": _pdf, ".csv": _csv, ".xlsx": _xlsx}
ENDINGS = tuple(_WRITERS)
