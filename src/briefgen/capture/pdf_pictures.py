"""The pages of a PDF as pictures, by pdfium: for the process that reads copies.

It knows nothing else of ours, so that this process is ready soon.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any


class OpenPdf:
    """The PDF whose pages are asked for; what is asked comes one thing at a time."""

    def __init__(self) -> None:
        self._document: Any = None

    def open(self, data: bytes) -> Iterator[dict[str, Any]]:
        """Open another PDF: `{"sizes": [[width, height], …]}`, in points, and `{"end": true}`.

        A page whose size cannot be told has zeros; of a PDF that cannot be read, `{"fault":
        "damaged"}` is all that is said.
        """
        import pypdfium2  # type: ignore[import-untyped]

        if self._document is not None:
            self._document.close()
            self._document = None
        try:
            self._document = document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            yield {"fault": "damaged"}
            return
        yield {"sizes": [_size(document, number) for number in range(len(document))]}
        yield {"end": True}

    def draw(self, number: int, width: int, height: int) -> Iterator[dict[str, Any]]:
        """A page, from 0, on white: `{"raw": …}` and `{"end": true}`; or `{"fault": "damaged"}`.

        What is raw are rows of `width` pixels of four bytes: blue, green, red and 255.
        """
        import pypdfium2
        from pypdfium2 import raw

        try:
            page = self._document[number]
        except pypdfium2.PdfiumError:
            yield {"fault": "damaged"}
            return
        picture = bytearray(b"\xff") * (4 * width * height)
        memory = (ctypes.c_char * len(picture)).from_buffer(picture)
        bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGRx, memory, 4 * width)
        try:
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
            page.close()
        yield {"raw": picture}
        yield {"end": True}


def _size(document: Any, number: int) -> tuple[float, float]:
    import pypdfium2

    try:
        width, height = document.get_page_size(number)
    except pypdfium2.PdfiumError:
        return 0.0, 0.0
    return width, height
