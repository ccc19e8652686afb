"""Numbers that are no figures: years, dates, ages, roads, names and the like, by rules.toml and a few ways more."""

import math
import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from helpers.figures.numbers import ORDINALS, SMALL, WORDS, Number
from helpers.figures.units import MEASURE, PERSONS, SIGNS, counted_noun
from helpers.tokens import TOKEN

__all__ = ["RULES", "VOTE", "Found", "Place", "ruled_out", "written_as_none"]


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
    ranged: bool
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
    "time": WORDS["time"] | {"year", "second"},
    "adult": WORDS["grown"] | WORDS["irregular_person"] | set("patients residents students them those whom".split()),
    "limit": frozenset(("under", "over", "above", "below")),
}
_MONTHS = WORDS["Month"] | WORDS["Mon"]
_SHORT = {
    "MONTH": rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![a-z])\.?",
    "DAY": r"\d\d?(?:st|nd|rd|th)?",
    "CLOCK": r"\d\d?(?:[:.]\d\d)?",
}
_NAMED = "|".join(f"(?P<{row.reason}_{n}>{row.pattern})" for n, row in enumerate(FORMS))
_FORM = re.compile(re.sub("|".join(_SHORT), lambda short: _SHORT[short.group()], _NAMED))


def _items(pattern: str) -> list[tuple[frozenset[str], bool]]:
    """Read a pattern of a row: for each item its words and whether it may be missing."""
    items = []
    for item in pattern.split():
        names = item.removesuffix("?").split("|")
        words = [_CLASSES[name[1:-1]] if name[0] == "{" else {name} for name in names]
        items.append((frozenset().union(*words), item.endswith("?")))
    return items


def _reach(items: list[tuple[frozenset[str], bool]], words: list[str]) -> int:
    """Say how many words a pattern takes, or -1 where it does not match."""
    at = 0
    for choices, optional in items:
        word = words[at] if at < len(words) else ""
        anyone = "@" in choices and word.isalpha() and word not in ("total", "all")
        if anyone or word in choices or word.lower() in choices:
            at += 1
        elif not optional:
            return -1
    return at


_ROWS = [(row, _items(row.before)[::-1], _items(row.after), row.number.split("|")) for row in RULES]
# a row can match only where one of its first words stands beside the number
_BY_WORD: dict[str, list[int]] = defaultdict(list)
for _n, (_row, _left, _right, _numbers) in enumerate(_ROWS):
    _side = _left or _right
    _until = next(n for n, (_, optional) in enumerate(_side) if not optional)
    for _word in frozenset().union(*(words for words, _ in _side[: _until + 1])):
        _BY_WORD[_word].append(_n)
_ATTACHED = re.compile(r"[^\W\d_]{1,20}[-–]?\Z")
_DESIGNATION = re.compile(r"[^\W\d_]*[-–]?\d(?:\w|\.(?=\w))*(?:-\w+)*")
_ORDINAL = re.compile(r"([a-z]+)(?:[-\s]([a-z]+))?(?!\w)")
_TAIL = re.compile(r"(?:\s?(?:[-–]|to|and|or)\s?\d{1,3}(?!\w|,\d|\s[a-z]+s\b))?(?:,?\s(?:19|20)\d\d(?![\d,]))?")
VOTE = re.compile(r"(?:-\d+)?\s+(vote|ruling|decision|majority|margin|split)\b")
_SCORE = re.compile(r"(\d{1,3})\s?[-–]\s?(\d{1,3})(?!\w|-\d)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:\s?(?:and|to|[-–])\s?(?:1[5-9]|20)\d\d)?")
_CAPITAL = re.compile(r"\s[A-Z][a-z]")
_SHARE_NEXT = re.compile(r"\s+(?:of|the|more|less|higher|lower|fewer|as|from|to|in|since)\b|\s*(?:[.,;:)]|\Z)")
_PREFIXES = WORDS["attached"] | {"magnitude", "early", "late", "mid", "under", "over", "around", "nearly", "some"}
_YEAR_BEFORE = WORDS["before_year"] | WORDS["season"] | {"this", "last", *"-–(["}
_YEAR_FIRM = set("in since until by during early late mid year".split())


