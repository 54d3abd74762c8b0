"""What the pages say in italics is what stands on the window."""

from __future__ import annotations

import re

import pytest

from docs.pages import ROOT, prose

AS_EXAMPLES = {"Change these … facts…", "annex only · p. 13", "Key points · p. 1"}
"""Words with something in them that is another each time."""


@pytest.mark.parametrize("name", ["README.md", "docs/app.md"])
def test_names_of_buttons_and_menus_are_those_of_the_window(name: str) -> None:
    window = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "src" / "briefgen" / "gui").rglob("*.py"))
    )
    window = re.sub(r'"\s*\n\s*f?"', "", window).replace("&", "")
    text = prose(ROOT / name)
    told = {" ".join(one.split()) for one in re.findall(r"(?<![*\w])\*([^*\s][^*]*)\*(?!\*)", text)}
    told = {word for one in told for word in one.split(" → ")} - AS_EXAMPLES
    assert len(told) >= 8
    assert {word for word in told if word.rstrip("….") not in window} == set()
