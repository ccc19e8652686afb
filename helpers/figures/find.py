"""Figures of a text: each number that states a quantity, as an open interval, with what it counts.

A text is passed once. Where a number can begin, it is first looked at as something else by its form (`excluded`), then
read (`numbers`) with its range, ruled out by the words beside it (`excluded`), or given its hedge and unit (`units`).
"""

import functools
import itertools
import math
import re

import pandas as pd

from helpers import spans
from helpers.figures.excluded import Found, Place, end_of_word, ruled_out, written_as_none
from helpers.figures.none import stated_none
from helpers.figures.numbers import HEDGES, NUMBER_WORDS, WORDS, Number, read_hedge, read_number
from helpers.figures.units import CURRENCIES, MEASURE, VOTE, counted_noun, money
from helpers.tokens import TOKEN, fold, unwrapped

__all__ = ["find_figures", "scan_figures"]

# words of one first letter stand together, so that a text is quickly passed over
_LETTERS = itertools.groupby(sorted(NUMBER_WORDS | {"no"}, reverse=True), key=lambda word: word[0])
_SPELT = "|".join(f"{letter}(?:{'|'.join(word[1:] for word in group)})" for letter, group in _LETTERS)
_AFTER_A = "hundred|thousand|million|billion|trillion|dozen|couple|few|third|quarter|half|fifth|sixth|tenth"
# a number can begin at digits or at one of these words; everything else is looked at only there
_DIGITS = re.compile(r"\d+|[¼-¾⅐-⅞]")
_STARTS = re.compile(rf"[^a-z](?:{_SPELT}|an?\s(?:{_AFTER_A}))(?!\w)")
_PERCENT = re.compile(r"\s?%|[\s-](?:per[\s-]?cent(?:age)?|pct)\b(?:\s+points?\b)?")
_RANGE = re.compile(
    r"(?:\s?[–-]\s?(?=\d)|-?\s+(to|and|or)\s+)(more than\s+|over\s+|at least\s+)?([$€£]\s?)?(?=[\da-z])"
)
_STOP_MARK = re.compile(r"[.!?][”\"'’)]?\s|\n")
_COMPOUND = re.compile(r"-([a-z]+)\b(?!-olds?\b)")
_BEFALLEN = re.compile(rf"\s+(dead|killed|hurt|{'|'.join(sorted(WORDS['predicate']))})\b(?!\s+[a-z]+s\b)")
_OF_THEM = re.compile(r"\s+of\s+(?:(?:them|whom|which)\b|(?:those|these)\b(?!\s+[a-z]+s\b))")
_MORE = re.compile(r"\s+(?:more|others?|further|additional)\b")
_SHARED = re.compile(r"\s+(?:of|the|its|their|all|our|his|her)\s")
_PARTITIVE = re.compile(r"\s+(?:out\s+)?of\s+(?:[a-z'-]+\s+){0,4}")
_JOINED = re.compile(r"[^.!?\n]{0,70}(?:\b(?:and|but|while|plus|against|versus|or|for|per)\b|,)\s+(?:[\w-]+\s+){0,2}")
_MEASURES = {"m": "metres", "C": "°C", "F": "°F"}
_MINUS = re.compile(r"(?:^|[\s(])(minus\s|[-−])\Z")
_COUNTS = ("count", "vague")
_STATES = {*WORDS["predicate"], "dead", ""}
_CHANGES = (*WORDS["change"], "fell", "sank", "went", "up", "down")


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
    found = [item for item in scan_figures(text) if bool(item.reason) == excluded]
    names = ["start", "end", "reason"] if excluded else Found._fields[:-1]
    return spans.framed(text, {name: [getattr(item, name) for item in found] for name in names})


