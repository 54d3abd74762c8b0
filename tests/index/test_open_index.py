from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.dates import parse_edtf
from briefgen.errors import InputError
from briefgen.facts import read
from briefgen.facts.read import read_base
from briefgen.index import Index, open_index, open_kept_index, rows, takes_long, was_kept
from briefgen.index.overview import FactOverview
from briefgen.index.sealed import PAGE, DamagedIndexError
from briefgen.select.model import Selection
from briefgen.select.pick import count_facts

MakeBase = Callable[..., Path]
MakeFact = Callable[..., dict[str, Any]]

FULL_FACT = {
    "id": "full",
    "date": "2022-07/..",
    "date_note": "from the order of the reports",
    "date_is": "state",
    "said": "2023-09~",
    "topics": ["energy.oil", "trade"],
    "kind": "assessment",
    "actors": ["russia", "pakistan"],
    "statement": "Ørsted — «нефть» & <b>\u200d{{ x }}</b> =1+1.",
    "detail": "Two — lines.",
    "attribution": "someone",
    "figures": [
        {"measure": "m", "value": 760.5, "value_to": 800, "unit": "USD", "period": "2022-07",
         "basis": "reported", "qualifier": "about"},
        {"measure": "m", "value": 12345678901234567890, "unit": "USD", "basis": "planned"},
    ],
    "cites": [
        {"source": "s1", "locator": {"page": "3–5", "paragraph": "9"}, "quote": "“quoted”"},
        {"source": "s2"},
    ],
    "credibility": 6,
    "key": True,
    "status": "draft",
    "status_note": "not yet checked",
    "supersedes": ["old"],
    "disputes": ["other"],
    "marking": "OFFICIAL",
    "recorded": "2026-11-21",
    "checked": "2026-11-22",
    "recorded_by": "someone else",
    "checked_by": "a third",
}  # fmt: skip


