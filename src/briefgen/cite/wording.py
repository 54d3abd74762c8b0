"""Citations worded: from what is cited, in order, to what is printed.

Everything that decides the wording (numbers, ibid, years told apart by letters) depends on the
sequence, so the sequence is worded as a whole, and kept on disk as a whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefgen.brief.model import CrossReference, Inline, Inlines
from briefgen.brief.traversal import CONTAINERS, joined
from briefgen.cite.cache import CacheFile
from briefgen.cite.inlines import from_json, to_json
from briefgen.cite.model import WORDING_VERSION, Cluster, WordedReference, Wording
from briefgen.cite.pandoc import Citeproc, pandoc_stamp
from briefgen.cite.styles import CslStyle, effective_locale
from briefgen.errors import InputError
from briefgen.facts.model import Source


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
    cited = dict.fromkeys(item.source for cluster in clusters for item in cluster)
    listed = [source for source in dict.fromkeys(list_also) if source not in cited]
    if not cited and not listed:
        return Wording(tuple(() for _ in clusters), (), True)
    used = _found([*cited, *listed], sources)
    asked = [tuple(cluster) for cluster in clusters]
    # Where its place decides nothing, a citation that comes again reads as it did before.
    repeats = not (style.is_note_style or style.looks_back)
    sequence = list(dict.fromkeys(asked)) if repeats else asked
    locale = effective_locale(style, language)
    records = [_record(source) for source in used.values()]
    with Citeproc() if citeproc is None else contextlib.nullcontext(citeproc) as process:
        key = _key(sequence, used, len(listed), style, locale, pandoc_stamp(process.program))
        kept = CacheFile(cache_folder, "citations", "\n".join((key, *records)))
        wording = _unpacked(kept.read(), len(sequence))
        if wording is None:
            from briefgen.cite.question import Question  # not needed for a wording that is kept

            question = Question(sequence, used, records, listed, style, locale, cache_folder)
            wording = question.put_to(process)
            kept.write(_packed(wording))
    if not repeats:
        return wording
    worded = dict(zip(sequence, wording.citations, strict=True))
    return replace(wording, citations=tuple(worded[cluster] for cluster in asked))


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


def _found(asked: Iterable[str], sources: Mapping[str, Source]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for id_ in asked:
        if id_ not in sources:
            raise InputError(
                f"a citation names the source {id_!r}, which the base does not have",
                hint="add it to sources.yaml, or correct the id",
            )
        found[id_] = sources[id_]
    return found


def _record(source: Source) -> str:
    """A source's CSL data as JSON: all that its wording depends on."""
    return json.dumps(
        source.csl, sort_keys=True, default=_plain, ensure_ascii=False, separators=(",", ":")
    )


def _plain(value: Any) -> Any:
    """Read-only mappings and other sequences, as JSON knows them."""
    return dict(value) if isinstance(value, Mapping) else list(value)


def _key(
    clusters: Iterable[Cluster],
    cited: Iterable[str],
    listed: int,
    style: CslStyle,
    locale: str,
    pandoc: str,
) -> str:
    """Everything but the sources' records that the wording depends on."""
    numbers = {source: number for number, source in enumerate(cited)}
    sequence = [
        [
            (numbers[i.source], i.locator, i.label, i.prefix, i.suffix, i.suppress_author)
            for i in cluster
        ]
        for cluster in clusters
    ]
    whole = [
        "citations", WORDING_VERSION, pandoc, hashlib.sha256(style.data).hexdigest(), style.kind,
        locale, list(numbers), listed, sequence,
    ]  # fmt: skip
    return json.dumps(whole, separators=(",", ":"))


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
