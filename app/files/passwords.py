"""A file of passwords, so that none stands on a command line that others can see."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.domain.errors import UserError

_BYTES: Final = 1 << 16


def read_passwords(path: Path) -> tuple[str, ...]:
    """Return the passwords in a text file, one a line, in UTF-8 (with or without mark) or GB18030; blank lines do not count.

    UserError `password.file` when it cannot be read, is no text or is larger than 64 KB.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_BYTES + 1)
    except OSError as error:
        raise UserError("password.file", file=path.name, reason=error.strerror or error) from error
    text = _decoded(content)
    if len(content) > _BYTES or text is None or "\0" in text:
        raise UserError("password.file", file=path.name, reason="UTF-8 / GB18030, 64 KB")
    return tuple(dict.fromkeys(line for line in text.splitlines() if line.strip()))


def _decoded(content: bytes) -> str | None:
    for codec in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    return None
