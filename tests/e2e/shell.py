"""Running the program: its exit code and its two streams."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.cli.main import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


def zhiheng(*arguments: object) -> Ended:
    """Run a command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    assert "Traceback" not in out.getvalue() + err.getvalue()
    return Ended(code, out.getvalue(), err.getvalue())


def zhiheng_outside(*arguments: object, epoch: str = "", limit: int | None = None) -> Ended:
    """Run it as a user does, in another process.

    `epoch` declares the moment, `limit` is the largest file in bytes that its disk takes.
    """

    def small_disk() -> None:
        import resource

        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    run = subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **({"SOURCE_DATE_EPOCH": epoch} if epoch else {})},
        preexec_fn=small_disk if limit is not None else None,
        check=False,
    )
    assert "Traceback" not in run.stdout + run.stderr
    return Ended(run.returncode, run.stdout, run.stderr)


def refused(ended: Ended, *said: str) -> None:
    """Assert that a run ended with 2 and one plain sentence on standard error that says all of `said`."""
    assert ended.code == 2, ended
    assert ended.out == ""
    assert ended.err.strip()
    assert all(word in ended.err for word in said), ended.err
