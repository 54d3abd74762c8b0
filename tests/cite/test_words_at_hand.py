"""The words of a brief's citations lent to a shorter one: as Pandoc would word it, nearly."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from briefgen.brief.model import Brief, Sentence, Text
from briefgen.brief.traversal import plain_text
from briefgen.cite import Citeproc, cite_brief, load_style
from briefgen.cite.words_at_hand import WordsAtHand
from briefgen.facts.model import Source
from cite.making import brief_of, cite, paragraphs_of, references_of

CITED = ["kamran", "awan-a", ("kamran", "3", "page"), "kamran", "cruz", "awan-b", "awan-a", "cruz"]


def brief(places: range) -> Brief:
    """A sentence for each place in the list, with its citation."""
    return brief_of(
        *(
            (Sentence(f"f{place}", (Text(f"Thing {place} was said."), cite(CITED[place]))),)
            for place in places
        )
    )


class NobodyToAsk(Citeproc):
    """Fails whoever asks Pandoc."""

    def ask(self, question: str) -> Mapping[str, object]:
        raise AssertionError("Pandoc is asked")


@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "oscola", "ieee", "apa"])
def test_a_shorter_brief_is_worded_without_pandoc(
    style: str, sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    loaded = load_style(style)
    whole = brief(range(len(CITED)))
    words = WordsAtHand(cite_brief(whole, sources, loaded, citeproc=citeproc))
    if loaded.is_note_style:  # learns which sources are worded as ibid
        cite_brief(whole, sources, loaded, citeproc=citeproc, at_hand=words)

    for places in (range(len(CITED)), range(4), range(2, 6)):
        shorter = brief(places)
        near = cite_brief(shorter, sources, loaded, citeproc=NobodyToAsk(), at_hand=words)
        exact = cite_brief(shorter, sources, loaded, citeproc=citeproc)

        lengths = [len(plain_text(note.content)) for note in near.notes]
        assert lengths == pytest.approx([len(plain_text(n.content)) for n in exact.notes], abs=9)
        assert list(map(len, paragraphs_of(near))) == pytest.approx(
            list(map(len, paragraphs_of(exact))), abs=3
        )
        assert {r.source for r in references_of(near)} == {r.source for r in references_of(exact)}


def test_what_is_not_at_hand_is_asked_for(
    sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    style = load_style("apa")
    words = WordsAtHand(cite_brief(brief(range(2)), sources, style, citeproc=citeproc))

    more = cite_brief(brief(range(5)), sources, style, citeproc=citeproc, at_hand=words)

    assert more == cite_brief(brief(range(5)), sources, style, citeproc=citeproc)
