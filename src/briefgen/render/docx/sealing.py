"""What our styles do not take over from those of a house that they are based on.

A style that a house lacks is added on top of the house's own Normal, Body Text and Heading 1, to
look like them. With the type come things that were meant for running text or chapters: indents
wider than a cell (LibreOffice never ends laying such a table out), numbers, page breaks, frames,
bands of colour. Those are taken back by name in the added styles; the house's own stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from lxml import etree

from briefgen.render.docx.styles import Styles
from briefgen.render.docx.xml import elements, is_on, w
from briefgen.whole_numbers import whole_number

HEADINGS = frozenset(("TOCHeading", "KeyBoxHeading", "CautionHeading"))
"""Ours that are based on a house's Heading 1."""
CELLS = frozenset(
    ("MastheadLabel", "MastheadValue", "TableText", "TableHeading", "TableMuted", "TableGap")
)
"""What stands in cells, and between tables."""
_LEFT = CELLS | {"TOC1", "TOC2", "TOC3", "HTMLPreformatted", "RunningTitle", "RunningFoot"}
"""Narrow or with tabs: justified they would have holes."""
_FLOWING = frozenset(("BodyText", "Lead", "Aside", "NothingFound"))
"""Running text: it begins with the house's first-line indent."""
_SWITCHES = (
    "keepNext", "keepLines", "pageBreakBefore", "contextualSpacing", "mirrorIndents",
)  # fmt: skip
_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
    "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
    "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
    "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl",
)  # fmt: skip
"""Children of `w:pPr` in schema order (CT_PPrBase)."""
_SIDES = ("top", "left", "bottom", "right", "between", "bar")
_SIDE_ALIASES = {
    "start": "left",
    "end": "right",
    "startChars": "leftChars",
    "endChars": "rightChars",
}
_NEVER_FIRST_LINE = 1440
"""A first line further in than this is no indent of running text."""


def seal(styles: Styles, added: Mapping[str, str]) -> None:
    """Have the styles of ours that were `added` (their ids here, by our names) keep to themselves.

    A style comes after the one that it is based on, as it does in the reference document.
    """
    for name, style_id in added.items():
        style = styles.by_id(style_id)
        if style is None or style.get(w("type")) != "paragraph":
            continue
        over = styles.paragraph_properties(style)[:-1]
        properties = _child(style, "pPr", before=("rPr", "tblPr", "trPr", "tcPr", "tblStylePr"))
        _switch(properties, over, name)
        _unnumber(properties, over)
        if name != "TOCHeading":  # it is one of the house's headings
            _undress(properties, over)
            _untab(properties, over)
            _unindent(properties, over, flowing=name in _FLOWING)
            _align(properties, over, left=name in _LEFT)
        _space(properties, over)
        if name not in HEADINGS and _last(over, "outlineLvl") is not None:
            _say(properties, "outlineLvl", val="9")
        if not len(properties):
            style.remove(properties)


def without_frames(styles: Styles) -> None:
    """Take frames off all paragraph styles: running text cannot stand in one."""
    for frame in list(styles.root.iter(w("framePr"))):
        frame.getparent().remove(frame)  # type: ignore[union-attr]


def reading_from_left(styles: Styles) -> None:
    """Have every style read from left to right, for a language that does."""
    for said in list(styles.root.iter(w("bidi"), w("rtl"))):
        said.getparent().remove(said)  # type: ignore[union-attr]


# --- one thing each ------------------------------------------------------------------------------


def _switch(properties: etree._Element, over: Collection[etree._Element], name: str) -> None:
    for switch in _SWITCHES:
        said = _last(over, switch)
        on = said is not None and is_on(said.get(w("val"), "1"))
        wanted = name in HEADINGS and switch in ("keepNext", "keepLines")
        if properties.find(w(switch)) is None and on != wanted:
            _say(properties, switch, **({} if wanted else {"val": "0"}))


def _unnumber(properties: etree._Element, over: Collection[etree._Element]) -> None:
    said = _last(over, "numPr")
    number = None if said is None else said.find(w("numId"))
    if number is not None and number.get(w("val")) != "0" and properties.find(w("numPr")) is None:
        _say(properties, "numPr").extend(elements('<w:numId w:val="0"/>'))


def _undress(properties: etree._Element, over: Collection[etree._Element]) -> None:
    """No rules and bands but its own."""
    sides = dict.fromkeys(_SIDES, False)
    for borders in _all(over, "pBdr"):
        for side in borders.iterchildren(etree.Element):
            sides[etree.QName(side).localname] = side.get(w("val")) not in ("none", "nil")
    drawn = [side for side in _SIDES if sides[side]]
    own = properties.find(w("pBdr"))
    lacking = [side for side in drawn if own is None or own.find(w(side)) is None]
    if lacking:
        borders = _say(properties, "pBdr")
        for name in lacking:
            borders.extend(elements(f'<w:{name} w:val="nil"/>'))
        borders[:] = sorted(borders, key=lambda e: _SIDES.index(etree.QName(e).localname))
    shade = _last(over, "shd")
    plain = shade is None or (
        shade.get(w("val"), "clear") in ("clear", "nil")
        and shade.get(w("fill"), "auto") == "auto"
        and shade.get(w("themeFill")) is None
    )
    if not plain and properties.find(w("shd")) is None:
        _say(properties, "shd", val="clear", color="auto", fill="auto")


