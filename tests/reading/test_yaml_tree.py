"""YAML read strictly: what stands in the file, where it stands, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.errors import InputError
from briefgen.reading.yaml_tree import Document, Mapping, Node, Scalar, parse_yaml, read_yaml_file


def parse(text: str | bytes) -> Document:
    return parse_yaml(text if isinstance(text, bytes) else text.encode(), "x.yaml")


def plain(node: Node | None) -> Any:
    """A tree as dicts, lists and texts."""
    if node is None or isinstance(node, Scalar):
        return node.text if node else None
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.pairs}
    return [plain(item) for item in node.items]


def told(text: str | bytes) -> list[str]:
    return [str(problem) for problem in parse(text).problems]


def test_scalars_stay_the_text_that_stands_there() -> None:
    text = "[NO, 2013, 12:30, 2013-02-31, 1e3, ~, null, 0x1F, 'quoted', \"esc\\u0041\", 007]"
    assert plain(parse(text).root) == [
        "NO", "2013", "12:30", "2013-02-31", "1e3", "~", "null", "0x1F", "quoted", "escA", "007",
    ]  # fmt: skip


def test_every_node_knows_its_place() -> None:
    document = parse("a: 1\nlist:\n  - x\n  - {k: v}\n")
    assert isinstance(document.root, Mapping)
    items = document.root.get("list")
    assert items is not None
    assert not isinstance(items, Scalar | Mapping)
    assert [(item.line, item.column) for item in items.items] == [(3, 5), (4, 5)]
    assert isinstance(items.items[1], Mapping)
    value = items.items[1].get("k")
    assert value is not None
    assert (value.line, value.column) == (4, 9)


def test_columns_count_characters_not_bytes() -> None:
    document = parse("- {город: Москва, k: v}\n")
    assert document.root is not None
    assert not isinstance(document.root, Scalar | Mapping)
    entry = document.root.items[0]
    assert isinstance(entry, Mapping)
    assert [(key.column, value.column) for key, value in entry.pairs] == [(4, 11), (19, 22)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2\n", "x.yaml:2:1: error: key 'a' stands twice; keep one of the two"),
        ("a: !!python/object/apply:os.system [x]", "x.yaml:1:4: error: YAML tag"),
        ("a: !!int 3", "x.yaml:1:4: error: YAML tag"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2:1: error: a second YAML document in one file"),
        ("[a, b]: c", "x.yaml:1:1: error: a key must be plain text"),
        ("a: *gone", "x.yaml:1:4: error: alias *gone has no anchor before it"),
        ("a: &a [*a]", "x.yaml:1:8: error: alias *a has no anchor before it"),
        ("a: [1, 2", "x.yaml:1:9: error: not valid YAML"),
        ("a: b: c", "x.yaml:1:5: error: not valid YAML"),
        (
            "a:\n\t- b",
            "x.yaml:2:1: error: not valid YAML: a tab stands where only spaces may; check indent",
        ),
        ("a: 'open", "x.yaml:1:9: error: not valid YAML"),
        (
            "a: [1,\nb: 2\n",
            "x.yaml:2:5: error: not valid YAML: while parsing a flow sequence, did not",
        ),
        ('a: "\\0"', "x.yaml:1:4: error: control character U+0000"),
        ('a: "\\ud800"', "x.yaml:1:"),
        ("a: 1\nb: \x07", "x.yaml:2:4: error: control character U+0007"),
        ("a: \x00", "x.yaml:1:4: error: control character U+0000"),
        (b"a: b\nc: d\xff", "x.yaml:2:5: error: byte 0xff is not UTF-8"),
        ("a: b".encode("utf-16"), "x.yaml:1:1: error: the file is not UTF-8 (it looks like UTF-16"),
        ("a: b".encode("utf-16-le"), "x.yaml:1:1: error: the file is not UTF-8"),
        ("a: b".encode("utf-32"), "x.yaml:1:1: error: the file is not UTF-8"),
    ],
)
def test_what_is_refused(text: str | bytes, problem: str) -> None:
    assert told(text)[0].startswith(problem)
    assert all("\n" not in line for line in told(text))


def test_a_duplicate_key_keeps_the_rest_readable() -> None:
    document = parse("a: 1\na: 2\nb: 3\n")
    assert not document.broken
    assert plain(document.root) == {"a": "1", "b": "3"}


def test_byte_order_mark_and_empty_files() -> None:
    assert plain(parse(b"\xef\xbb\xbfa: b").root) == {"a": "b"}
    for empty in (b"", b"\n", b"# only a comment\n", b"---\n...\n"):
        assert parse(empty).problems == []


def test_aliases_repeat_what_they_name() -> None:
    document = parse("a: &x {k: v}\nb: *x\n")
    assert plain(document.root) == {"a": {"k": "v"}, "b": {"k": "v"}}


@pytest.mark.parametrize("opener", ["[", "{a: ", "- "])
def test_a_hundred_thousand_levels_are_refused_without_a_crash(opener: str) -> None:
    document = parse(opener * 100_000)
    assert document.broken
    assert len(document.problems) == 1
    assert "levels deep" in document.problems[0].message or "not valid" in str(document.problems[0])


def test_an_alias_bomb_stops_early() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    document = parse("\n".join(lines))
    assert document.broken
    assert "the aliases of the file repeat more than 400,000 values" in document.problems[0].message
    assert document.problems[0].origin.line in range(4, 9)


def test_a_long_text_is_not_repeated_without_end() -> None:
    lines = [f"- &text {'a' * 900_000}", *["- {key: *text}"] * 30]
    document = parse("\n".join(lines))
    assert document.broken
    (problem,) = document.problems
    assert "the aliases of the file repeat more than 20,000,000 letters" in problem.message
    assert (problem.origin.line, problem.origin.column) == (24, 9)
    assert not parse("\n".join(lines[:23])).problems


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_a_device_is_not_read_for_ever() -> None:
    with pytest.raises(InputError, match="/dev/zero: cannot read the file .it is no ordinary file"):
        read_yaml_file(Path("/dev/zero"))


def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere.yaml: cannot read the file"):
        read_yaml_file(tmp_path / "nowhere.yaml")


words = st.text(alphabet="abcXYZ0:-#'\"[]{}, éж\n", max_size=12)
trees = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None, max_examples=100)
@given(trees, st.booleans())
def test_what_pyyaml_writes_comes_back(tree: Any, flow: bool) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True)
    document = parse(text)
    assert document.problems == []
    assert plain(document.root) == tree


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=60) | st.text(alphabet="ab:-[]{}&*!|>%@`\"'#\n\t ,?", max_size=40))
def test_no_bytes_raise(data: bytes | str) -> None:
    document = parse(data)
    assert document.broken <= bool(document.problems)


def test_anchors_have_a_bound() -> None:
    document = parse_yaml("".join(f"- &a{n} x\n" for n in range(200_002)).encode(), "x.yaml")
    (problem,) = document.problems
    assert str(problem).startswith("x.yaml:200001:")
    assert "more than 200,000 anchors" in problem.message
