"""Where a line may break inside what stands between two spaces.

A pocket version of Unicode's line breaking (UAX 14): enough for prose in alphabetic scripts,
for ideographs, and for the addresses that references are full of.

Lines never end at a hyphen that the text has: programs that read PDFs take it for a hyphenation
and drop it, and "combined-cycle" is copied as "combinedcycle". A dash or a slash at a line's end is
followed by a space when lines are joined again, so only long words break there. Lines are ragged
anyway. A word too long for a line of its own is the exception: see `lines`.
"""

from __future__ import annotations

_ADDRESS_STARTS = ("www.", "mailto:", "doi:")
_LONG = 24
"""Characters from which a word may break at its dashes, or like an address at its slashes."""
_LONG_HOST = 40
"""Characters from which a host is broken at its dots."""
_BREAKERS = frozenset("\u2013\u2014\u200b\u00ad/?&._=#:;,~%+")
_ANYWHERE = frozenset("\u200b\u00ad")
"""Signs after which any word may break."""
_FIRST_IDEOGRAPH = "\u2e80"

# No break after an opening, none before a closing mark (JIS X 4051, in short).
_OPENINGS = "「『（［｛〈《【〔“‘([{"
_CLOSINGS = (
    "」』）］｝〉》】〕、。，．：；！？・ー”’)]},.:;!?々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)


def pieces(word: str) -> list[str]:
    """`word` cut at every place where a line may break; joined, they are the word again."""
    if _BREAKERS.isdisjoint(word) and _alphabetic(word):
        return [word]
    address = (
        "://" in word
        or word.lower().startswith(_ADDRESS_STARTS)
        or (len(word) >= _LONG and any(sign in word for sign in "/?&=_"))
    )
    if not address and len(word) < _LONG and _ANYWHERE.isdisjoint(word) and _alphabetic(word):
        return [word]
    found: list[str] = []
    start = 0
    host = _host_end(word) if address else 0
    for index in range(1, len(word)):
        if index >= host and (
            _may_break(word, index, address) or (address and _slug_break(word, index, start))
        ):
            found.append(word[start:index])
            start = index
    found.append(word[start:])
    return found


def _host_end(word: str) -> int:
    """Where the path of an address begins, before which it is not broken.

    Nothing is gained by a line that ends in `https://`. Where the host alone is long, something is.
    """
    _, scheme, rest = word.partition("://")
    if not scheme:
        return 0
    host = len(rest) if "/" not in rest else rest.index("/")
    return len(word) - len(rest) + host if host < _LONG_HOST else 0


def _alphabetic(word: str) -> bool:
    return word.isascii() or max(word) < _FIRST_IDEOGRAPH


def _may_break(word: str, index: int, address: bool) -> bool:
    """Whether a line may break between `word[index - 1]` and `word[index]`."""
    before, after = word[index - 1], word[index]
    if after in "\u2060\u200d\u00a0\u202f\ufeff" or before in "\u2060\u200d\u00a0\u202f\ufeff":
        return False
    if before in _ANYWHERE:
        return True
    if _ideographic(before) or _ideographic(after):
        return before not in _OPENINGS and after not in _CLOSINGS
    if address:
        return _address_break(word, index)
    if len(word) < _LONG:
        return False
    if before in "\u2013\u2014":
        return index >= 2 and word[index - 2].isalpha() and after.isalpha()
    if before == "/":
        return index >= 4 and word[index : index + 3].isalpha() and len(word) - index >= 3
    return False


def _address_break(word: str, index: int) -> bool:
    """In an address: after a slash, before other signs, never near either end.

    Never after a hyphen (Chicago 14.18): nobody could tell whether it belongs to the address.
    See `_slug_break` for what that leaves of long titles in addresses.
    """
    before, after = word[index - 1], word[index]
    if index < 4 or len(word) - index < 2:
        return False
    if before == "/":
        return after not in "/?#"
    return after in "?&#=._~%+,;" and before.isalnum() and not _escape(word, index)


def _slug_break(word: str, index: int, start: int) -> bool:
    """Whether to break before a hyphen: only far from the last break, at `start`, and the end.

    There the hyphen begins a line, and cannot be taken for one that was put in.
    """
    far = index - start >= _LONG and len(word) - index >= _LONG / 2
    return far and word[index] == "-" and word[index - 1].isalnum()


def _escape(word: str, index: int) -> bool:
    """Whether a break here would tear percent escapes (RFC 3986) apart."""
    return word[index] == "%" and index >= 3 and word[index - 3] == "%"


def _ideographic(character: str) -> bool:
    code = ord(character)
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF
