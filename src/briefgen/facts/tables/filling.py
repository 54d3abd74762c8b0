"""What a field says where a row leaves it empty: the same for all rows, or made from columns.

`agreement` is a constant; `{Title} was signed.` takes the row's column *Title*; a brace itself is
written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefgen.errors import UsageError
from briefgen.facts.tables.fields import folded
from briefgen.patterns import UNPRINTABLE, lazy_pattern
from briefgen.suggestions import did_you_mean, few_of, shown
from briefgen.values import valueclass

LONGEST_FILLING = 10_000
"""Characters of what is set for a field."""
_PIECES = lazy_pattern(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


@valueclass(frozen=True, slots=True)
class Filling:
    """What is set for one field."""

    field: str
    text: str
    """As the person wrote it."""
    pieces: tuple[str | int, ...]
    """Texts, and the columns (from 0) whose texts stand between them."""

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that it takes from."""
        return tuple(piece for piece in self.pieces if isinstance(piece, int))

    @property
    def is_a_column(self) -> bool:
        """Whether it says just what a column says."""
        return len(self.pieces) == 1 == len(self.columns)

    @property
    def text_alone(self) -> str:
        """What it says where it takes from no column."""
        return self.of(lambda column: "")

    def of(self, cell: Callable[[int], str]) -> str:
        """Its text for a row; `cell` gives a column's.

        Empty where a column that it takes from is: half a sentence is none. Of a date the rest may
        be missing: `{year}-{month}-{day}` of a row without a day is its month.
        """
        made: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, str):
                made.append(piece)
                continue
            said = " ".join(cell(piece).split())
            if not said:
                rest = self.field.rpartition(".")[2] in ("date", "issued") and len(made) > 1
                return "".join(made[:-1]) if rest else ""
            made.append(said)
        return "".join(made)


def read_filling(field: str, text: str, columns: Sequence[str], name: str, word: str) -> Filling:
    """What a person set for a field of the table `name`, its columns' names as places.

    Raises `UsageError` for a column that is not there, and for a lone brace.
    """
    if not text.strip():
        raise UsageError(f"--set: nothing is set for {field}", hint=f"write {field}=…")
    if len(text) > LONGEST_FILLING or UNPRINTABLE.search(text):
        raise UsageError(
            f"--set {field}: that is no text for a field",
            hint=f"at most {LONGEST_FILLING:,} characters, none of them control characters",
        )
    pieces: list[str | int] = []
    last = 0
    for found in _PIECES.finditer(text):
        pieces.append(text[last : found.start()])
        last = found.end()
        if found.group() in ("{{", "}}"):
            pieces.append(found.group()[0])
        elif found[1] is None:
            raise UsageError(
                f"--set {field}: a lone {found.group()} in {shown(text)}",
                hint="write {COLUMN} for what a column says, {{ and }} for braces",
            )
        else:
            pieces.append(column_named(found[1], columns, f"--set {field}", name, word)[0])
    pieces.append(text[last:])
    return Filling(field, text, tuple(piece for piece in pieces if piece != ""))


def column_named(
    column: str, columns: Sequence[str], flag: str, name: str, word: str
) -> tuple[int, ...]:
    """The places of a column, letter by letter, else however it is written.

    Raises `UsageError` where the table `name` has none called so.
    """
    places = [i for i, known in enumerate(columns) if known == column] or [
        i for i, known in enumerate(columns) if folded(known) == folded(column)
    ]
    if not places or not column:
        raise UsageError(
            f"{flag}: {name} has no {word} {shown(column)}",
            hint=did_you_mean(column, columns) or f"it has {few_of(columns, 30)}",
        )
    return tuple(places)
