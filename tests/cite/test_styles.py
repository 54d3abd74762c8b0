"""Styles are found by any of their names, and refused with a reason when they are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.cite import effective_locale, load_style
from briefgen.errors import BriefgenError

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
INFO = "<info><title>My &amp; style</title><id>x</id></info>"
CITATION = '<citation><layout><text variable="title"/></layout></citation>'


def written(folder: Path, text: str | bytes, name: str = "mine.csl") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "style_id", "kind", "has_bibliography"),
    [
        ("ieee", "ieee", "numeric", True),
        ("IEEE", "ieee", "numeric", True),
        ("ieee.csl", "ieee", "numeric", True),
        ("Chicago author date", "chicago-author-date", "author-date", True),
        ("oscola", "oscola", "note", True),
        ("modern-language-association", "modern-language-association", "author", True),
        ("bluebook-law-review", "bluebook-law-review", "note", False),
        ("http://www.zotero.org/styles/apa", "apa", "author-date", True),
        ("https://www.zotero.org/styles/apa/?source=1#x", "apa", "author-date", True),
        ("https://example.org/raw/master/apa.csl", "apa", "author-date", True),
    ],
)
def test_by_id_and_address(name: str, style_id: str, kind: str, has_bibliography: bool) -> None:
    style = load_style(name)
    assert (style.id, style.kind, style.has_bibliography) == (style_id, kind, has_bibliography)
    assert style.parent == ""
    assert style.data.startswith(b"<?xml")


def test_a_renamed_style_is_found_under_its_new_name() -> None:
    assert load_style("aaa").id == "american-anthropological-association"


def test_a_dependent_style_keeps_its_title_and_locale() -> None:
    style = load_style("nature-digest")
    assert (style.id, style.title, style.parent) == ("nature-digest", "Nature Digest", "nature")
    assert style.default_locale == "en-GB"
    assert style.data == load_style("nature").data
    assert b"independent-parent" not in style.data


def test_a_style_of_ones_own(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + (HEAD + INFO + CITATION + "</style>").encode())
    for name in (str(path), "mine.csl", "./mine.csl"):
        style = load_style(name, folder=tmp_path)
        assert (style.id, style.title, style.kind) == ("mine", "My & style", "other")
        assert not style.has_bibliography
        assert style.path == path


def test_a_dependent_file_of_ones_own(tmp_path: Path) -> None:
    link = '<link rel="independent-parent" href="http://www.zotero.org/styles/{}"/>'
    info = "<info><title>House</title><id>x</id>{}</info></style>"
    dependent = written(tmp_path, HEAD + info.format(link.format("apa")))
    assert (load_style(str(dependent)).title, load_style(str(dependent)).parent) == ("House", "apa")

    beside = written(tmp_path, HEAD + info.format(link.format("ours")), "other.csl")
    with pytest.raises(BriefgenError, match="depends on 'ours', which is not installed"):
        load_style(str(beside))
    written(tmp_path, HEAD + INFO + CITATION + "</style>", "ours.csl")
    assert load_style(str(beside)).parent == "ours"

    loop = written(tmp_path, HEAD + info.format(link.format("loop")), "loop.csl")
    with pytest.raises(BriefgenError, match="may not depend on another"):
        load_style(str(loop))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ieeee", "no style is called 'ieeee'; did you mean 'ieee'"),
        ("chicago", "did you mean 'chicago-"),
        ("zzzzqqqq", "look for one: briefgen styles WORDS"),
        ("../../etc/passwd", "no style file at"),
        ("https://example.org/styles/none", "styles are not downloaded"),
        ("", "the style has no name"),
        ("a\x00b", "no style is called"),
        ("no/such.csl", "no style file at"),
    ],
)
def test_what_is_not_there(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BriefgenError) as caught:
        load_style(name, folder=tmp_path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


BILLION_LAUGHS = """<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<style xmlns="http://purl.org/net/xbiblio/csl"><info><title>&b;</title></info></style>"""

OUTSIDE = """<!DOCTYPE style SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<style xmlns="http://purl.org/net/xbiblio/csl"><info><title>&x;</title></info></style>"""


def doubling(depth: int) -> str:
    macros = "".join(
        f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>'
        for n in range(depth)
    )
    return (
        HEAD + INFO + macros + f'<macro name="m{depth}"><text value="x"/></macro>'
        '<citation><layout><text macro="m0"/></layout></citation></style>'
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BILLION_LAUGHS, "declares a document type or entities"),
        (OUTSIDE, "declares a document type or entities"),
        ("<html><body/></html>", "this is no CSL style: its outermost element is <html>"),
        ("<style>no namespace</style>", "this is no CSL style"),
        (HEAD + INFO, "not well-formed XML, line 1"),
        ("", "not well-formed XML"),
        (b"\xff\xfe<\x00s\x00", "not UTF-8"),
        (HEAD + INFO + "</style>", "no <citation> element"),
        (HEAD + INFO + '<macro name="a"><text macro="a"/></macro><citation><layout>'
         '<text macro="a"/></layout></citation></style>', "'a' calls itself"),
        (HEAD + INFO + '<citation><layout><text macro="b"/></layout></citation></style>',
         "calls a macro 'b' that it lacks"),
        (doubling(40), "multiply beyond any sensible size"),
        (HEAD + "<group>" * 300, "nested without end"),
    ],
)  # fmt: skip
def test_what_is_no_style(text: str | bytes, message: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BriefgenError) as caught:
        load_style(str(path))
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_two_bytes_a_character_without_a_mark_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.csl"
    path.write_bytes(f"{HEAD}{INFO}{CITATION}</style>".encode("utf-16-le"))
    with pytest.raises(BriefgenError, match="not UTF-8; save it as UTF-8"):
        load_style(str(path))


def test_a_style_without_an_address_goes_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "ours.csl"
    path.write_text(f"{HEAD}<info><title>T</title><id>\u00a0</id></info>{CITATION}</style>")
    assert load_style(str(path)).address == "ours"


@pytest.mark.parametrize("encoding", ["klingon", "utf-7", "hex", "idna", "cp037", "utf-16"])
def test_an_encoding_that_it_is_not_in_is_told(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csl"
    path.write_text(f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}{INFO}{CITATION}</style>')
    with pytest.raises(BriefgenError, match="encoding"):
        load_style(str(path))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.csl"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(BriefgenError, match="is no style"):
        load_style(str(path))


@pytest.mark.parametrize(
    ("style", "language", "locale"),
    [
        ("oscola", "en", "en-GB"),
        ("oscola", "en-US", "en-US"),
        ("oscola", "fr", "fr"),
        ("oscola", "", "en-GB"),
        ("apa", "en", "en-GB"),
        ("apa", "en-PK", "en-GB"),
        ("apa", "en_US", "en-US"),
        ("apa", "", "en-US"),
    ],
)
def test_which_locale_words_it(style: str, language: str, locale: str) -> None:
    assert effective_locale(load_style(style), language) == locale
