"""A signed record as one plain text: nothing in it is packed, so nothing in it can burst; nothing in it is ever run.

What is signed is the canonical form of the content (keys sorted, no spaces, ASCII) behind the name of the format, so that a file
may be laid out anew by whatever carries it, and a signature of one format is none of another.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.files.atomic import write_atomically
from app.files.relay_keys import fingerprint, is_signed, sign

MOST_BYTES = 8 << 20
_FIELDS = {"format", "version", "content", "key", "signature"}


@dataclass(frozen=True, slots=True)
class Seal:
    """Whose signature a file bears: `key` (hex), its fingerprint, the hash of the content, and that of the file as it came."""

    key: str
    fingerprint: str
    content_hash: str
    file_hash: str


def write_signed(path: Path, named: tuple[str, int], content: Any, key: Path) -> str:
    """Write `content` (plain JSON values) signed with `key` to `path`; `named` is format and version. Return the content's hash.

    UserError `relay.key`, or why the disk will not have it.
    """
    message = _canonical(content)
    public, signature = sign(_message(named, message), key)
    whole = {"format": named[0], "version": named[1], "content": content, "key": public, "signature": signature}
    write_atomically(path, json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n")
    return hashlib.sha256(message).hexdigest()


def read_signed(path: Path, named: tuple[str, int]) -> tuple[Any, Seal]:
    """Return the content of a file whose signature holds, and whose it is.

    UserError: `file.missing`, `relay.unreadable`, `relay.too_large`, `relay.foreign` for what is no such file, `relay.cut` for
    one that was cut short or spoilt, `relay.newer` for a later version, `relay.signature` where anything was altered.
    """
    raw = _bytes_of(path)
    whole = _parsed(raw, path)
    if not isinstance(whole, dict) or whole.get("format") != named[0]:
        raise UserError("relay.foreign", file=path.name)
    version = whole.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise UserError("relay.foreign", file=path.name)
    if version > named[1]:
        raise UserError("relay.newer", file=path.name, version=version, known=named[1])
    if set(whole) != _FIELDS or not isinstance(whole["key"], str) or not isinstance(whole["signature"], str):
        raise UserError("relay.foreign", file=path.name)
    message = _canonical(whole["content"])
    if not is_signed(_message((named[0], version), message), whole["key"], whole["signature"]):
        raise UserError("relay.signature", file=path.name)
    mark = fingerprint(whole["key"])
    return whole["content"], Seal(whole["key"], mark, hashlib.sha256(message).hexdigest(), hashlib.sha256(raw).hexdigest())


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.exists():
            raise UserError("file.missing", file=path.name)
        if not path.is_file():
            raise UserError("relay.foreign", file=path.name)
        if path.stat().st_size > MOST_BYTES:
            raise UserError("relay.too_large", file=path.name, most=MOST_BYTES >> 20)
        return path.read_bytes()
    except OSError as error:
        raise UserError("relay.unreadable", file=path.name, reason=error.strerror or error) from error


def _parsed(raw: bytes, path: Path) -> Any:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("relay.foreign", file=path.name) from error
    if not text.lstrip().startswith("{"):
        raise UserError("relay.foreign", file=path.name)
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise UserError("relay.cut", file=path.name) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is beyond every number")
    return value


def _canonical(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _message(named: tuple[str, int], content: bytes) -> bytes:
    return f"{named[0]} {named[1]}\n".encode() + content
