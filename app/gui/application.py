"""The window's way in: what must be right before Qt starts, the first paint, then everything heavy."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.gui import environment

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

FIRST_PAINT = "ZHIHENG_FIRST_PAINT"  # set to the parent's time.monotonic(): print milliseconds to the first paint and leave


def main(arguments: Sequence[str], lang: str = "") -> int:
    """Open the window, on the study file named in `arguments` if any; return the exit code (2: Qt cannot start).

    `lang` is the language to speak from now on, "" for the one chosen last.
    """
    environment.prepare()
    key, reason = environment.trouble()
    if key:
        sys.stderr.write(environment.refusal(key, reason) + "\n")
        return 2
    return _run(Path(arguments[0]) if arguments else None, lang)


def _run(path: Path | None, lang: str) -> int:
    from app.gui import dress
    from app.gui.main_window import MainWindow
    from app.gui.preferences import Preferences
    from app.gui.session import Session

    application = dress.new_application()
    preferences = Preferences()
    if lang:
        preferences.language = "en" if lang == "en" else "zh"
    session = Session(preferences)
    dress.follow(application, session)
    window = MainWindow(session)
    hooks = dress.watch(session)
    window.painted.connect(lambda: _go_on(window, path))
    window.show()
    code = application.exec()
    session.close()
    hooks.remove()
    return code


def _go_on(window: MainWindow, path: Path | None) -> None:
    """After the first frame: load what is heavy, or, for the benchmark, say how long the frame took and leave."""
    started = os.environ.get(FIRST_PAINT)
    if not started:
        window.session.load(path)
        return
    sys.stdout.write(f"{(time.monotonic() - float(started)) * 1000:.0f}\n")
    sys.stdout.flush()
    window.close()
