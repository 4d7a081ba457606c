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
from queue import SimpleQueue

from app.domain.sheet import RawWorkbook
from app.domain.task import FileProgress, Progress, Task
from app.files.read_job import ReadJob
from app.files.read_paths import expand
from app.files.read_process import Orders, ReadLane

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


def read_workbooks(paths: Sequence[Path], parallel: int = 2, names: Sequence[str] = ()) -> Iterator[Progress | RawWorkbook]:
    """Read files, up to `parallel` at once; yield a FileProgress whenever one begins, gets on or ends, and each workbook in
    order of `paths`.

    `names` are what people see of each file where that is not its path's name. `done` and `total` of the progress count
    files. At most `parallel` finished workbooks wait for a slower one before them, which bounds the memory held.
    """
    return _read_all(tuple(zip(paths, names or [""] * len(paths), strict=True)), max(parallel, 1))


@dataclass(slots=True)
class _Place:
    """A file in the line: waiting for its turn, being read, or read and waiting for those before it."""

    job: ReadJob
    workbook: RawWorkbook | None = None


class _Line:
    """The files in hand, in order, and the lanes that read them: twice as many as lanes, so that no lane waits for us."""

    def __init__(self, parallel: int) -> None:
        self.places: deque[_Place] = deque()
        self.room = 2 * parallel
        self._wake = threading.Event()
        self._orders: Orders = SimpleQueue()
        self._lanes = tuple(ReadLane(self._orders) for _ in range(parallel))
        for lane in self._lanes:
            lane.start()

    def begin(self, path: Path, name: str) -> _Place:
        """Put a file into the line."""
        self.places.append(_Place(ReadJob(path, self._wake, name, self._orders)))
        return self.places[-1]

    def advance(self) -> Iterator[_Place]:
        """Yield the files that are done since the last call."""
        for place in self.places:
            if place.workbook is None and (workbook := place.job.advance()) is not None:
                place.workbook = workbook
                yield place

    def wait(self) -> None:
        """Wait until a frame has come, for at most a tenth of a second."""
        self._wake.wait(_POLL_SECONDS)
        self._wake.clear()

    def close(self) -> None:
        """End the reading at once."""
        for lane in self._lanes:
            lane.stop()


def _read_all(files: tuple[tuple[Path, str], ...], parallel: int) -> Generator[Progress | RawWorkbook, None, None]:
    line = _Line(min(parallel, len(files)))
    waiting = deque(files)
    n_done = 0
    try:
        while n_done < len(files):
            while waiting and len(line.places) < line.room:
                yield _progress(line.begin(*waiting.popleft()), n_done, len(files))
            for place in line.advance():
                yield _progress(place, n_done, len(files))
            while line.places and (workbook := line.places[0].workbook) is not None:
                line.places.popleft()
                yield workbook
                n_done += 1
            if line.places and (len(line.places) == line.room or not waiting):
                line.wait()
                yield from [_progress(place, n_done, len(files)) for place in line.places if place.workbook is None]
    finally:
        line.close()


def _progress(place: _Place, n_done: int, n_all: int) -> FileProgress:
    """Return how one file stands: rows so far while it is read, and in the end all its rows and findings."""
    name, workbook = place.job.name, place.workbook
    step = place.job.progress.step
    if workbook is None:
        state = "reading" if place.job.is_begun else "waiting"
        return FileProgress(step, n_done, n_all, name, file=name, state=state, rows=place.job.progress.done)
    state = "read" if workbook.sheets else "refused"
    rows = sum(sheet.n_rows for sheet in workbook.sheets)
    return FileProgress(step, n_done, n_all, name, file=name, state=state, rows=rows, findings=len(workbook.findings))
