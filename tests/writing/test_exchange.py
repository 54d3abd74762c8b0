"""Names exchanged in a file, everything else as it was; and entries taken out, or changed at once."""

from __future__ import annotations

import pytest

from briefgen.errors import InputError
from briefgen.writing.exchange import KEY, Place, Way, exchanged, exchanged_in_lines
from briefgen.writing.splice import remove_entry, replace_entries, replace_entry

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


# --- by the lines of entries, the rest of the file unread ----------------------------------------

BY_ITSELF = """\
# top
- id: a
  topics: [oil, gas]

- id: b
  note: |
    - id: c
      topics: [oil]
- topics: ['oil']  # why
  id: c
- id: d
  topics:
  - coal
"""
SHARED = "- id: a\n  topics: &t [oil]\n- id: b\n  topics: *t\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (BY_ITSELF, [2, 5, 9, 11]),
        (BY_ITSELF.replace("\n", "\r\n"), [2, 5, 9, 11]),
        (BY_ITSELF, [1, 6]),  # as no index has them
        (BY_ITSELF.replace("coal", "coal\u2028"), [2, 5, 9, 11]),
        (SHARED, [1, 3]),
        (BY_ITSELF, []),
    ],
)
def test_names_are_exchanged_entry_by_entry_as_in_the_whole_file(
    text: str, lines: list[int]
) -> None:
    whole = exchanged(text.encode(), NAMES, way_at, "f")
    assert whole[1]
    assert exchanged_in_lines(text.encode(), lines, NAMES, way_at, "f") == whole


def test_only_the_entries_with_a_name_are_read() -> None:
    broken = BY_ITSELF + "- id: e\n  topics: [coal\n"
    with pytest.raises(InputError):
        exchanged(broken.encode(), NAMES, way_at, "f")
    after, count = exchanged_in_lines(broken.encode(), [2, 5, 9, 11, 14], NAMES, way_at, "f")
    assert count == 3
    assert after.decode().endswith("- id: e\n  topics: [coal\n")


SOURCES = """\
references:
- id: a
  title: One  # why

- id: b
  title: Two
  note: |+
    kept

# of c
- id: c
  title: Three
  author:
  - family: Khan
- id: d
  title: &t Four
- {id: e, title: *t}
- id: f
  title: Six
"""
LINES = {"a": 2, "b": 5, "c": 11, "d": 15, "e": 17, "f": 18}


@pytest.mark.parametrize("line", ["right", "wrong"])
@pytest.mark.parametrize("id_", LINES)
def test_an_entry_is_changed_by_its_line_as_in_the_whole_file(id_: str, line: str) -> None:
    at = LINES[id_] if line == "right" else LINES[id_] % 18 + 1
    for entry in (
        {"id": id_, "title": "Other"},
        {"id": id_, "title": "Other", "author": [{"family": "A"}, {"family": "B"}]},
    ):
        data = SOURCES.encode()
        try:
            whole = replace_entry(data, id_, entry, under="references")
        except InputError:
            whole = b""
            with pytest.raises(InputError):
                replace_entry(data, id_, entry, under="references", line=at)
        if whole:
            assert replace_entry(data, id_, entry, under="references", line=at) == whole


@pytest.mark.parametrize("id_", [id_ for id_ in LINES if id_ != "d"])
def test_an_entry_is_taken_out_by_its_line_as_in_the_whole_file(id_: str) -> None:
    data = SOURCES.encode()
    whole = remove_entry(data, id_, under="references")
    assert remove_entry(data, id_, under="references", line=LINES[id_]) == whole
    assert b"id: " + id_.encode() not in whole


def test_an_id_that_stands_twice_is_told_for_all_its_lines() -> None:
    twice = SOURCES.replace("id: f", "id: a").encode()
    for change in (
        lambda: remove_entry(twice, "a", under="references", line=2),
        lambda: replace_entry(twice, "a", {"id": "a"}, under="references", line=2),
    ):
        with pytest.raises(InputError, match="stands twice"):
            change()


def test_one_entry_is_changed_without_a_look_at_the_others() -> None:
    broken = SOURCES + "- id: g\n  title: [Seven\n"
    with pytest.raises(InputError):
        remove_entry(broken.encode(), "a", under="references")
    after = remove_entry(broken.encode(), "a", under="references", line=2)
    assert after.decode() == broken.replace("- id: a\n  title: One  # why\n\n", "")
