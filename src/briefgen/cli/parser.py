"""The command line's grammar: which commands there are, and how one is found and parsed.

Only the command that runs has its module imported and its flags built; the others are known by
name and one line of help.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, NoReturn, Protocol

import briefgen
from briefgen.cli.terminal import width
from briefgen.errors import UsageError


class Command(Protocol):
    """What a command's module has."""

    DESCRIPTION: str
    """What the command does, in a paragraph or two."""
    EXAMPLES: str
    """Command lines that show how."""

    @staticmethod
    def configure(parser: argparse.ArgumentParser) -> None:
        """Add the command's arguments."""

    @staticmethod
    def run(arguments: argparse.Namespace) -> int:
        """Do it; what comes back is the exit status."""


class Entry(NamedTuple):
    """A command as the overview shows it: the module that runs it, and one line of help."""

    module: str
    help: str


COMMANDS: dict[str, Entry] = {
    "export": Entry("export", "write one brief: DOCX, PDF, HTML, Markdown, text, JSON"),
    "batch": Entry("batch", "write many briefs: those of a jobs file that changed"),
    "email": Entry("email", "mail a brief: a draft in your mail program, a file, or sent"),
    "facts": Entry("facts", "list facts, or hand them on as JSON, CSV or Excel"),
    "import": Entry("import_", "add a bibliography's sources, or a table's facts, to a base"),
    "capture": Entry("capture", "keep the saved copy of a source, with its hash"),
    "check": Entry("check", "find every problem in a fact base and its templates"),
    "templates": Entry("templates", "list the templates a brief can have"),
    "styles": Entry("styles", "find a citation style"),
    "topics": Entry("topics", "list the topics of the fact base"),
    "sources": Entry("sources", "list the sources that facts cite"),
    "passages": Entry("passages", "list its readable sentences, or note that they were checked"),
    "actors": Entry("actors", "list the states, organisations and people in it"),
    "gui": Entry("gui", "open the desktop app: choose, see the pages, send"),
    "licences": Entry("licences", "list what it stands on, and under which licences"),
    "init": Entry("init", "start a new fact base, with comments that teach"),
    "schema": Entry("schema", "print a JSON Schema, for editors"),
    "completion": Entry("completion", "print a completion script for your shell"),
}

HIDDEN: dict[str, Entry] = {
    "complete": Entry("complete", "the words that a completion script offers"),
}

DESCRIPTION = """\
Cited briefings from a structured fact base: you pick topics, dates and a template, briefgen
writes the document, with every statement tied to its sources."""

OVERVIEW = """\
A first look:
  briefgen topics                               what there is to write about
  briefgen facts --topic energy --from 2011     which facts would go into a brief
  briefgen export --topic energy --from 2011    the brief itself, as energy….docx and .pdf
  briefgen export energy.brief.yaml             the same from a file that keeps your choices

'briefgen COMMAND --help' explains each command with examples.
Dates are EDTF: 2011, 2011-05, 2011-05-17, an interval 2011/2013-05. Settings in the environment:
  BRIEFGEN_BASE       the fact base to use when --base and the brief name none
  NO_COLOR            plain text on terminals, too
  SOURCE_DATE_EPOCH   a moment to use instead of now: output repeats byte for byte

Exit status: 0 done; 1 done, but something was found or left out; 2 not done."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are our one-line errors, with the nearest known word."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(formatter_class=_Formatter, allow_abbrev=False, add_help=False, **settings)
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="show this and stop")

    def error(self, message: str) -> NoReturn:
        words, _, rest = message.partition(": ")
        if words.startswith("argument "):  # argparse's own "argument --flag: what is wrong"
            message = f"{words.removeprefix('argument ')}: {rest}"
        raise UsageError(message, hint=f"see '{self.prog} --help'")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            from briefgen.suggestions import did_you_mean, shown

            known = [str(choice) for choice in action.choices]
            name = "/".join(action.option_strings) or action.metavar or action.dest
            raise UsageError(
                f"{name}: {shown(str(value))} is not one of {', '.join(known)}",
                hint=did_you_mean(str(value), known) or "choose one of these",
            )

    def parse_all(self, argv: Sequence[str]) -> argparse.Namespace:
        """Parse `argv`; anything left over is an error that says what may have been meant."""
        arguments, left = self.parse_known_args(argv)
        if left:
            raise self._unexpected(left)
        return arguments

    def _unexpected(self, left: Sequence[str]) -> UsageError:
        word = next((word for word in left if word.startswith("-") and word != "--"), left[-1])
        if not word.startswith("-"):
            return UsageError(f"unexpected argument {word!r}", hint=f"see '{self.prog} --help'")
        flag = word.partition("=")[0]
        longer = [known for known in self._option_string_actions if known.startswith(flag)]
        near = _near(flag, [min(longer, key=len)] if longer else self._option_string_actions)
        return UsageError(f"unknown option {flag}", hint=near or f"see '{self.prog} --help'")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=width())


def parse(argv: Sequence[str]) -> tuple[Command, argparse.Namespace]:
    """The command that `argv` names, and its arguments.

    Raises `UsageError`; raises `SystemExit(0)` after printing help or the version.
    """
    first = argv[0] if argv else ""
    if first == "help":
        argv = [*argv[1:2], "--help"]
        first = argv[0]
    entry = COMMANDS.get(first) or HIDDEN.get(first)
    if entry is not None:
        command = load(entry)
        return command, command_parser(first, command).parse_all(argv[1:])
    if first and not first.startswith("-"):
        raise UsageError(
            f"no command {first!r}",
            hint=_near(first, COMMANDS) or "'briefgen --help' shows what there is",
        )
    overview_parser().parse_all(argv)
    raise UsageError("no command was given", hint="'briefgen --help' shows what there is")


def load(entry: Entry) -> Command:
    """Import a command's module."""
    command: Any = importlib.import_module(f"briefgen.cli.commands.{entry.module}")
    return command  # type: ignore[no-any-return]


def command_parser(name: str, command: Command) -> Parser:
    """The parser of one command, with its flags."""
    parser = Parser(prog=f"briefgen {name}", description=command.DESCRIPTION)
    command.configure(parser)
    if command.EXAMPLES:
        parser.epilog = f"examples:\n{command.EXAMPLES}"
    return parser


def overview_parser() -> Parser:
    """The parser for what stands before any command: `--help` and `--version`."""
    listed = "\n".join(f"  {name:<12}{entry.help}" for name, entry in COMMANDS.items())
    parser = Parser(
        prog="briefgen",
        usage="briefgen COMMAND [arguments]",
        description=f"{DESCRIPTION}\n\ncommands:\n{listed}",
        epilog=OVERVIEW,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"briefgen {briefgen.__version__}",
        help="show the version and stop",
    )
    return parser


def _near(word: str, known: Iterable[str]) -> str:
    from briefgen.suggestions import did_you_mean

    return did_you_mean(word, known)
