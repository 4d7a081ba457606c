"""The one place that holds the study: one frozen value, its file, and the earlier values for undo."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.study import JournalEntry, Study

DEPTH = 50
FIELDS = frozenset(field.name for field in fields(Study))


def changed_fields(old: Study | None, new: Study | None) -> frozenset[str]:
    """Return the names of the fields that are not the same objects."""
    if old is None or new is None:
        return FIELDS
    return frozenset(name for name in FIELDS if getattr(old, name) is not getattr(new, name))


class Store(QObject):
    """Holds the current study; `changed(study, field names)` is the only signal about it in the program."""

    changed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.study: Study | None = None
        self.path: Path | None = None
        self._undo: list[tuple[str, Study]] = []
        self._redo: list[tuple[str, Study]] = []

    def open(self, study: Study, path: Path | None) -> None:
        """Take over another study; earlier ones are forgotten."""
        self._undo.clear()
        self._redo.clear()
        self.path = path
        self._replace(study)

    def put(self, new: Study, base: Study | None, label: str) -> bool:
        """Replace the study by `new`, which was made from `base`; refuse (False) when the study has moved on since."""
        if base is not self.study:
            return False
        if self.study is not None:
            self._undo = [*self._undo, (label, self.study)][-DEPTH:]
        self._redo.clear()
        self._replace(new)
        return True

    def join(self) -> None:
        """Make one step of the last two: what followed from a change by itself is taken back with it."""
        if len(self._undo) > 1:
            self._undo.pop()

    def adopt(self, journal: tuple[JournalEntry, ...]) -> None:
        """Take over a journal that a command lengthened in the file without changing the study; undo stays as it was."""
        if self.study is not None and len(journal) > len(self.study.journal):
            self._replace(replace(self.study, journal=journal))

    @property
    def undo_label(self) -> str:
        """What undo would take back, or ""."""
        return self._undo[-1][0] if self._undo else ""

    @property
    def redo_label(self) -> str:
        """What redo would bring back, or ""."""
        return self._redo[-1][0] if self._redo else ""

    def earlier(self) -> Study | None:
        """Return the study undo would restore."""
        return self._undo[-1][1] if self._undo else None

    def later(self) -> Study | None:
        """Return the study redo would restore."""
        return self._redo[-1][1] if self._redo else None

    def step_back(self, saved: Study) -> None:
        """Take back one step; `saved` is `earlier()` as the file now has it (its journal is longer)."""
        self._step(self._undo, self._redo, saved)

    def step_forward(self, saved: Study) -> None:
        """Bring one step back again; `saved` is `later()` as the file now has it."""
        self._step(self._redo, self._undo, saved)

    def _step(self, source: list[tuple[str, Study]], target: list[tuple[str, Study]], saved: Study) -> None:
        if source and self.study is not None:
            label, _study = source.pop()
            target.append((label, self.study))
            self._replace(saved)

    def _replace(self, new: Study) -> None:
        old, self.study = self.study, new
        names = changed_fields(old, new)
        if names:
            self.changed.emit(new, names)
