"""What a number counts: the noun after it, what a share is taken of, and measures and money."""

from __future__ import annotations

import re

__all__ = ["MEASURE", "NUMBER_WORDS_TEXT", "PERCENT", "PERSONS", "SIGN", "counted_noun", "share_of"]

NUMBER_WORDS_TEXT = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety half halves tens dozens scores hundreds"
    " thousands millions billions trillions nobody none several many"
    " first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth hundredth thousandth millionth"
)
PERCENT = re.compile(r"[\s\u00a0]?%|[\s\u00a0-]per[-\s]?cent(?:age)?\b(?:\s+points?\b)?", re.IGNORECASE)
SIGN = re.compile(r"(?:US|A|C|NZ|HK)?[$€£¥₹₺]|\bR(?=\Z)\s?\Z|\b(?:USD|EUR|GBP|Rs\.?|Rs)\s?\Z")
MEASURE = re.compile(
    r"[\s\u00a0-]?((?:square|cubic|nautical)[\s-](?:kilomet(?:re|er)s?|met(?:re|er)s?|miles?|feet|foot|km|yards?)|km/h|kph|mph|km2|km|cm|mm|sq\s?(?:km|m|mi|ft)"
    r"|kilomet(?:re|er)s?|met(?:re|er)s?|centimet(?:re|er)s?|millimet(?:re|er)s?|miles?|feet|foot|ft|inch(?:es)?|yards?|hectares?|acres?"
    r"|(?:metric\s+)?ton(?:ne)?s?|kilograms?|kilogram(?:me)?s?|kilos?|kg|grams?|lbs?|litres?|liters?|gallons?|degrees?(?:\s+(?:Celsius|Fahrenheit|C|F)\b)?|°\s?[CF]?"
    r"|knots|megawatts?|gigawatts?|kilowatts?|MW|GW|kW|kWh|volts?|magnitude|hertz|decibels?|calories|megabytes?|gigabytes?|cubic|m)(?![\w])"
)  # fmt: skip
_WORD = re.compile(r"[\s\u00a0]+(?:\([^()]{1,40}\)\s+)?([“\"'‘]?)([A-Za-z][\w'’-]*)")
_IRREGULAR = set(
    "people men women children police personnel staff troops cattle sheep fish aircraft crew youth media livestock infantry dead spacecraft servicemen policemen firefighters fishermen teeth feet geese mice lives wives loaves tents countrymen gunmen kroner kronor rand yen yuan won baht militiamen tribesmen policewomen airmen seamen businessmen spokesmen congressmen lawmen craftsmen clergymen cavalry personnel.".split()
)
_NO_PLURAL = ("ous", "ss", "us", "is", "'s", "’s")
_STOP = set(
    "a about above according across after against ago all alone along already also although am amid among an and another any are around as at"
    " be became because been before began behind being below beneath beside besides between beyond both but by came can cannot cast could despite did died do does done down"
    " during each either even ever every except faced fell few fewer fled flee fleeing for from gathered gave go goes got had has have having he held her here hers him his how however if in inside"
    " into is it its itself just killed last later lay least left less like lived living lost made many may me might more most much must near nearly need needed neither never next nor not now of off on once sank broke ran won drew hit struck began ended opened closed lay burned burnt drowned crashed collapsed received involved recovered won testified"
    " only onto or our out outside over own per perhaps quite rather remain remained remains reported said same saw say saying says see seen she should showed since so some still stood such sustained than that the their them then there"
    " these they this those though through thus to together too took toward towards turned under until up upon us very via voted was we went were what when where whether which while who whom whose why"
    " will with within without would yet you your according say told took use used via arrived attended backed believed called claimed escaped estimated expected feared followed forced hurt joined marched returned signed suffered survived took visited volunteered waited worked".split()
)
_PREDICATE = set(
    "killed wounded injured dead missing displaced hurt arrested detained homeless hospitalised hospitalized trapped infected unaccounted stranded affected jailed".split()
)
_MORE = set("more others other additional extra further another".split())
_DETERMINER = set("the its their all his her our your those these this that my whole entire any every a an".split())
_SINGULAR = set(
    "gas bus news series species lens perhaps yes always sometimes afterwards besides whereas headquarters towards sales".split()
)
_DOUBLE = set(
    "crew police staff media youth livestock aircraft sports arms sales goods operations women communications systems weapons drugs rights customs".split()
)
_NUMBER_WORDS = set(NUMBER_WORDS_TEXT.split()) - set("first second third".split())
PERSONS = set(
    "people civilians families soldiers fighters troops homes houses refugees men women children deaths casualties residents prisoners migrants protesters students workers patients cases victims militants rebels villagers households".split()
)
_PLAIN_WORD = re.compile(r"[\s\u00a0]*([A-Za-z][\w'’-]*)")
_PLURAL_NEXT = re.compile(r"[\s\u00a0]+(?:[a-z-]+[\s\u00a0]+)?(?:[a-z]+s|people|men|women|children|police|personnel)\b")
_OF = re.compile(r"[\s\u00a0]+of(?=[\s\u00a0])", re.IGNORECASE)
_SHARE_OF = re.compile(r"[\s\u00a0]+of[\s\u00a0]+|[\s\u00a0]+(?=(?:the|its|their|all|our|his|her)\s)", re.IGNORECASE)
_THEM = re.compile(r"(?:them|whom|which)\b|(?:those|these)\b(?!\s+[a-z]+s\b)", re.IGNORECASE)
# a second noun belongs to the unit where no verb of saying follows: men, women and children; homes and businesses
_COORDINATED = re.compile(
    r"(?:,\s(?:[a-z]+s|men|women|people|children)){0,2},?\s(?:and|or)\s(?:[a-z]{3,}(?<!s)s(?<!dozens)(?<!hundreds)(?<!thousands)(?<!scores)(?<!millions)|men|women|children|people)\b(?!\s+(?:said|say|told|added|warned)\b)"
)


