"""The guarded child as a process: how it is started, ended, and what its death tells."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from app.files.job_object import ABORTED, OUT_OF_TIME
from app.files.read_causes import Refusal

if sys.platform == "linux":
    import fcntl

_PROJECT: Final = Path(__file__).resolve().parents[2]
_PIPE_BYTES: Final = 1 << 20  # each wait for a pipe may cost a turn behind whoever computes: few and large ones
_END_SECONDS: Final = 2.0
_SIGKILL, _SIGXCPU = 9, 24  # Windows has no names for them


def child_program() -> list[str]:
    """Return the command of the guarded child: this program itself."""
    return [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "app"]), "--read-child"]


def start() -> subprocess.Popen[bytes]:
    """Start the child in the program's own folder, so that nothing lying beside the workbook can be imported."""
    process = subprocess.Popen(  # noqa: S603 — our own interpreter, no shell
        child_program(),
        bufsize=_PIPE_BYTES,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_PROJECT,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    _widen(process)
    return process


def _widen(process: subprocess.Popen[bytes]) -> None:
    """Let a whole sheet wait in the pipe, so that the child need not; only Linux can, and may refuse."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)  # type: ignore[arg-type]


def end(process: subprocess.Popen[bytes]) -> int:
    """Let a child end that has nothing more to say, and return its code."""
    with contextlib.suppress(OSError):  # an order left unread by a child that has died
        process.stdin.close()  # type: ignore[union-attr]
    process.stdout.close()  # type: ignore[union-attr]
    try:
        return process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def cause_of_death(code: int, platform: str = sys.platform) -> Refusal:
    """Why a child ended without a last frame, told from how it ended."""
    too_slow = (OUT_OF_TIME,) if platform == "win32" else (-_SIGXCPU, -_SIGKILL)
    if code in too_slow:
        return Refusal("READ_TOO_SLOW")  # processor time used up
    if code == (ABORTED if platform == "win32" else -signal.SIGABRT):
        return Refusal("READ_MEMORY")  # Rust aborts when an allocation fails
    return Refusal("READ_CRASHED", detail=code)
