"""Names of bookmarks and addresses of links."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.render.docx.links import Bookmarks, link_address


@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        ("cite-1", "cite_1"),
        ("ref-a.b", "ref_a_b"),
        ("1st", "a_1st"),
        ("", "a_"),
        ("Ölpreis", "a__lpreis"),
    ],
)
def test_names_stay_readable(anchor: str, name: str) -> None:
    assert Bookmarks().name(anchor) == name


@given(st.lists(st.text(max_size=60), unique=True, max_size=30))
@settings(max_examples=100, deadline=None)
def test_names_are_legal_and_unique_and_repeat(anchors: list[str]) -> None:
    bookmarks = Bookmarks()
    names = [bookmarks.name(anchor) for anchor in anchors]
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in names)
    assert len({name.lower() for name in names}) == len(names)
    again = Bookmarks()
    assert [again.name(anchor) for anchor in anchors] == names


def test_only_the_first_place_of_an_anchor_is_its_place() -> None:
    bookmarks = Bookmarks()
    assert bookmarks.around("x", "<w:r/>").startswith('<w:bookmarkStart w:id="1" w:name="x"/>')
    assert bookmarks.around("x", "<w:r/>") == "<w:r/>"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTP://Example.org/A b?q=ü&x=%20", "http://example.org/A%20b?q=%C3%BC&x=%20"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://bücher.example/ø", "https://xn--bcher-kva.example/%C3%B8"),
        ("https://example.org:8443/x#a|b", "https://example.org:8443/x#a%7Cb"),
        ("mailto:a@example.org?subject=x y", "mailto:a@example.org?subject=x%20y"),
        ("https://user:secret@example.org/", "https://example.org/"),  # no credentials travel
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("\\\\server\\share", ""),
        ("https://", ""),
        ("https://exa mple.org/", ""),
        ("https://example.org:99999/", ""),
        ("http://[bad", ""),
        ("mailto:nobody", ""),
        ("example.org/x", ""),
    ],
)
def test_addresses(url: str, address: str) -> None:
    assert link_address(url) == address


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_an_address_is_plain_ascii_without_blanks(rest: str) -> None:
    for url in (f"https://example.org/{rest}", f"https://{rest}", f"mailto:{rest}"):
        assert re.fullmatch("[!-~]*", link_address(url))
