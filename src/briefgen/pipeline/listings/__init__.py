"""What a base holds and what there is to choose from, as plain records and tables."""
