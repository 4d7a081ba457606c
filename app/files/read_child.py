"""The guarded child process: reads one file within fixed memory and processor time and streams it to its parent.

A 2 KB workbook can make any parser of workbooks ask for 500 GB, abort, or run for hours; here that ends one short-lived
process and becomes one finding. Imports the standard library and python-calamine alone: it starts once per file.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import BinaryIO

from app.files.preflight import ENDINGS, LABELS, Kind, recognise
from app.files.read_causes import CELLS, CPU_SECONDS, MEMORY_BYTES, TEXT_CELLS, Refusal
from app.files.read_sink import Sink


def main(arguments: list[str]) -> int:
    """Read the file `arguments[0]` and write frames to standard output; the code says nothing, the frames do."""
    limit_resources()
    gc.disable()  # measured: collecting among millions of new values doubles the time; the process ends soon
    pipe = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with pipe:
        read_guarded(Path(arguments[0]), arguments[1] if len(arguments) > 1 else "", pipe)
    return 0


def limit_resources() -> None:
    """Limit memory, processor time and files written; Windows has no such call, so there the parent's clock alone ends us."""
    try:
        import resource
    except ImportError:
        return
    for limit, amount in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(limit, (amount, amount))


def read_guarded(path: Path, ending: str, pipe: BinaryIO) -> None:
    """Read `path`, whose name ended in `ending`; whatever goes wrong is the last frame."""
    try:
        kind = recognise(path)
        sink = Sink(pipe, TEXT_CELLS if kind == "text" else CELLS)
        promised = ENDINGS.get(ending)
        if promised and promised != kind:
            sink.finding("READ_MISLABELLED", kind=LABELS[kind])
        reader = _read(path, kind, sink)
        if not sink.n_cells:
            raise Refusal("READ_NO_CELLS")
        sink.end(reader)
    except Refusal as refusal:
        _refuse(pipe, refusal.code, refusal.params)
    except MemoryError:
        _refuse(pipe, "READ_MEMORY", {})
    except OSError as error:
        _refuse(pipe, _cause(error), {})
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 — a Rust panic is a BaseException; any failure means this file cannot be read
        _refuse(pipe, "READ_CRASHED", {"detail": type(error).__name__})


def _cause(error: OSError) -> str:
    """A file that is there and opens, yet gives an input error, is one the parser stumbled over."""
    if isinstance(error, FileNotFoundError):
        return "READ_MISSING"
    return "READ_DENIED" if isinstance(error, PermissionError) else "READ_DAMAGED"


def _read(path: Path, kind: Kind, sink: Sink) -> str:
    if kind == "text":
        from app.files.text_tables import read_text

        return f"text {read_text(path, sink)}"
    if kind == "html":
        from app.files.read_html import read_html

        return f"html {read_html(path, sink)}"
    from app.files.read_calamine import read_calamine

    read_calamine(path, kind, sink)
    return f"calamine {kind}"


def _refuse(pipe: BinaryIO, code: str, params: dict[str, str]) -> None:
    from app.files.sheet_codec import write_frame

    write_frame(pipe, {"t": "refused", "code": code, "params": params})
    pipe.flush()
