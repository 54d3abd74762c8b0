"""Every form of EDTF level 1 as it is read aloud: by itself, after a verb, and in a column.

A table that a careful editor would sign, and what must hold for all dates that can be made.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from brief.conftest import BASE, Draft, PlainLookup, fact
from brief.printed import headings, section
from briefgen.brief.assemble.gather import gather_material
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.moments import short_date, time_at
from briefgen.brief.assemble.when import date_label, in_brackets, when
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.finding import find_template
from briefgen.dates import DateError, date_in_plain_words, parse_edtf
from briefgen.dates.typed import read_typed_date
from briefgen.facts.model import DATE_MEANINGS, Fact, Source
from briefgen.shipped import shipped_templates

TIMED = replace(
    BASE,
    sources={"s1": Source("s1", {"type": "book", "issued": {"date-parts": [[2013]]}})},
)
ALOUD = """
    # A day, a month, a season, a year; about, perhaps, both.
    1948-05-01             | 1 May 1948                  | on 1 May 1948                    | 1 May 1948
    1948-05-01~            | about 1 May 1948            | on or about 1 May 1948           | c. 1 May 1948
    1948-05-01?            | perhaps 1 May 1948          | perhaps on 1 May 1948            | perhaps 1 May 1948
    1948-05-01%            | perhaps about 1 May 1948    | perhaps on or about 1 May 1948   | perhaps c. 1 May 1948
    1948-05                | May 1948                    | in May 1948                      | May 1948
    1948-09~               | about September 1948        | in about September 1948          | c. Sept 1948
    1948-05%               | perhaps about May 1948      | perhaps in about May 1948        | perhaps c. May 1948
    1948-22                | summer 1948                 | in summer 1948                   | summer 1948
    1948-24~               | about winter 1948           | in about winter 1948             | c. winter 1948
    1948                   | 1948                        | in 1948                          | 1948
    1948~                  | about 1948                  | in about 1948                    | c. 1948
    1948?                  | perhaps 1948                | perhaps in 1948                  | perhaps 1948
    1985-04-XX             | April 1985                  | in April 1985                    | April 1985
    1985-XX-XX             | 1985                        | in 1985                          | 1985
    # Decades and centuries: named where nobody can take one for the other.
    195X                   | the 1950s                   | in the 1950s                     | 1950s
    195X~                  | about the 1950s             | in about the 1950s               | c. 1950s
    195X?                  | perhaps the 1950s           | perhaps in the 1950s             | perhaps 1950s
    190X                   | between 1900 and 1909       | between 1900 and 1909            | between 1900 and 1909
    190X~                  | between about 1900 and 1909 | between about 1900 and 1909      | between c. 1900 and 1909
    190X%                  | perhaps between about 1900 and 1909 | perhaps between about 1900 and 1909 | perhaps between c. 1900 and 1909
    18XX                   | between 1800 and 1899       | between 1800 and 1899            | between 1800 and 1899
    18XX?                  | perhaps between 1800 and 1899 | perhaps between 1800 and 1899  | perhaps between 1800 and 1899
    047X                   | between AD 470 and 479      | between AD 470 and 479           | between AD 470 and 479
    00XX                   | between 1 BC and AD 99      | between 1 BC and AD 99           | between 1 BC and AD 99
    -004X                  | between 50 and 41 BC        | between 50 and 41 BC             | between 50 and 41 BC
    -01XX~                 | between about 200 and 101 BC | between about 200 and 101 BC    | between c. 200 and 101 BC
    # Long ago, and far ahead.
    0476                   | AD 476                      | in AD 476                        | AD 476
    0476-09-04             | 4 September AD 476          | on 4 September AD 476            | 4 Sept AD 476
    0000                   | 1 BC                        | in 1 BC                          | 1 BC
    -0043                  | 44 BC                       | in 44 BC                         | 44 BC
    -0043-03-15            | 15 March 44 BC              | on 15 March 44 BC                | 15 March 44 BC
    -0043-03-15~           | about 15 March 44 BC        | on or about 15 March 44 BC       | c. 15 March 44 BC
    -0043%                 | perhaps about 44 BC         | perhaps in about 44 BC           | perhaps c. 44 BC
    -9999                  | 10,000 BC                   | in 10,000 BC                     | 10,000 BC
    Y17000                 | AD 17,000                   | in AD 17,000                     | AD 17,000
    Y-17000~               | about 17,001 BC             | in about 17,001 BC               | c. 17,001 BC
    # Intervals: what both ends share is said once.
    1950/1960              | 1950 to 1960                | between 1950 and 1960            | 1950–1960
    1950~/1960             | about 1950 to 1960          | between about 1950 and 1960      | c. 1950–1960
    1950/1960~             | 1950 to about 1960          | between 1950 and about 1960      | 1950–c. 1960
    1950~/1960~            | about 1950 to about 1960    | between about 1950 and about 1960 | c. 1950–c. 1960
    1950/1960?             | 1950 to perhaps 1960        | between 1950 and perhaps 1960    | 1950–perhaps 1960
    1950/1950~             | about 1950                  | in about 1950                    | c. 1950
    1950?/1950~            | perhaps about 1950          | perhaps in about 1950            | perhaps c. 1950
    1950-05/1950-09        | May to September 1950       | between May and September 1950   | May–Sept 1950
    1950-05/1950-09~       | May 1950 to about September 1950 | between May 1950 and about September 1950 | May–c. Sept 1950
    1950-05~/1950-09~      | about May 1950 to about September 1950 | between about May 1950 and about September 1950 | c. May–Sept 1950
    1950-05/1960-09        | May 1950 to September 1960  | between May 1950 and September 1960 | May 1950–Sept 1960
    1950-21/1950-23        | spring to autumn 1950       | between spring and autumn 1950   | spring–autumn 1950
    1950-05-03/1950-05-07  | 3 to 7 May 1950             | between 3 and 7 May 1950         | 3–7 May 1950
    1950-05-03/1950-06-07  | 3 May to 7 June 1950        | between 3 May and 7 June 1950    | 3 May–7 June 1950
    1950-12-30/1951-01-02  | 30 December 1950 to 2 January 1951 | between 30 December 1950 and 2 January 1951 | 30 Dec 1950–2 Jan 1951
    1950/1950-05           | the start of 1950 to May 1950 | between the start of 1950 and May 1950 | start of 1950–May 1950
    1950~/1950-05          | about the start of 1950 to May 1950 | between about the start of 1950 and May 1950 | c. start of 1950–May 1950
    1950-05/1950           | May 1950 to the end of 1950 | between May 1950 and the end of 1950 | May 1950–end of 1950
    1950-05/1950%          | May 1950 to perhaps about the end of 1950 | between May 1950 and perhaps about the end of 1950 | May 1950–perhaps c. end of 1950
    0070/0079              | AD 70 to 79                 | between AD 70 and 79             | AD 70–79
    0476/1453              | AD 476 to 1453              | between AD 476 and 1453          | AD 476–1453
    -0043/0014             | 44 BC to AD 14              | between 44 BC and AD 14          | 44 BC–AD 14
    -0043/-0029            | 44 to 30 BC                 | between 44 and 30 BC             | 44–30 BC
    -0043~/-0029~          | about 44 to about 30 BC     | between about 44 and about 30 BC | c. 44–c. 30 BC
    -0043-03/-0043-04      | March to April 44 BC        | between March and April 44 BC    | March–April 44 BC
    -0043-03-15/-0041-10-23 | 15 March 44 BC to 23 October 42 BC | between 15 March 44 BC and 23 October 42 BC | 15 March 44 BC–23 Oct 42 BC
    Y-17000/-0043          | 17,001 to 44 BC             | between 17,001 and 44 BC         | 17,001–44 BC
    # Open and unknown ends; what has no known end is never told until today.
    1950/..                | since 1950                  | from 1950                        | from 1950
    1950~/..               | since about 1950            | from about 1950                  | from c. 1950
    1950?/..               | perhaps since 1950          | perhaps from 1950                | perhaps from 1950
    1950/                  | from 1950, end unknown      | from 1950                        | from 1950
    1950%/                 | perhaps from about 1950, end unknown | perhaps from about 1950 | perhaps from c. 1950
    ../1960                | until 1960                  | by 1960                          | until 1960
    ../1960?               | perhaps until 1960          | perhaps by 1960                  | perhaps until 1960
    /1960-09~              | to about September 1960, start unknown | by about September 1960 | to c. Sept 1960, start unknown
    -0043/..               | since 44 BC                 | from 44 BC                       | from 44 BC
    ../..                  | at any time                 | at any time                      | at any time
