"""Reading workbooks as received: each file in a guarded child process, every problem a finding, the other files go on."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.sheet import RawWorkbook
from app.domain.task import Progress, Task
from app.files.read_job import ReadJob
from app.files.read_paths import expand

__all__ = ["expand", "read_content", "read_workbook", "read_workbooks"]

_POLL_SECONDS = 0.1


def read_workbook(path: Path) -> Task[RawWorkbook]:
    """Read one file; yields Progress (rows done of rows in all) ten times a second. Closing the task ends the child.

    Never raises for what the file holds or does: an unreadable one comes back without sheets and with one finding.
    """
    return _read(path, path.name)


def read_content(name: str, content: bytes) -> Task[RawWorkbook]:
    """Read a file's bytes, as kept in a study, as if the file `name` still lay there."""
    handle, temporary = tempfile.mkstemp(prefix="zhiheng-", suffix=Path(name).suffix[:10])
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        return (yield from _read(Path(temporary), name))
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()


def _read(path: Path, name: str) -> Task[RawWorkbook]:
    wake = threading.Event()
    job = ReadJob(path, wake, name)
    try:
        while (workbook := job.advance()) is None:
            yield job.progress
            wake.wait(_POLL_SECONDS)
            wake.clear()
        return workbook
    finally:
        job.close(wait=path.name != name)  # a temporary copy can be deleted only when the child has let go of it


@dataclass(slots=True)
class _Place:
    """A file in the line: still being read, or read and waiting for those before it."""

    job: ReadJob
    workbook: RawWorkbook | None = None


def read_workbooks(paths: Sequence[Path], parallel: int = 2) -> Iterator[Progress | RawWorkbook]:
    """Read files, up to `parallel` at once; yield Progress (files done of files in all) and each workbook in order of `paths`.

    At most `parallel` finished workbooks wait for a slower one before them, which bounds the memory held.
    """
    return _read_all(tuple(paths), max(parallel, 1))


def _read_all(paths: tuple[Path, ...], parallel: int) -> Generator[Progress | RawWorkbook, None, None]:
    wake = threading.Event()
    line: deque[_Place] = deque()
    n_started = n_done = 0
    try:
        while n_done < len(paths):
            while n_started < len(paths) and len(line) < 2 * parallel and _n_running(line) < parallel:
                line.append(_Place(ReadJob(paths[n_started], wake)))
                n_started += 1
            _advance(line)
            while line and line[0].workbook is not None:
                yield line.popleft().workbook  # type: ignore[misc]
                n_done += 1
            if line and _n_running(line) == min(parallel, len(line)):
                yield Progress("progress.reading", n_done, len(paths), line[0].job.name)
                wake.wait(_POLL_SECONDS)
                wake.clear()
    finally:
        for place in line:
            place.job.close()


def _n_running(line: deque[_Place]) -> int:
    return sum(place.workbook is None for place in line)


def _advance(line: deque[_Place]) -> None:
    for place in line:
        if place.workbook is None and (workbook := place.job.advance()) is not None:
            place.workbook = workbook
            place.job.close()
