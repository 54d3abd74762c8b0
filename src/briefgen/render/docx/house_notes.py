"""Notes on a house's stationery: its separators and where it puts them, without its own notes.

Its styles for notes are found by name, as all are. How notes are numbered is not the house's to
say: the brief's text names their numbers.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from lxml import etree

from briefgen.brief.model import Brief
from briefgen.render.docx.house_carrier import Carrier
from briefgen.render.docx.house_styles import w
from briefgen.render.docx.notes import SEPARATORS, NoteSetting, SeparatorKind, note_setting
from briefgen.render.docx.xml import W

_POSITIONS = ("pageBottom", "beneathText")
"""Where footnotes may stand (ST_FtnPos)."""
_PICTURES = (w("drawing"), w("pict"), w("object"))
_XML = "{http://www.w3.org/XML/1998/namespace}"


def house_note_setting(brief: Brief, carrier: Carrier, settings: str) -> NoteSetting | None:
    """How the house sets notes apart; None for a brief without any. `settings` names its part."""
    own = note_setting(brief)
    if own is None:
        return None
    house = carrier.house
    found = dict(own.separators)
    source = house.related(house.main, f"{own.kind}s")
    if source:
        for note in house.root(source).iterchildren(w(own.kind)):
            for kind in SEPARATORS:
                paragraphs = _paragraphs(carrier, note) if note.get(w("type")) == kind else ""
                if paragraphs:
                    found[kind] = paragraphs
    separators: list[tuple[SeparatorKind, str]] = [
        (kind, found[kind]) for kind in SEPARATORS if kind in found
    ]
    position = ""
    if settings and own.kind == "footnote":
        said = house.root(settings).find(f"{w('footnotePr')}/{w('pos')}")
        if said is not None and said.get(w("val")) in _POSITIONS:
            position = f'<w:pos w:val="{said.get(w("val"))}"/>'
    return replace(own, separators=tuple(separators), position=position)


def _paragraphs(carrier: Carrier, note: etree._Element) -> str:
    """The paragraphs of a separator, reduced to the main namespace; nothing if it is a picture."""
    if any(True for _ in note.iter(*_PICTURES)):
        carrier.left_out.add("picture above the notes")
        return ""
    kept = deepcopy(note)
    carrier.clean(kept, set())
    for element in list(kept.iter(etree.Element)):
        parent = element.getparent()
        if parent is not None and not str(element.tag).startswith(w("")):
            parent.remove(element)
            continue
        for name in list(element.attrib):
            if not str(name).startswith((w(""), _XML)):
                del element.attrib[name]
    out = []
    for paragraph in kept.iterchildren(w("p")):
        etree.cleanup_namespaces(paragraph, top_nsmap={"w": W})
        paragraph.tail = None
        out.append(etree.tostring(paragraph, encoding="unicode"))
    return "".join(out)
