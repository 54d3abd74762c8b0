"""The brief file: what a person asks for."""