@pytest.fixture
def full_base(make_base: MakeBase, fact: MakeFact) -> Path:
    folder = make_base(
        {"a.yaml": [FULL_FACT, fact("old", status="superseded")], "b/c.yaml": [fact("other")]},
        actors=[
            {"id": "pakistan", "name": "Pakistan", "kind": "state"},
            {
                "id": "russia",
                "name": "Russia",
                "kind": "state",
                "aliases": ["Москва"],
                "roles": [
                    {"title": "Ally", "of": "pakistan", "from": "2012", "cites": [{"source": "s1"}]}
                ],
            },
        ],
        passages=[
            {
                "id": "readable",
                "text": "*Oil* [@full]\nand «нефть» [@old].",
                "key": True,
                "checked": {"full": "0" * 64},
            }
        ],
        sources=[
            {
                "id": "s1",
                "type": "article-newspaper",
                "title": "One",
                "author": [{"family": "Łukasz", "given": "A."}],
                "issued": "2013-08",
                "custom": {"reliability": "C", "reliability_note": "why", "archive": "a.txt"},
            },
            {"id": "s2", "type": "report", "title": "Two", "custom": {"derived_from": ["s1"]}},
        ],
    )
    head = json.loads((folder / "base.yaml").read_text())
    head |= {"measures": {"m": {"label": "M", "unit": "USD"}}, "markings": ["OFFICIAL"]}
    (folder / "base.yaml").write_text(json.dumps(head))
    return folder


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were parsed, in order."""
    names: list[str] = []

    def spy(file: Any, data: bytes | None = None, lines: int = 0) -> Any:
        names.append(file.name)
        return read.read_base_file(file, data, lines)

    monkeypatch.setattr(rows, "read_base_file", spy)
    return names


def test_a_base_survives_the_index_unchanged(full_base: Path, cache: Path) -> None:
    expected = read_base(full_base)
    assert expected.problems == ()
    for _ in ("built", "kept"):
        with open_index(full_base, cache_folder=cache) as index:
            assert index.problems == index.fatal == index.warnings == ()
            found = index.facts(["full", "old", "other", "unknown"])
            assert tuple(found.values()) == expected.facts
            assert [f.origin for f in found.values()] == [f.origin for f in expected.facts]
            assert index.base == expected.base
            assert list(index.base.sources) == ["s1", "s2"]
            assert list(index.base.actors) == ["pakistan", "russia"]
            assert index.base.sources["s1"].origin == expected.base.sources["s1"].origin
            assert list(index.base.passages) == ["readable"]
            assert (
                index.base.passages["readable"].origin == expected.base.passages["readable"].origin
            )


def test_the_base_outlives_the_index_and_travels(full_base: Path, cache: Path) -> None:
    with open_index(full_base, cache_folder=cache) as index:
        base = index.base
    sent = pickle.loads(pickle.dumps(base))
    assert sent == base == read_base(full_base).base
    assert "s1" in sent.sources
    assert "s3" not in sent.sources
    assert sent.sources.get("s3") is None
    assert repr(sent) == repr(read_base(full_base).base)


def test_what_did_not_change_is_not_parsed_again(
    full_base: Path, cache: Path, parsed: list[str]
) -> None:
    open_index(full_base, cache_folder=cache).close()
    assert parsed == [
        "base.yaml", "actors.yaml", "sources.yaml", "facts/a.yaml", "facts/b/c.yaml",
        "passages.yaml",
    ]  # fmt: skip
    parsed.clear()
    os.utime(full_base / "facts" / "a.yaml", (1, 1))
    open_index(full_base, cache_folder=cache).close()
    assert parsed == []
    changed = full_base / "facts" / "b" / "c.yaml"
    before = changed.stat()
    changed.write_text(changed.read_text().replace("Statement other", "Statement o7her"))
    os.utime(changed, ns=(before.st_atime_ns, before.st_mtime_ns))
    with open_index(full_base, cache_folder=cache) as index:
        assert index.facts(["other"])["other"].statement == "Statement o7her."
    assert parsed == ["facts/b/c.yaml"]
    assert len(list(cache.iterdir())) == 1


def test_a_warm_run_needs_no_yaml(full_base: Path, cache: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from briefgen.index import open_index\n"
        "from briefgen.select.model import Selection\n"
        "from briefgen.select.pick import select_facts\n"
        "index = open_index(Path(sys.argv[1]), cache_folder=Path(sys.argv[2]))\n"
        "facts = select_facts(index, Selection(topics=('energy',), text='statement'))\n"
        "print([fact.id for fact in facts], index.problems, index.base.title)\n"
        "foreign = {'yaml', 'platformdirs', 'jinja2', 'lxml', 'docx'} & set(sys.modules)\n"
        "print(sorted(foreign))\n"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", script, full_base, cache],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for _ in range(2)
    ]
    assert printed[0] == ["['other'] () T", "['yaml']"]
    assert printed[1] == ["['other'] () T", "[]"]


def test_messages_name_files_as_the_folder_was_given(
    make_base: MakeBase, fact: MakeFact, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_base({"a.yaml": [fact("x"), fact("y")], "b.yaml": [fact("x", kind="evnt")]})
    monkeypatch.chdir(folder.parent)
    for given_as in (folder, Path("base"), Path(".", "..", folder.parent.name, "base")):
        with open_index(given_as, cache_folder=cache) as index:
            assert index.problems == read_base(given_as).problems != ()
            assert index.facts(["y"])["y"].origin.path == str(given_as / "facts" / "a.yaml")
            assert "\0" not in "".join(map(str, index.problems))
    assert len(list(cache.iterdir())) == 1


def test_faulty_facts_are_left_out_until_another_file_mends_them(
    make_base: MakeBase, fact: MakeFact, cache: Path, parsed: list[str]
) -> None:
    records = [fact("good"), fact("cites-s3", cites=[{"source": "s3"}])]
    folder = make_base({"a.yaml": records})
    with open_index(folder, cache_folder=cache) as index:
        assert list(index.facts(["good", "cites-s3"])) == ["good"]
        assert [problem.severity for problem in index.problems] == ["error"]
        assert index.fatal == ()
    sources = json.loads((folder / "sources.yaml").read_text())
    sources["references"].append({"id": "s3", "type": "report", "title": "Three"})
    (folder / "sources.yaml").write_text(json.dumps(sources))
    parsed.clear()
    with open_index(folder, cache_folder=cache) as index:
        assert list(index.facts(["good", "cites-s3"])) == ["good", "cites-s3"]
        assert index.problems == ()
    assert parsed == ["sources.yaml"]


def test_a_passage_is_left_out_until_its_facts_are_there(
    make_base: MakeBase, fact: MakeFact, cache: Path, parsed: list[str]
) -> None:
    folder = make_base(
        {"a.yaml": [fact("one")]}, passages=[{"id": "p", "text": "It came [@one] and went [@two]."}]
    )
    with open_index(folder, cache_folder=cache) as index:
        assert list(index.base.passages) == []
        assert [problem.message for problem in index.problems] == ["unknown fact 'two'"]
    make_base({"a.yaml": [fact("one"), fact("two")]})
    parsed.clear()
    with open_index(folder, cache_folder=cache) as index:
        assert list(index.base.passages) == ["p"]
        assert index.problems == ()
    assert parsed == ["facts/a.yaml"]


def test_a_passage_that_was_changed_is_read_anew(
    make_base: MakeBase, fact: MakeFact, cache: Path, parsed: list[str]
) -> None:
    facts = {"a.yaml": [fact("one"), fact("two")]}
    folder = make_base(facts, passages=[{"id": "p", "text": "It came [@one; @two]."}])
    open_index(folder, cache_folder=cache).close()
    make_base(facts, passages=[{"id": "p", "text": "It came [@one] and went [@two]."}])
    parsed.clear()
    with open_index(folder, cache_folder=cache) as index:
        assert index.base.passages["p"].text == "It came [@one] and went [@two]."
    assert parsed == ["passages.yaml"]
    (folder / "passages.yaml").unlink()
    with open_index(folder, cache_folder=cache) as index:
        assert dict(index.base.passages) == {}


def test_a_fault_in_base_yaml_is_fatal_and_the_base_is_refused(
    make_base: MakeBase, fact: MakeFact, cache: Path
) -> None:
    folder = make_base({"a.yaml": [fact("x")]})
    (folder / "base.yaml").write_text("format: 1\ntitel: T\n")
    with open_index(folder, cache_folder=cache) as index:
        assert index.fatal == read_base(folder).fatal != ()
        with pytest.raises(InputError, match=r"base\.yaml:"):
            _ = index.base
    (folder / "base.yaml").unlink()
    with open_index(folder, cache_folder=cache) as index:
        assert index.fatal == read_base(folder).fatal != ()
        with pytest.raises(InputError, match=r"there is no base\.yaml"):
            _ = index.base


def test_a_file_that_cannot_be_parsed_is_fatal_but_the_rest_is_there(
    make_base: MakeBase, fact: MakeFact, cache: Path
) -> None:
    folder = make_base({"a.yaml": [fact("x")], "b.yaml": []})
    (folder / "facts" / "b.yaml").write_text("- id: [\n")
    with open_index(folder, cache_folder=cache) as index:
        assert [problem.origin.path for problem in index.fatal] == [
            str(folder / "facts" / "b.yaml")
        ]
        assert list(index.facts(["x"])) == ["x"]
        assert index.base.title == "T"


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [("actors.yaml", "Islamabad", "Lahore"), ("facts/a.yaml", "Statement", "Lahore")],
)
def test_what_is_no_longer_said_is_no_longer_found(
    make_base: MakeBase, fact: MakeFact, cache: Path, file: str, before: str, after: str
) -> None:
    folder = make_base({"a.yaml": [fact("x", actors=["pakistan"]), fact("y", actors=["pakistan"])]})

    def found(word: str) -> int:
        with open_index(folder, cache_folder=cache) as index:
            return count_facts(index, Selection(text=word))

    assert (found(before), found(after)) == (2, 0)
    path = folder / file
    path.write_text(path.read_text().replace(before, after))
    assert (found(before), found(after)) == (0, 2)


def test_no_folder_is_refused(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        open_index(tmp_path / "none", cache_folder=cache)


def test_a_window_may_ask_from_another_thread(full_base: Path, cache: Path) -> None:
    with open_index(full_base, cache_folder=cache) as index, ThreadPoolExecutor(4) as threads:
        counts = threads.map(lambda _: count_facts(index, Selection()), range(40))
        assert set(counts) == {1}


def test_disputes_hold_both_ways(make_base: MakeBase, fact: MakeFact, cache: Path) -> None:
    records = [
        fact("a", disputes=["b", "c"]),
        fact("b"),
        fact("c", disputes=["a"], status="draft"),
        fact("d"),
        fact("e", supersedes=["f"]),
        fact("f", status="superseded"),
        fact("g", supersedes=["f"]),
    ]
    with open_index(make_base({"a.yaml": records}), cache_folder=cache) as index:
        assert index.disputes("abcd") == {"a": ("b", "c"), "b": ("a",), "c": ("a",)}
        assert index.superseded_by("abcdefg") == {"f": ("e", "g")}


def test_current_facts_that_name_an_actor(make_base: MakeBase, fact: MakeFact, cache: Path) -> None:
    records = [
        fact("undated", actors=["pakistan"]),
        fact("late", actors=["russia", "pakistan"], date="2013"),
        fact("early", actors=["pakistan"], date="2011"),
        fact("draft", actors=["pakistan"], status="draft"),
        fact("other", actors=["russia"]),
    ]
    with open_index(make_base({"a.yaml": records}), cache_folder=cache) as index:
        assert [found.id for found in index.facts_naming(["pakistan"])] == [
            "early",
            "late",
            "undated",
        ]
        assert index.facts_naming([]) == []


def test_what_there_is_on_topics_at_a_glance(
    make_base: MakeBase, fact: MakeFact, cache: Path
) -> None:
    records = [
        fact("both", topics=["energy.oil", "trade"], date="2011-05"),
        fact("open", topics=["energy"], date="../2012"),
        fact("on", topics=["energy"], date="2013/.."),
        fact("undated", topics=["trade"]),
        fact("draft", topics=["trade"], status="draft"),
    ]
    with open_index(make_base({"a.yaml": records}), cache_folder=cache) as index:
        may = parse_edtf("2011-05")
        assert index.overview(["energy", "trade"]) == [
            FactOverview("both", ("energy", "trade"), may.first_day, may.last_day, True),
            FactOverview("on", ("energy",), parse_edtf("2013").first_day, None, True),
            FactOverview("open", ("energy",), None, parse_edtf("2012").last_day, True),
            FactOverview("undated", ("trade",), None, None, False),
        ]
        assert [found.id for found in index.overview(["energy.oil"])] == ["both"]
        assert index.overview([]) == []


# --- the file on disk ------------------------------------------------------------------------


def _kept(cache: Path) -> Path:
    (path,) = cache.glob("*.sqlite")
    return path


DAMAGE: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-5000]),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:70]),
    "sums off": lambda path: path.write_bytes(_flipped(path.read_bytes(), -100)),
    "header off": lambda path: path.write_bytes(_flipped(path.read_bytes(), 30)),
    "longer": lambda path: path.write_bytes(path.read_bytes() + bytes(4096)),
    "text": lambda path: path.write_text("hello" * 1000),
    "foreign database": lambda path: shutil.copy(_foreign_database(path), path),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


def _flipped(data: bytes, place: int) -> bytes:
    place %= len(data)
    return data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]


def _foreign_database(path: Path) -> Path:
    import sqlite3

    other = path.parent.parent / "foreign.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE facts (x)")
    connection.commit()
    connection.close()
    return other


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_built_anew(
    full_base: Path, cache: Path, damage: str, parsed: list[str]
) -> None:
    open_index(full_base, cache_folder=cache).close()
    DAMAGE[damage](_kept(cache))
    parsed.clear()
    with open_index(full_base, cache_folder=cache) as index:
        assert tuple(index.facts(["full", "old", "other"]).values()) == read_base(full_base).facts
        assert len(index.warnings) == (damage == "a folder")
    assert len(parsed) == 6
    open_index(full_base, cache_folder=cache).close()
    assert len(parsed) == (12 if damage == "a folder" else 6)


def test_no_flipped_bit_is_ever_believed(
    full_base: Path, cache: Path, parsed: list[str], make_base: MakeBase, fact: MakeFact
) -> None:
    """Wherever it lies: answers are the true ones, and some were found out while asking."""
    with open_index(full_base, cache_folder=cache) as index:
        expected = _everything(index)
    whole = _kept(cache).read_bytes()
    at_once = while_asking = unseen = 0
    for place in range(11, len(whole), 3001):
        path = _kept(cache)
        path.write_bytes(_flipped(whole, place))
        parsed.clear()
        with open_index(full_base, cache_folder=cache) as index:
            found_at_once = bool(parsed)
            assert _everything(index) == expected, place
        at_once += found_at_once
        while_asking += bool(parsed) and not found_at_once
        unseen += not parsed
        assert parsed or path.read_bytes() == _flipped(whole, place)
    assert while_asking > at_once > 0
    assert while_asking > unseen  # pages that no question touched


def test_damage_in_an_index_with_other_rows_ends_the_question(
    make_base: MakeBase, fact: MakeFact, cache: Path
) -> None:
    """An index that was brought up to date numbers facts as one made anew does not."""
    folder = make_base({"a.yaml": [fact("x")], "b.yaml": [fact("y")]})
    open_index(folder, cache_folder=cache).close()
    make_base({"a.yaml": [fact("x", kind="plan")], "b.yaml": [fact("y")]})
    with open_index(folder, cache_folder=cache) as index:
        path = _kept(cache)
        data = bytearray(path.read_bytes())
        for place in range(PAGE, len(data) - PAGE, PAGE):
            data[place + 9] ^= 1
        path.write_bytes(data)
        with pytest.raises(DamagedIndexError, match="damaged"):
            _everything(index)
    with open_index(folder, cache_folder=cache) as index:
        assert list(index.facts("xy")) == ["x", "y"]


def test_an_index_of_an_earlier_program_is_not_trusted(
    full_base: Path, cache: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefgen.index import files

    open_index(full_base, cache_folder=cache).close()
    parsed.clear()
    monkeypatch.setattr(files, "SCHEMA_VERSION", 10**6)
    open_index(full_base, cache_folder=cache).close()
    assert len(parsed) == 6
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("kind", ["a file", "below a file", "not writable"])
def test_without_a_cache_folder_the_index_lives_in_memory(
    full_base: Path, tmp_path: Path, kind: str
) -> None:
    place = tmp_path / "place"
    place.touch()
    if kind == "below a file":
        place = place / "cache"
    elif kind == "not writable":
        place.unlink()
        place.mkdir(mode=0o500)
        if os.access(place, os.W_OK):
            pytest.skip("this user may write everywhere")
    with open_index(full_base, cache_folder=place) as index:
        assert len(index.facts(["full", "old", "other"])) == 3
        (warning,) = index.warnings
        assert warning.startswith("the index is not kept")
        assert warning.endswith("set BRIEFGEN_CACHE to a folder that can be written")
        assert "\n" not in warning


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_full_disk_is_a_warning(full_base: Path, cache: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from briefgen.index import open_index\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)\n"
        "with open_index(Path(sys.argv[1]), cache_folder=Path(sys.argv[2])) as index:\n"
        "    print(len(index.facts(['full', 'old', 'other'])), *index.warnings)\n"
    )
    open_index(full_base, cache_folder=cache).close()
    size = _kept(cache).stat().st_size
    _kept(cache).unlink()
    for room in (10_000, size // 2, size - 10):
        done = subprocess.run(
            [sys.executable, "-c", script, full_base, cache, str(room)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.startswith("3 the index is not kept"), done.stdout
        assert done.stdout.count("\n") == 1
        assert list(cache.iterdir()) == []


def test_the_cache_folder_is_what_the_environment_says(
    full_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "said"))
    open_index(full_base).close()
    assert _kept(tmp_path / "said").name.startswith("base-")


def test_bases_of_one_name_do_not_mix(make_base: MakeBase, fact: MakeFact, cache: Path) -> None:
    folders = [make_base({"a.yaml": [fact(name)]}, folder=f"{name}/база") for name in "xy"]
    for _ in range(2):
        for folder in folders:
            with open_index(folder, cache_folder=cache) as index:
                assert list(index.facts("xy")) == [folder.parent.name]
    assert len(list(cache.iterdir())) == 2


def test_what_a_killed_run_left_is_removed_by_the_next(full_base: Path, cache: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path\n"
        "from briefgen.index import open_index, store\n"
        "store.seal = lambda path: os._exit(9)\n"
        "open_index(Path(sys.argv[1]), cache_folder=Path(sys.argv[2]))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, full_base, cache], check=False)
    assert done.returncode == 9
    (left,) = cache.iterdir()
    assert left.name.startswith(".")
    assert left.name.endswith(".tmp")
    open_index(full_base, cache_folder=cache).close()
    assert [path.suffix for path in cache.iterdir()] == [".sqlite"]


def test_programs_that_build_at_once_all_get_their_facts(
    make_base: MakeBase, fact: MakeFact, cache: Path
) -> None:
    folder = make_base({"a.yaml": [fact(f"f{number}") for number in range(60)]})
    script = (
        "import sys; from pathlib import Path\n"
        "from briefgen.index import open_index\n"
        "from briefgen.select.model import Selection\n"
        "from briefgen.select.pick import select_facts\n"
        "folder, cache, own = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]\n"
        "sys.stdin.readline()\n"
        "for turn in range(12):\n"
        "    if own == '0':\n"
        "        with open(folder / 'facts' / 'a.yaml', 'a') as file: file.write('# x\\n')\n"
        "    with open_index(folder, cache_folder=cache) as index:\n"
        "        assert len(select_facts(index, Selection())) == 60, index.problems\n"
        "        assert not index.warnings, index.warnings\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, folder, cache, str(number)],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ends = [(process.communicate()[1], process.returncode) for process in running]
    assert ends == [("", 0)] * 4
    open_index(folder, cache_folder=cache).close()
    assert [path.suffix for path in cache.iterdir()] == [".sqlite"]


# --- brought up to date, an index is what it would be if built anew ---------------------------


def _everything(index: Index) -> list[object]:
    ids = [id_ for (id_,) in index.rows("SELECT id FROM facts WHERE good ORDER BY id")]
    tables = {
        "fact_topics": "topic || fact_topics.span || fact_topics.first", "fact_actors": "actor", "fact_sources": "source",
        "fact_links": "fact_links.kind || target",
    }  # fmt: skip
    return [
        index.problems,
        index.fatal,
        index.facts(ids),
        index.disputes(ids),
        index.superseded_by(ids),
        index.known_ids("topics"),
        index.known_ids("actors"),
        index.known_ids("sources"),
        index.rows("SELECT id, good, first, last, span, kind, status FROM facts ORDER BY id, good"),
        index.rows("SELECT id, good, body FROM passages ORDER BY id, good"),
        [
            index.rows(f"SELECT {column}, id FROM {table} JOIN facts USING (row) ORDER BY 1, 2")
            for table, column in tables.items()
        ],
        [
            index.rows(
                "SELECT id FROM fact_words JOIN facts ON facts.row = fact_words.rowid"
                " WHERE fact_words MATCH ? ORDER BY 1",
                (word,),
            )
            for word in ("statement", "new", "old")
        ],
        [
            index.rows(
                "SELECT actor FROM actor_words JOIN actor_names ON row = actor_words.rowid"
                " WHERE actor_words MATCH ? ORDER BY 1",
                (word,),
            )
            for word in ("pakistan", "islamabad", "lahore")
        ],
    ]


FILES = (
    "base.yaml", "actors.yaml", "sources.yaml", "facts/a.yaml", "facts/b.yaml", "passages.yaml",
)  # fmt: skip
EDITS = (
    ("gone", ""),
    ("written", None),
    ("Statement", "New"),
    ("s1", "s9"),
    ("current", "old"),
    ("Islamabad", "Lahore"),
    ("2011", "2012"),
    ("energy", "enrgy"),
    ("[@x; @y]", "[@x; @z; @gone]"),
    ("broken", "}"),
)


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(FILES), st.sampled_from(EDITS)), max_size=3),
        min_size=2,
        max_size=5,
    )
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_index_brought_up_to_date_is_one_built_anew(
    make_base: MakeBase,
    fact: MakeFact,
    tmp_path: Path,
    turns: list[list[tuple[str, tuple[str, str | None]]]],
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    shutil.rmtree(old, ignore_errors=True)
    records = [
        fact("x", date="2011", actors=["pakistan"], disputes=["y"], status="current"),
        fact("y", topics=["energy.oil"], supersedes=["z"]),
    ]

    def write() -> Path:
        return make_base(
            {"a.yaml": records, "b.yaml": [fact("z", status="superseded")]},
            passages=[
                {"id": "p", "text": "Statement and old. [@x; @y]"},
                {"id": "q", "text": "New [@y] and old [@z].", "key": True},
            ],
        )

    folder = write()
    whole = {name: (folder / name).read_text() for name in FILES}
    for edits in turns:
        for name, (text, to) in edits:
            path = folder / name
            if text == "gone":
                path.unlink(missing_ok=True)
            elif text == "written" or not path.exists():
                path.write_text(whole[name])
            elif text == "broken":
                path.write_text(path.read_text() + (to or ""))
            else:
                path.write_text(path.read_text().replace(text, to or ""))
        shutil.rmtree(new, ignore_errors=True)
        with (
            open_index(folder, cache_folder=old) as updated,
            open_index(folder, cache_folder=new) as anew,
        ):
            assert _everything(updated) == _everything(anew)
            expected = read_base(folder)
            assert updated.problems == expected.problems
            assert updated.fatal == expected.fatal
            if expected.base is not None:
                assert updated.base.passages == expected.base.passages
            assert updated.facts(fact.id for fact in expected.facts) == {
                fact.id: fact for fact in expected.facts
            }
            if expected.base is not None:
                assert updated.base == expected.base


def test_a_kept_index_is_opened_and_none_is_made(
    make_base: MakeBase, fact: MakeFact, tmp_path: Path
) -> None:
    folder, cache = make_base({"a.yaml": [fact("a")]}), tmp_path / "kept"
    assert open_kept_index(folder, cache_folder=cache) is None
    assert not cache.exists()

    open_index(folder, cache_folder=cache).close()
    kept = open_kept_index(folder, cache_folder=cache)
    assert kept is not None
    with kept, open_index(folder, cache_folder=cache) as index:
        assert kept.content_key == index.content_key
        assert kept.rows("SELECT id FROM facts") == index.rows("SELECT id FROM facts")

    with (folder / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("# more\n")
    assert open_kept_index(folder, cache_folder=cache) is None


def test_a_glance_tells_what_takes_long_and_what_was_read_before(
    make_base: MakeBase, fact: MakeFact, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "glance"))
    folder = make_base({"a.yaml": [fact("a")]})
    assert (takes_long(folder), was_kept(folder)) == (False, False)

    open_index(folder).close()
    with (folder / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("# more\n" * 200_000)
    assert (takes_long(folder), was_kept(folder)) == (True, True)
