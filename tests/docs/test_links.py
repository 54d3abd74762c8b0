"""Links between pages lead somewhere; pictures are there and small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.pages import PAGES, ROOT, headings, prose, slug


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"(https?|mailto):", target):
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.exists(), f"{page.name}: {target}"
        assert found.is_relative_to(ROOT), f"{page.name}: {target}"
        if anchor:
            assert anchor in map(slug, headings(found)), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_headings_have_anchors_of_their_own(page: Path) -> None:
    anchors = [slug(heading) for heading in headings(page)]
    linked = re.findall(r"\]\(#([^)\s]+)\)", prose(page))
    assert [anchor for anchor in linked if anchors.count(anchor) != 1] == []


def test_pictures_are_there_small_and_told_in_words() -> None:
    shown = set()
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        pictures = re.findall(r'<img src="([^"]+)" width="\d+%" alt="([^"]*)">', text)
        assert len(pictures) == text.count("<img")
        for told, source in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", text):
            pictures.append((source, told))
        for source, told in pictures:
            assert len(told) > 20, source
            shown.add((page.parent / source).resolve())
    assert shown == set((ROOT / "docs" / "pictures").rglob("*.png"))
    for picture in shown:
        assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        assert picture.stat().st_size < 250_000


def test_no_change_is_told_twice() -> None:
    """Lists of changes are merged line by line, which may bring old lines back."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    begins = [line[:40] for line in text.splitlines() if line.startswith("- ")]
    assert [one for one in set(begins) if begins.count(one) > 1] == []
