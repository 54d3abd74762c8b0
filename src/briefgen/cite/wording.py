"""Citations worded: from what is cited, in order, to what is printed.

Everything that decides the wording (numbers, ibid, years told apart by letters) depends on the
sequence, so the sequence is worded as a whole, and kept on disk as a whole.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefgen.brief.model import CiteItem, CrossReference, Inline, Inlines, Text
from briefgen.brief.traversal import CONTAINERS, plain_text
from briefgen.cite.cache import CacheFile
from briefgen.cite.inlines import (
    FromPandoc,
    bind_locators,
    from_json,
    joined,
    to_json,
    trimmed,
)
from briefgen.cite.pandoc import Citeproc, CiteprocError, pandoc_stamp
from briefgen.cite.ready import plain, ready
from briefgen.cite.styles import CslStyle, effective_locale
from briefgen.cite.worded import KeptReference, WordedReferences, worded_references
from briefgen.errors import InputError
from briefgen.facts.model import Source

_CODE = 4
"""Raised whenever this folder's code words the same request differently: old answers are dead."""

Cluster = tuple[CiteItem, ...]
"""What one citation cites."""


@dataclass(frozen=True, slots=True)
class WordedReference:
    """One source in the list of references. `label` is its number in a numbered style."""

    source: str
    label: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class Wording:
    """A sequence of citations as the style words them."""

    citations: tuple[Inlines, ...]
    """One for each cluster: what stands in the text, or in its note for a note style."""
    references: tuple[WordedReference, ...]
    """In the style's order. Empty for a style without a bibliography."""
    hanging: bool
    """Whether references hang: all lines but the first are indented."""


def reference_anchor(source: str) -> str:
    """Where citations of a source point to."""
    return f"ref-{source}"


def word_citations(
    clusters: Sequence[Cluster],
    sources: Mapping[str, Source],
    style: CslStyle,
    *,
    language: str = "",
    list_also: Iterable[str] = (),
    citeproc: Citeproc | None = None,
    cache_folder: Path | None = None,
) -> Wording:
    """Word `clusters` in their order, in a CSL style; its locale: see `effective_locale`.

    In a note style the first cluster is note 1, and so on. `list_also` are sources to list
    although nothing cites them. Links to references point to `reference_anchor`. An answer kept
    in `cache_folder` is used as it is; Pandoc is not started then. Without `citeproc` a process
    is started for this once. Raises `InputError` for a source that is not there, `CiteprocError`
    when Pandoc fails.
    """
    cited = list(dict.fromkeys(item.source for cluster in clusters for item in cluster))
    listed = [source for source in dict.fromkeys(list_also) if source not in set(cited)]
    if not cited and not listed:
        return Wording(tuple(() for _ in clusters), (), True)
    _check_sources([*cited, *listed], sources)
    asked_for = [tuple(cluster) for cluster in clusters]
    # Where its place decides nothing, a citation that comes again reads as it did before.
    repeats = not (style.is_note_style or style.looks_back)
    clusters = list(dict.fromkeys(asked_for)) if repeats else asked_for
    own = citeproc is None
    process = Citeproc() if citeproc is None else citeproc
    try:
        asked = _Request(clusters, sources, style, effective_locale(style, language), cited, listed)
        kept = CacheFile(cache_folder, "citations", asked.key(pandoc_stamp(process.program)))
        wording = _unpacked(kept.read(), len(clusters))
        if wording is None:
            wording = asked.put_to(process, kept)
            kept.write(_packed(wording))
    finally:
        if own:
            process.close()
    if len(clusters) == len(asked_for):
        return wording
    worded = dict(zip(clusters, wording.citations, strict=True))
    return replace(wording, citations=tuple(worded[cluster] for cluster in asked_for))


def word_one(
    item: CiteItem,
    sources: Mapping[str, Source],
    style: CslStyle,
    *,
    language: str = "",
    citeproc: Citeproc | None = None,
    cache_folder: Path | None = None,
) -> Inlines:
    """One citation on its own, as at its first place: for a message or a tooltip."""
    wording = word_citations(
        [(item,)], sources, style, language=language, citeproc=citeproc, cache_folder=cache_folder
    )
    return without_cross_references(wording.citations[0])


def without_cross_references(inlines: Inlines) -> Inlines:
    """Links into the document replaced by their text, where nothing is listed to link to."""
    found: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, CrossReference):
            found += without_cross_references(inline.content)
        elif isinstance(inline, CONTAINERS):
            found.append(replace(inline, content=without_cross_references(inline.content)))
        else:
            found.append(inline)
    return joined(found)


def _check_sources(cited: Iterable[str], sources: Mapping[str, Source]) -> None:
    for source in cited:
        if source not in sources:
            raise InputError(
                f"a citation names the source {source!r}, which the base does not have",
                hint="add it to sources.yaml, or correct the id",
            )


