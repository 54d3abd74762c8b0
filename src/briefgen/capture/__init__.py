"""Saved copies of sources: read as text with places, and what a marked passage makes likely."""
