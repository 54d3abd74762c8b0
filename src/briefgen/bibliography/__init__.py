"""Bibliographies as other programs write and read them: BibLaTeX, BibTeX, RIS, CSL-JSON, CSL-YAML.

`read.read_bibliography` gives entries as CSL items in the form of sources.yaml, whatever the
format; `write.write_bibliography` gives a format's text. What stands between them and a base
(ids, duplicates, the file) is `editing`'s.
"""
