"""The bureau's key, and the keys it knows others by: Ed25519 (RFC 8032), kept in the user's own folder, never in a study.

Trust is on first use: the first package of a place makes its key known; another key later is refused until somebody has asked.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.domain.relay import Acquaintance
from app.files.atomic import atomic_path, write_atomically, write_error
from app.files.records import decode_record, encode_record

KEY_NAME = "relay-key.pem"
KNOWN_NAME = "relay-known.json"
_KEY_BYTES = 4096
_KNOWN_BYTES = 4 << 20
_GROUPS, _GROUP = 8, 4
_PUBLIC_BYTES, _SIGNATURE_BYTES = 32, 64


def usual_key() -> Path:
    """Return where the bureau's key is kept on this computer."""
    from platformdirs import user_config_path

    return user_config_path("zhiheng", appauthor=False) / KEY_NAME


def sign(message: bytes, key: Path) -> tuple[str, str]:
    """Return the public key and the signature of `message` (hex); the key is made on first use.

    UserError `relay.key` when the file holds no such key, or why the disk will not have it.
    """
    private = _private(key)
    return private.public_key().public_bytes_raw().hex(), private.sign(message).hex()


def own_fingerprint(key: Path) -> str:
    """Return the fingerprint of the bureau's key, which is made on first use."""
    return fingerprint(_private(key).public_key().public_bytes_raw().hex())


def is_signed(message: bytes, public: str, signature: str) -> bool:
    """Whether `signature` (hex) of `message` was made with the private key of `public` (hex)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        raw, signed = bytes.fromhex(public), bytes.fromhex(signature)
        if (len(raw), len(signed)) != (_PUBLIC_BYTES, _SIGNATURE_BYTES):
            return False
        Ed25519PublicKey.from_public_bytes(raw).verify(signed, message)
    except (ValueError, InvalidSignature):
        return False
    return True


def fingerprint(public: str) -> str:
    """Return a public key (hex) as people read it to each other over the telephone: eight groups of four."""
    digest = hashlib.sha256(bytes.fromhex(public)).hexdigest().upper()
    return "-".join(digest[place * _GROUP : (place + 1) * _GROUP] for place in range(_GROUPS))


def read_known(key: Path) -> dict[str, Acquaintance]:
    """Return what keys are known, by the code of the place; the list stands beside the bureau's key. UserError `relay.known`."""
    path = key.with_name(KNOWN_NAME)
    try:
        if not path.exists():
            return {}
        if path.stat().st_size > _KNOWN_BYTES:
            raise ValueError("too large")
        return dict(decode_record(Mapping[str, Acquaintance], path.read_text(encoding="utf-8")))  # type: ignore[type-abstract]
    except (OSError, ValueError, RecursionError) as error:
        raise UserError("relay.known", file=path) from error


def write_known(key: Path, known: Mapping[str, Acquaintance]) -> None:
    """Keep what keys are known; UserError when the disk will not have it."""
    key.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(json.loads(encode_record(dict(known))), ensure_ascii=False, indent=1, sort_keys=True)
    write_atomically(key.with_name(KNOWN_NAME), text + "\n")


def _private(key: Path) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if not key.exists():
        return _made(key)
    try:
        if not key.is_file() or key.stat().st_size > _KEY_BYTES:
            raise ValueError("no key")
        private = load_pem_private_key(key.read_bytes(), None)
    except Exception as error:  # the library has many names for a file that is no key
        raise UserError("relay.key", file=key) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UserError("relay.key", file=key)
    return private


def _made(key: Path) -> Any:
    """Make a key that nobody else on this computer may read."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    private = Ed25519PrivateKey.generate()
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        key.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(error, key) from error
    with atomic_path(key) as temporary:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        with contextlib.suppress(OSError):
            temporary.chmod(0o600)
    return private
