"""Briefs, templates, lists of jobs, settings, scopes, scales and marking schemes."""

from __future__ import annotations

import contextlib
import os
import shutil
from ast import literal_eval
from pathlib import Path
from random import Random

from fuzz.mutating.words import NUMBERS, TEXTS
from fuzz.mutators import Chain, Grammar
from fuzz.oracle import Fault, Target, held_problems, held_texts, refused, same
from fuzz.room import Given
from fuzz.targets.base import YAML_CHAINS
from fuzz.targets.files import FORMATS, copy_base, read

_BRIEF = (
    "format", "title", "template", "base", "select", "topics", "from", "to", "kinds", "actors", "text", "min_reliability",
    "min_credibility", "ungraded", "undated", "status", "facts", "exclude", "include", "order", "key", "unkey", "not_for_use",
    "reword", "passages", "add", "split", "sections", "leave_out", "limits", "leads", "sides", "ours", "theirs", "judgements",
    "likelihood", "confidence", "basis", "because", "assumes", "would_change", "scale", "style", "citations", "notes", "references",
    "backlinks", "grades", "language", "paper", "max_pages", "marking", "handling", "reference", "distribution", "attendees",
    "posts", "date", "house", "outputs", "email", "cc", "subject", "body", "send", "review_on", "changes", "id", "heading", "after",
    "~no-one-here/x.dotx", "~no-one-here.csl", "~no-one-here.yaml", "/dev/zero", "x.csl", "x.yaml", "docx", "pdf", "icd203", "en-GB", "i-klingon",
)  # fmt: skip
_JOBS = ("defaults", "jobs", "matrix", "values", "job", "name", "brief", "x.brief.yaml", "{topic}", "{year}", "{x", "x}", "{{", "a/b", "CON", "manifest", "..")  # fmt: skip
_SETTINGS = ("mail", "host", "port", "security", "starttls", "tls", "none", "user", "password", "passwd", "defaults", "base", "templates", "127.0.0.1", "[::1]", "localhost", "465")  # fmt: skip


def _brief(given: Given) -> None:
    from briefgen.brief.spec.reader import parse_spec, read_spec
    from briefgen.brief.spec.writer import amend_spec, write_spec

    with refused(given):
        spec = read_spec(given.path)
        if given.case.lies == "file":
            held_texts(spec)
        folder = given.path.parent
        written = write_spec(spec, folder)
        same(parse_spec(written, "x.brief.yaml", folder), spec, "written briefs differ")
        same(amend_spec(given.data, spec, folder), given.data, "a brief without changes is changed")


def _yaml(given: Given) -> None:
    """Any YAML, whatever it is about: quickly, so that many are tried."""
    from briefgen.bibliography.csl_data import read_csl_yaml
    from briefgen.brief.spec.reader import parse_spec
    from briefgen.facts.files import BaseFile
    from briefgen.facts.read import read_base_file

    with refused(given):
        held_texts(parse_spec(given.data, given.path.name, given.folder))
    with refused(given):
        read_csl_yaml(given.data.decode("utf-8", "replace"), given.path.name)
    file = BaseFile("facts", given.path.name, given.path, given.path.name)
    held_problems((found := read_base_file(file, given.data)).problems, given)
    held_texts(found.facts)


def _jobs(given: Given) -> None:
    from briefgen.batch.jobs import read_jobs

    with refused(given, names=False):
        for job in read_jobs(given.path)[:100]:
            for file in job.files.values():
                if "/" in file or "\0" in file or file.startswith("."):
                    raise Fault(f"a job's file is called {file!r}")


def _settings(given: Given) -> None:
    from briefgen.pipeline.settings import (
        SETTINGS_VARIABLE,
        read_settings,
        said_folder,
        save_settings,
    )

    with refused(given):
        settings = read_settings({SETTINGS_VARIABLE: str(given.path)})
        said_folder("base", given.path)
        before = given.path.read_bytes().rstrip(b"\n")
        save_settings(settings)
        same(given.path.read_bytes().rstrip(b"\n"), before, "settings without changes are changed")


