"""Bibliographies of every format: their entries, those written and read again, and into a base."""

from __future__ import annotations

import re
import unicodedata
import zlib
from pathlib import Path
from random import Random
from typing import Any

from fuzz.mutators import Chain, Grammar
from fuzz.oracle import Fault, Target, held_note, refused, same
from fuzz.room import Given
from fuzz.targets.base import YAML_CHAINS
from fuzz.targets.files import copy_base, read

_BIB = (
    "@article{", "@book{", "@misc{", "@string{", "@comment{", "@preamble{", "@my_type{", "@my-type{", "@inproceedings(", "@", "{", "}", '"', "#", ",",
    "=", "author", "title", "date", "year", "month", "jan", "1 # jan", "crossref", "xdata", "url", "doi", "langid", "options", "{\\'e}",
    "\\\"o", "$x^2$", "\\emph{x}", "\\", "%", "--", "~", "and others", " and ", "von der X, Y", "{{Org}}", "199X", "2011/..", "@{a}", "@xdata{", "ids", "file",
    "journaltitle", "pages", "volume", "note", "keywords", "@my_type{k1, title={T}}", "@{", "@book{}", "@book{,}",
)  # fmt: skip
_RIS = ("TY  - ", "ER  - ", "ID  - ", "LB  - ", "AU  - ", "A2  - ", "TI  - ", "T2  - ", "PY  - ", "DA  - ", "Y1  - ", "Y2  - ", "UR  - ", "DO  - ", "SP  - ", "EP  - ", "SN  - ", "N1  - ", "M2  - ", "KW  - ", "AB  - ", "JOUR", "RPRT", "BOOK", "2011/05/01/", "2011///Spring", "1234", "original-date: 1948", "{Org}", "Doe, Jo; Roe, Ann", "XX  - ")  # fmt: skip
_CSL = (
    "id", "type", "title", "author", "editor", "family", "given", "literal", "suffix", "non-dropping-particle", "issued", "accessed",
    "date-parts", "raw", "season", "circa", "URL", "DOI", "container-title", "journalAbbreviation", "note", "custom", "archive", "reliability",
    "derived_from", "citation-key", "keyword", "language", "page", "volume", "issue", "number", "publisher", "references", "items", "message",
    "article-journal", "book", "report", "webpage", "categories", "original-date: 1948", "event-date", "2011/2012", "21", "page-first",
)  # fmt: skip
_STRINGS = Chain(
    "@string{{name}={value}}",
    "{name}",
    "#",
    "{xxxxxxxxxx}",
    "{lines}\n@book{x, title={last}, date={2011}}",
)
_FATHERS = Chain(
    "@book{{name}, title={T}, crossref={{value}}}",
    "{name}",
    ",",
    "a0",
    "{lines}\n@book{x, crossref={{last}}}",
)

LAST = "the-last-of-all"
_TYPES = ("book", "misc", "my_type", "my-type", "online", "jurisdiction", "commentary", "x.y", "stringent", "preambles", "x2", "Книга")  # fmt: skip


def _split(given: Given) -> None:
    """As far as entries are found: what is faulty costs itself and none behind it."""
    from briefgen.bibliography.bib_split import split_bib

    text = given.data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    with refused(given):
        kind = _TYPES[len(text) % len(_TYPES)]
        whole = f"{text}\n\n@{kind}{{{LAST},\n  title = {{The last}},\n  date = {{2011}}\n}}\n"
        entries = split_bib(whole, given.path.name)
        for entry in entries:
            held_note(entry.fault)
        found = [entry for entry in entries if entry.key == LAST]
        if not found or found[-1].fault or found[-1].fields.get("title") != "The last":
            raise Fault("an entry behind the others is lost")


def _read(given: Given) -> None:
    from briefgen.bibliography.read import read_bibliography

    with refused(given):
        found = read_bibliography(given.path)
        for entry in found.entries[:200]:
            for said in (entry.fault, *entry.notes):
                held_note(said)
        for note in found.notes:
            held_note(note)
        _into_a_base(given)
        if len(found.entries) <= 50:
            with refused(given, names=False):
                _written_again(
                    [(entry.key, entry.item) for entry in found.entries if not entry.fault], given
                )


