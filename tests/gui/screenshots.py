"""Pictures of every page of a study, for looking at: both languages, both themes, two sizes. Run by hand.

`python -m tests.gui.screenshots STUDY.zhiheng FOLDER [--pages start,goals] [--sizes 1280x800] [--langs zh] [--themes light]`

`--extras` adds every tab of the pages that have tabs, the side panel, the dialogs and the palette.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from importlib import import_module
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QDialog, QScrollArea

from app.gui.pages import ORDER

ASSESSING = ("readiness", "weights", "classifier", "visits", "goals", "watch")


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(window) -> None:
    """Wait until every worker is idle and everything is painted."""
    wait(30)
    session = window.session
    wait(300)  # a preview waits for quiet before it is made
    while any(runner.is_busy for runner in (session.runner, session.viewer, session.looker, session.printer)):
        wait(20)
    wait(150)
    brief = window.pages.get("brief")
    if brief is not None and brief.preview.view.pages:
        brief.preview.view.finish()
        wait(50)


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
        dialog(window, folder, f"{tag}-painted", "dialog.source")


def tabs(window, folder: Path, tag: str) -> None:
    """Every tab of the four assessing pages but the first, which the page itself shows."""
    for name in ASSESSING:
        window.go(name)
        settle(window)
        page, views = window.pages[name], import_module(f"app.gui.pages.{name}").VIEWS
        for id_ in views[1:]:
            page.choose(id_)
            shoot(window, folder, f"{tag}-{name}-{id_}")
        page.choose(views[0])


def panels(window, folder: Path, tag: str) -> None:
    """The side panel: what is behind a fact, an estimate, a class and a rank, and a firm with why it has its level."""
    from app.domain.assessment import TOTAL
    from app.present.marks import class_id, estimate_id, rank_id

    study = window.session.store.study
    assessment = study.latest_assessment
    if assessment is not None:
        window.go("readiness")
        sector = next((one.sector for one in assessment.estimates if one.rank is not None), TOTAL)
        marks = {
            "estimate": estimate_id(assessment.wave, sector, "L2+"),
            "class": class_id(assessment.wave, sector),
            "rank": rank_id(assessment.wave, sector),
        }
        for name, mark in marks.items():
            window.desk.trigger("evidence.open", {"mark": mark})
            shoot(window, folder, f"{tag}-evidence-{name}")
    window.go("firms")
    predicted = assessment.firms.dropna(subset=["predicted"]) if assessment is not None else ()
    position = predicted["position"].iloc[0] if len(predicted) else 0
    window.desk.trigger("firm.open", {"position": str(position)})
    shoot(window, folder, f"{tag}-firm")
    inside = window.side.findChild(QScrollArea)
    if inside is not None:
        inside.verticalScrollBar().setValue(inside.height() - 60)
        shoot(window, folder, f"{tag}-firm-below")
    place = study.responses.cell(0, study.instrument.items[0].code)
    from app.gui.panels import place_text

    window.desk.trigger("cell.open", {"place": place_text(place)})
    settle(window)
    wait(1500)
    dialog(window, folder, f"{tag}-cell", "dialog.source")
    window.side.close_panel()


def dialogs(window, folder: Path, tag: str) -> None:
    """What is asked when a level is given, one is noted beside, and a candidate is confirmed; nothing is answered."""
    wave = window.session.store.study.waves[-1].id
    for kind in ("label", "override"):
        window.desk.trigger("judge.ask", {"kind": kind, "wave": wave})
        dialog(window, folder, f"{tag}-dialog-{kind}", "dialog.judgement")
    window.go("readiness")
    settle(window)
    page = window.pages["readiness"]
    page.choose("natives")
    if page.natives.detail.isVisible():
        page.natives.detail.confirm.click()
        dialog(window, folder, f"{tag}-dialog-confirm", "dialog.confirm")
    page.choose("profile")
    window.desk.trigger("help.method")
    shoot(window, folder, f"{tag}-help")
    window.side.close_panel()


def dialog(window, folder: Path, name: str, id_: str) -> None:
    """Shoot the dialog `id_` where it is open, and close it."""
    settle(window)
    found = window.findChild(QDialog, id_)
    if found is not None:
        found.grab().save(str(folder / f"{name}.png"))
        found.close()
        settle(window)


def extras(window, folder: Path, tag: str) -> None:
    """Everything behind the pages: their tabs, the side panel, the dialogs, the palette."""
    for part in (collect_views, tabs, panels, dialogs):
        part(window, folder, tag)
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
            window.desk.drafting.draft = replace(window.desk.draft, lang=lang)
            session.set_theme(theme)
            for size in asked.sizes.split(","):
                window.resize(*map(int, size.split("x")))
                for id_ in asked.pages.split(","):
                    window.go(id_)
                    shoot(window, asked.folder, f"{lang}-{theme}-{size}-{id_}")
                if asked.extras:
                    extras(window, asked.folder, f"{lang}-{theme}-{size}")
    window.close()
    session.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
