"""What the window remembers between runs: language, theme, place on screen, recent studies. Never part of a study."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QSettings

from app.domain.words import Lang

RECENT = 8
SENDER = ("place", "name", "level", "who")  # of a package for the next level up


class Preferences:
    """The user's settings on this machine."""

    def __init__(self) -> None:
        self._settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "zhiheng", "zhiheng")

    @property
    def language(self) -> Lang:
        """The language of the window; Chinese until the user chooses."""
        return "en" if self._settings.value("language") == "en" else "zh"

    @language.setter
    def language(self, value: Lang) -> None:
        self._settings.setValue("language", value)

    @property
    def theme(self) -> Literal["light", "dark"]:
        """`light` or `dark`."""
        return "dark" if self._settings.value("theme") == "dark" else "light"

    @theme.setter
    def theme(self, value: str) -> None:
        self._settings.setValue("theme", value)

    @property
    def issuer(self) -> str:
        """The bureau that issues this user's briefs, "" until one is named."""
        return str(self._settings.value("issuer") or "")

    @issuer.setter
    def issuer(self, value: str) -> None:
        self._settings.setValue("issuer", value)

    @property
    def sender(self) -> dict[str, str]:
        """Whose packages this user sends to the next level up, and who sends them, by field; what was never said is left out."""
        said = {name: str(self._settings.value(f"sender/{name}") or "") for name in SENDER}
        return {name: value for name, value in said.items() if value}

    @sender.setter
    def sender(self, said: dict[str, str]) -> None:
        for name in SENDER:
            self._settings.setValue(f"sender/{name}", said[name])

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window stood, or None."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Studies opened lately, newest first; files that are gone are left out."""
        value = self._settings.value("recent") or []
        names = [value] if isinstance(value, str) else list(value)
        return tuple(path for path in map(Path, names) if path.is_file())

    def remember(self, path: Path) -> None:
        """Put `path` at the head of the recent studies."""
        others = [str(old) for old in self.recent if old != path]
        self._settings.setValue("recent", [str(path), *others][:RECENT])
