"""The guarded child process: reads files one after another, each within fixed memory and processor time, for its parent.

A 2 KB workbook can make any parser of workbooks ask for 500 GB, abort, or run for hours; here that ends one short-lived
process and becomes one finding. Orders come as lines of JSON on standard input, frames leave on standard output. Imports
the standard library and python-calamine alone until a second reader is needed: starting is most of what a file costs.
"""

from __future__ import annotations

import gc
import io
import json
import math
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.files.preflight import ENDINGS, LABELS, Kind, recognise
from app.files.read_causes import CELLS, CPU_SECONDS, MEMORY_BYTES, TEXT_CELLS, Refusal
from app.files.read_sink import Marks, Sink
from app.files.scan import Scan
from app.files.sheet_codec import write_frame

_FILES: Final = 40  # then a new child begins, whatever a parser may have left behind
_WORN_KIBIBYTES: Final = 256 << 10
_SECOND_KINDS: Final = frozenset(("xlsx", "xlsb", "xls", "ods"))
_SECOND_ONLY: Final = frozenset(("fods", "xml"))  # calamine does not know them
_SECOND_CAUSES: Final = frozenset(("READ_DAMAGED", "READ_CRASHED"))
_OUR_LIMITS: Final = frozenset(("READ_FAR_CELLS", "READ_NO_CELLS", "READ_PASSWORD", "READ_OTHER_FORMAT"))
_TELLING: Final = frozenset(("READ_FAR_CELLS", "READ_UNSAFE"))
_PIPE_BYTES: Final = 1 << 20


def main() -> int:
    """Read files until there are no more orders or this process is worn; the code says nothing, the frames do."""
    sys.modules["numpy"] = None  # type: ignore[assignment] # openpyxl would load it, and half the memory allowed is gone
    limit_resources()
    gc.disable()  # measured: collecting among millions of new values doubles the time; done between files instead
    pipe = os.fdopen(os.dup(1), "wb", buffering=_PIPE_BYTES)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    start_bytes = _address_space()
    gc.freeze()
    with pipe:
        for files_left in reversed(range(_FILES)):
            line = sys.stdin.buffer.readline()
            if not line:
                break
            order = json.loads(line)
            renew_limits(order["seconds"], _address_space() - start_bytes)
            if not read_guarded(order, pipe) or _is_worn() or not files_left:
                break
            gc.collect()
            write_frame(pipe, {"t": "ready"})
            pipe.flush()
    return 0


def limit_resources() -> None:
    """Forbid dumps and files written; Windows has no such call, so there a job object and the parent's clock guard us."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, 2 * MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS * _FILES))


def renew_limits(seconds: float, held_bytes: int) -> None:
    """Allow the next file as much as the first had: `held_bytes` of address space are still held from those before."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, memory = resource.getrlimit(resource.RLIMIT_AS)
    _, processor = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_AS, (min(MEMORY_BYTES + max(held_bytes, 0), memory), memory))
    used = math.ceil(usage.ru_utime + usage.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (min(used, processor), processor))


def _address_space() -> int:
    """Bytes of address space of this process, 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _is_worn() -> bool:
    """Whether a file took so much memory that the next had better have a process of its own.

    Not told by `getrusage`, whose peak a child inherits from the program that started it.
    """
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return False
    peak = status.partition("VmHWM:")[2].split()
    return bool(peak) and int(peak[0]) > _WORN_KIBIBYTES


def read_guarded(order: Mapping[str, Any], pipe: BinaryIO) -> bool:
    """Read the file of `order`; whatever goes wrong is the last frame. False when a parser failed and may have left traces.

    `path`; `ending` of the name that people see; `cause` of the first reader's death (code and params) where only the
    second is left to try, else None.
    """
    path, is_clean = Path(order["path"]), True
    try:
        kind = _recognised(path)
        write_frame(pipe, {"t": "kind", "kind": kind})
        pipe.flush()
        is_clean = False
        cause = order["cause"] and Refusal(order["cause"]["code"], **order["cause"]["params"])
        is_clean = _read(_File(path, order["ending"], kind, pipe), cause)
    except Refusal as refusal:
        write_frame(pipe, {"t": "refused", "code": refusal.code, "params": refusal.params})
        pipe.flush()
        is_clean = is_clean or refusal.code in _OUR_LIMITS
    return is_clean


def _recognised(path: Path) -> Kind:
    try:
        return recognise(path)
    except (OSError, MemoryError) as error:
        raise _refusal(error) from error


@dataclass(frozen=True, slots=True)
class _File:
    """A file recognised: its path, the ending of the name that people see, its kind, and where its frames go."""

    path: Path
    ending: str
    kind: Kind
    pipe: BinaryIO

    def sink(self, pipe: BinaryIO, marks: Marks) -> Sink:
        """Return a sink that begins with what is odd about the file's name."""
        sink = Sink(pipe, TEXT_CELLS if self.kind == "text" else CELLS, marks)
        promised = ENDINGS.get(self.ending)
        if promised and promised != self.kind:
            sink.finding("READ_MISLABELLED", kind=LABELS[self.kind])
        return sink


