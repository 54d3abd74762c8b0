"""What the list of references tells besides the style's wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from briefgen.brief.model import Heading, References, Text
from briefgen.brief.spec.model import ReferenceListing
from briefgen.brief.traversal import plain_text
from briefgen.brief.words import ENGLISH
from briefgen.cite import Citeproc, cite_brief, load_style
from briefgen.cite.reference_list import GROUPS, source_remarks
from briefgen.facts.csl import CSL_TYPES
from briefgen.facts.model import Source
from cite.making import brief_of, cite, references_of

Sources = Mapping[str, Source]

REMARKS = [
    # (grade, why, saved copy) and what is printed
    (("C", "A party paper", "nation.txt"),
     "Reliability C, fairly reliable: A party paper. Saved copy: nation.txt."),
    (("F", "", ""), "Reliability F, cannot be judged."),
    (("A", "It is the treaty.\nSigned.", ""),
     "Reliability A, completely reliable: It is the treaty. Signed."),
    ((None, "", "nation.txt"), "Saved copy: nation.txt."),
    ((None, "", ""), ""),
]  # fmt: skip


@pytest.mark.parametrize(("source", "printed"), REMARKS)
def test_remarks_are_whole_sentences(source: tuple[str, str, str], printed: str) -> None:
    grade, why, archive = source
    made = Source("s", {}, reliability=grade, reliability_note=why, archive=archive)
    assert plain_text(source_remarks(made, ENGLISH)) == printed


def test_remarks_are_printed_when_asked_for(sources: Sources, citeproc: Citeproc) -> None:
    graded = {**sources, "kamran": replace(sources["kamran"], reliability="B")}
    brief = replace(brief_of((Text("So."), cite("kamran"))), words=ENGLISH)
    style = load_style("ieee")

    plain = cite_brief(brief, graded, style, citeproc=citeproc)
    asked = ReferenceListing(grades=True, backlinks=False)
    told = cite_brief(brief, graded, style, listing=asked, citeproc=citeproc)

    assert references_of(plain)[0].remarks == ()
    assert plain_text(references_of(told)[0].remarks) == "Reliability B, usually reliable."
    assert references_of(told)[0].content == references_of(plain)[0].content
    blocks = [block for block in told.sections[-1].blocks if isinstance(block, References)]
    assert [block.backlinks for block in blocks] == [False]


def test_by_kind_of_document(sources: Sources, citeproc: Citeproc) -> None:
    """Every source is listed once, under the heading of its kind, in the style's order there."""
    brief = brief_of((Text("So."), cite("kamran", "awan-b", "awan-a", "cruz", "ministry")))
    brief = replace(brief, words=ENGLISH)
    style = load_style("chicago-notes-bibliography")

    asked = ReferenceListing(group="kind")
    grouped = cite_brief(brief, sources, style, listing=asked, citeproc=citeproc)
    plain = cite_brief(brief, sources, style, citeproc=citeproc)

    listed = [
        (block.level, plain_text(block.content))
        if isinstance(block, Heading)
        else [entry.source for entry in block.entries]
        for block in grouped.sections[-1].blocks
        if isinstance(block, Heading | References)
    ]
    assert listed == [
        (2, "Press"), ["kamran"],
        (2, "Books and articles"), ["cruz"],
        (2, "Reports and papers"), ["ministry"],
        (2, "Web pages and posts"), ["awan-a", "awan-b"],
    ]  # fmt: skip
    entries = {e.source: e for e in references_of(plain)}
    for block in grouped.sections[-1].blocks:
        if isinstance(block, References):
            assert all(entry == entries[entry.source] for entry in block.entries)


def test_every_group_has_a_name_and_real_types() -> None:
    grouped = [csl_type for types in GROUPS.values() for csl_type in types]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= set(CSL_TYPES)
    assert all(f"sources_{group}" in ENGLISH for group in GROUPS)


def test_live_citations_carry_the_sources(sources: Sources, citeproc: Citeproc) -> None:
    brief = brief_of((Text("So."), cite("kamran")))
    style = load_style("chicago-notes-bibliography")
    live = cite_brief(brief, sources, style, live=True, list_also=["cruz"], citeproc=citeproc).live
    assert live is not None
    assert live.style == "http://www.zotero.org/styles/chicago-notes-bibliography"
    assert (live.in_notes, live.has_bibliography) == (True, True)
    assert live.sources == {name: {**sources[name].csl, "id": name} for name in ("kamran", "cruz")}
    assert cite_brief(brief, sources, style, citeproc=citeproc).live is None
