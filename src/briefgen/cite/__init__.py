"""Citations in any CSL style: Brief in, the same Brief out with citations, notes and references.

    style = load_style("ieee")
    cited = cite_brief(brief, base.sources, style, cache_folder=default_cache_folder())

Pandoc's citeproc does the wording. `Citeproc` is its process: start it before other work, or keep
it for many briefs; without one, `cite_brief` starts one when the wording is not kept on disk yet.
"""

from __future__ import annotations

from briefgen.cite.cited_brief import cite_brief
from briefgen.cite.model import Wording
from briefgen.cite.pandoc import Citeproc, CiteprocError
from briefgen.cite.styles import CslStyle, effective_locale, load_style
from briefgen.cite.wording import word_citations

__all__ = [
    "Citeproc",
    "CiteprocError",
    "CslStyle",
    "Wording",
    "cite_brief",
    "effective_locale",
    "load_style",
    "word_citations",
]
