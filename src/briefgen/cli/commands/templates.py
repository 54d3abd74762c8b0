"""`briefgen templates`: the templates a brief can have."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE
from briefgen.cli.flags import add_templates
from briefgen.cli.printing import add_json, print_list

DESCRIPTION = """\
List the templates a brief can have: the shipped ones, yours, and those of --templates. A
template is one YAML file, NAME.yaml; yours go into the folder 'templates' of briefgen's config
folder. One that has the name of a shipped one takes its place."""

EXAMPLES = """\
  briefgen templates
  briefgen export --template chronology --topic energy
  briefgen schema template                       the keys of a template file"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_templates(parser)
    add_json(parser, "whole templates")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    from briefgen.pipeline.listings.choices import templates
    from briefgen.pipeline.places import template_folders

    found = templates(template_folders(arguments.templates))
    rows = [(item["id"], item["label"], item["description"]) for item in found]
    print_list(arguments, found, rows)
    return DONE