def _into_a_base(given: Given) -> None:
    from briefgen.editing.importing_sources import import_sources

    made = import_sources(given.path, given.folder / "base", format_=None, dry_run=True)
    for line in (*made.warnings, *made.refused):
        held_note(line)


def _written_again(items: list[tuple[str, dict[str, Any]]], given: Given) -> None:
    """Entries that are written as CSL come back as they are."""
    from briefgen.bibliography.csl_data import (
        read_csl_json,
        read_csl_yaml,
        write_csl_json,
        write_csl_yaml,
    )

    if re.search(r"[<&]|\]\{", str(items)):
        return  # what may be markup is taken for it
    records = [{"id": f"s{number}", **item} for number, (_, item) in enumerate(items)]
    back = read_csl_json(write_csl_json(records), "x.json").entries
    wanted = [item for _, item in items]
    same([entry.item for entry in back], wanted, "CSL-JSON differs when it is read again")
    back = read_csl_yaml(write_csl_yaml(records), "x.yaml").entries
    same([entry.fault for entry in back], [""] * len(records), "written CSL-YAML is faulty")
    same(
        [_as_text(entry.item) for entry in back],
        [_as_text(item) for item in wanted],
        "CSL-YAML differs when it is read again",
    )


def _as_text(value: Any) -> Any:
    """YAML knows texts alone."""
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


# --- RIS: a sound reference comes as it was written; works that something tells apart are none ------

_KEYS = ("1234", "doe-2011", "Doe2011", "x.y_z", "a:b", "007")
_TITLES = ("A title", "x < y & z", "10% of {GDP}", "Trade: a survey", "“Said” — and done", "1984", "C# and F#", "Straße, ёлка, 漢字")  # fmt: skip
_ADDRESSES = (
    ("https://a.example/x", "https://a.example/x"), ("https://a.example/x y/z.pdf", "https://a.example/x%20y/z.pdf"),
    ("https://a.example/My Papers/of 2011/a b.pdf", "https://a.example/My%20Papers/of%202011/a%20b.pdf"),
    ("http://a.example/?q=1&r=%20#top", "http://a.example/?q=1&r=%20#top"), ("https://a.example/(x);y,z", "https://a.example/(x);y,z"),
)  # fmt: skip
"""As people write them, and as RFC 3986 has them."""


def _sound_reference(rng: Random) -> tuple[str, str, dict[str, str]]:
    """A reference as RIS, its id, and what of it must come back."""
    key, title, (written, address) = rng.choice(_KEYS), rng.choice(_TITLES), rng.choice(_ADDRESSES)
    wanted = {
        "title": title,
        "URL": address,
        "DOI": rng.choice(("10.1000/182", "10.1000/x(1)2<3>")),
        "volume": rng.choice(("1", "IV", "2-3", "0")),
    }
    lines = ("TY  - JOUR", f"ID  - {key}", f"LB  - {key}", f"TI  - {title}", f"UR  - {written}", f"DO  - {wanted['DOI']}", f"VL  - {wanted['volume']}", "ER  - ")  # fmt: skip
    return "\n".join(lines), key, wanted


def _ris(given: Given) -> None:
    from briefgen.bibliography.model import Entry
    from briefgen.bibliography.ris_read import read_ris

    _read(given)
    text = given.data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    sound, key, wanted = _sound_reference(Random(zlib.crc32(given.data)))
    with refused(given):
        first: Entry = read_ris(f"{sound}\n{text}", given.path.name).entries[0]
        same(first.key, key, "the id of a sound reference")
        found = {name: first.item.get(name) for name in wanted}
        same(found, wanted, "a sound reference before the others")


