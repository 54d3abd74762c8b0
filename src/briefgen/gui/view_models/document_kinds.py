"""What CSL's types of documents are called by people, the usual ones first."""

from __future__ import annotations

from collections.abc import Mapping

_USUAL: Mapping[str, str] = {
    "webpage": "Web page",
    "article-newspaper": "Newspaper article",
    "report": "Report",
    "article-journal": "Journal article",
    "article-magazine": "Magazine article",
    "speech": "Speech",
    "interview": "Interview",
    "treaty": "Treaty or agreement",
    "legislation": "Law",
    "book": "Book",
    "chapter": "Chapter of a book",
    "dataset": "Data set",
    "broadcast": "Broadcast",
    "post": "Post on a social network",
    "post-weblog": "Post on a blog",
    "personal_communication": "Letter or message",
    "document": "Other document",
}
_OTHER: Mapping[str, str] = {
    "article": "Article or preprint",
    "bill": "Bill",
    "classic": "Classical work",
    "collection": "Archive collection",
    "entry": "Entry in a database",
    "entry-dictionary": "Entry in a dictionary",
    "entry-encyclopedia": "Entry in an encyclopedia",
    "event": "Event",
    "figure": "Figure",
    "graphic": "Picture",
    "hearing": "Hearing",
    "legal_case": "Court decision",
    "manuscript": "Manuscript",
    "map": "Map",
    "motion_picture": "Film or video",
    "musical_score": "Musical score",
    "pamphlet": "Pamphlet",
    "paper-conference": "Conference paper",
    "patent": "Patent",
    "performance": "Performance",
    "periodical": "Whole periodical",
    "regulation": "Regulation",
    "review": "Review",
    "review-book": "Review of a book",
    "software": "Software",
    "song": "Sound recording",
    "standard": "Standard",
    "thesis": "Thesis",
}
_WORDS: Mapping[str, str] = {**_USUAL, **dict(sorted(_OTHER.items(), key=lambda each: each[1]))}
DOCUMENT_KINDS: tuple[tuple[str, str], ...] = tuple(_WORDS.items())
"""Every type with what it is called: the usual ones first, then the others by name."""


def document_kind(type_: object) -> str:
    """What a type is called; one that CSL does not have is called by itself."""
    return _WORDS.get(str(type_), str(type_))
