"""The bytes of a PDF file: numbered objects, packed and found again (ISO 32000-1, 7.5).

Objects that are not streams go together into compressed object streams, as PDF has it since
1.5: links and bookmarks would else be half of a file.
"""

from __future__ import annotations

import zlib

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_TOGETHER = 200
"""Objects that are packed together: a reader unpacks them all to see one."""
_LEVEL = 4
"""Of compression: a fifth more would cost twice the time for three hundredths of the size."""


class Objects:
    """The objects of one file. Numbers may be handed out first, so that any can name any."""

    def __init__(self) -> None:
        self._plain: dict[int, str] = {}
        self._streams: dict[int, bytes] = {}
        self._count = 0

    def number(self) -> int:
        """A number for an object that comes later; every number must get one."""
        self._count += 1
        return self._count

    def put(self, number: int, body: str) -> None:
        """The object of a number: `body` in PDF syntax, ASCII."""
        self._plain[number] = body

    def add(self, body: str) -> str:
        """A new object; returns the reference to it."""
        number = self.number()
        self._plain[number] = body
        return f"{number} 0 R"

    def stream(self, content: bytes, entries: str = "", *, packed: bool = True) -> str:
        """A new stream, its dictionary holding `entries` besides; returns the reference to it."""
        number = self.number()
        self._put_stream(number, content, entries, packed)
        return f"{number} 0 R"

    def _put_stream(self, number: int, content: bytes, entries: str, packed: bool) -> None:
        if packed:
            content = zlib.compress(content, _LEVEL)
            entries += " /Filter /FlateDecode"
        start = f"<< {entries} /Length {len(content)} >>\nstream\n"
        self._streams[number] = start.encode("ascii") + content + b"\nendstream"

    def file(self, root: str, information: str, identifier: str) -> bytes:
        """The whole file. `identifier` is hexadecimal; no object may be added afterwards."""
        inside = self._pack()
        cross_references = self.number()
        parts = [_HEADER]
        place = len(_HEADER)
        # Type, then place and generation, or the packing stream and the place in it.
        rows: dict[int, tuple[int, int, int]] = {0: (0, 0, 0xFFFF)}
        for number, body in self._streams.items():
            rows[number] = (1, place, 0)
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
            place += len(parts[-1])
        rows[cross_references] = (1, place, 0)
        rows |= inside
        table = b"".join(
            b"%c%b%b" % (kind, first.to_bytes(4, "big"), second.to_bytes(2, "big"))
            for _, (kind, first, second) in sorted(rows.items())
        )
        self._put_stream(
            cross_references,
            table,
            f"/Type /XRef /Size {self._count + 1} /W [1 4 2] /Root {root} /Info {information} "
            f"/ID [<{identifier}> <{identifier}>]",
            True,
        )
        parts.append(
            b"%d 0 obj\n%b\nendobj\n" % (cross_references, self._streams[cross_references])
        )
        parts.append(b"startxref\n%d\n%%%%EOF\n" % place)
        return b"".join(parts)

    def _pack(self) -> dict[int, tuple[int, int, int]]:
        """Put the plain objects into streams; returns where each of them now is."""
        places: dict[int, tuple[int, int, int]] = {}
        numbers = sorted(self._plain)
        for start in range(0, len(numbers), _TOGETHER):
            together = numbers[start : start + _TOGETHER]
            index, offset = [], 0
            for number in together:
                index.append(f"{number} {offset}")
                offset += len(self._plain[number]) + 1
            head = " ".join(index) + "\n"
            content = head + "\n".join([self._plain[number] for number in together])
            packing = self.number()
            entries = f"/Type /ObjStm /N {len(together)} /First {len(head)}"
            self._put_stream(packing, content.encode("ascii"), entries, True)
            for position, number in enumerate(together):
                places[number] = (2, packing, position)
        return places


def text_string(text: str) -> str:
    """Text for readers: a title, a bookmark (ISO 32000-1, 7.9.2.2)."""
    if text.isascii() and text.isprintable():
        return f"({escaped(text)})"
    return f"<feff{text.encode('utf-16-be', 'surrogatepass').hex()}>"


def escaped(text: str) -> str:
    """What may stand between the brackets of a literal string."""
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def real(value: float) -> str:
    """A number, as short as it can be said."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
