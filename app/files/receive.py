"""Taking a file as it was received: its bytes, packed for the study, and their hash."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from app.files.read_causes import TEXT_BYTES


@dataclass(frozen=True, slots=True)
class Received:
    """One file in hand: `packed` holds all its bytes (zlib), `size` counts them as they came."""

    path: Path
    sha256: str
    size: int
    packed: bytes


def receive(path: Path) -> Received | None:
    """Return the file at `path` packed and hashed; None when it cannot be read whole, which the reader will explain."""
    try:
        if path.stat().st_size > TEXT_BYTES:
            return None
        content = path.read_bytes()
    except OSError:
        return None
    return Received(path, hashlib.sha256(content).hexdigest(), len(content), zlib.compress(content, 6))
