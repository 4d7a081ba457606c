"""A window with its own settings, and the rule that a test leaves no window and no thread behind."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QMessageBox


@pytest.fixture(scope="session")
def qapp_cls():
    return QApplication


@pytest.fixture(scope="session")
def qapp_args():
    return ["zhiheng"]


@pytest.fixture(autouse=True)
def settings(tmp_path):
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))


@pytest.fixture(scope="session", autouse=True)
def loaded_once(resources):
    """Resources loaded once for hundreds of windows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.files.resources.load_resources", lambda: resources)
        yield


@pytest.fixture(autouse=True)
def clean(qapp, monkeypatch):
    """Fail on leftover windows and threads; no message box may ever open."""

    def refuse(*_arguments, **_named):
        raise AssertionError("a message box was opened")

    for name in ("exec", "open", "critical", "warning", "information", "question", "about"):
        monkeypatch.setattr(QMessageBox, name, refuse)
    before = set(threading.enumerate())
    known = set(QApplication.topLevelWidgets())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    left = [t.name for t in set(threading.enumerate()) - before if t.name.startswith("zhiheng")]
    shown = [w.objectName() or type(w).__name__ for w in QApplication.topLevelWidgets() if w.isVisible() and w not in known]
    assert not left, f"threads left: {left}"
    assert not shown, f"windows left: {shown}"


@pytest.fixture(scope="session")
def dressed(qapp):
    from app.files.resources import resources_folder
    from app.gui import fonts

    qapp.setStyle("Fusion")
    qapp.setFont(fonts.body_font(fonts.load_fonts(resources_folder() / "fonts")))
    return qapp


@pytest.fixture(scope="session")
def light():
    from app.files.resources import load_palette

    return load_palette("light")


@pytest.fixture(scope="session")
def dark():
    from app.files.resources import load_palette

    return load_palette("dark")


@pytest.fixture
def session(dressed, settings, resources):
    """A session whose resources are loaded, with no worker under way."""
    from app.domain.words import Texts
    from app.gui import dress
    from app.gui.preferences import Preferences
    from app.gui.session import Session

    made = Session(Preferences())
    made.resources = resources
    made.texts = Texts("zh", resources.words)
    dress.follow(dressed, made)
    yield made
    made.close()


@pytest.fixture
def window(session, qtbot):
    from app.gui.main_window import MainWindow

    made = MainWindow(session)
    qtbot.addWidget(made)
    made.show()
    return made
