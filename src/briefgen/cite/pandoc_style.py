"""A style as Pandoc is given it, and the words that it has for kinds of places."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product

from briefgen.cite.locators import KNOWN_LABELS, marker
from briefgen.patterns import lazy_pattern

_MOST_STYLES = 8
"""Styles kept ready: up to a third of a megabyte each."""

_COMMENT = lazy_pattern(rb"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_INFO = lazy_pattern(rb"<info\b(?:(?!<info\b).)*?</info\s*>", re.DOTALL)
_BETWEEN = lazy_pattern(rb">\s+<(?!/(?:single|multiple|term)\b)")
_BIBLIOGRAPHY = lazy_pattern(rb"<bibliography\b.*</bibliography>", re.DOTALL)
_NOTHING_LISTED = b'<bibliography><layout><text value="x"/></layout></bibliography>'
_SEPARATOR = "\u241e"

_MARKED = b"".join(
    f'<term name="{label}" form="verb-short">{marker(label)}</term>'.encode()
    for label in KNOWN_LABELS
)


@lru_cache(maxsize=_MOST_STYLES)
def style_for_pandoc(
    data: bytes,
    carried: tuple[tuple[str, str], ...] = (),
    terms: bytes = b"",
    *,
    listing: bool = True,
) -> str:
    """The address of a style that knows markers, and is a tenth to a third faster to read.

    Comments, white space and what the style says about itself go, links to other styles with
    it. `carried` are pairs of a label that Pandoc does not know and the one that carries it;
    `terms` are the carriers' words. Without `listing` the list of references says nothing.
    """
    if b"<![CDATA[" not in data:
        data = _COMMENT.sub(b"", data)
        data = _INFO.sub(b"<info><title>s</title></info>", data, count=1)
        data = _BETWEEN.sub(b"><", data)
    data = _SHORT_VERB.sub(_as_verb, data)
    if not listing:
        data = without_bibliography(data)
    for label, carrier in carried:
        data = _in_conditions(data, label, carrier)
    end = data.rindex(b"</")
    inserted = (
        b'<locale xmlns="http://purl.org/net/xbiblio/csl"><terms>' + _MARKED + terms
        + b"</terms></locale>"
    )  # fmt: skip
    return style_address(data[:end] + inserted + data[end:])


_SHORT_VERB = lazy_pattern(rb"<(?:text|label)\b[^>]*\"verb-short\"[^>]*>")
_OF_LABEL = lazy_pattern(rb"\b(?:term=\"(?:" + "|".join(KNOWN_LABELS).encode() + rb")\"|variable=)")


def _as_verb(match: re.Match[bytes]) -> bytes:
    """A short verb for a kind of place, which no locale has, is the verb (CSL 1.0.2, `form`).

    It is where we put our markers, and a style that asks for it would print them.
    """
    asked = match.group()
    return asked.replace(b'"verb-short"', b'"verb"') if _OF_LABEL.search(asked) else asked


def style_address(data: bytes) -> str:
    """The style inline, as a `data:` address: nothing has to be looked up."""
    return "data:application/xml;base64," + base64.b64encode(data).decode()


def without_bibliography(data: bytes) -> bytes:
    """The style with a list of references that says nothing."""
    return _BIBLIOGRAPHY.sub(_NOTHING_LISTED, data)


def _in_conditions(data: bytes, label: str, carrier: str) -> bytes:
    def renamed(match: re.Match[bytes]) -> bytes:
        names = [name for name in match.group(2).decode().split() if name != carrier]
        # An empty condition would always hold, so one that nothing meets takes its place.
        kept = [carrier if name == label else name for name in names] or ["zqnone"]
        return match.group(1) + " ".join(kept).encode()

    return re.sub(rb"""(\blocator\s*=\s*["'])([^"']*)""", renamed, data)


# --- words for places ---------------------------------------------------------------------------

_FORMS = ("long", "short", "symbol")


def style_that_prints_terms(data: bytes, labels: Iterable[str]) -> bytes:
    """A style that prints the terms of `labels` as the given style has them, and nothing else."""
    locales = b"".join(re.findall(rb"<locale\b.*?</locale\s*>", _COMMENT.sub(b"", data), re.DOTALL))
    texts = "".join(
        f'<text term="{_term(label)}" form="{form}" plural="{plural}" suffix="{_SEPARATOR}"/>'
        f'<text value="{_SEPARATOR}"/>'
        for label, form, plural in product(labels, _FORMS, ("false", "true"))
    )
    return (
        b'<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        b"<info><title>terms</title></info>" + locales
        + f"<citation><layout>{texts}</layout></citation></style>".encode()
    )  # fmt: skip


def carrier_terms(carried: Mapping[str, str], printed: str) -> bytes:
    """XML that gives each carrier the words of the label that it carries, as they were printed."""
    from xml.sax.saxutils import escape

    # An empty term prints no suffix, so each term is followed by one separator or by two.
    terms: list[str] = []
    rest = escape(printed)
    for carrier, form in product(carried.values(), _FORMS):
        words = []
        for _ in range(2):
            word, _, rest = rest.partition(_SEPARATOR)
            rest = rest.removeprefix(_SEPARATOR) if word else rest
            words.append(word.strip())
        terms.append(
            f'<term name="{carrier}" form="{form}"><single>{words[0]}</single>'
            f"<multiple>{words[1]}</multiple></term>"
        )
    return "".join(terms).encode()


def _term(label: str) -> str:
    """The locale's term for a locator label: two have another name (CSL 1.0.2, appendix III)."""
    return f"{label}-locator" if label in ("article", "title") else label
