"""RIS in terms of CSL: types and tags, for reading and for writing.

RIS is described by what programs do with it; this follows Zotero, and EndNote where they agree.
"""

from __future__ import annotations

TYPE_OF = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic",
    "ART": "graphic", "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case",
    "CHAP": "chapter", "CHART": "figure", "CLSWK": "classic", "COMP": "software",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "CTLG": "book", "DATA": "dataset",
    "DBASE": "dataset", "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter",
    "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia", "EQUA": "figure", "FIGURE": "figure", "GEN": "document",
    "GOVDOC": "report", "GRANT": "document", "GRNT": "document", "HEAR": "hearing",
    "ICOMM": "personal_communication", "INPR": "article-journal", "INTV": "interview",
    "JFULL": "periodical", "JOUR": "article-journal", "LEGAL": "regulation",
    "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine", "MPCT": "motion_picture",
    "MULTI": "webpage", "MUSIC": "musical_score", "NEWS": "article-newspaper",
    "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication", "PODCST": "song",
    "RPRT": "report", "SER": "collection", "SLIDE": "speech", "SOUND": "song",
    "STAND": "standard", "STAT": "legislation", "THES": "thesis", "UNBILL": "bill",
    "UNPB": "manuscript", "UNPD": "manuscript", "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
"""CSL's types by RIS's."""

TYPE_AS = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN",
    "article-newspaper": "NEWS", "bill": "BILL", "book": "BOOK", "broadcast": "VIDEO",
    "chapter": "CHAP", "classic": "CLSWK", "collection": "SER", "dataset": "DATA",
    "entry": "ENCYC", "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR", "interview": "PCOMM",
    "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP",
    "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP",
    "paper-conference": "CPAPER", "patent": "PAT", "periodical": "JFULL",
    "personal_communication": "PCOMM", "post": "ICOMM", "post-weblog": "BLOG",
    "regulation": "LEGAL", "report": "RPRT", "review": "JOUR", "review-book": "JOUR",
    "software": "COMP", "song": "SOUND", "speech": "SLIDE", "standard": "STAND",
    "thesis": "THES", "treaty": "LEGAL", "webpage": "ELEC",
}  # fmt: skip
"""RIS's types by CSL's. All others are `GEN`."""

SERIAL = frozenset(
    ("article-journal", "article-magazine", "article-newspaper", "periodical", "article")
)
"""Types whose SN is an ISSN."""

WHOLE = frozenset(("book", "thesis", "manuscript", "report", "pamphlet", "classic", "collection"))
"""Types that are no part of another: T2 is a series, SP without EP how many pages there are."""

TEXTS = {
    "AB": "abstract", "AN": "archive_location", "CN": "call-number", "CY": "publisher-place",
    "DB": "archive", "DO": "DOI", "DP": "source", "ET": "edition", "IS": "issue",
    "J2": "container-title-short", "LA": "language", "M1": "number", "M3": "genre",
    "NV": "number-of-volumes", "PB": "publisher", "SE": "section", "ST": "title-short",
    "TI": "title", "TT": "original-title", "VL": "volume",
}  # fmt: skip
"""Tags of one text each, both ways."""

ALSO = {
    "T1": "TI", "CT": "TI", "N2": "AB", "PP": "CY", "JA": "J2", "RI": "ST",
}  # fmt: skip
"""Tags that say the same in files of other programs."""

NAMES = {"AU": "author", "A2": "editor", "A3": "collection-editor", "A4": "translator"}
"""Tags of names, one name each."""
ALSO_NAMES = {"A1": "AU", "ED": "A2"}
