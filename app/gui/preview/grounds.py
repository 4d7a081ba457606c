"""The colours of row roles: soft grounds on which text keeps its contrast, in both themes."""

from __future__ import annotations

from PySide6.QtGui import QColor

from app.domain.colours import mixed
from app.domain.sheet import RowRole
from app.domain.theme import Palette

_TINTS = {  # role → (colour of the palette, how much of it)
    RowRole.TITLE: ("neutral", 0.16),
    RowRole.NOTE: ("neutral", 0.10),
    RowRole.HEADER: ("accent", 0.20),
    RowRole.ORDINAL: ("accent", 0.09),
    RowRole.GROUP: ("reference", 0.18),
    RowRole.TOTAL: ("warning", 0.18),
    RowRole.FOOTER: ("neutral", 0.13),
    RowRole.LEFT: ("error", 0.10),
}
_QUIET = (RowRole.NOTE, RowRole.FOOTER, RowRole.LEFT, RowRole.ORDINAL)


def ground(role: RowRole, palette: Palette) -> QColor:
    """Return the ground of a row: the surface with a touch of its role's colour."""
    name, share = _TINTS.get(role, ("neutral", 0.0))
    return QColor(mixed(palette.surface, getattr(palette, name), share))


def ink(role: RowRole, palette: Palette) -> QColor:
    """Return the colour of a row's text."""
    return QColor(palette.muted if role in _QUIET else palette.text)


def band(role: RowRole, palette: Palette) -> QColor:
    """Return the full colour of a role, for its band beside the row number and in the legend."""
    name, _ = _TINTS.get(role, ("hairline", 0.0))
    return QColor(palette.good) if role is RowRole.FIRM else QColor(getattr(palette, name))
