"""Files read in parts say what they say in one piece, to the last line number."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen import many_problems, own_processes
from briefgen.facts import read
from briefgen.facts.files import list_base_files
from briefgen.facts.read import read_base
from briefgen.index import Index, files, open_index, parts, readers
from briefgen.index.files import HeldFile
from briefgen.index.parts import parts_of, read_here
from briefgen.index.rows import FileRows, file_rows

MakeBase = Callable[..., Path]
MakeFact = Callable[..., dict[str, Any]]

ENTRY = """\
- id: {id}
  topics: [energy]
  kind: event
  statement: Statement {id}.
  cites: [{{source: s1}}]
"""


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 400)


def _held(base: Path, name: str) -> HeldFile:
    (file,) = [one for one in list_base_files(base)[0] if one.name == name]
    return files.hold(file)


def _same_as_read(index: Index, base: Path) -> None:
    expected = read_base(base)
    assert index.problems == expected.problems
    assert index.errors == tuple(p for p in expected.problems if p.severity == "error")
    assert index.problem_count == len(expected.problems)
    assert index.fatal == expected.fatal
    found = index.facts(fact.id for fact in expected.facts)
    assert found == {fact.id: fact for fact in expected.facts}
    assert [f.origin for f in found.values()] == [f.origin for f in expected.facts]
    if expected.base is not None and not expected.fatal:
        assert index.base == expected.base
        assert [one.origin for one in index.base.sources.values()] == [
            one.origin for one in expected.base.sources.values()
        ]


LISTS = {
    "plain": (ENTRY, True),
    "with a start and comments": ("---\n# c\n" + ENTRY, True),
    "a block scalar": (ENTRY + "  detail: |\n    - id: no\n    - entry\n", True),
    "a folded plain text": (ENTRY + "  detail: one\n    - two\n   - three\n", True),
    "faults": (ENTRY.replace("event", "evnt") + "  extra: 1\n", True),
    "a key that stands twice": (ENTRY + "  kind: event\n", True),
    "quoted over lines": (ENTRY + '  detail: "one\n- id: two\n- id: three"\n', True),
    "in brackets over lines": (ENTRY + "  disputes: [\n- x\n,y]\n", True),
    "an alias": ("- &a\n  id: first\n  <<: 1\n" + ENTRY + "- *a\n", True),
    "broken at the end": (ENTRY + "- id: [\n", True),
    "bad bytes": (ENTRY + "  detail: \udcff\n", True),
    "a second document": (ENTRY + "---\n- id: x\n", False),
    "a document's end": (ENTRY + "...\n", False),
    "lines of Macs": (ENTRY.replace("\n", "\r"), False),
    "lines of Unicode": (ENTRY + "  detail: a\u2028b\n", False),
    "a mapping": ("facts:\n" + ENTRY, False),
    "an indented list": (ENTRY, True),
    "brackets": ('[{"id": "x"}]\n', False),
}


@pytest.mark.parametrize("kind", LISTS)
def test_parts_say_what_the_whole_says(make_base: MakeBase, tmp_path: Path, kind: str) -> None:
    base = make_base({"a.yaml": []})
    entry, in_parts = LISTS[kind]
    start, sep, rest = entry.partition("- id: {id}") if "{id}" in entry else (entry, "", "")
    filler = "".join(ENTRY.format(id=f"f{n}") for n in range(9))
    odd = (sep + rest).replace("{{", "{").replace("}}", "}").replace("{id}", "odd")
    text = start + filler + odd + ("" if "end" in kind else filler.replace("id: f", "id: g"))
    if "indented" in kind:
        text = indent(text, "  ")
    if "Macs" in kind:
        text = text.replace("\n", "\r")
    (base / "facts" / "a.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert (len(list(parts_of(_held(base, "facts/a.yaml")))) > 1) == in_parts
    with open_index(base, cache_folder=tmp_path / "cache") as index:
        _same_as_read(index, base)


def test_a_file_with_more_errors_than_are_remembered_is_read_no_further(
    make_base: MakeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part of its own would be read to its end, and their problems kept one beside the other."""
    for module in (many_problems, parts, read):
        monkeypatch.setattr(module, "MOST", 30)
    base = make_base({"a.yaml": []})
    (base / "facts" / "a.yaml").write_text("- {kind: event}\n" * 2_000)
    seen = []
    monkeypatch.setattr(parts, "file_rows", lambda part: seen.append(part) or file_rows(part))
    with open_index(base, cache_folder=tmp_path / "cache") as index:
        _same_as_read(index, base)
        assert index.problems[-1].message.startswith("the rest of the file was not read")
    held = _held(base, "facts/a.yaml")
    assert len([one for one in seen if one.part is not None]) < 5 < len(list(parts_of(held)))


SOURCE = "- id: s{n}\n  type: report\n  title: T{n}\n"