@functools.lru_cache(maxsize=1024)  # figures and what is none are asked for one after the other, article by article
def scan_figures(text: str) -> tuple[Found, ...]:
    """Give the figures of a text and what is none (with a `reason`), in its order and without overlap.

    Returns
    -------
    records with the columns of `find_figures` but for `text`; where many articles are read, they spare a table for each

    >>> [(found.number, found.reason) for found in scan_figures("On 28 January 73 fled.")]
    [('', 'date'), ('73', '')]
    """
    text = unwrapped(text)
    low, floor = fold(text), 0
    found: list[Found] = []
    starts = [match.start() for match in itertools.chain(_DIGITS.finditer(low), _STARTS.finditer(" " + low))]
    for start in sorted(starts):
        if start < floor:
            continue
        if low.startswith("no", start):
            item = stated_none(text, low, start, _last(found))
        else:
            item = written_as_none(text, start, floor) or _number(text, low, start, floor, found)
        if item:
            found.append(item)
            floor = item.end
    return tuple(_settled(low, found, n) for n in range(len(found)))


def _number(text: str, low: str, start: int, floor: int, found: list[Found]) -> Found | None:
    """Read a number with its hedge, its range and what it counts; or say why it is no figure."""
    number = read_number(low, start)
    if number is None or not math.isfinite(number.value):
        return Found(start, number.end, reason="other") if number else None
    begin, end, paid = money(text, floor, start, number.end)
    before = TOKEN.findall(text, max(0, begin - 48), begin)[::-1]
    if low[number.end - 1] == "m" and before[:1] == ["the"] and not paid and not counted_noun(text, low, number.end):
        number = Number(number.end - 1, number.value / 1e6)  # the 1500m
    number = _range(low, number._replace(end=end) if paid else number, before, paid)
    percent = _PERCENT.match(low, number.end)
    end = percent.end() if percent else number.end
    place = Place(text, low, start, end, number, before, TOKEN.findall(low, end, end + 28))
    if not percent and not paid and (none := ruled_out(place)):
        return none
    begin, hedged, end, kinds = _hedged(place, begin, floor)
    hedge = " ".join([*text[hedged:begin].split(), *text[place.end : end].split()])
    place = place._replace(end=end) if end > place.end else place
    unit, kind = _counted(place, bool(percent), paid)
    carried = "" if unit else _carried(place, found, kind)
    if carried in _STATES and not unit and kind in _COUNTS and (befell := _BEFALLEN.match(low, end)):
        unit, carried = befell[1], ""
    bounds = _bounds(number, kinds)
    if kind == "dimension" and (minus := _MINUS.search(text, max(floor, begin - 7), begin)):
        hedged = begin = minus.start(1)
        bounds = (-bounds[1], -bounds[0], bounds[3], bounds[2], bounds[4])
    return Found(hedged, end, text[begin:end], *bounds, hedge, unit or carried, kind, number.rule, bool(carried))


def _hedged(place: Place, begin: int, floor: int) -> tuple[int, int, int, list[str]]:
    """Give where a number begins, where its hedge begins, where both end, and the kinds of bound."""
    opened = place.number.most is not None and place.before[:1] and place.before[0].lower() in ("between", "from")
    length, kinds = (1, []) if opened else read_hedge([word.lower() for word in place.before])
    reach, behind = read_hedge(place.after, behind=True)
    hedged = begin
    if length:
        hedged = [word.start() for word in TOKEN.finditer(place.text, max(0, begin - 48), begin)][-length]
        hedged = hedged if hedged >= floor else begin
    return hedged if opened else begin, hedged, end_of_word(place.low, place.end, reach), kinds + behind


def _bounds(number: Number, kinds: list[str]) -> tuple[float, float, bool, bool, bool]:
    """Turn a number and the kinds of its hedge into an open interval; no bound is made up."""
    kinds = kinds if {*kinds} - {"about"} else [*kinds, number.implied]
    first = next((kind for kind in HEDGES if kind in kinds), "")
    low = -math.inf if first in ("below", "near", "upper") else number.value
    high = math.inf if first in ("lower", "above") else number.value if number.most is None else number.most
    return low, high, first == "above", first in ("below", "near"), "about" in kinds or "near" in kinds


