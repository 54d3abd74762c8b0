"""Words for places in a source, and the CSL locator labels that they stand for."""

from __future__ import annotations

LOCATOR_TERMS: dict[str, str] = {
    "p": "page", "pp": "page", "page": "page", "pages": "page",
    "para": "paragraph", "paras": "paragraph", "paragraph": "paragraph",
    "paragraphs": "paragraph", "¶": "paragraph", "¶¶": "paragraph",
    "ch": "chapter", "chap": "chapter", "chaps": "chapter", "chapter": "chapter",
    "chapters": "chapter",
    "sec": "section", "secs": "section", "section": "section", "§": "section", "§§": "section",
    "vol": "volume", "vols": "volume", "volume": "volume",
    "no": "issue", "nos": "issue", "art": "article", "article": "article",
    "col": "column", "fig": "figure", "figure": "figure", "fol": "folio", "l": "line",
    "line": "line", "lines": "line", "n": "note", "nn": "note", "note": "note", "pt": "part",
    "part": "part", "table": "table", "v": "verse", "verse": "verse", "at": "timestamp",
    "timestamp": "timestamp", "app": "appendix", "appendix": "appendix", "r": "rule",
    "rule": "rule", "rules": "rule", "act": "act", "acts": "act", "book": "book", "bk": "book",
    "canon": "canon", "eq": "equation", "equation": "equation", "folio": "folio",
    "issue": "issue", "column": "column", "opus": "opus", "op": "opus", "scene": "scene",
    "sc": "scene", "supplement": "supplement", "suppl": "supplement", "title": "title",
    "verses": "verse", "version": "version", "volumes": "volume", "sections": "section",
    "articles": "article", "figures": "figure", "tables": "table", "parts": "part",
    "notes": "note", "columns": "column",
}  # fmt: skip
"""Words before a locator, without their full stop, and the CSL label that each stands for."""
