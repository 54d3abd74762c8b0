"""Plain text: for the body of a message, a terminal, a note."""

from briefgen.render.text.document import render_text

__all__ = ["render_text"]
