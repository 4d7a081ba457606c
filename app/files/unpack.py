"""Taking the tables out of a zip archive, member by member, within limits of size. Runs in the guarded child alone."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from app.files.preflight import ARCHIVE, ENDINGS, UNREADABLE_ZIP
from app.files.read_causes import PARTS, RATIO, RATIO_FROM_BYTES, Refusal, megabytes
from app.files.unpack_names import leads_out, member_names, shown

_CHUNK: Final = 1 << 20
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OTHER_METHODS: Final = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz", 98: "PPMd"}
_LEFT: Final = frozenset(("__macosx",))


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive by the name people see."""

    name: str
    info: zipfile.ZipInfo


def members(archive: zipfile.ZipFile, limit: int) -> tuple[Member, ...]:
    """Return the files of an archive; Refusal when they are too many, larger than `limit` in all, or lie over each other."""
    infos = [info for info in archive.infolist() if not info.orig_filename.endswith(("/", "\\"))]
    if len(infos) > PARTS:
        raise Refusal("READ_UNSAFE", detail=f"{len(infos)} > {PARTS}")
    size = sum(info.file_size for info in infos)
    if size > limit:
        raise Refusal("READ_TOO_LARGE", amount=megabytes(size), limit=megabytes(limit))
    for one, other in pairwise(sorted(infos, key=lambda info: info.header_offset)):
        if one.header_offset + one.compress_size > other.header_offset:
            raise Refusal("READ_UNSAFE", detail=shown(other.filename))
    names = member_names(infos)
    return tuple(Member(name, info) for name, info in zip(names, infos, strict=True))


def is_table(name: str) -> bool:
    """Whether a member's name promises a table or another archive; owner files (`~$`) and hidden files do not."""
    parts = name.split("/")
    if any(part.lower() in _LEFT or (part.startswith(("~$", ".")) and part != "..") for part in parts):
        return False
    return Path(parts[-1]).suffix.lower() in (*ENDINGS, ARCHIVE)


def check(member: Member) -> None:
    """Refuse a member that leads out of the archive, is no file, or cannot be unpacked safely."""
    info = member.info
    if leads_out(member.name):
        raise Refusal("READ_UNSAFE", detail="../")
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise Refusal("READ_NOT_A_FILE")
    if info.file_size == 0:
        raise Refusal("READ_EMPTY_FILE")
    if info.file_size > RATIO_FROM_BYTES and info.file_size > RATIO * info.compress_size:
        raise Refusal("READ_UNSAFE", detail=megabytes(info.file_size))
    if info.compress_type not in _METHODS:
        kind = f"ZIP {_OTHER_METHODS.get(info.compress_type, info.compress_type)}"
        raise Refusal("READ_PASSWORD") if info.flag_bits & 1 else Refusal("READ_OTHER_FORMAT", kind=kind)


def content(archive: zipfile.ZipFile, member: Member, passwords: Sequence[str]) -> Iterator[bytes]:
    """Yield a member's bytes in pieces; Refusal when it is damaged or no password fits."""
    is_locked = bool(member.info.flag_bits & 1)
    password = _password(archive, member, passwords) if is_locked else None
    try:
        with archive.open(member.info, pwd=password) as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except UNREADABLE_ZIP as error:
        raise Refusal("READ_PASSWORD" if is_locked else "READ_DAMAGED") from error


def _password(archive: zipfile.ZipFile, member: Member, passwords: Sequence[str]) -> bytes:
    """Return the password that opens a member: one byte rules most wrong ones out, the whole content the rest."""
    encoded = dict.fromkeys(password.encode(codec, "replace") for password in passwords for codec in ("utf-8", "gb18030"))
    likely = [password for password in encoded if _opens(archive, member, password, 1)]
    if len(likely) > 1:
        likely = [password for password in likely if _opens(archive, member, password, member.info.file_size)]
    if not likely:
        raise Refusal("READ_PASSWORD")
    return likely[0]


def _opens(archive: zipfile.ZipFile, member: Member, password: bytes, size: int) -> bool:
    """Whether `password` seems right as far as the first `size` bytes."""
    try:
        with archive.open(member.info, pwd=password) as stream:
            while size > 0 and (piece := stream.read(_CHUNK)):
                size -= len(piece)
    except (RuntimeError, zipfile.BadZipFile, zlib.error, EOFError):
        return False
    return True
