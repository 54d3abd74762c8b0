"""Pandoc's reader of BibLaTeX, asked once for a whole bibliography."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from briefgen.bibliography.plain import lowered, raised
from briefgen.cite.pandoc import find_pandoc
from briefgen.errors import InputError, Origin, one_line
from briefgen.patterns import lazy_pattern

TIMEOUT_SECONDS = 300.0
"""Longest wait. Ten thousand entries with abstracts full of LaTeX take half a minute."""


def read_biblatex(text: str, name: str, *, timeout: float | None = None) -> list[dict[str, Any]]:
    """The references that Pandoc finds in BibLaTeX, as CSL with plain text, in the order given.

    Pandoc gets the text on its standard input, may open no other file and no connection
    (`--sandbox`). Raises `InputError` naming the file `name`, `CiteprocError` without Pandoc.
    """
    program = find_pandoc()
    try:
        done = subprocess.run(
            [str(program), "--sandbox", "--from=biblatex", "--to=json"],
            input=text.encode("utf-8", "replace"),
            capture_output=True,
            timeout=TIMEOUT_SECONDS if timeout is None else timeout,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as late:
        raise InputError(
            f"Pandoc had not read it after {late.timeout:g} seconds",
            hint="split the bibliography",
            origin=Origin(name),
        ) from None
    except OSError as error:
        raise InputError(
            f"cannot start Pandoc, {program} ({error.strerror or error})",
            hint="reinstall the package pypandoc_binary",
            origin=Origin(name),
        ) from None
    if done.returncode != 0:
        said = one_line(done.stderr.decode("utf-8", "replace"))[-300:]
        raise InputError(
            f"Pandoc cannot read it ({said or f'status {done.returncode}'})",
            hint="correct the file, or export it as CSL JSON",
            origin=Origin(name),
        )
    try:
        found = json.loads(done.stdout)["meta"].get("references")
        return [plain_value(item) for item in found["c"]] if found else []
    except RecursionError:  # commands within commands, some hundred deep
        raise InputError(
            "Pandoc cannot read it (it is nested too deep)",
            hint="correct the file, or export it as CSL JSON",
            origin=Origin(name),
        ) from None


def plain_value(node: Mapping[str, Any]) -> Any:
    """A value of Pandoc's metadata as text, list, dict or truth value."""
    kind, content = node["t"], node.get("c")
    if kind == "MetaMap":
        assert isinstance(content, dict)
        return {key: plain_value(value) for key, value in content.items()}
    assert content is not None
    if kind == "MetaList":
        return [plain_value(value) for value in content]
    if kind == "MetaInlines":
        return plain_inlines(content)
    if kind == "MetaBlocks":
        return plain_blocks(content)
    return content  # MetaString, MetaBool


def plain_blocks(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Blocks as text, paragraphs parted by a blank line."""
    texts: list[str] = []
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain") and content:
            texts.append(plain_inlines(content))
        elif kind in ("BulletList", "BlockQuote") and content:
            parts = content if kind == "BulletList" else [content]
            texts += [plain_blocks(part) for part in parts]
        elif kind == "OrderedList" and content:
            texts += [plain_blocks(part) for part in content[1]]
        elif kind == "Div" and content:
            texts.append(plain_blocks(content[1]))
        elif kind == "Header" and content:
            texts.append(plain_inlines(content[2]))
        elif kind == "CodeBlock" and content:
            texts.append(content[1])
    return "\n\n".join(text for text in texts if text)


def plain_inlines(inlines: Sequence[Mapping[str, Any]]) -> str:
    """Inlines as plain characters: markup goes, its text stays."""
    return "".join([_plain(inline) for inline in inlines])


_SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_AROUND = ("Emph", "Strong", "Underline", "Strikeout", "SmallCaps")


def _plain(inline: Mapping[str, Any]) -> str:
    kind, content = inline["t"], inline.get("c")
    if kind in _SPACES:
        return _SPACES[kind]
    assert content is not None
    if kind == "Str":
        return str(content)
    if kind in _AROUND:
        return plain_inlines(content)
    if kind == "Superscript":
        return raised(plain_inlines(content))
    if kind == "Subscript":
        return lowered(plain_inlines(content))
    if kind in ("Span", "Link", "Cite"):
        return plain_inlines(content[1])
    if kind == "Quoted":
        left, right = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
        return left + plain_inlines(content[1]) + right
    if kind == "Math":
        return plain_math(content[1])
    if kind == "Code":
        return str(content[1])
    if kind == "RawInline":
        return _RAW.get(str(content[1]).strip().removesuffix("{}").strip(), "")
    return ""  # images, notes


_RAW = {
    "\\textbraceleft": "{",
    "\\textbraceright": "}",
    "\\textquotedblleft": "“",
    "\\textquotedblright": "”",
    "\\textasciigrave": "`",
    "\\lbrace": "{",
    "\\rbrace": "}",
    "\\slash": "/",
}  # fmt: skip
"""Characters that Pandoc leaves as LaTeX. All other commands are dropped."""

_SCRIPT = lazy_pattern(r"([\^_])(?:\{([^{}]*)\}|(.))")
_COMMAND = lazy_pattern(r"\\([A-Za-z]+)\s*")
_SIGNS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "lambda": "λ",
    "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "theta": "θ", "eta": "η", "kappa": "κ", "Delta": "Δ",
    "Gamma": "Γ", "Lambda": "Λ", "Omega": "Ω", "Phi": "Φ", "Pi": "Π", "Psi": "Ψ", "Sigma": "Σ",
    "times": "×", "cdot": "·", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "neq": "≠", "approx": "≈", "sim": "∼", "to": "→", "rightarrow": "→", "infty": "∞",
    "circ": "°", "ldots": "…", "dots": "…", "in": "∈", "sum": "∑", "sqrt": "√", "prime": "′",
}  # fmt: skip


def plain_math(tex: str) -> str:
    """A formula as one would type it: `x^2` gives `x²`, `\\alpha` gives `α`."""
    text = _COMMAND.sub(lambda found: _SIGNS.get(found[1], ""), tex.replace("\\%", "%"))

    def script(found: Any) -> str:
        inner = found[2] if found[2] is not None else found[3]
        if inner == "°":
            return "°"
        moved: str = raised(inner) if found[1] == "^" else lowered(inner)
        return moved if moved != inner or not inner else f"{found[1]}{inner}"

    text = _SCRIPT.sub(script, text)
    return " ".join(text.replace("{", "").replace("}", "").replace("\\", "").split())
