"""A bibliography's entries going into a base's sources.yaml."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefgen.editing.importing_sources import ImportedSources, import_sources
from briefgen.errors import InputError, UsageError
from briefgen.facts.read import read_base
from briefgen.pipeline.listings.exporting_sources import export_sources

SOURCES = """\
# Sources, kept by hand.
references:
    - id: gazette   # the official one
      type: article-newspaper
      title: Ministers Sign Oil Agreement
      issued: 2013-08-28
      URL: https://www.example.org/oil
      custom: {reliability: B}

    # not seen in print
    - id: yearbook
      type: report
      title: 'Trade: the yearbook'
      issued: 2014
      DOI: 10.5555/YEAR
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "base"
    (folder / "facts").mkdir(parents=True)
    (folder / "base.yaml").write_text(
        "format: 1\ntitle: T\nlanguage: en\ntopics: {trade: Trade}\nmarkings: [OFFICIAL, SECRET]\n",
        "utf-8",
    )
    (folder / "actors.yaml").write_text("", "utf-8")
    (folder / "facts" / "a.yaml").write_text(
        "- {id: a, topics: [trade], kind: event, statement: A., cites: [{source: gazette}]}\n",
        "utf-8",
    )
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    assert read_base(folder).problems == ()
    return folder


def bring(base: Path, *items: dict[str, Any], dry_run: bool = False) -> ImportedSources:
    file = base.parent / "library.json"
    file.write_text(json.dumps(items), "utf-8")
    return import_sources(file, base, format_=None, dry_run=dry_run)


BOOK = {"id": "new", "type": "book", "title": "A New Book", "issued": {"date-parts": [[2020, 5]]}}


def test_entries_are_added_and_all_other_bytes_stay(base: Path) -> None:
    made = bring(base, BOOK)
    assert made.added == ("new",)
    assert made.target == str(base / "sources.yaml")
    text = (base / "sources.yaml").read_text("utf-8")
    assert text.startswith(SOURCES)
    assert text[len(SOURCES) :] == (
        "\n    - id: new\n      type: book\n      title: A New Book\n      issued: 2020-05\n"
    )
    assert read_base(base).problems == ()


def test_a_dry_run_says_the_same_and_writes_nothing(base: Path) -> None:
    dry = bring(base, BOOK, dry_run=True)
    assert (base / "sources.yaml").read_text("utf-8") == SOURCES
    assert bring(base, BOOK) == dry


def test_importing_twice_adds_once(base: Path) -> None:
    bring(base, BOOK)
    made = bring(base, BOOK)
    assert made.added == ()
    assert made.duplicates == (("new", "new", "same title and year"),)


@pytest.mark.parametrize(
    ("item", "known", "why"),
    [
        ({"title": "Other", "DOI": "https://doi.org/10.5555/year"}, "yearbook", "same DOI"),
        ({"title": "Other", "URL": "http://example.org/oil/#top"}, "gazette", "same URL"),
        ({"title": "ministers sign oil agreement!", "issued": "2013"}, "gazette", "same title and year"),
    ],
)  # fmt: skip
def test_what_the_base_has_is_not_added(
    base: Path, item: dict[str, Any], known: str, why: str
) -> None:
    made = bring(base, {"id": "incoming", "type": "report", **item}, BOOK)
    assert made.duplicates == (("incoming", known, why),)
    assert made.added == ("new",)


def test_what_may_be_the_same_is_added_with_a_word(base: Path) -> None:
    made = bring(base, *({**BOOK, "id": f"v{n}", "volume": str(n)} for n in (1, 2, 2)))
    assert made.added == ("v1", "v2")
    assert made.duplicates == (("v2", "v2", "same title and year"),)
    (said,) = [each for each in made.warnings if "may be" in each]
    assert said.endswith("v2 is added, and may be v1 (same title and year, but another volume)")


def test_the_same_is_added_where_that_is_asked_for(base: Path) -> None:
    bring(base, BOOK)
    file = base.parent / "again.json"
    file.write_text(json.dumps([BOOK]))
    made = import_sources(file, base, format_=None, dry_run=False, anyway=True)
    assert (made.added, made.duplicates) == (("new-2",), ())
    assert made.warnings[-1].endswith("new-2 is added, and may be new (same title and year)")


def test_ids_are_unique_and_changes_are_told(base: Path) -> None:
    made = bring(
        base,
        {"id": "gazette", "type": "book", "title": "One"},
        {"id": "Gazette", "type": "book", "title": "Two"},
        {"type": "book", "title": "Three", "author": [{"family": "Øster"}], "issued": "1999"},
    )
    assert made.added == ("gazette-2", "gazette-3", "oster-1999-three")
    assert made.warnings == (
        "'gazette' is called gazette-2 here",
        "'Gazette' is called gazette-3 here",
    )


