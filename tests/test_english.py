"""British and American English: which a tag means, and briefgen's own words in both."""

from __future__ import annotations

from dataclasses import fields

import pytest

from briefgen.brief import words as brief_words
from briefgen.brief.template.finding import template_files
from briefgen.brief.template.model import TextTemplate
from briefgen.brief.template.reader import read_template
from briefgen.brief.template.spelling import spelled_for
from briefgen.english import american, variety
from briefgen.mail import words as mail_words
from briefgen.shipped import shipped_templates


@pytest.mark.parametrize(
    ("tag", "means"),
    [
        ("en", "en-GB"),
        ("en-GB", "en-GB"),
        ("en-PK", "en-GB"),
        ("en-US", "en-US"),
        ("EN_us", "en-US"),
        ("en-Latn-US", "en-US"),
        ("eng", None),
        ("ur", None),
        ("", None),
    ],
)
def test_which_english_a_tag_means(tag: str, means: str | None) -> None:
    assert variety(tag) == means


@pytest.mark.parametrize(
    ("british", "in_america"),
    [
        ("55 to 80 per cent", "55 to 80 percent"),
        ("Programme; the programmes", "Program; the programs"),
        ("Judgements", "Judgments"),
        ("see ‘What it is’", "see “What it is”"),
        ("the base’s and the sides’ words", "the base’s and the sides’ words"),
        ("said ‘it’s theirs’.", "said “it’s theirs.”"),
        ("‘a’, ‘b’; ‘c’: d", "“a,” “b”; “c”: d"),
    ],
)
def test_american_words(british: str, in_america: str) -> None:
    assert american(british) == in_america
    assert american(in_america) == in_america


@pytest.mark.parametrize("words", [brief_words, mail_words])
def test_both_have_the_same_words_in_their_own_spelling(words: object) -> None:
    british, us = words.words_in("en"), words.words_in("en-US")  # type: ignore[attr-defined]
    assert british.keys() == us.keys()
    assert not [text for text in british.values() if "“" in text], "British words quote in ‘…’"
    assert not [text for text in us.values() if "‘" in text]
    with pytest.raises(KeyError):
        words.words_in("ur")  # type: ignore[attr-defined]


def test_shipped_templates_are_spelled_as_the_brief_is() -> None:
    changed = set()
    for file in template_files((shipped_templates(),)):
        template, _ = read_template(file.path)
        assert template is not None
        assert spelled_for(template, "en-GB") is template
        there = spelled_for(template, "en-US")
        for one, other in zip(template.sections, there.sections, strict=True):
            for field in fields(one):
                text = getattr(other, field.name)
                if isinstance(text, TextTemplate):
                    assert american(text.source) == text.source
                    if getattr(one, field.name) != text:
                        changed.add(text.source)
    assert {"Program", "Judgments"} <= changed


def test_a_template_of_ones_own_keeps_its_words(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "own.yaml"
    path.write_text(
        "format: 1\nlabel: Programme\ndescription: d\ntitle: T\n"
        "sections: [{id: p, heading: Programme, show: gaps}]\n"
    )
    template, _ = read_template(path)
    assert template is not None
    assert spelled_for(template, "en-US") is template