def _read(file: _File, cause: Refusal | None) -> bool:
    """Read with the first reader, or where `cause` tells that it died with the second; whether every parser did well."""
    scan = Scan(file.path, file.kind)
    if cause:
        _read_second(file, scan.marks, cause)
        return False
    sink = file.sink(file.pipe, scan.marks)
    try:
        reader, is_whole = _first(file.path, file.kind, sink)
        if not sink.n_cells:
            raise Refusal("READ_NO_CELLS")
    except BaseException as error:  # a Rust panic is a BaseException, and any failure means that this reader cannot do it
        first = _refusal(error)
        if file.kind not in _SECOND_KINDS or first.code not in _SECOND_CAUSES:
            raise first from error
        _read_second(file, scan.marks, first)
        return False
    if is_whole:
        sink.end(reader)
    else:
        _read_damaged(file, sink, reader)
    return is_whole


def _read_damaged(file: _File, sink: Sink, reader: str) -> None:
    """Try the second reader where the first lost a sheet; what the first could read stands unless the second reads more."""
    write_frame(file.pipe, {"t": "enough", "reader": reader})
    file.pipe.flush()
    try:
        _read_second(file, sink.marks, Refusal("READ_DAMAGED"), sink.n_sheets)
    except Refusal:
        sink.end(reader)


def _read_second(file: _File, marks: Marks, cause: Refusal, more_than: int = 0) -> None:
    """Read with the second reader, held back until it is done; the first one's cause stands where that fails too."""
    from app.files.read_second import read_second

    write_frame(file.pipe, {"t": "second", "code": cause.code, "params": cause.params})
    file.pipe.flush()
    held = io.BytesIO()
    sink = file.sink(held, marks)
    try:
        name = read_second(file.path, file.kind, sink)
        if not sink.n_cells:
            raise Refusal("READ_NO_CELLS")
    except BaseException as error:  # as above: any failure of the second reader means that the file cannot be read
        second = _refusal(error)
        raise (second if second.code in _TELLING else cause) from error
    if sink.n_sheets <= more_than:
        raise cause
    sink.finding("READ_SECOND", reader=name)
    sink.end(f"{name} {file.kind}")
    write_frame(file.pipe, {"t": "again"})
    file.pipe.write(held.getbuffer())
    file.pipe.flush()


def _refusal(error: BaseException) -> Refusal:
    """Why a file was not read, told from what its reader raised; a request to end this process is passed on."""
    if isinstance(error, KeyboardInterrupt | SystemExit):
        raise error
    if isinstance(error, Refusal):
        return error
    if isinstance(error, MemoryError):
        return Refusal("READ_MEMORY")
    if isinstance(error, FileNotFoundError):
        return Refusal("READ_MISSING")
    if isinstance(error, PermissionError):
        return Refusal("READ_DENIED")
    if isinstance(error, OSError):
        return Refusal("READ_DAMAGED")  # a file that is there and opens: the parser stumbled over it
    return Refusal("READ_CRASHED", detail=type(error).__name__)


def _first(path: Path, kind: Kind, sink: Sink) -> tuple[str, bool]:
    """Read with the reader of the kind; returns what it is called and whether every sheet came through."""
    if kind == "text":
        from app.files.text_tables import read_text

        return f"text {read_text(path, sink)}", True
    if kind in _SECOND_ONLY:
        from app.files.read_second import read_second

        return f"{read_second(path, kind, sink)} {kind}", True
    if kind == "html":
        from app.files.read_html import read_html

        return f"html {read_html(path, sink)}", True
    from app.files.read_calamine import read_calamine

    return f"calamine {kind}", read_calamine(path, kind, sink)
