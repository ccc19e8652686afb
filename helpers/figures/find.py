"""Figures of a text: each number that states a quantity, as an open interval, with what it counts."""

from __future__ import annotations

import itertools
import math
import re

import numpy as np
import pandas as pd

from helpers.figures.excluded import Found, Place, designation, ordinal, ruled_out, score, written
from helpers.figures.numbers import (
    NUMBER_WORDS,
    ORDINALS,
    WORDS,
    Hedge,
    Number,
    bounds,
    hedge_after,
    hedge_before,
    read_number,
)
from helpers.figures.units import PERSONS, SIGNS, STOP, counted_noun, is_plural, measure, share_of
from helpers.tokens import TOKEN, fold

__all__ = ["find_figures"]


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
    rows = [(item.start, item.end, text[item.start : item.end], *item[2:]) for item in found]
    columns = list(zip(*rows, strict=True)) or [()] * (len(Found._fields) + 1)
    table = dict(zip(["start", "end", "text", *Found._fields[2:]], columns, strict=True))
    kept = ["start", "end", "text", *(["reason"] if excluded else Found._fields[2:-1])]
    data = {name: list(table[name]) for name in kept}
    for name in ("start", "end"):
        data[name] = np.array(data[name], dtype="int64")
    return pd.DataFrame(data)


def _grouped(words: set[str]) -> str:
    """Give a pattern for words, those with one first letter together: so it is quickly passed over."""
    letters = itertools.groupby(sorted(words, reverse=True), key=lambda word: word[0])
    return "|".join(f"{letter}(?:{'|'.join(word[1:] for word in group)})" for letter, group in letters)


# a number can begin at digits or at one of these words; everything else is looked at only there
_AFTER_A = "hundred thousand million billion trillion dozen couple few third quarter half fifth sixth tenth".split()
_STARTS = re.compile(
    rf"\d+|\b(?:{_grouped(NUMBER_WORDS | ORDINALS)}|an?\s(?:{'|'.join(_AFTER_A)})|no)(?!\w)"
)
_PERCENT = re.compile(r"\s?%|[\s-]per[\s-]?cent(?:age)?\b(?:\s+points?\b)?")
_SIGN = re.compile(r"(?:(?:US|A|C|NZ|HK)?[$€£¥₹₺]|\b(?:R|USD|EUR|GBP|Rs\.?))\s?\Z")
_SIGN_AHEAD = re.compile(r"[$€£]\s?")
_RANGE = re.compile(r"\s?[–-]\s?(?=\d)|\s+(to|and|or)\s+(?=[\da-z$€£])")
_CHANGES = tuple(WORDS["change"])
_CHANGED = {"fell", "sank", "went", "up", "down"}
_COMPOUND = re.compile(r"-([a-z]+)\b(?!-olds?\b)")
_DEAD = re.compile(r"\s+dead\b(?!\s+[a-z]+s\b)")
_NOUN_NEXT = re.compile(r"\s+([a-z]{3,})")
_CURRENCY = WORDS["currency"] | {"rand", "baht", "yen", "yuan", "won", "kroner", "kronor"}
_NO_NOUN = {"strong", "odd", "plus"}
_MAGNITUDE = re.compile(r"\s+(?:in\s+magnitude|on\s+the\s+(?:richter|moment))\b")
_STOP_MARK = re.compile(r"[.!?][”\"'’)]?\s|\n")
_POINTS_BACK = re.compile(r"\s+(?:of\s+(?:them|whom|those|these)|more|others?|further|additional)\b")
_FLIGHT = re.compile(r"\s+(?:(?:to|have|had)\s+)?(?:flee|fled|fleeing|leave|died|die|sought)\b")
_PARTITIVE = re.compile(r"\s+(?:out\s+)?of\s+(?:[a-z’'-]+\s+){0,4}")
_AND = re.compile(r"\band\s+(?:the\s+)?(?:other\s+)?\Z")
_JOINED = re.compile(r"(?:\b(?:and|but|while|plus|against|versus|or|for|per)\b|,)\s+(?:[\w-]+\s+){0,2}\Z")
_AUXILIARY = {"was", "were", "has", "have", "had", "is", "are"}
_HARMED = WORDS["harmed"] | WORDS["predicate"] | set("killed hurt reported died returned survived lost drowned".split())
_NOBODY_VERB = set("died survived returned drowned lost won came arrived armed".split())
_STATED_NONE = WORDS["none"] | WORDS["person"] | WORDS["irregular_person"] | {"police", "staff"}
_NONE_NEVER = {"one", "longer", "more", "such"}