"""


def rows() -> list[tuple[str, ...]]:
    lines = (line.strip() for line in ALOUD.strip().splitlines())
    return [
        tuple(cell.strip() for cell in line.split("|")) for line in lines if line[:1] not in "#"
    ]


def made(one: Fact | None = None) -> Material:
    one = one or fact("a")
    template = find_template("chronology", (shipped_templates(),))
    spec = BriefSpec(template="chronology")
    material = gather_material(spec, template, TIMED, (one,), PlainLookup([one]), 0)
    material.day = parse_edtf("2026-11-21").first_day
    return material


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(("edtf", "alone", "after_a_verb", "in_a_column"), rows())
def test_dates_read_aloud(edtf: str, alone: str, after_a_verb: str, in_a_column: str) -> None:
    date, material = parse_edtf(edtf), made()

    assert date_in_plain_words(date) == alone
    assert plain(time_at(date, material)) == after_a_verb
    assert plain(short_date(date, material, always=True)) == in_a_column


@pytest.mark.parametrize(
    ("edtf", "told", "label"),
    [
        ("1950/1960", "some time between 1950 and 1960", "1950–1960"),
        ("1950~/1960%", "some time between 1950 and perhaps 1960", "c. 1950–perhaps c. 1960"),
        ("1950-05/1950", "some time between May 1950 and the end of 1950", "May 1950–end of 1950"),
        ("1950-05-03/1950-05-07", "some time between 3 and 7 May 1950", "3–7 May 1950"),
        ("1950/1950~", "some time in 1950", "c. 1950"),
        ("195X", "some time in the 1950s", "1950s"),
        ("18XX", "some time between 1800 and 1899", "between 1800 and 1899"),
        ("-0043/-0029", "some time between 44 and 30 BC", "44–30 BC"),
        ("-0043-03-15/-0043-04-21", "some time between 15 March and 21 April 44 BC",
         "15 March–21 April 44 BC"),
        ("../1960?", "perhaps by 1960", "perhaps by 1960"),
        ("1950/..", "some time between 1950 and 2013", "by 2013"),
    ],
)  # fmt: skip
def test_what_happened_once_in_a_span(edtf: str, told: str, label: str) -> None:
    one = fact("a", "It was so.", date=edtf, date_is="within")
    material = made(one)

    assert plain(in_brackets(when(one, material), material)) == told
    assert plain(date_label(one, material)) == label


@pytest.mark.parametrize(
    ("edtf", "statement"),
    [
        ("-0043-03-15", "Caesar was killed on the Ides of March 44 BC."),
        ("-0043-03-15", "Caesar was killed in March 44 B.C."),
        ("0476", "Odoacer deposed Romulus Augustulus in AD 476."),
        ("195X", "The treaty lapsed in the 1950s."),
        ("2014/2016", "They met in 2014-2016."),
    ],
)
def test_a_year_that_the_statement_tells_is_not_told_again(edtf: str, statement: str) -> None:
    one = fact("a", statement, date=edtf, date_is="occurrence")
    assert in_brackets(when(one, made(one)), made(one)) == ""


@pytest.mark.parametrize(
    ("edtf", "statement"),
    [
        ("-0043", "Some 44 legions marched."),
        ("195X", "The treaty lapsed in 1950."),
    ],
)
def test_a_number_that_is_no_year_tells_no_date(edtf: str, statement: str) -> None:
    one = fact("a", statement, date=edtf, date_is="occurrence")
    assert in_brackets(when(one, made(one)), made(one))


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("1950", "1960-05", "1950 to May 1960"),
        ("1950-05", "1950-09", "May to September 1950"),
        ("-0043", "-0029", "44 to 30 BC"),
        ("195X", "196X", "1950 to 1969"),
        ("-004X", "-003X", "50 to 31 BC"),
        ("18XX~", None, "since about 1800"),
        (None, "2004-XX", "until 2004"),
        ("1950", "1950", "1950"),
        (None, None, ""),
    ],
)
def test_the_period_that_was_asked_for(start: str | None, end: str | None, told: str) -> None:
    ends = [parse_edtf(text) if text else None for text in (start, end)]
    assert plain(made().span(*ends)) == told


_POINTS = (
    "1950", "1950-05", "1950-05-03", "1950-22", "195X", "190X", "19XX", "0476", "0476-09-04",
    "047X", "0000", "-0043", "-0043-03", "-0043-03-15", "-004X", "-00XX", "Y17000", "Y-17000",
)  # fmt: skip
_ENDS = (
    "1960", "1960-09", "1960-09-12", "1960-23", "1950", "1950-05", "1950-05-20", "1950-09",
    "1950-09-12", "0476", "0479", "1453", "-0029", "-0043", "-0043-04", "-0043-03-17", "..", "",
)  # fmt: skip
_MARKS = ("", "~", "?", "%")


def all_dates() -> list[str]:
    points = [f"{point}{mark}" for point in _POINTS for mark in _MARKS]
    ends = [f"{end}{mark}" for end in _ENDS for mark in (_MARKS if end.strip(".") else ("",))]
    made = [*points, *(f"{one}/{end}" for one in [*points, "..", ""] for end in ends)]
    return [text for text in made if _is_date(text)]


def _is_date(text: str) -> bool:
    try:
        parse_edtf(text)
    except DateError:
        return False
    return True


_NEVER = re.compile(
    r"\babout (?:between|since|until|from|perhaps)|\bsince perhaps|\bby perhaps"
    r"|\bof (?:about|perhaps)|\bin (?:about |perhaps )*\d{1,2} [A-Z][a-z]|\bin the the|\bthe the"
    r"|(?<![\w–])-\d|(?<![\d,])0\d{2,3}\b| {2}|\bbetween (\S+) and \1\b"
)
"""What nobody says: `about between`, `in 1 May`, `the start of about 1950`, `-0043`, `0476`."""


def test_no_date_is_worded_as_nobody_would_say_it() -> None:
    found, material = [], made()
    for text, meaning in itertools.product(all_dates(), DATE_MEANINGS):
        one = fact("a", "It was so.", date=text, date_is=meaning)
        told = plain(in_brackets(when(one, material), material))
        words = date_in_plain_words(parse_edtf(text))
        for phrase in (told, words, plain(date_label(one, material))):
            if _NEVER.search(phrase) or not phrase:
                found.append((text, meaning, phrase))
    assert not found


def test_what_is_read_aloud_can_be_typed() -> None:
    wrong = []
    for text in all_dates():
        date = parse_edtf(text)
        again = read_typed_date(date_in_plain_words(date)).edtf
        if (again.first_day, again.last_day) != (date.first_day, date.last_day):
            wrong.append((text, date_in_plain_words(date), again.text))
    assert not wrong


def test_years_before_christ_stand_in_words_in_headings_and_gaps(draft: Draft) -> None:
    ancient = replace(
        TIMED, sources={"s1": Source("s1", {"type": "book", "issued": {"date-parts": [[-44]]}})}
    )
    template = """
sections:
- {id: y, heading: "{{ year }}", show: bullets, for_each: year, sort: oldest}
- {id: g, heading: Gaps, show: gaps}
- {id: s, heading: Sources, show: about_sources}
"""
    facts = [fact("a", date="-0043"), fact("b", date="-0029"), fact("c", date="0476")]
    brief = draft(facts, template, base=ancient).brief
    assert [plain(one) for one in headings(brief)][:3] == ["# 44 BC", "# 30 BC", "# AD 476"]
    told = " ".join(plain(line) for name in ("g", "s") for line in section(brief, name))
    assert "43–31 BC" in told
    assert "29 BC–AD 475" in told
    assert "issued 44 BC" in told
