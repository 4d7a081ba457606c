"""Workbooks locked with a password: asked for one by one after the others are in; nothing typed is ever kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.findings import Finding
from app.gui.dialogs.password import PasswordDialog

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

LOCKED = "READ_PASSWORD"


def locked_names(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the files whose password is not known, each once."""
    return tuple(dict.fromkeys(finding.place.source for finding in findings if finding.code == LOCKED))


def paths_of(names: Iterable[str], offered: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files to read again for these names: found under what was offered, a member of an archive by its archive."""
    wanted = {name.partition("/")[0] for name in names}
    found: list[Path] = []
    for path in offered:
        inside = sorted(path.rglob("*")) if path.is_dir() else (path,)
        found += [each for each in inside if each.name in wanted and each.is_file()]
    return tuple(dict.fromkeys(found))


class Locks:
    """Asks for passwords after a collection. A file that is skipped is not asked for again in the same collection."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self._parameters: dict[str, Any] = {}
        self._skipped: set[str] = set()
        self._tried = ""

    def begin(self, parameters: dict[str, Any]) -> None:
        """Remember what a collection was asked to read; a new one forgets what was skipped before."""
        if "passwords" not in parameters:
            self._parameters, self._skipped, self._tried = dict(parameters), set(), ""

    def ask(self, findings: Iterable[Finding]) -> None:
        """Ask for the password of the first file among `findings` that is still locked."""
        offered = self._parameters.get("paths", ())
        locked = (name for name in locked_names(findings) if name not in self._skipped)
        names = [name for name in locked if paths_of((name,), offered)]  # an earlier collection may have left some locked
        if not names:
            return
        name, texts = names[0], self._session.texts
        wrong = name == self._tried
        dialog = PasswordDialog(self._window, name, wrong, len(names) - 1, texts)
        dialog.given.connect(lambda password: self._try(name, tuple(names), password))
        dialog.skipped.connect(lambda: self._skip(name, tuple(findings)))
        dialog.open()

    def _try(self, name: str, names: tuple[str, ...], password: str) -> None:
        """Read all locked files anew with this password: one is often used for many."""
        self._tried = name
        paths = paths_of(names, self._parameters.get("paths", ()))
        self._window.desk.trigger("study.collect", {**self._parameters, "paths": paths, "passwords": (password,)})

    def _skip(self, name: str, findings: tuple[Finding, ...]) -> None:
        self._skipped.add(name)
        self.ask(findings)
