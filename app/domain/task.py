"""Long work: a generator that yields Progress and returns its result; driven alike by window, command line and tests."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done and how far: `step` is a text key (`progress.*`), `total` 0 means unknown."""

    step: str
    done: int = 0
    total: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FileProgress(Progress):
    """How one file of many stands: `state` waiting | reading | read | refused | repeat, and what it gave so far."""

    file: str = ""
    state: str = ""
    township: str = ""
    rows: int = 0
    findings: int = 0


Task = Generator[Progress, None, T]


def run_to_end(task: Task[T], report: Callable[[Progress], None] | None = None) -> T:
    """Drive `task` to its result, handing each Progress to `report`."""
    while True:
        try:
            progress = next(task)
        except StopIteration as stop:
            result: T = stop.value
            return result
        if report is not None:
            report(progress)
