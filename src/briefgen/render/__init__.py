"""Renderers: a `Brief` in, the bytes of one file out.

`FORMATS` is the table from a format's name to its writer. A writer's module, and the libraries
that it needs, are imported when `load` is called and not before. No renderer imports another.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final

from briefgen.errors import UsageError
from briefgen.values import valueclass

if TYPE_CHECKING:
    from briefgen.brief.model import Brief


@valueclass(frozen=True, slots=True)
class Format:
    """A kind of file that a brief can become."""

    name: str
    """As in `--format` and `outputs`."""
    suffix: str
    """With its dot."""
    mime_type: str
    """IANA media type, as an attachment of a message states it."""
    label: str
    module: str
    function: str
    needs: tuple[str, ...] = ()
    """Modules that the writer imports when it writes: `load` does so while there is time."""


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: Final[dict[str, Format]] = {
    entry.name: entry
    for entry in (
        Format("docx", ".docx", _DOCX, "Word document", "docx", "render_docx"),
        Format(
            "pdf",
            ".pdf",
            "application/pdf",
            "PDF",
            "pdf",
            "render_pdf",
            ("pdf.drawing", "pdf.file", "pdf.furniture"),
        ),
        Format("html", ".html", "text/html", "Web page", "html", "render_html"),
        Format("md", ".md", "text/markdown", "Markdown (Pandoc)", "markdown", "render_markdown"),
        Format("txt", ".txt", "text/plain", "Plain text", "text", "render_text"),
        Format("json", ".json", "application/json", "JSON", "model_json", "render_json"),
    )
}
"""By name, in the order in which people look for them."""


def load(name: str) -> Callable[[Brief], bytes]:
    """The writer of a format: a function from a `Brief` to the bytes of the file.

    The DOCX and PDF modules also tell of warnings and pages; who needs those calls
    `render_docx` and `render_pdf` themselves. Raises `UsageError` for a format that does not
    exist.
    """
    try:
        entry = FORMATS[name]
    except KeyError:
        raise UsageError(
            f"there is no format {name!r}", hint=f"choose from {', '.join(FORMATS)}"
        ) from None
    module = import_module(f"briefgen.render.{entry.module}")
    render = getattr(module, entry.function)
    for needed in entry.needs:
        import_module(f"briefgen.render.{needed}")

    def write(brief: Brief) -> bytes:
        result = render(brief)
        data: bytes = result if isinstance(result, bytes) else result.data
        return data

    return write


def format_of_suffix(suffix: str) -> Format | None:
    """The format whose files end in `suffix` (`.docx`; case does not matter), or None."""
    wanted = suffix.lower()
    aliases = {".htm": ".html", ".markdown": ".md", ".text": ".txt"}
    wanted = aliases.get(wanted, wanted)
    return next((entry for entry in FORMATS.values() if entry.suffix == wanted), None)
