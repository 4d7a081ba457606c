"""Taking a file as it was received: the hash of its bytes first, which is quick, and the bytes packed for the study later."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path

from app.files.read_causes import TEXT_BYTES

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Received:
    """One file in hand: the hash and number of its bytes."""

    path: Path
    sha256: str
    size: int


def receive(path: Path) -> Received | None:
    """Return the file at `path` hashed; None when it cannot be read whole, which the reader will explain."""
    digest, size = hashlib.sha256(), 0
    try:
        if path.stat().st_size > TEXT_BYTES:
            return None
        with path.open("rb") as handle:
            while block := handle.read(_BLOCK):
                digest.update(block)
                size += len(block)
    except OSError:
        return None
    return Received(path, digest.hexdigest(), size)


def pack(received: Received) -> bytes | None:
    """Return all bytes of the file, packed (zlib) for the study; None when they are no longer those that were received."""
    try:
        if received.path.stat().st_size != received.size:
            return None
        content = received.path.read_bytes()
    except OSError:
        return None
    return zlib.compress(content, 6) if hashlib.sha256(content).hexdigest() == received.sha256 else None
