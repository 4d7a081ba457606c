"""What must be right on the machine before Qt starts: the Chinese input method and Qt's system libraries."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import MutableMapping

PACKAGES = (
    "libglib2.0-0 libegl1 libgl1 libx11-6 libdbus-1-3 libfontconfig1 libfreetype6 libxkbcommon0 libx11-xcb1 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 "
    "libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0"
)


def choose_input_method(environment: MutableMapping[str, str]) -> None:
    """Reach fcitx through its IBus portal: Qt's wheels carry no fcitx plugin, and without this Chinese cannot be typed."""
    names = " ".join(environment.get(key, "") for key in ("QT_IM_MODULE", "XMODIFIERS", "GTK_IM_MODULE")).lower()
    if "fcitx" in names:
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"


def trouble() -> tuple[str, str]:
    """Return a text key and the loader's words when Qt cannot start here, ("", "") when it can."""
    try:
        import PySide6.QtSvg
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return "gui.error.libraries", str(error)
    return _trouble_with_windows()


def _trouble_with_windows() -> tuple[str, str]:
    """Qt ends the process without a word to us when its X11 plugin cannot load, so its libraries are tried first."""
    shows = sys.platform.startswith("linux") and os.environ.get("QT_QPA_PLATFORM", "xcb").startswith("xcb")
    if not shows or os.environ.get("WAYLAND_DISPLAY"):
        return "", ""
    for library in ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxkbcommon-x11.so.0"):
        try:
            ctypes.CDLL(library)
        except OSError as error:
            return "gui.error.libraries", str(error)
    return ("", "") if os.environ.get("DISPLAY") else ("gui.error.no_display", "DISPLAY")


def refusal(key: str, reason: str) -> str:
    """Return the plain sentence `key`, in both languages, for a machine on which Qt cannot start."""
    from app.files.resource_words import read_words
    from app.files.resources import resources_folder

    words = read_words([resources_folder() / "locale" / "gui.toml"])[key]
    return "\n".join(text.format(reason=reason, packages=PACKAGES) for text in (words.zh, words.en))


def prepare() -> None:
    """Set what Qt reads from the environment; call before the first import of Qt's widgets."""
    if sys.platform.startswith("linux"):
        choose_input_method(os.environ)
