"""The two streams of the program: they take Chinese and odd file names on any console, and may be closed or full."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys

_HANDLER = "zhiheng"


def speak_utf8() -> None:
    """Make standard output and error take every text there is; a stream that was closed swallows what it is given."""
    codecs.register_error(_HANDLER, _replaced)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open as long as the program
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=_HANDLER)


def drop_output() -> None:
    """Forget what is still to be printed, so that Python does not complain on its way out."""
    with contextlib.suppress(OSError, ValueError):  # no stream of the system's, so nothing to complain about either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _replaced(error: UnicodeError) -> tuple[str | bytes, int]:
    """The bytes of a file name as the disk has them (they come as lone surrogates), anything else by its number."""
    try:
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeError:
        return codecs.lookup_error("backslashreplace")(error)