def _scopes(given: Given) -> None:
    from briefgen.gui.view_models.saved_scopes import read_scopes, save_scope, scopes_file

    base = given.folder / "base"
    place = scopes_file(base)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.write_bytes(given.data)
    with refused(given, names=False):
        scopes = read_scopes(base)
        for scope in scopes[:3]:
            save_scope(base, scope.name, scope.select)
        if len({one.name for one in scopes}) == len(scopes):
            same(read_scopes(base), scopes, "written scopes differ")


def _standard(given: Given) -> None:
    from briefgen.brief.judging.likelihoods import likelihoods_in
    from briefgen.standards.files import load_scale, read_markings

    held_problems(read_markings(given.data, given.path.name)[1], given)
    with refused(given):
        scale = load_scale(str(given.path))
        for _, term in scale.terms():
            if scale.find(term.term) is None:
                raise Fault(f"the scale does not find {term.term!r}")
            likelihoods_in(f"It is {term.term} that they meet.", scale)


def _template(given: Given) -> None:
    from briefgen.brief.template.cache import load_template
    from briefgen.brief.template.reader import read_template

    template, problems = read_template(given.path)
    held_problems(problems, given)
    if (template is None) != bool(problems):
        raise Fault("a template with problems, or neither")
    if given.case.lies == "file":
        held_texts(template)
    with refused(given):
        same(load_template(given.path), load_template(given.path), "a kept template differs")
        if template is not None:
            same(load_template(given.path), template, "a kept template differs")


def _kept_template(given: Given) -> None:
    """The input stands where a template is kept; damage costs the time of reading it again."""
    from briefgen.brief.template.cache import load_template

    file = given.folder / "everything.yaml"
    wanted = load_template(file)
    (kept,) = (given.room.cache / "templates").glob("*.json")
    kept.write_bytes(given.data)
    same(load_template(file), wanted, "a damaged template is believed")
    shutil.rmtree(given.room.cache / "templates")


def _kept_templates() -> list[bytes]:
    from briefgen.brief.template.cache import _encoded
    from briefgen.brief.template.reader import read_template
    from fuzz.mutators import as_json

    template, _ = read_template(FORMATS / "templates" / "everything.yaml")
    return [as_json(_encoded(template))]


# --- Jinja2 -----------------------------------------------------------------------------------

_NAMES = (
    "base.title",
    "period",
    "topics",
    "topic.label",
    "count",
    "date",
    "'x'",
    "['a', 'b']",
    "{'a': 1}",
    "3",
    "1.5",
    "ours",
    "s",
    "loop",
)
_FILTERS = ("upper", "join", "list", "length", "first", "map", "sort", "reverse", "round", "int", "string", "truncate", "default", "unique", "attr", "center", "indent", "format", "replace", "tojson", "batch", "xmlattr")  # fmt: skip
_NUMBER_ARGUMENTS = ("3000000000", "860000000", "99999999", "-1", "0", "1e308", "9" * 30)


def _take_numbers() -> list[tuple[str, str]]:
    """Values as they are written, and methods of theirs that take a number: found by trying."""
    found = []
    for written in ("'x'", "['a', 'b']", "{'a': 1}", "3", "1.5"):
        value = literal_eval(written)
        for name in dir(value):
            for arguments in ((3,), (3, "x")):
                with contextlib.suppress(Exception):
                    getattr(literal_eval(written), name)(*arguments)
                    found.append((written, name))
                    break
    return found


_TAKE_NUMBERS = _take_numbers()