class _Request:
    """One sequence to be worded: its key in the cache, and its way through Pandoc."""

    def __init__(
        self,
        clusters: Sequence[Cluster],
        sources: Mapping[str, Source],
        style: CslStyle,
        locale: str,
        cited: Sequence[str],
        listed: Sequence[str],
    ) -> None:
        self.clusters = clusters
        self.sources = sources
        self.style = style
        self.locale = locale
        self.listed = listed
        self.all = [*cited, *listed]
        self.numbers = {source: number for number, source in enumerate(self.all)}

    def key(self, pandoc: str) -> str:
        """Everything that the wording depends on."""
        sequence = [
            [
                (self.numbers[i.source], i.locator, i.label, i.prefix, i.suffix)
                for i in cluster
            ]
            for cluster in self.clusters
        ]  # fmt: skip
        whole = json.dumps(
            [
                "citations", _CODE, pandoc, hashlib.sha256(self.style.data).hexdigest(),
                self.style.kind, self.locale, self.all, len(self.listed), sequence,
            ],
            separators=(",", ":"),
        )  # fmt: skip
        return "\n".join([whole, *[ready(self.sources[source]).record for source in self.all]])

    def put_to(self, process: Citeproc, cache: CacheFile) -> Wording:
        """Have Pandoc word the sequence: once, or more often where it has many kinds of places.

        So many labels that Pandoc does not know find no other to carry them all at once; a
        citation is taken from the time when its own were carried.
        """
        from briefgen.cite import request  # not needed for a wording that is kept

        used = [
            {item.label or "page" for item in cluster if item.locator.strip()}
            for cluster in self.clusters
        ]
        labels = list(dict.fromkeys(label for each in used for label in sorted(each)))
        carried = request.choose_carriers(labels, self.style.data)
        wording = self._worded(process, cache, carried)
        left = [
            label for label in labels if label not in carried and label not in request.KNOWN_LABELS
        ]
        while left:
            wanted = [each for each in used if each.intersection(left)]
            near = list(dict.fromkeys(label for each in wanted for label in sorted(each)))
            carried = request.choose_carriers(near, self.style.data)
            done = [label for label in left if label in carried]
            if not done:
                break
            again = self._worded(process, cache, carried).citations
            wording = replace(
                wording,
                citations=tuple(
                    second if each.intersection(done) else first
                    for first, second, each in zip(wording.citations, again, used, strict=True)
                ),
            )
            left = [label for label in left if label not in done]
        return wording

    def _worded(self, process: Citeproc, cache: CacheFile, carried: Mapping[str, str]) -> Wording:
        """The sequence as worded with labels that Pandoc does not know `carried` by others."""
        from briefgen.cite import request

        terms = self._carrier_terms(process, carried, cache) if carried else b""
        ready_sources = [ready(self.sources[source]) for source in self.all]
        # A style in which labels are carried by others is another one, and so rare that what it
        # worded is not kept.
        kept = None if carried or self.listed else self._kept(process)
        records = [source.record for source in ready_sources]
        known = [None] * len(records) if kept is None else kept.known(records)
        style = request.address_for_pandoc(
            self.style.data,
            tuple(carried.items()),
            terms,
            request.reach_of(
                self.style.data, (source.source.csl for source in ready_sources), self.locale
            ),
            None in known,
        )
        guard, unguard = _guards(
            {
                text
                for cluster in self.clusters
                for item in cluster
                for text in (item.locator, item.prefix, item.suffix)
            },
            (json.dumps(self.sources[s].csl, default=plain, ensure_ascii=False) for s in self.all),
        )
        linked = self.style.has_bibliography and not self.style.is_note_style
        # Our own ids: an id such as `*` would mean something to Pandoc.
        citations = [
            request.citation(
                [
                    (
                        f"r{self.numbers[item.source]}",
                        *request.item_affixes(item, carried, guard),
                    )
                    for item in cluster
                ],
                note=number if self.style.is_note_style else 0,
            )
            for number, cluster in enumerate(self.clusters, start=1)
        ]
        document = request.joined_document(
            [
                source.reference(f"r{number}") if before is None else source.stub(f"r{number}")
                for number, (source, before) in enumerate(zip(ready_sources, known, strict=True))
            ],
            citations,
            style,
            self.locale,
            all_ids=[f"r{self.numbers[source]}" for source in self.listed],
            link=linked,
        )
        answer = process.ask(document)
        anchors = {f"ref-r{n}": reference_anchor(s) for s, n in self.numbers.items()}
        wording = self._read(answer, FromPandoc(anchors, unguard), known)
        if kept is None or None not in known:
            return wording
        if [reference.source for reference in wording.references] == self.all:
            kept.keep(records, wording.references)
        elif any(known):  # pragma: no cover - no style is known to come here
            kept.distrust()
            return self._worded(process, cache, carried)
        return wording

    def _kept(self, process: Citeproc) -> WordedReferences:
        """The references that the style has worded before."""
        pandoc = pandoc_stamp(process.program)
        return worded_references(self.style.data, self.style.kind, self.locale, pandoc)

    def _carrier_terms(
        self, process: Citeproc, carried: Mapping[str, str], cache: CacheFile
    ) -> bytes:
        from briefgen.cite import request

        labels = list(carried)
        probe = request.probe_style(self.style.data, labels)
        stamp = pandoc_stamp(process.program)
        key = json.dumps(["terms", _CODE, stamp, self.locale, probe.decode()])
        kept = CacheFile(cache.folder, "citations", key)
        printed = kept.read()
        if not isinstance(printed, str):
            document = request.one_line_document(
                [{"id": "a", "title": "a"}],
                [request.citation([("a", [], [])])],
                request.style_address(probe),
                self.locale,
            )
            cite = process.ask(document)["blocks"][0]["c"]
            printed = plain_text(FromPandoc({}).inlines(cite))
            kept.write(printed)
        return request.carrier_terms(carried, request.probed_terms(printed, labels))

    def _read(
        self,
        answer: Mapping[str, Any],
        convert: FromPandoc,
        known: Sequence[KeptReference | None],
    ) -> Wording:
        try:
            blocks = answer["blocks"]
            paragraphs = [b for b in blocks if b["t"] == "Para"]
            listing = next(b["c"] for b in blocks if b["t"] == "Div" and b["c"][0][0] == "refs")
            worded = [convert.inlines(paragraph["c"]) for paragraph in paragraphs]
            if known and None not in known:
                references = tuple(
                    WordedReference(source, kept.label(place), kept.content)
                    for place, (source, kept) in enumerate(
                        zip(self.all, known, strict=True), start=1
                    )
                    if kept is not None
                )
            else:
                references = tuple(
                    self._reference(block["c"], place, convert, known)
                    for place, block in enumerate(listing[1], start=1)
                )
            hanging = "hanging-indent" in listing[0][1] or any(r.label for r in references)
        except (KeyError, IndexError, TypeError, StopIteration):
            raise CiteprocError(
                "Pandoc answered something else than a cited document",
                hint="install pandoc 3 (package pypandoc_binary)",
            ) from None
        if len(worded) != len(self.clusters):
            raise CiteprocError(
                f"Pandoc worded {len(worded)} of {len(self.clusters)} citations",
                hint="try another style",
            )
        citations = tuple(
            bind_locators(content, [item.locator for item in cluster])
            # A style may have no word for a source: its title is better than nothing.
            or (Text("; ".join(self.sources[item.source].title for item in cluster)),)
            for content, cluster in zip(worded, self.clusters, strict=True)
        )
        return Wording(citations, references, hanging)

    def _reference(
        self,
        div: Any,
        place: int,
        convert: FromPandoc,
        known: Sequence[KeptReference | None],
    ) -> WordedReference:
        number = int(div[0][0].removeprefix("ref-r"))
        source, kept = self.all[number], known[number]
        if kept is not None:
            return WordedReference(source, kept.label(place), kept.content)
        nodes = [node for block in div[1] for node in block["c"]]
        label = ""
        if nodes and nodes[0]["t"] == "Span" and "csl-left-margin" in nodes[0]["c"][0][1]:
            label = plain_text(convert.inlines([nodes.pop(0)]))
        content = convert.inlines(nodes)
        if not label and self.style.kind == "numeric" and content:
            label, content = _number_apart(content, place)
        return WordedReference(source, label, content or (Text(self.sources[source].title),))


