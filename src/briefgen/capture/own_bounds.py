"""Bounds of memory and time that a process sets itself, where the system holds them."""

from __future__ import annotations

import contextlib
import sys


def bound_memory(most_bytes: int) -> None:
    """Let this process take no more than `most_bytes`; what asks for more has none."""
    if sys.platform == "win32":
        _bound_memory_of_windows(most_bytes)
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        most_bytes = min(most_bytes, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, hard))


def bound_time(seconds: int) -> None:
    """Have the system end this process after so many more seconds of a processor's time."""
    if sys.platform == "win32":  # there, who asked alone looks at the clock
        return
    import resource
    import time

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    end = int(time.process_time()) + seconds
    if hard != resource.RLIM_INFINITY:
        end = min(end, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (end, hard))


if sys.platform == "win32":

    def _bound_memory_of_windows(most_bytes: int) -> None:
        """A job object around this process (JOBOBJECT_EXTENDED_LIMIT_INFORMATION, winnt.h)."""
        import ctypes
        from ctypes import wintypes

        class Limits(ctypes.Structure):
            _fields_ = (
                ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64),
                ("flags", wintypes.DWORD), ("least_resident", ctypes.c_size_t),
                ("most_resident", ctypes.c_size_t), ("processes", wintypes.DWORD),
                ("affinity", ctypes.c_size_t), ("priority", wintypes.DWORD),
                ("scheduling", wintypes.DWORD), ("io", ctypes.c_uint64 * 6),
                ("process_memory", ctypes.c_size_t), ("job_memory", ctypes.c_size_t),
                ("peak_of_process", ctypes.c_size_t), ("peak_of_job", ctypes.c_size_t),
            )  # fmt: skip

        extended_limits, limits_process_memory = 9, 0x100
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = Limits(flags=limits_process_memory, process_memory=most_bytes)
        size = wintypes.DWORD(ctypes.sizeof(limits))
        kernel.SetInformationJobObject(job, extended_limits, ctypes.byref(limits), size)
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))
