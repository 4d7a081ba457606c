"""Whether a file is named as the kind of file it is to be, before anything is computed for it."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import UserError


def check_ending(path: Path, *known: str) -> None:
    """Refuse with UserError `file.unknown_format` a file that ends in none of `known`, such as .xlsx."""
    if path.suffix.lower() not in known:
        raise UserError("file.unknown_format", file=path.name, known=" ".join(known))