def _number_apart(content: Inlines, place: int) -> tuple[str, Inlines]:
    """The number at the start of a reference, where the style does not set it apart itself."""
    first = content[0]
    if isinstance(first, Text):
        match = re.match(rf"[\[(]?{place}[\]).:]*(?=\s)", first.text)
        if match:
            rest = Text(first.text[match.end() :], first.language)
            return match.group(), trimmed((rest, *content[1:]))
    return "", content


_SYNTAX = "{}[]|"
Guard = Callable[[str], str]


def _guards(affixes: Iterable[str], others: Iterable[str]) -> tuple[Guard, Guard]:
    """Two functions: hide the characters of Pandoc's citation syntax, and bring them back.

    They are hidden as private-use characters that occur neither in the affixes nor elsewhere.
    """
    used = set("".join(affixes))
    if not used.intersection(_SYNTAX):
        return _as_it_is, _as_it_is
    used.update(*others)
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used)
    hidden = dict(zip(_SYNTAX, free, strict=False))
    there = str.maketrans(hidden)
    back = str.maketrans({private: c for c, private in hidden.items()})
    return (lambda text: text.translate(there)), (lambda text: text.translate(back))


def _as_it_is(text: str) -> str:
    return text


def _packed(wording: Wording) -> Any:
    return {
        "citations": [to_json(content) for content in wording.citations],
        "references": [[r.source, r.label, to_json(r.content)] for r in wording.references],
        "hanging": wording.hanging,
    }


def _unpacked(kept: Any, count: int) -> Wording | None:
    try:
        citations = tuple(from_json(content) for content in kept["citations"])
        references = tuple(
            WordedReference(str(source), str(label), from_json(content))
            for source, label, content in kept["references"]
        )
        hanging = bool(kept["hanging"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    return Wording(citations, references, hanging) if len(citations) == count else None
