"""Numbers that are no figures: years, dates, ages, roads, names and the like, each with its reason."""

from __future__ import annotations

import re
from typing import NamedTuple

from helpers.figures.numbers import Number, read_number
from helpers.figures.units import MEASURE, PERCENT, PERSONS, SIGN, counted_noun

__all__ = ["RANGE_OPENED", "Found", "no_fraction", "ruled_out", "ruled_out_after"]

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_TIME_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|decades?|centur(?:y|ies)|generations?|seasons?)\b"
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
    ("time", re.compile(r"\d{1,2}(?:\s+(?:and|to|or)\s+\d{1,2})?\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night)|\d{1,2}(?:[:.]\d{2})?(?:\s?(?:-|–|to)\s?\d{1,2}(?:[:.]\d{2})?)?\s*(?:[ap]\.?m\b\.?|[ap]\.m\.|o['’]clock)|\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:GMT|UTC|[A-Z]{3,4}\b))?|\d{3,4}\s*(?:GMT|UTC|hours\b|hrs\b)|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:o['’]clock|[ap]\.?m\b\.?)", re.IGNORECASE)),
    ("other", re.compile(r"24/7|50[/-]50|fifty-fifty\b|\+?\d{2,5}(?:[-\s]\d{2,5}){2,}(?!\d|,)|\d+(?:\.\d+){2,}|\d{3}-\d{4}\b|\d{2,}/\d{2,}\b|\d+x\d+\b")),
    ("year", re.compile(r"\d{4}s\b|(?:19|20)\d{2}\s?[-–/]\s?(?:(?:19|20)\d{2}|\d{2})(?!\d|,\d)")),
    ("name", re.compile(r"\d{1,2}\s+de\s+[A-Z]\w+")),
    ("weapon", re.compile(r"\d+(?:\.\d+)?[-\s]?mm\b(?=[-\s](?:[a-z]+\s)?(?:howitzer|gun|cannon|mortar|shell|round|artillery|rocket|rifle|tank|ammunition|machine))")),
]  # fmt: skip
# the same at a number word
_AT_WORD = [(reason, pattern) for reason, pattern in _AT if reason in ("time", "other")]
_BETWEEN = r"(?:[-\s\u00a0](?:and\s+a\s+half|more|other|additional|extra|consecutive|straight|successive|long|full|whole|solid|past|further|entire|calendar|working)\b)?"
_AGE_AFTER = re.compile(
    r"[-\s\u00a0]?(?:years?|months?|weeks?|days?)[-\s]olds?\b|\s+years?\s+of\s+age\b", re.IGNORECASE
)
_DURATION_AFTER = re.compile(rf"{_BETWEEN}[-\s\u00a0](?:of\s+)?{_TIME_UNIT}(?![-\s]old)", re.IGNORECASE)
_TIMES_AFTER = re.compile(r"(?:\s+|-)?(?:times\b(?!\s+zone)|-?fold\b)", re.IGNORECASE)
# words that a number after them only names
_NAMED = r"Flight|Boeing|Airbus|Unit|Room|Channel|Group|Group\s+of|Apartment|Flat|Ward|District|Zone|Area|Block|Building|Gate|Pier|Terminal|Platform|Level|Phase|Category|Type|Tier|Stage|Chapter|Part|Section|Schedule|Line|Bus|Train|Brigade|Division|Battalion|Regiment|Camp|Junction|junction|Exit|exit|footnote|note|log|Local|Kilometre|Kilometer|Mile|Sector|Company|Incident|incident|reference|Station|Checkpoint|Number|No\.?|Nos\.?|Nº|Model|Version|Day|Week|Figure|Fig\.|Table|Radio|Formula|Windows|Proposition|Prop|Measure|Lot|Studio|Class|Grade|Year|Band|Act|Title|Bill|Law|Order|Case|Question|Point|Item|Site|Well|Reactor|Berth|Hall|Court|Precinct|Engine|Squad|Force|Dublin|Apollo|Top|Pope|Catch|Psalm|page|pages|p\.|pp\.|number|no\.|grade|phase|level|category|type|day|row|carriage"
# what stands before a number that is none
_LEFT = [
    ("footnote", re.compile(r"\[\Z")),
    ("footnote", re.compile(r"[a-z)][.!?,][”\"’]?\Z")),
    ("other", re.compile(r"\b(?:call|dial|dialled|dialed|calling|dialling|dialing)\s+\Z", re.IGNORECASE)),
    ("age", re.compile(r"\b(?:boy|girl|man|woman|child|youth|teenager|son|daughter|baby)\s+of\s+\Z|\b(?:youngest|oldest|eldest)\s+(?:was|is|were|being)\s+(?:only\s+|just\s+)?\Z", re.IGNORECASE)),
    ("age", re.compile(r"\b(?:people|children|voters|adults|men|women|those|anyone|everyone|them|whom|patients|boys|girls|youths|residents|drivers|players|citizens|pupils|students)\s+(?:aged\s+)?(?:under|over|above|below)\s+(?:the\s+age\s+of\s+)?\Z", re.IGNORECASE)),
    ("date", re.compile(rf"(?<![a-z]){_MONTH}(?:\s*(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s*(?:-|–|and|to|or|,))*[\s\u00a0]+\Z")),
    ("age", re.compile(r"\b(?:aged?(?:\s+(?:of|from|between|just|only|about|around))?|ages|turned|turning|(?:in|into|to)\s+(?:his|her|their)(?:\s+(?:early|mid|late))?)[-\s]+\Z", re.IGNORECASE)),
    ("resolution", re.compile(r"\b(?:[Rr]esolutions?|UNSCR|UNSC|Articles?|Decree|Directive|Protocol|Amendment)\s+(?:No\.?\s*)?\Z")),
    ("road", re.compile(r"\b(?:Highway|Route|Road|Interstate|Motorway|motorway|highway|Autobahn|US|U\.S\.|State\s+Road)\s+\Z")),
    ("name", re.compile(rf"\b(?:{_NAMED})[-\s]+(?:No\.?\s*)?\Z")),
]  # fmt: skip
# the last words that one of these patterns can end with: most numbers stand behind none of them
_GATE = {
    *re.sub(r"[\\.?]|\\s\+", "", _NAMED).lower().split("|"),
    *"january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept"
    " oct nov dec aged age ages of between just only about around turned turning his her their early mid late was is were being under"
    " over above below call dial dialled dialed calling dialling dialing resolution resolutions unscr unsc article articles decree"
    " directive protocol amendment no highway route road interstate motorway autobahn us u.s at from the and to or".split(),
}
_TOKEN_LEFT = re.compile(r"[A-Za-z]+[-–]?\Z")
_TOKEN = re.compile(r"[A-Za-z]+[-–]?\d\w*(?:-\w+)*|\d[\d.]*[A-Za-z][\w-]*")
_ROAD = re.compile(r"(?:M|A|E|I|US|N|B|R)[-–]?\d{1,3}\Z")
_WEAPON = re.compile(
    r"(?:AK|AR|RPG|T|BM|S|SA|MiG|Su|SU|F|B|MQ|RQ|UH|AH|CH|C|Mi|TU|Tu|BTR|BMP|Kh|FGM|GBU|Shahed|Scud|M(?=\d{2}))[-–]?\d{1,3}\w{0,2}\Z"
)
_YEAR_LEFT = re.compile(
    r"\b(?:in|since|until|till|by|from|of|during|before|after|early|late|mid|year|the|through|to|between|and|spring|summer|autumn|fall|winter|around|circa|for|election|elections|last|this|'s|’s|end)[-\s]+\Z|[(\[/–-]\Z",
    re.IGNORECASE,
)
_YEARISH = re.compile(r"(?:1[5-9]|20)\d{2}(?![\d,.]*\d)")
_YEARS = re.compile(r"(?:1[5-9]|20)\d{2}\s?(?:and|to|[-–])\s?(?:1[5-9]|20)\d{2}")
_SCORE = re.compile(r"(\d{1,3})\s?[-–]\s?(\d{1,3})(?![\w-]*\d)")
_SCORE_LEFT = re.compile(
    r"\b(?:won|win|wins|winning|beat|beats|beating|lost|lose|drew|draw|defeat|defeated|victory|lead|led|leading|trailed|score|scored|finished|ended|voted|vote|split|ruled|ruling|decision|passed|a|by)\b[^.;]{0,25}\Z",
    re.IGNORECASE,
)
_NAME_AGE = re.compile(r"(?<!total)(?<!all)[A-Za-z][\w'’.-]*(?:,\s|\s\()\Z")
_IDIOM = re.compile(
    r"one\s+of\s+(?:the|its|his|her|their|our|my|those|these|several|many|only)\b|one\s+(?:another|day|thing|side|way|hand|point|reason|time|end)\b"
    r"|one-(?:off|sided|way|time)\b|one\s+by\s+one|zero[-\s]tolerance|two-(?:state|way|thirds\s+majority)\b|half[-\s]?(?:hearted|mast|time|way|baked|brother|sister|empty|full)\b"
    r"|a\s+million\s+miles|million-dollar\s+question|nine\s+to\s+five|(?:six|half)\s+of\s+one|second\s+to\s+none|none\s+other|none\s+the\s+(?:less|wiser)|no\s+one\s+else",
    re.IGNORECASE,
)  # fmt: skip
_SHARE = re.compile(
    r"\s+(?:of|the|more|less|higher|lower|fewer|as|from|to|in|since)\b|\s*(?:[.,;:)]|\Z)", re.IGNORECASE
)
_HALF_TIME = re.compile(rf"\s+(?:an?\s+)?{_TIME_UNIT}", re.IGNORECASE)
_TIME_AND = re.compile(rf"\b{_TIME_UNIT}\s+and\s+\Z", re.IGNORECASE)
_HALF_LEFT = re.compile(r"\b(?:first|second|other|latter|better|this)\s+\Z", re.IGNORECASE)
_PREFIX = re.compile(r"(?:mid|pre|post|late|early|under|over|sub|non|ex|around|nearly|some)[-–]\Z", re.IGNORECASE)
_UNDER_AGE = re.compile(r"\b(?:under|over)[-\s]\Z", re.IGNORECASE)
_IN_MONTH = re.compile(rf"\b[Ii]n\s+{_MONTH}\s+\Z")
_DATE_TAIL = re.compile(
    r"(?:\d{4}\b|\d{1,2}(?:st|nd|rd|th)?(?![\d])(?:(?:\s?[-–]\s?|\s+to\s+)\d{1,2}(?:st|nd|rd|th)?(?![\d,]|\s+[a-z]+s\b))?(?:,?\s+(?:19|20)\d{2}(?![\d,]))?)(?!,\d{3})"
)
RANGE_OPENED = re.compile(r"\b(between|from)[\s\u00a0]+(?:[$€£]\s?)?\Z", re.IGNORECASE)
_TO_AGE = re.compile(r"\s?(?:to|and|or|-|–)\s?\d{1,3}\b(?!\s+[a-z]+s\b)")
_AGE_END = re.compile(r"[,)]|\.(?:\s|\Z)|\s+when\b")
_NOW = re.compile(
    r"\b(?:[Hh]e|[Ss]he|who)\s+(?:was|is)\s+(?:only\s+|just\s+)?\Z|\btook[^.,]{0,30}\s+and\s+\Z|\b(?:who\s+is|now)\s+\Z|(?:,|\band|\bis),?\s+at\s+\Z"
)
_DECADE = re.compile(r"\d0s\b")
_CAPITAL = re.compile(r"\s+[A-Z][a-z]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;“\"‘(\n—–-])\s*\Z")
_YEAR_FIRM = re.compile(r"\b(?:in|since|until|by|during|early|late|mid|year)[-\s]+\Z", re.IGNORECASE)


