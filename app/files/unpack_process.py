"""The parent's side of the child that opens archives and locked workbooks: a thread reads its frames, nobody waits long."""

from __future__ import annotations

import contextlib
import json
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from app.files.read_causes import WALL_SECONDS, Refusal
from app.files.sheet_codec import read_frame

Frame = tuple[dict[str, Any], bytes]
_PROJECT: Final = Path(__file__).resolve().parents[2]
_WAITING_FRAMES: Final = 8  # of a megabyte at most: a slow disk holds the child up, not the memory
_POLL_SECONDS: Final = 0.1


def frames(order: Mapping[str, Any]) -> Generator[Frame | None, None, None]:
    """Start a child on `order` and yield its frames, None ten times a second where there is none.

    Refusal when it dies or takes too long. Closing the iterator ends the child.
    """
    arrived: queue.Queue[Frame | None] = queue.Queue(_WAITING_FRAMES)
    process = _start()
    pump = threading.Thread(
        target=_pump, args=(process, json.dumps(order).encode("ascii") + b"\n", arrived), name="unpack", daemon=True
    )
    pump.start()
    try:
        yield from _until_end(process, arrived)
    finally:
        process.kill()
        while pump.is_alive():  # it may be waiting to hand over a frame
            with contextlib.suppress(queue.Empty):
                arrived.get(timeout=_POLL_SECONDS)
        process.wait()


def _start() -> subprocess.Popen[bytes]:
    """Start the child in the program's own folder, so that nothing lying beside the workbook can be imported."""
    program = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "app"]), "--unpack-child"]
    return subprocess.Popen(  # noqa: S603 — our own interpreter, no shell
        program,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_PROJECT,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _pump(process: subprocess.Popen[bytes], order: bytes, arrived: queue.Queue[Frame | None]) -> None:
    """Hand the order over and the frames back; a last None says that there are no more, however the child ended."""
    with contextlib.suppress(OSError, ValueError), process.stdout as pipe, contextlib.suppress(BrokenPipeError):  # type: ignore[union-attr]
        with process.stdin as orders:  # type: ignore[union-attr]
            orders.write(order)
        while frame := read_frame(pipe):
            arrived.put(frame)
    arrived.put(None)


def _until_end(process: subprocess.Popen[bytes], arrived: queue.Queue[Frame | None]) -> Iterator[Frame | None]:
    deadline = time.monotonic() + WALL_SECONDS
    is_done = False
    while time.monotonic() < deadline:
        try:
            frame = arrived.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            yield None
            continue
        if frame is None:
            if not is_done:
                raise _cause_of_death(process.wait())
            return
        is_done = frame[0]["t"] == "end" or (frame[0]["t"] == "refused" and not frame[0]["name"])
        yield frame
    raise Refusal("READ_TOO_SLOW")


def _cause_of_death(code: int) -> Refusal:
    if sys.platform != "win32" and code in (-signal.SIGXCPU, -signal.SIGKILL):
        return Refusal("READ_TOO_SLOW")  # processor time used up
    return Refusal("READ_CRASHED", detail=code)
