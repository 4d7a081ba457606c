"""The guarded child that opens archives and locked workbooks: it hands the bytes inside to its parent and writes nothing.

One order comes as a line of JSON on standard input, so that passwords stand in no list of processes: `do` unpack or unlock,
`path`, `passwords`, `limit` (bytes unpacked in all). Frames leave on standard output: `file` (name), then its `bytes`;
`refused` (name of the member, or empty for the whole; code, params); `skipped` (how many members are no tables, and some names);
`end`.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.files.preflight import UNREADABLE_ZIP
from app.files.read_causes import Refusal
from app.files.read_child import limit_resources
from app.files.sheet_codec import write_frame
from app.files.unpack import Member, check, content, is_table, members
from app.files.unpack_names import shown

_CHUNK: Final = 1 << 20
_NAMED: Final = 5


def main() -> int:
    """Carry out the one order; the code says nothing, the frames do."""
    limit_resources()
    order = json.loads(sys.stdin.buffer.readline())
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with pipe:
        carry_out(order, pipe)
    return 0


def carry_out(order: Mapping[str, Any], pipe: BinaryIO) -> None:
    """Do what `order` says; whatever goes wrong is the last frame."""
    try:
        if order["do"] == "unlock":
            _unlock(order, pipe)
        else:
            _unpack(order, pipe)
        write_frame(pipe, {"t": "end"})
    except Refusal as refusal:
        _refuse(pipe, "", refusal)
    except MemoryError:
        _refuse(pipe, "", Refusal("READ_MEMORY"))
    except PermissionError:
        _refuse(pipe, "", Refusal("READ_DENIED"))
    except UNREADABLE_ZIP:
        _refuse(pipe, "", Refusal("READ_DAMAGED"))


def _refuse(pipe: BinaryIO, name: str, refusal: Refusal) -> None:
    write_frame(pipe, {"t": "refused", "name": name, "code": refusal.code, "params": refusal.params})


def _unlock(order: Mapping[str, Any], pipe: BinaryIO) -> None:
    from app.files.unlock import unlock

    clear = unlock(Path(order["path"]), order["passwords"])
    write_frame(pipe, {"t": "file", "name": ""})
    for start in range(0, len(clear), _CHUNK):
        write_frame(pipe, {"t": "bytes"}, clear[start : start + _CHUNK])


def _unpack(order: Mapping[str, Any], pipe: BinaryIO) -> None:
    with zipfile.ZipFile(order["path"]) as archive:
        found = members(archive, order["limit"])
        left = [shown(member.name) for member in found if not is_table(member.name)]
        write_frame(pipe, {"t": "skipped", "names": left[:_NAMED], "n": len(left)})
        for member in found:
            if is_table(member.name):
                _send(archive, member, order["passwords"], pipe)


def _send(archive: zipfile.ZipFile, member: Member, passwords: list[str], pipe: BinaryIO) -> None:
    """Send one member; a refused one is named and the others go on."""
    name = shown(member.name)
    try:
        check(member)
        pieces = content(archive, member, passwords)
        first = next(pieces, b"")
        write_frame(pipe, {"t": "file", "name": name})
        write_frame(pipe, {"t": "bytes"}, first)
        for piece in pieces:
            write_frame(pipe, {"t": "bytes"}, piece)
    except Refusal as refusal:
        _refuse(pipe, name, refusal)
