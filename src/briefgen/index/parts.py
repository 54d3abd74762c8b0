"""Large files of a base in parts of some hundred entries, which can be read apart.

A file of ten megabytes makes a tree of hundreds, and one processor reads it while others wait. A
list can be read in pieces, each of them beginning with an entry. That a line begins one is seen
without reading YAML: it has the indentation and the dash of the first entry, and nothing that an
entry holds may stand so far to the left, but for what is quoted or in brackets, which the piece
before then leaves open. So a piece either says what it says in the whole, or cannot be read; then
the file is read as one (`build`). What counts for a file as a whole (documents, directives, other
keys beside the list, line breaks other than the usual) is looked for first: such a file stays
whole. An alias whose anchor stands in an earlier piece makes one that cannot be read.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future

from briefgen.errors import BriefgenError
from briefgen.index.files import HeldFile
from briefgen.index.rows import FileRows, file_rows
from briefgen.many_problems import MOST
from briefgen.patterns import lazy_pattern

PART = 500_000
"""Bytes of a part, or little more."""

_BEFORE = rb"(?:\xef\xbb\xbf)?(?:---[ ]*\r?\n)?(?:[ ]*(?:#[^\n]*)?\r?\n)*"
_LIST = lazy_pattern(_BEFORE + rb"([ ]*)- ")
_HEADED_LIST = lazy_pattern(_BEFORE + rb"references:[ ]*\r?\n(?:[ ]*(?:#[^\n]*)?\r?\n)*([ ]*)- ")
_OF_THE_WHOLE = (b"\n---", b"\n...", b"\n%", "\x85".encode(), "\u2028".encode(), "\u2029".encode())
_KEY = lazy_pattern(rb"^[^\s#-]", re.MULTILINE)


def parts_of(held: HeldFile) -> Iterator[HeldFile]:
    """A file in parts, in its order; itself where it is small, or has to be read as one.

    Raises `BaseChangedError`.
    """
    kind = held.file.kind
    held = held._replace(data=held.load())  # whoever reads it may be on another machine
    if held.data is None or kind not in ("facts", "sources") or held.size < 2 * PART:
        yield held
        return
    data = held.data
    first = (_HEADED_LIST if kind == "sources" else _LIST).match(data)
    if (
        first is None
        or any(data.find(each, first.start(1)) >= 0 for each in _OF_THE_WHOLE)
        or data.count(b"\r") != data.count(b"\r\n")
        or (kind == "sources" and _KEY.search(data, first.start(1)))
    ):
        yield held
        return
    entry, start, lines = b"\n" + first[1] + b"- ", 0, 0
    number = 0
    while start < len(data):
        at = data.find(entry, start + PART)
        end = len(data) if at < 0 else at + 1
        # Read by itself, a list of sources wants its heading.
        head = b"references:\n" if kind == "sources" and number else b""
        piece = data[start:end]
        yield held._replace(data=head + piece, part=number, lines=lines - head.count(b"\n"))
        start, lines, number = end, lines + piece.count(b"\n"), number + 1


def read_here(files: Iterable[HeldFile]) -> Iterator[FileRows]:
    """The rows of files, one after the other; of a file with a broken part, no part behind it."""
    judge = _Judge()
    for held in files:
        for part in parts_of(held):
            yield judge.of(file_rows(part))
            if held.file.name in judge.broken:
                break


def read_elsewhere(
    files: Iterable[HeldFile],
    submit: Callable[[HeldFile], Future[FileRows]],
    at_once: int,
    wait_for: Callable[[Future[FileRows], HeldFile], object] = lambda future, part: None,
) -> Iterator[FileRows]:
    """The rows of files, in their order, read by others, who have `at_once` parts at most.

    `submit` has a part read (`file_rows`); `wait_for` waits for it in its own way. What the
    others cannot do is done here: they died, were too slow or had too little memory. Of a file
    with a broken part, parts that nobody reads by then are left.
    """
    waiting: deque[tuple[HeldFile, Future[FileRows]]] = deque()
    judge = _Judge()
    parts = (part for held in files for part in parts_of(held))
    for part in parts:
        if part.file.name in judge.broken:
            continue
        waiting.append((part, submit(part)))
        if len(waiting) >= at_once:
            yield judge.of(_answer(*waiting.popleft(), wait_for))
    while waiting:
        yield judge.of(_answer(*waiting.popleft(), wait_for))


class _Judge:
    """Which files have a broken part, or in all their parts more errors than are remembered."""

    def __init__(self) -> None:
        self.broken: set[str] = set()
        self._errors: Counter[str] = Counter()

    def of(self, rows: FileRows) -> FileRows:
        """The rows, called broken where the file is to be read as one."""
        if rows.part is None:
            return rows
        self._errors[rows.name] += sum(one.severity == "error" for one in rows.problems)
        if rows.broken or self._errors[rows.name] >= MOST:
            self.broken.add(rows.name)
            return rows._replace(broken=True)
        return rows


def _answer(
    part: HeldFile,
    future: Future[FileRows],
    wait_for: Callable[[Future[FileRows], HeldFile], object],
) -> FileRows:
    wait_for(future, part)
    try:
        return future.result()
    except (BriefgenError, CancelledError, MemoryError, RuntimeError, OSError):
        return file_rows(part)
