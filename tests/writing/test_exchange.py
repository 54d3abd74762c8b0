"""Names exchanged in a file, everything else as it was; and entries taken out, or changed at once."""

from __future__ import annotations

import pytest

from briefgen.errors import InputError
from briefgen.writing.exchange import KEY, Place, Way, exchanged
from briefgen.writing.splice import remove_entry, replace_entries

NAMES = {"oil": "energy.oil", "gas": "no"}


def way_at(place: Place) -> Way:
    if place == ("topics",) or place == ("labels", KEY):
        return "name"
    return "cited" if place == ("text",) else ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("topics: [oil, gas]  # oil", 'topics: [energy.oil, "no"]  # oil'),
        (
            "topics:\n- 'oil'\n- \"oil\"\n- oily",
            "topics:\n- 'energy.oil'\n- \"energy.oil\"\n- oily",
        ),
        ("labels: {oil: oil, gas: gas}", 'labels: {energy.oil: oil, "no": gas}'),
        ("labels:\n  oil: Oil  # kept\n", "labels:\n  energy.oil: Oil  # kept\n"),
        ("text: >\n  A [@oil;\n  @gas].\n", "text: >\n  A [@energy.oil;\n  @no].\n"),
        ('text: "a\\u0020[@oil]"', 'text: "a\\u0020[@energy.oil]"'),
        ("\ufefftopics: oil\r\nother: oil\r\n", "\ufefftopics: energy.oil\r\nother: oil\r\n"),
        ("topics: &a oil\nother: *a", "topics: &a energy.oil\nother: *a"),
        ("other: oil", "other: oil"),
    ],
)
def test_names_are_exchanged_where_they_stand(before: str, after: str) -> None:
    if "*a" in before:  # what is shared would say something else elsewhere
        with pytest.raises(InputError, match="without changing something else"):
            exchanged(before.encode(), NAMES, way_at, "f")
        return
    assert exchanged(before.encode(), NAMES, way_at, "f")[0].decode() == after


LIST = "# top\n- id: a\n  x: 1\n\n# of b\n- id: b\n  x: 2\n\n- id: c\n  x: |+\n    3\n\n"


@pytest.mark.parametrize(
    ("text", "gone", "after"),
    [
        (LIST, "a", "# top\n# of b\n- id: b\n  x: 2\n\n- id: c\n  x: |+\n    3\n\n"),
        (LIST, "b", "# top\n- id: a\n  x: 1\n\n# of b\n- id: c\n  x: |+\n    3\n\n"),
        (LIST, "c", "# top\n- id: a\n  x: 1\n\n# of b\n- id: b\n  x: 2\n"),
        ("[{id: a}, {id: b}]\n", "a", "[{id: b}]\n"),
        ("[{id: a}, {id: b}]\n", "b", "[{id: a}]\n"),
        ("[{id: a}]", "a", "[]"),
        ("- id: a\n  x: 1", "a", "[]"),
    ],
)
def test_an_entry_is_taken_out(text: str, gone: str, after: str) -> None:
    assert remove_entry(text.encode(), gone).decode() == after


def test_an_entry_others_need_stays() -> None:
    with pytest.raises(InputError):
        remove_entry(b"- id: a\n  x: &x {y: 1}\n- id: b\n  x: *x\n", "a")


@pytest.mark.parametrize(
    "text",
    [
        "- id: a\n  statement: One  # why\n- id: b\n  statement: Two\n- id: c\n",
        "[{id: a, statement: One}, {id: b, statement: Two}, {id: c}]\n",
        "- id: a\n  statement: &s One\n- id: b\n  statement: *s\n- id: c\n",
    ],
)
def test_several_entries_change_at_once_as_one_by_one(text: str) -> None:
    entries = {"b": {"id": "b", "statement": "New"}, "c": {"id": "c", "statement": "Newer"}}
    data = text.encode()
    for id_, entry in entries.items():
        data = replace_entries(data, {id_: entry})
    assert replace_entries(text.encode(), entries) == data
    assert b"New\n" in data or b"New}" in data
