"""CSL-YAML: the vocabulary of CSL 1.0.2 data, read strictly and normalised to CSL-JSON.

What Zotero's Better BibTeX and Pandoc write and read: EDTF dates, names as objects or plain
text, numbers as text. See https://docs.citationstyles.org/en/1.0.2/specification.html.
"""

from __future__ import annotations

from typing import Any

from briefgen.dates import parse_edtf
from briefgen.dates.edtf import Point, Span, parse_parts
from briefgen.dates.words import date_in_plain_words
from briefgen.patterns import lazy_pattern
from briefgen.reading.shapes import (
    EitherShape,
    Key,
    ListShape,
    RecordShape,
    RecordValues,
    Report,
    TextShape,
)

CSL_TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
    "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip
"""Item types (CSL 1.0.2, appendix III)."""

CSL_NAMES = (
    "author", "chair", "collection-editor", "compiler", "composer", "container-author",
    "contributor", "curator", "director", "editor", "editorial-director", "executive-producer",
    "guest", "host", "illustrator", "interviewer", "narrator", "organizer", "original-author",
    "performer", "producer", "recipient", "reviewed-author", "script-writer", "series-creator",
    "translator",
)  # fmt: skip
"""Name variables (CSL 1.0.2, appendix IV)."""

CSL_DATES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
"""Date variables (CSL 1.0.2, appendix IV)."""

CSL_TEXTS = (
    "archive", "archive-place", "archive_collection", "archive_location", "authority",
    "call-number", "chapter-number", "citation-key", "citation-label", "citation-number",
    "collection-number", "collection-title", "container-title", "container-title-short",
    "dimensions", "division", "DOI", "edition", "event", "event-place", "event-title",
    "first-reference-note-number", "genre", "ISBN", "ISSN", "issue", "journalAbbreviation",
    "jurisdiction", "keyword", "language", "locator", "medium", "number", "number-of-pages",
    "number-of-volumes", "original-publisher", "original-publisher-place", "original-title",
    "page", "page-first", "part", "part-title", "PMCID", "PMID", "printing", "publisher",
    "publisher-place", "references", "reviewed-genre", "reviewed-title", "scale", "section",
    "shortTitle", "source", "status", "supplement", "title", "title-short", "URL", "version",
    "volume", "volume-title", "volume-title-short", "year-suffix",
)  # fmt: skip
"""Standard and number variables (appendix IV), and what else CSL's data schema knows."""

CSL_LONG_TEXTS = ("abstract", "annote", "note")
"""Texts that may have several paragraphs."""


def tidy_line(text: str) -> str:
    """`text` without blanks at its ends, and with one blank where several stand.

    Nobody means them, and a style would print `Pipelines .`; spaces that do not break stay within.
    """
    text = text.strip()
    return _BLANKS.sub(" ", text) if "  " in text or "\t" in text else text


_BLANKS = lazy_pattern("[ \t]{2,}|\t")


def csl_date(text: str) -> dict[str, Any]:
    """An EDTF level 1 date as a CSL-JSON date. Raises `DateError`.

    `~`, `?` and `%` become `circa`; a season the months 21 to 24; a decade or century its first
    and last year, circa; years before AD 1 are negative without a year 0; an open end is a second
    date-part [0], as Pandoc reads and writes it; a date without a start, which CSL cannot hold,
    is worded.
    """
    parts = parse_parts(text)
    if isinstance(parts, Point):
        first = parts
        ends = [_date_parts(parts)]
        if parts.unknown_year_digits:
            last_year = parts.year + 10**parts.unknown_year_digits - 1
            ends.append([_csl_year(last_year)])
        circa = bool(parts.qualifier or parts.unknown_year_digits)
    else:
        if not isinstance(parts.start, Point):
            return {"literal": date_in_plain_words(parse_edtf(text))}
        first = parts.start
        ends = [_date_parts(first), _end_parts(parts)]
        circa = bool(first.qualifier or (isinstance(parts.end, Point) and parts.end.qualifier))
    return {"date-parts": ends} | ({"circa": True} if circa else {})


def _end_parts(span: Span) -> list[int]:
    return _date_parts(span.end) if isinstance(span.end, Point) else [0]


def _date_parts(point: Point) -> list[int]:
    parts = [_csl_year(point.year), point.season or point.month, point.day]
    return [part for part in parts if part is not None]


def _csl_year(year: int) -> int:
    return year if year > 0 else year - 1


_LINE = TextShape(single_line=True, convert=tidy_line)
_FLAG = TextShape(single_line=True, expected="true or false", convert=lambda text: _flag(text))


