"""Numbers that are no figures: years, dates, ages, roads, names and the like, by rules.toml and a few ways more."""

import itertools
import math
import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from helpers.figures.numbers import ORDINALS, TENS, WORDS, Number
from helpers.figures.units import MEASURE, PERSONS, SIGNS, VOTE, counted_noun
from helpers.tokens import TOKEN

__all__ = ["RULES", "Found", "Place", "end_of_word", "ruled_out", "written_as_none"]


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
    """A number where it stands in a text (and in the folded one), with the words on both sides, the nearest first."""

    text: str
    low: str
    start: int
    end: int
    number: Number
    before: list[str]
    after: list[str]


class Rule(NamedTuple):
    """A row of rules.toml."""

    reason: str
    example: str
    pattern: str = ""
    before: str = ""
    after: str = ""
    number: str = ""
    most: float = math.inf


_READ = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
FORMS, RULES = ([Rule(**row) for row in _READ[kind]] for kind in ("form", "rule"))
_CLASSES = WORDS | {
    "attached": WORDS["attached"] | set("magnitude early late mid under over around nearly some".split()),
    "sign": {sign for sign in SIGNS if sign.isalpha() and len(sign) > 1},
    "tens": TENS,
    "ordinal": ORDINALS,
}


def _spelt(name: re.Match[str]) -> str:
    """Give a class named in a form as a pattern, the longer words first."""
    return f"(?:{'|'.join(sorted(_CLASSES[name[1]], key=lambda word: (-len(word), word)))})"


_FORM = re.compile("|".join(f"({re.sub('{([A-Za-z_]+)}', _spelt, row.pattern)})" for row in FORMS))


def _ways(pattern: str) -> list[list[set[str]]]:
    """Read a pattern of a row as sequences of words to choose from, those with what may be missing first."""
    ways: list[list[set[str]]] = [[]]
    for item in pattern.split():
        names = item.removesuffix("?").split("|")
        choices = set().union(*(_CLASSES[name[1:-1]] if name[0] == "{" else {name} for name in names))
        ways = [[*way, *more] for way in ways for more in ([[choices], []] if item[-1] == "?" else [[choices]])]
    return ways


def _fits(choices: set[str], word: str) -> bool:
    """Say whether a word beside a number is one to choose from; “@” is any, but none of “in total, 34”."""
    any_word = "@" in choices and word.isalpha() and word not in ("total", "all")
    return any_word or word in choices or word.lower() in choices


_ROWS = [
    (row, {*row.number.split("|")}, left[::-1], right)
    for row in RULES
    for left, right in itertools.product(_ways(row.before), _ways(row.after))
]
# a row can match only where one of its first words stands beside the number
_BY_WORD: dict[str, list[int]] = defaultdict(list)
for _n, (*_, _left, _right) in enumerate(_ROWS):
    for _word in (_left or _right)[0]:
        _BY_WORD[_word].append(_n)
_LETTERS = re.compile(r"[^\W\d_]{1,20}[-–]?\Z")
_TAIL = re.compile(r"(?:\s?(?:[-–]|to|and|or)\s?\d{1,3}(?!\w|,\d|\s[a-z]+s\b))?(?:,?\s(?:19|20)\d\d(?![\d,]))?")
_SCORE = re.compile(rf"(\d{{1,3}})\s?[-–]\s?(\d{{1,3}})(?!\w|-\d|{VOTE.pattern})")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:\s?(?:and|to|[-–])\s?(?:1[5-9]|20)\d\d)?")
_YEAR_BEFORE = WORDS["before_year"] | WORDS["season"] | {"this", "last", "year", *"-–(["}
_YEAR_FIRM = set("in since until by during early late mid year".split())


def written_as_none(text: str, start: int, floor: int) -> Found | None:
    """Read what is no figure by its own form, with the letters before its digits: a date, an ordinal, M5, a result."""
    joined = start > floor and not text[start - 1].isspace()
    letters = _LETTERS.search(text, max(floor, start - 21), start) if joined else None
    for begin in (letters.start(), start) if letters else (start,):
        if form := _FORM.match(text, begin):
            return Found(begin, form.end(), reason=FORMS[(form.lastindex or 1) - 1].reason)
    score = _SCORE.match(text, start)
    return Found(start, score.end(), reason="other") if score and int(score[1]) >= int(score[2]) else None


def ruled_out(place: Place) -> Found | None:
    """Say why a number that is read is no figure: by the rows, or by the ways that are no pattern of words."""
    before, after = place.before, place.after
    digits = place.text[place.start].isdecimal()
    written = ("", place.low[place.start : place.end].replace("-", " "), "digits" if digits else "words")
    beside = {*before[:1], *map(str.lower, before[:1]), *after[:1]}
    for n in sorted({n for word in beside for n in _BY_WORD.get(word, ())}):
        row, numbers, left, right = _ROWS[n]
        if len(left) > len(before) or len(right) > len(after) or numbers.isdisjoint(written):
            continue
        if place.number.value <= row.most and all(map(_fits, left, before)) and all(map(_fits, right, after)):
            end = end_of_word(place.low, place.end, 0 if row.after[:1] == "," else len(right))
            tail = _TAIL.match(place.low, end)
            return Found(place.start, tail.end() if tail else end, reason=row.reason)
    reason = _bare(place)
    return Found(place.start, place.end, reason=reason) if reason else None


def end_of_word(low: str, at: int, count: int) -> int:
    """Give where the last of so many words behind a place ends; the place itself where there is none."""
    return [at, *(word.end() for word in TOKEN.finditer(low, at, at + 60))][count] if count else at


def _bare(place: Place) -> str:
    """Find what no word tells: a name in letters right behind digits, a year without a noun, if not a measure.

    Behind a word that is often before a year, only persons are counted.
    """
    if MEASURE.match(place.low, place.end) or not place.text[place.start].isdecimal():
        return ""
    if place.text[place.end : place.end + 1].isalpha():
        return "name"
    if not _YEAR.fullmatch(place.text, place.start, place.end):
        return ""
    before = place.before[0] if place.before else ""
    if before in WORDS["Month"] | WORDS["Mon"]:
        return "date"
    unit = counted_noun(place.text, place.low, place.end).rpartition(" ")[2].lower()
    before = before.lower()
    dated = before in _YEAR_BEFORE or before.endswith(("'s", "’s"))
    return "" if unit and (not dated or (unit in PERSONS and before not in _YEAR_FIRM)) else "year"
