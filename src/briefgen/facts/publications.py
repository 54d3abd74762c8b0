"""The publication by which a source goes that nobody signed.

It stands apart from `csl`, which loads all that reads YAML: whoever drafts and cites a brief asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefgen.patterns import lazy_pattern

_WHICH_OF_THAT_NAME = lazy_pattern(r"(?<!\s)\s*\([^()]*\)$")


def publication_instead(csl: Mapping[str, Any]) -> str:
    """Where an unsigned source stands, by which it may be called: without what tells namesakes.

    `The Nation` for an article in `The Nation (Pakistan)`; empty where there are authors.
    """
    if csl.get("author"):
        return ""
    name = str(csl.get("container-title") or csl.get("publisher") or "")
    return _WHICH_OF_THAT_NAME.sub("", name).strip()
