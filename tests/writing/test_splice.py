"""Entries added and replaced: what is not meant stays, byte for byte."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.errors import InputError
from briefgen.shipped import shipped_base
from briefgen.writing.splice import append_entries, replace_entry

NEW = {"id": "new", "kind": "event", "cites": [{"source": "s1"}]}
NEW_TEXT = "- id: new\n  kind: event\n  cites:\n    - source: s1\n"


def indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


# --- adding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", NEW_TEXT, id="an empty file"),
        pytest.param("# Facts.\n", "# Facts.\n\n" + NEW_TEXT, id="comments alone"),
        pytest.param("---\n", "---\n" + NEW_TEXT, id="an empty document"),
        pytest.param("---\n# a\n...\n# b\n", "---\n# a\n\n" + NEW_TEXT + "...\n# b\n", id="a document's end"),
        pytest.param("[]\n", NEW_TEXT, id="an empty pair of brackets"),
        pytest.param("# a\n[ # b\n]  # c\n# d\n", "# a\n# c\n# b\n" + NEW_TEXT + "# d\n", id="brackets with comments"),
        pytest.param("- id: a\n", "- id: a\n" + NEW_TEXT, id="one entry, no blank line"),
        pytest.param("- id: a", "- id: a\n" + NEW_TEXT, id="no line end at the end"),
        pytest.param("- id: a\n\n- id: b\n", "- id: a\n\n- id: b\n\n" + NEW_TEXT, id="blank lines between"),
        pytest.param("- id: a\n\n# b\n- id: b\n", "- id: a\n\n# b\n- id: b\n\n" + NEW_TEXT, id="blank lines above comments"),
        pytest.param("- id: a\n  # of a\n", "- id: a\n  # of a\n" + NEW_TEXT, id="a comment after the last entry"),
        pytest.param("- id: a\n\n\n", "- id: a\n" + NEW_TEXT + "\n\n", id="blank lines at the end"),
        pytest.param("  - id: a\n", "  - id: a\n" + indented(NEW_TEXT), id="indented"),
        pytest.param(
            "-   id: a\n    aliases:\n    - x\n",
            "-   id: a\n    aliases:\n    - x\n-   id: new\n    kind: event\n    cites:\n    - source: s1\n",
            id="wide, with lists at the column of their keys",
        ),
        pytest.param("- {id: a}\n", "- {id: a}\n" + NEW_TEXT, id="entries in flow style"),
        pytest.param(
            "[{id: a}]\n", "[{id: a}, {id: new, kind: event, cites: [{source: s1}]}]\n", id="all in flow style"
        ),
        pytest.param(
            "[\n  {id: a},\n]\n",
            "[\n  {id: a},\n  {id: new, kind: event, cites: [{source: s1}]},\n]\n",
            id="flow style on lines",
        ),
        pytest.param("- id: a\n  q: |+\n    x\n\n", "- id: a\n  q: |+\n    x\n\n" + NEW_TEXT, id="a text that keeps its blank lines"),
        pytest.param("- id: a\n  q: |\n    x", "- id: a\n  q: |\n    x\n" + NEW_TEXT, id="a text that ends with the file"),
        pytest.param("- &x\n  id: a\n- *x\n", "- &x\n  id: a\n- *x\n" + NEW_TEXT, id="anchors"),
        pytest.param("- # why\n  id: a\n", "- # why\n  id: a\n" + NEW_TEXT, id="a comment behind the dash"),
    ],
)  # fmt: skip
def test_entries_go_to_the_end_of_a_list(before: str, after: str) -> None:
    assert append_entries(before.encode(), [NEW]).decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "references:\n" + indented(NEW_TEXT)),
        ("# Sources.\n", "# Sources.\n\nreferences:\n" + indented(NEW_TEXT)),
        ("references:\n", "references:\n" + indented(NEW_TEXT)),
        ("references: []\n", "references:\n" + indented(NEW_TEXT)),
        ("references: []  # none\n", "references:  # none\n" + indented(NEW_TEXT)),
        ("references:\n# none yet\n", "references:\n# none yet\n\n" + indented(NEW_TEXT)),
        ("references:\nlang: en\n", "references:\n" + indented(NEW_TEXT) + "lang: en\n"),
        ("references:\n  - id: a\n  # of a\n# of lang\nlang: en\n",
         "references:\n  - id: a\n  # of a\n\n" + indented(NEW_TEXT) + "# of lang\nlang: en\n"),
        ("references:\n- id: a\n", "references:\n- id: a\n\n" + NEW_TEXT.replace("    - ", "  - ")),
        ("lang: en\n", "lang: en\n\nreferences:\n" + indented(NEW_TEXT)),
        ("references: [{id: a}]\n", "references: [{id: a}, {id: new, kind: event, cites: [{source: s1}]}]\n"),
    ],
)  # fmt: skip
def test_entries_go_below_a_key(before: str, after: str) -> None:
    assert append_entries(before.encode(), [NEW], under="references").decode() == after


def test_several_entries_are_parted_as_the_file_parts_its_own() -> None:
    other = {"id": "c", "kind": "x"}
    assert append_entries(b"- id: a\n\n- id: b\n", [other, {**other, "id": "d"}]).decode() == (
        "- id: a\n\n- id: b\n\n- id: c\n  kind: x\n\n- id: d\n  kind: x\n"
    )


def test_line_ends_and_byte_order_mark_stay() -> None:
    before = b"\xef\xbb\xbf- id: a\r\n  quote: |\r\n    x\r\n    y\r\n"
    after = append_entries(before, [{"id": "b", "quote": "one\ntwo"}])
    assert after == before + b"- id: b\r\n  quote: |-\r\n    one\r\n    two\r\n"


@pytest.mark.parametrize(
    ("before", "under", "message"),
    [
        ("- id: [\n", "", "the file:1:8: not valid YAML"),
        ("\ta: b\n", "", "a tab stands where only spaces may"),
        ("a: b\n", "", "the file:1:1: expected a list; start each entry with '- id: …'"),
        ("- id: a\n", "references", "the file:1:1: expected 'references:'"),
        ("references: none\n", "references", "the file:1:13: expected a list"),
        ("{}", "references", "the file:1:1: there is no 'references:'"),
        ("- id: a\n- id: new\n", "", "the file:2:3: the id 'new' is there already"),
        ("- id: a\n--- \n- id: b\n", "", "a second YAML document"),
        (b"\xff\xfe-\x00", "", "the file:1:1: the file is not UTF-8"),
    ],
)
def test_what_cannot_be_added_to_is_told(before: str | bytes, under: str, message: str) -> None:
    data = before if isinstance(before, bytes) else before.encode()
    with pytest.raises(InputError) as caught:
        append_entries(data, [NEW], under=under)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([{"kind": "x"}], "an entry has no id"),
        ([{"id": "b"}, {"id": "b"}], "two new entries have the id 'b'"),
    ],
)
def test_new_entries_need_ids_of_their_own(entries: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        append_entries(b"- id: a\n", entries)


def test_the_shipped_files_only_grow() -> None:
    folder = shipped_base()
    for path in [
        *sorted(folder.glob("facts/*.yaml")),
        folder / "sources.yaml",
        folder / "actors.yaml",
    ]:
        before = path.read_bytes()
        after = append_entries(before, [NEW], under="references" if path.stem == "sources" else "")
        assert after.startswith(before)
        lines = after[len(before) :].decode().splitlines(keepends=True)
        assert "".join(line.removeprefix("  " * (path.stem == "sources")) for line in lines) in (
            NEW_TEXT if path.stem == "actors" else "\n" + NEW_TEXT
        )


# --- replacing -------------------------------------------------------------------------------

BEFORE = """\
# All of it.
- id: a   # the first
  date: 2023-09~
  # The topics:
  topics: [people,   x]   # odd
  kind:  'event'
  statement: Old.
  cites:
    - source: s1   # good
      locator: {page: 3}
    - source: s2
      quote: >-  # why
        one
        two
  credibility: 3  # general

