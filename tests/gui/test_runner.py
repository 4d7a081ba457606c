"""Long work beside the window: home on the GUI thread, stopped when asked, never late."""

from __future__ import annotations

import threading
import time

import pytest

from app.domain.task import Progress
from app.gui.runner import Runner


@pytest.fixture
def runner(qapp):
    made = Runner()
    yield made
    made.close()


def count_to(n, pause=0.0):
    for i in range(n):
        yield Progress("load", i, n)
        time.sleep(pause)
    return n


def never(error):
    raise AssertionError(error)


def test_that_the_result_arrives_on_the_gui_thread(runner, qtbot):
    got = []
    runner.start(count_to(3), lambda value: got.append((value, threading.current_thread())), never)
    qtbot.waitUntil(lambda: bool(got), timeout=5000)
    assert got == [(3, threading.main_thread())]


def test_that_an_exception_arrives_as_a_value(runner, qtbot):
    def broken():
        yield Progress("load")
        raise ValueError("x")

    got = []
    runner.start(broken(), never, got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=5000)
    assert isinstance(got[0], ValueError)


def test_that_cancelling_stops_a_long_task_and_runs_its_finally(runner, qtbot):
    left, got = threading.Event(), []

    def long():
        try:
            yield from count_to(10_000, 0.005)
        finally:
            left.set()

    runner.start(long(), got.append, never)
    qtbot.waitUntil(lambda: runner.is_busy, timeout=1000)
    started = time.monotonic()
    runner.cancel()
    assert not runner.is_busy
    assert left.wait(2)
    assert time.monotonic() - started < 2
    qtbot.wait(50)
    assert not got


def test_that_only_the_newest_of_many_starts_delivers(runner, qtbot):
    got = []
    for n in range(1, 101):
        runner.start(count_to(n), got.append, never)
    qtbot.waitUntil(lambda: bool(got), timeout=5000)
    qtbot.wait(50)
    assert got == [100]


def test_that_progress_is_throttled_but_its_end_is_told(runner, qtbot):
    told, got = [], []
    runner.progressed.connect(told.append)

    def quick():
        for i in range(5001):
            yield Progress("load", i, 5000)
        return True

    runner.start(quick(), got.append, never)
    qtbot.waitUntil(lambda: bool(got), timeout=5000)
    assert told[-1].done == 5000
    assert len(told) < 200


def test_that_closing_in_mid_run_waits_and_drops_the_result(qapp, qtbot):
    got = []
    for _ in range(10):
        runner = Runner()
        runner.start(count_to(1000, 0.001), got.append, never)
        runner.close()
    qtbot.wait(30)
    assert not got
