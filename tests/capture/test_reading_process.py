"""Saved copies are read in a process of its own, whatever becomes of it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from briefgen import own_processes
from briefgen.capture import reading_process
from briefgen.capture.read import read_saved
from briefgen.capture.reading_process import ReadingProcess
from briefgen.errors import BriefgenError, InputError
from capture.copies import MESSAGE, PAGE, pdf

ONE, OTHER = pdf(["One."]), pdf(["Other."])


def served(what: str) -> str:
    """What the process runs instead: `what`, which can `send` and has taken the first PDF."""
    return (
        "import sys; sys.path[:] = {path!r}; from briefgen.capture import own_bounds, reading_helper\n"
        "send = lambda frame: reading_helper._send(sys.stdout.buffer, frame)\n"
        "send(dict(ready=True)); {module!r}, {function!r}, {given!r}\n"
        "sys.stdin.buffer.readline(); sys.stdin.buffer.read(9)\n" + what
    )


def test_one_process_reads_them_all() -> None:
    with ReadingProcess() as process:
        texts = [
            read_saved(data, "a.pdf", process).paragraphs[0].text for data in (ONE, OTHER, ONE)
        ]
        assert texts == ["One.", "Other.", "One."]
        with pytest.raises(InputError, match="locked"):
            read_saved(pdf(["Secret"], password="x"), "a.pdf", process)
        read_saved(ONE, "a.pdf", process)
        assert process.starts == 1


@pytest.mark.parametrize(
    "how", ["import os; os.abort()", "sys.exit(3)", "sys.stdout.buffer.write(b'12345678nonsense')"]
)
@pytest.mark.parametrize("when", ["", "send(dict(pages=2, said=dict())); "])
def test_a_process_that_dies_costs_one_pdf(
    how: str, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = own_processes._RUN
    with ReadingProcess() as process:
        monkeypatch.setattr(own_processes, "_RUN", served(when + how))
        with pytest.raises(InputError) as caught:
            read_saved(ONE, "a.pdf", process)
        assert str(caught.value) == (
            "a.pdf: the PDF cannot be read: it is damaged, or takes more memory than any real one; "
            "open it in a reader and print it to a new PDF"
        )
        monkeypatch.setattr(own_processes, "_RUN", real)
        assert read_saved(OTHER, "a.pdf", process).paragraphs[0].text == "Other."
        assert process.starts == 2


def test_a_process_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_processes, "_RUN", served("import time; time.sleep(100)"))
    with (
        ReadingProcess(patience=0.5) as process,
        pytest.raises(InputError, match="takes longer to read"),
    ):
        read_saved(ONE, "a.pdf", process)


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_process_that_reckons_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_processes, "_RUN", served("own_bounds.bound_time(1)\nwhile True: pass"))
    with (
        ReadingProcess() as process,
        pytest.raises(InputError, match="takes longer to read than 8 sec"),
    ):
        read_saved(ONE, "a.pdf", process)


def test_what_is_refused_in_the_middle_leaves_no_answers_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading_process, "MOST_LETTERS", 10)
    with ReadingProcess() as process:
        with pytest.raises(InputError, match="more text in it than any document"):
            read_saved(pdf(["One."], ["More than ten letters."], ["Two."]), "a.pdf", process)
        assert read_saved(OTHER, "a.pdf", process).paragraphs[0].text == "Other."
        frames = process.read(pdf(["One."], ["Two."]), "a.pdf", "pdf")
        next(frames)
        frames.close()
        assert read_saved(OTHER, "a.pdf", process).paragraphs[0].text == "Other."


def test_a_process_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_processes, "_RUN", "no python {path} {module} {function} {given}")
    with (
        ReadingProcess() as process,
        pytest.raises(BriefgenError, match="cannot start the process"),
    ):
        read_saved(ONE, "a.pdf", process)


def test_it_loads_pdfium_elsewhere_and_little_with_it() -> None:
    asked = (
        "import sys; from briefgen.capture.reading_process import ReadingProcess\n"
        "from briefgen.capture.read import read_saved\n"
        "read_saved(sys.stdin.buffer.read(), 'a.pdf'); print('pypdfium2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], input=ONE, capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]
    loaded = (
        "import sys; import briefgen.capture.reading_helper\n"
        "print(*sorted(name for name in sys.modules if name.startswith('briefgen')))"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)
    assert done.stdout.split() == [
        b"briefgen", b"briefgen.capture", b"briefgen.capture.own_bounds",
        b"briefgen.capture.reading_helper",
    ]  # fmt: skip


def test_other_kinds_are_read_there_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with ReadingProcess() as process:
        assert (
            read_saved(PAGE.encode(), "talks.html", process).csl["title"] == "Pipeline talks open"
        )
        read_saved(MESSAGE.encode("latin-1"), "a.eml", process)
        read_saved(ONE, "a.pdf", process)
        assert process.starts == 1
    monkeypatch.setattr(own_processes, "_RUN", served("import os; os.abort()"))
    with pytest.raises(InputError) as caught:
        read_saved(PAGE.encode(), "talks.html")
    assert str(caught.value).endswith("takes more memory than any real one; save it as text")


def test_our_own_fault_in_it_is_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_processes, "_RUN", served("send(dict(failed='Traceback: 1/0'))"))
    with pytest.raises(RuntimeError, match="1/0"):
        read_saved(ONE, "a.pdf")
