"""Pages of saved PDFs are drawn in a process of their own, whatever becomes of it."""

from __future__ import annotations

import threading
import time

import pytest

from briefgen.capture import page_pictures, reading_process
from briefgen.capture.page_pictures import MOST_PIXELS, PagePictures, within
from briefgen.capture.read import read_saved
from briefgen.errors import InputError
from capture.copies import pdf, pdf_that_ends_who_draws_it

BLACK, WHITE = b"\0\0\0\xff", b"\xff\xff\xff\xff"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little memory for the process, so that little brings it down."""
    monkeypatch.setattr(page_pictures, "_MOST_MEMORY", 200 * 2**20)


def test_rows_of_pixels_from_the_top() -> None:
    pages = PagePictures(pdf([], ["Words."]))
    try:
        assert pages.sizes() == ((400, 500), (400, 500))
        drawn = pages.draw(0, 80, 100)
        assert (drawn.width, drawn.height, len(drawn.rows)) == (80, 100, 80 * 100 * 4)
        assert drawn.rows[:4] == WHITE
        assert drawn.rows[4 * (50 * 80 + 40) :][:4] == BLACK
        assert pages.draw(1, 80, 100).rows != drawn.rows
        assert pages._process.starts == 1
    finally:
        pages.close()


@pytest.mark.usefixtures("small")
def test_a_pdf_that_reads_well_and_ends_who_draws_it() -> None:
    data = pdf_that_ends_who_draws_it("Some words.")
    assert len(data) < 10_000
    assert [one.text for one in read_saved(data, "a.pdf").paragraphs] == ["Some words."]
    pages = PagePictures(data)
    try:
        with pytest.raises(InputError) as caught:
            pages.draw(0, 80, 100)
        assert str(caught.value) == (
            "page 1 cannot be drawn: it is damaged, or takes more memory than any real one; "
            "open it in a reader and print it to a new PDF"
        )
        assert pages.draw(1, 80, 100).rows[:4] == BLACK
        assert pages._process.starts == 2
    finally:
        pages.close()


def test_a_page_that_takes_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_pictures, "_PATIENCE", 0.2)
    monkeypatch.setattr(reading_process, "_send", lambda *asked: None)  # so it never answers
    pages = PagePictures(pdf([]))
    with pytest.raises(InputError, match=r"^the pages cannot be shown: the PDF takes longer than"):
        pages.sizes()
    pages.close()


def test_a_pdf_that_is_none() -> None:
    pages = PagePictures(b"%PDF-1.4 and nothing else")
    with pytest.raises(InputError, match="the pages cannot be shown: the PDF is damaged; open it"):
        pages.sizes()
    pages.close()


def test_a_picture_has_a_bound_and_the_shape_stays() -> None:
    assert within(3840, 5431) == (3840, 5431)
    width, height = within(100_000, 200_000)
    assert MOST_PIXELS * 0.99 < width * height <= MOST_PIXELS
    assert height / width == pytest.approx(2, rel=0.01)
    assert within(0, 0) == (1, 1)
    assert within(1, 2**40) == (1, MOST_PIXELS)
    assert within(2**40, 1) == (MOST_PIXELS, 1)


def test_closing_in_the_middle_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_process, "_send", lambda *asked: None)  # so it never answers
    pages = PagePictures(pdf([]))
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            pages.sizes()
        except InputError as error:
            raised.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while pages._process.starts == 0:
        time.sleep(0.01)
    pages.close()
    asking.join(timeout=10)
    assert not asking.is_alive()
    assert raised
    assert not pages._process.is_running
    with pytest.raises(InputError, match="not shown any more"):
        pages.draw(0, 10, 10)