def written_as_none(text: str, low: str, start: int, floor: int) -> Found | None:
    """Read what is no figure by its own form: a date, an ordinal, M5, AK-47, a result."""
    if not text[start].isdecimal():
        words = _ORDINAL.match(low, start)
        length = 0 if words is None else 1 if words[1] in ORDINALS else 2 if words[2] in ORDINALS else 0
        known = words and (length == 1 or (length == 2 and SMALL.get(words[1], 0) >= 20))
        return Found(start, words.end(length), reason="ordinal") if words and known else None
    if (form := _FORM.match(text, start)) and form.lastgroup:
        return Found(start, form.end(), reason=form.lastgroup.partition("_")[0])
    joined = start > floor and (text[start - 1].isalpha() or text[start - 1] in "-–")
    score = _SCORE.match(text, start)
    won = score and WORDS["score"].intersection(TOKEN.findall(low, max(0, start - 30), start)[-2:])
    if score and not VOTE.match(low, score.end()) and (won or int(score[1]) >= int(score[2])):
        return Found(start, score.end(), reason="other")
    letters = _ATTACHED.search(text, max(floor, start - 22), start) if joined else None
    whole = _DESIGNATION.match(text, letters.start()) if letters else None
    name = letters.group().rstrip("-–") if letters else ""
    if (
        not letters
        or not whole
        or (len(name) > 1 and name in SIGNS)
        or (name != letters.group() and name.lower() in _PREFIXES)
    ):
        return None
    road = name in WORDS["road_letters"] and whole.end() - start <= 3
    reason = "weapon" if name.lower() in WORDS["weapon_letters"] else "road" if road else "name"
    return Found(letters.start(), whole.end(), reason=reason)


def ruled_out(place: Place) -> Found | None:
    """Say why a number that is read is no figure: by the rows, or by the ways that are no pattern of words."""
    near, behind = place.before[0] if place.before else "", place.after[0] if place.after else ""
    rows = {*_BY_WORD.get(near, ()), *_BY_WORD.get(near.lower(), ()), *_BY_WORD.get(behind, ())}
    for n in sorted(rows):
        row, left, right, numbers = _ROWS[n]
        written = place.low[place.start : place.end].replace("-", " ") if row.number else ""
        spelt_day = row.reason == "date" and not place.text[place.start].isdecimal()
        if place.number.value > row.most or written not in numbers or spelt_day:
            continue
        reach = _reach(right, place.after)
        if reach >= 0 and _reach(left, place.before) >= 0:
            end = place.end
            if reach and not row.after.startswith(","):
                end = [*TOKEN.finditer(place.low, end, end + 60)][reach - 1].end()
            tail = _TAIL.match(place.low, end) if row.reason in ("date", "age") and place.before else None
            return Found(place.start, tail.end() if tail else end, reason=row.reason)
    reason = _fraction(place) or _name(place) or _year(place)
    return Found(place.start, place.end, reason=reason) if reason else None


def _fraction(place: Place) -> str:
    """Say why a fraction word is no figure: a third attempt, a half-brother."""
    if place.number.kind != "fraction":
        return ""
    words = place.low[place.start : place.end].replace("-", " ").split()
    shared = _SHARE_NEXT.match(place.low, place.end)
    if words[0] == "a" and words[1] not in ("half", "quarter") and not shared:
        return "ordinal"
    return "idiom" if place.after[:1] == ["-"] and place.after[1:2] and place.after[1].isalpha() else ""


def _name(place: Place) -> str:
    """Find a name: letters right behind digits, or two words with capitals amid a sentence."""
    if place.text[place.start].isdecimal():
        letter = place.text[place.end : place.end + 1].isalpha()
        return "name" if letter and place.number.scale == 1 and not MEASURE.match(place.low, place.end) else ""
    amid = place.before and (place.before[0][-1].isalpha() or place.before[0] == ",")
    return "name" if amid and place.text[place.start].isupper() and _CAPITAL.match(place.text, place.end) else ""


def _year(place: Place) -> str:
    """Find a year: four digits without a noun, or behind a word that is often before one, unless persons follow."""
    if not _YEAR.fullmatch(place.text, place.start, place.end) or MEASURE.match(place.low, place.end):
        return ""
    unit = counted_noun(place.text, place.low, place.end).rpartition(" ")[2].lower()
    before = place.before[0] if place.before else ""
    if before in _MONTHS:
        return "date"
    before = before.lower()
    dated = before in _YEAR_BEFORE or before.endswith(("'s", "’s"))
    taken = unit and (place.ranged or not dated or (unit in PERSONS and before not in _YEAR_FIRM))
    return "" if taken else "year"
