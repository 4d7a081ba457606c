"""One figure as a picture: vector or pixels, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.drawing import Drawing
from app.domain.errors import UserError
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.resources import load_palette
from app.files.write_image import write_png, write_svg
from app.present.draw import draw
from app.present.figures import make_figure
from app.workflows.context import Context

_WRITERS: Mapping[str, Callable[[Drawing, Path], None]] = {".png": write_png, ".svg": write_svg}
ENDINGS = tuple(_WRITERS)


@dataclass(frozen=True, slots=True)
class Picture:
    """Which figure, of which firms, how large in millimetres (it grows in height when its rows need more)."""

    figure: str
    selection: Selection = Selection()  # noqa: RUF009 - a frozen value
    width: float = 160.0
    height: float = 90.0


def write_figure(study: Study, picture: Picture, path: Path, lang: Lang, context: Context) -> Task[Path]:
    """Write one figure of `study` to `path` (.png or .svg).

    UserError: `file.unknown_format`, `figure.*` when the study has no such figure, or why the disk will not have it.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise UserError("file.unknown_format", file=path.name, known=" ".join(ENDINGS))
    texts = Texts(lang, context.resources.words)
    yield Progress("progress.figure", detail=picture.figure)
    figure = make_figure(study, context.resources, picture.figure, texts, picture.selection)
    write(draw(figure, load_palette("light"), picture.width, picture.height, texts), path)
    return path
