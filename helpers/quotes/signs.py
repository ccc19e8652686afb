"""A text as the rules read it: one character, its sign, for each word.

"The mayor said that" becomes four characters, so that a regular expression over them reads word by word, not letter by
letter. `sign` chooses the character by case, ending and, for words that a rule names, the word itself; `pattern` turns
"the LOW SAY that" into the regular expression: a word stands for its signs, a class in capitals for those of its words.
"""

import functools
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from helpers.tokens import load_words

__all__ = ["FORMS", "RULES", "pattern", "sign"]

_WORDS = load_words(Path(__file__).with_name("words.toml"))

# each case and ending has a block of signs, and in it a known word its own place; all others share the first
_BASE, _BLOCK = 0x4000, 0x800
_ENDINGS = ("", "s", "ed", "ing", "ly", "'s")
_MARK, _OTHER = 12, 13  # the blocks of marks, and of what is neither mark nor word
_known: dict[str, int] = {}


def _place(block: int, number: int = 0) -> str:
    """Give the sign at a place of a block."""
    return chr(_BASE + block * _BLOCK + number)


def _blocks(*numbers: int) -> str:
    """Give the signs of some blocks as a regular expression has them between brackets."""
    return "".join(f"{_place(number)}-{_place(number, _BLOCK - 1)}" for number in numbers)


FORMS = {
    "LOW": _blocks(*range(6)),
    "CAP": _blocks(*range(6, 12)),
    "WORD": _blocks(*range(12)),
    **{name: _blocks(number, number + 6) for number, name in enumerate(("S", "ED", "ING", "LY", "OWN"), 1)},
    "ANY": _blocks(*range(14)),
    "MARK": _place(_MARK),  # no rule knows it
    "NUM": _place(_OTHER),
    "BREAK": _place(_OTHER, 1),
    "OPEN": _place(_OTHER, 2),  # words in marks; STOPPED where they end a sentence
    "STOPPED": _place(_OTHER, 3),
    "QUOTE": _place(_OTHER, 2) + _place(_OTHER, 3),
}


def _sign(word: str) -> str:
    """Give the sign of a word, a mark or a line break, as far as words are known by now."""
    low = word.lower().replace("’", "'").rstrip(".") or word
    if low == "\n" or low[0].isdigit():
        return FORMS["BREAK" if low == "\n" else "NUM"]
    ending = max(number for number, ending in enumerate(_ENDINGS) if low.endswith(ending))
    return _place(ending + 6 * word[0].isupper() if low[0].isalpha() else _MARK, _known.get(low, 0))


sign = functools.lru_cache(maxsize=1 << 16)(_sign)


def _signs(name: str) -> str:
    """Give the signs of a form, of a class of words, or of one word or mark."""
    if name in FORMS:
        return FORMS[name]
    if name.isupper() and name.lower() in _WORDS:
        return "".join(map(_signs, sorted(_WORDS[name.lower()])))
    _known.setdefault(name, len(_known) + 1)
    return _sign(name) + _sign(name.capitalize())


_PIECE = re.compile(
    r"""(?P<kept> \(\?!\) | \(\?<?[=!:] | \\[AZ] | \{\d*,?\d*\} | [()|*+?] )  # stays what it is in a regular expression
      | \[(?P<none>\^?)(?P<some>[^\]]+)\]  # one of some words or classes; behind ^, none of them
      | (?P<one>[^\s()|*+?\[\]{}]+)  # a word, a mark or a class""",
    re.VERBOSE,
)


def _piece(piece: re.Match[str]) -> str:
    """Write a piece of a pattern in signs."""
    names = (piece["some"] or piece["one"] or "").split()
    return piece["kept"] or f"[{piece['none'] or ''}{''.join(map(_signs, names))}]"


@functools.cache
def pattern(source: str) -> re.Pattern[str]:
    """Make a pattern of signs from words, classes in capitals and what binds them: "the (LOW | CAP){1,3} said"."""
    return re.compile("".join(_PIECE.sub(_piece, source).split()))


class Rule:
    """A row of rules.toml: what stands before a place, at it and behind it; what marks hold, and in how many words."""

    def __init__(self, name: str, example: str, words: Sequence[int] = (0, 1000), unless: str = "(?!)", **parts: str):
        self.name, self.example, self.words, self.unless = name, example, range(*words), pattern(unless)
        self.before, self.at = pattern(parts.get("before", "")), pattern(parts.get("at", ""))
        self.behind, self.inside = pattern(parts.get("behind", "")), pattern(parts.get("inside", ""))


_ROWS = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
RULES = {kind: [Rule(**row) for row in rows] for kind, rows in _ROWS.items()}
