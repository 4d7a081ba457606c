"""Limits on Windows, against a stand-in kernel: what it would be asked, and that a refusal is no end."""

from __future__ import annotations

import ctypes
import sys

import pytest

from app.files.child_process import cause_of_death
from app.files.job_object import ABORTED, OUT_OF_TIME, JobObject, Limits, confine


class Function:
    """A function of the kernel that notes its calls."""

    def __init__(self, act) -> None:
        self.act = act

    def __call__(self, *arguments):
        return self.act(*arguments)


class Kernel:
    def __init__(self, assigns: bool = True, used_ticks: int = 0) -> None:
        self.limits: list[Limits] = []
        self.closed: list[int] = []
        self.CreateJobObjectW = Function(lambda security, name: 77)
        self.AssignProcessToJobObject = Function(lambda job, process: int(assigns and (job.value, process.value) == (77, 42)))
        self.GetProcessTimes = Function(lambda process, *times: self._times(times, used_ticks))
        self.SetInformationJobObject = Function(self._set)
        self.CloseHandle = Function(lambda job: self.closed.append(job.value))

    def _times(self, times, used_ticks: int) -> int:
        for place, value in zip(times, (1, 2, 3, used_ticks), strict=True):
            ctypes.cast(place, ctypes.POINTER(ctypes.c_uint64))[0] = value
        return 1

    def _set(self, job, kind, limits, size) -> int:
        assert (job.value, kind, size.value) == (77, 9, ctypes.sizeof(Limits))
        self.limits.append(Limits.from_buffer_copy(ctypes.cast(limits, ctypes.POINTER(Limits))[0]))
        return 1


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="sizes of 64-bit Windows")
def test_that_the_limits_are_laid_out_as_windows_documents_them():
    assert ctypes.sizeof(Limits) == 144
    assert (Limits.flags.offset, Limits.least_pages.offset, Limits.input_output.offset) == (16, 24, 64)
    assert Limits.process_memory.offset == 112


def test_that_each_file_is_allowed_time_from_what_was_used_before_it():
    kernel = Kernel(used_ticks=30_000_000)
    job = JobObject(42, kernel)
    job.allow(20, 1 << 30)
    (limits,) = kernel.limits
    assert (limits.process_time, limits.process_memory) == (230_000_000, 1 << 30)
    assert limits.flags == 0x2 | 0x100 | 0x400 | 0x2000
    job.close()
    job.close()
    assert kernel.closed == [77]


def test_that_a_process_that_cannot_be_confined_leaves_no_job_behind():
    kernel = Kernel(assigns=False)
    with pytest.raises(OSError):
        JobObject(42, kernel)
    assert kernel.closed == [77]


@pytest.mark.skipif(sys.platform == "win32", reason="there are job objects")
def test_that_elsewhere_there_is_no_job():
    assert confine(object()) is None


@pytest.mark.parametrize(
    ("code", "cause"), [(OUT_OF_TIME, "READ_TOO_SLOW"), (ABORTED, "READ_MEMORY"), (0xC0000005, "READ_CRASHED")]
)
def test_that_exit_codes_of_windows_are_understood(code, cause):
    assert cause_of_death(code, "win32").code == cause
