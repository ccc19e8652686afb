"""What a number counts: the noun after it, what a share is taken of, and measures and money."""

import re

from helpers.figures.numbers import NUMBER_WORDS, WORDS

__all__ = ["CURRENCIES", "MEASURE", "PERSONS", "SIGNS", "VOTE", "counted_noun", "is_plural", "money"]

_HEDGES = {word for kind in ("above", "below", "near", "about", "degree") for word in WORDS[kind]}
_FUNCTION = "pointing before_year preposition pronoun auxiliary conjunction adverb verb".split()
DETERMINERS = WORDS["article"] | WORDS["possessive"] | WORDS["pointing"] | {"the", "this", "another"}
_MORE = WORDS["more"] | {"another"}
STOP = (
    NUMBER_WORDS | _HEDGES | DETERMINERS | _MORE | {"no", "last"} | {word for name in _FUNCTION for word in WORDS[name]}
)
STOP -= {"first", "second", "third"}
_IRREGULAR = WORDS["irregular_person"] | WORDS["irregular"] | {"pence"}
_BEFORE_NOUN = WORDS["before_noun"] | set("aircraft crew livestock media police staff women youth".split())
_ANY = {name: "|".join(WORDS[name]) for name in ("before_measure", "measure", "after_measure")}
#: a measure right behind a number
MEASURE = re.compile(
    rf"""[\s-]?((?:(?:{_ANY["before_measure"]})[\s-])?  # square, nautical
    (?:{_ANY["measure"]}|feet)(?:/h)?                    # kilometres, km/h
    (?:\s?(?:{_ANY["after_measure"]}|[cf]))?|(?<=\d)[cf])(?!\w)  # degrees Celsius, 40C""",
    re.VERBOSE,
)
#: what was decided by a number of votes
VOTE = re.compile(r"(?:-\d+)?\s+(vote|ruling|decision|majority|margin|split)\b")
_MONEY = """dollars pounds euros rupees yen liras rand dirhams shekels
 naira won shillings ringgit francs roubles""".split()
#: sign or word of money -> currency
SIGNS = {sign: unit for unit in _MONEY for sign in WORDS[unit]} | {"p": "pence", "c": "cents"}
#: words that are money by themselves
CURRENCIES = WORDS["currency"] | {*_MONEY, "baht", "kroner", "kronor", "yuan"}
_LETTERS = "|".join(sorted((re.escape(sign) for sign in SIGNS if sign not in "pc"), key=len, reverse=True))
_BEFORE = re.compile(rf"(?<!\w)({_LETTERS})\s?\Z")
_BEHIND = re.compile(r"(?:\s?[€£]|\s(?:dlrs?|stg|USD|EUR|GBP|AED)|p|(?<=\d)c)(?!\w)")
PERSONS = WORDS["person"] | WORDS["irregular_person"]

_WORD = re.compile(r"\s+(?:\([^()]{1,40}\)\s+)?[“\"'‘]?([a-z][\w'-]*)")
_JOINT = re.compile(r"(?:[\w-]+-|[A-Z]\w+)\s(?:and|or)(?=(?:\s[\w-]+){1,2}\s[\w-]+s\b)")
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
    begin = at = end + 3 if of else end
    words = 0
    while words < 6 and (match := _WORD.match(low, at)):
        word = match[1]
        owner = (of or single) and word.endswith(("'s", "s'"))
        if owner or (words == 0 and (word in _MORE or ((of or single) and word in DETERMINERS))):
            words, at = 0, match.end()
            continue
        begin = begin if words else match.start(1)
        both = _JOINT.match(text, match.start(1))  # Blackhawk and Chinook helicopters, low- and middle-income people
        if word in STOP and not both:
            break
        words, at = words + 1, (both or match).end()
        modifier = word in _BEFORE_NOUN or "-" in word
        if not both and is_plural(word) and not (modifier and (single or _PLURAL_NEXT.match(low, at))):
            more = _COORDINATED.match(low, at)
            return text[begin : more.end() if more and more[1] not in NUMBER_WORDS else at]
    return text[begin:at] if single and 0 < words < 5 and not low.endswith("ed", begin, at) else ""


def money(text: str, floor: int, start: int, end: int) -> tuple[int, int, str]:
    """Give where a sum of money begins and ends, with its sign or its word, and its currency; "" where it is none."""
    if sign := _BEFORE.search(text, max(floor, start - 5), start):
        return sign.start(), end, SIGNS[sign[1]]
    sign = _BEHIND.match(text, end)
    return (start, sign.end(), SIGNS[sign.group().strip()]) if sign else (start, end, "")
