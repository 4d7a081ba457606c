"""The workbook inside a document: a zip in a zip, held to limits of its own before it is opened."""

from __future__ import annotations

import io
import zipfile

from app.domain.document import Entry
from app.files.preflight import UNREADABLE_ZIP, check_parts
from app.files.read_causes import Refusal
from app.files.readback.parts import Package
from app.files.readback.sheets import read_sheets

_MOST = 32 << 20  # bytes unpacked: the workbook of a chart of ours has 30 KB


def book_rows(content: bytes) -> list[tuple[str, tuple[tuple[Entry, ...], ...]]]:
    """Return (name, rows) of every sheet that holds anything; nothing for what is no workbook. Refusal for a hostile one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except UNREADABLE_ZIP:
        return []
    check_parts(parts)
    if sum(part.file_size for part in parts) > _MOST:
        raise Refusal("READ_UNSAFE", detail="xlsx")
    package = Package(content, "")
    return [(sheet.name, sheet.rows) for sheet in read_sheets(package) if sheet.rows]
