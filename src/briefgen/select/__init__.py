"""Selection -> facts: what a person asks for (`model`), as SQL (`query`), picked (`pick`)."""
