"""Pictures of every page of a study, for looking at: both languages, both themes, two sizes. Run by hand.

`python -m tests.gui.screenshots STUDY.zhiheng FOLDER [--pages start,goals] [--sizes 1280x800] [--langs zh] [--themes light]`
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, QTimer

from app.gui.pages import ORDER


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(window) -> None:
    """Wait until every worker is idle and everything is painted."""
    wait(30)
    session = window.session
    while session.runner.is_busy or session.viewer.is_busy or session.looker.is_busy:
        wait(20)
    wait(150)


def shoot(window, folder: Path, name: str) -> None:
    settle(window)
    window.grab().save(str(folder / f"{name}.png"))


def collect_views(window, folder: Path, tag: str) -> None:
    """Every view of the collect page that has something in it, and the first workbook painted."""
    from app.gui.pages.collect import VIEWS

    window.go("collect")
    settle(window)
    page = window.pages["collect"]
    for part, id_ in zip(page.tabs.buttons, VIEWS, strict=True):
        if part.isVisibleTo(page):
            page.choose(id_)
            shoot(window, folder, f"{tag}-collect-{id_}")
    page.choose("overview")
    source = next((each for each in window.session.store.study.sources if each.status == "read"), None)
    if source is not None:
        window.desk.trigger("source.open", {"source": source.sha256})
        settle(window)
        dialog = window.findChild(object, "dialog.source")
        dialog.grab().save(str(folder / f"{tag}-painted.png"))
        dialog.close()


def extras(window, folder: Path, tag: str) -> None:
    """The collect page in all its views, the evidence panel, a firm, its cell, the palette: opened once each."""
    collect_views(window, folder, tag)
    window.go("readiness")
    settle(window)
    facts = window.pages["readiness"].facts.findChildren(object)
    mark = next((part.fact.evidence for part in facts if getattr(part, "fact", None) and part.fact.evidence), "")
    if mark:
        window.desk.trigger("evidence.open", {"mark": mark})
        shoot(window, folder, f"{tag}-evidence")
    window.go("firms")
    window.desk.trigger("firm.open", {"position": "0"})
    shoot(window, folder, f"{tag}-firm")
    study = window.session.store.study
    place = study.responses.cell(0, study.instrument.items[0].code)
    from app.gui.panels import place_text

    window.desk.trigger("cell.open", {"place": place_text(place)})
    settle(window)
    wait(1500)
    settle(window)
    dialog = window.findChild(object, "dialog.source")
    if dialog is not None:
        dialog.grab().save(str(folder / f"{tag}-cell.png"))
        dialog.close()
    window.side.close_panel()
    window.desk.trigger("palette.open")
    shoot(window, folder, f"{tag}-palette")
    window.command_box.hide()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("study", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", default=",".join(ORDER))
    parser.add_argument("--sizes", default="1280x800,1920x1080")
    parser.add_argument("--langs", default="zh,en")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--extras", action="store_true")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as settings:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, settings)
        return run(asked)


def run(asked: argparse.Namespace) -> int:
    from app.gui import dress
    from app.gui.main_window import MainWindow
    from app.gui.preferences import Preferences
    from app.gui.session import Session

    application = dress.new_application()
    session = Session(Preferences())
    dress.follow(application, session)
    window = MainWindow(session)
    window.show()
    session.load(asked.study)
    settle(window)
    while session.store.study is None:
        wait(50)
    for lang in asked.langs.split(","):
        for theme in asked.themes.split(","):
            session.set_language(lang)
            window.desk.brief_lang = lang
            session.set_theme(theme)
            for size in asked.sizes.split(","):
                window.resize(*map(int, size.split("x")))
                for id_ in asked.pages.split(","):
                    window.go(id_)
                    shoot(window, asked.folder, f"{lang}-{theme}-{size}-{id_}")
            if asked.extras:
                extras(window, asked.folder, f"{lang}-{theme}")
    window.close()
    session.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
