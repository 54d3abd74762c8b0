"""A .bib file as its entries, each with its place, before anything in them is understood.

bibtexparser finds the blocks; a faulty entry is named, and those after it are still read. Texts are
put together from their parts and macros here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from briefgen.bibliography.bounds import MAX_BYTES, MOST_ENTRIES, refuse_many_marks, too_large
from briefgen.bibliography.clean import MAX_TEXT
from briefgen.bibliography.dates import MONTHS
from briefgen.bounds import MOST_IN_ONE
from briefgen.errors import InputError, Origin, line_cut, one_line
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import shown
from briefgen.values import valueclass

if TYPE_CHECKING:
    from bibtexparser.model import Block

MAX_FAULTS = 200
"""Faulty entries after which a file is taken for something else."""


@valueclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it stands, macros put in."""

    kind: str
    """Its type, in small letters."""
    key: str
    """Empty where the file gives none."""
    fields: dict[str, str]
    """LaTeX by field, names in small letters; of fields that stand twice the first."""
    place: Origin
    fault: str = ""


def split_bib(text: str, name: str) -> list[RawEntry]:
    """The entries of a .bib file, in order.

    Raises `InputError` when hardly any can be read, or there are more than any file has.
    """
    refuse_many_marks(text, name)
    entries: list[RawEntry] = []
    faulty: list[RawEntry] = []
    characters = 0
    for entry in _entries(text, name):
        entries.append(entry)
        characters += sum(map(len, entry.fields.values()))
        if len(entries) > MOST_ENTRIES:
            raise too_large(f"more than {MOST_ENTRIES:,} entries", name)
        if characters > 2 * MAX_BYTES:
            raise too_large(f"with its macros more than {2 * MAX_BYTES:,} characters", name)
        if entry.fault:
            faulty.append(entry)
        if len(faulty) > MAX_FAULTS:
            raise InputError(
                f"more than {MAX_FAULTS} faulty entries; the first: {faulty[0].fault}",
                hint="correct the file, or export it as CSL JSON",
                origin=faulty[0].place,
            )
    return entries


# --- blocks ------------------------------------------------------------------------------------

_START = lazy_pattern(r"(?m)^[ \t]*@([A-Za-z][^\s{}(),=\"#%@]*)(?:[ \t]*(\()|\s*(\{))")
"""Where a line begins with a block, whatever stands open before it. An address is none."""
_KEY = lazy_pattern(r"@\w+\s*[{(]\s*([^\s,={}()\"]+)")
_BACKSLASH = lazy_pattern(r"\\(?=[{}\",=\n])")
_SHIELD = "\0"
"""Stands behind a backslash while blocks are found. To BibTeX a brace behind one is a brace, to
bibtexparser it is none."""
_QUOTE = "\1"
"""Stands for a double quote inside braces while blocks are found: to BibTeX it ends no text there
("Sch{\\"o}pf"), to bibtexparser it does."""
_RESERVED = lazy_pattern(r"(?i)(?:comment|string|preamble)[A-Za-z0-9]")
_OTHER = "typeof"
"""Stands before a type of entry that begins as a word of BibTeX's own does."""
_STRUCTURE = lazy_pattern(r"[{}\"%]")
_BEFORE_REMARK = frozenset(' \t\n,}"')
"""What a % stands behind that begins a remark; in `url = a%20b` it does not."""


