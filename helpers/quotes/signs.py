"""A text as the rules read it: one character, its sign, for each word.

"The mayor said that" becomes four characters, so that a regular expression over them reads word by word, not letter by
letter. `sign` chooses the character by case, ending and, for words that a rule names, the word itself; `pattern` turns
"the LOW SAY that" into the regular expression: a word stands for its signs, a class in capitals for those of its words.
"""

import functools
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from helpers.tokens import load_words

__all__ = ["RULES", "WORDS", "Rule", "load_rules", "members", "pattern", "quote_sign", "sign"]

WORDS = load_words(Path(__file__).with_name("words.toml"))
_JOINED = {
    "strong": "say tell state promise deny charge query trust",
    "weak": "feel offer ask think call describe condemn blame answer",  # take a clause only with "that", "to" or marks
    "saying": "strong weak",
    "bodies": "body both",
    "again": "again both",
    "beside": "aside place time now",
    "no_clause": "idle place time now and but",
    "plain": "article owner pronoun and but relative place time when now this some",  # begin no name
}
for _name, _parts in _JOINED.items():
    WORDS[_name] = frozenset().union(*(WORDS[part] for part in _parts.split()))
RULES = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))

# each case and ending has a block of signs, and in it a known word its own place; all others share the first
_BASE, _BLOCK, _MARKS = 0x4000, 0x800, 0xA000
_ENDINGS = ("s", "ed", "ing", "ly", "'s")
_known: dict[str, int] = {}


def _blocks(*numbers: int) -> str:
    """Give the signs of some blocks as a regular expression has them between brackets."""
    starts = [_BASE + number * _BLOCK for number in numbers]
    return "".join(f"{chr(start)}-{chr(start + _BLOCK - 1)}" for start in starts)


_FORMS = {
    "LOW": _blocks(0, 1, 2, 3, 4, 5),
    "CAP": _blocks(6, 7, 8, 9, 10, 11),
    "WORD": _blocks(*range(12)),
    **{name: _blocks(number, number + 6) for number, name in enumerate(("S", "ED", "ING", "LY", "OWN"), 1)},
    "ANY": f"{chr(_BASE)}-{chr(0xD000)}",
    "MARK": chr(_MARKS),  # no rule knows it
    "NUM": chr(_MARKS + 1),
    "BREAK": chr(_MARKS + 2),
    "OPEN": chr(_MARKS + 3),  # words in marks; STOPPED where they end a sentence
    "STOPPED": chr(_MARKS + 4),
    "QUOTE": f"{chr(_MARKS + 3)}{chr(_MARKS + 4)}",
}


def _sign(low: str, number: int, capital: bool) -> str:
    """Give the sign of a word in small letters, by its number and case."""
    if not low[0].isalpha():
        return chr(_MARKS + 8 + number) if number else _FORMS["MARK"]
    ends = [number for number, ending in enumerate(_ENDINGS, 1) if low.endswith(ending)]
    ending = ends[-1] if ends else 0
    return chr(_BASE + (ending + 6 * capital) * _BLOCK + number)


@functools.lru_cache(maxsize=1 << 16)
def sign(word: str) -> str:
    """Give the sign of a word, a mark or a line break."""
    if word == "\n":
        return _FORMS["BREAK"]
    low = word.lower().replace("’", "'").rstrip(".") or word
    if low[0].isdigit():
        return _FORMS["NUM"]
    return _sign(low, _known.get(low, 0), word[0].isupper())


def quote_sign(text: str) -> str:
    """Give the sign of words in marks, by how they end."""
    stopped = text[1:-1].rstrip().endswith((".", "!", "?", "…"))
    return _FORMS["STOPPED" if stopped else "OPEN"]


def signs_of(name: str) -> str:
    """Give the signs of a form, of a class of words, or of one word or mark."""
    if name in _FORMS:
        return _FORMS[name]
    if name.isupper() and name.lower() in WORDS:
        return "".join(map(signs_of, sorted(WORDS[name.lower()])))
    number = _known.setdefault(name, len(_known) + 1)
    return "".join(_sign(name, number, capital) for capital in (False, True)[: 1 + name[0].isalpha()])


def members(names: str) -> frozenset[str]:
    """Give the signs of some words or classes."""
    return frozenset("".join(map(signs_of, names.split())))


_PIECE = re.compile(
    r"""(?P<kept> \(\?!\) | \(\?<?[=!:] | \\[AZ] | \{\d*,?\d*\} | [()|*+?] )  # stays what it is in a regular expression
      | \[(?P<some>[^\]]+)\]  # one of some words or classes; behind ^, none of them
      | (?P<one>[^\s()|*+?\[\]{}]+)  # a word, a mark or a class""",
    re.VERBOSE,
)


def _piece(piece: re.Match[str]) -> str:
    """Write a piece of a pattern in signs."""
    if piece["kept"]:
        return piece["kept"]
    some = piece["some"] or piece["one"]
    names = some.removeprefix("^").split()
    return f"[{'^' * (names != some.split())}{''.join(map(signs_of, names))}]"


@functools.cache
def pattern(source: str) -> re.Pattern[str]:
    """Make a pattern of signs from words, classes in capitals and what binds them: "the (LOW | CAP){1,3} said"."""
    return re.compile("".join(_PIECE.sub(_piece, source).split()))


class Rule(NamedTuple):
    """A rule: what stands before a place, which verb in it, what behind; how many words stand in the marks."""

    before: re.Pattern[str]
    verb: re.Pattern[str]
    behind: re.Pattern[str]
    unless: re.Pattern[str]
    words: range


def load_rules(kind: str) -> list[Rule]:
    """Give the rules of a kind, in order."""
    return [
        Rule(
            pattern(row.get("before", "")),
            pattern(f"[{row.get('verb', 'ANY')}]"),
            pattern(row.get("behind", "")),
            pattern(row.get("unless", "(?!)")),
            range(*row.get("words", (0, 1000))),
        )
        for row in RULES[kind]
    ]
