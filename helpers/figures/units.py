"""What a number counts: the noun after it, what a share is taken of, and measures and money."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.figures.numbers import NUMBER_WORDS, WORDS

__all__ = ["PERSONS", "SIGNS", "STOP", "counted_noun", "is_plural", "measure", "share_of"]

_HEDGES = {word for kind in ("above", "below", "near", "about") for word in WORDS[kind] if " " not in word}
_DETERMINER = WORDS["article"] | WORDS["possessive"] | WORDS["pointing"] | {"the", "this"}
_FUNCTION = "article pointing before_year preposition pronoun auxiliary conjunction adverb verb".split()
STOP = NUMBER_WORDS | _HEDGES | _DETERMINER | {"more", "no"} | {word for name in _FUNCTION for word in WORDS[name]}
_MORE = WORDS["more"] | {"another"}
_IRREGULAR = WORDS["irregular_person"] | WORDS["irregular"]
_NO_PLURAL = ("ous", "ss", "us", "is", "'s")
# plurals that often stand before another noun: police officers, arms dealers
_BEFORE_NOUN = WORDS["before_noun"] | set("aircraft crew livestock media police staff women youth".split())
PERSONS = WORDS["person"] | WORDS["irregular_person"]
_MEASURE = WORDS["measure"] | {"feet", "cubic"}
_TAILED = {"km", "degree", "degrees", "°"}
SIGNS = WORDS["sign"] | WORDS["sign_word"]

_WORD = re.compile(r"\s+(?:\([^()]{1,40}\)\s+)?[“\"'‘]?([a-z][\w'-]*)")
_PLAIN_WORD = re.compile(r"\s*([a-z][\w'-]*)")
_OF = re.compile(r"\s+of(?=\s)")
_SHARE_OF = re.compile(r"\s+of\s+|\s+(?=(?:the|its|their|all|our|his|her)\s)")
_THEM = re.compile(r"(?:them|whom|which)\b|(?:those|these)\b(?!\s+[a-z]+s\b)")
_PLURAL_NEXT = re.compile(r"\s+(?:[a-z-]+\s+)?(?:[a-z]+s|people|men|women|children|police|personnel)\b")
_COORDINATED = re.compile(
    r"""(?:,\s(?:[a-z]+s|men|women|people|children)){0,2}              # men, women
    ,?\s(?:and|or)\s([a-z]{2,}[^\Ws]s|men|women|children|people)\b      # and children
    (?!\s(?:said|say|told|added|warned)\b)                             # not: 20 women and officials said""",
    re.VERBOSE,
)


def is_plural(word: str) -> bool:
    """Say whether a word in small letters can be a plural.

    Parameters
    ----------
    word : one word

    >>> [is_plural(word) for word in ("rockets", "police", "crisis")]
    [True, True, False]
    """
    return word in _IRREGULAR or (word.endswith("s") and not word.endswith(_NO_PLURAL) and word not in WORDS["singular"])


def counted_noun(text: str, low: str, end: int, one: bool = False) -> str:
    """Read the counted noun with its modifiers that follows a number.

    Parameters
    ----------
    text, low : any text, and the same folded
    end : where the number ends
    one : whether the number is one, which takes a singular

    Returns
    -------
    noun as written; empty where a verb or a stop comes first

    >>> text = "Some 40 armed policemen and soldiers said so."
    >>> counted_noun(text, text.lower(), 7)
    'armed policemen and soldiers'
    """
    of = _OF.match(low, end)
    at, begin, words = of.end() if of else end, 0, 0
    while words < 6 and (match := _WORD.match(low, at)):
        word = match[1]
        if words == 0 and (word in _MORE or (of and (word in _DETERMINER or word.endswith("'s")))):
            at = match.end()
            continue
        if word in STOP or word in WORDS["more"]:
            break
        begin = begin or match.start(1)
        words, at = words + 1, match.end()
        if is_plural(word) and not (word in _BEFORE_NOUN and (one or _PLURAL_NEXT.match(low, at))):
            both = _COORDINATED.match(low, at)
            return text[begin : both.end() if both and both[1] not in NUMBER_WORDS else at]
        if word in WORDS["predicate"] and not _PLURAL_NEXT.match(low, at):
            break
    return text[begin:at] if one and 0 < words < 4 and not low.endswith("ed", begin, at) else ""


def share_of(text: str, low: str, end: int) -> str | None:
    """Read what a share is taken of.

    Parameters
    ----------
    text, low : any text, and the same folded
    end : where the share ends

    Returns
    -------
    noun as written, empty where none is named; None where it is them, whom or those

    >>> share_of("half of the old houses", "half of the old houses", 4)
    'old houses'
    """
    of = _SHARE_OF.match(low, end)
    if not of:
        return ""
    at = begin = of.end()
    if _THEM.match(low, at):
        return None
    for _ in range(5):
        match = _PLAIN_WORD.match(low, at)
        if not match:
            break
        word = match[1]
        if at == begin and (word in _DETERMINER or word.endswith(("'s", "s'"))):
            at = begin = match.end()
            continue
        if word in STOP:
            break
        at = match.end()
        if word.endswith(("'s", "s'")):
            begin = at
        elif is_plural(word):
            break
    return text[begin:at].strip()


def measure(after: Sequence[str]) -> tuple[int, int]:
    """Find the measure among the words after a number.

    Parameters
    ----------
    after : the words, in small letters

    Returns
    -------
    the first of its words and the one behind its last, equal where there is none

    >>> measure(["-", "square", "kilometre", "area"])
    (1, 3)
    """
    begin = int(after[:1] == ["-"])
    end = begin
    if len(after) > end + 1 and after[end] in WORDS["before_measure"]:
        end += 1 + (after[end + 1] == "-")
    if end >= len(after) or after[end] not in _MEASURE:
        return 0, 0
    tails = (["/", "h"],) if after[end] == "km" else ([word] for word in WORDS["after_measure"])
    if after[end] in _TAILED:
        end += next((len(tail) for tail in tails if after[end + 1 : end + 1 + len(tail)] == tail), 0)
    return begin, end + 1
