"""What reads saved copies in a process of its own: a copy may have been made to end its reader.

It is started by `reading_process.py`, and loads only what reads the kinds that it is sent. It is
sent a name, a kind and the bytes, and answers with frames of JSON, each with its length before it:
first `{"ready": true}`; then, for each PDF, what `pdf_lines` says; for another kind
`{"kind": …, "paragraphs": [text, …], "csl": {…}}` and `{"end": true}`, or `{"refused": [message,
hint]}`; where it is at fault itself, `{"failed": traceback}`. Sent `pages` and a PDF, and then
`picture` and `[page, width, height]`, it answers as `pdf_pictures` says; `{"raw": 4000}` is
followed by so many bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import traceback
from collections.abc import Iterator
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

from briefgen.capture.own_bounds import bound_memory, bound_time

if TYPE_CHECKING:
    from briefgen.capture.pdf_pictures import OpenPdf

_Asked = tuple[str, str, bytes]


def serve(most_bytes: int, seconds: int, most_letters: int) -> None:
    """Answer for each copy that is sent, until none comes any more.

    No more than `most_bytes` of memory are taken, and for one copy no more than `seconds` of a
    processor's time, where the system can be told so; beyond either, this process dies.
    """
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    bound_memory(most_bytes)
    waiting: SimpleQueue[_Asked] = SimpleQueue()
    threading.Thread(target=_listen, args=(asked, waiting), daemon=True).start()
    _send(answers, {"ready": True})
    drawing: list[OpenPdf] = []
    while True:
        name, kind, data = waiting.get()
        bound_time(seconds)
        try:
            frames = (
                _drawn(kind, data, drawing)
                if kind in ("pages", "picture")
                else _read(name, kind, data, most_letters)
            )
            for frame in frames:
                _send(answers, frame)
        except MemoryError:
            os._exit(1)
        except Exception:
            _send(answers, {"failed": traceback.format_exc()})


def _listen(asked: IO[bytes], waiting: SimpleQueue[_Asked]) -> None:
    """Take what is sent. At its end this process ends, in the middle of a copy too."""
    with contextlib.suppress(OSError):
        while head := asked.readline():
            name, kind, size = json.loads(head)
            waiting.put((name, kind, asked.read(size)))
    os._exit(0)


def _send(answers: IO[bytes], frame: dict[str, Any]) -> None:
    raw = frame.get("raw", b"")
    data = json.dumps({**frame, "raw": len(raw)} if raw else frame).encode()
    try:
        answers.write(len(data).to_bytes(8, "big") + data)
        answers.write(raw)
        answers.flush()
    except OSError:  # whoever asked has gone
        os._exit(0)


def _drawn(kind: str, data: bytes, drawing: list[OpenPdf]) -> Iterator[dict[str, Any]]:
    """What is said of a PDF's pages; `drawing` holds the one that is open."""
    if not drawing:
        from briefgen.capture.pdf_pictures import OpenPdf

        drawing.append(OpenPdf())
    (pdf,) = drawing
    return pdf.open(data) if kind == "pages" else pdf.draw(*json.loads(data))


def _read(name: str, kind: str, data: bytes, most_letters: int) -> Iterator[dict[str, Any]]:
    if kind == "pdf":
        from briefgen.capture.pdf_lines import read_lines

        yield from read_lines(data, most_letters)
        return
    from briefgen.capture.read import read_here
    from briefgen.errors import InputError, Origin

    try:
        saved = read_here(data, kind, Origin(name))  # type: ignore[arg-type]
    except InputError as error:
        yield {"refused": [error.message, error.hint]}
        return
    texts = [one.text for one in saved.paragraphs]
    yield {"kind": saved.kind, "paragraphs": texts, "csl": dict(saved.csl)}
    yield {"end": True}
