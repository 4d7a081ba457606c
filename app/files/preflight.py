"""What a file really is, and whether its container is fit to be opened: looks at magic bytes and the zip directory only.

The limits answer measured attacks: zip and entity bombs, overlapping and repeated parts. Nothing is unpacked but the
first bytes of each XML part, so the answer comes at once. Standard library only: it runs inside the guarded child.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Final, Literal

from app.files.read_causes import (
    DIRECTORY_BYTES,
    PACKED_BYTES,
    PARTS,
    RATIO,
    RATIO_FROM_BYTES,
    UNPACKED_BYTES,
    Refusal,
    megabytes,
)

Kind = Literal["xlsx", "xlsb", "xls", "ods", "fods", "xml", "html", "text"]

LABELS: Final[dict[Kind, str]] = {
    "xlsx": "Excel (.xlsx)",
    "xlsb": "Excel (.xlsb)",
    "xls": "Excel 97 (.xls)",
    "ods": "OpenDocument (.ods)",
    "fods": "OpenDocument (.fods)",
    "xml": "Excel 2003 XML",
    "html": "HTML",
    "text": "CSV",
}
HEAD_BYTES: Final = 1 << 16
ENDINGS: Final[dict[str, Kind]] = {
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xltx": "xlsx",
    ".xltm": "xlsx",
    ".xlsb": "xlsb",
    ".xls": "xls",
    ".xlt": "xls",
    ".et": "xls",
    ".ods": "ods",
    ".ots": "ods",
    ".fods": "fods",
    ".csv": "text",
    ".tsv": "text",
    ".txt": "text",
    ".htm": "html",
    ".html": "html",
    ".mht": "html",
    ".mhtml": "html",
}
"""File endings that promise a table, and what each promises."""
ARCHIVE: Final = ".zip"

_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "PDF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "EXE"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
    (b"PAR1", "Parquet"),
)
MAIL_HEADS: Final = (b"mime-version:", b"from:", b"content-type:", b"x-document-type:")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_BOF: Final = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_BOOK_STREAM: Final = re.compile(rb"b\0o\0o\0k\0", re.IGNORECASE)  # Workbook, Book, and the WORKBOOK of some writers
_DOCUMENT_PARTS: Final = (b"[content_types].xml", b"_rels/.rels", b"mimetype")
_ZIP_FOREIGN: Final = (("word/", "Word (.docx)"), ("ppt/", "PowerPoint (.pptx)"), ("Index/", "Apple iWork"))
UNREADABLE_ZIP: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)
"""What Python's zipfile raises over damaged archives."""

_ROOT: Final = re.compile(rb"<[A-Za-z_]")
_ODF_OTHER: Final = {b"text": "OpenDocument (.odt)", b"presentation": "OpenDocument (.odp)", b"graphics": "OpenDocument (.odg)"}


def recognise(path: Path) -> Kind:
    """Return what the file is by its content, having checked its container; Refusal says why it must not be opened."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise Refusal("READ_EMPTY_FILE")
    if head.startswith((b"PK", _OLE)) and path.stat().st_size > PACKED_BYTES:
        raise Refusal("READ_TOO_LARGE", amount=megabytes(path.stat().st_size), limit=megabytes(PACKED_BYTES))
    if head.startswith(b"PK"):
        return check_zip(path)
    if head.startswith(_OLE):
        return check_ole(path)
    for magic, name in _MAGIC:
        if head.startswith(magic):
            raise Refusal("READ_OTHER_FORMAT", kind=name)
    if head[:2] in _BIFF_BOF and head[2:4] in (b"\x04\0", b"\x06\0", b"\x08\0", b"\x10\0"):
        return "xls"
    return _recognise_text(head)


def _recognise_text(head: bytes) -> Kind:
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:4096].lower()
    if plain.startswith(MAIL_HEADS):  # a web page with its parts in one file, as Excel saves .mht
        if b"multipart/related" in plain:
            return "html"
        if plain.startswith(b"mime-version:"):
            raise Refusal("READ_OTHER_FORMAT", kind="MHTML")
    if not plain.startswith(b"<"):
        return "text"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and b"<html" not in plain:
        return "xml"
    if b"opendocument.spreadsheet" in plain and b"office:document" in plain:
        return "fods"
    if plain.startswith((b"<?xml", b"<svg")) and b"<html" not in plain:
        raise Refusal("READ_OTHER_FORMAT", kind="XML")
    if b"<html" in plain or b"<table" in plain or plain.startswith((b"<!doctype html", b"<meta", b"<head", b"<div", b"<style")):
        return "html"
    return "text"


def check_ole(path: Path) -> Kind:
    """Return `xls` for an old workbook; refuse an encrypted one, and a Word or other document in the same container."""
    content = path.read_bytes()
    if _utf16("EncryptedPackage") in content or _has_file_pass(content):
        raise Refusal("READ_PASSWORD")
    if re.search(_BOOK_STREAM, content):
        return "xls"
    for stream, name in (("WordDocument", "Word (.doc)"), ("PowerPoint Document", "PowerPoint (.ppt)")):
        if _utf16(stream) in content:
            raise Refusal("READ_OTHER_FORMAT", kind=name)
    raise Refusal("READ_DAMAGED")


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _has_file_pass(content: bytes) -> bool:
    """Whether a workbook stream opens with a FILEPASS record ([MS-XLS] 2.4.117): everything behind it is encrypted."""
    for start in (match.start() for match in re.finditer(rb"\x09\x08[\x08\x10]\0\0[\x05\x06]\x05\0", content)):
        offset = start
        for _ in range(8):
            if offset + 4 > len(content):
                break
            record, length = struct.unpack_from("<HH", content, offset)
            if record == 0x002F:
                return True
            offset += 4 + length
    return False


def is_locked(path: Path) -> bool:
    """Whether a file is a workbook in an OLE container that a password locks."""
    with path.open("rb") as file:
        if not file.read(len(_OLE)).startswith(_OLE) or path.stat().st_size > PACKED_BYTES:
            return False
    try:
        check_ole(path)
    except Refusal as refusal:
        return refusal.code == "READ_PASSWORD"
    return False


def is_archive(path: Path) -> bool:
    """Whether a file is a zip of files and no document of any program by the names in its directory; not one to be parsed."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return False
        names = _directory_names(file)
    return bool(names) and not any(name in _DOCUMENT_PARTS or name.endswith(b".iwa") for name in names)


