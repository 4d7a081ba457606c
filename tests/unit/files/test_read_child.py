"""The guarded child at work: many files in one process, and what becomes of a file whose reader panics, dies or hangs."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from app.domain.sheet import RawWorkbook
from app.domain.task import run_to_end
from app.files import child_process, read_child, read_job, read_process
from app.files.read_workbook import read_workbook, read_workbooks
from app.files.sheet_codec import read_frame

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")

SABOTAGE = """
import os, sys, time
import app.files.read_calamine as first, app.files.read_child as child, app.files.read_second as second
from app.files.read_causes import Refusal
from app.files.sheet_codec import SheetEncoder
good, spare = first.read_calamine, second.read_second

def send(sink, text, name="半张"):
    encoder = SheetEncoder()
    encoder.add([[text]])
    sink.sheet(name, encoder)

def burn(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end: pass

{body}
sys.exit(child.main())
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def codes(workbook: RawWorkbook) -> list[str]:
    return [finding.code for finding in workbook.findings]


def names(workbook: RawWorkbook) -> list[str]:
    return [sheet.name for sheet in workbook.sheets]


@pytest.fixture
def sabotage(monkeypatch):
    """Have children start with these lines, which may put other readers in place of the real ones."""

    def start(body: str) -> None:
        program = SABOTAGE.replace("{body}", body)
        monkeypatch.setattr(child_process, "child_program", lambda: [sys.executable, "-c", program])

    return start


@pytest.fixture
def jobs(monkeypatch) -> list[read_job.ReadJob]:
    made: list[read_job.ReadJob] = []

    class Recorded(read_job.ReadJob):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            made.append(self)

    monkeypatch.setattr("app.files.read_workbook.ReadJob", Recorded)
    return made


@pytest.fixture
def folder(tmp_path) -> list[Path]:
    """Eight workbooks of a cell each, the fourth of them called 坏."""
    paths = []
    for number in range(8):
        path = tmp_path / f"{number}{'坏' if number == 3 else '好'}.xlsx"
        workbook = openpyxl.Workbook()
        workbook.active.append([f"企业{number}"])
        workbook.save(path)
        paths.append(path)
    return paths


@pytest.fixture(scope="module")
def big(tmp_path_factory) -> Path:
    """A workbook that takes a second or so to read."""
    path = tmp_path_factory.mktemp("big") / "大表.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(25_000):
            sheet.write_row(row, 0, [f"企业{row}", "是", row, row / 7, "部分应用"] * 4)
    return path


def read_all(paths: list[Path], parallel: int = 2) -> list[RawWorkbook]:
    return [item for item in read_workbooks(paths, parallel) if isinstance(item, RawWorkbook)]


def test_that_many_files_share_a_child(folder, jobs):
    workbooks = read_all(folder, parallel=1)
    assert [workbook.sheets[0].text(0, 0) for workbook in workbooks] == [f"企业{number}" for number in range(8)]
    assert len({job.pid for job in jobs}) == 1


def test_that_a_worn_child_makes_room_for_a_new_one(folder, jobs, sabotage):
    sabotage("child._FILES = 3")
    assert all(workbook.sheets for workbook in read_all(folder, parallel=1))
    assert len({job.pid for job in jobs}) == 3


def test_that_a_child_of_a_large_program_is_not_taken_for_worn(folder, jobs):
    held = bytearray(os.urandom(1 << 20) * 400)
    assert all(workbook.sheets for workbook in read_all(folder, parallel=1))
    assert len({job.pid for job in jobs}) == 1
    assert held


@pytest.mark.parametrize(
    "failure",
    [
        "os.abort()",
        "os.kill(os.getpid(), 11)",
        "raise type('PanicException', (BaseException,), {})()",
        "raise Refusal('READ_DAMAGED')",
        "raise OSError('unexpected end')",
    ],
)
def test_that_a_second_reader_reads_what_the_first_fails_over(folder, sabotage, failure):
    sabotage(f"""
def fail(path, kind, sink):
    if "坏" in path.name:
        send(sink, "半截")
        sink.finding("READ_SHEET_DAMAGED", ("半张", 0, 0), "x")
        sink.reading("半张")
        {failure}
    return good(path, kind, sink)
first.read_calamine = fail
""")
    workbooks = read_all(folder)
    assert [workbook.sheets[0].text(0, 0) for workbook in workbooks] == [f"企业{number}" for number in range(8)]
    assert [workbook.reader for workbook in workbooks] == ["openpyxl xlsx" if n == 3 else "calamine xlsx" for n in range(8)]
    assert [codes(workbook) for workbook in workbooks] == [["READ_SECOND"] if n == 3 else [] for n in range(8)]
    assert names(workbooks[3]) == ["Sheet"]
    assert workbooks[3].sha256 == hashlib.sha256(folder[3].read_bytes()).hexdigest()


@pytest.mark.parametrize(("failure", "code"), [("os.abort()", "READ_MEMORY"), ("raise RuntimeError", "READ_CRASHED")])
@pytest.mark.parametrize("again", ["os.abort()", "raise Refusal('READ_DAMAGED')", "send(sink, '')"])
def test_that_the_first_cause_is_told_when_both_readers_fail(folder, sabotage, failure, code, again):
    sabotage(f"""
def fail(path, kind, sink):
    if "坏" in path.name:
        {failure}
    return good(path, kind, sink)
def fail_again(path, kind, sink):
    {again}
first.read_calamine, second.read_second = fail, fail_again
""")
    workbooks = read_all(folder)
    assert [bool(workbook.sheets) for workbook in workbooks] == [number != 3 for number in range(8)]
    assert codes(workbooks[3]) == [code]


@pytest.mark.parametrize(
    ("again", "reader", "sheets"),
    [
        ("os.abort()", "calamine xlsx", ["甲"]),
        ("raise Refusal('READ_DAMAGED')", "calamine xlsx", ["甲"]),
        ("send(sink, '1', '乙'); return 'other'", "calamine xlsx", ["甲"]),
        ("send(sink, '1', '乙'); send(sink, '2', '丙'); return 'other'", "other xlsx", ["乙", "丙"]),
    ],
)
def test_that_a_damaged_sheet_is_fetched_by_the_second_reader_or_the_others_stand(folder, sabotage, again, reader, sheets):
    sabotage(f"""
def lose(path, kind, sink):
    send(sink, "1", "甲")
    sink.finding("READ_SHEET_DAMAGED", ("乙", 0, 0), "x")
    return False
def read_again(path, kind, sink):
    {again}
first.read_calamine, second.read_second = lose, read_again
""")
    workbook = run_to_end(read_workbook(folder[3]))
    assert (workbook.reader, names(workbook)) == (reader, sheets)
    assert codes(workbook) == ["READ_SECOND" if reader == "other xlsx" else "READ_SHEET_DAMAGED"]


def test_that_an_unsafe_file_is_given_to_no_reader(tmp_path, sabotage):
    import zipfile

    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<!DOCTYPE x><Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    sabotage("first.read_calamine = second.read_second = lambda *arguments: os.abort()")
    assert codes(run_to_end(read_workbook(path))) == ["READ_UNSAFE"]


def test_that_each_file_has_its_own_processor_time(folder, jobs, sabotage, monkeypatch):
    monkeypatch.setattr(read_process, "CPU_SECONDS", 1)
    sabotage("""
def slow(path, kind, sink):
    burn(0.4 if "好" in path.name else 60)
    return good(path, kind, sink)
first.read_calamine = slow
""")
    workbooks = read_all(folder)
    assert [codes(workbook) for workbook in workbooks] == [["READ_TOO_SLOW"] if number == 3 else [] for number in range(8)]
    assert len({job.pid for job in jobs}) in (2, 3)


def test_that_memory_held_from_earlier_files_does_not_count_against_the_next(folder, sabotage):
    sabotage("""
held = []
def greedy(path, kind, sink):
    held.append(bytes(50 << 20))
    rest = bytes(700 << 20)
    return good(path, kind, sink)
first.read_calamine, child._WORN_KIBIBYTES = greedy, 1 << 30
""")
    assert all(workbook.reader == "calamine xlsx" for workbook in read_all(folder, parallel=1))


def test_that_files_are_read_where_the_system_knows_no_limits(folder, sabotage):
    sabotage("sys.modules['resource'] = None")
    assert all(workbook.sheets for workbook in read_all(folder))


def test_that_a_child_found_dead_between_two_files_is_replaced(folder, jobs, sabotage):
    sabotage("""
import atexit, threading
def last(path, kind, sink):
    if "坏" in path.name:
        threading.Timer(0.05, os._exit, (0,)).start()
    return good(path, kind, sink)
first.read_calamine = last
""")
    items = read_workbooks(folder, parallel=1)
    for workbook in (item for item in items if isinstance(item, RawWorkbook)):
        assert workbook.reader == "calamine xlsx"
        time.sleep(0.2 if "坏" in workbook.name else 0)
    assert len({job.pid for job in jobs}) in (1, 2)


def test_that_closing_the_task_ends_the_child(big, jobs):
    task = read_workbook(big)
    next(task)
    assert wait_until(lambda: jobs[0].pid > 0, 5)
    assert alive(jobs[0].pid)
    task.close()
    assert wait_until(lambda: not alive(jobs[0].pid), 1)


def test_that_cancelling_many_files_ends_every_child(big, folder, jobs):
    items = read_workbooks([big, big, *folder], parallel=2)
    next(items)
    assert wait_until(lambda: sum(job.pid > 0 for job in jobs) >= 1, 5)
    items.close()
    assert wait_until(lambda: not any(alive(job.pid) for job in jobs if job.pid), 1)


@pytest.mark.parametrize(
    ("death", "code"),
    [
        (signal.SIGABRT, "READ_MEMORY"),
        (signal.SIGXCPU, "READ_TOO_SLOW"),
        (signal.SIGKILL, "READ_TOO_SLOW"),
        (signal.SIGSEGV, "READ_CRASHED"),
    ],
)
def test_that_a_child_that_dies_before_it_knows_the_file_becomes_a_finding(folder, sabotage, death, code):
    sabotage(f"child.recognise = lambda path: os.kill(os.getpid(), {int(death)})")
    workbook = run_to_end(read_workbook(folder[0]))
    assert (workbook.sheets, codes(workbook)) == ((), [code])
    assert workbook.sha256 == hashlib.sha256(folder[0].read_bytes()).hexdigest()


def test_that_a_child_that_cannot_start_becomes_a_finding(folder, monkeypatch):
    monkeypatch.setattr(child_process, "child_program", lambda: ["/no/such/program"])
    assert [codes(workbook) for workbook in read_all(folder)] == [["READ_CRASHED"]] * 8


@pytest.mark.parametrize(("error", "code"), [(PermissionError(), "READ_DENIED"), (OSError("gone"), "READ_CRASHED")])
def test_that_a_file_lost_on_our_side_of_the_pipe_does_not_mix_with_the_next(folder, monkeypatch, error, code):
    def fail(path):
        if "坏" in path.name:
            time.sleep(0.2)  # the child has answered meanwhile
            raise error
        return "hash"

    monkeypatch.setattr(read_process, "_sha256", fail)
    workbooks = read_all(folder, parallel=1)
    assert [codes(workbook) for workbook in workbooks] == [[code] if number == 3 else [] for number in range(8)]
    assert [workbook.sheets and workbook.sheets[0].text(0, 0) for workbook in workbooks] == [
        () if number == 3 else f"企业{number}" for number in range(8)
    ]


def test_that_a_file_deleted_while_it_is_read_is_not_used(folder, sabotage):
    sabotage("""
def remove(path, kind, sink):
    done = good(path, kind, sink)
    if "坏" in path.name:
        path.unlink()
    return done
first.read_calamine = remove
""")
    assert [codes(workbook) for workbook in read_all(folder)] == [["READ_CHANGED"] if n == 3 else [] for n in range(8)]


def test_that_a_file_that_takes_too_long_is_given_up_and_the_others_go_on(folder, sabotage, monkeypatch):
    monkeypatch.setattr(read_job, "WALL_SECONDS", 1.5)
    sabotage("""
def sleepy(path, kind, sink):
    time.sleep(60 if "坏" in path.name else 0)
    return good(path, kind, sink)
first.read_calamine = sleepy
""")
    assert [codes(workbook) for workbook in read_all(folder)] == [["READ_TOO_SLOW"] if n == 3 else [] for n in range(8)]


def test_that_the_child_imports_neither_numpy_nor_pandas():
    program = (
        "import sys; import app.files.read_child, app.files.read_calamine; print(sorted({'numpy', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (FileNotFoundError(), "READ_MISSING"),
        (PermissionError(), "READ_DENIED"),
        (OSError("unexpected end"), "READ_DAMAGED"),
        (MemoryError(), "READ_MEMORY"),
        (type("PanicException", (BaseException,), {})(), "READ_CRASHED"),
    ],
)
def test_that_whatever_a_parser_raises_is_the_last_frame(tmp_path, monkeypatch, error, code):
    def fail(*arguments):
        raise error

    path, pipe = tmp_path / "a.csv", io.BytesIO()
    path.write_bytes(b"a,b\n")
    monkeypatch.setattr(read_child, "_first", fail)
    is_clean = read_child.read_guarded({"path": str(path), "ending": ".csv", "cause": None}, pipe)
    pipe.seek(0)
    assert read_frame(pipe)[0] == {"t": "kind", "kind": "text"}
    header, _ = read_frame(pipe)
    assert (header["t"], header["code"]) == ("refused", code)
    assert read_frame(pipe) is None
    assert not is_clean
