"""What may be said of a judgement's words: its scale, and what contradicts what."""
