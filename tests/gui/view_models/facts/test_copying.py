"""Facts on the clipboard: as the brief says them, cited in its style, text as data."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from briefgen.brief.spec.model import BriefSpec, Edits
from briefgen.dates import parse_edtf
from briefgen.errors import UsageError
from briefgen.facts.model import Base, Citation, Fact, Source, Topic
from briefgen.gui.view_models.facts.copying import copy_facts
from briefgen.pipeline.resources import Resources
from briefgen.standards.markings import MarkingScheme

SOURCES = {
    "s1": Source("s1", {
        "type": "article-newspaper", "title": "Oil talks open", "container-title": "Daily Post",
        "issued": {"date-parts": [[2011, 5, 18]]},
    }),
    "s2": Source("s2", {
        "type": "book", "title": "Trade <b>&", "author": [{"family": "Khan", "given": "A."}],
        "issued": {"date-parts": [[2013]]},
    }, marking="OFFICIAL"),
}  # fmt: skip
BASE = Base(
    "base",
    "Test",
    "en",
    {"t": Topic("t", "T")},
    {},
    MarkingScheme(("OFFICIAL", "SECRET")),
    {},
    SOURCES,
)
OIL = Fact(
    "oil", ("t",), "event", "Talks on oil & gas <opened>.",
    (Citation("s1", (("page", "3"),)),), date=parse_edtf("2011-05-17"),
)  # fmt: skip
TRADE = Fact(
    "trade", ("t",), "event", "Trade grew in 2013.", (Citation("s2"),), date=parse_edtf("2013")
)


@pytest.fixture(scope="module")
def resources() -> object:
    with Resources() as shop:
        shop.citeproc.start()  # now, not in a test: it outlives that
        yield shop


@pytest.fixture(autouse=True)
def own_cache(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path))


def test_one_fact_in_a_note_style_has_its_note_below(resources: Resources) -> None:
    copied = copy_facts([OIL], BriefSpec(), BASE, {}, resources)

    assert copied.plain == (
        "Talks on oil & gas <opened> (17\u00a0May\u00a02011).[1]\n"
        "\n"
        "[1] ‘Oil Talks Open’, Daily Post, 18 May 2011, 3.\n"
    )
    assert (
        "<p>Talks on oil &amp; gas &lt;opened&gt; (17\u00a0May\u00a02011).<sup>1</sup></p>"
        in copied.html
    )
    assert (
        "<p><sup>1</sup> ‘Oil Talks Open’, <em>Daily Post</em>, 18 May 2011, 3.</p>" in copied.html
    )


def test_several_facts_are_a_list_with_references_below(resources: Resources) -> None:
    copied = copy_facts([OIL, TRADE], BriefSpec(style="apa"), BASE, {"oil": ("x",)}, resources)

    plain = copied.plain.replace("\u00a0", " ")
    assert plain.startswith("OFFICIAL\n\n• Talks on oil & gas <opened> (17 May 2011; ‘Oil")
    assert "▲ disputed\n• Trade grew in 2013 (Khan, 2013).\n\n" in plain
    assert "Khan, A. (2013). Trade <b>&." in plain
    assert "<strong>OFFICIAL</strong>" in copied.html
    assert copied.html.count("<li>") == 2
    # The title's angle brackets are text, and nothing points into a document that is not there.
    assert "<b>" not in copied.html
    assert re.findall(r'(?:id|href)="#?(?:ref|cite)', copied.html) == []


def test_it_says_the_briefs_own_words(resources: Resources) -> None:
    spec = BriefSpec(edits=Edits(reword={"oil": "Oil was talked about."}))

    assert copy_facts([OIL], spec, BASE, {}, resources).plain.startswith("Oil was talked about (17")


def test_a_marking_that_is_too_low_is_refused(resources: Resources) -> None:
    secret = replace(OIL, marking="SECRET")

    with pytest.raises(UsageError, match="lower than 'SECRET'"):
        copy_facts([secret], BriefSpec(marking="OFFICIAL"), BASE, {}, resources)


def test_handling_stands_behind_a_marking_and_is_left_out_without_one(resources: Resources) -> None:
    spec = BriefSpec(handling=("COMMERCIAL",))

    assert copy_facts([TRADE], spec, BASE, {}, resources).plain.startswith(
        "OFFICIAL - COMMERCIAL\n"
    )
    assert "COMMERCIAL" not in copy_facts([OIL], spec, BASE, {}, resources).plain
