"""A source in short: who, where, when, and the place."""

from __future__ import annotations

from typing import Any

import pytest

from briefgen.brief.model import CiteItem
from briefgen.facts.model import Source
from briefgen.mail.short_sources import short_sources

KAMRAN = {"family": "Kamran", "given": "Sehar"}
LONG = "On the many ways in which pipelines have been announced and never built"


def told(*items: CiteItem, **csl: Any) -> str:
    sources = {"s": Source("s", csl), "other": Source("other", {"title": "Other", "issued": {
        "date-parts": [[2014]]}})}  # fmt: skip
    return short_sources(items or (CiteItem("s"),), sources, "en").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("csl", "said"),
    [
        ({"author": [KAMRAN], "container-title": "Arab News", "title": "Ties",
          "issued": {"date-parts": [[2023, 5, 3]]}}, "Kamran, Arab News, 3 May 2023"),
        ({"container-title": "Dawn", "issued": {"date-parts": [[2011, 9, 17]], "circa": True}},
         "Dawn, about 17 September 2011"),
        ({"author": [KAMRAN, {"family": "Khan"}], "title": "Ties"}, "Kamran and Khan, Ties"),
        ({"author": [KAMRAN, {"family": "Khan"}, {"literal": "TASS"}], "title": "Ties"},
         "Kamran et al., Ties"),
        ({"author": [{"family": "Gaulle", "non-dropping-particle": "de"}], "title": "M"},
         "de Gaulle, M"),
        ({"author": [{"literal": "State Bank"}], "container-title": "State Bank of X",
          "issued": {"date-parts": [[2013]]}}, "State Bank of X, 2013"),
        ({"title": LONG}, "On the many ways in which pipelines have been announced and…"),
        ({"title": LONG, "title-short": "Pipelines"}, "Pipelines"),
        ({"editor": [KAMRAN], "title": "Ties", "issued": {"date-parts": [[2013], [2014]]}},
         "Kamran, Ties, 2013 to 2014"),
        ({"title": "Ties", "issued": {"literal": "n.d."}}, "Ties, n.d."),
        ({"title": "Ties", "issued": {"date-parts": [[-50]]}}, "Ties, 50 BC"),
        ({"title": "Ties", "issued": {"date-parts": [[2013], [0]]}}, "Ties, since 2013"),
        ({}, "s"),
    ],
)  # fmt: skip
def test_what_is_told_of_a_source(csl: dict[str, Any], said: str) -> None:
    assert told(**csl) == said


def test_places() -> None:
    assert told(CiteItem("s", "8", "paragraph"), title="T") == "T, para. 8"
    assert told(CiteItem("s", "3-5", "page"), title="T") == "T, pp. 3-5"
    assert told(CiteItem("s", "3", ""), title="T") == "T, p. 3"
    assert told(CiteItem("s", "4", "canon"), title="T") == "T, canon 4"
    assert told(CiteItem("s", "3", "page", suffix=", line 2"), title="T") == "T, p. 3, line 2"


def test_several() -> None:
    items = (
        CiteItem("s", "8", "paragraph"), CiteItem("other"), CiteItem("s", "9", "paragraph"),
        CiteItem("s", "8", "paragraph"), CiteItem("gone", "1", "page"),
    )  # fmt: skip
    assert told(*items, title="T") == "T, para. 8, para. 9; Other, 2014; gone, p. 1"
