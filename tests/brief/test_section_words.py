"""Sections of templates in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from brief.conftest import BASE
from briefgen.brief.template.finding import template_files
from briefgen.brief.template.model import Template
from briefgen.brief.template.reader import read_template
from briefgen.facts.model import Base
from briefgen.gui.view_models.brief.section_words import section_in_words, section_name
from briefgen.shipped import shipped_templates


def of(tmp_path: Path, section: str) -> Template:
    path = tmp_path / "own.yaml"
    path.write_text(
        "format: 1\nlabel: Own\ndescription: Own.\ntitle: T\n"
        "inputs: [{id: aim, label: The aim}]\n"
        f"sections: [{section}]\n",
        encoding="utf-8",
    )
    template, problems = read_template(path)
    assert template is not None, problems
    return template


@pytest.mark.parametrize(
    ("section", "name", "words"),
    [
        ("{id: a, heading: Points, show: bullets}", "Points", "Facts as bullets"),
        (
            ("{id: a, heading: Points, show: bullets, where: {key: true}, sort: importance,"
            " limit: 5}"),
            "Points",
            "Key facts as bullets, most important first, at most 5",
        ),
        (
            "{id: a, heading: '{{ topic.label }}', show: chronology, for_each: topic, limit: 3}",
            "A section for each topic",
            "Facts beside their dates, at most 3 each",
        ),
        (
            "{id: a, heading: By year, show: table, for_each: year}",
            "By year",
            "Facts in a table, for each year",
        ),
        (
            ("{id: our-points, heading: 'On {{ theirs }}', show: paragraphs,"
            " where: {side: ours, kinds: [position, plan], topics: [energy, trade]}}"),
            "Our points",
            "Positions or plans on Energy or Trade said or done by our side as paragraphs",
        ),
        (
            "{id: a, heading: Due, show: table, where: {date_is: [expected, within], key: false}}",
            "Due",
            "Other than key facts that were due or happened at some time in an interval in a table",
        ),
        (
            (
                "{id: a, heading: Stood, show: bullets, group: source,"
                " where: {date_is: [state, statement], dated: true}}"
            ),
            "Stood",
            (
                "Facts that held or were said that have a date as bullets, under who says so in"
                " which source"
            ),
        ),
        (
            "{id: a, heading: Next, show: bullets, where: {date_is: expected, ahead: true}}",
            "Next",
            "Facts that were due whose time is yet to come as bullets",
        ),
        (
            "{id: a, heading: Aim, show: input, input: aim}",
            "Aim",
            "Your own text: The aim",
        ),
        (
            "{id: a, heading: Figures, show: figures, where: {actors: [arcadia]}, empty: None.}",
            "Figures",
            ("Figures with their period and basis, in a table; only facts naming Arcadia."
            " Says so when there is nothing"),
        ),
    ],
)  # fmt: skip
def test_a_section_in_words(tmp_path: Path, section: str, name: str, words: str) -> None:
    template = of(tmp_path, section)
    (one,) = template.sections

    assert section_name(one) == name
    assert section_in_words(one, template, BASE) == words


def test_every_section_of_the_shipped_templates_has_words() -> None:
    base: Base = BASE
    for file in template_files((shipped_templates(),)):
        template, _ = read_template(file.path)
        assert template is not None
        for section in template.sections:
            assert section_name(section)
            assert "{" not in section_name(section)
            assert section_in_words(section, template, base)[0].isupper()
