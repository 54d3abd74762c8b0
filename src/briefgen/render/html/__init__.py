"""HTML: one self-contained page, for the screen, the phone and the printer."""

from briefgen.render.html.page import render_html

__all__ = ["render_html"]
