"""The pages say everything that there is, and nothing that there is not."""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from typing import get_args

import pytest

from briefgen import __version__
from briefgen.batch.jobs import _JOBS_SHAPE, _OWN_KEYS
from briefgen.brief import model
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.spec.reader import SPEC_KEYS
from briefgen.brief.spec.selection_shape import SELECTION_KEYS
from briefgen.brief.template.jinja_text import _FILTERS, CONTEXT_NAMES
from briefgen.brief.template.model import NOT_BUILT_SHOWS, SHOWS
from briefgen.brief.template.reader import _SECTION_KEYS, _TEMPLATE_KEYS, _WHERE_SHAPE
from briefgen.cli.parser import COMMANDS, command_parser, load, overview_parser
from briefgen.dates import DateError, iso_day, parse_edtf
from briefgen.facts.formats import (
    ACTOR,
    BASE_FILE,
    CITATION,
    CUSTOM,
    FACT,
    FIGURE,
    MEASURE,
    PASSAGE,
    ROLE,
)
from briefgen.pipeline.settings import MAIL_KEYS, SETTINGS_KEYS
from briefgen.reading.shapes import Key, ListShape, RecordShape
from briefgen.render import FORMATS, pdf
from briefgen.render.text import document as text_file
from briefgen.shipped import shipped_templates
from briefgen.standards.files import (
    BAND,
    CONFIDENCE,
    LEVEL,
    MARKINGS_FILE,
    SCALE_FILE,
    TERM,
    load_scale,
    shipped_names,
    shipped_scheme,
)
from docs.pages import PAGES, ROOT, key_tables, prose, section

DOCS = ROOT / "docs"
COMMAND_LINE = DOCS / "command-line.md"


def keys_in(key: Key) -> set[str]:
    """The keys of the record, or list of records, that stands under a key."""
    shape = key.shape.item if isinstance(key.shape, ListShape) else key.shape
    assert isinstance(shape, RecordShape)
    return set(shape.keys)


_SECTIONS = SPEC_KEYS["sections"].shape
assert isinstance(_SECTIONS, RecordShape)
OWN_SECTIONS = _SECTIONS.keys["add"]

TABLES = {
    "base.yaml": set(BASE_FILE.keys),
    "a jobs file": set(_JOBS_SHAPE.keys),
    "a job": set(_OWN_KEYS),
    "a measure": set(MEASURE.keys),
    "an actor": set(ACTOR.keys),
    "a role": set(ROLE.keys),
    "custom": set(CUSTOM.keys),
    "a fact": set(FACT.keys),
    "a citation": set(CITATION.keys),
    "a figure": set(FIGURE.keys),
    "a passage": set(PASSAGE.keys),
    "a selection": set(SELECTION_KEYS),
    "a brief": set(SPEC_KEYS),
    "references": keys_in(SPEC_KEYS["references"]),
    "email": keys_in(SPEC_KEYS["email"]),
    "settings": set(MAIL_KEYS),
    "the settings": set(SETTINGS_KEYS),
    "hand edits": keys_in(SPEC_KEYS["facts"]),
    "sections of a brief": keys_in(SPEC_KEYS["sections"]),
    "a section of your own": keys_in(OWN_SECTIONS),
    "a judgement": keys_in(SPEC_KEYS["judgements"]),
    "a template": set(_TEMPLATE_KEYS),
    "an input": keys_in(_TEMPLATE_KEYS["inputs"]),
    "a section": set(_SECTION_KEYS),
    "where": set(_WHERE_SHAPE.keys) - set(SELECTION_KEYS),
    "names in texts": set(CONTEXT_NAMES),
    "filters": set(_FILTERS),
    "a scale": set(SCALE_FILE.keys),
    "a range": set(BAND.keys),
    "a term": set(TERM.keys),
    "confidence": set(CONFIDENCE.keys),
    "a marking scheme": set(MARKINGS_FILE.keys),
    "a marking": set(LEVEL.keys),
    "shipped scales": set(shipped_names("scale")),
    "shipped schemes": set(shipped_names("markings")),
    "shipped templates": {path.stem for path in shipped_templates().glob("*.yaml")},
    "formats": set(FORMATS),
}
"""What each marked table must list in its first column."""


def test_every_marked_table_is_known() -> None:
    assert set(key_tables()) == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_lists_what_there_is(name: str) -> None:
    listed = {word for word in key_tables()[name] if "." not in word or word in TABLES[name]}
    assert listed == TABLES[name]


def test_every_value_that_a_key_may_have_is_told() -> None:
    shows = section(DOCS / "templates.md", "What to show")
    for show in SHOWS:
        assert f"`{show}`" in shows, show
    for show in NOT_BUILT_SHOWS:
        assert re.search(rf"\| [^|]*`{show}`[^|]* \| not built yet", shows), show
    scales = section(DOCS / "formats.md", "Scales")
    for name in shipped_names("scale"):
        for band in load_scale(name).bands:
            terms = ", ".join(f"`{term.term}`" for term in band.terms)
            assert f"| {terms} | {band.low} to {band.high} |" in scales
    schemes = section(DOCS / "formats.md", "Marking schemes")
    for name in shipped_names("markings"):
        assert f"| `{name}` | {', '.join(shipped_scheme(name).levels)}" in schemes


def test_keys_without_code_behind_them_are_named_as_such() -> None:
    refused = section(DOCS / "formats.md", "What is refused for now")
    for name, key in SPEC_KEYS.items():
        assert not key.not_built or f"| `{name}`" in refused


def test_defaults_are_those_of_the_code() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", brief_table(), re.MULTILINE))
    spec = BriefSpec()
    for name in ("template", "style", "paper"):
        assert rows[name] == f"`{getattr(spec, name)}`"
    assert rows["outputs"] == f"`[{', '.join(spec.outputs)}]`"