class Found(NamedTuple):
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


def ruled_out(text: str, start: int, floor: int) -> Found | None:
    """Read what is no figure by its own form or by what stands before it."""
    for reason, pattern in _AT if text[start].isdigit() else _AT_WORD:
        if match := pattern.match(text, start):
            return Found(start, match.end(), reason=reason)
    if match := _IDIOM.match(text, start):
        return Found(start, match.end(), reason="idiom")
    left = text[max(floor, start - 40) : start]
    if text[start].isdigit():
        token = _TOKEN_LEFT.search(left)
        if token and not _PREFIX.match(token.group()):
            begin = start - len(token.group())
            whole = _TOKEN.match(text, begin)
            end = max(whole.end() if whole else 0, start + 1)
            name = text[begin:end]
            reason = "road" if _ROAD.match(name) else "weapon" if _WEAPON.match(name) else "name"
            return Found(begin, end, reason=reason)
    last = (left.split() or [""])[-1].lower()
    for reason, pattern in _LEFT if last.strip("(“\"'‘.") in _GATE or not last[-1:].isalpha() else ():
        if pattern.search(left):
            end = _number_end(text, start)
            if reason == "footnote":
                if left[-1] == "[" and text[end : end + 1] == "]":
                    return Found(start - 1, end + 1, reason=reason)
                if left[-1] == "[" or text[end : end + 1].strip():
                    continue
            if reason == "age" and (more := _TO_AGE.match(text, end)):
                end = more.end()
            if reason == "date":
                if _IN_MONTH.search(left) and counted_noun(text, end):
                    continue
                tail = _DATE_TAIL.match(text, start)
                if not tail:
                    continue
                end = tail.end()
            return Found(start, end, reason=reason)
    if match := _ORDINAL.match(text, start):
        return Found(start, match.end(), reason="ordinal")
    if decade := _DECADE.match(text, start):
        return Found(start, decade.end(), reason="year")
    return None


