"""What briefgen keeps for itself, and anybody or a failing disk may have changed: recovery, caches, the index."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from fuzz.mutators import Grammar, as_json
from fuzz.oracle import Fault, Target, refused, same
from fuzz.room import Given
from fuzz.targets.files import FORMATS, copy_base, read

_SPEC = ("=", "BriefSpec", "Selection", "Edtf", "Edits", "Passages", "Passage", "Sides", "Judgement", "Address", "Aside", "select", "edits", "spec", "at", "seen", "path", "format", "aside", "leave_out", "text", "start", "first_day", "topics", "SectionEdits", "OwnSection", "EmailRequest")  # fmt: skip


def _recovery(given: Given) -> None:
    """The app opens whatever lies there; what it takes up can be shown, kept and saved."""
    from briefgen.brief.spec.writer import write_spec
    from briefgen.gui.view_models.brief.recovery import from_bytes, to_bytes
    from briefgen.gui.view_models.keeper import leftovers
    from briefgen.gui.view_models.words import moment_in_words

    folder = given.room.state / "recovery"
    folder.mkdir(exist_ok=True)
    (folder / "1-0a.json").write_bytes(given.data)
    damaged: list[Path] = []
    for left in leftovers(folder, from_bytes, damaged.append):
        unsaved = left.unsaved
        same(from_bytes(to_bytes(unsaved)), unsaved, "what is kept comes back otherwise")
        moment_in_words(datetime.fromtimestamp(unsaved.at), datetime(2026, 11, 21))
        str(unsaved.path), (unsaved.spec.title or "").strip(), unsaved.spec.outputs
        with refused(given, names=False):
            write_spec(unsaved.spec, folder)
        left.discard()
    for path in damaged:
        path.unlink()


def _form(given: Given) -> None:
    from briefgen.gui.view_models.keeper import leftovers
    from briefgen.gui.view_models.unsaved_form import from_bytes, to_bytes

    folder = given.room.state / "forms"
    folder.mkdir(exist_ok=True)
    (folder / "1-0a.json").write_bytes(given.data)
    damaged: list[Path] = []
    for left in leftovers(folder, from_bytes, damaged.append):
        form = left.unsaved
        if not isinstance(form.words, str) or not form.name:
            raise Fault("nothing can be shown of it")
        to_bytes(form)
        left.discard()
    for path in damaged:
        path.unlink()


def _forms() -> list[bytes]:
    said = [
        {
            "what": "new",
            "state": {
                "entry": {
                    "statement": "They met.",
                    "topics": ["energy"],
                    "cites": [{"source": "s1"}],
                }
            },
        },
        {"what": "source", "state": {"written": {"title": "T", "author": [{"family": "Doe"}]}}},
        {"what": "draft", "state": {"passage": "They met.", "address": "https://example.org"}},
    ]
    return [as_json({"format": 1, "base": "/home/jo/base", "at": 12.5, **each}) for each in said]


def _remembered(given: Given) -> None:
    from briefgen.gui.view_models.home.recent_rows import base_row, brief_row
    from briefgen.gui.view_models.home.remembered import RecentBase, Remembered

    found = Remembered(given.path)
    now = datetime(2026, 11, 21)
    rows = [
        *(brief_row(one, now) for one in found.briefs),
        *(base_row(one, now) for one in found.bases),
    ]
    for row in rows:
        row.spoken.encode("utf-8", "surrogatepass")
    found.add_base(RecentBase(given.folder / "base", "Title", 3, 12.5))
    again = Remembered(given.path)
    if not again.bases or again.bases[0].title != "Title":
        raise Fault("what is remembered now is not there")


def _memories(folder: Path = FORMATS) -> list[bytes]:
    brief = {
        "path": str(folder / "other.brief.yaml"),
        "title": "T",
        "template": "Country",
        "base": "Ties",
        "at": 1e9,
    }
    base = {"folder": str(folder / "base"), "title": "T", "facts": 3, "at": 1.5e9}
    return [
        as_json(
            {
                "format": 1,
                "last": {"brief": brief["path"], "base": None},
                "briefs": [brief, brief],
                "bases": [base],
            }
        )
    ]


# --- the index: damage is never believed ---------------------------------------------------------


@cache
def _of_base() -> tuple[Any, Any]:
    from briefgen.facts.read import read_base

    plain = read_base(FORMATS / "base")
    return plain.problems, {fact.id: fact for fact in plain.facts}


def _index(given: Given) -> None:
    from briefgen.facts.files import list_base_files
    from briefgen.index import open_index

    folder = given.folder / "base"
    if not any(given.room.cache.iterdir()):
        open_index(folder, cache_folder=given.room.cache).close()
    places = sorted(file for file in given.room.cache.rglob("*") if file.is_file())
    whole = {place: place.read_bytes() for place in places}
    place = max(places, key=lambda each: len(whole[each]))
    place.write_bytes(given.data)
    with refused(given, names=False), open_index(folder, cache_folder=given.room.cache) as index:
        problems, facts = _of_base()
        same(len(index.problems), len(problems), "a damaged index is believed")
        found = index.facts(facts)
        same(
            [fact.statement for fact in found.values()],
            [facts[id_].statement for id_ in found],
            "a damaged index is believed",
        )
        same(sorted(found), sorted(facts), "a damaged index is believed")
    list_base_files(folder)
    for each in given.room.cache.rglob("*"):
        if each.is_file():
            each.unlink()
    for each, data in whole.items():
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_bytes(data)


def _indexes() -> list[bytes]:
    import shutil
    import tempfile

    from briefgen.index import open_index

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(FORMATS / "base", folder / "base")
        open_index(folder / "base", cache_folder=folder / "cache").close()
        files = [file.read_bytes() for file in (folder / "cache").rglob("*") if file.is_file()]
        return [max(files, key=len)]


# --- caches ------------------------------------------------------------------------------------


def _catalogue(given: Given) -> None:
    """The list of styles: one that is damaged is made anew."""
    from briefgen.cite import catalogue

    cache = given.room.root / "catalogue"
    found = catalogue.list_styles("apa", cache_folder=cache)
    (file,) = (cache / "styles").glob("*.json")
    whole = file.read_bytes()
    digest = b"" if len(given.data) % 2 else hashlib.sha256(given.data).hexdigest().encode() + b"\n"
    file.write_bytes(digest + given.data)
    for style in catalogue.list_styles("apa", cache_folder=cache):
        str(style.id + style.title + style.kind + style.parent)
    if not digest:
        same(catalogue.list_styles("apa", cache_folder=cache), found, "a damaged list is believed")
    file.write_bytes(whole)


def _citations(given: Given) -> None:
    """Kept words of citations: damaged ones are asked for anew."""
    from briefgen.cite.wording import _unpacked

    try:
        kept = json.loads(given.data)
    except (ValueError, RecursionError):
        return
    found = _unpacked(kept, 2)
    if found is not None and len(found.citations) != 2:
        raise Fault("citations are lost")


def _worded() -> list[bytes]:
    from briefgen.brief.model import CiteItem
    from briefgen.cite.styles import load_style
    from briefgen.cite.wording import _packed, word_citations
    from fuzz.targets.styles import _sources

    sources = _sources()
    clusters = [(CiteItem(one, "12", "page"),) for one in list(sources)[:2]]
    return [as_json(_packed(word_citations(clusters, sources, load_style("apa"))))]


def _last_written(given: Given) -> None:
    from briefgen import folders, last_written

    target = given.folder / "there.docx"
    if note := last_written.note_written({target: b"x"}):
        raise Fault(note)
    (file,) = folders.written_folder().glob("*.json")
    file.write_bytes(given.data)
    prints = last_written.written_at(target, ["new:x"])
    last_written.holds(given.path, prints)
    if len(prints) > 1 or not all(isinstance(each.size, int) for each in prints):
        raise Fault("it is believed")
    file.unlink()


def _notes() -> list[bytes]:
    return [as_json({"path": "/x/there.docx", "sha256": "ab" * 32, "bytes": 1, "brief": "new:1"})]


def _manifest(given: Given) -> None:
    from briefgen.batch.manifest import JOURNAL_NAME, MANIFEST_NAME, Manifest

    folder = given.room.state / "out"
    folder.mkdir(exist_ok=True)
    name = JOURNAL_NAME if len(given.data) % 3 == 0 else MANIFEST_NAME
    (folder / name).write_bytes(given.data)
    with refused(given, names=False):
        manifest = Manifest(folder, ["energy", "defence", "everything"])
        for job in ("energy", "defence", "everything"):
            manifest.earlier(job), manifest.mail(job)
        json.loads(manifest.as_bytes())
        manifest.close()
    (folder / name).unlink()


_FIXTURES = "fixtures/formats/1"
TARGETS = [
    Target(
        "recovery",
        "x.json",
        Grammar("json", _SPEC),
        _recovery,
        read(f"{_FIXTURES}/recovery/*.json"),
        by_path=False,
        weight=1.5,
    ),
    Target(
        "unsaved form",
        "x.json",
        Grammar(
            "json", ("what", "state", "entry", "written", "at", "base", "format", "passage", "edit")
        ),
        _form,
        _forms,
        by_path=False,
    ),
    Target(
        "remembered",
        "x.json",
        Grammar(
            "json",
            ("last", "briefs", "bases", "path", "folder", "title", "facts", "at", "template"),
        ),
        _remembered,
        _memories,
        by_path=False,
    ),
    Target("index", "x.bin", Grammar("text"), _index, _indexes, beside=copy_base, by_path=False),
    Target(
        "list of styles",
        "x.json",
        Grammar("json"),
        _catalogue,
        lambda: [
            as_json(
                [
                    ["apa", "APA", "author-date", ""],
                    ["ieee", "IEEE", "numeric", ""],
                    ["x", "X", "note", "apa"],
                ]
            )
        ],
        by_path=False,
        weight=0.5,
    ),
    Target(
        "kept citations",
        "x.json",
        Grammar("json", ("Str", "Space", "t", "c", "Emph", "Link", "Span")),
        _citations,
        _worded,
        by_path=False,
        weight=0.5,
    ),
    Target(
        "last written",
        "x.json",
        Grammar("json", ("path", "sha256", "bytes", "brief")),
        _last_written,
        _notes,
        by_path=False,
        weight=0.5,
    ),
    Target(
        "manifest",
        "x.json",
        Grammar(
            "json",
            (
                "jobs",
                "name",
                "status",
                "files",
                "path",
                "sha256",
                "bytes",
                "facts",
                "seconds",
                "error",
                "mail",
                "recipients",
                "content",
                "deliveries",
                "address",
                "state",
                "message_id",
                "date",
                "words",
                "warnings",
            ),
        ),
        _manifest,
        read(f"{_FIXTURES}/batch/*"),
        by_path=False,
    ),
]
