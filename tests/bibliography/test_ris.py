"""RIS: tags, their dialects, and what is not as it should be."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.bibliography.identity import Known
from briefgen.bibliography.read import read_text
from briefgen.bibliography.ris_tags import TYPE_AS, TYPE_OF
from briefgen.errors import InputError
from briefgen.facts.csl import CSL_TYPES


def items(text: str) -> list[dict[str, Any]]:
    return [dict(entry.item) for entry in read_text(text, "file.ris", "ris").entries]


def item(lines: str, kind: str = "JOUR") -> dict[str, Any]:
    (found,) = items(f"TY  - {kind}\nTI  - T\n{lines}\nER  - \n")
    return found


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("PY  - 2013", "2013"),
        ("PY  - 2013///", "2013"),
        ("PY  - 2013/08//", "2013-08"),
        ("PY  - 2013/08/28/", "2013-08-28"),
        ("Y1  - 2013/8/5/morning", "2013-08-05"),
        ("PY  - 1987///Spring", "1987-21"),
        ("PY  - 2013\nDA  - 2013/08/28/", "2013-08-28"),
        ("PY  - 2013\nDA  - 28 Aug 2013", "2013-08-28"),
        ("DA  - 2013 Aug 29\nY1  - 2013", "2013"),
        ("PY  - ca. 2009", "2009~"),
        ("PY  - 2011/2013", "2011/2013"),
        ("PY  - n.d.", None),
        ("PY  - in press", {"literal": "in press"}),
        ("PY  - 2013\nM2  - issued: 2013-08~", "2013-08~"),
    ],
)
def test_dates(lines: str, date: Any) -> None:
    assert item(lines).get("issued") == date


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("AU  - Khan, Aisha\nAU  - Doe, Jo", [{"family": "Khan", "given": "Aisha"}, {"family": "Doe", "given": "Jo"}]),
        ("A1  - Ministry of Trade", [{"literal": "Ministry of Trade"}]),
        ("AU  - Board of Trade, Ltd.,", [{"family": "Board of Trade", "given": "Ltd."}]),
        ("AU  - World Bank,", [{"literal": "World Bank"}]),
        ("AU  - van der Berg, Jan", [{"non-dropping-particle": "van der", "family": "Berg", "given": "Jan"}]),
        ("AU  - King, Martin, Jr.", [{"family": "King", "given": "Martin", "suffix": "Jr."}]),
        ("AU  - Khan, A.; Doe, J.", [{"family": "Khan", "given": "A."}, {"family": "Doe", "given": "J."}]),
    ],
)  # fmt: skip
def test_names(lines: str, names: list[dict[str, str]]) -> None:
    assert item(lines)["author"] == names


@pytest.mark.parametrize(
    ("kind", "lines", "fields"),
    [
        ("JOUR", "T2  - A Journal\nJO  - A J.", {"container-title": "A Journal", "container-title-short": "A J."}),
        ("JOUR", "JO  - A Journal", {"container-title": "A Journal"}),
        ("CHAP", "BT  - A Book", {"container-title": "A Book"}),
        ("BOOK", "T2  - A Series\nSP  - 412", {"collection-title": "A Series", "number-of-pages": "412"}),
        ("JOUR", "SP  - 12\nEP  - 34", {"page": "12-34"}),
        ("JOUR", "SP  - 12-34", {"page": "12-34"}),
        ("JOUR", "SN  - 1234-567X", {"ISSN": "1234-567X"}),
        ("BOOK", "SN  - 978-3-16-148410-0", {"ISBN": "978-3-16-148410-0"}),
        ("JOUR", "M3  - 10.5555/abc", {"DOI": "10.5555/abc"}),
        ("RPRT", "IS  - 14\nM3  - Policy Brief", {"number": "14", "genre": "Policy Brief"}),
        ("ELEC", "UR  - http://a.example.org;http://b.example.org", {"URL": "http://a.example.org"}),
        ("JOUR", "KW  - a\nKW  - b; c", {"keyword": "a, b, c"}),
        ("JOUR", "AB  - one\ntwo\n   wrapped", {"abstract": "one\ntwo wrapped"}),
        ("JOUR", "N1  - a\nN1  - b", {"note": "a\n\nb"}),
        ("JOUR", "M2  - title: A &lt;i>T&lt;/i>", {"note": "title: A <i>T</i>"}),
        ("JOUR", "VL  - 3\nN1  - Volume: 4\nN1  - x", {"volume": "3", "note": "x\nVolume: 4"}),
        ("JOUR", "L1  - file:///home/x.pdf\nAD  - a road", {}),
    ],
)  # fmt: skip
def test_fields(kind: str, lines: str, fields: dict[str, str]) -> None:
    found = item(lines, kind)
    assert {key: value for key, value in found.items() if key not in ("type", "title")} == fields


TREATY = "https://treaties.un.org/doc/Publication/UNTS/Volume 486/volume-486-I-7080-English.pdf"


@pytest.mark.parametrize(
    ("said", "url"),
    [
        (TREATY, TREATY.replace(" ", "%20")),
        ("https://example.org/my report.pdf", "https://example.org/my%20report.pdf"),
        ("https://example.org/x accessed 3/5/2011", "https://example.org/x"),
        ("https://example.org/x (read on 3 May).", "https://example.org/x"),
        ("https://example.org/x; https://example.org/y", "https://example.org/x"),
        (f"{TREATY} http://example.org/y.pdf", TREATY.replace(" ", "%20")),
        ("//example.org/x", "https://example.org/x"),
    ],
)
def test_addresses(said: str, url: str) -> None:
    assert item(f"UR  - {said}")["URL"] == url


def test_two_volumes_of_one_collection_are_two_sources() -> None:
    known = Known()
    known.add("one", item(f"TI  - Treaty\nUR  - {TREATY}"))
    other = item(f"TI  - Other treaty\nUR  - {TREATY.replace('486', '487', 1)}")
    assert known.find(other) is None


def test_references_that_do_not_end_are_told_apart() -> None:
    found = items(
        "remark\nTY  - BOOK\nTI  - One\nTY  - BOOK\nTI  - Two\nER  -\nER  - \nTY  - BOOK\nTI  - Three"
    )
    assert [each["title"] for each in found] == ["One", "Two", "Three"]


def test_what_continues_a_start_belongs_to_no_reference_before_it() -> None:
    found = items("TY  - BOOK\nTI  - One\nKW  - a\nER  - \nTY  - BOOK\nb\nTI  - Two\nER  - ")
    assert [each.get("keyword") for each in found] == ["a", None]


def test_a_text_of_a_million_lines_is_read_in_time() -> None:
    (found,) = items("TY  - BOOK\nTI  - T\nAB  - x\n" + "x\n" * 1_000_000)
    assert found["abstract"].endswith("x\nx")


def test_the_types_are_those_of_csl() -> None:
    assert set(TYPE_OF.values()) | set(TYPE_AS) <= set(CSL_TYPES)
    assert set(TYPE_AS.values()) <= set(TYPE_OF)


def test_a_file_without_references_is_refused() -> None:
    with pytest.raises(InputError, match="there is no RIS reference in it"):
        items("nothing")


TAGS = ["TY  - ", "ER  - ", "TI  - ", "AU  - ", "PY  - ", "\n", "x", "a, b", "2011/", "N1  - note: x",
        "M2  - issued: 2011", "KW  -", "  wrapped", "SP  - "]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=40).map("".join))
def test_no_rubbish_is_too_much(text: str) -> None:
    with suppress(InputError):
        read_text(text, "file.ris", "ris")


def test_a_tab_before_the_dash_is_a_blank() -> None:
    found = items("TY  - JOUR\nTI\t- A title\nLB  - label\nM1\t- 7\nID \t- x\nER  - \n")
    assert found == items("TY  - JOUR\nTI  - A title\nLB  - label\nM1  - 7\nID  - x\nER  - \n")
    assert found[0]["title"] == "A title"


@pytest.mark.parametrize("end", ["ER", "ER ", "ER-", "ER  -]", " ER  -"])
def test_a_damaged_end_is_an_end(end: str) -> None:
    """And no author called `ER`, by whom two works would be by one."""
    found = items(
        f"TY  - BOOK\nTI  - One\nAU  - Doe, Jo\n{end}\nTY  - BOOK\nTI  - Two\nAU  - Roe, Ann\n{end}\n"
    )
    assert [one["author"] for one in found] == [
        [{"family": "Doe", "given": "Jo"}],
        [{"family": "Roe", "given": "Ann"}],
    ]
