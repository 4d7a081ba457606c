"""A figure at the size of an export profile: laid out with screen type, then magnified whole."""

from __future__ import annotations

from app.domain.drawing import Drawing, scaled
from app.domain.export import ExportProfile
from app.domain.figure import Figure
from app.domain.theme import Palette
from app.domain.words import Texts
from app.present.draw import body_of
from app.present.draw.frame import frame
from app.present.draw.style import Style


def draw_for(figure: Figure, palette: Palette, profile: ExportProfile, texts: Texts) -> Drawing:
    """Return `figure` at the width of the profile and at least its height, its type `profile.scale` times that of the screen."""
    size = (profile.width / profile.scale, profile.height / profile.scale)
    laid = frame(figure, body_of(figure), Style(palette, texts, 1.0), size, bare=False)
    return scaled(laid, profile.scale)
