"""The brief while a person works on it."""
