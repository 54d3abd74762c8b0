"""Saved copies against what the base says of them: hashes, and what facts quote and tell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefgen.capture.model import SavedText, of_own_text
from briefgen.capture.quoting import Quotations
from briefgen.capture.read import bytes_of_copy, read_saved
from briefgen.capture.reading_process import ReadingProcess
from briefgen.editing.capturing import usable_copy
from briefgen.errors import InputError, Problem
from briefgen.facts.model import Base, Citation, Fact, Source
from briefgen.facts.paragraph_ranges import paragraph_ranges
from briefgen.pipeline.listings.copy_facts import CopyFacts
from briefgen.suggestions import shown
from briefgen.whole_numbers import whole_number

_LONGEST = 60


def check_copies(base: Base, facts: Iterable[Fact], folder: Path) -> tuple[Problem, ...]:
    """What is wrong with the saved copies in `folder`, and with the facts that rest on them.

    Raises `InputError` for a folder that is not there though copies are named.
    """
    named = [source for source in base.sources.values() if source.archive]
    if named and not folder.is_dir():
        raise InputError(
            f"the folder of saved copies {str(folder)!r} "
            + ("is a file" if folder.exists() else "is not there"),
            hint="say where it is with --archive DIR",
        )
    problems: list[Problem] = []
    copies: dict[str, _Copy] = {}
    with ReadingProcess() as process:
        for source in named:
            try:
                copies[source.id] = copy = _Copy(source, folder, process)
            except InputError as error:
                problems.append(_problem(source, str(error.message), error.hint))
                continue
            problems += copy.problems()
    texts = {id_: copy.saved for id_, copy in copies.items() if copy.saved is not None}
    held = CopyFacts(base, texts)
    for fact in facts:
        for cite in fact.cites:
            if cite.quote and cite.source in copies:
                problems += copies[cite.source].of_quote(fact, cite)
        problems += held.problems(fact)
    return tuple(problems)


def _problem(source: Source, what: str, hint: str) -> Problem:
    return Problem(source.origin, "error", f"{source.archive}: {what}", hint)


class _Copy:
    """One saved copy. Raises `InputError` where it is no file that can be read."""

    def __init__(self, source: Source, folder: Path, process: ReadingProcess) -> None:
        self.source = source
        path = usable_copy(folder, source.archive)
        self._data = bytes_of_copy(path)
        named = source.archive_paragraphs
        self._ranges = paragraph_ranges(named) if named else ()
        self.saved: SavedText | None = None
        self._quotations: Quotations | None = None
        self._fault = ""
        try:
            self.saved = of_own_text(read_saved(self._data, path.name, process), self._ranges)
            self._quotations = Quotations(self.saved.paragraphs)
        except InputError as error:
            self._fault = error.message

    def problems(self) -> Iterator[Problem]:
        """Of the file itself."""
        source = self.source
        if not source.archive_sha256:
            yield Problem(
                source.origin,
                "warning",
                f"{source.archive}: nobody noted its hash, so that a change would not be seen",
                f"note it with: briefgen capture FILE --source {source.id}",
            )
        elif hashlib.sha256(self._data).hexdigest() != source.archive_sha256:
            yield _problem(
                source,
                "the saved copy is not the one that was kept: its hash is another",
                "put the old file back, or keep the new one as a copy of its own",
            )
        if self._fault:
            yield Problem(
                source.origin,
                "warning",
                f"{source.archive}: {self._fault}; quotations are not held against it",
                "save it again",
            )
        yield from self._beyond()

    def _beyond(self) -> Iterator[Problem]:
        """Paragraphs that the source names and the copy has not."""
        saved, last = self.saved, self._ranges[-1][-1] if self._ranges else 0
        if saved is not None and not saved.pages and last > len(saved.paragraphs):
            yield _problem(
                self.source,
                f"archive_paragraphs names paragraph {last}, and the copy has "
                f"{len(saved.paragraphs)}",
                "count the lines of the copy that say something, from 1",
            )

    def of_quote(self, fact: Fact, cite: Citation) -> Iterator[Problem]:
        """A quotation that is not in the copy, or stands elsewhere than the fact says."""
        saved, quotations = self.saved, self._quotations
        if saved is None or quotations is None or saved.is_scan:
            return
        places = quotations.find(cite.quote)
        if not places:
            yield Problem(
                fact.origin,
                "warning",
                f"{fact.id}: the words {_short(cite.quote)} are not in {self.source.archive}",
                "quote it letter for letter, with … for what is left out",
            )
            return
        said = dict(cite.locators)
        label = "page" if saved.pages else "paragraph"
        first = saved.paragraphs[places[0].first]
        number = first.page if saved.pages else first.number
        wanted = whole_number(said.get(label, ""), None)
        if wanted is not None and wanted != number:
            there = [one for one in saved.paragraphs if wanted in (one.page or one.number,)]
            if not Quotations(there).find(cite.quote):  # the same words may stand twice
                there_is = f"in {label} {number}" if number else "outside the own text"
                yield Problem(
                    fact.origin,
                    "warning",
                    f"{fact.id}: the words {_short(cite.quote)} stand {there_is} of "
                    f"{self.source.archive}, not in {said[label]}",
                    f"write {label}: {number}" if number else f"cite it without a {label}",
                )


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return shown(words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…")
