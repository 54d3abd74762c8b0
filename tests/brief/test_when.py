"""What the date of a fact means, in words, in a column, and in the order of a chronology.

`s1` was issued in 2013, `report` on 28 August 2013, `late` about July 2023; `s2` has no date.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from brief.conftest import BASE, Draft, fact, figure
from brief.printed import headings, section
from briefgen.brief.spec.model import Edits
from briefgen.dates import parse_edtf
from briefgen.facts.model import DATE_MEANINGS, DateIs, Fact, Source

TIMED = replace(
    BASE,
    sources={
        **BASE.sources,
        "report": Source("report", {"type": "article", "issued": {"date-parts": [[2013, 8, 28]]}}),
        "late": Source("late", {"type": "article", "issued": {
            "date-parts": [[2023, 7]], "circa": True}}),
    },
)  # fmt: skip


def made(date: str, **values: Any) -> Fact:
    values = {"source": "late", "statement": "It was so."} | values
    return fact("a", date=date, **values)


def read(draft: Draft, one: Fact, show: str, **spec: Any) -> str:
    template = f"sections: [{{id: s, heading: S, show: {show}}}]"
    (line,) = section(draft([one], template, base=TIMED, **spec).brief, "s")
    return line.removeprefix("- ").partition("[")[0]


@pytest.mark.parametrize(
    ("one", "in_text", "in_column"),
    [
        # What happened stands under its own day, and needs no word.
        (made("2011-05"), "It was so (May 2011).", "May 2011 | It was so."),
        (made("2022-07/2023-05"), "It was so (July 2022 to May 2023).",
         "July 2022–May 2023 | It was so."),
        (made("2011-05-03/2011-05-07"), "It was so (3 to 7 May 2011).",
         "3–7 May 2011 | It was so."),
        (made("2001/..", date_is="occurrence"), "It was so (from 2001).",
         "from 2001 | It was so."),
        (made(""), "It was so (undated; reported in about July 2023).",
         "undated | It was so (as reported in about July 2023)."),
        # One moment of a long span: never under its first year.
        (made("2014/2023-07~"), "It was so (some time between 2014 and July 2023).",
         "2014–c. July 2023 | It was so (exact date not known)."),
        (made("2017-11~/2017-12~", date_is="within"),
         "It was so (some time between November and December 2017).",
         "c. Nov–Dec 2017 | It was so (exact date not known)."),
        (made("2014", date_is="within"), "It was so (some time in 2014).", "2014 | It was so."),
        (made("2014-02~", date_is="within"), "It was so (about February 2014).",
         "about February 2014 | It was so."),
        (made("../1991"), "It was so (by 1991).", "by 1991 | It was so."),
        # An open end lasts until it was told: by then it had happened.
        (made("2014/.."), "It was so (some time between 2014 and July 2023).",
         "by c. July 2023 | It was so (some time between 2014 and July 2023)."),
        (made("2014/..", source="s2"), "It was so (some time since 2014).",
         "from 2014 | It was so (some time since 2014)."),
        # What held is told as reported, the more so where it held at another time.
        (made("2013-08", kind="background", source="report"),
         "It was so (as reported in August 2013).", "August 2013 | It was so (as reported)."),
        (made("2023-07~", kind="background"), "It was so (as reported in about July 2023).",
         "about July 2023 | It was so (as reported)."),
        (made("2001~/2023-07~", kind="background"),
         "It was so (from about 2001, as reported in about July 2023).",
         "about July 2023 | It was so (from about 2001, as reported)."),
        (made("2001/..", kind="background"),
         "It was so (from 2001, as reported in about July 2023).",
         "about July 2023 | It was so (from 2001, as reported)."),
        # It was first said in 2013, and known to hold in 2020 from another source.
        (made("2011/2020", kind="background", source="report"), "It was so (2011 to 2020).",
         "2020 | It was so (2011 to 2020, as reported)."),
        (made("1970/1979", kind="background"),
         "It was so (1970 to 1979, as reported in about July 2023).",
         "about July 2023 | It was so (1970 to 1979, as reported)."),
        (made("../2013", kind="background"),
         "It was so (until 2013, as reported in about July 2023).",
         "about July 2023 | It was so (until 2013, as reported)."),
        (made("2013-08", kind="background", source="report", attribution="Doe"),
         "It was so, according to Doe in August 2013.",
         "August 2013 | It was so, according to Doe."),
        (made("", kind="background"), "It was so (as reported in about July 2023).",
         "about July 2023 | It was so (as reported)."),
        # A total of a closed period does not depend on when it was told.
        (made("2022-07/2023-05", kind="figure"), "It was so (July 2022 to May 2023).",
         "July 2022–May 2023 | It was so."),
        # What was due may have come or not.
        (made("2013-11", kind="plan", source="report"),
         "It was so (was due in November 2013; outcome not recorded).",
         "November 2013 | It was so (outcome not recorded)."),
        (made("2013-08-29", kind="plan", source="report"),
         "It was so (was due on 29 August 2013; outcome not recorded).",
         "29 August 2013 | It was so (outcome not recorded)."),
        (made("2030", kind="plan"), "It was so (due in 2030).",
         "2030 | It was so (due)."),
        (made("2013-11", kind="plan", source="report", statement="In 2013 they were to meet."),
         "In 2013 they were to meet (outcome not recorded).",
         "November 2013 | In 2013 they were to meet (outcome not recorded)."),
        # What was said: by when, and by whom if anybody is named.
        (made("2017-12", kind="position", attribution="Doe"),
         "It was so, according to Doe in December 2017.",
         "December 2017 | It was so, according to Doe."),
        (made("2017-12", kind="position", attribution="Doe", statement="Doe was glad."),
         "Doe was glad (said in December 2017).", "December 2017 | Doe was glad."),
        (made("2013-08", kind="plan", source="report"),
         "It was so (as reported in August 2013).", "August 2013 | It was so (as reported)."),
        # Nobody says one thing for years: such a date is of what was said.
        (made("1948/2013", kind="assessment", attribution="Doe"),
         "It was so (1948 to 2013), according to Doe in about July 2023.",
         "about July 2023 | It was so (1948 to 2013), according to Doe."),
        # What the statement tells is not told again.
        (made("2014/2023-07~", statement="In 2014 it began."),
         "In 2014 it began (some time between 2014 and July 2023).",
         "2014–c. July 2023 | In 2014 it began (exact date not known)."),
        (made("2014/2023-07~", statement="From 2014 to 2023 it was."),
         "From 2014 to 2023 it was.", "2014–c. July 2023 | From 2014 to 2023 it was."),
        (made("2001/2023-07~", kind="background", statement="From 2001 it was so."),
         "From 2001 it was so (as reported in about July 2023).",
         "about July 2023 | From 2001 it was so (as reported)."),
    ],
)  # fmt: skip
def test_a_date_says_what_it_means(draft: Draft, one: Fact, in_text: str, in_column: str) -> None:
    assert read(draft, one, "bullets") == in_text
    assert read(draft, one, "chronology") == in_column


EDTF = (
    "", "1948-05-01", "2011-05", "2023", "2012~", "2016?", "2012%", "201X", "20XX", "2011-XX",
    "2013-21", "2022-07/2023-05", "2013/..", "../2014", "2013/", "/2014", "../..", "-0043",
    "Y17000", "-0043/0012", "2011-05-03~/2011-05-07", "2012-05/2012", "2014-02-03/2014-02-03",
)  # fmt: skip


@pytest.mark.parametrize("meaning", DATE_MEANINGS)
@pytest.mark.parametrize("date", EDTF)
def test_every_date_of_every_meaning_has_words(draft: Draft, date: str, meaning: DateIs) -> None:
    facts = [
        fact(f"{said}-{who}", date=date, date_is=meaning, attribution=who, said=parse_edtf(said))
        for said in filter(None, EDTF)
        for who in ("", "Doe")
    ]
    template = """sections:
