"""What a number counts: the noun after it, what a share is taken of, and measures and money."""

from __future__ import annotations

import re

from helpers.figures.numbers import NUMBER_WORDS, WORDS

__all__ = ["MEASURE", "PERSONS", "STOP", "counted_noun", "is_plural"]

_HEDGES = {word for kind in ("above", "below", "near", "about", "degree") for word in WORDS[kind]}
_FUNCTION = "pointing before_year preposition pronoun auxiliary conjunction adverb verb".split()
DETERMINERS = WORDS["article"] | WORDS["possessive"] | WORDS["pointing"] | {"the", "this", "another"}
_MORE = WORDS["more"] | {"another"}
STOP = (
    NUMBER_WORDS | _HEDGES | DETERMINERS | _MORE | {"no", "last"} | {word for name in _FUNCTION for word in WORDS[name]}
)
STOP -= {"first", "second", "third"}
_IRREGULAR = WORDS["irregular_person"] | WORDS["irregular"]
_BEFORE_NOUN = WORDS["before_noun"] | set("aircraft crew livestock media police staff women youth".split())
_ANY = {name: "|".join(WORDS[name]) for name in ("before_measure", "measure", "after_measure")}
#: a measure right behind a number
MEASURE = re.compile(
    rf"""[\s-]?((?:(?:{_ANY["before_measure"]})[\s-])?  # square, nautical
    (?:{_ANY["measure"]}|feet)(?:/h)?                    # kilometres, km/h
    (?:\s?(?:{_ANY["after_measure"]}|[cf]))?)(?!\w)           # degrees Celsius""",
    re.VERBOSE,
)
PERSONS = WORDS["person"] | WORDS["irregular_person"]

_WORD = re.compile(r"\s+(?:\([^()]{1,40}\)\s+)?[“\"'‘]?([a-z][\w'-]*)")
_PLURAL_NEXT = re.compile(r"\s+(?:(?!and\b|or\b)[a-z-]+\s+)?(?:[a-z]+s|people|men|women|children|police|personnel)\b")
_COORDINATED = re.compile(
    r"""(?:,\s(?:[a-z]+s|men|women|people|children)){0,2}           # men, women
    ,?\s(?:and|or)\s([a-z]{2,}[^\Ws]s|men|women|children|people)\b   # and children
    (?!\s(?:said|say|told|added|warned)\b)                          # not: 20 women and officials said""",
    re.VERBOSE,
)


def is_plural(word: str) -> bool:
    """Say whether a word in small letters can be a plural."""
    plain = word.endswith("s") and not word.endswith(("ous", "ss", "us", "is", "'s"))
    return word in _IRREGULAR or (plain and word not in WORDS["singular"])


def counted_noun(text: str, low: str, end: int, single: bool = False) -> str:
    """Read the noun with its modifiers that follows a number; “single” where a singular will do too."""
    of = low.startswith("of ", end + 1)
    at, words = end + 3 if of else end, 0
    begin = at
    while words < 6 and (match := _WORD.match(low, at)):
        word = match[1]
        owner = (of or single) and word.endswith(("'s", "s'"))
        if owner or (words == 0 and (word in _MORE or ((of or single) and word in DETERMINERS))):
            words, at = 0, match.end()
            continue
        if word in STOP:
            break
        begin = match.start(1) if words == 0 else begin
        words, at = words + 1, match.end()
        if is_plural(word) and not (word in _BEFORE_NOUN and (single or _PLURAL_NEXT.match(low, at))):
            both = _COORDINATED.match(low, at)
            return text[begin : both.end() if both and both[1] not in NUMBER_WORDS else at]
    return text[begin:at] if single and 0 < words < 5 and not low.endswith("ed", begin, at) else ""