def _entries(text: str, name: str) -> Iterator[RawEntry]:
    macros = {month: month for month in MONTHS}  # their text is for who reads dates
    for line, piece in _pieces(text):
        begins = _START.match(piece) is not None
        for block in _blocks(piece):
            place = Origin(name, line + (block.start_line or 0))
            entry = _entry(block, begins, macros, place)
            begins = False
            if entry is not None:
                yield entry


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text cut where a block begins a line, each piece with the number of its first line.

    So a brace that was never closed costs its own entry, and a file that is full of them can be
    given up early.
    """
    starts = [found.start() for found in _START.finditer(text)]
    line = 1
    for start, end in pairwise([0, *starts, len(text)]):
        yield line, text[start:end]
        line += text.count("\n", start, end)


def _blocks(piece: str) -> list[Block]:
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser.splitter").disabled = True  # what it says is in its blocks
    plain = _settled(_START.sub(_plain_start, piece, count=1))
    return parse_string(_BACKSLASH.sub("\\\\" + _SHIELD, plain), parse_stack=[]).blocks


def _settled(piece: str) -> str:
    """The piece with other characters for the double quotes inside the braces of its texts, and
    without remarks between its fields, from a % to the end of the line, as Biber has them.
    """
    if '"' not in piece and "%" not in piece:
        return piece
    begins = _START.match(piece)
    own = 0 if begins is not None and begins[2] else 1  # the block's own brace, if it is none of (
    parts: list[str] = []
    at = depth = 0
    quoted = False
    for mark in _STRUCTURE.finditer(piece):
        start = mark.start()
        if start < at:
            continue  # in a remark
        match mark[0]:
            case "{":
                depth += 1
            case "}":
                depth = max(depth - 1, 0)
            case '"' if depth > own:
                parts += (piece[at:start], _QUOTE)
                at = start + 1
            case '"':
                quoted = not quoted
            case "%" if depth == own and not quoted and piece[start - 1 : start] in _BEFORE_REMARK:
                parts.append(piece[at:start])
                end = piece.find("\n", start)
                at = end if end >= 0 else len(piece)
    return "".join((*parts, piece[at:]))


def _as_it_stood(text: str) -> str:
    """What stands in a block, its shields taken away again."""
    return text.replace(_SHIELD, "").replace(_QUOTE, '"')


def _plain_start(found: re.Match[str]) -> str:
    """`@my-type` and a brace in the next line are rare, but BibTeX takes them.

    To bibtexparser everything that begins with @comment is one, BibLaTeX's @commentary too.
    """
    kind = re.sub("[^A-Za-z0-9]", "", found[1])
    other = _OTHER if _RESERVED.match(kind) else ""
    return f"@{other}{kind}{found[2] or found[3]}"


def _entry(block: Block, begins: bool, macros: dict[str, str], place: Origin) -> RawEntry | None:
    """What a block says; macros are taken to the others. None: there is no entry.

    `begins`: a line begins with it. What does not may be an address in a remark.
    """
    from bibtexparser.model import Entry, ParsingFailedBlock, String

    # Where only a key or a field stands twice, the block itself can be read.
    inner: Block | None = getattr(block, "ignore_error_block", None)
    if isinstance(block, ParsingFailedBlock) and inner is None:
        said = block.raw or ""
        key = _KEY.match(said)
        if said.lower().startswith("@comment") or not (begins or key):
            return None
        return _faulty(key[1] if key else "", place, _said(block.error))
    block = inner or block
    if isinstance(block, String):
        try:
            macros[block.key.lower()] = _text(block.value, macros)
        except _FaultyError as error:
            return _faulty("", place, str(error))
    if not isinstance(block, Entry) or not (begins or block.fields) or not block.entry_type:
        return None
    words = block.key.split()
    if len(words) > 1 or not (words or block.fields):
        return _faulty(words[0] if words else "", place, "a key of one word expected")
    if len(block.fields) > MOST_IN_ONE:
        return _faulty(block.key, place, f"it has more than {MOST_IN_ONE:,} fields")
    fields: dict[str, str] = {}
    try:
        for field in block.fields:
            fields.setdefault(field.key.lower(), _text(field.value, macros))
    except _FaultyError as error:
        return _faulty(block.key, place, str(error))
    return RawEntry(block.entry_type.lower().removeprefix(_OTHER), "".join(words), fields, place)


def _faulty(key: str, place: Origin, why: str) -> RawEntry:
    return RawEntry("", key, {}, place, f"not valid BibTeX ({why})")


def _said(error: Exception) -> str:
    reason = one_line(_as_it_stood(str(getattr(error, "abort_reason", error)))).rstrip(". ")
    if "looking for" in reason or "end of file" in reason:
        return "'}' expected"
    return line_cut(reason)  # it quotes what it stopped at, which can be the rest of the file


# --- texts -------------------------------------------------------------------------------------


_BARE = lazy_pattern(r"[^\s{}\",=]+")
_MARK = lazy_pattern(r"[{}\"#]")


class _FaultyError(Exception):
    """A field that cannot be read."""


def _text(value: str, macros: Mapping[str, str]) -> str:
    """`jul # "~4"` as `jul~4`. A name that no macro has stands for itself: `publisher = oup`."""
    said = []
    length = 0
    for part in _parts(_as_it_stood(value)):
        if len(part) > 1 and part[0] + part[-1] in ("{}", '""'):
            said.append(part[1:-1])
        elif _BARE.fullmatch(part):
            said.append(macros.get(part.lower(), part))
        else:
            raise _FaultyError(
                f"{shown(part)} is no text, number or name" if part else "field value expected"
            )
        length += len(said[-1])
        if length > MAX_TEXT:
            raise _FaultyError(f"it stands for more than {MAX_TEXT:,} characters")
    return "".join(said)


def _parts(value: str) -> Iterator[str]:
    """What stands between the `#` of a value."""
    start = depth = 0
    quoted = False
    for mark in _MARK.finditer(value) if "#" in value else ():
        match mark.group():
            case "{":
                depth += 1
            case "}":
                depth -= 1
            case '"' if depth == 0:
                quoted = not quoted
            case "#" if depth == 0 and not quoted:
                yield value[start : mark.start()].strip()
                start = mark.end()
    yield value[start:].strip()
