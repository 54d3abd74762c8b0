"""A new fact base: four files whose comments teach the formats."""

from __future__ import annotations

from pathlib import Path

from briefgen.files import refuse_taken, write_all_whole


def init_base(folder: Path) -> tuple[Path, ...]:
    """Write a new fact base into `folder`, made if missing; the paths written, in order.

    Raises `OutputError`, and writes nothing, when something lies in the folder already (names
    that start with a dot do not count) or it cannot be written.
    """
    refuse_taken(folder, "name a new or empty folder", hidden=False)
    files = {folder / name: text.encode() for name, text in FILES.items()}
    write_all_whole(files)
    return tuple(files)


_BASE = """\
# The head of the fact base. Everything after a # is a comment.
# Check your work as often as you like:  briefgen check --base THIS-FOLDER

format: 1
title: My fact base                  # printed where a brief says what it draws on
language: en                         # a BCP 47 tag: the language of the statements

# What facts are filed under. A dot makes a child: whoever asks for energy also gets energy.oil.
topics:
  energy: Energy
  energy.oil: Oil and refined products
  trade: Trade

# Things counted over time. Every figure of a measure has the measure's unit.
measures:
  bilateral-trade: {label: Bilateral trade, unit: USD million}

# Handling markings, lowest first. A brief is never marked lower than what is in it.
# markings: [OFFICIAL, OFFICIAL-SENSITIVE]
"""

_ACTORS = """\
# Who and what the facts are about. The id is how facts name an actor, the name is printed.
# kind: state | organisation | person | place | asset

- id: home
  name: Home Country
  kind: state
  aliases: [Capital City]            # other names that a search should find

- id: neighbour
  name: Neighbour Country
  kind: state

- id: minister
  name: Jo Example
  kind: person
  roles:                             # offices held, with dates and evidence
  - {title: Minister of Energy, of: home, from: 2012, to: 2013-06, cites: [{source: gazette}]}
"""

_SOURCES = """\
# What facts cite, as CSL-YAML: what Zotero (Better BibTeX) and Pandoc read and write, so that a
# bibliography can be pasted in. Fields and types: https://docs.citationstyles.org
# Dates are EDTF: 2013-08-28, 2013-08, 2013, 2013~ (about).

references:
- id: gazette
  type: article-newspaper
  title: Ministers sign oil agreement
  author: [{family: Example, given: Sam}]
  container-title: The Gazette
  issued: 2013-08-28
  accessed: 2026-11-21
  URL: https://www.example.org/oil-agreement
  custom:                            # what this fact base knows beyond CSL; all of it optional
    reliability: B                   # NATO Admiralty grade: A (best) to E, F = cannot be judged
    reliability_note: Reporter present at the signing
    # archive: gazette-2013-08-28.txt    # file name of the copy that you saved
    # derived_from: [other-source]       # repeats or rewrites these: no independent source
    # marking: OFFICIAL

- id: yearbook
  type: report
  title: Trade statistics yearbook 2013
  author: [{literal: Statistics Office}]
  issued: 2014
  custom: {reliability: A}
"""

_FACTS = """\
# Facts: each one dated, cited, checkable. Any number of files in this folder, at any depth.
# Every fact needs id, topics, kind, statement and cites.
#
# kind: event | agreement | figure | position | plan | assessment | background
# date: when it happened or held (EDTF), not when it was reported; left out if unknown
#   2013-08-28    a day            2012~         about 2012
#   2013-08       a month          2016?         perhaps 2016
#   2013          a year           201X          some time in the 2010s
#   2013-21       spring           2011/2013-05  from 2011 to May 2013
#   2013/..       since 2013       ../2014       until 2014

- id: oil-agreement
  date: 2013-08-28
  topics: [energy.oil]
  kind: agreement
  actors: [home, neighbour]
  statement: Home Country and Neighbour Country signed an agreement on crude oil deliveries.
  detail: Deliveries were to begin within a year.
  cites:
  - source: gazette
    locator: {paragraph: 2}          # or page, chapter, timestamp: CSL's terms
    quote: The two ministers signed the agreement on Wednesday.
  credibility: 2                     # NATO Admiralty grade: 1 (best) to 5, 6 = cannot be judged
  key: true                          # belongs in the key points
  recorded: 2026-11-21               # when it entered the base; checked: when last verified

- id: trade-2013
  date: 2013
  topics: [trade]
  kind: figure
  actors: [home, neighbour]
  statement: Trade between the two countries reached about USD 540 million in 2013.
  figures:
  # basis: reported | estimate | potential | planned; qualifier: about | at-least | at-most
  - {measure: bilateral-trade, value: 540, unit: USD million, period: 2013, basis: reported,
     qualifier: about}
  cites: [{source: yearbook, locator: {page: 12}}]
  credibility: 1

- id: minister-on-pipeline
  date: 2013-09
  topics: [energy]
  kind: position
  actors: [minister]
  attribution: Jo Example, Minister of Energy     # required: who says so
  statement: A pipeline between the two countries would pay for itself in ten years.
  cites: [{source: gazette, locator: {paragraph: 9}}]
  credibility: 6

# A fact that turns out wrong stays, so that nobody wonders where it went:
#   status: superseded             on the old one,
#   supersedes: [old-id]           on the new one. Or status: retracted; or draft until checked.
# Facts that cannot both hold: disputes: [other-id] on either of them.
"""

FILES = {
    "base.yaml": _BASE,
    "actors.yaml": _ACTORS,
    "sources.yaml": _SOURCES,
    "facts/first.yaml": _FACTS,
}
"""The files of a new base, by name."""
