"""Template files: the shipped ones are sound; faults are found with their line."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.brief.template import reader as template_reader
from briefgen.brief.template.cache import load_template
from briefgen.brief.template.finding import check_templates, find_template, template_files
from briefgen.brief.template.jinja_text import _environment, render_text
from briefgen.brief.template.model import TextTemplate
from briefgen.brief.template.reader import read_template, template_json_schema
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
        (HEAD + "sections:\n- {id: a, heading: '{{ base.nope }}', show: bullets}",
         "t.yaml:6:20: error: the template's text cannot be filled in: 'dict object' has no"),
        (HEAD + "sections:\n- {id: a, heading: '{{ subject.__class__ }}', show: bullets}",
         "t.yaml:6:20: error: the template's text cannot be filled in: access to attribute"),
        (HEAD + "sections:\n- {id: a, heading: '{{ 1 / 0 }}', show: bullets}",
         "t.yaml:6:20: error: the template's text cannot be filled in: ZeroDivisionError"),
        (HEAD + "sections:\n- {id: a, heading: \"{{ '\\\\x07' }}\", show: bullets}",
         "t.yaml:6:20: error: the template's text gives the control character U+0007"),
        (HEAD + "sections:\n- {id: a, heading: '{{ " + "(" * 5000 + "1" + ")" * 5000
         + " }}', show: bullets}", "t.yaml:6:20: error: the text is nested too deeply; flatten it"),
        (HEAD + "sections:\n- {id: a, heading: '{{ 1 " + "- (-" * 120 + "1" + ")" * 120
         + " }}', show: bullets}", "t.yaml:6:20: error: the text is nested too deeply; flatten it"),
        (HEAD + "sections:\n- {id: a, heading: A, show: bullets, where: {text: '?!'}}",
         "t.yaml:6:52: error: text: nothing to look for in '?!'; write words"),
        (HEAD + "sections:\n- {id: a, heading: A, show: bullets, where: {any_text: [a, '*']}}",
         "t.yaml:6:60: error: text: nothing to look for in '*'; write words"),
        (HEAD + "sections: []", "t.yaml:5:11: error: the list is empty; add at least one item"),
    ],
)  # fmt: skip
def test_faults_are_found_with_their_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(text)
    template, problems = read_template(path, "t.yaml")
    assert template is None
    assert str(problems[0]).startswith(says)


def test_files_that_no_brief_can_name_are_told(tmp_path: Path) -> None:
    sound = HEAD + "sections: [{id: a, heading: A, show: bullets}]"
    for name in ("good.yaml", "My own.yaml", "other.yml", ".hidden.yml", "notes.txt"):
        (tmp_path / name).write_text(sound)
    assert [str(problem) for problem in check_templates((tmp_path,))] == [
        (
            f"{tmp_path / 'My own.yaml'}: warning: no brief can name the template 'My own'; "
            "name the file with small letters, digits and . _ - only"
        ),
        f"{tmp_path / 'other.yml'}: warning: the file is not read; end its name in .yaml",
    ]


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
        "{{ " + "9" * 5_000 + " }}",
        "{{ period.zfill(3000000000) }}",
        "{{ period.ljust(3000000000) }}",
        "{{ period.center(3000000000) }}",
        "{{ '\\t'.expandtabs(3000000000) }}",
        "{{ '{:>3000000000}'.format(1) }}",
        "{{ period.replace('', period).replace('', period) }}",
        "{{ count.to_bytes(3000000000) }}",
        "{{ 1.5|round(99999999) }}",
        "{% set s = 'x' %}" + "{% set s = s ~ s ~ s ~ s %}" * 16,
        "{% set s = 'x' * 1 %}",
        (
            "{% set s = 'xxxxxxxxxxxxxxxxxxxx' %}{% for a in s %}{% for b in s %}{% for c in s %}"
            "{% for d in s %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}"
        ),
        "{% set s = ('x' ~ period)|list %}{% for a in s recursive %}{{ loop(s) }}{% endfor %}",
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% set s = 'x' ~ period %}" + "{% set s = s|list|join(s) %}" * 9,
        "{% set a = [period, period] %}" + "{% set a = [a, a, a, a] %}" * 12 + "{{ a }}",
        "{% set a = {'x': period} %}" + "{% set a = {'x': a, 'y': a, 'z': a} %}" * 15 + "{{ a }}",
        "{% set a = (period, period) %}" + "{% set a = (a, a, a, a) %}" * 12 + "{{ a == a|list }}",
        f"{{% for a in {[0] * 5_000} %}}{{{{ {[1] * 5_000}|sort|length }}}}{{% endfor %}}",
        f"{{% set s = {[0] * 5_000} %}}{{% for a in s %}}{{{{ 1 in s }}}}{{% endfor %}}",
        f"{{% set s = '{'x' * 9_000}' %}}{{% for a in s %}}{{% set b = s.split('x') %}}{{% endfor %}}",
    ],
)
def test_the_sandbox_holds(attack: str) -> None:
    with pytest.raises(InputError, match="the template's text"):
        render_text(TextTemplate(attack), CONTEXT)


def test_a_conditional_text() -> None:
    text = TextTemplate("{% if count > 2 %}Many{% else %}Few{% endif %} in {{ period|upper }}")
    assert render_text(text, CONTEXT) == "Many in 2011"


def test_a_template_read_before_is_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "own.yaml"
    for item in template_files((shipped_templates(),)):
        path.write_bytes(item.path.read_bytes())
        read = load_template(path)
        with monkeypatch.context() as patched:
            patched.setattr(template_reader, "read_template", None)  # calling it would fail
            assert load_template(path) == read
            assert load_template(path).sections[0].origin == read.sections[0].origin


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"": "Nothing"}', '{"": "Origin", "path": ""}'])
def test_a_damaged_cache_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "own.yaml"
    path.write_text(HEAD + "sections: [{id: a, heading: A, show: bullets}]")
    read = load_template(path)
    (kept,) = (tmp_path / "cache" / "templates").iterdir()
    whole = kept.read_bytes()
    kept.write_text(damage)
    assert load_template(path) == read
    kept.write_bytes(whole.replace(b"bullets", b"figures"))
    assert load_template(path) == read
    path.write_text(path.read_text().replace("heading: A", "heading: B"))
    assert load_template(path).sections[0].heading.source == "B"


@pytest.mark.parametrize(
    ("sections", "overleaf"),
    [
        ([("a", "bullets", False), ("b", "bullets", True), ("c", "gaps", False)], {"b", "c"}),
        ([("a", "bullets", False), ("b", "bullets", False)], set()),
        # An annex is no other side, nor is a list of sources that begins a page.
        ([("a", "bullets", False), ("x", "annex", True), ("b", "bullets", True)], set()),
        ([("a", "bullets", False), ("s", "sources", True)], set()),
    ],
)
def test_what_stands_overleaf(
    tmp_path: Path, sections: list[tuple[str, str, bool]], overleaf: set[str]
) -> None:
    written = [
        {"id": id_, "heading": id_, "show": show, "page_break": turned}
        for id_, show, turned in sections
    ]
    path = tmp_path / "t.yaml"
    path.write_text(HEAD + yaml.safe_dump({"sections": written}))
    template, problems = read_template(path, "t.yaml")
    assert template is not None, problems
    assert template.overleaf == overleaf


def test_talking_points_have_another_side() -> None:
    template = find_template("talking-points", (shipped_templates(),))
    front = [one.id for one in template.sections if one.id not in template.overleaf]
    assert front
    assert template.overleaf
    assert all(one.spoken or one.show == "input" for one in template.sections if one.id in front)


def test_evidence_and_what_is_not_for_use_stand_apart() -> None:
    found = {
        name: find_template(name, (shipped_templates(),)).apart
        for name in ("talking-points", "visit-brief", "country-brief")
    }
    assert found == {
        "talking-points": {"evidence", "not-for-use"},
        "visit-brief": {"evidence"},
        "country-brief": set(),
    }


def test_texts_that_together_take_too_long_are_refused_at_once(tmp_path: Path) -> None:
    loop = f"{{% for x in {[0] * 4_000} %}}{{% if x %}}1{{% endif %}}{{% endfor %}}"
    sections = "".join(f"- {{id: s{n}, show: text, text: *a}}\n" for n in range(1_000))
    first = f'- {{id: a, show: text, text: &a "{loop}"}}\n'
    path = tmp_path / "own.yaml"
    path.write_text(f"{HEAD}sections:\n{first}{sections}")
    template, (problem,) = read_template(path)
    assert template is None
    assert "the texts up to here take too long to fill in" in str(problem)


def test_a_template_of_a_size_that_none_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    loop = "{% for x in topics %}{{ x }}{% endfor %}"
    path.write_text(HEAD + f"sections: [{{id: a, heading: '{loop * 10_000}', show: bullets}}]")
    template, (problem,) = read_template(path)
    assert template is None
    assert "it is larger than 128 kB" in str(problem)
    with pytest.raises(InputError, match="larger than 128 kB"):
        load_template(path)
