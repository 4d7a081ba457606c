"""Taking packages in: each is checked and answered for, those refused with the reason, and the answer is signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.domain.receipt import ReadReceipt, Receipt, ReceiptItem
from app.domain.relay import Acquaintance, Note, RelayPackage
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.endings import check_ending
from app.files.file_names import shown_name
from app.files.receipt_file import ENDING, FORMAT, file_hash, read_receipt, write_receipt
from app.files.relay_file import plain_text, read_relay
from app.files.relay_keys import own_fingerprint, write_known
from app.present.relay import receipt_lines
from app.workflows.context import Context
from app.workflows.merge import acquainted, leaking_tables
from app.workflows.relay import key_of
from app.workflows.targets import text_of

__all__ = ["FORMAT", "Received", "receipt", "receipts_in"]


_OF_A_RECEIPT = ("relay.signature", "relay.newer", "relay.content")


@dataclass(frozen=True, slots=True)
class Received:
    """The receipt, where it was written (None: nowhere), and what is to be told besides."""

    receipt: Receipt
    path: Path | None
    fingerprint: str
    notes: tuple[Note, ...] = ()


def receipt(parameters: Mapping[str, Any], lang: Lang, context: Context) -> Task[Received]:
    """Check the packages at `paths` and write a signed receipt to `out` (where it is named).

    UserError: `relay.key`, `relay.known`, or why the disk will not have it; what is wrong with a package stands in the receipt.
    """
    out, key = parameters.get("out"), key_of(parameters)
    if out is not None:
        check_ending(Path(out), ENDING)
    texts = Texts(lang, context.resources.words)
    items, notes, known = [], list[Note](), dict[str, Acquaintance]()
    for done, path in enumerate(parameters["paths"]):
        yield Progress("progress.receipt", done, len(parameters["paths"]), path.name)
        try:
            package = read_relay(path)
            known, met = acquainted((package,), key, bool(parameters.get("accept_key")), context.today)
            items.append(_taken(path, package))
            notes += met
            if out is not None:
                write_known(key, known)
        except UserError as error:
            items.append(_refused(path, error, texts))
    made = _receipt(parameters, tuple(items), texts, context)
    if out is None:
        return Received(made, None, "", tuple(notes))
    write_receipt(Path(out), made, key)
    return Received(made, Path(out), own_fingerprint(key), tuple(notes))


def receipts_in(paths: list[Path]) -> list[ReadReceipt]:
    """Return the receipts when all of these files are receipts, else none; UserError `relay.*` for a receipt that was altered."""
    found = []
    for path in paths:
        try:
            found.append(read_receipt(path))
        except UserError as error:
            if error.code in _OF_A_RECEIPT:
                raise
            return []
    return found


def _receipt(parameters: Mapping[str, Any], items: tuple[ReceiptItem, ...], texts: Texts, context: Context) -> Receipt:
    code, name, who = (plain_text(text_of(parameters, each)) for each in ("place", "name", "who"))
    bare = Receipt(code, name, who, context.now, items, ())
    return Receipt(code, name, who, context.now, items, tuple(map(plain_text, receipt_lines(texts, bare))))


def _taken(path: Path, package: RelayPackage) -> ReceiptItem:
    content = package.content
    hidden = sum(not cell.told for table in content.tables for row in table.rows for cell in row.cells)
    return ReceiptItem(
        plain_text(shown_name(path)),
        file_hash(path),
        True,
        code=content.place.code,
        name=content.place.name,
        fingerprint=package.fingerprint,
        content=package.content_hash,
        created=content.created,
        wave=content.wave,
        tables=len(content.tables),
        hidden=hidden,
        leaking=leaking_tables(content),
    )


def _refused(path: Path, error: UserError, texts: Texts) -> ReceiptItem:
    words = texts(f"error.{error.code}", **error.params)
    return ReceiptItem(plain_text(shown_name(path)), file_hash(path), False, error.code, plain_text(words))
