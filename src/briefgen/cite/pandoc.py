"""Pandoc's citeproc as a program beside ours: started early, kept while it is useful.

One `pandoc lua` process reads documents from its standard input and answers them cited. A single
brief starts it before it reads facts, so that its start-up hides behind other work; the app and
batch keep it. It is given everything inline and asks the network for nothing.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import json
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from briefgen.errors import BriefgenError

if TYPE_CHECKING:
    import subprocess

TIMEOUT_SECONDS = 300.0
"""Longest wait for one answer. A thousand references of many namesakes take a minute in APA."""

MOST_MEMORY = 1000
"""Megabytes that Pandoc's heap may take."""
_HEAP_OVERFLOW = 251
"""What a program of GHC's ends with beyond such a limit."""

T = TypeVar("T")

_WORKER = Path(__file__).with_name("worker.lua")


class CiteprocError(BriefgenError):
    """Pandoc is missing, died, took too long, or could not word the citations."""


@functools.cache
def find_pandoc() -> Path:
    """Pandoc's program: the one in `pypandoc_binary`, else the one on PATH.

    Raises `CiteprocError` when there is none.
    """
    name = "pandoc.exe" if os.name == "nt" else "pandoc"
    package = importlib.util.find_spec("pypandoc")  # importing it costs more than all of this
    for place in (package.submodule_search_locations or ()) if package else ():
        program = Path(place) / "files" / name
        if program.is_file():
            return program
    import shutil

    found = shutil.which("pandoc")
    if found:
        return Path(found)
    raise CiteprocError(
        "Pandoc, which words the citations, is not installed",
        hint="install the package pypandoc_binary, or put pandoc 3 on the PATH",
    )


def pandoc_stamp(program: Path) -> str:
    """What tells one build of Pandoc from another without running it."""
    try:
        status = program.stat()
    except OSError:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}"


