"""The parent's side of the guarded child: a thread that hands it files one after another, takes its frames and sees it die.

All waiting (for a slow disk, a process, a pipe that cannot be polled on Windows) happens here, so that whoever drives
the reading is never held up.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import stat
import subprocess
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any, Final

from app.files.child_process import cause_of_death, end, start
from app.files.job_object import JobObject, confine
from app.files.read_causes import CPU_SECONDS, MEMORY_BYTES, TEXT_BYTES, Refusal, megabytes
from app.files.sheet_codec import read_frame

Frame = tuple[dict[str, Any], bytes]
_HASH_BLOCK: Final = 1 << 22
_SECOND_SECONDS: Final = 5.0
_SECOND_CAUSES: Final = frozenset(("READ_MEMORY", "READ_CRASHED"))
_SECOND_KINDS: Final = frozenset(("xlsx", "xlsb", "xls", "ods"))


def check_regular(path: Path) -> os.stat_result:
    """Return the state of a regular file; Refusal for one that is missing, a folder, link, pipe or device, or out of reach.

    Only asks for the file's state: opening a pipe would wait for ever.
    """
    try:
        state = path.lstat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refusal("READ_MISSING") from error
    except (OSError, ValueError) as error:
        raise Refusal("READ_DENIED") from error
    if not stat.S_ISREG(state.st_mode):
        raise Refusal("READ_NOT_A_FILE")
    if state.st_size == 0:
        raise Refusal("READ_EMPTY_FILE")
    if state.st_size > TEXT_BYTES:
        raise Refusal("READ_TOO_LARGE", amount=megabytes(state.st_size), limit=megabytes(TEXT_BYTES))
    return state


class Order:
    """One file to read. `frames` fills from the left, and its last entry is a Refusal if no `end` frame came.

    `wake` is set whenever `frames` grows. `size` and `sha256` are known before the first frame appears; `pid` is that of
    the child at work on it and `started` when its turn came (monotonic seconds), both 0 before. `kind` is the format found,
    `failed` why its first reader could not do it once a second one tries.
    """

    def __init__(self, path: Path, ending: str, wake: threading.Event) -> None:
        self.path = path
        self.ending = ending
        self.frames: deque[Frame | Refusal] = deque()
        self.size = 0
        self.sha256 = ""
        self.pid = 0
        self.started = 0.0
        self.kind = ""
        self.failed: Refusal | None = None
        self.is_dropped = False
        self.lane: ReadLane | None = None
        self._wake = wake

    def put(self, frame: Frame | Refusal) -> None:
        """Add a frame, or the Refusal that ends the reading."""
        self.frames.append(frame)
        self._wake.set()

    def drop(self) -> None:
        """Stop reading this file; its lane goes on with the next one in a new child."""
        self.is_dropped = True
        if self.lane:
            self.lane.leave(self)


Orders = queue.SimpleQueue[Order | None]


class ReadLane(threading.Thread):
    """Takes orders one after another, each read in one child as long as that lives: a dead child costs its own file.

    Several lanes may take from one queue. Call `stop` in the end: it kills the child at once.
    """

    def __init__(self, orders: Orders) -> None:
        super().__init__(name="read", daemon=True)
        self._orders = orders
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._job: JobObject | None = None
        self._current: Order | None = None
        self._is_stopped = False
        self._is_used = False

    def leave(self, order: Order) -> None:
        """Kill the child if it is at work on `order`."""
        with self._lock:
            if self._current is order and self._process is not None:
                self._process.kill()

    def stop(self) -> None:
        """End the child at once; the thread ends with it."""
        with self._lock:
            self._is_stopped = True
            if self._process is not None:
                self._process.kill()
        self._orders.put(None)

    def run(self) -> None:
        """Read; whatever happens ends up in the frames of an order."""
        while (order := self._orders.get()) is not None:
            with self._lock:
                self._current, order.lane = order, self
            try:
                self._serve(order)
            except Refusal as refusal:
                order.put(refusal)
            except (OSError, ValueError) as error:
                order.put(_lost(error))
            with self._lock:
                self._current = None
        self._bury()

    def _serve(self, order: Order) -> None:
        order.started = time.monotonic()
        before = check_regular(order.path)
        order.size = before.st_size
        try:
            self._exchange(order, before)
        except BaseException:  # raised again: whatever stopped us, the child must not go on with this file
            self._kill()  # it may be in the middle of a file: the next one must not get the frames of this one
            raise

    def _exchange(self, order: Order, before: os.stat_result) -> None:
        """Have the child read; a second child where the first had died meanwhile, or dies over the file."""
        self._send(order, CPU_SECONDS)
        order.sha256 = _sha256(order.path)
        cause = self._receive(order, before)
        if cause and not order.kind and self._is_used:  # it had died while it waited for us
            self._send(order, CPU_SECONDS)
            cause = self._receive(order, before)
        if cause and cause.code in _SECOND_CAUSES and order.kind in _SECOND_KINDS and not order.failed:
            order.put(({"t": "again"}, b""))
            order.failed = cause
            self._send(order, max(CPU_SECONDS - (time.monotonic() - order.started), _SECOND_SECONDS))
            cause = self._receive(order, before)
        if cause:
            order.put(order.failed or cause)

    def _send(self, order: Order, seconds: float) -> None:
        """Hand `order` to the child, or to a new one where that has ended meanwhile."""
        failed = {"code": order.failed.code, "params": order.failed.params} if order.failed else None
        line = {"path": str(order.path.absolute()), "ending": order.ending, "seconds": seconds, "cause": failed}
        text = json.dumps(line).encode("ascii") + b"\n"
        for _ in range(2):
            process = self._living(order)
            if self._job:
                self._job.allow(seconds, MEMORY_BYTES)
            try:
                process.stdin.write(text)  # type: ignore[union-attr]
                process.stdin.flush()  # type: ignore[union-attr]
                return
            except OSError:  # Windows calls a broken pipe an invalid argument
                self._bury()
        raise Refusal("READ_CRASHED", detail="start")

    def _living(self, order: Order) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._is_stopped or order.is_dropped:
                raise Refusal("READ_TOO_SLOW")  # nobody waits for it any more
            self._is_used = self._process is not None
            if self._process is None:
                self._process = start()
                self._job = confine(self._process)
            order.pid = self._process.pid
            return self._process

    def _receive(self, order: Order, before: os.stat_result) -> Refusal | None:
        """Pass on the frames of one file; the cause of death when the child ended before the last of them."""
        process, is_done = self._process, False
        while process is not None and process.stdout is not None and (frame := read_frame(process.stdout)):
            kind = frame[0]["t"]
            if kind == "ready":
                return None
            is_done = is_done or kind in ("end", "refused")
            if kind == "kind":
                order.kind = frame[0]["kind"]
            elif kind == "second":
                order.failed = Refusal(frame[0]["code"], **frame[0]["params"])
            elif kind == "end" and _differs(order.path, before):
                order.put(Refusal("READ_CHANGED"))
            else:
                order.put(frame)
        code = self._bury()
        return None if is_done else cause_of_death(code)

    def _kill(self) -> None:
        with self._lock:
            if self._process is not None:
                self._process.kill()
        self._bury()

    def _bury(self) -> int:
        """Let the child end, if there is one, and return its code."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return 0
        code = end(process)
        if self._job:
            self._job.close()
        return code


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _differs(path: Path, before: os.stat_result) -> bool:
    try:
        now = path.lstat()
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns)


def _lost(error: OSError | ValueError) -> Refusal:
    """Why a file was not read, told from what went wrong on our side of the pipe."""
    if isinstance(error, PermissionError):
        return Refusal("READ_DENIED")
    return Refusal("READ_CRASHED", detail=type(error).__name__)
