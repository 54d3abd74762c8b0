"""A .bib file as its entries, each with its place, before anything in them is understood.

Pybtex's scanner finds entries, fields and macros; a faulty entry is named, and those after it are
still read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pybtex.database.input.bibtex import LowLevelParser, SkipEntry
from pybtex.scanner import PybtexSyntaxError, Token

from briefgen.errors import InputError, Origin, one_line
from briefgen.patterns import lazy_pattern

MAX_FAULTS = 200
"""Faulty entries after which a file is taken for something else."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MACROS = {month: month for month in MONTHS}
"""BibTeX's own macros; their text is for `bib_read`, which reads dates."""

_NEXT = lazy_pattern(r"(?m)^[ \t]*@[A-Za-z]+\s*[{(]")


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it stands, macros put in."""

    kind: str
    """Its type, in small letters."""
    key: str
    fields: dict[str, str]
    """LaTeX by field, names in small letters; of fields that stand twice the first."""
    place: Origin
    fault: str = ""


def split_bib(text: str, name: str) -> list[RawEntry]:
    """The entries of a .bib file, in order. Raises `InputError` when hardly any can be read."""
    return _Splitter(text, name).run()


class _Macros(dict[str, str]):
    """A name that no macro has stands for itself: `publisher = oup`."""

    def __missing__(self, name: str) -> str:
        return name


class _Scanner(LowLevelParser):
    """Pybtex's, looking for several characters at once: a file without a single closing brace
    would else be searched to its end at every step."""

    pos: int
    text: str

    def skip_to(self, patterns: list[Any]) -> Any:
        sought = _SOUGHT[len(patterns)]
        found = sought.search(self.text, self.pos)
        if found is None:
            return None
        value = self.text[self.pos : found.end()]
        self.pos = found.end()
        return _token(value, _OF_CHARACTER[found.group()])


_token: Any = Token
_OF_CHARACTER = {
    "@": LowLevelParser.AT,
    "{": LowLevelParser.LBRACE,
    "}": LowLevelParser.RBRACE,
    '"': LowLevelParser.QUOTE,
}
_SOUGHT = {1: lazy_pattern("@"), 2: lazy_pattern("[{}]"), 3: lazy_pattern('[{}"]')}
"""What the scanner skips to: an entry's start, the end of a text in braces, in quotes."""


class _Splitter:
    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.fault = ""
        self.faults = 0
        self.counted_to, self.line = 0, 1
        scanner: Any = _Scanner
        self.scanner = scanner(
            text, macros=_Macros(MACROS), handle_error=self.handle, filename=name
        )

    def run(self) -> list[RawEntry]:
        entries: list[RawEntry] = []
        scanner = self.scanner
        while scanner.skip_to([scanner.AT]):
            start = scanner.command_start = scanner.pos - 1
            self.fault = ""
            try:
                command, content = scanner.parse_command()
            except SkipEntry:
                continue
            except (_FaultyError, PybtexSyntaxError) as error:
                self.fault = self.fault or _said(error)
                self.faults += 1
                self.recover(start)
                if not scanner.current_entry_key and not scanner.current_fields:
                    if self.is_entry(start):
                        entries.append(self.faulty(start, ""))
                    continue
                entries.append(self.faulty(start, scanner.current_entry_key or ""))
                if self.faults > MAX_FAULTS:
                    raise InputError(
                        f"more than {MAX_FAULTS} faulty entries; the first: {entries[0].fault}",
                        hint="correct the file, or export it as CSL JSON",
                        origin=entries[0].place,
                    ) from None
                continue
            if command.lower() in ("string", "preamble", "comment"):
                continue
            key, fields = content
            values: dict[str, str] = {}
            for field, parts in fields:
                values.setdefault(field.lower(), "".join(parts))
            entries.append(RawEntry(command.lower(), key or "", values, self.place(start)))
        return entries

    def handle(self, error: Exception) -> None:
        self.fault = _said(error)
        raise _FaultyError

    def is_entry(self, start: int) -> bool:
        """Whether the `@` at `start` begins an entry, and not an address in a remark."""
        line_start = self.text.rfind("\n", 0, start) + 1
        return _NEXT.match(self.text, line_start) is not None

    def recover(self, start: int) -> None:
        """Go on at the next entry: an open brace would swallow all that come after it."""
        following = _NEXT.search(self.text, start + 1)
        end = len(self.text)
        self.scanner.pos = self.text.rfind("@", 0, following.end()) if following else end

    def faulty(self, start: int, key: str) -> RawEntry:
        return RawEntry("", key, {}, self.place(start), f"not valid BibTeX ({self.fault})")

    def place(self, position: int) -> Origin:
        if position < self.counted_to:
            self.counted_to, self.line = 0, 1
        self.line += self.text.count("\n", self.counted_to, position)
        self.counted_to = position
        return Origin(self.name, self.line)


def _said(error: Exception) -> str:
    return one_line(str(error.args[0] if error.args else error))


class _FaultyError(Exception):
    """The entry at hand cannot be read."""
