"""An Office package opened for small changes: every member that is not replaced goes over byte for byte, still packed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from app.files.settle_zip import ZIP_DATE

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DESCRIPTOR_FLAG, _UTF8_FLAG = 0x08, 0x800
_ZIP64_EXTRA = 1


class Unfit(Exception):
    """A workbook that cannot be changed in place; the sentence is for a log, the user gets a copy of its cells instead."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A member as it is written: its name's bytes, the fields of its entry, and its packed bytes."""

    name: bytes
    entry: zipfile.ZipInfo
    local_extra: bytes
    packed: bytes


class Package:
    """The members of a zip by name, some of them replaced or added. Names are found whatever their case, as Office does."""

    def __init__(self, content: bytes) -> None:
        """Open the zip `content`; Unfit when it is none."""
        self._content = content
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Unfit(f"no zip: {error}") from error
        self._names = {_key(entry.filename): entry.filename for entry in self._zip.infolist()}
        self._changed: dict[str, bytes] = {}

    def has(self, name: str) -> bool:
        """Return whether there is a member of this name."""
        return _key(name) in self._names

    def read(self, name: str) -> bytes:
        """Return a member as it now is; Unfit when it is missing or damaged."""
        real = self._names.get(_key(name), "")
        if real in self._changed:
            return self._changed[real]
        try:
            return self._zip.read(real)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise Unfit(f"{name}: {error}") from error

    def put(self, name: str, data: bytes) -> None:
        """Replace the member `name`, or add it after the others."""
        self._changed[self._names.setdefault(_key(name), name)] = data

    def free_name(self, pattern: str) -> str:
        """Return the first name of `pattern` (with a place {}) that no member has, numbered from 1."""
        return next(name for number in range(1, 100_000) if not self.has(name := pattern.format(number)))

    def packed(self) -> bytes:
        """Return the whole zip: members in their old order, the added ones last."""
        members = [self._kept(entry) for entry in self._zip.infolist()]
        known = {entry.filename for entry in self._zip.infolist()}
        members += [_fresh(name.encode(), zipfile.ZipInfo(name, ZIP_DATE), data) for name, data in self._added(known).items()]
        return _written(members, self._zip.comment)

    def _added(self, known: set[str]) -> Mapping[str, bytes]:
        return {name: data for name, data in self._changed.items() if name not in known}

    def _kept(self, entry: zipfile.ZipInfo) -> _Member:
        name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8_FLAG else "cp437")
        if entry.filename in self._changed:
            return _fresh(name, entry, self._changed[entry.filename])
        fields = _LOCAL.unpack_from(self._content, entry.header_offset)
        start = entry.header_offset + _LOCAL.size + fields[9]
        data = start + fields[10]
        packed = self._content[data : data + entry.compress_size]
        return _Member(name, entry, _without_zip64(self._content[start:data]), packed)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _fresh(name: bytes, like: zipfile.ZipInfo, data: bytes) -> _Member:
    """Pack new bytes under an entry that keeps the date and attributes of `like`."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    entry = zipfile.ZipInfo(like.filename, like.date_time)
    entry.create_system, entry.create_version, entry.extract_version = like.create_system, like.create_version, 20
    entry.external_attr, entry.internal_attr = like.external_attr, like.internal_attr
    entry.flag_bits = like.flag_bits & _UTF8_FLAG
    entry.compress_type, entry.CRC = zipfile.ZIP_DEFLATED, zlib.crc32(data)
    entry.file_size, entry.compress_size = len(data), len(packed)
    return _Member(name, entry, b"", packed)


def _written(members: list[_Member], comment: bytes) -> bytes:
    target, directory = io.BytesIO(), io.BytesIO()
    for member in members:
        offset = target.tell()
        entry, extra = member.entry, _without_zip64(member.entry.extra)
        flags = entry.flag_bits & ~_DESCRIPTOR_FLAG  # sizes stand in the header, so none follows the data
        shape = (entry.extract_version, flags, entry.compress_type, *_dos_time(entry), entry.CRC, len(member.packed))
        sizes = (entry.file_size, len(member.name))
        target.write(_LOCAL.pack(b"PK\3\4", *shape, *sizes, len(member.local_extra)))
        target.write(member.name + member.local_extra + member.packed)
        made_by = entry.create_version | entry.create_system << 8
        rest = (len(extra), len(entry.comment), 0, entry.internal_attr, entry.external_attr, offset)
        directory.write(_CENTRAL.pack(b"PK\1\2", made_by, *shape, *sizes, *rest) + member.name + extra + entry.comment)
    start, size, count = target.tell(), directory.tell(), len(members)
    target.write(directory.getvalue() + _END.pack(b"PK\5\6", 0, 0, count, count, size, start, len(comment)) + comment)
    return target.getvalue()


def _dos_time(entry: zipfile.ZipInfo) -> tuple[int, int]:
    """Return time and date as a zip holds them; a date of before 1980, which some writers leave at zero, stays zero."""
    year, month, day, hour, minute, second = entry.date_time
    return hour << 11 | minute << 5 | second // 2, max(year - 1980, 0) << 9 | month << 5 | day


def _without_zip64(extra: bytes) -> bytes:
    """Return extra fields without the one for sizes past 4 GiB, which is wrong once the sizes stand in the header."""
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, place)
        if kind != _ZIP64_EXTRA:
            kept += extra[place : place + 4 + size]
        place += 4 + size
    return kept + (extra[place:] if place < len(extra) else b"")
