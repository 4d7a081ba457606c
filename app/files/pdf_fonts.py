"""The bundled font in PDF files: embedded as the subset that is used, so that text can be read, searched and copied anywhere.

Documents for Word only name 仿宋 and 黑体; a PDF must carry what it shows, and of all the fonts at hand only Noto Sans SC (OFL)
may be shipped.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from app.files.resources import resources_folder

REGULAR, BOLD = "NotoSansSC-Regular", "NotoSansSC-Bold"


def require_fonts() -> None:
    """Make both weights known to the PDF library; only the first call reads them."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    known = set(pdfmetrics.getRegisteredFontNames())
    for name in (REGULAR, BOLD):
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(resources_folder() / "fonts" / f"{name}.ttf")))
    if REGULAR not in known:
        pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def font_of(bold: bool) -> str:
    """Return the name of a weight."""
    return BOLD if bold else REGULAR


def font_for(text: str, bold: bool) -> str:
    """Return the weight that has every character of `text`: bold holds fewer, and a missing one would be an empty box."""
    return BOLD if bold and not (set(text) - _bold_characters()) else REGULAR


@lru_cache(maxsize=1)
def _bold_characters() -> frozenset[str]:
    from reportlab.pdfbase.pdfmetrics import getFont

    return frozenset(map(chr, getFont(BOLD).face.charToGlyph))


@lru_cache(maxsize=512)
def ink(colour: str) -> Any:
    """Return a colour (#rrggbb) as the PDF library has it; read once, for a page sets thousands."""
    from reportlab.lib.colors import HexColor

    return HexColor(colour)