def _expression(rng: Random, depth: int = 0) -> str:
    """A piece of Jinja2: names, methods that texts, numbers and lists have, filters, operators."""
    kind = rng.random()
    if depth > 3 or kind < 0.25:
        return rng.choice(_NAMES)
    if kind < 0.38:
        value, method = rng.choice(_TAKE_NUMBERS)
        also = rng.choice(("", "", ", 'x'"))
        return f"({value}).{method}({rng.choice(_NUMBER_ARGUMENTS)}{also})"
    inner = _expression(rng, depth + 1)
    if kind < 0.5:
        named = rng.choice([name for each in (str, list, dict, int, tuple) for name in dir(each)])
        arguments = [
            rng.choice((rng.choice(_NUMBER_ARGUMENTS), "'x'", inner))
            for _ in range(rng.randrange(3))
        ]
        return f"({inner}).{named}({', '.join(arguments)})"
    if kind < 0.7:
        arguments = rng.choice(
            ("", "", f"({rng.choice(_NUMBER_ARGUMENTS)})", f"({inner})", "(1, true)")
        )
        return f"({inner}) | {rng.choice(_FILTERS)}{arguments}"
    if kind < 0.9:
        return f"({inner}) {rng.choice(('~', '+', '*', '**', '%', '//', '/', '-', 'in', '=='))} ({_expression(rng, depth + 1)})"
    return f"({inner})[{rng.choice(('0', ':', '::-1', inner, '-1'))}]"


def _grown_text(rng: Random) -> str:
    kind = rng.random()
    if kind < 0.6:
        return "{{ " + _expression(rng) + " }}"
    if kind < 0.8:
        depth = rng.choice((1, 2, 4, 6, 8))
        over = rng.choice(("s", "s", "s", _expression(rng), "period"))
        opened = "".join(f"{{% for a{n} in {over} %}}" for n in range(depth))
        body = rng.choice(("", "x", "{{ s }}"))
        return (
            "{% set s = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' %}"
            + opened
            + body
            + "{% endfor %}" * depth
        )
    return rng.choice((
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}", "{% set s = 'xy' %}{% for a in s recursive %}{{ loop(s) }}{% endfor %}",
        "{% set x = [1] %}{% for a in x %}{% set _ = x.append(1) %}{% endfor %}", "{{ self }}", "{{ cycler }}", "{% include 'x' %}",
        "{{ ''.__class__.__mro__ }}", "{% raw %}", "{# x", "{{ '%s' | format(1) }}", "{{ lipsum(1000) }}", "{{ range(10**9) }}",
    ))  # fmt: skip


_SET = Chain("{% set {name} = {value} %}", "{name}", " ~ ", "'xxxxxxxxxx'", "{lines}{{ {last} }}")


def _jinja(given: Given) -> None:
    from briefgen.brief.template.jinja_text import CONTEXT_NAMES, check_text
    from briefgen.brief.template.model import TextTemplate
    from briefgen.errors import Origin
    from briefgen.ordinary_files import MAX_TEMPLATE_BYTES

    text = given.data.decode("utf-8", "replace")[:MAX_TEMPLATE_BYTES]
    known = CONTEXT_NAMES | {"topic"}
    held_problems(check_text(TextTemplate(text, Origin(given.path.name, 3, 1)), known), given)


def _grown_template(rng: Random) -> str:
    """A template with such a text, so that it is met where it is read."""
    from fuzz.mutating.trees import as_flow

    text = _grown_text(rng) if rng.random() < 0.7 else rng.choice((*TEXTS, *NUMBERS))
    return f"format: 1\nlabel: x\ndescription: x\ntitle: {as_flow(text)}\nsections: [{{id: a, heading: {as_flow(text)}, show: bullets}}]\n"


def _lay_template(folder: Path) -> None:
    shutil.copy(FORMATS / "templates" / "everything.yaml", folder)


def _lay_brief(folder: Path) -> None:
    shutil.copy(FORMATS / "other.brief.yaml", folder)
    shutil.copy(FORMATS / "other.brief.yaml", folder / "x.brief.yaml")
    os.mkfifo(folder / "pipe.brief.yaml")


