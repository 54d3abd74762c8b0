"""`briefgen completion`: a completion script for bash, zsh or fish."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE

SHELLS = ("bash", "zsh", "fish")

DESCRIPTION = """\
Print a script that makes your shell complete commands, flags, topics, actors, templates and
styles. Topics and the like are asked of the fact base that BRIEFGEN_BASE names at that moment,
else of the shipped one."""

EXAMPLES = """\
  eval "$(briefgen completion bash)"                                   in ~/.bashrc
  briefgen completion zsh > ~/.zfunc/_briefgen                         with ~/.zfunc in fpath
  briefgen completion fish > ~/.config/fish/completions/briefgen.fish"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=", ".join(SHELLS))


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    print(shtab.complete(whole_parser(), shell=arguments.shell))
    return DONE


def whole_parser() -> argparse.ArgumentParser:
    """Every command with all its flags in one parser, marked with what completes them."""
    import shtab

    from briefgen.cli.parser import COMMANDS, Parser, load

    offered = {
        "file": shtab.FILE,
        "directory": shtab.DIRECTORY,
        "brief": shtab.glob("*.brief.yaml"),
    }
    whole = Parser(prog="briefgen")
    whole.add_argument("--version", action="store_true", help="show the version")
    commands = whole.add_subparsers(dest="command", parser_class=Parser)
    for name, entry in COMMANDS.items():
        command = load(entry)
        parser = commands.add_parser(name, help=entry.help, description=entry.help)
        command.configure(parser)
        for action in parser._actions:
            words = getattr(action, "briefgen_words", None)
            if words is not None:
                action.complete = (  # type: ignore[attr-defined]
                    offered.get(words) or shtab.cmd(f"briefgen complete {words} 2>/dev/null")
                )
    return whole
