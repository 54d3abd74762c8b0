"""Changes of XML: elements taken away, doubled, moved, renamed; attributes; what stands before them."""

from __future__ import annotations

import copy
from random import Random

from lxml import etree

from fuzz.mutating.words import NUMBER, NUMBERS, beside, chained, nested, odd_word

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_ENCODINGS = ("x-unknown", "utf-7", "utf-16", "utf-32", "latin-1", "cp037", "idna", "rot13", "base64", "punycode", "ascii", "", "a b", "undefined", "unicode_escape")  # fmt: skip
_FEW = (2, 3, 10, 100, 1_000, 5_000)
_MANY = (300_000, 9_000_000)
"""For packed files, in which a part of one element over and over takes no room."""


def changed_xml(
    data: bytes, other: bytes, tokens: tuple[str, ...], rng: Random, *, packed: bool
) -> bytes:
    """The document with one to three changes. What cannot be parsed is changed at its beginning."""
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return _before(data, rng)
    for _ in range(rng.choice((1, 1, 2, 3))):
        _change(root, other, tokens, rng)
    written = etree.tostring(root, encoding="utf-8", xml_declaration=rng.random() < 0.7)
    kind = rng.random()
    if kind < 0.12:
        return _before(written, rng)
    if kind < (0.28 if packed else 0.16):
        return _repeated(written, rng, packed=packed)
    if kind < 0.34:
        return _odd_names(written, rng)
    return written


def _change(root: etree._Element, other: bytes, tokens: tuple[str, ...], rng: Random) -> None:
    elements = list(root.iter(etree.Element))
    one = rng.choice(elements)
    parent = one.getparent()
    kind = rng.random()
    if kind < 0.12 and parent is not None:
        parent.remove(one)
    elif kind < 0.24 and parent is not None:
        for _ in range(rng.choice(_FEW[:4])):
            parent.insert(parent.index(one), copy.deepcopy(one))
    elif kind < 0.34:
        rng.choice(elements).append(copy.deepcopy(one)) if len(elements) < 2_000 else None
    elif kind < 0.40:
        one.tag = rng.choice(elements).tag
    elif kind < 0.48:
        _other_number(elements, rng)
    elif kind < 0.75 and one.attrib:
        name = rng.choice(list(one.attrib))
        if rng.random() < 0.15:
            del one.attrib[name]
        else:
            _put(one, name, odd_word(rng, tokens))
    elif kind < 0.88:
        said = odd_word(rng, tokens)
        try:
            one.text = said
        except ValueError:  # what XML cannot hold
            one.text = said.encode("ascii", "ignore").decode().translate(dict.fromkeys(range(32)))
    elif kind < 0.93:
        _put(one, rng.choice(_names(elements)), odd_word(rng, tokens))
    else:
        try:
            theirs = list(etree.fromstring(other, _PARSER).iter(etree.Element))
        except (etree.XMLSyntaxError, ValueError):
            return
        one.append(copy.deepcopy(rng.choice(theirs)))


def _other_number(elements: list[etree._Element], rng: Random) -> None:
    """Where an element or an attribute holds a number, another one."""
    texts = [each for each in elements if each.text and NUMBER.fullmatch(each.text)]
    if texts and rng.random() < 0.5:
        one = rng.choice(texts)
        one.text = rng.choice((beside(str(one.text), rng), rng.choice(NUMBERS)))
        return
    put = [(each, name, value) for each in elements for name, value in each.attrib.items() if NUMBER.fullmatch(value)]  # fmt: skip
    if put:
        one, name, value = rng.choice(put)
        _put(one, str(name), rng.choice((beside(str(value), rng), rng.choice(NUMBERS))))


def _names(elements: list[etree._Element]) -> list[str]:
    return [str(name) for each in elements for name in each.attrib] or ["x"]


def _put(element: etree._Element, name: str, value: str) -> None:
    try:
        element.set(name, value)
    except ValueError:
        element.set(name, "".join(c for c in value if c.isprintable()))


def _before(data: bytes, rng: Random) -> bytes:
    body = data.split(b"?>", 1)[-1].lstrip() if data.startswith(b"<?xml") else data
    kind = rng.randrange(5)
    if kind == 0:
        encoding = rng.choice(_ENCODINGS)
        return f'<?xml version="1.0" encoding="{encoding}"?>\n'.encode() + body
    if kind == 1:
        lines, last = chained(rng, '<!ENTITY {name} "{value}">', "&{name};", "", "xxxxxxxxxx")
        at = body.find(b">") + 1
        return f"<!DOCTYPE x [{lines}]>".encode() + body[:at] + last.encode() + body[at:]
    if kind == 2:
        return b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + body
    if kind == 3:
        return b'<?xml version="%s"?>' % rng.choice((b"1.1", b"2.0", b"")) + body
    return body + rng.choice((b"<x/>", b"x", b"\0", b"<!-- -- -->", b"<?x?>", b"]]>"))


def _repeated(data: bytes, rng: Random, *, packed: bool) -> bytes:
    """One element over and over, or within itself, where some other element ends."""
    at = rng.choice(
        [place for place in range(len(data)) if data.startswith(b"</", place)] or [len(data)]
    )
    names = [
        each.split(b">")[0].split()[0].strip(b"/")
        for each in data.split(b"<")[1:]
        if each[:1].isalpha()
    ]
    name = rng.choice((rng.choice(names or [b"x"]), min(names or [b"x"], key=len)))
    if rng.random() < 0.3:
        deep = nested(rng, f"<{name.decode()}>", f"</{name.decode()}>", "x")
        return data[:at] + deep.encode() + data[at:]
    times = rng.choice(_MANY) if packed and rng.random() < 0.5 else rng.choice(_FEW)
    one = b"<%s/>" % name if rng.random() < 0.7 else b"<%s>x</%s>" % (name, name)
    return data[:at] + one * min(times, 36_000_000 // len(one)) + data[at:]


def _odd_names(data: bytes, rng: Random) -> bytes:
    """Names of namespaces as no library expects them."""
    at = data.find(b"xmlns")
    if at < 0:
        return data
    start = data.find(b'"', at) + 1
    end = data.find(b'"', start)
    said = rng.choice(
        (b"", b"x}y", b"{x", b" ", b"a b", b"http://purl.oclc.org/ooxml/x", data[start:end] + b"}")
    )
    return (
        data[:start] + said + data[end:]
        if rng.random() < 0.7
        else data.replace(data[start:end], said)
    )
