"""Templates: which sections a brief has."""
