"""Over budget, in words: by how much, what would bring the brief back, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefgen.brief.spec.model import OutputFormat
from briefgen.pipeline.budget.concessions import Concession, headings_of
from briefgen.pipeline.budget.fitting import Fit
from briefgen.pipeline.draft import MadeBrief
from briefgen.pipeline.pages import PageCount, most_pages

_NAMES: Mapping[OutputFormat, str] = {"docx": "Word", "pdf": "PDF"}


def excess_in_words(
    pages: Mapping[OutputFormat, PageCount], budget: int, *, has_annex: bool
) -> str:
    """How far over `budget` a brief is; empty when it fits."""
    most = most_pages(pages)
    if most <= budget:
        return ""
    said = _pages(most)
    if has_annex:
        said += " before the annex"
    others = [
        f"{_NAMES[format_]} {count.body}" for format_, count in pages.items() if count.body != most
    ]
    if others:
        longest = next(_NAMES[format_] for format_, count in pages.items() if count.body == most)
        said += f" in {longest} ({', '.join(others)})"
    return f"{said} are {most - budget} more than the {budget} allowed"


def advice(made: MadeBrief, fit: Fit | None) -> str:
    """One line: how far over its budget the brief is, and what was seen to bring it back.

    `fit` is what was found; None where nothing was looked for.
    """
    pages = made.pages
    budget = made.spec.max_pages
    assert budget is not None
    said = excess_in_words(pages, budget, has_annex=bool(made.annex))
    ways = []
    if fit is None:
        ways.append("have export --fit look for what may go")
    elif fit.most <= budget:
        ways.append(f"set {in_a_brief(fit.taken)} in the brief (export --fit does it)")
    else:
        least = f"{_pages(fit.most)} {'is' if fit.most == 1 else 'are'} the fewest"
        said += f", and {least} it can have with all that you wrote and chose"
        ways.append("write less or choose fewer facts")
    ways.append(f"allow {_pages(most_pages(pages))}")
    return f"{said}; {', or '.join(ways)}"


def in_a_brief(taken: Sequence[Concession]) -> str:
    """What was conceded as a brief has it: `sections: {leave_out: [gaps], limits: {topics: 2}}`."""
    gone = [concession.section for concession in taken if concession.may_go]
    limits = [
        f"{concession.section}: {concession.limits[-1]}"
        for concession in taken
        if not concession.may_go
    ]
    parts = []
    if gone:
        parts.append(f"leave_out: [{', '.join(gone)}]")
    if limits:
        parts.append(f"limits: {{{', '.join(limits)}}}")
    return f"sections: {{{', '.join(parts)}}}"


def fitted_in_words(
    made: MadeBrief, taken: Sequence[Concession], *, with_keys: bool
) -> tuple[str, ...]:
    """What went so that it fits, a line for each section; `made` is the brief as asked for.

    `with_keys`: with what a brief would say for the same.
    """
    headings = headings_of(made.brief)
    said = []
    for concession in taken:
        named = named_in_words(headings.get(concession.section, ())) or concession.section
        if concession.may_go:
            line = f"left out {named}"
        else:
            most, before = concession.limits[-1], concession.limits[0] + 1
            line = f"at most {most} instead of {before} in {named}"
        said.append(f"{line} ({in_a_brief([concession])})" if with_keys else line)
    return tuple(said)


def named_in_words(headings: Sequence[str]) -> str:
    """The headings of a section: `“Energy”`, `“Energy”, “Trade” and 5 more`; empty for none."""
    return _listed([f"“{one}”" for one in headings])


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        names = (*names[:2], f"{len(names) - 2} more")
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"
