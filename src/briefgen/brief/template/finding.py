"""Which templates there are, and the one with a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from briefgen.brief.template.cache import load_template
from briefgen.brief.template.model import Template
from briefgen.errors import InputError, Origin, Problem, UsageError, not_read_in_words
from briefgen.patterns import ID
from briefgen.suggestions import did_you_mean


class TemplateFile(NamedTuple):
    """A template file that can be chosen, not yet read."""

    id: str
    path: Path


def template_files(folders: tuple[Path, ...]) -> tuple[TemplateFile, ...]:
    """All templates of the folders; the first folder that has a name wins. Sorted by name.

    Raises `InputError` for a folder that cannot be listed.
    """
    found: dict[str, TemplateFile] = {}
    for folder in folders:
        try:
            names = sorted(item.name for item in folder.iterdir())
        except FileNotFoundError:
            raise InputError(
                f"no templates folder {str(folder)!r}", hint="check the path"
            ) from None
        except OSError as error:
            said, hint = not_read_in_words(
                f"templates folder {str(folder)!r}",
                error,
                "it must be a folder that you may read",
                act="list",
            )
            raise InputError(said, hint=hint) from None
        for name in names:
            if name.endswith(".yaml") and not name.startswith("."):
                stem = name.removesuffix(".yaml")
                found.setdefault(stem, TemplateFile(stem, folder / name))
    return tuple(found[name] for name in sorted(found))


def find_template(name: str, folders: tuple[Path, ...]) -> Template:
    """Read the template called `name`.

    Raises `UsageError` when no folder has it, `InputError` with every problem found in it.
    """
    files = template_files(folders)
    chosen = next((item for item in files if item.id == name), None)
    if chosen is None:
        known = [item.id for item in files]
        raise UsageError(
            f"no template {name!r}",
            hint=did_you_mean(name, known) or f"there are: {', '.join(known) or 'none'}",
        )
    return load_template(chosen.path)


def _misnamed(folder: Path) -> Iterator[Problem]:
    """Files that look like templates, under names by which no brief can have them."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.suffix == ".yaml" and not ID.fullmatch(path.stem):
            yield Problem(
                Origin(str(path)),
                "warning",
                f"no brief can name the template {path.stem!r}",
                "name the file with small letters, digits and . _ - only",
            )
        elif path.suffix != ".yaml" and path.suffix.lower() in (".yml", ".yaml"):
            yield Problem(
                Origin(str(path)), "warning", "the file is not read", "end its name in .yaml"
            )


def check_templates(folders: tuple[Path, ...]) -> list[Problem]:
    """Every problem in every template of the folders."""
    from briefgen.brief.template.reader import read_template

    problems = [problem for folder in folders for problem in _misnamed(folder)]
    for item in template_files(folders):
        problems.extend(read_template(item.path)[1])
    return problems
