"""What a number counts: the noun after it, what a share is taken of, and measures and money."""

import re

from helpers.figures.numbers import NUMBER_WORDS, WORDS
from helpers.tokens import TOKEN

__all__ = ["CURRENCIES", "MEASURE", "PERSONS", "SIGNS", "STOP", "are_metres", "counted_noun", "is_plural", "money"]

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
_MONEY = """dollars pounds euros rupees yen liras rand dirhams shekels
 naira won shillings ringgit francs roubles""".split()
#: sign or word of money -> currency
SIGNS = {sign: unit for unit in _MONEY for sign in WORDS[unit]} | {"p": "pence"}
#: words that are money by themselves
CURRENCIES = WORDS["currency"] | {*_MONEY, "baht", "kroner", "kronor", "yuan"}
_LETTERS = "|".join(sorted((re.escape(sign) for sign in SIGNS if sign != "p"), key=len, reverse=True))
_BEFORE = re.compile(rf"(?<!\w)({_LETTERS})\s?\Z")
_BEHIND = re.compile(r"(?:\s?([€£])|\s(dlrs?|stg|USD|EUR|GBP|AED)|(p)|(?<=\d)(c))(?!\w)")
_LENGTH = WORDS["length"] | set("within above below long".split())
_PIXELS = re.compile(r"(?:360|480|720|1080|1440|2160)p")
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
    at, words = end + 3 if of else end, 0
    begin = at
    while words < 6 and (match := _WORD.match(low, at)):
        word = match[1]
        owner = (of or single) and word.endswith(("'s", "s'"))
        if owner or (words == 0 and (word in _MORE or ((of or single) and word in DETERMINERS))):
            words, at = 0, match.end()
            continue
        if both := _JOINT.match(
            text, match.start(1)
        ):  # Blackhawk and Chinook helicopters, low- and middle-income people
            begin, words, at = (match.start(1) if words == 0 else begin), words + 1, both.end()
            continue
        if word in STOP:
            break
        begin = match.start(1) if words == 0 else begin
        words, at = words + 1, match.end()
        if is_plural(word) and not ((word in _BEFORE_NOUN or "-" in word) and (single or _PLURAL_NEXT.match(low, at))):
            both = _COORDINATED.match(low, at)
            return text[begin : both.end() if both and both[1] not in NUMBER_WORDS else at]
    return text[begin:at] if single and 0 < words < 5 and not low.endswith("ed", begin, at) else ""


def money(text: str, floor: int, start: int, end: int) -> tuple[int, int, str]:
    """Give where a sum of money begins and ends, with its sign or its word, and its currency; "" where it is none."""
    if sign := _BEFORE.search(text, max(floor, start - 5), start):
        return sign.start(), end, SIGNS[sign[1]]
    sign = _BEHIND.match(text, end)
    if not sign or _PIXELS.match(text, start) or (sign[4] and not text[start:end].isdecimal()):
        return start, end, ""
    return start, sign.end(), "cents" if sign[4] else SIGNS[sign[sign.lastindex or 0]]


def are_metres(text: str, low: str, end: int, before: list[str]) -> bool:
    """Say whether the m right behind a number is metres: 200m gold, 120m long, but 12m people."""
    near = [word.lower() for word in before[:3]]
    after = TOKEN.findall(low, end, end + 24)[:2]
    if text[end - 1] != "m" or WORDS["race"].intersection(after) or _LENGTH.intersection(near + after):
        return text[end - 1] == "m"
    if counted_noun(text, low, end) or low.startswith(" of ", end):
        return False
    return near[:1] in (["the"], ["a"], ["an"], ["men's"], ["women's"], ["x"])
