"""Native file dialogs, opened without blocking; the answer comes by a callback, nothing comes when cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Mode = QFileDialog.FileMode
Answer = Callable[[tuple[Path, ...]], None]


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask: a title, which files by a Qt filter, where to start, and a name or ending to suggest."""

    title: str
    filter: str = ""
    folder: Path | None = None
    name: str = ""
    suffix: str = ""


def ask_open(parent: QWidget, question: Question, answer: Answer, many: bool = False) -> QFileDialog:
    """Ask for files that exist."""
    return _ask(parent, question, Mode.ExistingFiles if many else Mode.ExistingFile, answer)


def ask_folder(parent: QWidget, question: Question, answer: Answer) -> QFileDialog:
    """Ask for a folder."""
    return _ask(parent, question, Mode.Directory, answer)


def ask_save(parent: QWidget, question: Question, answer: Answer) -> QFileDialog:
    """Ask for a file to write."""
    return _ask(parent, question, Mode.AnyFile, answer)


def _ask(parent: QWidget, question: Question, mode: QFileDialog.FileMode, answer: Answer) -> QFileDialog:
    dialog = QFileDialog(parent, question.title, str(question.folder or Path.home()), question.filter)
    dialog.setObjectName("dialog.file")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    if mode == Mode.Directory:
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if mode == Mode.AnyFile:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(question.suffix)
    if question.name:
        dialog.selectFile(question.name)
    dialog.filesSelected.connect(lambda names: answer(tuple(map(Path, names))))
    dialog.open()
    return dialog
