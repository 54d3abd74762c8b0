"""A fact base whose every text looks like somebody's markup, code, formula or template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LOOKS_LIKE = {
    "html": "<b>x</b> & \"q\" 'q' &amp; &#65; </style></script><img src=x>",
    "jinja": "{{ 7*7 }} {% raw %} {# c #} ${HOME} %s %(x)s {0}",
    "citation": "[@s1] [@s1, p. 3] @s2 [link](http://e.example/) ![i](x.png) [^1]",
    "emphasis": "*a* _b_ **c** __d__ ~~e~~ ^f^ ~g~ `code` ==h==",
    "tex": r"$x$ $$y$$ \LaTeX \textbf{z} \\ \n \end",
    "formula": "=1+1 @SUM(A1) +1 -5 | a | b | 'c",
    "heading": "# h ## h2 {#id .class} ::: div",
    "list": "1. a) (@) * + - > | : i. iv) # ~~~ ---",
    "address": "http://x.y/?a=b&c=d%20e#f <mailto:a@b.example>",
    "letters": "Россия Ελλάδα é ﬁ ½ x² Đà Nẵng İstanbul ß",
    "figures": "-5 … — – ‘s’ “d” «g» 10 % 3/4 1.000,5",
    "word": '<w:p/> <!-- c --> ]]> { PAGE } { TOC \\o "1-3" } DDEAUTO',
    "shell": "$(rm -rf x) `ls` ../../etc/passwd; C:\\new\\table",
}
OPENINGS = ("# ", "- ", "1. ", "> ", "| ", "=1+1 ", "[@s1] ", ": ", "* ", "+ ", "~~~ ", "a) ",
            "{{ x }} ", "<p>")  # fmt: skip
"""What a careless writer would act on at the start of a line."""
TOPICS = {
    "t": "Topic <i>T</i> & *t* {{ 1 }}",
    "t.part": "Part [@s1] # p _u_",
    "u": "=U() | u \\section{u} Россия",
}
TITLE = "Title <b>&amp;</b> {{ 7*7 }} *t* [@s1] $x$ Россия"


def write_nasty_base(folder: Path) -> Path:
    """The base in `folder`: 40 facts of every kind, all of them `current`."""
    kinds = ("event", "agreement", "figure", "position", "plan", "assessment", "background")
    facts: list[dict[str, Any]] = []
    openings = [*OPENINGS, *([""] * 26)]
    for number, opening in enumerate(openings):
        name = list(LOOKS_LIKE)[number % len(LOOKS_LIKE)]
        kind = kinds[number % len(kinds)]
        facts.append(
            {
                "id": f"f{number}",
                "date": f"{2010 + number % 7}-{1 + number % 12:02}",
                "topics": [list(TOPICS)[number % 3]],
                "kind": kind,
                "actors": [("a", "b")[number % 2], "c"],
                "statement": f"{opening}Fact {number}, {LOOKS_LIKE[name]}, met {number}.",
                "detail": f"Detail {number}: {LOOKS_LIKE[name]} more.",
                "attribution": f"speaker {number} {LOOKS_LIKE[name]}",
                "cites": [
                    {"source": f"s{number % 3}", "locator": {"paragraph": number + 1}},
                ],
                "key": number % 5 == 0,
                "figures": [
                    {
                        "measure": "m",
                        "value": number + 0.5,
                        "unit": "<u> & *v*",
                        "period": "2013",
                        "basis": "reported",
                    }
                ]
                if kind == "figure"
                else [],
            }
        )
    facts[1]["disputes"] = ["f2"]
    facts[3]["disputes"] = ["f4"]
    sources = [
        {
            "id": f"s{number}",
            "type": "report",
            "language": "ru",  # so that no style changes the case of a title
            "title": f"Source {number} <b>s</b> & {{{{ 7*7 }}}} *t* [@s1] $x$ Россия",
            "author": [{"literal": f"Bureau {number} <i>B</i> & *B*"}],
            "publisher": "House {% p %} | # _p_",
            "issued": 2013 + number,
            "custom": {"reliability": "BDF"[number]},
        }
        for number in range(3)
    ]
    actors = [
        {
            "id": id_,
            "name": f"Actor {id_} {text}",
            "kind": "person" if id_ != "c" else "state",
            "aliases": [f"alias {text}"],
            "roles": [
                {"title": f"Role {text}", "of": "c", "from": "2010", "cites": [{"source": "s1"}]}
            ]
            if id_ != "c"
            else [],
        }
        for id_, text in (("a", "<b>A</b> & *a*"), ("b", "{{ b }} [@s1]"), ("c", "| c # \\c =C()"))
    ]
    base = {
        "format": 1,
        "title": "Base <b>b</b> & *b*",
        "language": "en",
        "topics": TOPICS,
        "measures": {"m": {"label": "Measure <m> & *m* | {{ m }}", "unit": "<u> & *v*"}},
        "markings": ["MARK <b>m</b> & *m* {{ m }}"],
    }
    files = {
        "base.yaml": base,
        "actors.yaml": actors,
        "sources.yaml": {"references": sources},
        "facts/facts.yaml": facts,
    }
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def nasty_brief(base: Path, template: str) -> dict[str, Any]:
    """A brief on everything in that base, its own texts just as nasty."""
    return {
        "format": 1,
        "base": str(base),
        "template": template,
        "title": TITLE,
        "marking": "MARK <b>m</b> & *m* {{ m }}",
        "reference": "REF <r> & *r* [@s1]",
        "contact": "c<o>@n.example & *t*",
        "prepared_for": "For <f> & *f* {{ f }}",
        "prepared_by": "By <b> & *b* =B()",
        "sides": {"ours": ["a"], "theirs": ["b"]},
        "select": {"undated": True, "ungraded": True},
    }


def nasty_lines() -> str:
    """Lines to say that rest on every fact of that base, four a line."""
    return "\n".join(
        f"- Line {first} & \\*l\\* \\<b> met {first} [@f{first}; @f{first + 1}; @f{first + 2}; @f{first + 3}]."
        for first in range(0, 40, 4)
    )
