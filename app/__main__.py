"""Entry point: no command opens the window, anything else is a command; `--read-child` is the guarded reader itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence

_LANGUAGES = ("zh", "en")
_INTERRUPTED = 130


def main() -> int:
    """Run the program and return its exit code."""
    try:
        return _run()
    except KeyboardInterrupt:  # while it was still being loaded: nothing was begun, and no words are there yet to say so
        return _INTERRUPTED


def _run() -> int:
    arguments = sys.argv[1:]
    if arguments[:1] == ["--read-child"]:
        from app.files.read_child import main as read_child

        return read_child()
    if arguments[:1] == ["--unpack-child"]:
        from app.files.unpack_child import main as unpack_child

        return unpack_child()
    lang, others = _language(arguments)
    if not others or (len(others) == 1 and others[0].endswith(".zhiheng")):
        from app.gui.application import main as open_window

        return open_window(others, lang)
    from app.cli.main import main as run_command

    return run_command(arguments)


def _language(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Take `--lang zh|en` out of the arguments; one that is no language stays, for the command line to refuse."""
    for position, word in enumerate(arguments):
        taken = 1 if word.startswith("--lang=") else 2
        value = word.removeprefix("--lang=") if taken == 1 else "".join(arguments[position + 1 : position + 2])
        if (taken == 1 or word == "--lang") and value in _LANGUAGES:
            return value, [*arguments[:position], *arguments[position + taken :]]
    return "", list(arguments)


if __name__ == "__main__":
    sys.exit(main())