_FIXTURES = "fixtures/formats/1"
_YAML = Grammar("yaml", _BRIEF, YAML_CHAINS)
TARGETS = [
    Target(
        "yaml",
        "x.yaml",
        Grammar("yaml", (*_BRIEF, "references", "id"), YAML_CHAINS, growth=0.1),
        _yaml,
        lambda: [
            b"format: 1\nselect: {topics: [a, b]}\ntext: {a: x}\n",
            b"references:\n- id: a\n  type: book\n  title: T\n  author: [{family: Doe}]\n",
            b"- id: a\n  topics: [x]\n  kind: event\n  statement: They met.\n  cites: [{source: s}]\n",
        ],
        by_path=False,
        weight=1.5,
    ),
    Target("brief", "a.brief.yaml", _YAML, _brief, read(f"{_FIXTURES}/*.brief.yaml"), weight=1.5),
    Target(
        "jobs",
        "jobs.yaml",
        Grammar("yaml", (*_JOBS, *_BRIEF, "pipe.brief.yaml"), YAML_CHAINS),
        _jobs,
        read(f"{_FIXTURES}/jobs.yaml"),
        beside=_lay_brief,
    ),
    Target(
        "settings",
        "settings.yaml",
        Grammar("yaml", (*_SETTINGS, *_BRIEF), YAML_CHAINS),
        _settings,
        read(f"{_FIXTURES}/settings/*.yaml"),
    ),
    Target(
        "saved scopes",
        "scopes.yaml",
        _YAML,
        _scopes,
        read(f"{_FIXTURES}/scopes/*.yaml"),
        beside=copy_base,
        by_path=False,
    ),
    Target(
        "scale and markings",
        "own.yaml",
        Grammar(
            "yaml",
            (
                "likelihood",
                "confidence",
                "terms",
                "term",
                "forms",
                "unsure",
                "sentence",
                "called",
                "markings",
                "marking",
                "also",
                "prefixes",
                "handling",
                "document",
                "publisher",
            ),
            YAML_CHAINS,
        ),
        _standard,
        read(
            f"{_FIXTURES}/markings.yaml",
            f"{_FIXTURES}/base/ours.yaml",
            "../scales/*.yaml",
            "../markings/*.yaml",
        ),
    ),
    Target(
        "template",
        "x.yaml",
        Grammar(
            "yaml",
            (
                *_BRIEF,
                "inputs",
                "label",
                "description",
                "show",
                "where",
                "for_each",
                "limit",
                "columns",
                "bullets",
                "table",
                "input",
                "{{ period }}",
            ),
            YAML_CHAINS,
            _grown_template,
        ),
        _template,
        read(f"{_FIXTURES}/templates/*.yaml", "../templates/fact-sheet.yaml"),
    ),
    Target(
        "kept template",
        "x.json",
        Grammar(
            "json",
            (
                "Template",
                "SectionTemplate",
                "Selection",
                "Edtf",
                "TextTemplate",
                "Where",
                "Origin",
                "",
            ),
        ),
        _kept_template,
        _kept_templates,
        beside=_lay_template,
        by_path=False,
    ),
    Target(
        "text of a template",
        "x.txt",
        Grammar(
            "text",
            (
                "{{",
                "}}",
                "{%",
                "%}",
                "{#",
                "#}",
                "for",
                "in",
                "endfor",
                "set",
                "if",
                "endif",
                "macro",
                "call",
                "|",
                "~",
                "loop",
                "period",
                "__class__",
            ),
            (_SET,),
            _grown_text,
            growth=0.4,
        ),
        _jinja,
        lambda: [
            b"Since {{ period }}: {{ topics }}",
            b"{% for x in topics %}{{ x | upper }}{% endfor %}",
            b"{% if count > 1 %}{{ count }} facts{% else %}{{ base.title | default('x') }}{% endif %}",
        ],
        by_path=False,
    ),
]
