"""Passages: readable sentences that say what several facts say, clause by clause."""
