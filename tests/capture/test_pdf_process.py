"""PDFs are read in a process of its own, whatever becomes of it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from briefgen import own_processes
from briefgen.capture import pdf_process
from briefgen.capture.pdf_process import PdfProcess
from briefgen.capture.read import read_saved
from briefgen.errors import BriefgenError, InputError
from capture.copies import pdf

ONE, OTHER = pdf(["One."]), pdf(["Other."])


def served(what: str) -> str:
    """What the process runs instead: `what`, which can `send` and has taken the first PDF."""
    return (
        "import sys; sys.path[:] = {path!r}; from briefgen.capture import pdf_helper\n"
        "send = lambda frame: pdf_helper._send(sys.stdout.buffer, frame)\n"
        "send(dict(ready=True)); {module!r}, {function!r}, {given!r}\n"
        "sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(8), 'big'))\n" + what
    )


def test_one_process_reads_them_all() -> None:
    with PdfProcess() as pdfs:
        texts = [read_saved(data, "a.pdf", pdfs).paragraphs[0].text for data in (ONE, OTHER, ONE)]
        assert texts == ["One.", "Other.", "One."]
        with pytest.raises(InputError, match="locked"):
            read_saved(pdf(["Secret"], password="x"), "a.pdf", pdfs)
        read_saved(ONE, "a.pdf", pdfs)
        assert pdfs.starts == 1


@pytest.mark.parametrize(
    "how", ["import os; os.abort()", "sys.exit(3)", "sys.stdout.buffer.write(b'12345678nonsense')"]
)
@pytest.mark.parametrize("when", ["", "send(dict(pages=2, said=dict())); "])
def test_a_process_that_dies_costs_one_pdf(
    how: str, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = own_processes._RUN
    with PdfProcess() as pdfs:
        monkeypatch.setattr(own_processes, "_RUN", served(when + how))
        with pytest.raises(InputError) as caught:
            read_saved(ONE, "a.pdf", pdfs)
        assert str(caught.value) == (
            "a.pdf: the PDF cannot be read: it is damaged, or takes more memory than any real one; "
            "open it in a reader and print it to a new PDF"
        )
        monkeypatch.setattr(own_processes, "_RUN", real)
        assert read_saved(OTHER, "a.pdf", pdfs).paragraphs[0].text == "Other."
        assert pdfs.starts == 2


def test_a_process_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_processes, "_RUN", served("import time; time.sleep(100)"))
    with PdfProcess(patience=0.5) as pdfs, pytest.raises(InputError, match="takes longer to read"):
        read_saved(ONE, "a.pdf", pdfs)


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_process_that_reckons_for_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        own_processes, "_RUN", served("pdf_helper._bound_time(1)\nwhile True: pass")
    )
    with PdfProcess() as pdfs, pytest.raises(InputError, match="takes longer to read than 8 sec"):
        read_saved(ONE, "a.pdf", pdfs)


def test_what_is_refused_in_the_middle_leaves_no_answers_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_process, "MOST_LETTERS", 10)
    with PdfProcess() as pdfs:
        with pytest.raises(InputError, match="more text in it than any document"):
            read_saved(pdf(["One."], ["More than ten letters."], ["Two."]), "a.pdf", pdfs)
        assert read_saved(OTHER, "a.pdf", pdfs).paragraphs[0].text == "Other."
        frames = pdfs.read(pdf(["One."], ["Two."]))
        next(frames)
        frames.close()
        assert read_saved(OTHER, "a.pdf", pdfs).paragraphs[0].text == "Other."


def test_a_process_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_processes, "_RUN", "no python {path} {module} {function} {given}")
    with PdfProcess() as pdfs, pytest.raises(BriefgenError, match="cannot start the process"):
        read_saved(ONE, "a.pdf", pdfs)


def test_it_loads_pdfium_elsewhere_and_little_with_it() -> None:
    asked = (
        "import sys; from briefgen.capture.pdf_process import PdfProcess\n"
        "from briefgen.capture.read import read_saved\n"
        "read_saved(sys.stdin.buffer.read(), 'a.pdf'); print('pypdfium2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], input=ONE, capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]
    loaded = (
        "import sys; import briefgen.capture.pdf_helper\n"
        "print(*sorted(name for name in sys.modules if name.startswith('briefgen')))"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True)
    assert done.stdout.split() == [b"briefgen", b"briefgen.capture", b"briefgen.capture.pdf_helper"]