def brief_table() -> str:
    text = (DOCS / "formats.md").read_text(encoding="utf-8")
    return text.partition("<!-- keys: a brief -->")[2].partition("\n\nPaths")[0]


def test_dates_have_the_days_that_the_table_says() -> None:
    rows = re.findall(r"^\| (`[^|]+) \| [^|]+ \| [^|]+ \|$", section(DOCS / "formats.md", "Dates"),
                      re.MULTILINE)  # fmt: skip
    dates = [date for row in rows for date in re.findall("`([^`]+)`", row)]
    assert len(dates) > 15
    for date in dates:
        parse_edtf(date)
    assert [iso_day(parse_edtf("2013-24").first_day), iso_day(parse_edtf("2013-24").last_day)] == [
        "2013-12-01", "2013-12-31"
    ]  # fmt: skip
    for refused in ("2011-{05,06}", "156X-12"):
        assert f"`{refused}`" in section(DOCS / "formats.md", "Dates")
        with pytest.raises(DateError):
            parse_edtf(refused)


# --- the command line ---------------------------------------------------------------------------


def options(name: str) -> list[argparse.Action]:
    return [
        action
        for action in command_parser(name, load(COMMANDS[name]))._actions
        if action.help is not argparse.SUPPRESS and action.dest != "help"
    ]


SELECTION_FLAGS = {
    string
    for group in command_parser("facts", load(COMMANDS["facts"]))._action_groups
    if group.title == "which facts"
    for action in group._group_actions
    for string in action.option_strings
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_flag_of_every_command_is_documented_under_it(name: str) -> None:
    told = section(COMMAND_LINE, f"briefgen {name}")
    picks_facts = set(strings(options(name))) >= SELECTION_FLAGS  # not --to of another meaning
    for action in options(name):
        for string in action.option_strings or [str(action.metavar)]:
            if picks_facts and string in SELECTION_FLAGS:
                assert "(#which-facts)" in told, f"{name}: link to the selection flags"
            else:
                assert string in told, f"{name}: {string}"


def test_every_selection_flag_is_documented() -> None:
    told = section(COMMAND_LINE, "Which facts")
    for flag in SELECTION_FLAGS:
        assert f"`{flag}" in told, flag


def test_no_page_names_a_flag_that_does_not_exist() -> None:
    known = set(strings(action for name in COMMANDS for action in options(name)))
    known |= set(strings(overview_parser()._actions)) | {"--export"}  # planned, refused by name
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for flag in re.findall(r"(?<![\w-])--[a-z][a-z-]+", text):
            assert flag in known, f"{page.name}: {flag}"


def strings(actions: Iterable[argparse.Action]) -> Iterable[str]:
    for action in actions:
        yield from action.option_strings


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_page_names_a_command_that_does_not_exist(page: object) -> None:
    text = "\n".join(p.read_text(encoding="utf-8") for p in PAGES if p == page)
    for name in re.findall(r"`briefgen ([a-z]+)", text):
        assert name in COMMANDS, name


def test_every_setting_of_the_environment_is_documented() -> None:
    told = section(COMMAND_LINE, "The environment")
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    names = set(re.findall(r"\bBRIEFGEN_[A-Z]+\b", source)) | {"SOURCE_DATE_EPOCH", "NO_COLOR"}
    for name in names:
        assert f"| `{name}` |" in told, name
    for name in re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE):
        assert name in source, name


def test_sizes_are_those_of_the_code() -> None:
    told = section(DOCS / "documents.md", "The formats")
    assert f"Body {pdf.BODY_SIZE:g} pt" in told
    assert f"at most {text_file.WIDTH} columns" in told


def test_the_document_model_is_listed_whole() -> None:
    told = section(DOCS / "documents.md", "The JSON model")
    for kind in (*get_args(model.Block), *get_args(model.Inline)):
        assert f"`{kind.__name__}`" in told, kind
    for field in fields(model.Brief):
        assert f"`{field.name}`" in told, field.name


# --- how it is built ----------------------------------------------------------------------------


def test_every_dependency_is_explained_with_its_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    wanted = {
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *(entry for group in groups for entry in group if isinstance(entry, str)),
    }
    told = section(ROOT / "ARCHITECTURE.md", "What we depend on")
    listed = set(re.findall(r"^\| `([\w.-]+(?:\[[\w,-]+\])?>=[\w.,<]+)` \| \S", told, re.MULTILINE))
    assert listed == wanted


def test_every_room_is_shown() -> None:
    """The list of rooms and the folders of the package are the same, by their whole paths."""
    told = section(ROOT / "ARCHITECTURE.md", "The rooms")
    package = ROOT / "src" / "briefgen"
    rooms = {path.parent.relative_to(package).as_posix() for path in package.glob("*/**/*.py")}
    listed = re.findall(r"^\| `([a-z_/]+)/` \|", told, re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == rooms


def test_the_layers_are_drawn_in_the_order_of_the_import_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = [
        name.removeprefix("briefgen.")
        for layer in contracts["contracts"][0]["layers"]
        for name in layer.split(" | ")
    ]
    rooms = [name for name in layers if (ROOT / "src" / "briefgen" / name).is_dir()]
    told = section(ROOT / "ARCHITECTURE.md", "The trip")
    drawing = told[told.index("A room may import those below it") :].splitlines()[1:]
    drawn = [word for line in drawing for word in re.findall(r"[a-z]+", line[:40])]
    assert drawn == rooms


def test_the_changelog_knows_this_version() -> None:
    text = prose(ROOT / "CHANGELOG.md")
    assert re.search(rf"^## {re.escape(__version__)}\b", text, re.MULTILINE)
