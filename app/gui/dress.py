"""Puts fonts, style, palette and Qt's own wording on the application, and keeps them in step with the session."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.files.resources import resources_folder
from app.gui import fonts, icons, theme
from app.gui.errors import Hooks, log_to
from app.gui.session import Session


def new_application() -> QApplication:
    """Return the application in Fusion style with the bundled font, before any widget is made."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("zhiheng")
    application.setStyle("Fusion")
    application.setFont(fonts.body_font(fonts.load_fonts(resources_folder() / "fonts")))
    return application


def follow(application: QApplication, session: Session) -> None:
    """Dress the application now and whenever language or theme change."""
    translator = QTranslator(application)

    def dress() -> None:
        name = session.palette.name
        arrow = resources_folder() / "icons" / f"arrow_{name}.svg"
        if application.property("theme") != name:
            application.setProperty("theme", name)
            theme.apply(application, session.palette, arrow.as_posix())
        _speak(application, translator, session.texts.lang)
        application.setApplicationDisplayName(session.texts("gui.brand.name"))

    application.setWindowIcon(QIcon(icons.pixmap("zhiheng", "#ffffff", 64)))
    dress()
    session.restyled.connect(dress)


def watch(session: Session) -> Hooks:
    """Keep a log and lead every unexpected failure to the window's bar."""
    from platformdirs import user_log_path

    log_to(Path(user_log_path("zhiheng", appauthor=False)) / "zhiheng.log")
    return Hooks(session.failed.emit)


def _speak(application: QApplication, translator: QTranslator, lang: str) -> None:
    """Qt's own dialogs in Chinese by Qt's own catalogue; English needs none."""
    application.removeTranslator(translator)
    locale = QLocale("zh_CN" if lang == "zh" else "en_US")
    QLocale.setDefault(locale)
    if lang == "zh" and translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
