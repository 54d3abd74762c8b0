"""The shipped fact base as plain YAML, for the tests beside this file.

Nothing of briefgen is imported, so that a fault in the program cannot hide a fault in the data.

`article_shingles.txt` stands in for the five articles, which are not ours to publish. It was made
from their saved copies by `shingles` below: the text is put in Unicode form NFKC and case-folded,
its words are the runs of letters and digits in it, every eight words that follow one another
(across lines, too) are joined with single spaces and hashed with SHA-256, and the first 16
hexadecimal digits are kept, sorted, one a line, each once. No word of an article can be read off
the file, but eight words taken over from one will be found.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

BASE = Path(__file__).parents[2] / "data"
SHINGLES = Path(__file__).with_name("article_shingles.txt")
RUN = 8

Record = dict[str, Any]


def shingles(text: str) -> set[str]:
    """The hash of every run of eight words in `text`; see above."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    runs = (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:16] for run in runs}


@cache
def article_shingles() -> frozenset[str]:
    return frozenset(SHINGLES.read_text(encoding="ascii").split())


def load(path: Path) -> Any:
    """A YAML file with every scalar as the text that stands there."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def base() -> Record:
    record: Record = load(BASE / "base.yaml")
    return record


@cache
def actors() -> dict[str, Record]:
    return by_id(load(BASE / "actors.yaml"))


@cache
def sources() -> dict[str, Record]:
    return by_id(load(BASE / "sources.yaml")["references"])


@cache
def facts() -> dict[str, Record]:
    files = sorted((BASE / "facts").rglob("*.yaml"))
    return by_id([fact for file in files for fact in load(file)])


@cache
def passages() -> dict[str, Record]:
    return by_id(load(BASE / "passages.yaml"))


def clauses(passage: Record) -> list[tuple[str, list[str]]]:
    """The words of each clause of a passage, with the ids of the facts that stand behind it."""
    found = re.findall(r"(.*?)\[(@[^\]]+)\][.,;:]*", passage["text"], re.DOTALL)
    return [(words.strip(), re.findall(r"@([a-z0-9.-]+)", ids)) for words, ids in found]


def cited(passage: Record) -> list[str]:
    """The facts that a passage stands for, each once."""
    return list(dict.fromkeys(id for _, ids in clauses(passage) for id in ids))


def disputes() -> set[frozenset[str]]:
    return {frozenset((id, d)) for id, fact in facts().items() for d in fact.get("disputes", [])}


def by_id(records: list[Record]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for record in records:
        assert record["id"] not in found, f"{record['id']} stands twice"
        found[record["id"]] = record
    return found


def prose() -> Iterator[tuple[str, str]]:
    """Every text that we wrote, with the id of what it belongs to."""
    for id, fact in facts().items():
        for field in ("statement", "detail", "attribution", "date_note"):
            yield id, fact.get(field, "")
        for cite in fact["cites"]:
            yield id, cite.get("quote", "")
    for id, passage in passages().items():
        yield id, " ".join(words for words, _ in clauses(passage))
    for id, source in sources().items():
        yield id, source["note"]
        yield id, source["custom"]["reliability_note"]
    for id, actor in actors().items():
        for name in (actor["name"], *actor.get("aliases", [])):
            yield id, name


def dates() -> Iterator[tuple[str, str]]:
    """Every EDTF date, with the id of what it belongs to."""
    for id, source in sources().items():
        yield id, source["issued"]
        yield id, source["accessed"]
    for id, actor in actors().items():
        for role in actor.get("roles", []):
            yield from ((id, role[end]) for end in ("from", "to") if end in role)
    for id, fact in facts().items():
        yield from ((id, fact[when]) for when in ("date", "said") if when in fact)
        for figure in fact.get("figures", []):
            yield id, figure["period"]


def cites() -> Iterator[tuple[str, Record]]:
    """Every citation of a fact or a role, with the id of what it belongs to."""
    for id, fact in facts().items():
        yield from ((id, cite) for cite in fact["cites"])
    for id, actor in actors().items():
        for role in actor.get("roles", []):
            yield from ((id, cite) for cite in role["cites"])
