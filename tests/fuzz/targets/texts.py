"""Short texts that people type: dates, the author's own text, words to look for, addresses."""

from __future__ import annotations

import re
from typing import Any

from fuzz.mutators import Grammar
from fuzz.oracle import Fault, Target, held_line
from fuzz.room import Given
from fuzz.targets.copies import _DATES

_EDTF = ("2011", "2011-05", "2011-05-01", "201X", "20XX", "-0043", "Y17000", "2011-21", "2011?", "2011~", "2011%", "/", "..", "2011/2012", "2011-05-01T10:00:00Z", "2011-05-01T10:00+05:00", "T24:00", "-", "?2011", "{2011}", "[2011,2012]", "1560-XX", "2011-24", "2011-33", "E5", "S2")  # fmt: skip


def _dates(given: Given) -> None:
    from briefgen.bibliography.dates import date_of_text
    from briefgen.dates import parse_edtf
    from briefgen.dates.edtf import DateError
    from briefgen.dates.typed import edtf_from_words
    from briefgen.dates.words import date_in_words

    for line in given.data.decode("utf-8", "replace").split("\n")[:40]:
        for text in (line, line[:400]):
            try:
                date = parse_edtf(text)
            except DateError as error:
                held_line(str(error), given, names=False)
            else:
                if (
                    date.first_day is not None
                    and date.last_day is not None
                    and date.first_day > date.last_day
                ):
                    raise Fault(f"{text!r} ends before it begins")
                if "/" in text and "T" in text:
                    raise Fault(f"{text!r}: an interval has days, no times (EDTF level 0)")
                held_line(date_in_words(date).replace("\xa0", " "), given, names=False)
        try:
            parse_edtf(edtf_from_words(line))
        except ValueError as error:
            held_line(str(error), given, names=False)
        date_of_text(line)


_OWN = ("[@fact]", "[@fact, p. 3]", "[@fact; @source]", "[@", "@fact", "](", "[x](http://a b)", "[x]: http://x", "`", "```", "**", "_", "~~", "#", "- ", "1. ", "> ", "|", "|-|", "---", "<b>", "<!--", "&amp;", "![x](y)", "\\", '"', "'", "--", "...", "\u00a0", "http://x", "<http://x>", "[[", "{{", "[^1]")  # fmt: skip


def _own_text(given: Given) -> None:
    from briefgen.brief.own_text.reader import count_words, read_own_text, split_sentences
    from briefgen.errors import Origin, Problem

    def resolve(name: str) -> Any:
        return None if name == "nobody" else _cited(name)

    text = given.data.decode("utf-8", "replace")[:30_000]
    found = read_own_text(text, resolve, "en-GB")
    for fault in found.faults:
        held_line(str(Problem(Origin("x"), "error", fault.message, fault.hint)), given, names=False)
        if not 0 <= fault.line <= 1 + len(re.findall("[\r\n]", text)):
            raise Fault(f"a fault in line {fault.line}")
    count_words(text)
    split_sentences(text)


def _cited(name: str) -> Any:
    from briefgen.brief.model import CiteItem

    return (CiteItem(name),) if name.isascii() else None


def _words(given: Given) -> None:
    """Words to look for find what they find in SQL, and never stop it."""
    from briefgen.errors import BriefgenError
    from briefgen.select.model import Selection
    from briefgen.select.pick import select_facts
    from fuzz.targets.copies import _opened

    text = given.data.decode("utf-8", "replace")[:4_000]
    try:
        for fact in select_facts(_opened(), Selection(text=text)):
            str(fact.id)
    except BriefgenError as error:
        held_line(str(error), given, names=False)


def _addresses(given: Given) -> None:
    from briefgen.addresses import parse_address
    from briefgen.bibliography.clean import first_address
    from briefgen.bibliography.identity import same_doi, same_url

    for line in given.data.decode("utf-8", "replace").split("\n")[:40]:
        try:
            address = parse_address(line)
        except ValueError as error:
            held_line(str(error), given, names=False)
        else:
            for said in (address.spec, str(address)):
                if "\n" in said or "\r" in said or "\0" in said:
                    raise Fault(f"an address of several lines: {said!r}")
        same_doi(line)
        same_url(line)
        if line.strip():
            first_address(line)


TARGETS = [
    Target(
        "dates",
        "x.txt",
        Grammar("text", (*_EDTF, *_DATES)),
        _dates,
        lambda: [
            "\n".join(_EDTF).encode(),
            "\n".join(_DATES).encode(),
            b"3 May 2011\nMay 2011\n2011/12\nspring 2011",
        ],
        by_path=False,
    ),
    Target(
        "own text",
        "x.md",
        Grammar("text", _OWN),
        _own_text,
        lambda: [
            b'They **met** [@fact, p. 3] in "Moscow" -- [see](https://example.org).\n\n- one [@fact; @source]\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 [@fact] |\n\n> quoted\n\n1. x\n   `code`\n'
        ],
        by_path=False,
    ),
    Target(
        "words to look for",
        "x.txt",
        Grammar(
            "text",
            (
                '"',
                "*",
                "ship*",
                "AND",
                "OR",
                "NOT",
                "NEAR(",
                "(",
                ")",
                "^",
                ":",
                "statement:",
                "-",
                "{",
                "}",
            ),
        ),
        _words,
        lambda: [b'oil "a phrase" ship*', "Россия мост".encode()],
        by_path=False,
        weight=0.5,
    ),
    Target(
        "addresses",
        "x.txt",
        Grammar(
            "text",
            (
                "@",
                "<",
                ">",
                ",",
                ";",
                '"',
                "(",
                ")",
                "\\",
                ".",
                "..",
                "xn--",
                "[127.0.0.1]",
                "jo",
                "example.org",
                "http://",
                "https://doi.org/10.1/x",
                ":99999",
                "?",
                "&utm_x=1",
                "%zz",
                "#",
            ),
        ),
        _addresses,
        lambda: [
            'Jo Doe <jo@example.org>\njo@пример.рф\n"a b"@example.org\nhttps://example.org/a?b=1&a=2#x\n10.1000/182\nhttps://doi.org/10.1000/182'.encode()
        ],
        by_path=False,
        weight=0.5,
    ),
]
