"""Progress on one line of a terminal, on standard error; silent when that is a file or a pipe."""

from __future__ import annotations

import sys
import time

from app.cli.session import display_width
from app.domain.task import Progress
from app.domain.words import Texts

_SECONDS = 0.1
_WIDTH = 78


class ProgressLine:
    """Shows the newest step, at most ten times a second, and wipes itself away at the end."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._is_shown = sys.stderr.isatty()
        self._last = 0.0

    def report(self, progress: Progress) -> None:
        """Show `progress`."""
        now = time.monotonic()
        if not self._is_shown or now - self._last < _SECONDS:
            return
        self._last = now
        count = f" {progress.done}/{progress.total}" if progress.total else ""
        self._write(f"{self._texts(progress.step)}{count} {progress.detail}")

    def clear(self) -> None:
        """Leave an empty line."""
        if self._is_shown and self._last:
            self._write("")

    def _write(self, text: str) -> None:
        while display_width(text) > _WIDTH:
            text = text[:-1]
        sys.stderr.write(f"\r{text}{' ' * (_WIDTH - display_width(text))}\r{text}")
        sys.stderr.flush()