def test_words_of_thousands_of_letters_are_cut_where_they_are_told(base: Path) -> None:
    long = "9" * 5_000
    made = bring(
        base,
        {"id": long, "type": "book", "title": "One", "custom": {"derived_from": [f"x{long}"]}},
        {"id": f"a{long}", "type": "book", "title": "Two", "custom": {"marking": long}},
    )
    assert len(made.warnings) == 2
    assert len(made.refused) == 1
    assert all(len(line) < 600 for line in (*made.warnings, *made.refused))


def test_ids_of_faulty_sources_are_taken_too(base: Path) -> None:
    faulty = SOURCES + "    - id: broken\n      type: nonsense\n"
    (base / "sources.yaml").write_text(faulty, "utf-8")
    assert bring(base, {**BOOK, "id": "broken"}).added == ("broken-2",)


def test_many_changed_ids_are_counted(base: Path) -> None:
    made = bring(base, *({"id": f"K{n}", "type": "book", "title": f"T{n}"} for n in range(50)))
    assert len(made.added) == 50
    assert made.warnings[-1] == "30 more have ids of their own here"


def test_items_that_cannot_be_sources_are_named_and_the_rest_goes_in(base: Path) -> None:
    made = bring(
        base,
        {"id": "untitled", "type": "book"},
        {"id": "tweet", "type": "tweet", "title": "T"},
        {"id": "typeless", "title": "T"},
        {"id": "secret", "type": "book", "title": "T", "custom": {"marking": "COSMIC"}},
        "no item",  # type: ignore[arg-type]
        BOOK,
    )
    assert made.added == ("new",)
    said = [line.split("library.json: item ")[1] for line in made.refused]
    reasons = [
        "1: 'untitled' was not imported: no title; give it one and import it again",
        "2: 'tweet' was not imported: unknown type 'tweet'; did you mean 'event'?",
        "3: 'typeless' was not imported: no type; give it one of CSL's types",
        "4: 'secret' was not imported: its marking 'COSMIC' is none of this base's; ",
        "5: an entry without a name was not imported: it is no CSL item",
    ]
    for line, reason in zip(said, reasons, strict=True):
        assert line.startswith(reason)


def test_custom_comes_along_with_the_ids_that_sources_have_here(base: Path) -> None:
    made = bring(
        base,
        {"id": "Root", "type": "book", "title": "Root", "custom": {"marking": "SECRET"}},
        {
            "id": "leaf",
            "type": "book",
            "title": "Leaf",
            "custom": {"reliability": "C", "derived_from": ["Root", "gone", "same"]},
        },
        {"id": "same", "type": "book", "title": "Same", "DOI": "10.5555/year"},
    )
    assert made.added == ("root", "leaf")
    found = read_base(base).base
    assert found is not None
    assert found.sources["root"].marking == "SECRET"
    assert found.sources["leaf"].reliability == "C"
    assert found.sources["leaf"].derived_from == ("root", "yearbook")
    assert any("derived_from names what this base does not have (gone)" in w for w in made.warnings)


def test_a_base_without_sources_yaml_gets_one(base: Path) -> None:
    (base / "sources.yaml").unlink()
    assert bring(base, BOOK).added == ("new",)
    assert (base / "sources.yaml").read_text("utf-8").startswith("references:\n")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("base.yaml", "format: 9\n", "file format '9' is not known"),
        ("sources.yaml", "references: [\n", "sources.yaml:"),
        ("sources.yaml", "- id: a\n", "put references: above it"),
    ],
)
def test_a_base_that_cannot_be_read_is_left_alone(
    base: Path, name: str, text: str, message: str
) -> None:
    (base / name).write_text(text, "utf-8")
    before = {path: path.read_bytes() for path in base.rglob("*.yaml")}
    with pytest.raises(InputError, match=message):
        bring(base, BOOK)
    assert {path: path.read_bytes() for path in base.rglob("*.yaml")} == before


def test_the_format_may_be_said(base: Path, tmp_path: Path) -> None:
    file = tmp_path / "export.txt"
    file.write_text("TY  - BOOK\nTI  - T\nER  - \n", "utf-8")
    assert import_sources(file, base, format_="ris", dry_run=True).added == ("t",)
    with pytest.raises(InputError, match="no BibTeX entry"):
        import_sources(file, base, format_="bib", dry_run=True)
    with pytest.raises(UsageError, match="'docx' is no format of bibliographies"):
        import_sources(file, base, format_="docx", dry_run=True)


def test_a_list_without_entries_is_told(base: Path) -> None:
    made = bring(base)
    assert made.added == ()
    assert made.warnings[0].endswith("library.json: there are no entries in it")


def test_sources_that_are_marked_are_told_where_marks_get_lost(base: Path) -> None:
    text = SOURCES.replace("{reliability: B}", "{reliability: B, marking: SECRET}")
    (base / "sources.yaml").write_text(text, "utf-8")
    assert export_sources(base, "yaml").warnings == ()
    assert export_sources(base, "ris").warnings == (
        "ris has no place for handling markings: gazette stand there unmarked",
    )
