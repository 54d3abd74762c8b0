"""A style pruned to what is cited words it as the whole style does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from briefgen.brief.model import CiteItem
from briefgen.brief.traversal import plain_text
from briefgen.cite import Citeproc, load_style
from briefgen.cite.inlines import FromPandoc
from briefgen.cite.pruning import MADE_VARIABLES, pruned_style
from briefgen.cite.request import (
    NAME_VARIABLES,
    citation,
    item_affixes,
    one_line_document,
    style_address,
    style_for_pandoc,
)
from briefgen.cite.styles import styles_folder
from cite.conftest import RECORDS

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'


def pruned(inside: str, types: str = "book", variables: str = "title") -> str:
    """What is left of the layout of a citation, for references of these types and variables."""
    style = f"{HEAD}<citation><layout>{inside}</layout></citation></style>"
    left = pruned_style(style.encode(), types.split(), variables.split(), "en-US").decode()
    return left.removeprefix(f"{HEAD}<citation><layout>").removesuffix(
        "</layout></citation></style>"
    )


@pytest.mark.parametrize(
    ("style", "left"),
    [
        # No reference is a report: its branch goes, the next one comes first.
        (
            ('<choose><if type="report"><text value="a"/></if>'
            '<else-if type="book" match="any"><text value="b"/></else-if>'
            '<else><text value="c"/></else></choose>'),
            ('<choose><if type="book" match="any"><text value="b"/></if>'
            '<else><text value="c"/></else></choose>'),
        ),
        # Only the last is left: it stays where it stood, under a condition that always holds.
        (
            '<choose><if type="report"/><else><text value="c"/></else></choose>',
            '<choose><if match="none" variable="zqnone"><text value="c"/></if></choose>',
        ),
        ('<group><choose><if type="report"><text value="a"/></if></choose></group>', "<group></group>"),
        # What always holds ends the choice.
        (
            ('<choose><if type="book"><text value="a"/></if>'
            '<else-if variable="URL DOI" match="none"><text value="b"/></else-if>'
            '<else><text value="c"/></else></choose>'),
            '<choose><if type="book"><text value="a"/></if><else><text value="b"/></else></choose>',
        ),
        # All of several, any of several.
        ('<choose><if type="book" variable="DOI"><text value="a"/></if></choose>', ""),
        (
            '<choose><if type="report" variable="title" match="any"><text value="a"/></if></choose>',
            '<choose><if type="report" variable="title" match="any"><text value="a"/></if></choose>',
        ),
        # What depends on the place, or is made by the processor, is not known before.
        (
            ('<choose><if position="ibid"><text value="a"/></if>'
            '<else-if variable="locator"/><else-if is-numeric="page-first"/></choose>'),
            ('<choose><if position="ibid"><text value="a"/></if>'
            '<else-if variable="locator"/><else-if is-numeric="page-first"/></choose>'),
        ),
        # A branch within one that goes.
        (
            ('<choose><if type="report"><choose><if type="book"><text value="a"/></if></choose></if>'
            '<else-if type="book"><text value="b &gt; c"/></else-if></choose>'),
            '<choose><if type="book"><text value="b &gt; c"/></if></choose>',
        ),
        # An element without a condition stays, whatever it would print.
        ('<text variable="DOI"/>', '<text variable="DOI"/>'),
    ],
)  # fmt: skip
def test_branches_that_no_reference_takes_go(style: str, left: str) -> None:
    assert pruned(style) == left


def test_macros_that_nothing_calls_go_and_so_do_other_languages() -> None:
    style = (
        f'{HEAD}<info><title>T</title></info><locale xml:lang="fr"/><locale xml:lang="en-GB"/>'
        '<locale/><macro name="a"><text macro="b"/></macro><macro name="b"/>'
        '<macro name="c"><text macro="d"/></macro><macro name="d"><text value="&lt;"/></macro>'
        '<citation><layout><text macro="a"/>'
        '<choose><if type="report"><text macro="c"/></if></choose>'
        "</layout></citation></style>"
    )
    assert pruned_style(style.encode(), ["book"], [], "en-US").decode() == (
        f'{HEAD}<info><title>T</title></info><locale xml:lang="en-GB"/>'
        '<locale/><macro name="a"><text macro="b"/></macro><macro name="b"/>'
        '<citation><layout><text macro="a"/></layout></citation></style>'
    )


def test_what_is_not_written_as_styles_are_is_left_alone() -> None:
    for odd in (b"", b"<a/>", b"<style><citation></style>", b"<c:style xmlns:c='x'/>"):
        assert pruned_style(odd, [], [], "en") == odd
    foreign = f'{HEAD}<citation><x:layout xmlns:x="y"/></citation></style>'.encode()
    assert pruned_style(foreign, [], [], "en") == foreign


VARIABLES = (
    "abstract annote archive archive_collection archive_location archive-place authority"
    " call-number citation-key citation-label collection-title container-title"
    " container-title-short dimensions division DOI event event-title event-place genre ISBN ISSN"
    " jurisdiction keyword language license medium note original-publisher"
    " original-publisher-place original-title part-title PMCID PMID publisher publisher-place"
    " references reviewed-genre reviewed-title scale source status title title-short URL"
    " volume-title year-suffix chapter-number citation-number collection-number edition"
    " first-reference-note-number issue locator number number-of-pages number-of-volumes page"
    " page-first part-number printing-number section supplement-number version volume"
    " shortTitle journalAbbreviation short-title accessed available-date event-date issued"
    " original-date submitted"
)
DATES = {"accessed", "available-date", "event-date", "issued", "original-date", "submitted"}


def test_pandoc_makes_no_variable_of_another_but_those_that_we_know_of(
    citeproc: Citeproc,
) -> None:
    """The reason why a branch may go that asks for a variable which no reference has."""
    every = [*VARIABLES.split(), *sorted(NAME_VARIABLES)]
    asking = "".join(
        f'<choose><if {condition}="{variable}"><text value="«{variable}»"/></if></choose>'
        for variable in every
        for condition in ("variable", "is-numeric", "is-uncertain-date")
    )
    style = style_address(
        f'{HEAD}<info><title>s</title></info><citation><layout><text value="x"/>{asking}'
        "</layout></citation></style>".encode()
    )
    records: list[dict[str, Any]] = []
    for number, variable in enumerate(every):
        value: Any = "12-15"
        if variable in DATES:
            value = {"date-parts": [[2012, 3, 4]], "circa": True}
        elif variable in NAME_VARIABLES:
            value = [{"family": "A", "given": "B"}]
        records.append({"id": f"r{number}", "type": "book", variable: value})
    # Nor is a note read as a list of variables, as some programs do.
    records.append({"id": "note", "note": "genre: a\\nDOI: 10.1/x\\n{:status: b}"})
    document = one_line_document(
        records, [citation([(each["id"], [], [])]) for each in records], style, "en-US"
    )
    blocks = citeproc.ask(document)["blocks"]
    for record, block in zip(records, blocks, strict=False):
        seen = set(re.findall("«(.*?)»", plain_text(FromPandoc({}).inlines(block["c"]))))
        assert {each.lower() for each in seen} - MADE_VARIABLES <= {key.lower() for key in record}


# --- whole styles ---------------------------------------------------------------------------------

STYLES = ["ieee", "apa", "chicago-notes-bibliography", "chicago-author-date", "oscola", "vancouver"]
ALL_STYLES = sorted(path.stem for path in styles_folder().glob("*.csl"))
SAMPLED = ALL_STYLES[::15]

CITED = [
    [CiteItem("kamran", "8", "paragraph")],
    [CiteItem("awan-a")],
    [CiteItem("awan-b"), CiteItem("ministry", "3-5", "page")],
    [CiteItem("awan-b")],
    [CiteItem("awan-b", "4", "page")],
    [CiteItem("kamran", "11", "paragraph", "see")],
    [CiteItem("kamran"), CiteItem("awan-a"), CiteItem("awan-b")],
]  # fmt: skip
WHOLE = {record["id"]: record for record in RECORDS}
BARE = {
    id_: {key: value for key, value in record.items() if key in ("id", "type", "title")}
    for id_, record in WHOLE.items()
}


def worded(
    citeproc: Citeproc, style: bytes, records: Mapping[str, Mapping[str, Any]], notes: bool
) -> Any:
    """What Pandoc answers for `CITED`."""
    cited = [
        citation(
            [(item.source, *item_affixes(item, {}, lambda text: text)) for item in cluster],
            note=number if notes else 0,
        )
        for number, cluster in enumerate(CITED, start=1)
    ]
    used = dict.fromkeys(item.source for cluster in CITED for item in cluster)
    document = one_line_document(
        [records[id_] for id_ in used], cited, style_address(style), "en-US", link=not notes
    )
    return citeproc.ask(document)["blocks"]


@pytest.mark.parametrize("records", [WHOLE, BARE], ids=["whole", "bare"])
@pytest.mark.parametrize(
    "style_id",
    [*STYLES, *(pytest.param(s, marks=pytest.mark.slow) for s in SAMPLED if s not in STYLES)],
)
def test_the_wording_is_that_of_the_whole_style(
    style_id: str, records: dict[str, dict[str, Any]], citeproc: Citeproc
) -> None:
    style = load_style(style_id)
    whole = style_for_pandoc(style.data, {})
    used = [records[i] for i in dict.fromkeys(item.source for each in CITED for item in each)]
    types = {str(record["type"]) for record in used}
    variables = {key for record in used for key in record}
    left = pruned_style(whole, types, variables, "en-US")
    assert len(left) <= len(whole) + 200
    assert worded(citeproc, left, records, style.is_note_style) == worded(
        citeproc, whole, records, style.is_note_style
    )
