"""Numbers that are no figures: years, dates, ages, roads, names and the like, as rows that one loop reads."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from helpers.figures.numbers import ORDINALS, SMALL, WORDS, Number
from helpers.figures.units import PERSONS, counted_noun, measure

__all__ = ["FORMS", "RULES", "Form", "Found", "Place", "Rule", "ruled_out", "written_as_none"]


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


class Place(NamedTuple):
    """Where a number stands: the text and its folded form, the offsets, and the words on both sides.

    `before` has the words as written, the nearest first; `after` those in small letters, and `ends` where each ends.
    """

    text: str
    low: str
    start: int
    end: int
    before: list[str]
    after: list[str]
    ends: list[int]
    number: Number
    floor: int
    ranged: bool


class Form(NamedTuple):
    """What is no figure by how it is written: a short pattern at its first digit."""

    reason: str
    pattern: str
    example: str


class Rule(NamedTuple):
    """What is no figure by the words beside it, nearest to the number those at the inner end of each pattern.

    A pattern has items parted by blanks: words or {classes} of words.toml parted by "|", "?" behind an item that may
    be missing. A word in capitals matches only so. `number` are words, where only these; `most` the largest value.
    """

    reason: str
    example: str
    before: str = ""
    after: str = ""
    number: str = ""
    most: float = math.inf


# In both tables the first row that matches decides; an example has its number in angle brackets.
_DAY = r"\d\d?(?:st|nd|rd|th)?"
_CLOCK = r"\d\d?(?:[:.]\d\d)?"
FORMS = [
    Form("date", r"\d{4}-\d\d-\d\d\b|\d\d?[/.]\d\d?[/.](?:\d{4}|\d\d)\b|9/11\b", "on <2020-01-28>"),
    Form("date", r"{day}(?:\s?(?:[-–,]|and|to|or)\s?{day}){0,3}(?:\sof)?\s+{month}(?:,?\s\d{4}\b)?", "<28-29 May 2020>"),
    Form("time", r"{clock}(?:\s?(?:[-–]|to)\s?{clock})?\s?(?:[AaPp]\.?[Mm]\b\.?|o['’]clock)", "at <6-7.30 p.m.>"),
    Form("time", r"\d\d?:\d\d(?::\d\d)?(?:\s?[A-Z]{3,4}\b)?|\d{3,4}\s?(?:GMT|UTC|hours\b|hrs\b)", "at <10:30 GMT>"),
    Form("other", r"24/7|50[/-]50|\d{3}-\d{4}\b|\d{2,9}/\d{2,9}\b|\d{1,9}x\d+\b", "a <50-50> chance"),
    Form("other", r"\d{2,5}(?:[-\s]\d{2,5}){2,5}(?![\d,])|\d{1,9}(?:\.\d{1,9}){2,5}", "call us: <020 7946 0958>"),
    Form("year", r"\d{4}s\b|(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)(?!\d|,\d)", "in <2019-20>"),
    Form("ordinal", r"\d{1,9}(?:,\d{3}){0,3}(?:st|nd|rd|th)\b", "the <21st> century"),
    Form("footnote", r"(?<=\[)\d{1,3}(?=\])|(?<=[a-z)][.!?,])\d{1,3}(?!\S)", "it said.[<1>]"),
    Form("footnote", r"(?<=[a-z)][.!?,][”\"’])\d{1,3}(?!\S)", "“it said.”<1> They"),
]
RULES = [
    Rule("reading time", "a <2 min read>", after="-? min|mins|minute|minutes -? read"),
    Rule("age", "a <70-year-old> man", after="-? year|years|month|months|week|weeks|day|days -? old|olds"),
    Rule("age", "at <80 years of age>", after="year|years of age"),
    Rule("time", "at <six o'clock>", after="am|pm|o'clock", most=24),
    Rule("time", "at <6 a.m>.", after="a|p . m", most=24),
    Rule("time", "at <6 in the morning>", after="in the morning|afternoon|evening", most=24),
    Rule("time", "at <10 at night>", after="at night", most=24),
    Rule("duration", "for <two> months", after="-? {straight}|{more}? -? of? {time}"),
    Rule("duration", "for <half an hour>", after="a|an {time}"),
    Rule("duration", "an hour and <a half>", before="{time} and", number="half|quarter"),
    Rule("other", "the first <half>", before="first|second|other|latter|better|this", number="half"),
    Rule("other", "<ten times> more", after="-? times|fold"),
    Rule("other", "a <fifty-fifty> chance", after="- fifty", number="fifty"),
    Rule("other", "please dial <911> now", before="{call}"),
    Rule("weapon", "a <120mm mortar>", after="-? mm -? {gun}"),
    Rule("age", "a boy of <nine>", before="{child} of", most=110),
    Rule("age", "the youngest was just <nine>", before="youngest|oldest|eldest was|is|were|being only|just?"),
    Rule("age", "people under the age of <18>", before="{grown}|{person}|{irregular_person} aged? {limit} the? age? of?", most=110),
    Rule("age", "aged between <5 and 12>", before="{aged} of|from|between|just|only|about|around? -?"),
    Rule("age", "in her early <60s>", before="in|into his|her|their early|mid|late?", after="s"),
    Rule("age", "the under-<20s>", before="under|over -?", after="s"),
    Rule("date", "on January <28, 2020>", before="{Month} .|the?", most=31),
    Rule("resolution", "Resolution No. <2254>", before="{resolution} no? .?"),
    Rule("road", "the motorway <5>", before="{road}"),
    Rule("name", "Flight No. <302>", before="{Named}|{named} no? .? -?"),
    Rule("idiom", "<one of the> few", after="of {article}|{possessive}|{pointing}|several|many|only|the", number="one"),
    Rule("idiom", "<one day> soon", after="another|day|thing|side|way|hand|point|reason|time|end", number="one"),
    Rule("idiom", "a <one-off> gift", after="- off|sided|way|time", number="one"),
    Rule("idiom", "<one by one>", after="by one", number="one"),
    Rule("idiom", "<zero tolerance>", after="-? tolerance", number="zero"),
    Rule("idiom", "a <two-state> plan", after="- state|way", number="two"),
    Rule("idiom", "<half-hearted>", after="-? hearted|mast|time|way|baked|brother|sister|empty|full", number="half"),
    Rule("idiom", "<none other>", after="other|the less|wiser?", number="none"),
]  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(WORDS["Month"], key=len, reverse=True)) + r")(?![a-z])\.?"


def _form(form: Form) -> re.Pattern[str]:
    """Compile the pattern of a form."""
    filled = form.pattern.replace("{day}", _DAY).replace("{clock}", _CLOCK).replace("{month}", _MONTH)
    return re.compile(filled)


_Item = tuple[frozenset[str], bool]


def _items(pattern: str) -> list[_Item]:
    """Read a pattern of a rule: for each item its words and whether it may be missing."""
    items = []
    for item in pattern.split():
        names = item.removesuffix("?").split("|")
        words = [_CLASSES[name[1:-1]] if name[0] == "{" else {name} for name in names]
        items.append((frozenset().union(*words), item.endswith("?")))
    return items


def _first(items: list[_Item]) -> set[str]:
    """Give the words with which a pattern can begin."""
    until = next((n for n, item in enumerate(items) if not item[1]), len(items) - 1)
    return {word for words, _ in items[: until + 1] for word in words}


def _reach(items: list[_Item], words: Sequence[str]) -> int:
    """Say how many words a pattern takes, or -1 where it does not match."""
    at = 0
    for choices, optional in items:
        if at < len(words) and (words[at] in choices or words[at].lower() in choices):
            at += 1
        elif not optional:
            return -1
    return at


_CLASSES = WORDS | {"limit": frozenset(("under", "over", "above", "below"))}
_FORMS = [(form.reason, _form(form)) for form in FORMS]
_ROWS = [(rule, _items(rule.before)[::-1], _items(rule.after), rule.number.split("|")) for rule in RULES]
_BY_WORD: dict[str, list[int]] = {}
for _n, (_rule, _left, _right, _) in enumerate(_ROWS):
    for _word in _first(_left or _right):
        _BY_WORD.setdefault(_word, []).append(_n)


def written(text: str, start: int) -> Found | None:
    """Read what is no figure by its own form."""
    for reason, pattern in _FORMS:
        if match := pattern.match(text, start):
            return Found(start, match.end(), reason=reason)
    return None


def by_rule(place: Place) -> Found | None:
    """Read what is no figure by the words beside it: the first rule that matches."""
    near = place.before[:1] + place.after[:1]
    rows = {n for word in near for n in (*_BY_WORD.get(word, ()), *_BY_WORD.get(word.lower(), ()))}
    for n in sorted(rows):
        rule, left, right, numbers = _ROWS[n]
        if place.number.value > rule.most or (rule.number and place.low[place.start : place.end].split()[-1] not in numbers):
            continue
        reach = _reach(right, place.after)
        if reach >= 0 and _reach(left, place.before) >= 0:
            end = place.ends[reach - 1] if reach else place.end
            tail = _DAY_TAIL.match(place.text, place.start) if rule.reason == "date" else None
            return Found(place.start, tail.end() if tail else end, reason=rule.reason)
    return None


_ATTACHED = re.compile(r"[^\W\d_]{1,20}[-–]?\Z")
_DESIGNATION = re.compile(r"[^\W\d_]*[-–]?\d(?:\w|\.(?=\w))*(?:-\w+)*")
_DAY_TAIL = re.compile(r"\d\d?(?:\s?(?:[-–]|to|and)\s?\d\d?(?!\w|,\d|\s[a-z]+s\b))?(?:,?\s(?:19|20)\d\d(?![\d,]))?")
_SCORE = re.compile(r"(\d{1,3})\s?[-–]\s?(\d{1,3})(?![\w-]*\d)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:\s?(?:and|to|[-–])\s?(?:1[5-9]|20)\d\d)?")
_AGE_END = re.compile(r"[,)]|\.(?:\s|\Z)|\s+when\b")
_NAMED_COMMA = re.compile(r"(?<!total)(?<!all)[^\W\d_][\w'’.-]{0,30}(?:,\s|\s\()\Z")
_NOW = re.compile(r"\b(?:(?:he|she|who)\s(?:was|is)(?:\s(?:only|just))?|now|and,?\sat|is,?\sat)\s\Z|,\sat\s\Z")
_CAPITAL = re.compile(r"\s[A-Z][a-z]")
_SHARE_NEXT = re.compile(r"\s+(?:of|the|more|less|higher|lower|fewer|as|from|to|in|since)\b|\s*(?:[.,;:)]|\Z)")
_ORDINAL = re.compile(r"([a-z]+)(?:[-\s]([a-z]+))?(?!\w)")
_PREFIXES = WORDS["attached"] | {"early", "late", "under", "over", "around", "nearly", "some"}
_YEAR_BEFORE = WORDS["before_year"] | WORDS["Month"] | {"this", "around", *"-–(["}
_YEAR_FIRM = set("in since until by during early late mid year".split())


def ordinal(low: str, start: int) -> Found | None:
    """Read third, twenty-first."""
    words = _ORDINAL.match(low, start)
    if words and words[1] in ORDINALS:
        return Found(start, words.end(1), reason="ordinal")
    if words and SMALL.get(words[1], 0) >= 20 and words[2] in ORDINALS:
        return Found(start, words.end(2), reason="ordinal")
    return None


def designation(text: str, start: int, floor: int) -> Found | None:
    """Read M5, AK-47, Covid-19: letters right before digits."""
    letters = _ATTACHED.search(text, max(floor, start - 22), start)
    name = letters.group().rstrip("-–") if letters else ""
    whole = _DESIGNATION.match(text, letters.start()) if letters else None
    if letters is None or whole is None or (letters.group() != name and name.lower() in _PREFIXES):
        return None
    reason = "name"
    if name.lower() in WORDS["weapon_letters"]:
        reason = "weapon"
    elif name in WORDS["road_letters"] and whole.end() - start <= 3:
        reason = "road"
    return Found(letters.start(), whole.end(), reason=reason)


def _fraction(place: Place) -> str:
    """Say why a fraction word is no figure: a third attempt, a half-brother, the quarter."""
    if place.number.kind != "fraction":
        return ""
    words = place.low[place.start : place.end].replace("-", " ").split()
    shared = _SHARE_NEXT.match(place.low, place.end)
    if words[0] == "a" and words[1] not in ("half", "quarter") and not shared:
        return "ordinal"
    if place.after[:1] == ["-"] and place.after[1:2] and place.after[1].isalpha():
        return "idiom"
    return "other" if words == ["quarter"] and not shared else ""


def _name(place: Place) -> str:
    """Find a name: letters right behind digits, or two words with capitals amid a sentence."""
    if place.text[place.start].isdecimal():
        letter = place.text[place.end : place.end + 1].isalpha()
        return "name" if letter and place.number.scaled == 1 and measure(place.after) == (0, 0) else ""
    amid = place.before and (place.before[0].isalpha() or place.before[0] == ",")
    capitals = place.text[place.start].isupper() and _CAPITAL.match(place.text, place.end)
    return "name" if amid and capitals else ""


def score(text: str, start: int, before: Sequence[str]) -> Found | None:
    """Find a result: the first number is not the smaller, or a word of winning or voting stands right before."""
    match = _SCORE.match(text, start)
    if match and (int(match[1]) >= int(match[2]) or any(word.lower() in WORDS["score"] for word in before[:2])):
        return Found(start, match.end(), reason="other")
    return None


def _year(place: Place) -> str:
    """Find a year: four digits without a noun, or behind a word that stands before years, unless persons are counted."""
    if not _YEAR.fullmatch(place.text, place.start, place.end):
        return ""
    unit = counted_noun(place.text, place.low, place.end).rpartition(" ")[2].lower()
    before = place.before[0].lower() if place.before else ""
    if measure(place.after) != (0, 0) or (unit and place.ranged):
        return ""
    if before in _YEAR_BEFORE or place.before[:1] and place.before[0] in WORDS["Month"]:
        return "" if unit in PERSONS and before not in _YEAR_FIRM else "year"
    return "" if unit else "year"


def _age(place: Place) -> str:
    """Find an age: between commas or in brackets behind a name, or behind a person's verb."""
    if place.ranged or place.number.value > 110 or not _AGE_END.match(place.low, place.end):
        return ""
    left = place.text[max(place.floor, place.start - 40) : place.start]
    return "age" if _NAMED_COMMA.search(left) or _NOW.search(left.lower()) else ""


def ruled_out(place: Place) -> Found | None:
    """Say why a number that is read is no figure: by the rows, or by the few ways that are no pattern of words."""
    if found := by_rule(place):
        return found
    for way in (_fraction, _name, _year, _age):
        if reason := way(place):
            return Found(place.start, place.end, reason=reason)
    return None
