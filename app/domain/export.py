"""导出规格: how large a figure is for where it will be shown."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.words import Words


@dataclass(frozen=True, slots=True)
class ExportProfile:
    """A named size: `width` × `height` mm, `dpi` of its pixels, `scale` how many times larger than on screen its type is.

    A figure is laid out with screen type on a page smaller by `scale` and then magnified as a whole, so that lines, dots and type
    keep their proportions. It grows in height when its rows need more.
    """

    id: str
    words: Words
    width: float
    height: float
    dpi: int
    scale: float
    source: str
