"""Drives long work beside the window: one worker thread, results brought home to the GUI thread, late ones dropped."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.task import FileProgress, Progress, Task

INTERVAL = 0.05  # seconds between two progress reports; more would only repaint


@dataclass(eq=False, slots=True)
class Job:
    """One run of a task."""

    stop: Event = field(default_factory=Event)
    reported: float = 0.0


class _Cancelled(Exception):
    """The user stopped the task."""


class Runner(QObject):
    """Runs one task at a time; a newer task cancels the older.

    `progressed(Progress)` at most every 50 ms, yet every state of every file; `busy(bool)` when work starts and ends; all on
    the GUI thread.
    """

    progressed = Signal(object)
    busy = Signal(bool)
    _hop = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="zhiheng-work")
        self._job: Job | None = None
        self._hop.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a task is under way."""
        return self._job is not None

    def start(self, task: Task[Any], done: Callable[[Any], None], failed: Callable[[BaseException], None]) -> Job:
        """Run `task`; `done(result)` or `failed(error)` is called on the GUI thread unless it is cancelled before."""
        if self._job is not None:
            self._job.stop.set()
        job = self._job = Job()
        self.busy.emit(True)
        self._pool.submit(self._drive, job, task, done, failed)
        return job

    def cancel(self) -> None:
        """Stop the task under way between two of its steps; its result is dropped."""
        if self._job is None:
            return
        self._job.stop.set()
        self._job = None
        self.busy.emit(False)

    def close(self) -> None:
        """Stop and wait until the worker has left; call before the window goes."""
        self.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _drive(self, job: Job, task: Task[Any], done: Callable[[Any], None], failed: Callable[[BaseException], None]) -> None:
        try:
            result = self._steps(job, task)
        except _Cancelled:
            return
        except Exception as error:  # noqa: BLE001 whatever a task raises must reach the user, never vanish in a thread
            self._hop.emit(partial(self._deliver, job, failed, error))
        else:
            self._hop.emit(partial(self._deliver, job, done, result))

    def _steps(self, job: Job, task: Task[Any]) -> Any:
        while True:
            if job.stop.is_set():
                task.close()
                raise _Cancelled
            try:
                progress = next(task)
            except StopIteration as stop:
                return stop.value
            self._report(job, progress)

    def _report(self, job: Job, progress: Progress) -> None:
        now = time.monotonic()
        if isinstance(progress, FileProgress):
            self._hop.emit(partial(self._progress, job, progress))
        elif now - job.reported >= INTERVAL or (progress.total and progress.done >= progress.total):
            job.reported = now
            self._hop.emit(partial(self._progress, job, progress))

    def _progress(self, job: Job, progress: Progress) -> None:
        if job is self._job:
            self.progressed.emit(progress)

    def _deliver(self, job: Job, callback: Callable[[Any], None], value: Any) -> None:
        if job is not self._job:
            return
        self._job = None
        self.busy.emit(False)
        callback(value)

    def _call(self, closure: Callable[[], None]) -> None:
        closure()