def counted_noun(text: str, end: int, one: bool = False) -> str:
    """Read the counted noun with its modifiers that follows a number; empty where a verb or a stop comes first."""
    at, begin, words = end, 0, 0
    of = _OF.match(text, at)
    if of:
        at = of.end()
    while words < 6 and (match := _WORD.match(text, at)):
        word = match[2]
        lower = word.lower().replace("’", "'")
        if words == 0 and (lower in _MORE or (of and (lower in _DETERMINER or lower.endswith("'s")))):
            at = match.end()
            continue
        if lower in _STOP or lower in _NUMBER_WORDS:
            break
        begin = begin or match.start(2)
        words, at = words + 1, match.end()
        if lower in _IRREGULAR or (lower.endswith("s") and not lower.endswith(_NO_PLURAL) and lower not in _SINGULAR):
            if (lower in _DOUBLE and _PLURAL_NEXT.match(text, at)) or (one and lower in _DOUBLE):
                continue
            both = _COORDINATED.match(text, at)
            return text[begin : both.end() if both else at]
        if lower in _PREDICATE and not _PLURAL_NEXT.match(text, at):
            break
    return text[begin:at] if one and 0 < words < 4 and not text[begin:at].endswith("ed") else ""


def share_of(text: str, end: int) -> str | None:
    """Read what a share is taken of; None where it is them, whom or those."""
    of = _SHARE_OF.match(text, end)
    if not of:
        return ""
    at, begin = of.end(), of.end()
    if _THEM.match(text, at):
        return None
    for count in range(5):
        match = _PLAIN_WORD.match(text, at)
        if not match:
            break
        lower = match[1].lower().replace("’", "'")
        if count == 0 and lower in _STOP - _DETERMINER:
            break
        if at > begin and lower in _DETERMINER:
            break
        if lower in _DETERMINER or lower.endswith(("'s", "s'")):
            at = begin = match.end()
            continue
        if lower in _STOP:
            break
        at = match.end()
        if lower in _IRREGULAR or (lower.endswith("s") and not lower.endswith(_NO_PLURAL)):
            break
    return text[begin:at].strip()
