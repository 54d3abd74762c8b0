"""Everything that writes into a fact base: forms, imports, drafts, copies."""
