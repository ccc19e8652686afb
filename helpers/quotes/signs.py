"""A text as the rules read it: one sign a word, so that a rule is a short pattern of words and word classes."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from helpers.tokens import load_words, tokens

__all__ = ["WORDS", "members", "pattern", "read", "sign"]

# A word's sign says its case, how it ends and, where a rule knows it, which word it is: a block for each case and
# ending, and in a block a place for each known word; the first place is that of all other words.
_BASE, _BLOCK = 0x4000, 0x800
_ENDINGS = ("", "s", "ed", "ing", "ly", "'s")


def _blocks(*numbers: int) -> str:
    """Give the signs of some blocks, as they stand between brackets in a regular expression."""
    return "".join(f"{chr(_BASE + number * _BLOCK)}-{chr(_BASE + number * _BLOCK + _BLOCK - 1)}" for number in numbers)


_END = _BASE + 12 * _BLOCK
_FORMS = {
    "LOW": _blocks(0, 1, 2, 3, 4, 5),
    "CAP": _blocks(6, 7, 8, 9, 10, 11),
    "WORD": _blocks(*range(12)),
    "S": _blocks(1, 7),
    "ED": _blocks(2, 8),
    "ING": _blocks(3, 9),
    "LY": _blocks(4, 10),
    "OWN": _blocks(5, 11),
    "ANY": _blocks(*range(13)),
    "NUM": chr(_END),
    "MARK": chr(_END + 1),
    "BREAK": chr(_END + 2),
    "OPEN": chr(_END + 3),  # words in marks that end without a stop, with one, with another closing mark
    "STOPPED": chr(_END + 4),
    "CALLED": chr(_END + 5),
    "QUOTE": chr(_END + 3) + chr(_END + 4) + chr(_END + 5),
}
_MARKS = _END + 16
WORDS = load_words(Path(__file__).with_name("words.toml"))
_known: dict[str, int] = {}


def _ending(low: str) -> int:
    """Say with which of the endings that tell a form a word ends."""
    if low.endswith(("'s", "s'")):
        return 5
    if len(low) > 3:
        for number, ending in enumerate(_ENDINGS[1:5], 1):
            if low.endswith(ending) and not low.endswith("ss"):
                return number
    return 0


def _code(low: str, number: int, capital: bool) -> str:
    """Give the sign of a word of a number, in small letters, as its ending and its case make it."""
    if not low[:1].isalpha():
        return chr(_MARKS + number) if number else _FORMS["MARK"]
    return chr(_BASE + (_ending(low) + 6 * capital) * _BLOCK + number)


@functools.lru_cache(maxsize=1 << 16)
def sign(word: str) -> str:
    """Give the sign of a word or mark."""
    if word == "\n":
        return _FORMS["BREAK"]
    low = word.lower().replace("’", "'").rstrip(".") or word
    if low[0].isdigit():
        return _FORMS["NUM"] if not any(map(str.isalpha, low)) else _code("x", 0, False)
    capital = word[0].isupper() or (low.startswith(("al-", "el-")) and word[3:4].isupper())
    return _code(low, _known.get(low, 0), capital)


def _signs_of(name: str) -> str:
    """Give the signs of a class of words, of a form, or of one word in both cases."""
    if name in _FORMS:
        return _FORMS[name]
    if name.lower() in WORDS and name.isupper():
        return "".join(map(_signs_of, sorted(WORDS[name.lower()])))
    number = _known.setdefault(name, len(_known) + 1)
    return _code(name, number, False) + (_code(name, number, True) if name[0].isalpha() else "")


def members(names: str) -> frozenset[str]:
    """Give the signs of the words of some classes."""
    return frozenset("".join(map(_signs_of, names.split())))


_PIECE = re.compile(
    r"""(?P<kept> \(\?!\) | \(\?<?[=!:] | \\[AZ] | \{\d*,?\d*\}\?? | [()|*+?] )  # stays what it is in a regular expression
      | \[(?P<some>[^\]]+)\]  # one of some words or classes; none of them behind ^
      | (?P<one>[^\s()|*+?\[\]{}]+)  # a word or a class""",
    re.VERBOSE,
)


@functools.cache
def pattern(source: str) -> re.Pattern[str]:
    """Make a pattern of signs from words, classes in capitals and what binds them: "the (LOW | CAP){1,3} said"."""

    def signs(piece: re.Match[str]) -> str:
        if piece["kept"]:
            return piece["kept"]
        some = piece["some"] or piece["one"]
        names = some.removeprefix("^").split()
        return f"[{'^' if some.startswith('^') else ''}{''.join(map(_signs_of, names))}]"

    return re.compile("".join(_PIECE.sub(signs, source).split()))


_ABBREVIATED = frozenset(
    "mr mrs ms dr st lt mt jr sr vs no gen col sgt rev gov sen rep maj inc ltd capt prof brig cpl adm supt insp hon"
    " jan feb mar apr aug sep oct nov dec".split()
)


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the words and marks of a stretch; hyphens join words, and a stop belongs to what it abbreviates."""
    begin = until = -1
    for token in tokens(text, start, end):
        here = token.start
        if here == until and text[begin].isalnum():
            last, first = text[here - 1], text[here]
            stops = first == "." and until - begin < 5 and _is_short(text[begin:until])
            if (last.isalnum() and (first == "-" or first.isalnum() or stops)) or (last in "-." and first.isalnum()):
                until = token.end
                continue
        if begin >= 0:
            yield begin, until
        begin, until = here, token.end
    if begin >= 0:
        yield begin, until


def _is_short(word: str) -> bool:
    """Say whether a stop behind a word only abbreviates it."""
    return (len(word) == 1 and word.isupper()) or word[-2:-1] == "." or word.lower() in _ABBREVIATED


def read(text: str, pairs: list[tuple[int, int]]) -> tuple[str, list[int], list[int]]:
    """Read a text as signs, with where each begins and ends; what stands in a pair of marks is one sign.

    Parameters
    ----------
    text : any text
    pairs : where quotation marks open and close in it

    Returns
    -------
    the signs, their starts and their ends
    """
    starts, ends, signs = [], [], []
    at = 0
    for opened, closed in [*pairs, (len(text), 0)]:
        for start, end in _stretches(text, at, opened):
            starts.append(start)
            ends.append(end)
            signs.append(sign(text[start:end]))
        if closed:
            starts.append(opened)
            ends.append(closed)
            inner = text[opened + 1 : closed - 1].rstrip()
            form = "STOPPED" if inner.endswith(".") else "CALLED" if inner.endswith(("!", "?", "…")) else "OPEN"
            signs.append(_FORMS[form])
            at = closed
    return "".join(signs), starts, ends
