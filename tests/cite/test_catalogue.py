"""The list of styles that `briefgen styles` shows."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from briefgen.cite import load_style
from briefgen.cite.catalogue import StyleListing, list_styles, nearest_style, style_ids


@pytest.fixture(scope="module")
def cache(own_cache: Path) -> Path:
    return own_cache


def test_every_packaged_style_is_listed(cache: Path) -> None:
    styles = list_styles(cache_folder=cache)
    independent = [style for style in styles if not style.parent]
    assert len(independent) > 2_800
    assert len(styles) > 10_000
    assert len({style.id for style in styles}) == len(styles)
    assert [s.id for s in independent] == sorted(s.id for s in independent)
    assert style_ids() == sorted(style.id for style in styles)


def test_words_are_found_in_id_and_title(cache: Path) -> None:
    assert StyleListing("ieee", "IEEE Reference Guide version 11.29.2023", "numeric") in (
        list_styles("ieee reference", cache_folder=cache)
    )
    found = [style.id for style in list_styles("NATURE digest", cache_folder=cache)]
    assert found == ["nature-digest"]
    assert list_styles("revue francaise", cache_folder=cache)
    assert list_styles("zzzqqq", cache_folder=cache) == []


def test_the_kept_list_is_the_same(cache: Path) -> None:
    first = list_styles(cache_folder=cache)
    files = list((cache / "styles").glob("*.json"))
    assert len(files) == 1
    assert list_styles(cache_folder=cache) == first
    files[0].write_bytes(b"damaged")
    assert list_styles(cache_folder=cache) == first


def test_a_kept_list_of_something_else_is_not_believed(cache: Path) -> None:
    first = list_styles(cache_folder=cache)
    (file,) = (cache / "styles").glob("*.json")
    said = b'[["apa", 7, "author-date", ""]]'
    file.write_bytes(sha256(said).hexdigest().encode() + b"\n" + said)
    assert list_styles(cache_folder=cache) == first


@pytest.mark.parametrize(
    "name", ["ieee", "apa", "oscola", "nature-digest", "bluebook-law-review", "din-1505-2"]
)
def test_the_list_says_what_the_style_says(name: str, cache: Path) -> None:
    style = load_style(name)
    (listed,) = [s for s in list_styles(name, cache_folder=cache) if s.id == name]
    kinds = (style.kind, load_style(style.parent).kind if style.parent else style.kind)
    assert (listed.title, listed.parent) == (style.title, style.parent)
    assert listed.kind in kinds


def test_the_nearest_style() -> None:
    assert nearest_style("iee") == "ieee"
    assert nearest_style("qqqqzzzz") == ""
