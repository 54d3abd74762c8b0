"""A bibliography's entries into a base's sources.yaml."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefgen.collector import collector_paused
from briefgen.editing.import_rows import ImportRow, first_few
from briefgen.errors import InputError
from briefgen.facts.files import fatal_of_folder, list_base_files
from briefgen.suggestions import few_of, shown
from briefgen.values import valueclass

if TYPE_CHECKING:
    from briefgen.bibliography.model import Entry
    from briefgen.facts.model import Base
    from briefgen.writing.plan import Plan


@valueclass(frozen=True, slots=True)
class ImportedSources:
    """What an import added, or would add."""

    added: tuple[str, ...]
    """Ids, in the order of the file."""
    duplicates: tuple[tuple[str, str, str], ...]
    """Entries that are there already: their id or title, the id of the source, why they are the
    same."""
    warnings: tuple[str, ...]
    """What was left out or changed, each in one line."""
    target: str
    """The file that they went into."""
    refused: tuple[str, ...] = ()
    """Entries that cannot become sources: which and why, each in one line."""


def import_sources(
    file: Path, base: Path, *, format_: str | None, dry_run: bool, anyway: bool = False
) -> ImportedSources:
    """Add the entries of a bibliography to the sources of the base in the folder `base`.

    `format_` is `bib`, `biblatex`, `bibtex`, `ris`, `csl.json` or `yaml`; None looks at the
    file's suffix, then at what is in it. Entries that the base has already, and those that stand
    twice, are not added, unless `anyway`; those that cannot become sources are named and the rest
    go in. With `dry_run` nothing is written.

    Raises `UsageError` for a format that does not exist, `InputError` for a file or base that
    cannot be used, `OutputError` when sources.yaml cannot be written. Then nothing is changed.
    """
    from briefgen.writing.plan import bases_alone

    coming = ComingSources(file, base, format_, anyway=anyway)
    with bases_alone([base / "sources.yaml"]) as warning:
        plan, made = coming.plan()
        if not dry_run:
            plan.write()
    return replace(made, warnings=(warning, *made.warnings)) if warning else made


class ComingSources:
    """The entries of a bibliography on their way into the base in the folder `base`.

    The file is read once, the base each time that it is asked what becomes of them. Raises as
    `import_sources` does.
    """

    def __init__(
        self, file: Path, base: Path, format_: str | None = None, *, anyway: bool = False
    ) -> None:
        from briefgen.bibliography.model import format_named
        from briefgen.bibliography.read import read_bibliography

        known_format = format_named(format_) if format_ is not None else None
        self._file, self._base, self._anyway = file, base, anyway
        with collector_paused():
            self._found = read_bibliography(file, known_format)

    @property
    def rows(self) -> list[ImportRow]:
        """What becomes of each entry."""
        with collector_paused():
            return self._sorted(None).rows

    def plan(self, only: Collection[int] | None = None) -> tuple[Plan, ImportedSources]:
        """The new sources added, not written yet; `only` those of these numbers."""
        from briefgen.writing.plan import Plan

        target = self._base / "sources.yaml"
        with collector_paused():
            coming = self._sorted(only)
            entries = list(coming.records())
            plan = Plan()
            if entries:
                plan.add(target, entries)
        warnings = [*(f"{self._file}: {note}" for note in self._found.notes), *coming.warnings()]
        if not self._found.entries:
            warnings.append(f"{self._file}: there are no entries in it")
        return plan, ImportedSources(
            tuple(entry["id"] for entry in entries),
            tuple(coming.duplicates),
            tuple(warnings),
            str(target),
            tuple(coming.refused),
        )

    def _sorted(self, only: Collection[int] | None) -> _Coming:
        frame, taken = _frame_of(self._base)
        faults = _faults(self._found.entries, frame.markings.writings)
        coming = _Coming(frame, taken, self._anyway)
        for number, entry in enumerate(self._found.entries):
            if only is None or number in only:
                coming.take(number, entry, entry.fault or faults.get(number, ""))
        return coming


def _frame_of(base: Path) -> tuple[Base, set[str]]:
    """The base, and every id that its sources have, those of faulty ones among them.

    Raises `InputError` when it has faults that leave no sources to add to.
    """
    from briefgen.facts.read import assemble_base, fatal_of_files, read_base_file

    files, folder_problems = list_base_files(base)
    contents = [read_base_file(file) for file in files if file.kind in ("base", "sources")]
    # A sources.yaml that is not there yet is made; a base.yaml has to be there.
    missing = [
        problem
        for problem in fatal_of_folder(folder_problems)
        if Path(problem.origin.path).name == "base.yaml"
    ]
    fatal = [*missing, *fatal_of_files(contents)]
    frame = assemble_base(str(base), contents)
    if fatal or frame is None:
        raise InputError.from_problems(fatal)
    taken = {
        definition.id
        for content in contents
        for definition in content.record.definitions
        if definition.kind == "source" and definition.id
    }
    return frame, taken


def _faults(entries: Sequence[Entry], markings: Sequence[str]) -> dict[int, str]:
    """By number, why the project's own reader would not take an entry as a source.

    All are read as one sources.yaml: for thousands, one by one would take seconds.
    """
    from briefgen.facts.files import BaseFile
    from briefgen.facts.read import read_base_file
    from briefgen.writing.emit import entry_lines

    faults: dict[int, str] = {}
    lines = ["references:"]
    starts: list[int] = []
    numbers: list[int] = []
    for number, entry in enumerate(entries):
        if entry.fault:
            continue
        custom = dict(entry.item.get("custom", {}))
        custom.pop("derived_from", None)  # the ids that these have here are not known yet
        marking = custom.get("marking", "")
        if marking and marking not in markings:
            faults[number] = (
                f"its marking {shown(marking)} is none of this base's; "
                "add it to markings in base.yaml"
            )
            continue
        try:
            tried = {"id": f"x{number}", **entry.item, "custom": custom or None}
            written = entry_lines(tried, under="references")
        except InputError as error:
            faults[number] = str(error)
            continue
        starts.append(len(lines) + 1)
        numbers.append(number)
        lines += written
    data = "\n".join(lines).encode("utf-8")
    content = read_base_file(BaseFile("sources", "import", Path("import"), "import"), data)
    for problem in content.problems:
        if problem.severity == "error" and problem.origin.line and starts:
            place = max(bisect_right(starts, problem.origin.line) - 1, 0)
            faults.setdefault(numbers[place], problem.sentence)
    return faults


class _Coming:
    """Decides what becomes of each entry."""

    def __init__(self, base: Base, taken: set[str], anyway: bool) -> None:
        from briefgen.bibliography.identity import Known

        self.anyway = anyway
        self._tried: dict[str, int] = {}
        self.taken = set(taken)
        self.in_base = frozenset(taken)
        self.known = Known()
        for id_, source in base.sources.items():
            self.known.add(id_, source.csl)
        self.good: list[tuple[str, Mapping[str, Any], Entry]] = []
        self.duplicates: list[tuple[str, str, str]] = []
        self.refused: list[str] = []
        self.renamed: dict[str, str] = {}
        """By key, the ids of entries of this file; a duplicate's is the one it repeats."""
        self.changed: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.alike: list[str] = []
        """What was added although it may be what is there already."""
        self.rows: list[ImportRow] = []

    def take(self, number: int, entry: Entry, fault: str) -> None:
        """Sort an entry to the new ones, the known ones or, with a `fault`, the refused ones."""
        from briefgen.bibliography.identity import free_id, id_of_key, id_of_source

        def note(state: Literal["new", "same", "fault"], words: str) -> None:
            place = f"line {entry.place.line}" if entry.place.line else f"entry {number + 1}"
            text = str(entry.item.get("title") or entry.name)
            self.rows.append(ImportRow(number, place, text, state, words))

        if fault:
            note("fault", fault)
            which = shown(entry.name) if entry.name else "an entry without a name"
            self.refused.append(f"{entry.place}: {which} was not imported: {fault}")
            return
        same = self.known.find(entry.item)
        if same is not None and not self.anyway:
            id_, why = same
            note("same", f"{why} as {id_}")
            self.duplicates.append((entry.name, id_, why))
            self.renamed.setdefault(entry.key, id_)
            return
        wanted = id_of_key(entry.key) or id_of_source(entry.item)
        id_ = free_id(wanted, self.taken, self._tried)
        likely = same or self.known.likely(entry.item)
        alike = (f"may be {likely[0]} ({likely[1]})",) if likely is not None else ()
        note("new", "; ".join((id_, *alike, *entry.notes)))
        self.alike += [f"{entry.place}: {id_} is added, and {said}" for said in alike]
        self.taken.add(id_)
        self.known.add(id_, entry.item)
        self.renamed.setdefault(entry.key, id_)
        if entry.key and id_ != entry.key:
            self.changed.append((entry.key, id_))
        self.notes += [f"{entry.place}: {id_}: {note}" for note in entry.notes]
        self.good.append((id_, entry.item, entry))

    def records(self) -> Iterator[dict[str, Any]]:
        """The new sources as sources.yaml has them."""
        for id_, item, entry in self.good:
            record = {"id": id_, **item}
            origins = item.get("custom", {}).get("derived_from")
            if origins:
                record["custom"] = self.with_origins(id_, item["custom"], origins, entry)
                if not record["custom"]:
                    del record["custom"]
            yield record

    def with_origins(
        self, id_: str, custom: Mapping[str, Any], origins: Sequence[str], entry: Entry
    ) -> dict[str, Any]:
        """`derived_from` with the ids that the sources have here."""
        named = {origin: self.renamed.get(origin, origin) for origin in origins}
        known = [new for new in named.values() if new in self.taken and new != id_]
        missing = [old for old, new in named.items() if new not in self.taken]
        if missing:
            self.notes.append(
                f"{entry.place}: {id_}: derived_from names what this base does not have "
                f"({few_of([shown(one)[1:-1] for one in missing], 10)}); left out"
            )
        changed = {**custom, "derived_from": list(dict.fromkeys(known))}
        return changed if known else {k: v for k, v in changed.items() if k != "derived_from"}

    def warnings(self) -> list[str]:
        """What is to be told, the ids that changed first."""
        told = [f"{shown(key)} is called {id_} here" for key, id_ in self.changed]
        return [
            *first_few(told, "have ids of their own here"),
            *first_few(self.alike, "may be what is there already"),
            *self.notes,
        ]
