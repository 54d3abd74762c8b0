"""References that were worded before, and are used again, are as they would be worded anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import pytest

from briefgen.brief.model import CiteItem, Text
from briefgen.cite import Citeproc, Wording, load_style, question, word_citations
from briefgen.cite import kept_references as module
from briefgen.cite.kept_references import (
    KeptReference,
    keep,
    kept_references,
    words_references_alone,
)
from briefgen.cite.model import WordedReference
from briefgen.cite.pandoc_style import without_bibliography
from briefgen.cite.style_files import styles_folder
from briefgen.cite.styles import CslStyle
from briefgen.facts.model import Source

T = TypeVar("T")

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
CITATION = '<citation><layout><text variable="citation-number"/></layout></citation>'
NUMBER = '<text variable="citation-number" suffix="."/>'
LIST = f'<bibliography><layout>{NUMBER}<text variable="title"/></layout></bibliography>'


@pytest.mark.parametrize(
    "style",
    [
        CITATION + LIST,
        # Numbers, places and kinds of documents; ranges of numbers.
        '<citation collapse="citation-number"><sort><key variable="citation-number"/></sort>'
        '<layout><choose><if type="book" locator="page"><text variable="citation-number"/></if>'
        '</choose><text macro="m"/></layout></citation>'
        '<macro name="m"><label variable="locator"/><number variable="locator"/></macro>' + LIST,
        # A macro that nothing calls may do what it likes.
        '<macro name="m"><text variable="year-suffix"/></macro>' + CITATION + LIST,
    ],
)
def test_styles_that_word_each_reference_by_itself(style: str) -> None:
    assert words_references_alone(f"{HEAD}{style}</style>".encode())


@pytest.mark.parametrize(
    "style",
    [
        CITATION,
        CITATION + LIST.replace("<layout>", '<sort><key variable="title"/></sort><layout>'),
        CITATION + LIST.replace(">", ' subsequent-author-substitute="-">', 1),
        CITATION + LIST.replace('"title"', '"citation-number"'),
        CITATION + LIST.replace('"title"', '"year-suffix"'),
        CITATION + LIST.replace('"title"', '"citation-label"'),
        CITATION + LIST.replace(NUMBER, ""),
        CITATION + LIST.replace(NUMBER, "").replace("</layout>", f"{NUMBER}</layout>"),
        CITATION + LIST.replace("suffix", "text-case"),
        CITATION.replace('"citation-number"', '"title"') + LIST,
        CITATION.replace("<citation>", '<citation collapse="year">') + LIST,
        CITATION.replace("<citation>", '<citation disambiguate-add-names="true">') + LIST,
        CITATION.replace("<layout>", '<sort><key variable="issued"/></sort><layout>') + LIST,
        CITATION.replace("<text", '<names variable="author"/><text') + LIST,
        CITATION.replace("<text", '<choose><if position="first"/></choose><text') + LIST,
        CITATION.replace("<text", '<choose><if variable="title"/></choose><text') + LIST,
        CITATION.replace("<text", '<text macro="m"/><text')
        + '<macro name="m"><date variable="issued"/></macro>' + LIST,
        CITATION + LIST.replace('"title"/>', '"title"/><choose><if disambiguate="true"/></choose>'),
    ],
)  # fmt: skip
def test_styles_that_do_not(style: str) -> None:
    assert not words_references_alone(f"{HEAD}{style}</style>".encode())
    assert not words_references_alone(b"<style")
    note = f"{HEAD}{CITATION}{LIST}</style>".replace("in-text", "note")
    assert not words_references_alone(note.encode())


def test_most_numeric_styles_do_and_others_do_not() -> None:
    for style in ("ieee", "nature", "american-medical-association"):
        assert words_references_alone(load_style(style).data), style
    for style in ("apa", "chicago-notes-bibliography", "chicago-author-date", "oscola"):
        assert not words_references_alone(load_style(style).data), style


@pytest.mark.parametrize(
    ("label", "number", "around"),
    [
        ("[12]", 12, ("[", "]")),
        ("12.", 12, ("", ".")),
        ("12", 1, None),
        ("A1-12", 12, None),
        ("", 1, None),
    ],
)
def test_a_label_is_one_number_between_two_affixes(
    label: str, number: int, around: tuple[str, str] | None
) -> None:
    content = (Text("Oil"),)
    others = [("", WordedReference("other", "", content))] * (number - 1)
    kept: dict[str, KeptReference] = {}
    keep(kept, [*others, ("record", WordedReference("oil", label, content))])
    assert kept == ({"record": KeptReference(*around, content)} if around else {})


def test_a_list_that_says_nothing_takes_the_place_of_the_list() -> None:
    before, _, after = f"{HEAD}{CITATION}{LIST}</style>".partition(LIST)
    shortened = without_bibliography(f"{before}{LIST}{after}".encode()).decode()
    assert shortened.startswith(before)
    assert shortened.endswith(after)
    assert "title" not in shortened


# --- worded again -----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What other tests worded is not known."""
    kept_references.cache_clear()


Clusters = Sequence[Sequence[CiteItem]]