def _number_end(text: str, start: int) -> int:
    """Give the end of the number that begins at a place."""
    number = read_number(text, start)
    return number.end if number else start + 1


def no_fraction(text: str, start: int, end: int) -> str:
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


def ruled_out_after(text: str, start: int, end: int, left: str, number: Number, ranged: bool) -> Found | None:
    """Say why a number is no figure by what stands after it, or by being a year, a score, an age in commas."""
    for reason, pattern in (("age", _AGE_AFTER), ("duration", _DURATION_AFTER), ("other", _TIMES_AFTER)):
        if match := pattern.match(text, end):
            return Found(start, match.end(), reason=reason)
    if text[end : end + 1] == "s" and _UNDER_AGE.search(left):
        return Found(start, end + 1, reason="age")
    after = text[end : end + 2]
    if text[start].isdigit() and after[:1].isalpha() and number.scaled == 1 and not MEASURE.match(text, end):
        whole = _TOKEN.match(text, start)
        return Found(start, max(end, whole.end() if whole else end), reason="name")
    if not ranged and (score := _SCORE.match(text, start)) and _is_score(score, left):
        return Found(start, score.end(), reason="other")
    if not ranged and _YEARISH.fullmatch(text, start, end) and _is_year(text, start, end, left):
        return Found(start, end, reason="year")
    if ranged and _YEARS.fullmatch(text, start, end) and RANGE_OPENED.search(left) and not counted_noun(text, end):
        return Found(start, end, reason="year")
    if (
        not ranged
        and number.value <= 110
        and _AGE_END.match(text, end)
        and (_NAME_AGE.search(left) or _NOW.search(left))
    ):
        return Found(start, end, reason="age")
    if (
        text[start].isupper()
        and not text[start].isdigit()
        and _CAPITAL.match(text, end)
        and not _SENTENCE_START.search(left)
    ):
        return Found(start, end, reason="name")
    return None


def _is_score(score: re.Match[str], left: str) -> bool:
    """Say whether two numbers with a dash are a result and no range."""
    first, second = int(score[1]), int(score[2])
    return first >= second or bool(_SCORE_LEFT.search(left))


def _is_year(text: str, start: int, end: int, left: str) -> bool:
    """Say whether four digits are a year: by the word before, unless persons are counted."""
    if SIGN.search(left) or PERCENT.match(text, end) or MEASURE.match(text, end):
        return False
    unit = counted_noun(text, end).rpartition(" ")[2].lower()
    if _YEAR_LEFT.search(left):
        return not (unit in PERSONS and not _YEAR_FIRM.search(left))
    return not unit
