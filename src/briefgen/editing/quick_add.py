"""A passage and where it stands, made a draft of a fact with its source.

The draft says nothing that nobody has written yet: its statement starts as the passage's first
sentence and is to be put into the person's own words; it stays a draft, and is printed as
unchecked, until somebody checks it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date as Day
from typing import Any
from urllib.parse import urlsplit

from briefgen.bibliography.identity import Known
from briefgen.editing.entry_faults import first_sentence
from briefgen.facts.model import Base, Source
from briefgen.index.fold import fold_words
from briefgen.patterns import lazy_pattern
from briefgen.values import valueclass

_ADDRESS = lazy_pattern(r"(?i)(?:https?|ftp)://\S+|www\.[\w-]+\.\S+|[\w-]+(?:\.[\w-]+)+/\S*")
_DOI = lazy_pattern(r"(?i)(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)")
_PATH_WORDS = lazy_pattern(r"(?<![^\W\d_])[^\W\d_]{2,}+(?:[-_+][^\W_]+){2,}")

_KINDS_OF_PLACES = (
    (r"\.gov(\.|$)|\.gob\.|\.mil$|\.int$|kremlin\.ru|mid\.ru", "report"),
    (r"(^|\.)(news|times|post|herald|tribune|dawn|guardian|gazette|daily)", "article-newspaper"),
    (r"blog|wordpress|substack|medium\.com", "post-weblog"),
    (r"(^|\.)(x|twitter|facebook|t|telegram|linkedin)\.(com|me)$", "post"),
    (r"arxiv\.org|jstor\.org|sciencedirect|springer|tandfonline|\.edu(\.|$)", "article-journal"),
)


@valueclass(frozen=True, slots=True)
class QuickDraft:
    """What can be known of a draft before the person has said more."""

    passage: str
    """The passage on one line, as the citation quotes it."""
    statement: str
    """Its first sentence: to be put into the person's own words."""
    existing: Source | None
    """The source that the base has of this address already."""
    source: Mapping[str, Any]
    """What a new source would say, in CSL's terms, without an id; empty where one exists."""
    why: str = ""
    """How the new source's kind is known, or why the existing one is the same."""


def quick_draft(passage: str, address: str, base: Base, today: Day) -> QuickDraft:
    """A draft from a passage and an address: a web address, a DOI, or words for where it stands."""
    whole = " ".join(passage.split())
    quoted = whole.strip("\"“”„«»'‘’ ") if _is_quoted(whole) else whole
    source, why = guess_source(address, base, today)
    existing = _existing(source, base)
    if existing is not None:
        return QuickDraft(quoted, first_sentence(quoted), existing, {}, "the base has it already")
    return QuickDraft(quoted, first_sentence(quoted), None, source, why)


def guess_source(address: str, base: Base, today: Day) -> tuple[dict[str, Any], str]:
    """What an address says of a source, and how its kind is known. Nothing for no address."""
    said = " ".join(address.split())
    if not said:
        return {}, ""
    doi = _DOI.fullmatch(said)
    if doi is not None:
        return {"type": "article-journal", "DOI": doi.group(1)}, "a DOI"
    if not _ADDRESS.fullmatch(said):
        return {"type": "document", "title": said}, "no web address"
    url = said if "://" in said else f"https://{said}"
    accessed = {"accessed": today.isoformat()}
    like = _same_place(url, base)
    if like is not None:
        taken = {
            key: like.csl[key] for key in ("container-title", "publisher") if like.csl.get(key)
        }
        kind = {"type": like.csl.get("type", "webpage")}
        return kind | _title(url) | taken | {"URL": url} | accessed, (
            f"like others from {like.csl.get('container-title') or _host(url)}"
        )
    host = _host(url)
    for pattern, type_ in _KINDS_OF_PLACES:
        if re.search(pattern, host):
            return {"type": type_} | _title(url) | {"URL": url} | accessed, host
    return {"type": "webpage"} | _title(url) | {"URL": url} | accessed, ""


def still_quoted(statement: str, passage: str) -> bool:
    """Whether a statement is still the passage's words: at least eight of them in a row."""
    own, words = fold_words(statement), fold_words(passage)
    if not own:
        return False
    run = min(8, len(own))
    inside = {tuple(words[at : at + run]) for at in range(len(words) - run + 1)}
    return any(tuple(own[at : at + run]) in inside for at in range(len(own) - run + 1))


def draft_entry(
    draft: QuickDraft,
    source_id: str,
    *,
    id_: str,
    statement: str,
    topics: Sequence[str],
    kind: str = "event",
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The draft as an entry of a facts file: status draft, the passage as its quotation."""
    cite: dict[str, Any] = {"source": source_id}
    if draft.passage:
        cite["quote"] = draft.passage
    return {
        "id": id_,
        "topics": list(topics),
        "kind": kind,
        "statement": " ".join(statement.split()),
        "cites": [cite],
        "status": "draft",
    } | {key: value for key, value in (more or {}).items() if value not in (None, "", [])}


def _existing(source: Mapping[str, Any], base: Base) -> Source | None:
    if not source:
        return None
    if "DOI" in source or "URL" in source:
        known = Known()
        for id_, one in base.sources.items():
            known.add(id_, {key: one.csl[key] for key in ("DOI", "URL") if key in one.csl})
        found = known.find({key: source[key] for key in ("DOI", "URL") if key in source})
        return base.sources[found[0]] if found is not None else None
    words = fold_words(str(source.get("title", "")))
    for id_, one in base.sources.items():
        if words and (words == fold_words(one.title) or words == fold_words(id_)):
            return one
    return None


def _same_place(url: str, base: Base) -> Source | None:
    """A source from the same host; of several the one whose kind is the commonest there."""
    host = _host(url)
    there = [one for one in base.sources.values() if _host(str(one.csl.get("URL", ""))) == host]
    if not host or not there:
        return None
    kinds = [str(one.csl.get("type")) for one in there]
    commonest = max(dict.fromkeys(kinds), key=kinds.count)
    return next(one for one in there if one.csl.get("type") == commonest)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _title(url: str) -> dict[str, str]:
    """The words in an address that look like a headline; the person will put them right."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return {}
    found: list[str] = _PATH_WORDS.findall(path)
    if not found:
        return {}
    words = re.sub(r"[-_+]", " ", max(found, key=len))
    return {"title": words[:1].upper() + words[1:]}


def _is_quoted(text: str) -> bool:
    return len(text) > 2 and text[0] in "\"“„«'‘" and text[-1] in "\"”“»'’"
