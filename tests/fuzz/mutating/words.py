"""What is put in the place of words and numbers: things that no reader expects there."""

from __future__ import annotations

import re
from random import Random

NUMBERS = (
    "0", "-1", "-0", "00", "1", "2147483648", "9223372036854775808", "3000000000", "1e400", "-1e400",
    "1e999", "nan", "inf", "-Infinity", "NaN", "0x10", "1_000", "1,5", "²", "٣", "２０２３", "½", "Ⅷ",
    "1e-400", "9" * 40, "9" * 400, "9" * 5000, "0." + "1" * 400, "-2013", "Y170000002", "99999",
    "2013-02-31", "2011-05-01T10:00:00Z", "2011-05-01T10:00Z/2012", "201X", "../2014", "2014/..", "..",
    "1900-02-29", "24:00", "true", "null", "~",
)  # fmt: skip
CHARACTERS = (
    "\0", "\x07", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u034f", "\u061c", "\u200b",
    "\u200d", "\u200e", "\u2028", "\u2029", "\u202e", "\u2066", "\u2069", "\ufeff", "\ufffd", "\ufffe",
    "\uffff", "\ud800", "\udc80", "\U000e0041", "\U0010ffff", "\U0001f468\u200d\U0001f469", "ß", "İ", "ı",
    "ﬁ", "e\u0301", "ё", "ø", "𝟚", "ǅ", "א", "ع", "漢", "\t", "\r", "\n", "\r\n", " ", "'", '"', "\\", "`",
    "{", "}", "[", "]", "<", ">", "&", "#", "%", "@", "*", "|", "~", "^", "$", ":", ": ", " #", ",", "=", "/",
    "//", "..", "- ", "? ", "! ", "&a ", "*a", "=1+1", "+", "\u0301" * 300,
)  # fmt: skip
TEXTS = (
    "", " ", "~", "~no-one-here", "~no-one-here/x", "~no-one-here.csl", "~no-one-here/x.yaml", "/dev/zero", "/dev/null", "/", ".", "..",
    "../../x", "a\0b", "con", "x" * 300, "x/" * 200, "https://example.org/a b/c.pdf", "//example.org/x", "http://[",
    "http://x:99999999/", "file:///etc/passwd", "javascript:alert(1)", "mailto:x", "<b>x</b>", "{{ x }}", "{{ 1/0 }}",
    "{% for %}", "{{ '7' * 9 }}", "[@x]", "[@gazette, p. 3]", "=1+1", "@SUM(A1)", "null", "true", "yes", "NO", "id",
    "_", "-", "a.b.c", "A", "é", "10.1000/182", "doi:10.1/x", "978-3-16-148410-0", "Ann & Bob", "a, b, c",
    "Jo Doe <jo@example.org>", "jo@", "jo@example.org\nBcc: x@example.org", "\u202etxt", "](", "**", "`" * 50, "[" * 60,
    "> " * 60, "*a " * 60, "|" * 80, "a|b\n-|-\n" * 9, "<!--", "&#x0;", "&#1114112;", "&nbsp;", "&x;", "xxe",
)  # fmt: skip
TIMES = (2, 3, 5, 10, 64, 65, 100, 1_000, 5_000)


def odd_word(rng: Random, tokens: tuple[str, ...]) -> str:
    """A number, a text, a character, a token of the format; now and then several of them."""
    kind = rng.random()
    if kind < 0.3:
        return rng.choice(NUMBERS)
    if kind < 0.55 and tokens:
        return rng.choice(tokens)
    if kind < 0.8:
        return rng.choice(TEXTS)
    if kind < 0.92:
        return "".join(rng.choice(CHARACTERS) for _ in range(rng.choice((1, 1, 2, 4))))
    return rng.choice((*TEXTS, *NUMBERS[:30], *tokens)) * rng.choice(TIMES)


def nested(rng: Random, opened: str, closed: str, inside: str) -> str:
    """`inside` within so many levels that a reader that calls itself for each would fall over."""
    depth = rng.choice((10, 63, 64, 65, 100, 200, 500, 700, 900, 1_000, 3_000, 20_000, 100_000))
    depth = min(depth, 400_000 // max(1, len(opened) + len(closed)))
    return opened * depth + inside + closed * (depth if rng.random() < 0.8 else 0)


def chained(rng: Random, define: str, refer: str, join: str, first: str) -> tuple[str, str]:
    """Definitions each of which is several of the one before, and how the last is referred to.

    A few lines stand for `width ** length` times what the first says. In `define` and `refer`
    stand `{name}` and `{value}`.
    """
    length, width = rng.choice(((3, 3), (8, 2), (9, 10), (12, 10), (20, 2), (30, 2), (64, 2)))
    lines = [define.replace("{name}", "a0").replace("{value}", first)]
    for number in range(1, length):
        inner = join.join([refer.replace("{name}", f"a{number - 1}")] * width)
        lines.append(define.replace("{name}", f"a{number}").replace("{value}", inner))
    return "\n".join(lines), refer.replace("{name}", f"a{length - 1}")


NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]+)?")


def beside(number: str, rng: Random) -> str:
    """Another number, where what holds for one often ends: its neighbours, without or with a sign, zero."""
    whole = int(number.partition(".")[0])
    return rng.choice(
        (str(whole - 1), str(whole + 1), str(-whole), "0", "-1", f"{whole}0", f"{whole}.5", f"{whole}e400", f'"{number}"', f'" {number}"')
    )  # fmt: skip
