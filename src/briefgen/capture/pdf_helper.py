"""What reads PDFs in a process of its own: pdfium ends the process that it runs in when memory
is short, or when a file was made for that.

It is started by `pdf_process.py` and knows nothing else of ours, so that its start is short. It is
sent PDFs and answers with frames of JSON, each with its length before it: first `{"ready": true}`;
then, for each PDF, `{"pages": 3, "said": {"Title": …}}`, for each page
`{"lines": [[text, left, right, bottom, top], …]}` in points from the page's lower left corner, and
`{"end": true}`; or instead `{"fault": …}`.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import IO, Any

_PASSWORD = 4
"""FPDF_ERR_PASSWORD: pdfium's number for a file that is locked."""
_LONGEST = 2_000
"""Letters of what a PDF says of itself."""

Line = tuple[str, float, float, float, float]
"""Its text, and in points its left, right, bottom and top; zeros where these are not known."""


def serve(
    most_bytes: int, seconds: int, most_pages: int, most_letters: int, most_lines: int
) -> None:
    """Answer for each PDF that is sent, until none comes any more.

    No more than `most_bytes` of memory are taken, and for one PDF no more than `seconds` of a
    processor's time, where the system can be told so; beyond either, this process dies.
    """
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    _bound_memory(most_bytes)
    import pypdfium2  # type: ignore[import-untyped]  # noqa: F401

    waiting: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(asked, waiting), daemon=True).start()
    _send(answers, {"ready": True})
    while True:
        data = waiting.get()
        _bound_time(seconds)
        for frame in _read(data, most_pages, most_letters, most_lines):
            _send(answers, frame)


def _listen(asked: IO[bytes], waiting: SimpleQueue[bytes]) -> None:
    """Take what is sent. At its end this process ends, in the middle of a PDF too."""
    with contextlib.suppress(OSError):
        while head := asked.read(8):
            waiting.put(asked.read(int.from_bytes(head, "big")))
    os._exit(0)


def _send(answers: IO[bytes], frame: object) -> None:
    data = json.dumps(frame).encode()
    try:
        answers.write(len(data).to_bytes(8, "big") + data)
        answers.flush()
    except OSError:  # whoever asked has gone
        os._exit(0)


def _read(data: bytes, most_pages: int, most_letters: int, most_lines: int) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower()
        yield {"fault": "locked" if locked else "damaged"}
        return
    try:
        count = len(document)
        if not 0 < count <= most_pages:
            yield {"fault": "too many pages" if count else "no pages"}
            return
        said = {key: value[:_LONGEST] for key, value in document.get_metadata_dict().items()}
        yield {"pages": count, "said": said}
        for number in range(count):
            lines: list[Line] = []
            for line in _lines(document, number, most_letters):
                most_letters -= len(line[0])
                most_lines -= 1
                if most_letters < 0 or most_lines < 0:
                    yield {"fault": "too much text"}
                    return
                lines.append(line)
            yield {"lines": lines}
        yield {"end": True}
    finally:
        document.close()


def _lines(document: Any, number: int, most_letters: int) -> Iterator[Line]:
    """The lines of a page as pdfium tells them apart. A page that is damaged has none."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return
    try:
        text = page.get_textpage()
        try:
            yield from _lines_of(text, most_letters)
        finally:
            text.close()
    except pypdfium2.PdfiumError:
        return
    finally:
        page.close()


def _lines_of(text: Any, most_letters: int) -> Iterator[Line]:
    count = text.count_chars()
    # Two more letters for each line's end: a page that is longer still is told by its lines.
    whole = text.get_text_range(0, min(count, 3 * most_letters + 3)) if count else ""
    if len(whole) != count:  # letters beyond the BMP: places and letters do not match
        for said in whole.splitlines():
            yield said, 0, 0, 0, 0
        return
    start = 0
    while start < len(whole):
        end = whole.find("\n", start)
        end = len(whole) if end < 0 else end + 1
        said = whole[start:end].rstrip("\r\n")
        first = next((at for at, letter in enumerate(said) if not letter.isspace()), None)
        if first is not None:
            last = max(at for at, letter in enumerate(said) if not letter.isspace())
            one = text.get_charbox(start + first)
            other = text.get_charbox(start + last, loose=True)
            loose = text.get_charbox(start + first, loose=True)
            yield said, one[0], other[2], loose[1], loose[3]
        start = end


# --- bounds ----------------------------------------------------------------------------------


def _bound_memory(most_bytes: int) -> None:
    if sys.platform == "win32":
        _bound_memory_of_windows(most_bytes)
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        most_bytes = min(most_bytes, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, hard))


def _bound_time(seconds: int) -> None:
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
