"""The bundled Chinese font, loaded before the first widget: without it a bare system shows boxes."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

BODY = 13  # pixels at 100 %


def load_fonts(folder: Path) -> tuple[str, ...]:
    """Load every font file of `folder` and return the families found, bundled ones first."""
    families: list[str] = []
    for file in sorted(folder.glob("*.ttf")):
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return tuple(dict.fromkeys(families))


def body_font(families: tuple[str, ...]) -> QFont:
    """Return the font of the window: the system's own faces on Windows, the bundled one elsewhere; even-width figures."""
    font = QFont()
    native = ("Segoe UI", "Microsoft YaHei UI") if sys.platform == "win32" else ()
    font.setFamilies([*native, *families, "Source Han Sans SC", "WenQuanYi Micro Hei"])
    font.setPixelSize(BODY)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
