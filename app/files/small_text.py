"""A small text file that a person made, in the encodings that offices use."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import UserError

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_small_text(path: Path, limit: int, code: str) -> str:
    """Return the text of `path`; UserError `code` when it is no text or has more than `limit` bytes, `file.missing`, or
    `frame.unreadable` when the disk will not give it.

    Only a small ordinary file is read: a device would never end.
    """
    try:
        if path.exists() and (not path.is_file() or path.stat().st_size > limit):
            raise UserError(code, file=path.name)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("file.missing", file=path.name) from error
    except OSError as error:
        raise UserError("frame.unreadable", file=path.name, reason=error.strerror or error) from error
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(code, file=path.name)
