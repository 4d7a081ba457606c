"""回执 as a file: signed like a package, with the text that people read inside."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from app.domain.errors import UserError
from app.domain.receipt import RECEIPT_VERSION, ReadReceipt, Receipt
from app.files.records import decode_record, encode_record
from app.files.relay_file import plain_text
from app.files.signed_json import MOST_BYTES, read_signed, write_signed

FORMAT = "zhiheng-receipt"
ENDING = ".json"


def write_receipt(path: Path, receipt: Receipt, key: Path) -> None:
    """Write `receipt` signed with `key`; UserError `relay.key`, or why the disk will not have it."""
    write_signed(path, (FORMAT, RECEIPT_VERSION), json.loads(encode_record(receipt)), key)


def read_receipt(path: Path) -> ReadReceipt:
    """Return the receipt at `path`; UserError `relay.*` for anything that is none, whole and unaltered."""
    plain, seal = read_signed(path, (FORMAT, RECEIPT_VERSION))
    try:
        receipt = decode_record(Receipt, json.dumps(plain))
    except (ValueError, RecursionError) as error:
        raise UserError("relay.content", file=path.name, part="JSON") from error
    if any(plain_text(line) != line for line in receipt.text):
        raise UserError("relay.content", file=path.name, part="text")
    return ReadReceipt(receipt, seal.fingerprint)


def file_hash(path: Path) -> str:
    """Return sha256 (hex) of a file as it came, "" where it is too large for a package or cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return ""
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
