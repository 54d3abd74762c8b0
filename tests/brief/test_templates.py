"""Template files: the shipped ones are sound; faults are found with their line."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.brief.jinja_text import _environment, render_text
from briefgen.brief.template import TextTemplate
from briefgen.brief.template_reader import (
    check_templates,
    find_template,
    read_template,
    template_files,
    template_json_schema,
)
from briefgen.errors import InputError, UsageError
from briefgen.shipped import shipped_templates

HEAD = "format: 1\nlabel: L\ndescription: D\ntitle: T\n"


def test_the_shipped_templates_are_sound() -> None:
    folders = (shipped_templates(),)
    assert check_templates(folders) == []
    names = [item.id for item in template_files(folders)]
    assert names == [
        "chronology", "country-brief", "fact-sheet", "talking-points", "visit-brief",
    ]  # fmt: skip
    validator = jsonschema.Draft202012Validator(template_json_schema())
    for item in template_files(folders):
        data = yaml.safe_load(item.path.read_text())
        data["format"] = str(data["format"])
        validator.validate(data)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "t.yaml:1:1: error: the template is empty; start it with 'format: 1'"),
        (HEAD, "t.yaml:1:1: error: a template needs the key 'sections'; add sections: …"),
        (HEAD + "sections:\n- {id: a, heading: A, show: bulets}",
         "t.yaml:6:29: error: 'bulets' is not something to show: bullets"),
        (HEAD + "sections:\n- {id: a, heading: A, show: chart}",
         "t.yaml:6:29: error: show: chart is not built yet; choose another"),
        (HEAD + "sections:\n- {id: a, heading: A, show: input}",
         "t.yaml:6:3: error: show: input needs the key 'input'; add input: …"),
        (HEAD + "sections:\n- {id: a, show: bullets}",
         "t.yaml:6:3: error: a section needs the key 'heading'; add heading: …"),
        (HEAD + "sections:\n- {id: a, heading: A, show: input, input: x}",
         "t.yaml:6:3: error: no input 'x' in this template; add it under inputs"),
        (HEAD + "sections:\n- id: a\n  heading: \"{{ topic.label }}\"\n  show: bullets",
         "t.yaml:7:12: error: unknown name 'topic' in a text; known names: "),
        (HEAD + "sections:\n- id: a\n  heading: |\n    One\n    {% if %}\n  show: bullets",
         "t.yaml:8:1: error: not valid Jinja2: "),
        (HEAD + "sections:\n- {id: a, heading: '{{ count|nope }}', show: bullets}",
         "t.yaml:6:20: error: not valid Jinja2: No filter named 'nope'"),
        (HEAD + "sections:\n- {id: a, heading: A, show: bullets, where: {kinds: [evnt]}}",
         "t.yaml:6:54: error: 'evnt' is not one of event"),
        (HEAD + "sections:\n- {id: a, heading: A, show: figures, columns: [act]}",
         "t.yaml:6:47: error: show: figures has no column 'act'; choose from measure"),
        (HEAD + "sections:\n- {id: a, heading: A, show: bullets}\n"
         "- {id: a, heading: A, show: bullets}",
         "t.yaml:7:3: error: section 'a' stands twice; rename one"),
        (HEAD + "sections: []", "t.yaml:5:11: error: the list is empty; add at least one item"),
    ],
)  # fmt: skip
def test_faults_are_found_with_their_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(text)
    template, problems = read_template(path, "t.yaml")
    assert template is None
    assert str(problems[0]).startswith(says)


def test_a_person_adds_a_template_by_adding_a_file(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(HEAD + "sections: [{id: a, heading: A, show: bullets}]")
    (tmp_path / "chronology.yaml").write_text("broken: [")
    folders = (tmp_path, shipped_templates())
    assert find_template("own", folders).label == "L"
    with pytest.raises(InputError, match="not valid YAML"):  # theirs hides ours
        find_template("chronology", folders)
    with pytest.raises(UsageError, match="no template 'onw'; did you mean 'own'"):
        find_template("onw", folders)
    with pytest.raises(InputError, match="no templates folder"):
        template_files((tmp_path / "nowhere",))


CONTEXT = {"count": 3, "topic": {"id": "e", "label": "Energy <b> {{ x }}"}, "period": "2011"}


@given(
    st.lists(
        st.sampled_from(
            ["{{ count }}", "{{topic.label}}", "{{ period }}", "a ", "<b>", "}", "{", "\n"]
        )
    )
)
def test_plain_substitution_says_what_jinja_says(pieces: list[str]) -> None:
    source = "".join(pieces)
    if any(mark in source.replace("{{", "") for mark in ("{%", "{#")):
        return
    try:
        whole = _environment().from_string(source).render(CONTEXT).strip()
    except Exception:
        return
    assert render_text(TextTemplate(source), CONTEXT) == whole


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ topic.__class__ }}",
        "{{ 'a' * 100000000 }}",
        "{{ 10 ** 10 }}",
        "{{ '%99999999d' % 1 }}",
        "{% for a in 'x' * 9999 %}{{ a }}{% endfor %}",
        "{{ range(9) }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ topic.update({'id': 1}) }}",
        "{{ count.nope.nope }}",
    ],
)
def test_the_sandbox_holds(attack: str) -> None:
    with pytest.raises(InputError, match="the template's text"):
        render_text(TextTemplate(attack), CONTEXT)


def test_a_conditional_text() -> None:
    text = TextTemplate("{% if count > 2 %}Many{% else %}Few{% endif %} in {{ period|upper }}")
    assert render_text(text, CONTEXT) == "Many in 2011"
