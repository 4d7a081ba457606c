"""Limits of memory and processor time for the guarded child on Windows, where a process cannot limit itself: a job object.

Written by the Windows documentation (CreateJobObjectW, SetInformationJobObject) and tested against a stand-in kernel only:
it has not yet run on Windows. Where the system refuses, the parent's clock alone stands guard.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import Structure, byref, c_int64, c_size_t, c_uint32, c_uint64, c_void_p, sizeof
from typing import Any, Final

_EXTENDED_LIMITS: Final = 9  # JobObjectExtendedLimitInformation
_PROCESS_TIME, _PROCESS_MEMORY, _DIE_QUIETLY, _KILL_ON_CLOSE = 0x2, 0x100, 0x400, 0x2000
_TICKS: Final = 10_000_000  # of 100 ns in a second
OUT_OF_TIME: Final = 1816  # exit code ERROR_NOT_ENOUGH_QUOTA
ABORTED: Final = 0xC0000409  # exit code of abort, with which Rust ends when an allocation fails


class Limits(Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", c_int64),
        ("job_time", c_int64),
        ("flags", c_uint32),
        ("least_pages", c_size_t),
        ("most_pages", c_size_t),
        ("processes", c_uint32),
        ("affinity", c_size_t),
        ("priority", c_uint32),
        ("scheduling", c_uint32),
        ("input_output", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("peak_process_memory", c_size_t),
        ("peak_job_memory", c_size_t),
    )


class JobObject:
    """Holds one process, by its handle, within limits; ends it when closed."""

    def __init__(self, process: int, kernel: Any) -> None:
        """Put the process into a job of its own; OSError when the system refuses."""
        self._kernel = kernel
        self._process = c_void_p(process)
        kernel.CreateJobObjectW.restype = c_void_p
        self._job = c_void_p(kernel.CreateJobObjectW(None, None))
        if not self._job or not kernel.AssignProcessToJobObject(self._job, self._process):
            self.close()
            raise OSError("no job object")

    def allow(self, seconds: float, memory: int) -> None:
        """Allow `seconds` of processor time from now on, and `memory` bytes in all."""
        times = (c_uint64 * 4)()  # created, ended, in the kernel, of its own
        parts = [byref(times, 8 * index) for index in range(4)]
        self._kernel.GetProcessTimes(self._process, *parts)
        flags = _PROCESS_TIME | _PROCESS_MEMORY | _DIE_QUIETLY | _KILL_ON_CLOSE
        limits = Limits(process_time=times[3] + round(seconds * _TICKS), flags=flags, process_memory=memory)
        self._kernel.SetInformationJobObject(self._job, _EXTENDED_LIMITS, byref(limits), c_uint32(sizeof(limits)))

    def close(self) -> None:
        """Let go of the job, which ends the process if it still runs."""
        if self._job:
            self._kernel.CloseHandle(self._job)
            self._job = c_void_p(None)


def confine(process: object) -> JobObject | None:
    """Return a job object around a child just started; None where there are none, or the system refuses."""
    if sys.platform != "win32":
        return None
    try:
        return JobObject(int(process._handle), ctypes.WinDLL("kernel32"))  # type: ignore[attr-defined]
    except OSError:
        return None
