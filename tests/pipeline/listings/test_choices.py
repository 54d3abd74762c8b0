"""What there is to choose from, as the app asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.brief.spec.reader import language_tag
from briefgen.pipeline.listings.choices import (
    USUAL_STYLES,
    StyleFinder,
    languages,
    style_title,
    template_choices,
)
from briefgen.shipped import shipped_templates


@pytest.fixture(scope="module")
def finder() -> StyleFinder:
    return StyleFinder()


def test_before_a_word_is_typed_the_usual_styles_are_offered(finder: StyleFinder) -> None:
    assert tuple(style.id for style in finder.find("")) == USUAL_STYLES


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("apa", "apa"),
        ("ieee", "ieee"),
        ("chicago note", "chicago-notes-bibliography"),
        ("NATURE", "nature"),
        ("modern language", "modern-language-association"),
    ],
)
def test_the_likeliest_style_comes_first(finder: StyleFinder, words: str, first: str) -> None:
    assert finder.find(words)[0].id == first


def test_all_words_must_occur(finder: StyleFinder) -> None:
    found = finder.find("political science", limit=10)
    assert 0 < len(found) <= 10
    assert all("political" in f"{one.id} {one.title}".lower() for one in found)
    assert finder.find("no style is called this") == []
    assert len(finder) > 9_000
    assert finder.get("apa") is not None
    assert finder.get("x") is None


def test_a_style_that_cannot_be_read_is_called_what_was_asked_for(tmp_path: Path) -> None:
    broken = tmp_path / "own.csl"
    broken.write_text("<no", encoding="utf-8")

    assert style_title("ieee").startswith("IEEE")
    assert style_title("no-such-style") == "no-such-style"
    assert style_title(str(broken)) == str(broken)
    assert style_title(str(tmp_path / "none.csl")) == str(tmp_path / "none.csl")


def test_templates_with_faults_are_among_the_choices(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("format: 1\n", encoding="utf-8")
    choices = {one.id: one for one in template_choices((tmp_path, shipped_templates()))}

    assert choices["broken"].template is None
    assert "broken.yaml" in choices["broken"].fault
    assert choices["country-brief"].template is not None
    assert choices["country-brief"].label == "Country brief"


def test_every_language_offered_is_one_that_a_brief_can_have() -> None:
    assert [language_tag(tag) for tag, _ in languages()] == [tag for tag, _ in languages()]
