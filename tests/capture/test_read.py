"""Saved copies of every kind read as paragraphs with places, and what they say of themselves."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from briefgen.capture import read as reading
from briefgen.capture.metadata import names_of
from briefgen.capture.model import SavedText
from briefgen.capture.read import read_saved, read_saved_file
from briefgen.errors import InputError
from capture.copies import MESSAGE, MHTML, PAGE, PARAGRAPHS, docx, pdf


def texts(saved: SavedText) -> list[str]:
    return [paragraph.text for paragraph in saved.paragraphs]


# --- web pages -------------------------------------------------------------------------------


def test_a_page_is_its_article_and_says_what_it_is() -> None:
    saved = read_saved(PAGE.encode(), "talks.html")
    assert texts(saved) == PARAGRAPHS
    assert [paragraph.number for paragraph in saved.paragraphs] == [1, 2, 3, 4, 5, 6]
    assert saved.csl == {
        "type": "article-newspaper",
        "title": "Pipeline talks open",
        "author": [{"family": "Example", "given": "Jo"}, {"family": "Other", "given": "Ann"}],
        "container-title": "The Gazette",
        "issued": "2013-08-28",
        "URL": "https://gazette.example.org/2013/08/pipeline-talks-open",
        "language": "en",
    }


GRAPH = """<script type="application/ld+json">
{"@graph": [{"@type": ["BlogPosting"], "author": {"name": "Ann Other"}}]}</script>"""
ODD = """<script type="application/ld+json">
{"@type": "Article", "author": 7, "headline": []}</script>"""


@pytest.mark.parametrize(
    ("head", "key", "said"),
    [
        ('<meta name="citation_title" content="On oil"><meta property="og:title" content="x">',
         "title", "On oil"),
        ("<title>Talks - The Post</title><meta property='og:site_name' content='The Post'>",
         "title", "Talks"),
        ('<meta name="citation_doi" content="doi:10.1234/Oil">', "DOI", "10.1234/Oil"),
        ('<meta name="citation_journal_title" content="Oil Studies">', "type", "article-journal"),
        ('<link rel="canonical" href="/here">', "URL", None),
        ('<meta name="date" content="03/04/2013">', "issued", None),
        (GRAPH, "author", [{"family": "Other", "given": "Ann"}]),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", "author", None),
        (ODD, "title", None),
        ("<!-- Page saved with SingleFile url: https://a.example/b saved date: today -->",
         "URL", "https://a.example/b"),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(head: str, key: str, said: object) -> None:
    page = f"<html><head>{head}</head><body><p>Words.</p></body></html>"
    assert read_saved(page.encode(), "a.html").csl.get(key) == said


@pytest.mark.parametrize(
    ("name", "is_"),
    [
        ("Jo Example", {"family": "Example", "given": "Jo"}),
        ("Example, Jo", {"family": "Example", "given": "Jo"}),
        ("News Desk", {"literal": "News Desk"}),
        ("Reuters", {"literal": "Reuters"}),
        ("The Gazette", {"literal": "The Gazette"}),
        ("Ministry of Energy", {"literal": "Ministry of Energy"}),
    ],
)
def test_who_wrote_it(name: str, is_: dict[str, str]) -> None:
    assert names_of([name]) == [is_]


def test_a_page_in_an_old_encoding_and_one_that_lies_about_it() -> None:
    old = "<meta charset='windows-1252'><p>caf\xe9 \u2013 \u201cyes\u201d</p>"
    assert texts(read_saved(old.encode("cp1252"), "a.htm")) == ["café – “yes”"]
    assert texts(read_saved(b"<meta charset='klingon'><p>caf\xc3\xa9</p>", "a.htm")) == ["café"]


def test_a_page_that_nests_deeply_is_read() -> None:
    page = "<div>" * 3_000 + "deep" + "</div>" * 3_000
    assert texts(read_saved(f"<p>flat</p>{page}".encode(), "a.html"))[0] == "flat"


def test_a_page_of_too_many_parts_is_refused() -> None:
    with pytest.raises(InputError, match="more parts"):
        read_saved(b"<p>a" + b"<br>" * 400_001, "a.html")


# --- mail ------------------------------------------------------------------------------------


def test_a_page_saved_as_one_file() -> None:
    saved = read_saved(MHTML.encode(), "talks.mhtml")
    assert (saved.kind, texts(saved)) == ("mhtml", ["They met in a café."])
    assert saved.csl["URL"] == "https://gazette.example.org/a?b=1"
    assert (saved.csl["title"], saved.csl["accessed"]) == ("Café talks", "2013-08-30")


def test_a_message() -> None:
    saved = read_saved(MESSAGE.encode("latin-1"), "said.eml")
    assert texts(saved) == ["The ministry said £50 million was paid.", "It said no more."]
    assert saved.csl == {
        "type": "personal_communication",
        "title": "What the ministry said",
        "author": [{"family": "Example", "given": "Jo"}],
        "issued": "2013-08-28",
    }


# --- PDF -------------------------------------------------------------------------------------


def test_a_pdf_has_paragraphs_and_pages() -> None:
    first = ["Oil talks", "", "The first paragraph runs over the whole", "width of the page and goes on.",
             "", "A second one stands apart."]  # fmt: skip
    saved = read_saved(pdf(first, ["Page two."], title="Oil talks"), "a.pdf")
    assert [(one.number, one.page, one.text) for one in saved.paragraphs] == [
        (1, 1, "Oil talks"),
        (2, 1, "The first paragraph runs over the whole width of the page and goes on."),
        (3, 1, "A second one stands apart."),
        (4, 2, "Page two."),
    ]
    assert (saved.pages, saved.is_scan) == (2, False)
    assert saved.csl == {"type": "document", "title": "Oil talks"}


def test_a_scan_has_pages_alone() -> None:
    saved = read_saved(pdf([], []), "scan.pdf")
    assert (saved.paragraphs, saved.pages, saved.is_scan) == ((), 2, True)


# --- Word and text ---------------------------------------------------------------------------


def test_a_word_document_as_it_stands_with_its_changes() -> None:
    saved = read_saved(docx("Oil talks", "They met.", "", "They agreed.", title="On oil"), "a.docx")
    assert texts(saved) == ["Oil talks", "They met.", "They agreed."]
    assert saved.csl["title"] == "On oil"
    assert saved.csl["author"] == [{"family": "Example", "given": "Jo"}]


def test_what_was_deleted_in_word_is_not_read() -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>Kept</w:t></w:r>'
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> and new</w:t><w:tab/><w:t>here</w:t></w:r></w:ins></w:p></w:body></w:document>"
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", body)
    assert texts(read_saved(made.getvalue(), "a.docx")) == ["Kept and new here"]


WRAPPED = b"""\
This line was broken by a program that sends
mail, and so was this line that goes on to the
very end.