@pytest.mark.parametrize(
    ("text", "in_parts"),
    [
        ("references:\n" + "".join(SOURCE.format(n=n) for n in range(60)), True),
        ("# c\n---\nreferences:\n" + "".join(SOURCE.format(n=n) for n in range(60)), False),
        ("---\n\nreferences:\n# c\n" + "".join(SOURCE.format(n=n % 50) for n in range(60)), True),
        ("references:\n" + "".join(SOURCE.format(n=n) for n in range(60)) + "more: 1\n", False),
        (("references:\n" + "".join(SOURCE.format(n=n) for n in range(30))) * 2, False),
    ],
    ids=["plain", "a comment first", "twice the same ids", "another key", "twice the key"],
)
def test_sources_in_parts(
    make_base: MakeBase, fact: MakeFact, tmp_path: Path, text: str, in_parts: bool
) -> None:
    base = make_base({"a.yaml": [fact("x"), fact("y", cites=[{"source": "s49"}])]})
    (base / "sources.yaml").write_text(text)
    assert (len(list(parts_of(_held(base, "sources.yaml")))) > 1) == in_parts
    with open_index(base, cache_folder=tmp_path / "cache") as index:
        _same_as_read(index, base)


@given(st.lists(st.sampled_from(["-", " ", "\n", "a", ":", '"', "'", "[", "]", "{", "}", "|", ">",
                                 "#", "&x", "*x", "- id: x\n", "  id: y\n", "%", "---\n", ",", "\r",
                                 ENTRY.format(id="e")]), max_size=12),
       st.integers(0, 8))  # fmt: skip
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_stands_between_entries(
    make_base: MakeBase, tmp_path: Path, odd: list[str], place: int
) -> None:
    base = make_base({"a.yaml": []})
    entries = [ENTRY.format(id=f"f{n}") for n in range(10)]
    entries.insert(place, "".join(odd))
    (base / "facts" / "a.yaml").write_bytes("".join(entries).encode())
    cache = tmp_path / "cache"
    for kept in cache.glob("*") if cache.exists() else ():
        kept.unlink()
    with open_index(base, cache_folder=cache) as index:
        _same_as_read(index, base)


# --- with all processors ----------------------------------------------------------------------


@pytest.fixture
def large_base(make_base: MakeBase, fact: MakeFact, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(readers, "WORTH_BYTES", 1)
    monkeypatch.setattr(readers, "processors", lambda: 2)
    facts = {
        f"{letter}.yaml": [fact(f"{letter}{number}", date="2011") for number in range(60)]
        for letter in "ab"
    }
    return make_base(facts)


def _rows(base: Path, read: Callable[[Sequence[HeldFile]], Iterator[FileRows]]) -> list[FileRows]:
    return list(read([files.hold(file) for file in list_base_files(base)[0]]))


def test_readers_find_what_one_finds(large_base: Path) -> None:
    found = _rows(large_base, readers.read_well)
    assert found == _rows(large_base, read_here)
    assert len(found) == 5


def test_what_a_dead_reader_leaves_is_read_here(
    large_base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = "import sys; sys.stdin.buffer.read(9); sys.exit(1) # {path} {module} {function} {given}"
    monkeypatch.setattr(own_processes, "_RUN", dying)
    assert _rows(large_base, readers.read_well) == _rows(large_base, read_here)


def test_readers_are_gone_when_nobody_waits_for_the_rest(large_base: Path) -> None:
    held = [files.hold(file) for file in list_base_files(large_base)[0]]
    found = readers.read_well(held)
    next(found)
    found.close()  # type: ignore[attr-defined]  # a generator; the tests' guard finds what stays


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_readers_end_with_the_one_who_asked(large_base: Path, tmp_path: Path) -> None:
    script = (
        "import os, sys; from briefgen.own_processes import start_own\n"
        "one = start_own('briefgen.index.readers', 'serve'); print(one.pid, flush=True); sys.stdin.read()\n"
    )
    asking = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert asking.stdout is not None
    reader = int(asking.stdout.readline())
    os.kill(reader, 0)
    asking.send_signal(signal.SIGKILL)
    asking.communicate()
    for _ in range(500):
        if not _runs(reader):
            return
        import time

        time.sleep(0.02)
    raise AssertionError("the reader is still there")


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_base_that_changes_while_it_is_read_is_told(
    large_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGE", 1)
    path = large_base / "facts" / "b.yaml"
    looked = files.hold_all(list_base_files(large_base)[0], tmp_path / "stamps")
    path.write_text(json.dumps([]))
    with pytest.raises(files.BaseChangedError, match=r"b\.yaml changes while it is read"):
        list(read_here(looked))


def test_processors_are_counted_in_one_place() -> None:
    """A machine may have more than this process may use."""
    counting = [
        path.name
        for path in Path(readers.__file__).parents[1].rglob("*.py")
        if "cpu_count" in path.read_text("utf-8")
    ]
    assert counting == ["readers.py"]
