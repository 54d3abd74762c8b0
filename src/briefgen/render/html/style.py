"""The style sheet of the HTML page: one accent colour, one warning colour, four sizes.

Sizes are relative to the reader's own; contrast is at least 4.5:1 in both colour schemes
(a test computes it).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

LIGHT: Final = {
    "paper": "#ffffff",
    "ink": "#1c2733",
    "quiet": "#5b6b7a",
    "accent": "#0b4f6c",
    "warning": "#8a5a00",
    "tint": "#eef3f6",
    "hairline": "#c9d3da",
}
"""Colours on white paper."""

DARK: Final = {
    "paper": "#14191f",
    "ink": "#e4e9ee",
    "quiet": "#a3b1be",
    "accent": "#86c5e0",
    "warning": "#e3b04e",
    "tint": "#1d262f",
    "hairline": "#3b4854",
}
"""Colours for a reader whose screen is dark."""

_RULES: Final = """\
* { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.5rem 1.25rem 3rem; max-width: 46rem;
  font: 1rem/1.45 "Source Sans 3", "Source Sans Pro", "Segoe UI", Roboto, "Noto Sans",
    "Helvetica Neue", Arial, sans-serif;
  color: var(--ink); background: var(--paper); overflow-wrap: break-word;
  font-variant-numeric: proportional-nums;
}
p, ul, ol, dl, dd, pre, blockquote, figure { margin: 0; }
h1, h2, h3, h4, h5, h6 {
  margin: 1.6em 0 .35em; line-height: 1.2; font-weight: 600; color: var(--accent);
  text-wrap: balance;
}
h1 { margin: .55em 0 .4em; font-size: 2rem; color: var(--ink); }
h2 { font-size: 1.3rem; }
h3 { font-size: 1.08rem; }
h4, h5, h6 { font-size: 1rem; color: var(--ink); }
a { color: inherit; text-decoration-thickness: .06em; text-underline-offset: .15em; }
a[href^="http"], a[href^="mailto"] { color: var(--accent); }
:target { background: var(--tint); outline: .2em solid var(--tint); scroll-margin-block: 30vh; }
sup > :target { outline-color: var(--accent); outline-width: .1em; }
.marking {
  text-align: center; font-size: .875rem; font-weight: 600; letter-spacing: .04em;
  color: var(--accent);
}
.kind {
  margin-top: 1.5rem; font-size: .875rem; font-weight: 600; letter-spacing: .09em;
  text-transform: uppercase; color: var(--accent);
}
.subtitle { font-size: 1.08rem; color: var(--quiet); }
.masthead {
  columns: 18rem 2; column-gap: 2rem; margin: 1.1rem 0 1.4rem; padding: .45rem 0;
  font-size: .875rem;
  border-top: 1.5px solid var(--accent); border-bottom: 1px solid var(--hairline);
}
.masthead > div {
  display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .5rem; break-inside: avoid;
}
.masthead dt { color: var(--quiet); }
nav { margin: 1.4rem 0; font-size: .9375rem; }
nav h2 { margin: 0 0 .3em; font-size: 1rem; }
nav ol { list-style: none; padding: 0; }
nav > ol { columns: 13rem; column-gap: 2rem; }
nav li { break-inside: avoid; }
nav ol ol { padding-inline-start: 1.25rem; }
main > section:first-child > h2, .accent > :first-child, .warning > :first-child { margin-top: 0; }
p + p { margin-top: .6em; }
p + ul, p + ol, p + dl, ul + p, ol + p, dl + p, .table + p, p + .table { margin-top: .7em; }
.lead { font-size: 1.08rem; font-weight: 600; }
.small, .empty { font-size: .875rem; color: var(--quiet); }
.accent, .warning {
  margin: 1.5rem 0; -webkit-box-decoration-break: clone; box-decoration-break: clone;
}
.accent { padding: .8rem 1.1rem .9rem; border-radius: 3px; background: var(--tint); }
.accent > h2, .accent > h3, .warning > h2, .warning > h3 { font-size: 1.08rem; }
.warning { padding: .1rem 0 .1rem 1rem; border-inline-start: 4px solid var(--warning); }
.warning > h2, .warning > h3, .warning > h4 { color: var(--warning); }
.flag { display: inline-block; font-size: .875em; color: var(--warning); }
.small-caps { font-variant-caps: small-caps; }
sup, sub { line-height: 0; font-size: .75em; }
sup a { text-decoration: none; padding: 0 .1em; }
ul, ol { padding-inline-start: 1.25rem; }
li + li, li > ul, li > ol { margin-top: .2em; }
li > p + ul, li > p + ol { margin-top: .35em; }
li::marker { color: var(--accent); }
blockquote {
  margin: .8em 0; padding-inline-start: 1rem; border-inline-start: 2px solid var(--hairline);
}
pre, code {
  font: .875rem/1.4 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace;
}
pre { margin: .8em 0; padding: .6rem .8rem; overflow-x: auto; background: var(--tint); }
hr { margin: 1.4rem 0; border: 0; border-top: 1px solid var(--hairline); }
.entries > div {
  display: grid; grid-template-columns: 12rem minmax(0, 1fr); gap: 0 1rem; margin-bottom: .4em;
}
.entries dt {
  font-size: .9375rem; font-weight: 600; color: var(--quiet); font-variant-numeric: tabular-nums;
  overflow-wrap: normal;
}
.table { overflow-x: auto; margin: .6em 0 1em; }
table {
  width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums lining-nums;
  border-top: 1.5px solid var(--accent); border-bottom: 1.5px solid var(--accent);
}
th, td { padding: .22em .45em; text-align: start; vertical-align: top; }
th { font-weight: 600; vertical-align: bottom; border-bottom: 1px solid var(--accent); }
th.right, td.right { text-align: end; }
td.right { white-space: nowrap; }
th.centre, td.centre { text-align: center; }
.muted td { font-style: italic; color: var(--quiet); }
.d2 { padding-inline-start: 2.3em; }
.d3 { padding-inline-start: 2.9em; }
.d4 { padding-inline-start: 3.5em; }
.references, .notes { font-size: .875rem; }
.references { list-style: none; padding: 0; }
.references > li + li { margin-top: .45em; }
.references.hanging > li { padding-inline-start: 1.5rem; text-indent: -1.5rem; }
.references.labelled > li {
  display: grid; grid-template-columns: minmax(1.75rem, max-content) minmax(0, 1fr); gap: .5rem;
}
.remarks, .back, .cited { color: var(--quiet); }
.back a { text-decoration: none; padding: 0 .2em; }
.marks::before {
  content: "\\21a9\\fe0e"; content: "\\21a9\\fe0e" / ""; padding-inline-end: .15em;
}
.cited a { text-decoration: underline; text-decoration-color: var(--hairline); padding: 0; }
.run { white-space: nowrap; }
body > footer {
  margin-top: 2.5rem; padding-top: .5rem; font-size: .875rem; color: var(--quiet);
  border-top: 1px solid var(--hairline);
}
body > footer .marking { margin-top: .4rem; }
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}
@media (max-width: 34rem) {
  body { padding: 1rem 1rem 2rem; }
  h1 { font-size: 1.6rem; }
  .entries > div { display: block; margin-bottom: .7em; }
  .accent { margin-inline: -.4rem; padding-inline: .9rem; }
}
@media print {
  html { font-size: 10.5pt; }
  body { max-width: none; padding: 0; line-height: 1.4; }
  h1 { font-size: 21pt; }
  h1, h2, h3, h4, h5, h6, .kind, .subtitle { break-after: avoid; }
  p, li, dd { orphans: 2; widows: 2; }
  tr, .entries > div, .references > li, .notes > li, blockquote { break-inside: avoid; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
  .accent { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .break { break-before: page; }
  a, .cited a { text-decoration: none; }
  :target { background: none; outline: none; }
  nav, .back { display: none; }
}
"""


def style_sheet(
    *,
    paper: Literal["a4", "letter"],
    marking: str,
    foot_left: str,
    page_of: str,
    column_widths: Iterable[int],
) -> str:
    """The page's style sheet as text that is safe inside a `style` element.

    `page_of` holds `{page}` and `{pages}`; `column_widths` are the percentages in use by tables.
    """
    widths = "".join(f".w{w} {{ width: {w}%; }}\n" for w in sorted(set(column_widths)))
    return (
        f":root {{ color-scheme: light dark; {_variables(LIGHT)} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_variables(DARK)} }} }}\n"
        + _RULES
        + widths
        + _page_rule(paper, marking, foot_left, page_of)
    )


def css_string(text: str) -> str:
    """A CSS string literal: anything but ASCII letters, digits and spaces is escaped.

    So nothing in it can end the string, the rule or the `style` element (CSS Syntax 3, 4.3.7).
    """
    inside = "".join(
        c if c == " " or (c.isascii() and c.isalnum()) else f"\\{ord(c):x} " for c in text
    )
    return f'"{inside}"'


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in colours.items())


def _page_rule(paper: str, marking: str, foot_left: str, page_of: str) -> str:
    size = "A4" if paper == "a4" else "letter"
    font = f"font: 600 9pt sans-serif; color: {LIGHT['accent']}; white-space: nowrap;"
    quiet = f"font: 8.5pt sans-serif; color: {LIGHT['quiet']};"
    top = f"@top-center {{ content: {css_string(marking)}; {font} }}" if marking else ""
    bottom = f"@bottom-center {{ content: {css_string(marking)}; {font} }}" if marking else ""
    left = f"@bottom-left {{ content: {css_string(foot_left)}; {quiet} }}" if foot_left else ""
    counters = _counters(page_of)
    # The body itself opens with the marking, so the first page needs none in its margin.
    first = "@page :first { @top-center { content: none; } }\n" if marking else ""
    return (
        f"@page {{ size: {size}; margin: 25mm; {top} {left} {bottom} "
        f"@bottom-right {{ content: {counters}; {quiet} }} }}\n{first}"
    )


def _counters(page_of: str) -> str:
    parts: list[str] = []
    for piece in page_of.replace("{page}", "\0page\0").replace("{pages}", "\0pages\0").split("\0"):
        if piece in ("page", "pages"):
            parts.append(f"counter({piece})")
        elif piece:
            parts.append(css_string(piece))
    return " ".join(parts)