class _Last:
    """The figures just before a place: the last, the last that counts, and the last unit counted in."""

    figure: Found | None = None
    counted: Found | None = None
    unit = ""

    def note(self, item: Found) -> None:
        """Keep a figure."""
        if item.reason:
            return
        self.figure = item
        if item.kind in ("count", "vague"):
            self.counted = item
            self.unit = item.unit or self.unit


def _scan(text: str) -> list[Found]:
    """Give figures and what is none, in the order of the text, without overlap."""
    low, last, at = fold(text), _Last(), 0
    found: list[Found] = []
    for match in _STARTS.finditer(low):
        if match.start() < at:
            continue
        item = _read(text, low, match.start(), at, last)
        if item is not None:
            found.append(item)
            last.note(item)
            at = item.end
    return [_settled(low, found, n) for n in range(len(found))]


def _read(text: str, low: str, start: int, floor: int, last: _Last) -> Found | None:
    """Read what begins at a place: what its form rules out, a stated none, or a number."""
    if low[start].isdecimal():
        ready = written(text, start) or designation(text, start, floor)
    elif low.startswith("no", start):
        return _none(text, low, start, last)
    else:
        ready = ordinal(low, start)
    number = None if ready else read_number(low, start)
    if number is None:
        return ready
    if not math.isfinite(number.value):
        return Found(start, number.end, reason="other")
    return _number(text, low, start, floor, number, last)


def _none(text: str, low: str, start: int, last: _Last) -> Found | None:
    """Read a stated none: no casualties, nobody was hurt, none of them."""
    tokens = [*TOKEN.finditer(low, start, start + 90)]
    words = [token.group() for token in tokens]
    nobody = 1 if words[0] != "no" else 2 if words[1:2] == ["one"] else 3 if words[1:3] == ["-", "one"] else 0
    unit: str | None = None
    if nobody:
        unit = _nobody(words, nobody, last)
    elif end := _none_noun(words):
        unit = text[tokens[1].start() : tokens[end - 1].end()]
    until = tokens[max(nobody, 1) - 1].end()
    return None if unit is None else Found(start, until, text[start:until], kind="count", unit=unit)


def _none_noun(words: list[str]) -> int:
    """Say how many words "no" and its noun have, 0 where it states no number."""
    for at in range(1, min(6, len(words))):
        word, after = words[at], [word for word in words[at + 1 : at + 4] if word != "been"]
        if word in _NONE_NEVER or not (word.isalpha() or word == "-"):
            return 0
        told = is_plural(word) and word not in WORDS["no_number"] and after and after[0] in _AUXILIARY
        if word in _STATED_NONE or (told and after[1:] and after[1].endswith(("ed", "en", "t", "ne"))):
            return at + 1
    return 0


def _nobody(words: list[str], at: int, last: _Last) -> str | None:
    """Give whom "nobody" or "none" is of, where a verb says what befell nobody; else None."""
    none = words[0] == "none"
    unit = last.unit if none else ""
    sure = none and words[at : at + 1] == ["of"] and words[at + 1] in ("the", "them")
    if words[at : at + 1] == ["of"]:
        who = next((n for n in range(at + 1, min(at + 5, len(words))) if is_plural(words[n])), at + 1)
        unit, at = (words[who], who + 1) if is_plural(words[who]) else (last.unit, who + 1)
    if words[at : at + 1] and words[at] in ("on", "in", "aboard", "at", "from"):
        at += 2 + (words[at + 1 : at + 2] == ["the"])
    rest = [word for word in words[at : at + 5] if word != "been" and not word.endswith("ly")]
    auxiliary = bool(rest) and rest[0] in _AUXILIARY
    harmed = auxiliary and len(rest) > 1 and rest[1] in _HARMED
    return unit if sure or harmed or (auxiliary and none) or (rest and rest[0] in _NOBODY_VERB) else None


