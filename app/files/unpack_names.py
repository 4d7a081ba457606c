"""Names of the files in an archive, as the person who packed it saw them, and which of them lead out of it."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Final

from app.files.chinese_codecs import chinese_codecs

_UTF8_FLAG: Final = 0x800
_UNICODE_PATH: Final = 0x7075  # .ZIP File Format Specification 4.6.9: Info-ZIP Unicode Path Extra Field
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_DRIVE: Final = re.compile(r"^[A-Za-z]:")
_HIGH_PAIR: Final = re.compile(rb"[\x80-\xff]{2}")


def member_names(members: Sequence[zipfile.ZipInfo]) -> tuple[str, ...]:
    """Return the name of each member, folders divided by `/`.

    Names without the UTF-8 flag are read in one encoding for the whole archive: a UTF-8 name beside the name, else UTF-8,
    GB18030 or Big5 by their bytes (Chinese Windows writes its own code page), else code page 437, as the format has it.
    """
    raw = [_raw_name(member) for member in members]
    codec = _codec([name for name in raw if name is not None])
    return tuple(
        _divided(member.orig_filename if name is None else _unicode_path(member, name) or name.decode(codec))
        for member, name in zip(members, raw, strict=True)
    )


def leads_out(name: str) -> bool:
    """Whether a name is no place inside its archive: absolute, on a drive, or up and out by `..`."""
    return not name or name.startswith("/") or bool(_DRIVE.match(name)) or ".." in name.split("/")


def shown(name: str) -> str:
    """Return a name fit to be shown and stored: signs that hide or turn text are �."""
    return _CONTROL.sub("�", name).encode("utf-8", "replace").decode("utf-8")


def _raw_name(member: zipfile.ZipInfo) -> bytes | None:
    """Bytes of a name that has no UTF-8 flag; Python has read them in code page 437, which knows all bytes."""
    return None if member.flag_bits & _UTF8_FLAG else member.orig_filename.encode("cp437")


def _codec(names: Sequence[bytes]) -> str:
    sample = b"\n".join(names)
    if not _HIGH_PAIR.search(sample):
        return "cp437"  # no Chinese: its characters take two high bytes as a rule
    return next((codec for codec in ("utf-8", *chinese_codecs(sample)) if _decodes(names, codec)), "cp437")


def _decodes(names: Sequence[bytes], codec: str) -> bool:
    try:
        for name in names:
            name.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _unicode_path(member: zipfile.ZipInfo, name: bytes) -> str:
    """Return the UTF-8 name that some packers put beside the old one; empty when there is none or it belongs to another."""
    extra, at = member.extra, 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_PATH and length > 5 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(name):
            return field[5:].decode("utf-8", "replace")
        at += 4 + length
    return ""


def _divided(name: str) -> str:
    return name.replace("\\", "/")
