"""What goes out comes back: every variable of CSL, on every type, through every format."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.bibliography.model import Format
from briefgen.bibliography.read import read_text
from briefgen.bibliography.write import as_sources, write_bibliography
from briefgen.cite.pandoc import find_pandoc
from briefgen.facts.csl import (
    CSL_DATES,
    CSL_LONG_TEXTS,
    CSL_NAMES,
    CSL_TEXTS,
    CSL_TYPES,
    csl_date,
    csl_keys,
)
from briefgen.facts.model import Source

FORMATS: tuple[Format, ...] = ("biblatex", "bibtex", "ris", "csl.json", "yaml")
JUDGED = [
    pytest.param(each, marks=pytest.mark.slow if each == "bibtex" else ()) for each in FORMATS
]
"""BibTeX goes the way of BibLaTeX, and is as slow."""
PAGE = Path(__file__).parents[2] / "docs" / "importing.md"


def full(kind: str, number: int) -> Source:
    """A source of this type that says something in every variable of CSL."""
    csl: dict[str, Any] = {"id": f"s{number}", "type": kind}
    csl |= {name: f"Text of {name}" for name in CSL_TEXTS}
    csl |= {
        "title": f"A Title of NATO & {kind}: 100% part_two",
        "URL": f"https://example.org/{number}?a=b&c=%20_x",
        "DOI": f"10.1000/x_{number}",
        "ISSN": "1234-5678",
        "ISBN": "978-3-16-148410-0",
        "page": "12-34",
        "volume": "3",
        "issue": "4",
        "number-of-pages": "320",
        "language": "en-PK",
    }
    for place, name in enumerate(CSL_NAMES):
        csl[name] = [{"family": f"Berg{place}", "given": "Jan"}, {"literal": "Ministry of X"}]
    for place, name in enumerate(CSL_DATES):
        csl[name] = csl_date(f"20{10 + place}-0{place + 1}-0{place + 2}")
    csl |= {name: f"One paragraph of {name}.\n\nAnother." for name in CSL_LONG_TEXTS}
    csl["categories"] = ["one", "two"]
    assert csl.keys() == csl_keys().keys() | {"id", "type"}
    return Source(csl["id"], csl)


SOURCES = [full(kind, number) for number, kind in enumerate(CSL_TYPES)]


@pytest.mark.parametrize("format_", JUDGED)
def test_every_variable_of_csl_comes_back_on_every_type(format_: Format) -> None:
    bibliography = read_text(write_bibliography(SOURCES, format_), "export", format_)
    assert [entry.fault for entry in bibliography.entries] == [""] * len(SOURCES)
    found = as_sources(bibliography)
    for source in SOURCES:
        back = {key: value for key, value in found[source.id].items() if key != "id"}
        assert back == {key: value for key, value in source.csl.items() if key != "id"}


# --- what has a field of its own is what the page says ----------------------------------------


@cache
def carried(format_: Format) -> tuple[frozenset[str], frozenset[str]]:
    """The variables that have a field of their own on every type, and those on some."""
    sources = [
        Source(each.id, {**each.csl, **{name: f"Of {name}" for name in CSL_LONG_TEXTS}})
        for each in SOURCES
    ]
    entries = re.split(r"\r\n\r\n(?=TY)|\n(?=@)", write_bibliography(sources, format_))
    homes = []
    for source, entry in zip(sources, entries, strict=True):
        lines = entry.replace("\\_", "_")
        in_lines = set(re.findall(r"(?m)^(?:M2  - )?([A-Za-z_-]+): ", lines))
        homes.append(source.csl.keys() - in_lines - {"id"})
    always = frozenset.intersection(*map(frozenset, homes))
    return always, frozenset.union(*map(frozenset, homes)) - always


@pytest.mark.parametrize(("format_", "name"), [("biblatex", "BibLaTeX"), ("ris", "RIS")])
def test_the_page_lists_what_has_a_field_of_its_own(format_: Format, name: str) -> None:
    page = PAGE.read_text("utf-8")
    rows = dict(re.findall(rf"(?m)^\| {name}, (always|for some types) \| (.*) \|$", page))
    always, sometimes = carried(format_)
    assert set(re.findall("`([^`]+)`", rows["always"])) == always
    assert set(re.findall("`([^`]+)`", rows["for some types"])) == sometimes


# --- whatever a text holds --------------------------------------------------------------------

PIECES = st.sampled_from(
    [*"aBz1.,:;-–'\"\\{}~^%&$#_`<>@=()[]*/|?!éñ中яß’“”", " ", " ", "--", "''", "``", " and ", "\\\\",
     "<i>", "</i>", "<sup>2</sup>", "\\input", "&amp;x", "[NATO]{.nocase}"]
)  # fmt: skip


def test_an_id_that_is_a_number_comes_back() -> None:
    source = Source("2011", {"type": "book", "title": "A"})
    text = write_bibliography([source], "ris")
    assert [entry.key for entry in read_text(text, "x.ris", "ris").entries] == ["2011"]


def tidy(text: str) -> str:
    """Names are told from each other by `||`, and blanks are tidied as in a base."""
    return " ".join(text.replace("||", "|").split())


TEXT = st.lists(PIECES, min_size=1, max_size=12).map("".join).map(tidy).map(tidy).filter(bool)
LONG = st.lists(TEXT, min_size=1, max_size=3).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n"]).map(lambda end: end.join(lines))
)
NAME = st.one_of(
    st.fixed_dictionaries({"literal": TEXT}),
    st.fixed_dictionaries(
        {"family": TEXT},
        optional={
            "given": TEXT,
            "suffix": TEXT,
            "dropping-particle": TEXT,
            "non-dropping-particle": TEXT,
            "comma-suffix": st.booleans(),
        },
    ),
)
DATE = st.sampled_from(
    ["2011", "2011-05", "2011-05-06", "2011~", "201X", "2011/2013", "2011/..", "2011-21", "-0043"]
).map(csl_date)
VALUES: Mapping[str, st.SearchStrategy[Any]] = (
    {name: TEXT for name in CSL_TEXTS if name not in ("URL", "DOI")}
    | dict.fromkeys(CSL_LONG_TEXTS, LONG)
    | {name: st.lists(NAME, min_size=1, max_size=2) for name in CSL_NAMES}
    | dict.fromkeys(CSL_DATES, DATE)
)
USUAL = [
    "author",
    "editor",
    "issued",
    "container-title",
    "volume",
    "issue",
    "page",
    "publisher",
    "publisher-place",
    "genre",
    "note",
    "abstract",
    "language",
    "number",
    "ISSN",
    "ISBN",
    "keyword",
    "edition",
    "title-short",
    "collection-title",
    "accessed",
]


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    names = st.sampled_from(USUAL) | st.sampled_from(sorted(VALUES))
    chosen = draw(st.lists(names, unique=True, max_size=6))
    start = {"type": draw(st.sampled_from(CSL_TYPES)), "title": draw(TEXT)}
    start |= {name: draw(VALUES[name]) for name in chosen if name != "title"}
    return start


def titles_seen_by_others(text: str, format_: Format) -> dict[str, str]:
    """By id, the titles that programs of others find in a file; in RIS by number."""
    if format_ == "ris":
        by_rispy = {f"s{n}": str(entry.get("title")) for n, entry in enumerate(rispy.loads(text))}
        by_pandoc = [str(item.get("title")) for item in read_by_pandoc(text, "ris")]
        assert [said.split() for said in by_rispy.values()] == [said.split() for said in by_pandoc]
        return by_rispy
    return {item["id"]: item.get("title", "") for item in read_by_pandoc(text, format_)}


def read_by_pandoc(text: str, format_: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [find_pandoc(), f"--from={format_}", "--to=csljson", "--sandbox"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("format_", JUDGED)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(items(), min_size=25, max_size=25))
def test_any_text_comes_back(format_: Format, drawn: list[dict[str, Any]]) -> None:
    if format_ in ("csl.json", "yaml"):  # where HTML is markup, whoever wrote it
        drawn = [item_without_markup(item) for item in drawn]
    sources = [Source(f"s{n}", {"id": f"s{n}", **item}) for n, item in enumerate(drawn)]
    text = write_bibliography(sources, format_)
    back = as_sources(read_text(text, "export", format_))
    for source in sources:
        assert back[source.id] == {**source.csl, "id": back[source.id]["id"]}
    if format_ in ("biblatex", "bibtex", "ris"):
        seen = titles_seen_by_others(text, format_)
        for source in sources:
            if any(letter.isalnum() for letter in str(source.csl["title"])):
                assert seen[source.id].strip()


def item_without_markup(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("<", "(").replace("&", "+").replace("{.", ".")
    if isinstance(value, dict):
        return {key: item_without_markup(inner) for key, inner in value.items()}
    return [item_without_markup(inner) for inner in value] if isinstance(value, list) else value


def tidied(item: Mapping[str, Any], as_it_is: str, without: str) -> dict[str, Any]:
    """What a base's reader makes of an item's texts."""
    name = item["author"][0]
    return {
        key: value if key == as_it_is else re.sub("[ \t]+", " ", value).strip()
        for key, value in item.items()
        if isinstance(value, str) and key != without
    } | {"author": [{part: re.sub("[ \t]+", " ", text) for part, text in name.items()}]}


TITLES = [
    "The <i>Kursk</i> affair",
    " Blanks at  the ends\t ",
    "Oil &amp; gas",
    "x<sup>2</sup>",
    "<i></i>",
    "a -- 'b' ``c'' {d} \\e",
    "no\u00a0break",
    "[NATO]{.nocase}",
]


@pytest.mark.parametrize("format_", ["biblatex", "bibtex", "ris"])
def test_a_title_stands_where_others_look_for_it(format_: Format) -> None:
    """And what it says exactly comes back to us: a line of the note says that besides."""
    texts = ("container-title", "publisher", "publisher-place", "genre", "abstract")
    sources = [
        Source(
            f"s{n}",
            {
                "id": f"s{n}",
                "type": "article-journal",
                **{name: f"{name} of {title.strip()}" for name in texts},
                "title": title,
                "author": [{"family": title.strip(), "given": "<b>J</b>"}],
            },
        )
        for n, title in enumerate(TITLES)
    ]
    text = write_bibliography(sources, format_)
    back = as_sources(read_text(text, "export", format_))
    for source in sources:
        found = {key: value for key, value in back[source.id].items() if key != "id"}
        assert found == tidied(source.csl, "abstract", "id")
    seen = titles_seen_by_others(text, format_)
    assert all(seen[source.id].strip() for source in sources)
    assert "Kursk" in seen["s0"]
    fields = {"ris": ("T2", "PB", "CY", "M3", "AB", "AU")}.get(
        format_, ("publisher", "type", "abstract", "author")
    )
    first = re.split(r"\r\n\r\n(?=TY)|\n(?=@)", text)[0]
    for field in fields:
        assert re.search(rf"(?m)^\s*{field}  ?(?:-|=).*Kursk", first), field


def test_custom_stays_in_the_formats_that_can_hold_it_and_in_no_other() -> None:
    source = Source(
        "s", {"id": "s", "type": "book", "title": "T"}, "D", "says who pays it", marking="SECRET"
    )
    for format_ in FORMATS:
        text = write_bibliography([source], format_)
        kept = format_ in ("csl.json", "yaml")
        assert ("says who pays it" in text) == kept
        assert ("SECRET" in text) == kept


def test_no_sources_are_a_bibliography_too() -> None:
    assert write_bibliography([], "biblatex") == write_bibliography([], "ris") == ""
    assert write_bibliography([], "csl.json") == "[]\n"
    assert read_text(write_bibliography([], "yaml"), "empty", "yaml").entries == ()
