"""What a person types into a form, as a base's file has it, and back: names and dates of CSL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefgen.bibliography.dates import edtf_of_csl
from briefgen.dates import DateError
from briefgen.dates.typed import edtf_from_words


def typed_names(text: str) -> list[dict[str, str]]:
    """Names as people type them, parted by semicolons, in CSL's terms.

    `Farwa, Ume` is a person with family and given name; `Statistics Office`, without a comma, is
    printed as it is.
    """
    names = []
    for part in text.split(";"):
        family, comma, given = (piece.strip() for piece in part.partition(","))
        if comma and family and given:
            names.append({"family": family, "given": given})
        elif family or given:
            names.append({"literal": family or given})
    return names


def names_as_typed(value: Any) -> str | None:
    """CSL names as `typed_names` reads them; None for names that it would not give again."""
    names = value if isinstance(value, (list, tuple)) else [value] if value else []
    words = []
    for name in names:
        if isinstance(name, str):
            words.append(name)
        elif isinstance(name, Mapping) and set(name) == {"family", "given"}:
            words.append(f"{name['family']}, {name['given']}")
        elif isinstance(name, Mapping) and set(name) == {"literal"}:
            words.append(str(name["literal"]))
        else:
            return None
    text = "; ".join(words)
    again = typed_names(text)
    expected = [{"literal": name} if isinstance(name, str) else dict(name) for name in names]
    return text if again == expected else None


def typed_date(text: str) -> str:
    """What goes into the file for a date as typed: EDTF where it can be read, else the text."""
    try:
        return edtf_from_words(text)
    except DateError:
        return text.strip()


def date_as_typed(value: Any) -> str | None:
    """A date of CSL as one would type it; None for one that has more to it than EDTF can say.

    Empty where there is none.
    """
    if value is None or isinstance(value, str):
        return value or ""
    if not isinstance(value, Mapping) or set(value) != {"date-parts"}:
        return None
    return edtf_of_csl(value)
