"""Facts as lists and panes show them."""
