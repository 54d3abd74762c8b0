"""Fact bases: each of their files beside sound other ones, read plainly and through the index."""

from __future__ import annotations

from pathlib import Path

from fuzz.mutators import Chain, Grammar
from fuzz.oracle import Fault, Target, held_problems, held_texts, refused, same
from fuzz.room import Given
from fuzz.targets.files import copy_base, read

YAML_CHAINS = (Chain("{name}: &{name} [{value}]", "*{name}", ", ", "x"),)
_KEYS = (
    "id", "format", "title", "language", "topics", "measures", "label", "unit", "markings", "scale", "name", "kind", "aliases",
    "roles", "of", "from", "to", "cites", "source", "references", "type", "author", "family", "given", "literal", "issued", "URL",
    "DOI", "custom", "reliability", "archive", "derived_from", "marking", "date", "date_is", "date_note", "said", "actors",
    "statement", "detail", "attribution", "figures", "measure", "value", "value_to", "period", "basis", "qualifier", "locator",
    "quote", "credibility", "key", "status", "supersedes", "disputes", "status_note", "recorded", "checked", "text", "page",
    "paragraph", "date-parts", "circa", "season",
)  # fmt: skip
_WORDS = (
    "state", "organisation", "person", "place", "asset", "event", "agreement", "figure", "position", "plan", "assessment",
    "occurrence", "within", "expected", "reported", "estimate", "about", "at-least", "current", "draft", "superseded", "retracted",
    "OFFICIAL", "uk-gscp", "tlp", "icd203", "phia", "ours.yaml", "~no-one-here.yaml", "/dev/zero.yaml", "base.yaml", "energy", "energy.oil",
    "everything", "pakistan", "report", "article", "[@everything]", "[@everything; @position]", "2011/2012", "2011-05-01T10:00", "21",
)  # fmt: skip


def _read(given: Given) -> None:
    from briefgen.facts.read import read_base
    from briefgen.index import open_index
    from briefgen.pipeline.listings.check import check_all

    folder = given.folder / "base"
    with refused(given, names=False):
        plain = read_base(folder)
        held_problems(plain.problems, given)
        with open_index(folder, cache_folder=given.room.cache) as index:
            same(index.problems, plain.problems, "the index has other problems")
            if plain.base is not None and not plain.fatal:
                same(index.base.title, plain.base.title, "the index has another title")
                wanted = {fact.id: fact for fact in plain.facts}
                same(index.facts(wanted), wanted, "the index has other facts")
        held_problems(check_all(folder, (), "").problems, given)
        held_texts((plain.facts, plain.base))
        _written_again(given, plain.facts)


def _written_again(given: Given, facts: tuple) -> None:  # type: ignore[type-arg]
    """Facts that are written and read again are the same."""
    from briefgen.facts.files import BaseFile
    from briefgen.facts.read import read_base_file
    from briefgen.facts.tables.row_as_fact import fact_entry
    from briefgen.writing.emit import entry_lines

    few = facts[:30]
    text = "".join("\n".join(entry_lines(fact_entry(fact))) + "\n" for fact in few)
    file = BaseFile("facts", "x.yaml", Path("x.yaml"), "x.yaml")
    back = read_base_file(file, text.encode("utf-8", "surrogatepass"))
    if few and back.fatal:
        raise Fault(f"written facts cannot be read: {back.problems[0]}")
    same(
        [fact_entry(fact) for fact in back.facts],
        [fact_entry(fact) for fact in few],
        "written facts differ",
    )


def _target(name: str, file: str, *patterns: str) -> Target:
    grammar = Grammar("yaml", (*_KEYS, *_WORDS), YAML_CHAINS)
    return Target(name, f"base/{file}", grammar, _read, read(*patterns), beside=copy_base)


_BASES = "fixtures/formats/1/base"
TARGETS = [
    _target("base", "base.yaml", f"{_BASES}/base.yaml"),
    _target("actors", "actors.yaml", f"{_BASES}/actors.yaml"),
    _target("sources", "sources.yaml", f"{_BASES}/sources.yaml"),
    _target("facts", "facts/energy.yaml", f"{_BASES}/facts/**/*.yaml"),
    _target("passages", "passages.yaml", f"{_BASES}/passages.yaml"),
    _target(
        "scale of a base", "ours.yaml", f"{_BASES}/ours.yaml", "fixtures/formats/1/markings.yaml"
    ),
]