def _range(low: str, first: Number, before: list[str], paid: str) -> Number:
    """Read a range to its end; a number as it is where two stand side by side, or a change and its level."""
    percent = _PERCENT.match(low, first.end)
    joined = _RANGE.match(low, percent.end() if percent else first.end)
    other = read_number(low, joined.end()) if joined else None
    if joined is None or other is None or other.kind != first.kind or not math.isfinite(other.value):
        return first
    if (joined[3] and not paid) or (percent and not _PERCENT.match(low, other.end)):
        return first
    least = first.value * (other.scale if first.scale == 1 and first.value < 1000 else 1)
    opened = before[0].lower() if before else ""
    rise = opened == "from" and any(word.lower().startswith(_CHANGES) for word in before)
    if least >= other.value or (joined[1] == "and" and opened != "between") or (joined[1] == "to" and rise):
        return first
    return first._replace(end=other.end, value=least, most=other.value, implied="lower" if joined[2] else first.implied)


def _counted(place: Place, percent: bool, paid: str) -> tuple[str, str]:
    """Say what a number counts by what stands beside it, and its kind."""
    text, low, end, number = place.text, place.low, place.end, place.number
    if percent and low.endswith(("point", "points"), place.start, end):
        return "percentage points", "percent"
    if percent or number.kind == "fraction":
        noun = "" if _OF_THEM.match(low, end) else counted_noun(text, low, end, single=bool(_SHARED.match(low, end)))
        return noun, "percent" if percent else "fraction"
    if paid:
        return paid, "money"
    if size := MEASURE.match(low, end):
        return _MEASURES.get(unit := text[size.start(1) : size.end(1)], unit), "dimension"
    if "magnitude" in place.before[:3]:
        return "magnitude", "dimension"
    if joined := _COMPOUND.match(low, end) or VOTE.match(low, end):
        return text[joined.start(1) : joined.end(1)], number.kind
    unit = counted_noun(text, low, end, single=number.value in (0, 1))
    return unit, "money" if unit.rpartition(" ")[2].lower() in CURRENCIES else number.kind


def _last(found: list[Found], share: bool = False) -> Found | None:
    """Give the last count, or the figure before if it is a share; None where it is long past."""
    near, kinds = found[:-9:-1], ("percent", "fraction") if share else _COUNTS
    near = [item for item in near if item.kind][:1] if share else near
    return next((item for item in near if item.kind in kinds), None)


def _carried(place: Place, found: list[Found], kind: str) -> str:
    """Carry the unit of a figure before over to a number whose noun is left out."""
    low, end, them = place.low, place.end, _OF_THEM.match(place.low, place.end)
    figure = _last(found, kind not in _COUNTS and not them)
    if figure is None or not figure.unit or them or _MORE.match(low, end):
        return figure.unit if figure else ""
    between = low[figure.end : end] if end - figure.end <= 160 else "\n"
    apart = "\n" in between or len(_STOP_MARK.findall(between)) > 1
    return "" if apart or "toll" in place.before[:8] else figure.unit


def _settled(low: str, found: list[Found], n: int) -> Found:
    """Give “two of the five men” one unit, and keep “one” as a figure only beside another number, “the two” never."""
    item, word, after = found[n], found[n].number.lower(), found[n + 1 : n + 2]
    bare = item.kind and (item.carried or not item.unit) and after and after[0].kind in _COUNTS
    if bare and _PARTITIVE.fullmatch(low, item.end, after[0].start):
        return item._replace(unit=after[0].unit, carried=False)
    the_two = word == "two" and low.startswith("the ", max(0, item.start - 4))
    if not the_two and (word != "one" or item.hedge):
        return item
    counts = [
        other for other in found[max(0, n - 1) : n] + after if other.kind in _COUNTS and other.number.lower() != "one"
    ]
    gaps = [(min(item.end, other.end), max(item.start, other.start)) for other in counts if not the_two]
    return item if any(_JOINED.fullmatch(low, *gap) for gap in gaps) else item._replace(reason="pronoun")