def _number(text: str, low: str, start: int, floor: int, number: Number, last: _Last) -> Found | None:
    """Read a number with its hedge, its range and what it counts; or say why it is no figure."""
    before = _words_before(text, floor, start)
    sign = _SIGN.search(text, max(floor, start - 5), start) if before and before[0] in SIGNS else None
    begin = sign.start() if sign else start
    if sign:
        before = _words_before(text, floor, begin)
    elif none := score(text, start, before):
        return none
    percent = _PERCENT.match(low, number.end)
    second = _second(low, percent.end() if percent else number.end, number, before)
    end, least, most = second or (number.end, number.value, number.value if number.exact else math.inf)
    percent = _PERCENT.match(low, end)
    end = percent.end() if percent else end
    tokens = [*TOKEN.finditer(low, end, end + 36)]
    after, ends = [token.group() for token in tokens], [token.end() for token in tokens]
    place = Place(text, low, start, end, before, after, ends, number, floor, bool(second))
    if not (percent or sign) and (none := ruled_out(place)):
        return none
    opened = bool(second and before and before[0].lower() in ("between", "from"))
    left, right = Hedge(1, []) if opened else hedge_before([word.lower() for word in before]), hedge_after(after)
    hedged = _back(text, floor, begin, left.words)
    begin = hedged if opened else begin
    end = ends[right.words - 1] if right.words else end
    hedge = " ".join([*text[hedged:begin].split(), *text[place.end : end].split()])
    kinds = [*left.kinds, *right.kinds]
    interval = bounds(least, most, kinds)
    if not (number.exact or second) and kinds:
        low_end, high_end, *flags = bounds(number.value, number.value, kinds)
        interval = (low_end, math.inf if high_end == low_end else high_end, *flags)
    if number.kind == "vague" and number.exact and not kinds:
        interval = (*interval[:4], True)
    unit, kind, carried = _counted(place._replace(end=end), bool(percent), bool(sign), last)
    return Found(hedged, end, text[begin:end], *interval, hedge, unit, kind, number.rule, carried)


def _words_before(text: str, floor: int, start: int) -> list[str]:
    """Give the words before a place, the nearest first."""
    return [word for word in TOKEN.findall(text, max(floor, start - 60), start) if word != "\n"][::-1]


def _back(text: str, floor: int, start: int, words: int) -> int:
    """Give the place so many words back."""
    if not words:
        return start
    places = [m.start() for m in TOKEN.finditer(text, max(floor, start - 60), start) if m.group() != "\n"]
    return places[-words]


def _changes(words: list[str]) -> bool:
    """Say whether a word of change stands in the sentence before, the nearest word first."""
    sentence = itertools.takewhile(lambda word: word not in ".;", words)
    return any(word in _CHANGED or word.startswith(_CHANGES) for word in map(str.lower, sentence))


def _second(low: str, end: int, first: Number, before: list[str]) -> tuple[int, float, float] | None:
    """Read the second number of a range; None where two numbers stand side by side."""
    joined = _RANGE.match(low, end)
    if not joined or first.kind == "fraction":
        return None
    sign = _SIGN_AHEAD.match(low, joined.end())
    other = read_number(low, sign.end() if sign else joined.end())
    if other is None or other.kind != first.kind or not math.isfinite(other.value):
        return None
    least = first.value * other.scaled if first.scaled == 1 < other.scaled and first.value < 1000 else first.value
    opened = before[0].lower() if before else ""
    beside = {
        "and": opened != "between",
        "or": first.value >= 100 or other.value - least > max(1, least * 0.34),
        "to": opened == "from" and _changes(before[1:]),
    }
    if least >= other.value or beside.get(joined[1] or "", False):
        return None
    return other.end, least, math.inf if first.kind == "vague" else other.value


