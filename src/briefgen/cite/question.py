"""One sequence of citations put to Pandoc, and its answer read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.brief.model import Inlines, Text
from briefgen.brief.traversal import plain_text
from briefgen.cite.cache import CacheFile
from briefgen.cite.inlines import FromPandoc, bind_locators, trimmed
from briefgen.cite.kept_references import (
    KeptReference,
    keep,
    kept_references,
    words_references_alone,
)
from briefgen.cite.locators import KNOWN_LABELS, choose_carriers, item_affixes
from briefgen.cite.model import (
    WORDING_VERSION,
    Cluster,
    WordedReference,
    Wording,
    reference_anchor,
)
from briefgen.cite.pandoc import Citeproc, CiteprocError, pandoc_stamp
from briefgen.cite.pandoc_document import citation, one_line_document, reference_as_json
from briefgen.cite.pandoc_style import (
    carrier_terms,
    style_address,
    style_for_pandoc,
    style_that_prints_terms,
)
from briefgen.cite.styles import CslStyle
from briefgen.facts.model import Source

MOST_AT_ONCE = 500
"""References that Pandoc words in one go, where a style words each by itself."""


class Question:
    """One sequence of citations to be worded.

    `sources` are those cited, in the order of their first place, then those that are only
    `listed`; `records` are their CSL data as JSON.
    """

    def __init__(
        self,
        clusters: Sequence[Cluster],
        sources: Mapping[str, Source],
        records: Sequence[str],
        listed: Sequence[str],
        style: CslStyle,
        locale: str,
        cache_folder: Path | None,
    ) -> None:
        self.clusters = clusters
        self.sources = sources
        self.records = records
        self.listed = listed
        self.style = style
        self.locale = locale
        self.cache_folder = cache_folder
        # Our own ids: an id such as `*` would mean something to Pandoc.
        self.all = list(sources)
        self.ids = {source: f"r{number}" for number, source in enumerate(sources)}

    def put_to(self, process: Citeproc) -> Wording:
        """Have Pandoc word the sequence: once, or more often where it has many kinds of places.

        So many labels that Pandoc does not know find no other to carry them all at once; a
        citation is taken from the time when its own were carried. Raises `CiteprocError`.
        """
        used = [
            {item.label or "page" for item in cluster if item.locator.strip()}
            for cluster in self.clusters
        ]
        carried = choose_carriers(used, self.style.data)
        wording = self._worded(process, carried)
        left = set().union(*used).difference(KNOWN_LABELS)
        while left := left.difference(carried):
            carried = choose_carriers(
                [each for each in used if not left.isdisjoint(each)], self.style.data
            )
            if left.isdisjoint(carried):
                break
            again = self._worded(process, carried).citations
            citations = tuple(
                first if left.intersection(each).isdisjoint(carried) else second
                for first, second, each in zip(wording.citations, again, used, strict=True)
            )
            wording = replace(wording, citations=citations)
        return wording

    def _worded(self, process: Citeproc, carried: Mapping[str, str]) -> Wording:
        """The sequence as worded with labels that Pandoc does not know `carried` by others."""
        if carried or self.listed:
            # Where labels are carried by others, the style is another one.
            return self._whole(process, carried)
        shared: dict[str, KeptReference] | None = None
        # The first question to a process may be its only one.
        if process.answers:
            stamp = pandoc_stamp(process.program)
            shared = kept_references(self.style.data, self.locale, stamp)
        known = shared
        if len(self.records) > MOST_AT_ONCE and words_references_alone(self.style.data):
            known = self._in_parts(process, shared or {})
        wording = self._whole(process, carried, known)
        if shared is not None:
            records = dict(zip(self.sources, self.records, strict=True))
            keep(shared, ((records[each.source], each) for each in wording.references))
        return wording

    def _in_parts(
        self, process: Citeproc, before: Mapping[str, KeptReference]
    ) -> dict[str, KeptReference]:
        """The references as they were worded `before`, and the others, worded some at a time.

        For styles that word each by itself: all of eight thousand at once take Pandoc 500 MB, some
        at a time 230 MB and no longer. Those that cannot be kept (see `keep`) are missing.
        """
        known = {record: before[record] for record in self.records if record in before}
        left = [
            (source, record)
            for source, record in zip(self.sources, self.records, strict=True)
            if record not in known
        ]
        for first in range(0, len(left), MOST_AT_ONCE):
            part = dict(left[first : first + MOST_AT_ONCE])
            question = Question(
                (),
                {source: self.sources[source] for source in part},
                list(part.values()),
                list(part),
                self.style,
                self.locale,
                self.cache_folder,
            )
            worded = question._whole(process, {}).references
            keep(known, ((part[each.source], each) for each in worded), most=len(self.records))
            if known.keys().isdisjoint(part.values()):
                break  # the style sets numbers in a way that nothing of it can be kept
        return known

    def _whole(
        self,
        process: Citeproc,
        carried: Mapping[str, str],
        kept: Mapping[str, KeptReference] | None = None,
    ) -> Wording:
        """The sequence worded in one go, but for the references that are `kept` already."""
        known = [(kept or {}).get(record) for record in self.records]
        guard, unguard = self._guards()
        terms = self._carrier_terms(process, carried) if carried else b""
        in_notes = self.style.is_note_style
        question = one_line_document(
            [
                reference_as_json(record if before is None else _kind_alone(record), id_)
                for record, before, id_ in zip(self.records, known, self.ids.values(), strict=True)
            ],
            [
                citation(
                    [
                        (self.ids[item.source], *item_affixes(item, carried, guard))
                        for item in cluster
                    ],
                    note=number if in_notes else 0,
                    without_author=[
                        place for place, item in enumerate(cluster) if item.suppress_author
                    ],
                )
                for number, cluster in enumerate(self.clusters, start=1)
            ],
            style_for_pandoc(self.style.data, tuple(carried.items()), terms, listing=None in known),
            self.locale,
            all_ids=[self.ids[source] for source in self.listed],
            link=self.style.has_bibliography and not in_notes,
        )
        anchors = {f"ref-{id_}": reference_anchor(source) for source, id_ in self.ids.items()}
        return self._answer(process, question, FromPandoc(anchors, unguard), known)

    def _guards(self) -> tuple[Guard, Guard]:
        """Two functions: hide the characters of Pandoc's citation syntax, and bring them back.

        They are hidden as private-use characters that occur in no affix and in no source.
        """
        used = set[str]().union(
            *(
                text
                for cluster in self.clusters
                for item in cluster
                for text in (item.locator, item.prefix, item.suffix)
            )
        )
        if used.isdisjoint(_SYNTAX):
            return _as_it_is, _as_it_is
        used.update(*self.records)
        free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used)
        hidden = dict(zip(_SYNTAX, free, strict=False))
        there = str.maketrans(hidden)
        back = str.maketrans({private: c for c, private in hidden.items()})
        return (lambda text: text.translate(there)), (lambda text: text.translate(back))

    def _carrier_terms(self, process: Citeproc, carried: Mapping[str, str]) -> bytes:
        """The style's and locale's words for the labels that others carry, as XML."""
        probe = style_that_prints_terms(self.style.data, carried)
        key = ["terms", WORDING_VERSION, pandoc_stamp(process.program), self.locale, probe.decode()]
        kept = CacheFile(self.cache_folder, "citations", json.dumps(key))
        printed = kept.read()
        if not isinstance(printed, str):
            question = one_line_document(
                [reference_as_json('{"title":"a"}', "a")],
                [citation([("a", [], [])])],
                style_address(probe),
                self.locale,
            )
            cite = process.ask(question, lambda block: block["c"])[0]
            printed = plain_text(FromPandoc({}).inlines(cite))
            kept.write(printed)
        return carrier_terms(carried, printed)

    def _answer(
        self,
        process: Citeproc,
        question: bytes,
        convert: FromPandoc,
        known: Sequence[KeptReference | None],
    ) -> Wording:
        def read(block: Any) -> Inlines | _Listed:
            if block["t"] == "Para":
                return convert.inlines(block["c"])
            attributes, entries = block["c"]
            found = [self._entry(each["c"], convert, known) for each in entries]
            return _Listed("hanging-indent" in attributes[1], found)

        try:
            answer = process.ask(question, read)
        except (KeyError, IndexError, TypeError, ValueError):
            raise CiteprocError(
                "Pandoc answered something else than a cited document",
                hint="install pandoc 3 (package pypandoc_binary)",
            ) from None
        lists = [each for each in answer if isinstance(each, _Listed)]
        entries = [entry for each in lists for entry in each.entries]
        references = tuple(
            self._reference(entry, place, known) for place, entry in enumerate(entries, start=1)
        )
        worded = [each for each in answer if not isinstance(each, _Listed)]
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
        hanging = any(each.hanging for each in lists) or any(each.label for each in references)
        return Wording(citations, references, hanging)

    def _entry(
        self, div: Any, convert: FromPandoc, known: Sequence[KeptReference | None]
    ) -> _Entry:
        number = int(div[0][0].removeprefix("ref-r"))
        if known[number] is not None:
            return _Entry(number, "", ())
        nodes = [node for block in div[1] for node in block["c"]]
        label = ""
        if nodes and nodes[0]["t"] == "Span" and "csl-left-margin" in nodes[0]["c"][0][1]:
            label = plain_text(convert.inlines(nodes[:1]))
            # Some styles set a whole reference, or its authors, where others have a number.
            if nodes[1:] and len(label) <= LONGEST_LABEL:
                nodes = nodes[1:]
            else:
                label = ""
        return _Entry(number, label, convert.inlines(nodes))

    def _reference(
        self, entry: _Entry, place: int, known: Sequence[KeptReference | None]
    ) -> WordedReference:
        number, label, content = entry
        source, before = self.all[number], known[number]
        if before is not None:
            return WordedReference(source, before.label(place), before.content)
        if not label and self.style.kind == "numeric" and content:
            label, content = _number_apart(content, place)
        return WordedReference(source, label, content or (Text(self.sources[source].title),))


class _Entry(NamedTuple):
    """An entry of the list of references, as it was answered."""

    number: int
    """Of its source, from 0."""
    label: str
    content: Inlines


class _Listed(NamedTuple):
    """Some of the list of references."""

    hanging: bool
    entries: Sequence[_Entry]


def _kind_alone(record: str) -> str:
    """A source with nothing of it but what a citation by numbers may ask for."""
    csl = json.loads(record)
    return json.dumps({key: csl[key] for key in ("type", "language") if key in csl})


def _number_apart(content: Inlines, place: int) -> tuple[str, Inlines]:
    """The number at the start of a reference, where the style does not set it apart itself."""
    first = content[0]
    if isinstance(first, Text):
        match = re.match(rf"[\[(]?{place}[\]).:]*(?=\s)", first.text)
        if match:
            rest = Text(first.text[match.end() :], first.language)
            return match.group(), trimmed((rest, *content[1:]))
    return "", content


LONGEST_LABEL = 14
"""Characters of a label that stands in a column of its own: `[Doe+1999a]` is one."""

_SYNTAX = "{}[]|"
Guard = Callable[[str], str]


def _as_it_is(text: str) -> str:
    return text
