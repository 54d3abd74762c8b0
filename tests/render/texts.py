"""Text that a careless writer would act on, for Hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from briefgen.brief.model import Block, Brief, Section
from render.sample_brief import rich_brief

BITING = (
    *"*_`~^$#@[](){}<>|\\!'\"-+=:;.&%/ \t\n1aiA",
    *("--", "---", "...", "1. ", "- ", "+ ", "# ", "> ", "(@) ", "a) ", "iv. ", ": ", "| "),
    *("Table: ", "p. 8", "e.g. this", "Mr. X", "&amp;", "&#65;", "http://a.example/_x_"),
    *("[^1]", "[@x]", "@x", "\\begin{x}", "$$", "~~~", "```", ":::", "<!--", "-->", "<b>"),
    *(":smile:", "{{ x }}", "{=html}", "![", "](", "^[", "  ", "\u00a0", "\u202f", "\u200d"),
    *("\u3000", "\u2003", "\u2028", "\ufeff", "é", "Россия", "中文", "\r", "\u00ad", "%%", "***"),
    *("</style>", "</script>", "\\A", "]]>", " word", " oil."),
)
"""What Markdown, YAML, HTML, CSS and TeX would act on."""

_PIECES = st.one_of(
    st.sampled_from(BITING),
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
)

TEXTS = st.lists(_PIECES, min_size=1, max_size=10).map("".join)
"""Any text that the reader lets into a base, heavy in what bites."""


def brief_of(*blocks: Block, **changes: Any) -> Brief:
    """A brief of one section with these blocks, and nothing else that could print."""
    section = Section("s", "section-s", (), blocks)
    bare: dict[str, Any] = {
        "title": "T", "kind": "", "subtitle": "", "marking": "", "masthead": (), "notes": (),
        "reference": "", "version": "", "contact": "", "sections": (section,),
    }  # fmt: skip
    return rich_brief(**(bare | changes))
