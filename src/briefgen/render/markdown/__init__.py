"""Markdown: Pandoc's, so that Pandoc and Quarto read back exactly what the brief says."""

from briefgen.render.markdown.document import render_markdown

__all__ = ["render_markdown"]
