"""Strict reading of YAML: text to positioned nodes (`yaml_tree`), nodes to values (`shapes`)."""