Another block of lines that were broken where
they were seventy letters long.
"""


@pytest.mark.parametrize(
    ("data", "paragraphs"),
    [
        (b"Talks\n\nThey met.\nThey agreed.\n", ["Talks", "They met.", "They agreed."]),
        ("\ufeffcafé".encode("utf-16"), ["café"]),
        ("café".encode("utf-8-sig"), ["café"]),
        (b"caf\xe9 \x96 \x93yes\x94", ["café – “yes”"]),
        (b"a\x0bb\x00"[:3] + b"\x07c", ["a", "b c"]),
        (WRAPPED, [" ".join(block.split()) for block in WRAPPED.decode().split("\n\n")]),
    ],
)  # fmt: skip
def test_text(data: bytes, paragraphs: list[str]) -> None:
    assert texts(read_saved(data, "a.txt")) == paragraphs


def test_a_day_on_the_first_line_is_no_title() -> None:
    assert "title" not in read_saved(b"Thursday, July 18, 2024\nThey met.", "a.txt").csl


# --- what cannot be read ---------------------------------------------------------------------

LOCKED = pdf(["Secret"], password="x")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", LOCKED, "the PDF is locked with a password; open it with the password"),
        ("a.pdf", b"%PDF-1.7\nnonsense", "the PDF is damaged; "),
        ("a.pdf", b"PK\x03\x04", "this is no PDF, or a damaged one; "),
        ("a.docx", b"PK\x03\x04nonsense", "the file is not a Word document, or damaged; "),
        ("a.docx", b"\xd0\xcf\x11\xe0 old word", "the file is not a Word document, or damaged; "),
        ("a.html", b" \n ", "the file is empty; "),
        ("a.html", b"<script>x()</script>", "there is no text in it; "),
        ("a.txt", b"MZ\x00\x00\x01", "this is no text; "),
        ("a.eml", b"just words", "this is no message and no saved page, or a damaged one; "),
        ("a.odt", b"anything", "this kind of file is not read; save it as PDF, HTML, "),
        (
            "a.xlsx",
            b"PK\x03\x04",
            "a table is not kept as a saved copy, but PDF, HTML, MHTML, text, .eml and .docx are; import its rows with briefgen import facts, or",
        ),
        ("a.csv", b"anything", "a table is not kept as a saved copy, "),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_saved(data, name)
    assert str(caught.value).startswith(f"{name}: {said}")


def test_a_file_that_is_not_there_or_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, said in ((tmp_path / "a.txt", "is not there"), (tmp_path, "is a folder")):
        with pytest.raises(InputError, match=said):
            read_saved_file(path)
    monkeypatch.setattr(reading, "MOST_BYTES", 2**20)
    (tmp_path / "a.txt").write_bytes(b"x" * (2**20 + 1))
    with pytest.raises(InputError, match="larger than 1 MB"):
        read_saved_file(tmp_path / "a.txt")


def test_more_text_than_any_document_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_LETTERS", 10)
    with pytest.raises(InputError, match="more text"):
        read_saved(b"More than ten letters.", "a.txt")


def test_what_it_is_counts_more_than_what_it_is_called() -> None:
    assert read_saved(pdf(["Words."]), "a.html").kind == "pdf"
    assert read_saved(PAGE.encode(), "page").kind == "html"


def test_a_sender_of_many_brackets_takes_no_time() -> None:
    data = (
        b"From: x"
        + b"<title>" * 30_000
        + b"\nSubject: y"
        + b"=?utf-8?q?" * 9_000
        + b"\n\nThey met.\n"
    )
    assert [one.text for one in read_saved(data, "x.eml").paragraphs] == ["They met."]