- {id: s, heading: S, show: bullets}
- {id: t, heading: T, show: chronology, again: true}
"""
    brief = draft(facts, template, base=TIMED).brief
    for line in (*section(brief, "s"), *section(brief, "t")):
        assert not re.search(r"[{}]|\(\)|  | \)|\( |in (?:in|on|between|about about)", line), line
        assert not re.search(r"(between|from) (\S+) (and|to) \2\b", line), line


def test_an_outcome_that_the_brief_tells_is_not_called_unrecorded(draft: Draft) -> None:
    due = fact(
        "due",
        "They were to meet.",
        kind="plan",
        date="2013-11",
        status="superseded",
        source="report",
    )
    held = fact("held", "They met.", date="2013-11", supersedes=("due",))
    template = "sections: [{id: s, heading: S, show: bullets}]"
    brief = draft([due, held], template, base=TIMED, edits=Edits(include=("due",))).brief
    assert section(brief, "s")[0].startswith("- They were to meet (was due in November 2013).")


def test_the_brief_of_an_earlier_day_looks_ahead(draft: Draft) -> None:
    one = made("2013-11", kind="plan", source="report")
    assert read(draft, one, "bullets", date="2013-09-01") == "It was so (due in November 2013)."


def test_a_chronology_stands_in_the_order_of_what_the_dates_mean(draft: Draft) -> None:
    facts = [
        fact("a-open-start", date="../2012"),
        fact("b-once-in-years", date="2009/2023-07~"),
        fact("c-event", date="2011-05"),
        fact("d-held", date="2001/..", kind="background", source="late"),
        fact("e-said", date="2013-08", kind="position", attribution="Doe", source="report"),
        fact("f-later", date="2023-09"),
    ]
    template = "sections: [{id: s, heading: S, show: chronology, sort: oldest}]"
    brief = draft(facts, template, base=TIMED).brief
    assert [line.partition(" | ")[2].split(".")[0].split(" (")[0] for line in section(brief, "s")] == [
        "Statement c-event", "Statement a-open-start", "Statement e-said, according to Doe",
        "Statement d-held", "Statement b-once-in-years", "Statement f-later",
    ]  # fmt: skip


def test_what_the_scope_of_a_chronology_says_is_where_it_stands(draft: Draft) -> None:
    facts = [
        made("2014-03", statement="A month."),
        made("2014", statement="A year."),
        made("2014", date_is="within", statement="Once in the year."),
        made("2014-02/2014-09", statement="For months."),
        made("2014-01/2014-10", date_is="within", statement="Once in months."),
        made("2013/2014", date_is="occurrence", statement="For years."),
        made("2012/2014-05", statement="Once in years."),
    ]
    facts = [replace(one, id=str(number)) for number, one in enumerate(facts)]
    brief = draft(facts, template="chronology", base=TIMED).brief
    assert [line.partition(" | ")[2].partition("[")[0] for line in section(brief, "happened")] == [
        "For years.",
        "A year.",
        "Once in the year.",
        "For months.",
        "A month.",
        "Once in years (exact date not known).",
        "Once in months (exact date not known).",
    ]
    (scope,) = section(brief, "scope-note")
    assert scope.endswith(
        "What is known to a month or a year, and what went on from one date to another, stands at "
        "its first day; what happened once, at an unknown moment between two dates, stands at the "
        "later one."
    )


@pytest.mark.parametrize(
    ("date", "day", "ahead"),
    [
        ("2013-11", "2013-10-02", True),
        ("2013-11", "2013-11-30", True),
        ("2013-11", "2013-12-01", False),
        ("2030/..", "2013-12-01", True),
        ("2013/..", "2013-12-01", False),
        ("../2030", "2013-12-01", True),
    ],
)
def test_what_is_due_after_the_day_of_the_brief_has_not_fallen_due(
    draft: Draft, date: str, day: str, ahead: bool
) -> None:
    due = made(date, date_is="expected", source="report")
    kept = {part.id for part in draft([due], template="chronology", date=day).brief.sections}
    assert ("ahead" in kept, "due" in kept) == (ahead, not ahead)
    grouped = "sections: [{id: s, heading: S, show: chronology, group: date_is}]"
    heading, line = section(draft([due], grouped, base=TIMED, date=day).brief, "s")
    assert heading == (
        "What is yet to fall due" if ahead else "What fell due (outcome not recorded)"
    )
    # The heading has told it.
    assert line.partition(" | ")[2] == "It was so.[report:3]"


def test_years_go_by_the_same_days(draft: Draft) -> None:
    facts = [fact("span", date="2014/2023-07~"), fact("open", date="../2011"), fact("u", date="")]
    template = "sections: [{id: s, heading: '{{ year }}', show: bullets, for_each: year}]"
    brief = draft(facts, template, base=TIMED).brief
    assert headings(brief) == ["# 2011", "# 2023", "# Undated"]


def test_an_agreement_that_only_a_report_dates_stands_last_and_is_told_so(draft: Draft) -> None:
    facts = [
        fact("signed", "A treaty was signed.", kind="agreement", date="2014", source="late"),
        fact("had", "They had a pact.", kind="agreement", date="2023-07~", date_is="state",
             source="late"),
        fact("trains", "They trained.", kind="background", date="2017/2023-07~", source="late"),
    ]  # fmt: skip
    for show in ("chronology", "table"):
        columns = ", columns: [date, statement]" if show == "table" else ""
        template = f"sections: [{{id: s, heading: S, show: {show}, sort: newest{columns}}}]"
        told = section(draft(facts, template, base=TIMED).brief, "s")
        rows = [line.partition("[")[0] for line in told if " | " in line and "Date" not in line]
        assert rows == [
            "about July 2023 | They trained (from 2017, as reported).",
            "2014 | A treaty was signed.",
            "date not given (reported about July 2023) | They had a pact.",
        ]


def test_a_figure_of_one_moment_does_not_read_as_years_of_it(draft: Draft) -> None:
    one = fact("a", date="2014/2023-07~", date_is="within", source="late",
               figures=(figure(4, "2014/2023-07~"),))  # fmt: skip
    template = "sections: [{id: s, heading: S, show: figures, columns: [value, period]}]"
    (_, row) = section(draft([one], template, base=TIMED).brief, "s")
    assert "date not given (2014–c. July 2023)" in row
