"""`briefgen schema`: JSON Schemas, so that editors complete and check what is written."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE

NAMES = (
    "base", "actors", "sources", "facts", "passages", "scale", "markings", "brief", "jobs",
    "template", "settings",
)  # fmt: skip

DESCRIPTION = """\
Print the JSON Schema (2020-12) of one kind of file. An editor with a YAML language server then
completes keys and underlines mistakes while you type; 'briefgen check' finds what no schema can
say (ids that do not exist, disputes with nothing, sources that nobody cites)."""

EXAMPLES = """\
  briefgen schema facts > facts.schema.json
  then, as the first line of a facts file:
  # yaml-language-server: $schema=../facts.schema.json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("name", metavar="NAME", choices=NAMES, help=", ".join(NAMES))


def run(arguments: argparse.Namespace) -> int:
    """Print the schema."""
    from briefgen.cli.json_text import print_json
    from briefgen.pipeline.listings.schemas import schema_document, schema_of

    if arguments.name == "jobs":  # batches lie above the pipeline, which cannot know them
        from briefgen.batch.jobs import jobs_json_schema

        print_json(schema_document("jobs", jobs_json_schema()))
    else:
        print_json(schema_of(arguments.name))
    return DONE