# Of b.
- id: b
  kind: plan
"""
ENTRY: dict[str, Any] = {
    "id": "a",
    "date": "2023-09~",
    "topics": ["people", "x"],
    "kind": "event",
    "statement": "Old.",
    "cites": [{"source": "s1", "locator": {"page": "3"}}, {"source": "s2", "quote": "one two"}],
    "credibility": 3,
}


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        pytest.param({}, "", "", id="nothing"),
        pytest.param({"credibility": 2}, "credibility: 3  # general", "credibility: 2  # general", id="a value"),
        pytest.param({"id": "c"}, "- id: a   # the first", "- id: c   # the first", id="the id"),
        pytest.param({"date": None}, "  date: 2023-09~\n", "", id="a key less"),
        pytest.param({"date": None, "credibility": None, "kind": "plan"},
                     "", None, id="several keys less"),
        pytest.param({"key": True}, "# general\n", "# general\n  key: true\n", id="a key more, at the end"),
        pytest.param({"detail": "A: b"}, "Old.\n", 'Old.\n  detail: "A: b"\n', id="a key more, between"),
        pytest.param({"topics": ["z"]}, "[people,   x]   # odd", "[z]   # odd", id="a list in brackets"),
        pytest.param(
            {"cites": [{"source": "s1", "locator": {"page": "4"}}, *ENTRY["cites"][1:]]},
            "{page: 3}", "{page: 4}", id="within a list"),
        pytest.param(
            {"cites": [*ENTRY["cites"], {"source": "s3"}]},
            "two\n", "two\n    - source: s3\n", id="an item more"),
        pytest.param(
            {"cites": [ENTRY["cites"][0], {"source": "s2", "quote": "three"}]},
            "      quote: >-  # why\n        one\n        two\n",
            "      # why\n      quote: three\n", id="a text on lines"),
        pytest.param(
            {"cites": [{"source": "s9"}]},
            BEFORE[BEFORE.index("  cites:") : BEFORE.index("  credibility")],
            "  # good\n  # why\n  cites:\n    - source: s9\n", id="a list rewritten keeps its comments"),
        pytest.param({"statement": "a\nb"}, "  statement: Old.\n", "  statement: |-\n    a\n    b\n", id="lines for a line"),
    ],
)  # fmt: skip
def test_only_what_changed_changes(changes: dict[str, Any], old: str, new: str | None) -> None:
    after = replace_entry(BEFORE.encode(), "a", {**ENTRY, **changes}).decode()
    if new is None:
        lines = ["  date: 2023-09~\n", "  credibility: 3  # general\n"]
        expected = BEFORE.replace("'event'", "plan")
        for line in lines:
            expected = expected.replace(line, "")
        assert after == expected
    else:
        assert after == BEFORE.replace(old, new, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- {id: a, kind: b}  # c\n- {id: b}\n", "- {id: a, name: \"x, y\"}  # c\n- {id: b}\n"),
        ("[{id: a}, {id: b}]", "[{id: a, name: \"x, y\"}, {id: b}]"),
        ("- id: b\n- name: z\n  id: a", "- id: b\n- name: x, y\n  id: a"),
        ("-\n  id: a\n", "-\n  id: a\n  name: x, y\n"),
        ("- ? id\n  : a\n  kind: b\n", "- ? id\n  : a\n  name: x, y\n"),
        ("- kind: b  # why\n  id: a\n", "# why\n- id: a\n  name: x, y\n"),
        ("- id: a\r\n  kind: b\r\n- id: b\r\n", "- id: a\r\n  name: x, y\r\n- id: b\r\n"),
        ("- id: a\n  note: &n x\n- id: b\n  kind: y\n", "- id: a\n  name: x, y\n- id: b\n  kind: y\n"),
        ("- id: a\n  kind: &k x\n- id: b\n  kind: *k\n", None),
    ],
)  # fmt: skip
def test_entries_of_any_layout_are_replaced(before: str, after: str | None) -> None:
    entry = {"id": "a", "name": "x, y"}
    if after is None:
        with pytest.raises(InputError, match="cannot be replaced without changing others"):
            replace_entry(before.encode(), "a", entry)
    else:
        assert replace_entry(before.encode(), "a", entry).decode() == after


def test_a_source_is_replaced_below_its_key() -> None:
    before = "references:\n- id: a\n  type: book\n  custom:\n    reliability: B  # so\n  note: x\nlang: en\n"
    entry = {"id": "a", "type": "book", "note": "z", "custom": {"reliability": "C", "archive": "f"}}
    assert replace_entry(before.encode(), "a", entry, under="references").decode() == (
        "references:\n- id: a\n  type: book\n  custom:\n    reliability: C  # so\n    archive: f\n"
        "  note: z\nlang: en\n"
    )


@pytest.mark.parametrize(
    ("id_", "entry", "message"),
    [
        ("trade", {"id": "trade"}, "the file: there is no entry 'trade'; did you mean 'trade-1'?"),
        ("trade-1", {"id": "b"}, "the file:2:3: the id 'b' is there already"),
        ("trade-1", {"kind": "b"}, "an entry has no id"),
        ("trade-1", {"id": "b\x00"}, "control character U+0000 in id"),
    ],
)
def test_what_cannot_be_replaced_is_told(id_: str, entry: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        replace_entry(b"- id: trade-1\n- id: b\n", id_, entry)
    assert message in str(caught.value)


# --- whatever the texts ----------------------------------------------------------------------

TEXT = st.text(
    st.sampled_from(" \n\t-:#,[]{}'\"|>&*!?ab01") | st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    max_size=20,
)  # fmt: skip
KEYS = st.sampled_from(
    ["date", "statement", "detail", "quote", "cites", "topics", "note", "locator"]
)
VALUE = (
    TEXT
    | st.lists(TEXT, max_size=3)
    | st.lists(st.dictionaries(KEYS, TEXT, max_size=3), max_size=3)
)
VALUE = VALUE | st.dictionaries(KEYS, VALUE, max_size=3)
ENTRIES = st.lists(st.dictionaries(KEYS, VALUE, max_size=4), min_size=1, max_size=4)
SEED = [
    b"",
    b"# c\n",
    b"- id: x\n  q: 'a\n    b'  # c\n\n- id: y\n  l: [a, # d\n      b]\n# e\n",
    b"- id: x\r\n  l:\r\n  - a  # b\r\n",
    b"- {id: x}\n",
    b"[{id: x, a: b}]",
]


def ids(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": f"n{number}", **entry} for number, entry in enumerate(entries)]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEED), ENTRIES, st.data())
def test_any_entry_is_added_then_replaced(
    seed: bytes, made: list[dict[str, Any]], data: st.DataObject
) -> None:
    entries = ids(made)
    added = append_entries(seed, entries)
    before = yaml.load(seed, yaml.BaseLoader) or []
    assert yaml.load(added, yaml.BaseLoader) == before + entries
    if seed[:1] != b"[" and seed.endswith(b"\n"):
        assert added.startswith(seed)
    index = data.draw(st.integers(0, len(entries) - 1))
    changed = {**entries[index], **data.draw(st.dictionaries(KEYS, VALUE, max_size=3))}
    for key in data.draw(st.lists(KEYS, max_size=2)):
        changed.pop(key, None)
    replaced = replace_entry(added, entries[index]["id"], changed)
    entries[index] = changed
    assert yaml.load(replaced, yaml.BaseLoader) == before + entries