def _counted(place: Place, percent: bool, signed: bool, last: _Last) -> tuple[str, str, bool]:
    """Say what a number counts, its kind, and whether the unit is carried over from the figure before."""
    text, low, end, number = place.text, place.low, place.end, place.number
    if percent or number.kind == "fraction":
        unit = share_of(text, low, end)
        if unit == "" and not percent:
            unit = counted_noun(text, low, end)
        carried = last.unit if unit is None else "" if unit else _share_before(low, end, last)
        return unit or carried, "percent" if percent else "fraction", bool(carried)
    if signed:
        return "", "money", False
    if _of_magnitude(place):
        return "magnitude", "dimension", False
    first, until = measure(place.after)
    if until:
        return text[place.ends[first] - len(place.after[first]) : place.ends[until - 1]], "dimension", False
    kind = "vague" if number.kind == "vague" else "count"
    if (compound := _COMPOUND.match(low, end)) and compound[1] not in _NO_NOUN:
        return text[compound.start(1) : compound.end(1)], kind, False
    if _DEAD.match(low, end):
        return "dead" if place.before[:1] in (["the"], ["The"]) else "", kind, False
    unit = counted_noun(text, low, end, one=number.value == 1)
    if unit.rpartition(" ")[2].lower() in _CURRENCY:
        return unit, "money", False
    carried = "" if unit else _carried(place, last)
    return unit or carried, kind, bool(carried)


def _of_magnitude(place: Place) -> bool:
    """Say whether a number is the strength of an earthquake."""
    near = [word.lower() for word in place.before[:4]]
    return bool(_MAGNITUDE.match(place.low, place.end)) or (
        "magnitude" in near and set(near[: near.index("magnitude")]) <= {"of", "-", "about", "around", "at", "least"}
    )


def _share_before(low: str, end: int, last: _Last) -> str:
    """Give what the share before is taken of, where one of the same sentence or the one before has a unit."""
    figure = last.figure
    if figure is None or figure.kind not in ("percent", "fraction") or end - figure.end > 120:
        return ""
    noun = _NOUN_NEXT.match(low, end)
    apart = "\n" in low[figure.end : end] or (noun and noun[1] not in STOP)
    return "" if apart else figure.unit


def _carried(place: Place, last: _Last) -> str:
    """Carry the unit of the figure before over to a number whose noun is left out."""
    figure, low, end = last.counted, place.low, place.end
    if figure is None or not figure.unit or low[figure.end : figure.end + 1] == "-":
        return ""
    between = low[figure.end : end] if end - figure.end < 1000 else "\n"
    if "\n" in between or len(_STOP_MARK.findall(between)) > 1:
        return figure.unit if _POINTS_BACK.match(low, end) else ""
    before = [token.group() for token in TOKEN.finditer(low, max(0, place.start - 70), place.start)][::-1]
    sentence = list(itertools.takewhile(lambda word: word not in ".;", before))
    changed = {"from", "to"} & set(before[:3]) and _changes(before)
    since = any(before[at : at + 2] in (["from", "up"], ["from", "down"]) for at in range(3))
    if len(between) > 160 or (changed and not since) or "toll" in sentence[:10]:
        return ""
    fled = _FLIGHT.match(low, end) and figure.unit.rpartition(" ")[2].lower() not in PERSONS
    return "" if fled else figure.unit


def _settled(low: str, found: list[Found], n: int) -> Found:
    """Keep “one” and a definite “the two” as figures only where another number stands beside them."""
    item, word = found[n], found[n].number.lower()
    after = found[n + 1] if n + 1 < len(found) else item
    if item.reason:
        return item
    if (item.carried or not item.unit) and item.kind != "money" and after.kind in ("count", "vague"):
        if after is not item and _PARTITIVE.fullmatch(low, item.end, after.start):
            return item._replace(unit=after.unit, carried=False)
    if word == "one" and item.hedge.lower() == "more than":
        return item._replace(reason="idiom")
    the_two = word == "two" and low[max(0, item.start - 4) : item.start] == "the "
    if not the_two and (word != "one" or item.hedge or item.kind not in ("count", "dimension")):
        return item
    beside = found[max(0, n - 1) : n] + found[n + 1 : n + 2]
    kept = item.unit and item.kind == "count" and any(_beside(low, item, other, the_two) for other in beside)
    return item if kept else item._replace(reason="pronoun")


def _beside(low: str, item: Found, other: Found, the_two: bool) -> bool:
    """Say whether another number is summed or contrasted with “one” or “the two”."""
    start, end = min(item.end, other.end), max(item.start, other.start)
    if other.number.lower() == "one" or other.kind not in ("count", "vague") or end - start > (35 if the_two else 70):
        return False
    gap = low[start:end]
    return not _STOP_MARK.search(gap) and bool((_AND if the_two else _JOINED).search(gap))