def _untab(properties: etree._Element, over: Collection[etree._Element]) -> None:
    stops: dict[str, str] = {}
    for tabs in _all(over, "tabs"):
        for tab in tabs.iterchildren(w("tab")):
            stops[tab.get(w("pos"), "0")] = tab.get(w("val"), "left")
    own = properties.find(w("tabs"))
    kept = {tab.get(w("pos")) for tab in own.iterchildren(w("tab"))} if own is not None else set()
    cleared = [at for at, kind in stops.items() if kind != "clear" and at not in kept]
    if cleared:
        tabs = _say(properties, "tabs")
        for at in cleared:
            tabs.extend(elements(f'<w:tab w:val="clear" w:pos="{at}"/>'))
        tabs[:] = sorted(tabs, key=lambda tab: _number(tab.get(w("pos"), "0")))


def _unindent(
    properties: etree._Element, over: Collection[etree._Element], *, flowing: bool
) -> None:
    said: dict[str, str] = {}
    for indent in _all(over, "ind"):
        _merge(said, indent)
    own: dict[str, str] = {}
    for indent in _all((properties,), "ind"):
        _merge(own, indent)
    first = _number(said.get("firstLine", "0"))
    keeps_first = flowing and 0 < first <= _NEVER_FIRST_LINE and "hanging" not in said
    wanted = {}
    for name in ("left", "right"):
        if name not in own and _number(said.get(name, "0")):
            wanted[name] = "0"
    indents_first = first or _number(said.get("hanging", "0"))
    if indents_first and not keeps_first and not {"firstLine", "hanging"} & set(own):
        wanted["firstLine"] = "0"
    for name in ("leftChars", "rightChars", "firstLineChars", "hangingChars"):
        # These count in characters, and win over the others.
        kept = name in own or (keeps_first and name == "firstLineChars")
        if not kept and _number(said.get(name, "0")):
            wanted[name] = "0"
    if wanted:
        _say(properties, "ind", **wanted)


def _merge(said: dict[str, str], indent: etree._Element) -> None:
    told = {
        _SIDE_ALIASES.get(local, local): str(value)
        for name, value in indent.attrib.items()
        for local in (etree.QName(str(name)).localname,)
    }
    for one, other in (("firstLine", "hanging"), ("hanging", "firstLine")):
        if one in told:
            said.pop(other, None)
    said |= told


def _align(properties: etree._Element, over: Collection[etree._Element], *, left: bool) -> None:
    said = _last(over, "jc")
    aligned = "left" if said is None else said.get(w("val"), "left")
    kept = ("left", "start") if left else ("left", "start", "both", "distribute")
    if properties.find(w("jc")) is None and aligned not in kept:
        _say(properties, "jc", val="left")


def _space(properties: etree._Element, over: Collection[etree._Element]) -> None:
    """Automatic space, and space in lines, win over what a style says in points."""
    said: dict[str, str] = {}
    for spacing in _all(over, "spacing"):
        said |= {etree.QName(str(k)).localname: str(v) for k, v in spacing.attrib.items()}
    own = properties.find(w("spacing"))
    wanted = {
        name: "0"
        for name in ("beforeAutospacing", "afterAutospacing", "beforeLines", "afterLines")
        if is_on(said.get(name, "0")) and (own is None or own.get(w(name)) is None)
    }
    if wanted:
        _say(properties, "spacing", **wanted)


# --- elements ------------------------------------------------------------------------------------


def _last(over: Iterable[etree._Element], name: str) -> etree._Element | None:
    every = list(_all(over, name))
    return every[-1] if every else None


def _all(over: Iterable[etree._Element], name: str) -> Iterable[etree._Element]:
    return (found for properties in over for found in properties.iterchildren(w(name)))


def _say(properties: etree._Element, name: str, **attributes: str) -> etree._Element:
    """The child of that name, made where it belongs if it is lacking, with these attributes."""
    found = properties.find(w(name))
    if found is None:
        later = tuple(w(each) for each in _ORDER[_ORDER.index(name) + 1 :])
        (found,) = elements(f"<w:{name}/>")
        before = next(properties.iterchildren(*later, w("rPr"), w("sectPr"), w("pPrChange")), None)
        if before is None:
            properties.append(found)
        else:
            before.addprevious(found)
    for key, value in attributes.items():
        found.set(w(key), value)
    return found


def _child(style: etree._Element, name: str, *, before: tuple[str, ...]) -> etree._Element:
    found = style.find(w(name))
    if found is None:
        (found,) = elements(f"<w:{name}/>")
        later = next(style.iterchildren(*map(w, before)), None)
        if later is None:
            style.append(found)
        else:
            later.addprevious(found)
    return found


def _number(said: str) -> int:
    number = whole_number(said.lstrip("-"), None)
    return 1 if number is None else -number if said.startswith("-") else number
