"""Reading back a document: Word, PowerPoint or Excel by its content, within limits that no document of ours comes near.

Nothing in the file is run or looked up: no entities, no network, no external links. What the zip holds is checked before
any of it is unpacked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.domain.document import Document, Grid, Line
from app.domain.errors import UserError
from app.files.file_names import shown_name
from app.files.preflight import check_office, check_ole
from app.files.read_causes import Refusal
from app.files.read_process import check_regular
from app.files.readback.docx_file import read_docx
from app.files.readback.parts import Package, attribute, inside, local, within
from app.files.readback.pptx_file import read_pptx
from app.files.readback.sheets import main_part
from app.files.readback.xlsx_file import read_xlsx

Reader = Callable[[Package, str], "list[Line | Grid]"]
_READERS: Mapping[str, tuple[str, Reader]] = {
    "document": ("docx", read_docx),
    "presentation": ("pptx", read_pptx),
    "workbook": ("xlsx", read_xlsx),
}
MOST_ITEMS = 10_000  # paragraphs, tables, charts: a long brief of ours has 400
_OLE, _ZIP, _PDF = b"\xd0\xcf\x11\xe0", b"PK", b"%PDF"
_CAUSES: Mapping[str, str] = {
    "READ_MISSING": "missing",
    "READ_NOT_A_FILE": "no_file",
    "READ_DENIED": "denied",
    "READ_EMPTY_FILE": "empty",
    "READ_PASSWORD": "password",
    "READ_DAMAGED": "damaged",
    "READ_UNSAFE": "unsafe",
    "READ_TOO_LARGE": "too_large",
    "READ_OTHER_FORMAT": "old_format",
}


def read_document(path: Path) -> Document:
    """Return what the document at `path` says; UserError `document.*` for what is none, is locked, damaged or unsafe."""
    name = shown_name(path)
    try:
        check_regular(path)
        _check_kind(path, name)
        check_office(path)
        return document_of(path.read_bytes(), name)
    except Refusal as refusal:
        raise _told(refusal, name) from refusal
    except OSError as error:
        raise UserError("document.denied", file=name) from error


def document_of(content: bytes, name: str) -> Document:
    """Return what an Office package in memory says; UserError `document.*`."""
    try:
        package = Package(content, name)
        main = main_part(package)
        kind, read = _READERS.get(local(package.xml(main)) if main else "", ("", None))
        if read is None:
            raise UserError("document.other", file=name)
        items = tuple(read(package, main))
        if len(items) > MOST_ITEMS:
            raise UserError("document.too_large", file=name)
        return Document(kind, items, _properties(package), _created(package))
    except Refusal as refusal:
        raise _told(refusal, name) from refusal
    except UserError as error:
        raise error if error.code.startswith("document.") else UserError("document.damaged", file=name) from error


def _told(refusal: Refusal, name: str) -> UserError:
    return UserError(f"document.{_CAUSES.get(refusal.code, 'damaged')}", file=name)


def _check_kind(path: Path, name: str) -> None:
    """Refuse what is no Office document by its first bytes."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_OLE):
        check_ole(path)
        raise UserError("document.old_format", file=name)
    if head.startswith(_PDF):
        raise UserError("document.pdf", file=name)
    if not head.startswith(_ZIP):
        raise UserError("document.other", file=name)


def _properties(package: Package) -> dict[str, str]:
    """Return the texts among the file's own properties by name."""
    if not package.has("docProps/custom.xml"):
        return {}
    found = within(package.xml("docProps/custom.xml"), "property")
    return {attribute(node, "name"): _first_text(node) for node in found}


def _first_text(node: Any) -> str:
    return next((each.text or "" for each in node), "")


def _created(package: Package) -> str:
    part = "docProps/core.xml"
    node = inside(package.xml(part), "created") if package.has(part) else None
    return (node.text or "").strip() if node is not None else ""
