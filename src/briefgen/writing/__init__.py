"""Writing back into a fact base's files, so that a diff shows only what changed."""
