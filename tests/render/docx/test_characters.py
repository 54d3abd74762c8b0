"""Characters that a Word file holds, and those that need a closer look."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from briefgen.render.docx import runs, xml
from briefgen.render.docx.runs import run
from briefgen.render.docx.xml import holdable

# XML 1.0 (fifth edition), production 2.
_XML = {
    *"\t\n\r",
    *map(chr, range(0x20, 0xD800)),
    *map(chr, range(0xE000, 0xFFFE)),
    *map(chr, range(0x10000, 0x110000)),
}


def test_a_file_holds_the_characters_of_xml_and_no_others() -> None:
    every = [chr(number) for number in range(sys.maxunicode + 1)]

    held = holdable("".join(every))

    assert list(held) == [one if one in _XML else "\ufffd" for one in every]


@pytest.mark.parametrize(
    ("module", "pattern", "write"), [(xml, "_CANNOT_HOLD", holdable), (runs, "_UNUSUAL", run)]
)
@pytest.mark.parametrize("text", ["Chronology, 2011 to\u00a02023", "▲\u00a0disputed", "“So”, 5–6"])
def test_what_briefgen_sets_itself_takes_no_closer_look(
    module: ModuleType,
    pattern: str,
    write: Callable[[str], str],
    text: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, pattern, None)

    assert text in write(text)


def test_what_looks_the_same_in_a_run_is_written_as_it_is() -> None:
    kept = [chr(n) for n in range(0xA0, 0xD800) if not 0x590 <= n < 0x900]
    kept = [one for one in kept if one not in "\u00ad\u2011"]

    assert run("".join(kept)) == f"<w:r><w:t>{''.join(kept)}</w:t></w:r>"
