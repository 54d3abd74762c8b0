"""Standards that bases and briefs name: scales for judgements, schemes of handling markings."""
