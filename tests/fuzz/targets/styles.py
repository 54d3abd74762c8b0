"""CSL styles: looked into, and (dearer) used by Pandoc to word a citation."""

from __future__ import annotations

from functools import cache

from fuzz.mutators import Chain, Grammar
from fuzz.oracle import Fault, Target, refused
from fuzz.room import Given
from fuzz.targets.files import read

_TOKENS = (
    "style", "info", "title", "id", "link", "rel", "independent-parent", "href", "category", "citation-format", "numeric", "author-date",
    "note", "in-text", "class", "version", "default-locale", "macro", "name", "citation", "bibliography", "layout", "text", "value", "variable",
    "term", "names", "label", "date", "number", "group", "choose", "if", "else", "position", "ibid", "locator", "delimiter", "prefix",
    "suffix", "et-al-min", "et-al-use-first", "sort", "key", "second-field-align", "flush", "page", "container-title", "issued", "author",
    "http://www.zotero.org/styles/apa", "apa", "en-GB", "x-klingon", "substitute", "collapse", "year-suffix",
)  # fmt: skip
_MACROS = Chain('<macro name="{name}">{value}</macro>', '<text macro="{name}"/>', "", '<text value="x"/>',
                '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>x</title><id>x</id></info>'
                "{lines}<citation><layout>{last}</layout></citation></style>")  # fmt: skip
_GRAMMAR = Grammar(
    "xml",
    _TOKENS,
    (
        _MACROS,
        Chain(
            '<macro name="{name}">{value}</macro>',
            '<text macro="{name}"/>',
            "",
            '<text value="x"/>',
            "{lines}",
        ),
    ),
)


def _look(given: Given) -> None:
    from briefgen.cite.kept_references import words_references_alone
    from briefgen.cite.styles import effective_locale, load_style

    with refused(given):
        style = load_style(str(given.path))
        if style.is_note_style != (style.kind == "note") or not style.title or not style.address:
            raise Fault("what the style says of itself")
        for language in ("en-GB", "", "de"):
            effective_locale(style, language)
        words_references_alone(style.data)


@cache
def _sources() -> dict:  # type: ignore[type-arg]
    from briefgen.facts.read import read_base
    from fuzz.targets.files import FORMATS

    base = read_base(FORMATS / "base").base
    assert base is not None
    return dict(base.sources)


def _word(given: Given) -> None:
    from briefgen.brief.model import CiteItem
    from briefgen.cite.pandoc import Citeproc
    from briefgen.cite.styles import load_style
    from briefgen.cite.wording import word_citations

    with refused(given, names=False):
        style = load_style(str(given.path))
        sources = _sources()
        clusters = [(CiteItem(one, "12", "page"),) for one in list(sources)[:3]]
        with Citeproc(timeout=20) as process:
            worded = word_citations(clusters, sources, style, language="en-GB", citeproc=process)
        if len(worded.citations) != len(clusters):
            raise Fault("citations are lost")


TARGETS = [
    Target("style", "x.csl", _GRAMMAR, _look, weight=1.5),
    Target(
        "style at work",
        "x.csl",
        _GRAMMAR,
        _word,
        read("fuzz/seeds/style/*.csl"),
        by_path=False,
        weight=2,
    ),
]
