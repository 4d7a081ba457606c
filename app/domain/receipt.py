"""回执: what a receiver got, from whom, and whether it was taken; signed by the receiver."""

from __future__ import annotations

from dataclasses import dataclass

RECEIPT_VERSION = 1


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """One file: `reason` and `words` say why it was refused ("" where it was taken); `leaking` tables that will not be merged."""

    file: str
    file_hash: str
    accepted: bool
    reason: str = ""
    words: str = ""
    code: str = ""
    name: str = ""
    fingerprint: str = ""
    content: str = ""
    created: str = ""
    wave: str = ""
    tables: int = 0
    hidden: int = 0
    leaking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """`code` and `name` the receiver's place, `who` took it in, `when` (ISO), what came, and the same as lines to read."""

    code: str
    name: str
    who: str
    when: str
    items: tuple[ReceiptItem, ...]
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadReceipt:
    """A receipt whose signature was checked, and the fingerprint of whoever signed it."""

    receipt: Receipt
    fingerprint: str
