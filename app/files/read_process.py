"""The parent's side of the guarded child: a thread that starts it, hashes the file, takes its frames and sees it die.

All waiting (for a slow disk, a process, a pipe that cannot be polled on Windows) happens here, so that whoever drives
the reading is never held up.
"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import IO, Any, Final

from app.files.read_causes import TEXT_BYTES, Refusal, megabytes
from app.files.sheet_codec import read_frame

Frame = tuple[dict[str, Any], bytes]
_PROJECT: Final = Path(__file__).resolve().parents[2]
_HASH_BLOCK: Final = 1 << 22


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


class ReadProcess(threading.Thread):
    """Reads one file in a child; `frames` fills from the left, and its last entry is a Refusal if no `end` frame came.

    `wake` is set whenever `frames` grows. `size` and `sha256` are known before the first frame appears.
    """

    def __init__(self, path: Path, ending: str, wake: threading.Event) -> None:
        super().__init__(name="read", daemon=True)
        self.frames: deque[Frame | Refusal] = deque()
        self.size = 0
        self.sha256 = ""
        self.pid = 0
        self._path = path
        self._ending = ending
        self._wake = wake
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()

    def run(self) -> None:
        """Read; whatever happens ends up in `frames`."""
        try:
            state = check_regular(self._path)
            self.size = state.st_size
            self._process = _start(self._path, self._ending)
            self.pid = self._process.pid
            if self._stopped.is_set():
                self._process.kill()
            if self._process.stdout is not None:
                with self._process.stdout as pipe:
                    self._receive(pipe, state)
        except Refusal as refusal:
            self._put(refusal)
        except PermissionError:
            self._put(Refusal("READ_DENIED"))
        except (OSError, ValueError) as error:
            self._put(Refusal("READ_CRASHED", detail=type(error).__name__))
        finally:
            self.stop()

    def stop(self) -> None:
        """End the child at once; the thread ends with it."""
        self._stopped.set()
        if self._process is not None:
            self._process.kill()

    def _receive(self, pipe: IO[bytes], before: os.stat_result) -> None:
        self.sha256 = _sha256(self._path)
        while frame := read_frame(pipe):
            if frame[0]["t"] == "end" and _differs(self._path.lstat(), before):
                raise Refusal("READ_CHANGED")
            self._put(frame)
        if self._process is not None:
            self._put(_cause_of_death(self._process.wait()))

    def _put(self, frame: Frame | Refusal) -> None:
        self.frames.append(frame)
        self._wake.set()


def _start(path: Path, ending: str) -> subprocess.Popen[bytes]:
    """Start the child in the program's own folder, so that nothing lying beside the workbook can be imported."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "app"]
    return subprocess.Popen(  # noqa: S603 — our own interpreter, no shell
        [*program, "--read-child", str(path.absolute()), ending],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_PROJECT,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _differs(now: os.stat_result, before: os.stat_result) -> bool:
    return (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns)


def _cause_of_death(code: int) -> Refusal:
    """Why a child ended without a last frame, told from how it ended."""
    if sys.platform != "win32":
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return Refusal("READ_TOO_SLOW")  # processor time used up
        if code == -signal.SIGABRT:
            return Refusal("READ_MEMORY")  # Rust aborts when an allocation fails
    return Refusal("READ_CRASHED", detail=code)