BRIEFS: list[Clusters] = [
    [[CiteItem("kamran", "8", "paragraph")], [CiteItem("awan-a"), CiteItem("cruz")]],
    # All of them known; other numbers, ranges, affixes.
    [[CiteItem("cruz")], [CiteItem("awan-a", "3-5", "page", "see", "and so on")],
     [CiteItem("kamran"), CiteItem("cruz"), CiteItem("awan-a")]],
    # Known ones and new ones in turn.
    [[CiteItem("undated")], [CiteItem("kamran", "2", "chapter")], [CiteItem("anonymous")],
     [CiteItem("cruz"), CiteItem("ministry"), CiteItem("undated")]],
    # All again, in another order.
    [[CiteItem("anonymous"), CiteItem("ministry")], [CiteItem("awan-a")],
     [CiteItem("undated"), CiteItem("kamran"), CiteItem("cruz", "101", "page")]],
]  # fmt: skip

SAMPLED = [
    style
    for style in sorted(path.stem for path in styles_folder().glob("*.csl"))[::9]
    if words_references_alone((styles_folder() / f"{style}.csl").read_bytes())
]


class Counting(Citeproc):
    """A process that tells how many sources it was given whole."""

    def __init__(self, process: Citeproc) -> None:
        super().__init__()
        self._inner = process
        self.answers = 1  # it is a process that is kept
        self.whole: list[int] = []

    def ask(self, document: bytes, read: Callable[[Any], T]) -> list[T]:
        self.whole.append(document.count(b'"title":{"t":"MetaInlines"'))
        return self._inner.ask(document, read)


def in_turn(
    briefs: Sequence[Clusters], style: CslStyle, sources: Mapping[str, Source], process: Citeproc
) -> Iterator[Wording]:
    for clusters in briefs:
        yield word_citations([tuple(each) for each in clusters], sources, style, citeproc=process)


@pytest.mark.parametrize(
    "style_id",
    [
        "ieee", "nature", "american-medical-association",
        *(pytest.param(style, marks=pytest.mark.slow) for style in SAMPLED),
    ],
)  # fmt: skip
def test_the_wording_is_the_same_after_others_as_alone(
    style_id: str,
    sources: Mapping[str, Source],
    citeproc: Citeproc,
) -> None:
    style = load_style(style_id)
    alone = []
    for brief in BRIEFS:
        kept_references.cache_clear()
        alone += in_turn([brief], style, sources, citeproc)
    kept_references.cache_clear()
    counting = Counting(citeproc)
    assert list(in_turn(BRIEFS, style, sources, counting)) == alone
    # A few set numbers in a way that is not known: nothing of them is kept.
    assert counting.whole == [3, 0, 3, 0] or (
        style_id in SAMPLED and counting.whole == [3, 3, 5, 6]
    )


@pytest.mark.parametrize("answers", [0, 1], ids=["first question", "later question"])
@pytest.mark.parametrize(
    "style_id",
    [
        "ieee", "nature", "american-medical-association",
        *(pytest.param(style, marks=pytest.mark.slow) for style in SAMPLED),
    ],
)  # fmt: skip
def test_many_references_are_worded_some_at_a_time_as_they_are_all_at_once(
    style_id: str,
    answers: int,
    sources: Mapping[str, Source],
    citeproc: Citeproc,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    style = load_style(style_id)
    whole = list(in_turn(BRIEFS, style, sources, citeproc))
    kept_references.cache_clear()
    monkeypatch.setattr(question, "MOST_AT_ONCE", 2)
    counting = Counting(citeproc)
    for number, brief in enumerate(BRIEFS):
        counting.answers = answers
        assert list(in_turn([brief], style, sources, counting)) == whole[number : number + 1]
    if style_id not in SAMPLED:
        asked = [2, 1, 0, 0, 2, 1, 0, 0] if answers else [2, 1, 0, 2, 1, 0, 2, 2, 1, 0, 2, 2, 2, 0]
        assert counting.whole == asked


def test_references_that_depend_on_others_are_worded_all_at_once(
    sources: Mapping[str, Source], citeproc: Citeproc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "MOST_AT_ONCE", 2)
    counting = Counting(citeproc)
    counting.answers = 0
    list(in_turn(BRIEFS[-1:], load_style("apa"), sources, counting))
    assert counting.whole == [6]


def test_what_depends_on_others_is_worded_anew(
    sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    counting = Counting(citeproc)
    list(in_turn(BRIEFS, load_style("apa"), sources, counting))
    assert counting.whole == [3, 3, 5, 6]


def test_a_source_that_changed_is_worded_anew(
    sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    style, counting = load_style("ieee"), Counting(citeproc)
    changed = dict(sources)
    changed["cruz"] = Source("cruz", {**sources["cruz"].csl, "title": "Another title"})
    for _ in range(2):
        list(in_turn([[[CiteItem("kamran"), CiteItem("cruz")]]], style, sources, counting))
    (wording,) = in_turn([[[CiteItem("kamran"), CiteItem("cruz")]]], style, changed, counting)
    assert "Another title" in str(wording.references[1].content)
    assert counting.whole == [2, 0, 1]


def test_a_process_asked_once_keeps_nothing(
    sources: Mapping[str, Source], citeproc: Citeproc
) -> None:
    """It would be work for nothing."""
    counting = Counting(citeproc)
    counting.answers = 0
    list(in_turn(BRIEFS[:2], load_style("ieee"), sources, counting))
    assert counting.whole == [3, 3]


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REFERENCES", 3)
    kept: dict[str, KeptReference] = {}
    for number in range(10):
        record = str(number)
        keep(kept, [(record, WordedReference(record, "1.", (Text(record),)))])
        assert (kept[record].label(7), kept[record].content) == ("7.", (Text(record),))
        assert len(kept) <= 3