def _directory_names(file: BinaryIO) -> list[bytes]:
    """Return the lower-case names in a zip directory; none where it is damaged or too long to be looked at."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - HEAD_BYTES - 22, 0))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    length = struct.unpack_from("<I", tail, end + 12)[0] if 0 <= end <= len(tail) - 22 else size
    start = size - len(tail) + end - length
    if start < 0 or length > DIRECTORY_BYTES:
        return []
    file.seek(start)
    directory, names, at = file.read(length), [], 0
    while directory[at : at + 4] == b"PK\x01\x02" and at + 46 <= length:
        name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
        names.append(directory[at + 46 : at + 46 + name].replace(b"\\", b"/").lower())
        at += 46 + name + extra + comment
    return names


def check_office(path: Path) -> None:
    """Check size, directory, parts and entities of an Office document of any kind; Refusal says why it must not be opened."""
    if path.stat().st_size > PACKED_BYTES:
        raise Refusal("READ_TOO_LARGE", amount=megabytes(path.stat().st_size), limit=megabytes(PACKED_BYTES))
    if _directory_bytes(path) > DIRECTORY_BYTES:
        raise Refusal("READ_UNSAFE", detail=f"> {PARTS}")
    try:
        with zipfile.ZipFile(path) as archive:
            check_parts(archive.infolist())
            _check_entities(archive, archive.infolist())
    except UNREADABLE_ZIP as error:
        raise Refusal("READ_DAMAGED") from error


def check_zip(path: Path) -> Kind:
    """Return which workbook format a zip holds, having checked sizes, ratio, names and entities of its parts."""
    if _directory_bytes(path) > DIRECTORY_BYTES:
        raise Refusal("READ_UNSAFE", detail=f"> {PARTS}")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            check_parts(parts)
            kind = _zip_kind(archive, {part.filename.replace("\\", "/") for part in parts})
            _check_entities(archive, parts)
    except UNREADABLE_ZIP as error:
        raise Refusal("READ_DAMAGED") from error
    return kind


def _directory_bytes(path: Path) -> int:
    """Size of the zip directory as its end record states it; 0 where none is found (the reader then says damaged)."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - HEAD_BYTES - 22, 0))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    return struct.unpack_from("<I", tail, at + 12)[0] if 0 <= at <= len(tail) - 22 else 0


def check_parts(parts: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse parts that are encrypted, too many, of one name, too large together, packed like a bomb, or one over the other."""
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("READ_PASSWORD")
    if len(parts) > PARTS:
        raise Refusal("READ_UNSAFE", detail=f"{len(parts)} > {PARTS}")
    counts = Counter(part.filename.replace("\\", "/").lower() for part in parts)
    if len(counts) < len(parts):
        raise Refusal("READ_UNSAFE", detail=f"2 × {counts.most_common(1)[0][0]}")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED_BYTES:
        raise Refusal("READ_TOO_LARGE", amount=megabytes(unpacked), limit=megabytes(UNPACKED_BYTES))
    for part in parts:
        if part.file_size > RATIO_FROM_BYTES and part.file_size > RATIO * part.compress_size:
            raise Refusal("READ_UNSAFE", detail=f"{part.filename} {megabytes(part.file_size)}")
    for one, other in pairwise(sorted(parts, key=lambda part: part.header_offset)):
        if one.header_offset + one.compress_size > other.header_offset:
            raise Refusal("READ_UNSAFE", detail=other.filename)


def _zip_kind(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    if "mimetype" in names and "content.xml" in names:
        mime = archive.read("mimetype")[:200]
        for word, name in _ODF_OTHER.items():
            if mime.startswith(b"application/vnd.oasis.opendocument." + word):
                raise Refusal("READ_OTHER_FORMAT", kind=name)
        return "ods"
    lowered = {name.lower() for name in names}
    for prefix, name in _ZIP_FOREIGN:
        if any(part.startswith(prefix) for part in names) and not any(part.startswith("xl/") for part in lowered):
            raise Refusal("READ_OTHER_FORMAT", kind=name)
    if not names:
        raise Refusal("READ_EMPTY_FILE")
    if "[content_types].xml" not in lowered and "_rels/.rels" not in lowered:
        raise Refusal("READ_OTHER_FORMAT", kind="ZIP")
    return "xlsb" if any(part.endswith("workbook.bin") for part in lowered) else "xlsx"


def _check_entities(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse a DOCTYPE, which XML allows only before the root element: reading up to that element is enough."""
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")) and not _is_plain(_xml_head(archive, part)):
            raise Refusal("READ_UNSAFE", detail=f"{part.filename} <!DOCTYPE")


def _xml_head(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as stream:
        head = stream.read(4096)
        return head if _ROOT.search(head) else head + stream.read(HEAD_BYTES)


def _is_plain(head: bytes) -> bool:
    prolog = head.replace(b"\0", b"")  # UTF-16 reads like ASCII then
    root = _ROOT.search(prolog)
    endless = root is None and len(head) > HEAD_BYTES
    return not endless and b"<!DOCTYPE" not in prolog[: root.start() if root else None]
