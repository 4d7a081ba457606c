"""Failures in words, and a report of whatever nobody expected: shown in the bar, kept in a log file, never lost."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from app.domain.errors import UserError
from app.domain.resources import Resources
from app.domain.words import Texts
from app.gui.wording import finding_line

Tell = Callable[[BaseException], None]
log = logging.getLogger("zhiheng")
DETAILS = 5


def sentence_of(error: BaseException, texts: Texts) -> str:
    """Return what to tell the user: the error's own sentence, or that something unexpected happened."""
    if isinstance(error, UserError) and f"error.{error.code}" in texts.entries:
        return texts(f"error.{error.code}", **error.params)
    return texts("gui.error.unexpected", kind=type(error).__name__)


def report_of(error: BaseException) -> str:
    """Return the text of the copy button: empty for an expected failure, the trace for a bug."""
    if isinstance(error, UserError):
        return ""
    return "".join(traceback.format_exception(error))


def details_of(error: BaseException, resources: Resources | None, texts: Texts) -> tuple[str, ...]:
    """Return why, file by file, for a failure that brings findings; at most DETAILS lines, then how many more there are."""
    findings = getattr(error, "findings", ())
    if resources is None or not findings:
        return ()
    lines = tuple(dict.fromkeys(finding_line(finding, resources, texts) for finding in findings))
    more = (texts("gui.error.more", n=len(lines) - DETAILS),) if len(lines) > DETAILS else ()
    return (*lines[:DETAILS], *more)


def log_to(path: Path) -> None:
    """Keep a log file of bounded size at `path`; without a writable place there is simply no log."""
    from logging.handlers import RotatingFileHandler

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=512_000, backupCount=1, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.propagate = False


class Hooks:
    """The interpreter's and Qt's own ways of reporting a bug, led to the log and to `tell`; `remove()` puts them back."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = lambda _kind, error, _trace: self._caught(error)
        threading.excepthook = lambda caught: self._caught(caught.exc_value)
        sys.unraisablehook = lambda caught: self._caught(caught.exc_value)
        self._qt = qInstallMessageHandler(_from_qt)

    def remove(self) -> None:
        """Leave everything as it was."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(self._qt)

    def _caught(self, error: BaseException | None) -> None:
        if error is None:
            return
        log.error("unexpected", exc_info=error)
        self._tell(error)


def _from_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    quiet = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
    if kind not in quiet and "propagateSizeHints" not in message:
        log.warning("qt: %s", message)