def _flag(text: str) -> bool:
    return text.lower() not in ("false", "0", "no")


def _date_object(record: RecordValues, report: Report) -> Any:
    if "raw" in record and "date-parts" not in record:
        try:
            return csl_date(record["raw"])
        except ValueError:
            return {"literal": record["raw"]}
    if "date-parts" not in record:
        if "literal" in record:
            return {"literal": record["literal"]}
        return report.error(
            record.node,
            "the date has no date-parts",
            "add date-parts: [[2013, 8, 28]], or write the date as 2013-08-28",
        )
    ends = [list(end) for end in record["date-parts"]]
    if len(ends) > 2 or not all(1 <= len(end) <= 3 for end in ends):
        return report.error(
            record.node, "date-parts are one or two dates of one to three numbers", "shorten them"
        )
    season = record.get("season", "")
    if season in ("1", "2", "3", "4") and len(ends) == 1 and len(ends[0]) == 1:
        ends[0].append(20 + int(season))
    for end in ends:
        if not _is_real(end):
            return report.error(
                record.node,
                f"date-parts {end} are not a date",
                "write year, month (1 to 12, or a season 21 to 24) and day",
            )
    date: dict[str, Any] = {"date-parts": ends}
    if record.get("circa"):
        date["circa"] = True
    if "literal" in record:
        date["literal"] = record["literal"]
    return date


def _is_real(parts: list[int]) -> bool:
    if len(parts) == 1:
        return True
    year, month = parts[0], parts[1]
    year = year + 1 if year < 0 else year
    text = f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}"
    try:
        parse_parts(f"{text}-{parts[2]:02d}" if len(parts) == 3 else text)
    except ValueError:
        return False
    return True


DATE_OBJECT = RecordShape(
    {
        "date-parts": Key(
            ListShape(
                ListShape(
                    TextShape(
                        single_line=True,
                        pattern="-?[0-9]{1,6}",
                        expected="a number",
                        convert=int,
                        hint="write year, month, day as numbers",
                    ),
                    may_be_empty=False,
                ),
                may_be_empty=False,
            ),
            about="Year, month, day; two of them make an interval: [[2013, 8, 28]]",
        ),
        "season": Key(TextShape(single_line=True), about="1 spring to 4 winter"),
        "circa": Key(_FLAG, about="true for an approximate date"),
        "literal": Key(_LINE, about="A date in words, printed as it is"),
        "raw": Key(TextShape(single_line=True), about="A date as text, read as EDTF if it is one"),
    },
    what="date",
    convert=_date_object,
)
DATE = EitherShape(
    TextShape(single_line=True, expected="an EDTF date", convert=csl_date), DATE_OBJECT
)


def _name(record: RecordValues, report: Report) -> Any:
    if not {"family", "given", "literal"} & record.values.keys():
        return report.error(
            record.node, "the name is empty", "add family and given, or literal for a body's name"
        )
    return dict(record.values)


NAME_OBJECT = RecordShape(
    {
        "family": Key(_LINE, about="Family name"),
        "given": Key(_LINE, about="Given names"),
        "dropping-particle": Key(_LINE, about="de in 'de Gaulle', sorted G"),
        "non-dropping-particle": Key(_LINE, about="van in 'van Gogh'"),
        "suffix": Key(_LINE, about="Jr., III"),
        "comma-suffix": Key(_FLAG, about="A comma stands before the suffix"),
        "static-ordering": Key(_FLAG, about="Family name first always"),
        "literal": Key(_LINE, about="A name printed as it is: a body's"),
        "parse-names": Key(_FLAG, about="Particles are to be split off the names"),
    },
    what="name",
    convert=_name,
)
NAMES = ListShape(
    EitherShape(
        TextShape(
            single_line=True,
            expected="a name",
            convert=lambda text: {"literal": tidy_line(text)},
        ),
        NAME_OBJECT,
    ),
    may_be_empty=False,
    single_allowed=True,
)


def csl_keys() -> dict[str, Key]:
    """The keys of a CSL item but `id`, `type` and `custom`."""
    line, long = _LINE, TextShape()
    keys = {"title": Key(line, about="Title"), "URL": Key(line, about="Web address")}
    keys |= {name: Key(NAMES) for name in CSL_NAMES}
    keys |= {
        name: Key(DATE, about="EDTF, as 2013-08-28, or an object with date-parts")
        for name in CSL_DATES
    }
    keys |= {name: Key(line) for name in CSL_TEXTS if name not in keys}
    keys |= {name: Key(long) for name in CSL_LONG_TEXTS}
    keys["categories"] = Key(ListShape(line))
    return keys