def _pair(rng: Random) -> str:
    """Two references of one title and year that one thing tells apart."""
    told = [("AU", "Doe, Jo", "Roe, Ann"), ("DO", "10.1000/1", "10.1000/2"), ("VL", "1", "2"), ("SP", "10", "20"), ("UR", "https://a.example/1", "https://b.example/2"), ("DA", "2011/05/01/", "2011/06/02/"), ("SN", "978-3-16-148410-0", "978-1-4028-9462-6")]  # fmt: skip
    tag, one, other = rng.choice(told)
    year = "" if tag == "DA" else "\nPY  - 2011"
    kind = rng.choice(("JOUR", "BOOK", "RPRT", "CHAP"))
    return "".join(
        f"TY  - {kind}\nTI  - A statement{year}\n{tag}  - {said}\nER  - \n" for said in (one, other)
    )


_NUMBERED_APART = ("author", "DOI", "volume", "page", "URL", "issued", "ISBN")


def _apart(given: Given) -> None:
    """No reference is called a duplicate of another from which the same file tells it apart."""
    from briefgen.bibliography.read import read_bibliography
    from briefgen.editing.importing_sources import import_sources

    with refused(given, names=False):
        entries = [entry for entry in read_bibliography(given.path).entries if not entry.fault]
        if len(entries) != 2:
            return
        one, other = (entry.item for entry in entries)
        apart = [
            key
            for key in _NUMBERED_APART
            if one.get(key) and other.get(key) and not _alike(one[key], other[key])
        ]
        made = import_sources(given.path, given.folder / "base", format_=None, dry_run=True)
        same_address = (one.get("DOI") and one.get("DOI") == other.get("DOI")) or (
            one.get("URL") and one.get("URL") == other.get("URL")
        )
        told = set(apart) & {"author", "volume", "DOI", "URL"}
        if (
            told
            and not same_address
            and len(made.added) == 1
            and made.duplicates
            and one.get("title") == "A statement"
        ):
            raise Fault(f"told apart by {apart}, and one is lost: {made.duplicates}")


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, list):
        names = [
            {_letters(n.get("family") or n.get("literal") or "") for n in each}
            for each in (one, other)
        ]
        return bool(names[0] & names[1]) or not all(names)
    said = {_letters(one), _letters(other)}
    return len(said) == 1 or "" in said  # signs alone tell nothing apart


def _letters(said: Any) -> str:
    plain = unicodedata.normalize("NFKC", str(said))  # ② is the volume 2
    return "".join(c for c in plain.casefold() if c.isalnum())


def _with_base(folder: Path) -> None:
    copy_base(folder)


_BIB_GRAMMAR = Grammar("text", _BIB, (_STRINGS, _FATHERS))
_BIBS = read(
    "bibliography/corpus/[bfjm]e*.bib",
    "bibliography/corpus/faulty.bib",
    "bibliography/corpus/jabref.bib",
)
_JSONS = read("bibliography/corpus/*.json")
_YAMLS = read("bibliography/corpus/*.yaml", "fixtures/formats/1/base/sources.yaml")
_RISES = read("bibliography/corpus/*.ris")
TARGETS = [
    Target("bib in pieces", "x.bib", _BIB_GRAMMAR, _split, _BIBS, by_path=False, weight=2),
    Target("bib", "x.bib", _BIB_GRAMMAR, _read, _BIBS, beside=_with_base, weight=2),
    Target("ris", "x.ris", Grammar("text", _RIS, (), _pair), _ris, _RISES, beside=_with_base),
    Target(
        "csl.json", "x.json", Grammar("json", _CSL), _read, _JSONS, beside=_with_base, weight=1.5
    ),
    Target(
        "csl.yaml",
        "x.yaml",
        Grammar("yaml", _CSL, YAML_CHAINS),
        _read,
        _YAMLS,
        beside=_with_base,
        weight=1.5,
    ),
    Target(
        "two references",
        "x.ris",
        Grammar("text", _RIS, (), _pair),
        _apart,
        lambda: [_pair(Random(n)).encode() for n in range(30)],
        beside=_with_base,
        by_path=False,
        weight=0.5,
    ),
]
