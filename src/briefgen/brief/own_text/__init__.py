"""The author's own text."""