class Citeproc:
    """A Pandoc process that cites documents. Safe to use from several threads, one at a time.

    It is started by `start`, or by the first question; when it dies, the next question starts a
    new one. Close it, or use it in a `with` statement.
    """

    def __init__(self, program: Path | None = None, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._program = program
        self._timeout = timeout
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = 0
        self._errors: deque[bytes] = deque(maxlen=20)
        self.starts = 0
        """How many processes were started so far."""
        self.answers = 0
        """How many questions were answered so far."""

    @property
    def program(self) -> Path:
        """Pandoc's program. Raises `CiteprocError` when there is none."""
        return self._program or find_pandoc()

    def start(self, *, warm: bool = True) -> None:
        """Start the process now, and return at once.

        `warm` has it load meanwhile what sorting references needs (a tenth of a second). Never
        raises: what is wrong shows at the first question.
        """
        with self._lock, contextlib.suppress(CiteprocError, OSError):
            if self._process is None:
                process = self._spawn()
                if warm:
                    self._send(process, _warming_document())
                    self._unread += 1

    def ask(self, document: bytes, read: Callable[[Any], T]) -> list[T]:
        """The blocks of the document (Pandoc's JSON on one line) with its citations worded.

        Each is handed to `read` when it comes, as JSON, and what that makes of it is kept: of ten
        thousand references the answer as a whole takes half a gigabyte. A `Div`, which must be the
        last block, comes as one or more of the same name.
        Raises `CiteprocError`. A process that died before or during the question is replaced
        once.
        """
        with self._lock:
            fresh = self._process is None or self._process.poll() is not None
            try:
                return self._ask_once(document, read)
            except _Died:
                if fresh:
                    raise
                return self._ask_once(document, read)

    def close(self) -> None:
        """End the process. Asking again starts a new one."""
        with self._lock:
            self._end()

    def __enter__(self) -> Citeproc:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self._end()

    def _ask_once(self, document: bytes, read: Callable[[Any], T]) -> list[T]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._spawn()
        process = self._process
        assert process is not None
        timed_out = threading.Event()

        def give_up() -> None:
            timed_out.set()
            _kill(process)

        timer = threading.Timer(self._timeout, give_up)
        timer.daemon = True
        timer.start()
        found: list[T] = []
        wrong, whole = "", False
        try:
            with contextlib.suppress(OSError):  # a dead process shows below, with its reason
                self._send(process, document)
            for line in self._answer(process):
                answer = json.loads(line)
                wrong = wrong or str(answer.get("error", ""))
                found += map(read, answer.get("blocks", ()))
            whole = True
        except EOFError:
            pass
        except BaseException:
            self._end()  # what is left of its answer would be taken for the next one
            raise
        finally:
            timer.cancel()
        if timed_out.is_set():
            timer.join()
            self._end()
            raise CiteprocError(
                f"wording the citations took longer than {self._timeout:g} seconds",
                hint="choose another style, or cite fewer sources in one brief",
            )
        if not whole:
            raise self._death(process)
        if wrong:
            raise CiteprocError(
                f"Pandoc could not word the citations: {wrong[:300]}",
                hint="try another style; if all fail, install pandoc 3 (package pypandoc_binary)",
            )
        self.answers += 1
        return found

    def _answer(self, process: subprocess.Popen[bytes]) -> Iterator[bytes]:
        """The lines of the next answer that somebody waits for. Raises `EOFError` if it ends."""
        assert process.stdout is not None
        while True:
            line = process.stdout.readline()
            if not line.endswith(b"\n"):
                raise EOFError
            if line != b"\n":
                if not self._unread:
                    yield line
            elif not self._unread:
                return
            else:
                self._unread -= 1

    def _death(self, process: subprocess.Popen[bytes]) -> CiteprocError:
        """What a process died of."""
        code = process.wait()
        said = b" ".join(self._errors).decode("utf-8", "replace").strip()
        self._end()
        if code == _HEAP_OVERFLOW:
            return CiteprocError(
                f"wording the citations takes more than {MOST_MEMORY} MB of memory",
                hint="choose another style, or cite fewer sources in one brief",
            )
        return _Died(
            f"Pandoc ended with status {code}" + (f": {said[-300:]}" if said else ""),
            hint="try again; if it persists, reinstall the package pypandoc_binary",
        )

    def _spawn(self) -> subprocess.Popen[bytes]:
        import subprocess

        self._errors.clear()
        self._unread = 0
        program = self.program
        try:
            process = subprocess.Popen(
                [str(program), "lua", "-E", str(_WORKER)],  # -E: without a Lua set-up of theirs
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise CiteprocError(
                f"cannot start Pandoc, {program} ({error.strerror or error})",
                hint="reinstall the package pypandoc_binary",
            ) from None
        self._process = process
        self.starts += 1
        # Warnings would fill the pipe and halt Pandoc if nobody read them.
        drain = threading.Thread(target=_drain, args=(process.stderr, self._errors), daemon=True)
        drain.start()
        return process

    @staticmethod
    def _send(process: subprocess.Popen[bytes], document: bytes) -> None:
        assert process.stdin is not None
        process.stdin.write(document)
        process.stdin.write(b"\n")
        process.stdin.flush()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        # It makes a file in TMPDIR, and takes it away at the end of its input or of its output.
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        if not _ended(process, 0.5):
            _kill(process)


class _Died(CiteprocError):
    """The process ended without an answer, or within it."""


def _ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether it ended by itself within `seconds`."""
    import subprocess

    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End it at once, and take away the file named after it that it leaves then."""
    import tempfile

    with contextlib.suppress(OSError):
        process.kill()
    process.wait()
    for left in Path(tempfile.gettempdir()).glob(f"pandoc-hist{process.pid}-*"):
        with contextlib.suppress(OSError):
            left.unlink()


def _environment() -> dict[str, str]:
    """What Pandoc is started with: a folder for temporary files, and a limit to its memory.

    A style or a thousand references of namesakes must not take what the machine has.
    """
    environment = dict(os.environ)
    folder = environment.get("TMPDIR")
    if os.name == "posix" and folder and not os.access(folder, os.W_OK | os.X_OK):
        import tempfile

        environment["TMPDIR"] = tempfile.gettempdir()
    options = environment.get("GHCRTS", "")
    if "-M" not in options:
        environment["GHCRTS"] = f"{options} -M{MOST_MEMORY}m".strip()
    return environment


def _drain(pipe: Any, lines: deque[bytes]) -> None:
    with contextlib.suppress(ValueError, OSError), pipe:
        for line in pipe:
            lines.append(line.strip()[:500])


def _warming_document() -> bytes:
    """Two references that have to be sorted by the rules of Unicode."""
    from briefgen.cite.pandoc_document import one_line_document, reference_as_json
    from briefgen.cite.pandoc_style import style_address

    style = (
        b'<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        b'<info><title>w</title></info><citation><layout><text variable="title"/></layout>'
        b'</citation><bibliography><sort><key variable="title"/></sort><layout>'
        b'<text variable="title"/></layout></bibliography></style>'
    )
    references = [reference_as_json(f'{{"title":"{id_}"}}', id_) for id_ in ("b", "a")]
    return one_line_document(references, [], style_address(style), "en-US", all_ids=("a", "b"))
