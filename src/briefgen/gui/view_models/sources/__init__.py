"""The sources of a base as its library shows them, without Qt."""
