"""Figures of a text: each number that states a quantity, as an open interval, with what it counts."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

import pandas as pd

from helpers.numbers import HEDGE_AFTER, HEDGE_BEFORE, Number, bounds, read_number

__all__ = ["find_figures"]

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_TIME_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|decades?|centur(?:y|ies)|generations?|seasons?)\b"
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety half halves tens dozens scores hundreds"
    " thousands millions billions trillions nobody none several many"
    " first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth hundredth thousandth millionth"
)
# a number can begin at digits or at one of these words; everything else is looked at only there
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_STARTS = {*_WORDS.split(), *(f"{a}tieth" for a in ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"))}
_AFTER_A = re.compile(
    r"an?\s+(?:hundred|thousand|million|billion|trillion|dozen|couple\s+of|few|third|quarter|half|fifth|sixth|tenth)\b"
    r"|no(?:[ -]one\b|\s+(?=[a-z]))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:\d+(?:,\d{3})*(?:st|nd|rd|th)\b"
    r"|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\s])?(?:first|second|third|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|\w+tieth|hundredth|thousandth|millionth)\b(?!s))",
    re.IGNORECASE,
)
# what begins at a number and is none, the longer before the shorter
_AT = [
    ("reading time", re.compile(r"\d+[-\s]min(?:ute)?s?[-\s]read\b", re.IGNORECASE)),
    ("date", re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}\b|\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}})\b|\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:-|–|and|to|or|,)\s*\d{{1,2}}(?:st|nd|rd|th)?)*(?:\s+of)?[\s\u00a0]+{_MONTH}(?![a-z])(?:,?\s+\d{{4}}\b)?|9/11\b")),
    ("time", re.compile(r"\d{1,2}(?:[:.]\d{2})?(?:\s?(?:-|–|to)\s?\d{1,2}(?:[:.]\d{2})?)?\s*(?:[ap]\.?m\b\.?|[ap]\.m\.|o['’]clock)|\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:GMT|UTC|[A-Z]{3,4}\b))?|\d{3,4}\s*(?:GMT|UTC|hours\b|hrs\b)|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:o['’]clock|[ap]\.?m\b\.?)", re.IGNORECASE)),
    ("other", re.compile(r"24/7|50[/-]50|\+?\d{2,5}(?:[-\s]\d{2,5}){2,}(?!\d|,)|\d+(?:\.\d+){2,}|\d{3}-\d{4}\b|\d+x\d+\b")),
    ("year", re.compile(r"\d{4}s\b|(?:19|20)\d{2}\s?[-–/]\s?(?:(?:19|20)\d{2}|\d{2})(?!\d|,\d)")),
    ("name", re.compile(r"\d{1,2}\s+de\s+[A-Z]\w+")),
]  # fmt: skip
_COUNTWORD = r"(?:\d[\d.,]*|[a-z]+(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?)"
_BETWEEN = r"(?:[-\s\u00a0](?:and\s+a\s+half|more|other|additional|extra|consecutive|straight|successive|long|full|whole|solid|past|further|entire|calendar|working)\b)?"
_AGE_AFTER = re.compile(
    r"[-\s\u00a0]?(?:years?|months?|weeks?|days?)[-\s]olds?\b|\s+years?\s+of\s+age\b", re.IGNORECASE
)
_DURATION_AFTER = re.compile(rf"{_BETWEEN}[-\s\u00a0](?:of\s+)?{_TIME_UNIT}(?![-\s]old)", re.IGNORECASE)
_TIMES_AFTER = re.compile(r"(?:\s+|-)?(?:times\b(?!\s+zone)|-?fold\b)", re.IGNORECASE)
# what stands before a number that is none
_LEFT = [
    ("footnote", re.compile(r"\[$")),
    ("footnote", re.compile(r"[a-z)][.!?,][”\"’]?$")),
    ("other", re.compile(r"\b(?:call|dial|dialled|dialed|calling|dialling|dialing)\s+$", re.IGNORECASE)),
    ("age", re.compile(r"\b(?:people|children|voters|adults|men|women|those|anyone|everyone|patients|boys|girls|youths|residents|drivers|players|citizens|pupils|students)\s+(?:aged\s+)?(?:under|over|above|below)\s+(?:the\s+age\s+of\s+)?$", re.IGNORECASE)),
    ("date", re.compile(rf"(?<![a-z]){_MONTH}(?:\s*(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s*(?:-|–|and|to|or|,))*[\s\u00a0]+$")),
    ("age", re.compile(r"\b(?:aged?(?:\s+(?:of|between|just|only|about|around))?|ages|turned|turning|(?:in|into|to)\s+(?:his|her|their)(?:\s+(?:early|mid|late))?)[-\s]+$", re.IGNORECASE)),
    ("resolution", re.compile(r"\b(?:[Rr]esolutions?|UNSCR|UNSC|Articles?|Decree|Directive|Protocol|Amendment)\s+(?:No\.?\s*)?$")),
    ("road", re.compile(r"\b(?:Highway|Route|Road|Interstate|Motorway|motorway|highway|Autobahn)\s+$")),
    ("name", re.compile(r"\b(?:Flight|Boeing|Airbus|Unit|Room|Channel|Group(?:\s+of)?|Apartment|Flat|Ward|District|Zone|Area|Block|Building|Gate|Pier|Terminal|Platform|Level|Phase|Category|Type|Tier|Stage|Chapter|Part|Section|Schedule|Line|Bus|Train|Brigade|Division|Battalion|Regiment|Camp|Sector|Station|Checkpoint|Number|No\.?|Nos\.?|Nº|Model|Version|Day|Week|Figure|Fig\.|Table|Radio|Formula|Windows|Proposition|Prop|Measure|Lot|Studio|Class|Grade|Year|Band|Act|Title|Bill|Law|Order|Case|Question|Point|Item|Site|Well|Reactor|Berth|Hall|Court|Precinct|Engine|Squad|Task\s+Force|Dublin|Apollo|Top|Pope|Catch|Psalm|page|pages|p\.|pp\.|number|no\.|grade|phase|level|category|type|day|row|carriage)[-\s]+(?:No\.?\s*)?$")),
]  # fmt: skip
_TOKEN_LEFT = re.compile(r"[A-Za-z]+[-–]?$")
_TOKEN = re.compile(r"[A-Za-z]+[-–]?\d\w*(?:-\w+)*|\d[\d.]*[A-Za-z][\w-]*")
_ROAD = re.compile(r"(?:M|A|E|I|US|N|B|R)[-–]?\d{1,3}$")
_WEAPON = re.compile(
    r"(?:AK|AR|RPG|T|BM|S|SA|MiG|Su|SU|F|B|MQ|RQ|UH|AH|CH|C|Mi|TU|Tu|BTR|BMP|Kh|FGM|GBU|Shahed|Scud|M(?=\d{2}))[-–]?\d{1,3}\w{0,2}$"
)
_YEAR_LEFT = re.compile(
    r"\b(?:in|since|until|till|by|from|of|during|before|after|early|late|mid|year|the|through|to|between|and|spring|summer|autumn|fall|winter|around|circa|for|election|elections|last|this|'s|’s|end)[-\s]+$|[(\[/–-]$",
    re.IGNORECASE,
)
_YEARISH = re.compile(r"(?:1[5-9]|20)\d{2}(?![\d,.]*\d)")
_SCORE = re.compile(r"(\d{1,3})\s?[-–]\s?(\d{1,3})(?![\w-]*\d)")
_SCORE_LEFT = re.compile(
    r"\b(?:won|win|wins|winning|beat|beats|beating|lost|lose|drew|draw|defeat|defeated|victory|lead|led|leading|trailed|score|scored|finished|ended|voted|vote|split|ruled|ruling|decision|passed|a|by)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_NAME_AGE = re.compile(r"(?<!total)(?<!all)[A-Za-z][\w'’.-]*(?:,\s|\s\()$")
_IDIOM = re.compile(
    r"one\s+of\s+(?:the|its|his|her|their|our|my|those|these|several|many|only)\b|one\s+(?:another|day|thing|side|way|hand|point|reason|time|end)\b"
    r"|one-(?:off|sided|way|time)\b|one\s+by\s+one|zero[-\s]tolerance|two-(?:state|way|thirds\s+majority)\b|half[-\s]?(?:hearted|mast|time|way|baked|brother|sister|empty|full)\b"
    r"|million-dollar\s+question|nine\s+to\s+five|(?:six|half)\s+of\s+one|second\s+to\s+none|none\s+other|none\s+the\s+(?:less|wiser)|no\s+one\s+else",
    re.IGNORECASE,
)  # fmt: skip
_PERCENT = re.compile(r"[\s\u00a0]?%|[\s\u00a0-]per[-\s]?cent(?:age)?\b(?:\s+points?\b)?", re.IGNORECASE)
_SIGN = re.compile(r"(?:US|A|C|NZ|HK)?[$€£¥₹₺]\s?$|\b(?:USD|EUR|GBP|Rs\.?|Rs)\s?$")
_CURRENCY = "dollars euros pounds rupees lira liras lire yen yuan pesos rand francs dinars riyals rials roubles rubles shekels kronor krone kroner naira shillings baht won reais dirhams cents pence birr taka kyat hryvnia".split()
_DIMENSION = re.compile(
    r"[\s\u00a0-]?((?:square|cubic|nautical)[\s-](?:kilomet(?:re|er)s?|met(?:re|er)s?|miles?|feet|foot|km|yards?)|km/h|kph|mph|km2|km|cm|mm|sq\s?(?:km|m|mi|ft)"
    r"|kilomet(?:re|er)s?|met(?:re|er)s?|centimet(?:re|er)s?|millimet(?:re|er)s?|miles?|feet|foot|ft|inch(?:es)?|yards?|hectares?|acres?"
    r"|(?:metric\s+)?ton(?:ne)?s?|kilograms?|kilogram(?:me)?s?|kilos?|kg|grams?|lbs?|litres?|liters?|gallons?|degrees?(?:\s+(?:Celsius|Fahrenheit|C|F)\b)?|°\s?[CF]?"
    r"|knots|megawatts?|gigawatts?|kilowatts?|MW|GW|kW|kWh|volts?|magnitude|hertz|decibels?|calories|megabytes?|gigabytes?|cubic|m)(?![\w])"
)  # fmt: skip
_MAGNITUDE_LEFT = re.compile(r"\bmagnitude(?:\s+of)?[-\s]+(?:(?:about|around|at\s+least)\s+)?$", re.IGNORECASE)
_IN_MAGNITUDE = re.compile(r"\s+(?:in\s+magnitude|on\s+the\s+(?:Richter|moment))\b")
_CHANGE = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|fallen|falls?|falling|grew|grown|grows?|growing|jump\w*|climb\w*|drop\w*|declin\w*|increas\w*"
    r"|decreas\w*|went|gone|surg\w*|swell\w*|swollen|soar\w*|slump\w*|cut|cuts|cutting|reduc\w*|rais\w*|lower\w*|doubl\w*|expand\w*|shr[aiu]nk\w*"
    r"|slid\w*|s[au]nk\w*|mov\w*|revis\w*|edg\w*|balloon\w*|upgrad\w*|downgrad\w*|chang\w*|widen\w*|narrow\w*|plung\w*|tripl\w*|up|down|shift\w*|plummet\w*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)  # fmt: skip
_RANGE = re.compile(r"\s?[–-]\s?(?=\d)|\s+(?:to|and|or)\s+(?=[\da-z$€£])", re.IGNORECASE)
_STATED_NONE = re.compile(
    r"no\s+(?P<what>(?:(?!one\b|longer\b|more\b|such\b)[a-z-]+\s+){0,2}?(?:casualties|fatalities|deaths|injuries|victims|survivors"
    r"|people|civilians|residents|passengers|patients|students|children|women|men|soldiers|troops|fighters|workers|volunteers|villagers|homes|houses|buildings|arrests|infections|hostages|protesters|journalists|firefighters|rescuers|refugees"
    r"|(?!(?:signs|plans|details|reasons|reports|comments|talks|doubts|words|efforts|attempts|conditions|immediate|circumstances|guarantees|changes|terms|means)\b)[a-z]+(?<![su])s(?=\s+(?:have|has|had|were|was)\s+(?:been\s+)?[a-z]+(?:ed|en|t|ne)\b)))\b",
)  # fmt: skip
_WORD = re.compile(r"[\s\u00a0]+(?:\([^()]{1,40}\)\s+)?([“\"'‘]?)([A-Za-z][\w'’-]*)")
_COMPOUND = re.compile(r"-([a-z]+)\b(?!-(?:old|olds))")
_IRREGULAR = set(
    "people men women children police personnel staff troops cattle sheep fish aircraft crew youth media livestock infantry dead spacecraft servicemen policemen firefighters fishermen teeth feet geese mice lives wives loaves tents countrymen gunmen militiamen tribesmen policewomen airmen seamen businessmen spokesmen congressmen lawmen craftsmen clergymen cavalry personnel.".split()
)
_NO_PLURAL = ("ous", "ss", "us", "is", "'s", "’s")
_STOP = set(
    "a about above according across after against ago all alone along already also although am amid among an and another any are around as at"
    " be became because been before began behind being below beneath beside besides between beyond both but by came can cannot cast could despite did died do does done down"
    " during each either even ever every except faced fell few fewer fled flee fleeing for from gathered gave go goes got had has have having he held her here hers him his how however if in inside"
    " into is it its itself just killed last later lay least left less like lived living lost made many may me might more most much must near nearly need needed neither never next nor not now of off on once sank broke ran won drew hit struck began ended opened closed lay burned burnt drowned crashed collapsed"
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
_NUMBER_WORDS = set(_WORDS.split()) - set("first second third".split())
_PEOPLE = set(
    "people civilians families soldiers fighters troops homes houses refugees men women children deaths casualties residents prisoners migrants protesters students workers patients cases victims militants rebels villagers households".split()
)
_PLAIN_WORD = re.compile(r"[\s\u00a0]*([A-Za-z][\w'’-]*)")
_PLURAL_NEXT = re.compile(r"[\s\u00a0]+(?:[a-z-]+[\s\u00a0]+)?(?:[a-z]+s|people|men|women|children|police|personnel)\b")
_OF = re.compile(r"[\s\u00a0]+of(?=[\s\u00a0])", re.IGNORECASE)
_SHARE_OF = re.compile(r"[\s\u00a0]+of[\s\u00a0]+|[\s\u00a0]+(?=(?:the|its|their|all|our|his|her)\s)", re.IGNORECASE)
_THEM = re.compile(r"(?:them|whom|which)\b|(?:those|these)\b(?!\s+[a-z]+s\b)", re.IGNORECASE)
_SHARE = re.compile(r"\s+(?:of|the|more|less|higher|lower|fewer|as|from|to|in|since)\b|\s*(?:[.,;:)]|$)", re.IGNORECASE)
_DEAD = re.compile(r"[\s\u00a0]+dead\b(?![\s\u00a0]+[a-z]+s\b)")
_DEFINITE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_HALF_TIME = re.compile(rf"\s+(?:an?\s+)?{_TIME_UNIT}", re.IGNORECASE)
_TIME_AND = re.compile(rf"\b{_TIME_UNIT}\s+and\s+$", re.IGNORECASE)
_HALF_LEFT = re.compile(r"\b(?:first|second|other|latter|better|this)\s+$", re.IGNORECASE)
_TOLL_LEFT = re.compile(r"\btoll\b[^.;]{0,40}$", re.IGNORECASE)
_CHANGE_TO = re.compile(r"\b(?:from|to)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NOUN_NEXT = re.compile(
    r"\s+(?!(?:had|have|has|were|was|are|is|did|do|said|say|in|on|at|four|two|three|a|the|last|this|earlier|before|after|by|for)\b)[a-z]{3,}"
)
_POINTS_BACK = re.compile(
    r"[\s\u00a0]+(?:of\s+(?:them|whom|those|these)\b|(?:more|others?|further|additional)\b)", re.IGNORECASE
)
_STOP_MARK = re.compile(r"[.!?][”\"'’)]?\s|\n")
_FLIGHT = re.compile(r"\s+(?:to\s+|have\s+|had\s+)?(?:flee|fled|fleeing|leave|died|die|sought)\b", re.IGNORECASE)
_PARTITIVE = re.compile(r"\s+(?:out\s+)?of\s+(?:[A-Za-z’'-]+\s+){0,4}")
_JOINED = re.compile(r"(?:\b(?:and|but|while|plus|against|versus|or|for|per)\b|,)\s+(?:[\w-]+\s+){0,2}$")
# a second noun belongs to the unit where no verb of saying follows: men, women and children; homes and businesses
_COORDINATED = re.compile(
    r"(?:,\s(?:[a-z]+s|men|women|people|children)){0,2},?\s(?:and|or)\s(?:[a-z]+(?<!s)s|men|women|children|people)\b(?!\s+(?:said|say|told|have|were|was|are|had|[a-z]+ed)\b)"
)
_NOBODY = re.compile(
    r"(nobody|no[ -]one|none)(?:\s+of\s+(?:the\s+(?:\d+\s+)?)?(?P<who>[a-z]+s|people|children|men|women|them)?)?(?=\s+(?:was|were|has|have|had|is|are)\s+(?:been\s+)?(?:\w+ly\s+)?"
    r"(?:killed|hurt|injured|wounded|missing|harmed|reported|found|arrested|detained|displaced|admitted|infected|rescued|charged|inside|aboard|on\s+board"
    r"|died|fallen|drowned|returned|survived|carrying|armed)|\s+(?:died|survived|returned|drowned|lost|won|came|arrived)\b)",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"(?:mid|pre|post|late|early|under|over|sub|non|ex|around|nearly|some)[-–]$", re.IGNORECASE)
_UNDER_AGE = re.compile(r"\b(?:under|over)[-\s]$", re.IGNORECASE)
_IN_MONTH = re.compile(rf"\b[Ii]n\s+{_MONTH}\s+$")
_DATE_TAIL = re.compile(
    r"(?:\d{4}\b|\d{1,2}(?:st|nd|rd|th)?(?![\d])(?:\s?[-–]\s?\d{1,2}(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?:19|20)\d{2}(?![\d,]))?)(?!,\d{3})"
)
_OPENING = re.compile(r"\b(?:between|from)[\s\u00a0]+$", re.IGNORECASE)
_OPENING_WORD = re.compile(r"\b(between|from)[\s\u00a0]+(?:[$€£]\s?)?$", re.IGNORECASE)
_SIGN_AHEAD = re.compile(r"[$€£]\s?")
_HEDGE_ENDS = set(
    "least than of over above exceeding to many much most under below nearly almost nearing approaching some around about roughly approximately estimated approx. as circa few extra additional further another combined quite".split()
)
_TO_AGE = re.compile(r"\s?(?:to|and|or|-|–)\s?\d{1,3}\b(?!\s+[a-z]+s\b)")
_AGE_END = re.compile(r"[,)]|\.(?:\s|$)")
_NOW = re.compile(r"\b(?:who\s+is|now)\s+$")
_DECADE = re.compile(r"\d0s\b")
_CAPITAL = re.compile(r"\s+[A-Z][a-z]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;“\"‘(\n—–-])\s*$")
_YEAR_FIRM = re.compile(r"\b(?:in|since|until|by|during|early|late|mid|year)[-\s]+$", re.IGNORECASE)


class _Found(NamedTuple):
    """A figure before it becomes a row, or what is none with its reason."""

    start: int
    end: int
    number: str = ""
    low: float = 0.0
    high: float = 0.0
    low_open: bool = False
    high_open: bool = False
    approx: bool = False
    hedge: str = ""
    unit: str = ""
    kind: str = ""
    rule: str = ""
    carried: bool = False
    reason: str = ""


def find_figures(text: str, excluded: bool = False) -> pd.DataFrame:
    """Find every figure of a text: a number that states a quantity, with its hedge, as an open interval.

    Parameters
    ----------
    text : raw text
    excluded : give instead everything numeric that is no figure, each with a reason

    Returns
    -------
    span table without `doc`; of figures with `number` (as written), `low, high` (floats; an open end is -inf or inf),
    `low_open, high_open, approx` (bool), `hedge`, `unit` (as written, empty where the text gives none), `kind`
    (count, percent, fraction, vague, money or dimension; percent in percent, fraction as a share of one), `rule` (the
    vague word) and `carried` (the unit is that of the figure before); else with `reason`

    >>> found = find_figures("The raid killed over 130 civilians and wounded more than 263 in 2020.")
    >>> found[["text", "low", "high", "unit", "carried"]].values.tolist()
    [['over 130', 130.0, inf, 'civilians', False], ['more than 263', 263.0, inf, 'civilians', True]]
    >>> find_figures("On 28 January the M5 was cut for two days.", excluded=True)[["text", "reason"]].values.tolist()
    [['28 January', 'date'], ['M5', 'road'], ['two days', 'duration']]
    """
    found = [item for item in _scan(text) if bool(item.reason) == excluded]
    columns = ["reason"] if excluded else [*_Found._fields[2:-1]]
    rows = [(f.start, f.end, text[f.start : f.end], *(getattr(f, column) for column in columns)) for f in found]
    table = pd.DataFrame(rows, columns=["start", "end", "text", *columns])
    return table if found else table.astype({"start": "int64", "end": "int64"})


def _scan(text: str) -> list[_Found]:
    """Give figures and what is none, in the order of the text, without overlap."""
    found: list[_Found] = []
    at = 0
    for match in _TOKENS.finditer(text):
        start, word = match.start(), match.group().lower()
        if start < at or not (
            word[0].isdecimal() or word in _STARTS or (word in ("a", "an", "no") and _AFTER_A.match(text, start))
        ):
            continue
        item = _none(text, start, found) or _outright(text, start, at) or _number(text, start, at, found)
        if item is not None:
            found.append(item)
            at = item.end
    return [_settled(text, found, n) for n in range(len(found))]


def _none(text: str, start: int, found: list[_Found]) -> _Found | None:
    """Read a stated none."""
    if text[start] not in "nN":
        return None
    if stated := _STATED_NONE.match(text, start) or _STATED_NONE.match(text.lower(), start):
        return _Found(
            start,
            start + 2,
            text[start : start + 2],
            unit=text[stated.start("what") : stated.end("what")],
            kind="count",
        )
    if nobody := _NOBODY.match(text, start):
        unit = nobody["who"] or ("" if "none" not in nobody[1].lower() else _before(found))
        return _Found(start, nobody.end(1), nobody[1], kind="count", unit=unit if unit != "them" else _before(found))
    return None


def _outright(text: str, start: int, floor: int) -> _Found | None:
    """Read what is no figure by its own form or by what stands before it."""
    for reason, pattern in _AT:
        if match := pattern.match(text, start):
            return _Found(start, match.end(), reason=reason)
    if match := _IDIOM.match(text, start):
        return _Found(start, match.end(), reason="idiom")
    left = text[max(floor, start - 40) : start]
    if text[start].isdigit():
        token = _TOKEN_LEFT.search(left)
        if token and not _PREFIX.match(token.group()):
            begin = start - len(token.group())
            whole = _TOKEN.match(text, begin)
            end = max(whole.end() if whole else 0, start + 1)
            name = text[begin:end]
            reason = "road" if _ROAD.match(name) else "weapon" if _WEAPON.match(name) else "name"
            return _Found(begin, end, reason=reason)
    for reason, pattern in _LEFT:
        if pattern.search(left):
            end = _number_end(text, start)
            if reason == "footnote":
                if left[-1] == "[" and text[end : end + 1] == "]":
                    return _Found(start - 1, end + 1, reason=reason)
                if left[-1] == "[" or text[end : end + 1].strip():
                    continue
            if reason == "age" and (more := _TO_AGE.match(text, end)):
                end = more.end()
            if reason == "date":
                if _IN_MONTH.search(left) and _unit(text, end):
                    continue
                tail = _DATE_TAIL.match(text, start)
                if not tail:
                    continue
                end = tail.end()
            return _Found(start, end, reason=reason)
    if match := _ORDINAL.match(text, start):
        return _Found(start, match.end(), reason="ordinal")
    if decade := _DECADE.match(text, start):
        return _Found(start, decade.end(), reason="year")
    return None


def _number_end(text: str, start: int) -> int:
    """Give the end of the number that begins at a place."""
    number = read_number(text, start)
    return number.end if number else start + 1


def _number(text: str, start: int, floor: int, found: list[_Found]) -> _Found | None:
    """Read a number with its hedge, its range and what it counts; or say why it is no figure."""
    number = read_number(text, start)
    if number is None:
        return None
    if not math.isfinite(number.value):
        return _Found(start, number.end, reason="other")
    left = text[max(floor, start - 70) : start]
    end, low, high = number.end, number.value, number.value if number.exact else math.inf
    if number.kind == "fraction" and (reason := _no_fraction(text, start, end)):
        return _Found(start, end, reason=reason)
    percent = _PERCENT.match(text, end)
    second = _second(text, percent.end() if percent else end, number, left)
    if second:
        end, low, high = second
        percent = _PERCENT.match(text, end)
    if none := _no_figure(text, start, end, left, number, bool(second)):
        return none
    sign = _SIGN.search(left)
    begin = start - len(sign.group()) if sign else start
    opening = _OPENING.search(text, max(floor, begin - 10), begin) if second else None
    hedge, hedged = "", begin
    if opening:
        begin = hedged = opening.start()
    elif _last_word(text[max(floor, begin - 15) : begin]) in _HEDGE_ENDS and (
        before := HEDGE_BEFORE.search(text, max(floor, begin - 70), begin)
    ):
        hedge, hedged = " ".join(before.group().split()), before.start()
    if percent:
        end = percent.end()
    if after := HEDGE_AFTER.match(text, end):
        hedge, end = " ".join([*([hedge] if hedge else []), after.group().strip()]), after.end()
    unit, kind, carried = _counted(text, end, number, bool(percent), bool(sign), left, found)
    low, high, low_open, high_open, approx = (
        bounds(low, high, hedge) if number.exact or second else (low, high, False, False, False)
    )
    if number.kind == "vague" and number.exact and not hedge:
        approx = True
    if not number.exact and hedge and not second:
        low, high, low_open, high_open, approx = bounds(number.value, number.value, hedge)
        low, high = (low, math.inf) if high == low else (low, high)
    written = text[begin:end]
    return _Found(hedged, end, written, low, high, low_open, high_open, approx, hedge, unit, kind, number.rule, carried)


def _last_word(text: str) -> str:
    """Give the last word of a text in small letters."""
    return (text.split() or [""])[-1].lower().lstrip("(“\"'‘—–-")


def _second(text: str, end: int, first: Number, left: str) -> tuple[int, float, float] | None:
    """Read the second number of a range; None where two numbers stand side by side."""
    joined = _RANGE.match(text, end)
    if not joined or first.kind == "fraction":
        return None
    word = joined.group().strip().lower()
    sign = _SIGN_AHEAD.match(text, joined.end())
    other = read_number(text, sign.end() if sign else joined.end())
    if other is None or other.kind != first.kind or not math.isfinite(other.value):
        return None
    low = first.value * other.scaled if first.scaled == 1 and other.scaled > 1 and first.value < 1000 else first.value
    if low >= other.value:
        return None
    opened = _OPENING_WORD.search(left)
    if word == "and" and not (opened and opened[1].lower() == "between"):
        return None
    if word == "or" and not (other.value - low <= max(1, low * 0.34) and first.value < 100):
        return None
    if word == "to" and opened and _CHANGE.search(left[: opened.start()]):
        return None
    if first.kind == "vague":
        return (other.end, low, math.inf)
    return (other.end, low, other.value)


def _no_fraction(text: str, start: int, end: int) -> str:
    """Say why a fraction word is no figure: a third attempt, half an hour, the first half."""
    word = text[start:end].lower()
    if _HALF_TIME.match(text, end):
        return "duration"
    if word == "half" and _HALF_LEFT.search(text, max(0, start - 12), start):
        return "other"
    if _TIME_AND.search(text, max(0, start - 14), start):
        return "duration"
    if word.startswith(("a ", "a-")) and word[2:] not in ("half", "quarter") and not _SHARE.match(text, end):
        return "ordinal"
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return "idiom"
    if (
        "quarter" in word
        and word != "a quarter"
        and not _SHARE.match(text, end)
        and " " not in word
        and "-" not in word
    ):
        return "other"
    return ""


def _no_figure(text: str, start: int, end: int, left: str, number: Number, ranged: bool) -> _Found | None:
    """Say why a number is no figure by what stands after it, or by being a year, a score, an age in commas."""
    for reason, pattern in (("age", _AGE_AFTER), ("duration", _DURATION_AFTER), ("other", _TIMES_AFTER)):
        if match := pattern.match(text, end):
            return _Found(start, match.end(), reason=reason)
    if _UNDER_AGE.search(left) and text[end : end + 1] == "s":
        return _Found(start, end + 1, reason="age")
    after = text[end : end + 2]
    if text[start].isdigit() and after[:1].isalpha() and number.scaled == 1 and not _DIMENSION.match(text, end):
        whole = _TOKEN.match(text, start)
        return _Found(start, max(end, whole.end() if whole else end), reason="name")
    if not ranged and (score := _SCORE.match(text, start)) and _is_score(score, left):
        return _Found(start, score.end(), reason="other")
    if not ranged and _YEARISH.fullmatch(text, start, end) and _is_year(text, start, end, left):
        return _Found(start, end, reason="year")
    if (
        not ranged
        and number.value <= 110
        and _AGE_END.match(text, end)
        and (_NAME_AGE.search(left) or _NOW.search(left))
    ):
        return _Found(start, end, reason="age")
    if (
        text[start].isupper()
        and not text[start].isdigit()
        and _CAPITAL.match(text, end)
        and not _SENTENCE_START.search(left)
    ):
        return _Found(start, end, reason="name")
    return None


def _is_score(score: re.Match[str], left: str) -> bool:
    """Say whether two numbers with a dash are a result and no range."""
    first, second = int(score[1]), int(score[2])
    return first >= second or bool(_SCORE_LEFT.search(left))


def _is_year(text: str, start: int, end: int, left: str) -> bool:
    """Say whether four digits are a year: by the word before, unless persons are counted."""
    if _SIGN.search(left) or _PERCENT.match(text, end) or _DIMENSION.match(text, end):
        return False
    unit = _unit(text, end).rpartition(" ")[2].lower()
    if _YEAR_LEFT.search(left):
        return not (unit in _PEOPLE and not _YEAR_FIRM.search(left))
    return not unit


def _counted(
    text: str, end: int, number: Number, percent: bool, signed: bool, left: str, found: list[_Found]
) -> tuple[str, str, bool]:
    """Say what a number counts, its kind, and whether the unit is carried over from the figure before."""
    if percent or number.kind == "fraction":
        unit = _share_of(text, end)
        if unit == "" and number.kind == "fraction" and not percent:
            unit = _unit(text, end)
        carried = _before(found) if unit is None else "" if unit else _share_before(text, end, found)
        return unit or carried, "percent" if percent else "fraction", bool(carried)
    if signed:
        return "", "money", False
    if _MAGNITUDE_LEFT.search(left):
        return "magnitude", "dimension", False
    if _IN_MAGNITUDE.match(text, end):
        return "magnitude", "dimension", False
    if size := _DIMENSION.match(text, end):
        return size[1], "dimension", False
    kind = "vague" if number.kind == "vague" else "count"
    if (compound := _COMPOUND.match(text, end)) and compound[1] not in ("strong", "odd", "plus"):
        return compound[1], kind, False
    if _DEAD.match(text, end):
        return ("dead" if _DEFINITE.search(left) else ""), kind, False
    unit = _unit(text, end, one=number.value == 1)
    if unit.rpartition(" ")[2].lower() in _CURRENCY:
        return unit, "money", False
    carried = "" if unit else _carried(text, end, left, found)
    return unit or carried, kind, bool(carried)


def _unit(text: str, end: int, one: bool = False) -> str:
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


def _share_of(text: str, end: int) -> str | None:
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
        if lower in _DETERMINER or lower.endswith(("'s", "s'")):
            at = begin = match.end()
            continue
        if lower in _STOP:
            break
        at = match.end()
        if lower in _IRREGULAR or (lower.endswith("s") and not lower.endswith(_NO_PLURAL)):
            break
    return text[begin:at].strip()


def _before(found: list[_Found]) -> str:
    """Give the unit of the nearest figure before that counts things."""
    return next((f.unit for f in reversed(found) if f.unit and f.kind in ("count", "vague") and not f.reason), "")


def _share_before(text: str, end: int, found: list[_Found]) -> str:
    """Give what the share before is taken of, where one of the same sentence or the one before has a unit."""
    last = next((f for f in reversed(found) if not f.reason), None)
    if last is None or last.kind not in ("percent", "fraction") or not last.unit:
        return ""
    between = text[last.end : end]
    return last.unit if len(between) <= 120 and "\n" not in between and not _NOUN_NEXT.match(text, end) else ""


def _carried(text: str, end: int, left: str, found: list[_Found]) -> str:
    """Carry the unit of the figure before over to a number whose noun is left out."""
    last = next((f for f in reversed(found) if not f.reason and f.kind in ("count", "vague")), None)
    if last is None or not last.unit or text[last.end : last.end + 1] == "-" or _TOLL_LEFT.search(left):
        return ""
    between = text[last.end : end]
    if "\n" in between or len(_STOP_MARK.findall(between)) > 1:
        return last.unit if _POINTS_BACK.match(text, end) else ""
    if len(between) > 160 or (_CHANGE_TO.search(left) and _CHANGE.search(left)):
        return ""
    if _FLIGHT.match(text, end) and last.unit.rpartition(" ")[2].lower() not in _PEOPLE:
        return ""
    return last.unit


def _settled(text: str, found: list[_Found], n: int) -> _Found:
    """Keep “one” and a definite “the two” as figures only where another number stands beside them."""
    item = found[n]
    if n + 1 < len(found) and not item.unit and item.kind == "count" and not item.reason:
        after = found[n + 1]
        if not after.reason and after.kind == "count" and _PARTITIVE.fullmatch(text, item.end, after.start):
            return item._replace(unit=after.unit)
    plain = not item.reason and item.kind in ("count", "dimension") and item.number.lower() == "one" and not item.hedge
    the_two = (
        not item.reason
        and item.number.lower() == "two"
        and bool(_DEFINITE.search(text, max(0, item.start - 5), item.start))
    )
    if not item.reason and item.number.lower() == "one" and item.hedge.lower() == "more than":
        return item._replace(reason="idiom")
    if not plain and not the_two:
        return item
    if item.unit and item.kind == "count":
        for other in (*found[max(0, n - 1) : n], *found[n + 1 : n + 2]):
            gap = text[min(item.end, other.end) : max(item.start, other.start)]
            if (
                not other.reason
                and other.number.lower() != "one"
                and other.kind in ("count", "vague")
                and len(gap) <= 70
                and not _STOP_MARK.search(gap)
                and _JOINED.search(gap)
            ):
                return item
    return item._replace(reason="pronoun")
