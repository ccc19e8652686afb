"""Figures of a text: each number that states a quantity, as an open interval, with what it counts."""

from __future__ import annotations

import math
import re

import pandas as pd

from helpers.figures.excluded import RANGE_OPENED, Found, no_fraction, ruled_out, ruled_out_after
from helpers.figures.numbers import HEDGE_AFTER, HEDGE_BEFORE, Number, bounds, read_number
from helpers.figures.units import MEASURE, NUMBER_WORDS_TEXT, PERCENT, PERSONS, SIGN, counted_noun, share_of

__all__ = ["find_figures"]

# a number can begin at digits or at one of these words; everything else is looked at only there
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_STARTS = {
    *NUMBER_WORDS_TEXT.split(),
    *(f"{a}tieth" for a in ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine")),
}
_AFTER_A = re.compile(
    r"an?\s+(?:hundred|thousand|million|billion|trillion|dozen|couple\s+of|few|third|quarter|half|fifth|sixth|tenth)\b"
    r"|no(?:[ -]one\b|\s+(?=[a-z]))",
    re.IGNORECASE,
)
_CURRENCY = "dollars euros pounds rupees lira liras lire yen yuan pesos rand francs dinars riyals rials roubles rubles shekels kronor krone kroner naira shillings baht won reais dirhams cents pence birr taka kyat hryvnia".split()
_MAGNITUDE_LEFT = re.compile(r"\bmagnitude(?:\s+of)?[-\s]+(?:(?:about|around|at\s+least)\s+)?\Z", re.IGNORECASE)
_IN_MAGNITUDE = re.compile(r"\s+(?:in\s+magnitude|on\s+the\s+(?:Richter|moment))\b")
_CHANGE = re.compile(
    r"\b(?:rose|risen|rises?|rising|fell|fallen|falls?|falling|grew|grown|grows?|growing|jump\w*|climb\w*|drop\w*|declin\w*|increas\w*"
    r"|decreas\w*|went|gone|surg\w*|swell\w*|swollen|soar\w*|slump\w*|cut|cuts|cutting|reduc\w*|rais\w*|lower\w*|doubl\w*|expand\w*|shr[aiu]nk\w*"
    r"|slid\w*|s[au]nk\w*|mov\w*|revis\w*|edg\w*|balloon\w*|upgrad\w*|downgrad\w*|chang\w*|widen\w*|narrow\w*|plung\w*|tripl\w*|up|down|shift\w*|plummet\w*)\b[^.;]{0,60}\Z",
    re.IGNORECASE,
)  # fmt: skip
_RANGE = re.compile(r"\s?[–-]\s?(?=\d)|\s+(?:to|and|or)\s+(?=[\da-z$€£])", re.IGNORECASE)
_STATED_NONE = re.compile(
    r"no\s+(?P<what>(?:(?!one\b|longer\b|more\b|such\b)[a-z-]+\s+){0,2}?(?:casualties|fatalities|deaths|injuries|victims|survivors"
    r"|people|civilians|residents|passengers|patients|students|children|women|men|soldiers|troops|fighters|workers|volunteers|villagers|witnesses|suspects|members|prisoners|staff|officers|homes|houses|buildings|arrests|infections|hostages|protesters|journalists|firefighters|rescuers|refugees"
    r"|(?!(?:signs|plans|details|reasons|reports|comments|talks|doubts|words|efforts|attempts|conditions|immediate|circumstances|guarantees|changes|terms|means)\b)[a-z]+(?<![su])s(?=\s+(?:have|has|had|were|was)\s+(?:been\s+)?[a-z]+(?:ed|en|t|ne)\b)))\b",
)  # fmt: skip
_COMPOUND = re.compile(r"-([a-z]+)\b(?!-(?:old|olds))")
_DEAD = re.compile(r"[\s\u00a0]+dead\b(?![\s\u00a0]+[a-z]+s\b)")
_DEFINITE = re.compile(r"\bthe\s+\Z", re.IGNORECASE)
_TOLL_LEFT = re.compile(r"\btoll\b[^.;]{0,40}\Z", re.IGNORECASE)
_CHANGE_TO = re.compile(r"\b(?:from|to)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)
_NOUN_NEXT = re.compile(
    r"\s+(?!(?:had|have|has|were|was|are|is|did|do|said|say|in|on|at|four|two|three|a|the|last|this|earlier|before|after|by|for)\b)[a-z]{3,}"
)
_FROM_BEFORE = re.compile(r"\b(?:up|down)\s+from\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"[\s\u00a0]+(?:of\s+(?:them|whom|those|these)\b|(?:more|others?|further|additional)\b)", re.IGNORECASE
)
_STOP_MARK = re.compile(r"[.!?][”\"'’)]?\s|\n")
_FLIGHT = re.compile(r"\s+(?:to\s+|have\s+|had\s+)?(?:flee|fled|fleeing|leave|died|die|sought)\b", re.IGNORECASE)
_AND = re.compile(r"\band\s+(?:the\s+)?(?:other\s+)?\Z")
_PARTITIVE = re.compile(r"\s+(?:out\s+)?of\s+(?:[A-Za-z’'-]+\s+){0,4}")
_JOINED = re.compile(r"(?:\b(?:and|but|while|plus|against|versus|or|for|per)\b|,)\s+(?:[\w-]+\s+){0,2}\Z")
_HARMED = (
    r"(?:\w+ly\s+)?(?:killed|hurt|injured|wounded|missing|harmed|reported|found|arrested|detained|displaced|admitted|infected|rescued|charged|inside|aboard"
    r"|on\s+board|died|fallen|drowned|returned|survived|carrying|armed|lost)"
)
_NOBODY = re.compile(
    rf"(nobody|no[ -]one|none)(?:\s+of\s+(?:the\s+(?:\d+\s+|[a-z]+\s+)?)?(?P<who>[a-z]+s|people|children|men|women|them))?(?:\s+(?:on|in|aboard|at|from)\s+(?:the\s+)?\w+)?"
    rf"(?=\s+(?:was|were|has|have|had|is|are)\s+(?:been\s+)?{_HARMED}\b|\s+(?:died|survived|returned|drowned|lost|won|came|arrived|armed)\b)|(none)\s+(?:of\s+(?:the|them)|had|has|have|was|were|is|are)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\b(?:between|from)[\s\u00a0]+\Z", re.IGNORECASE)
_SIGN_AHEAD = re.compile(r"[$€£]\s?")
_HEDGE_ENDS = set(
    "least than of over above exceeding to many much most under below nearly almost nearing approaching some around about roughly approximately estimated approx. as circa few extra additional further another combined quite".split()
)


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
    columns = ["reason"] if excluded else [*Found._fields[2:-1]]
    rows = {"start": [f.start for f in found], "end": [f.end for f in found]}
    texts = {"text": [text[f.start : f.end] for f in found]}
    table = pd.DataFrame({**rows, **texts, **{column: [getattr(f, column) for f in found] for column in columns}})
    return table if found else table.astype({"start": "int64", "end": "int64"})


def _scan(text: str) -> list[Found]:
    """Give figures and what is none, in the order of the text, without overlap."""
    found: list[Found] = []
    at = 0
    for match in _TOKENS.finditer(text):
        start, word = match.start(), match.group().lower()
        if start < at or not (
            word[0].isdecimal() or word in _STARTS or (word in ("a", "an", "no") and _AFTER_A.match(text, start))
        ):
            continue
        item = _none(text, start, found) or ruled_out(text, start, at) or _number(text, start, at, found)
        if item is not None:
            found.append(item)
            at = item.end
    return [_settled(text, found, n) for n in range(len(found))]


def _none(text: str, start: int, found: list[Found]) -> Found | None:
    """Read a stated none."""
    if text[start] not in "nN":
        return None
    if stated := _STATED_NONE.match(text, start) or _STATED_NONE.match(text.lower(), start):
        return Found(
            start,
            start + 2,
            text[start : start + 2],
            unit=text[stated.start("what") : stated.end("what")],
            kind="count",
        )
    if nobody := _NOBODY.match(text, start):
        word = nobody[1] or nobody[3]
        unit = nobody["who"] or ("" if word.lower() != "none" else _before(found))
        return Found(start, start + len(word), word, kind="count", unit=unit if unit != "them" else _before(found))
    return None


def _number(text: str, start: int, floor: int, found: list[Found]) -> Found | None:
    """Read a number with its hedge, its range and what it counts; or say why it is no figure."""
    number = read_number(text, start)
    if number is None:
        return None
    if not math.isfinite(number.value):
        return Found(start, number.end, reason="other")
    left = text[max(floor, start - 70) : start]
    end, low, high = number.end, number.value, number.value if number.exact else math.inf
    if number.kind == "fraction" and (reason := no_fraction(text, start, end)):
        return Found(start, end, reason=reason)
    percent = PERCENT.match(text, end)
    second = _second(text, percent.end() if percent else end, number, left)
    if second:
        end, low, high = second
        percent = PERCENT.match(text, end)
    if none := ruled_out_after(text, start, end, left, number, bool(second)):
        return none
    sign = SIGN.search(left)
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
    around = text[max(0, start - 70) : start]
    unit, kind, carried = _counted(text, end, number, bool(percent), bool(sign), around, found)
    low, high, low_open, high_open, approx = (
        bounds(low, high, hedge) if number.exact or second else (low, high, False, False, False)
    )
    if number.kind == "vague" and number.exact and not hedge:
        approx = True
    if not number.exact and hedge and not second:
        low, high, low_open, high_open, approx = bounds(number.value, number.value, hedge)
        low, high = (low, math.inf) if high == low else (low, high)
    written = text[begin:end]
    return Found(hedged, end, written, low, high, low_open, high_open, approx, hedge, unit, kind, number.rule, carried)


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
    opened = RANGE_OPENED.search(left)
    if word == "and" and not (opened and opened[1].lower() == "between"):
        return None
    if word == "or" and not (other.value - low <= max(1, low * 0.34) and first.value < 100):
        return None
    if word == "to" and opened and _CHANGE.search(left[: opened.start()]):
        return None
    if first.kind == "vague":
        return (other.end, low, math.inf)
    return (other.end, low, other.value)


def _counted(
    text: str, end: int, number: Number, percent: bool, signed: bool, left: str, found: list[Found]
) -> tuple[str, str, bool]:
    """Say what a number counts, its kind, and whether the unit is carried over from the figure before."""
    if percent or number.kind == "fraction":
        unit = share_of(text, end)
        if unit == "" and number.kind == "fraction" and not percent:
            unit = counted_noun(text, end)
        carried = _before(found) if unit is None else "" if unit else _share_before(text, end, found)
        return unit or carried, "percent" if percent else "fraction", bool(carried)
    if signed:
        return "", "money", False
    if _MAGNITUDE_LEFT.search(left):
        return "magnitude", "dimension", False
    if _IN_MAGNITUDE.match(text, end):
        return "magnitude", "dimension", False
    if size := MEASURE.match(text, end):
        return size[1], "dimension", False
    kind = "vague" if number.kind == "vague" else "count"
    if (compound := _COMPOUND.match(text, end)) and compound[1] not in ("strong", "odd", "plus"):
        return compound[1], kind, False
    if _DEAD.match(text, end):
        return ("dead" if _DEFINITE.search(left) else ""), kind, False
    unit = counted_noun(text, end, one=number.value == 1)
    if unit.rpartition(" ")[2].lower() in _CURRENCY:
        return unit, "money", False
    carried = "" if unit else _carried(text, end, left, found)
    return unit or carried, kind, bool(carried)


def _before(found: list[Found]) -> str:
    """Give the unit of the nearest figure before that counts things."""
    return next((f.unit for f in reversed(found) if f.unit and f.kind in ("count", "vague") and not f.reason), "")


def _share_before(text: str, end: int, found: list[Found]) -> str:
    """Give what the share before is taken of, where one of the same sentence or the one before has a unit."""
    last = next((f for f in reversed(found) if not f.reason), None)
    if last is None or last.kind not in ("percent", "fraction") or not last.unit:
        return ""
    between = text[last.end : end]
    return last.unit if len(between) <= 120 and "\n" not in between and not _NOUN_NEXT.match(text, end) else ""


def _carried(text: str, end: int, left: str, found: list[Found]) -> str:
    """Carry the unit of the figure before over to a number whose noun is left out."""
    last = next((f for f in reversed(found) if not f.reason and f.kind in ("count", "vague")), None)
    if last is None or not last.unit or text[last.end : last.end + 1] == "-" or _TOLL_LEFT.search(left):
        return ""
    between = text[last.end : end]
    if "\n" in between or len(_STOP_MARK.findall(between)) > 1:
        return last.unit if _POINTS_BACK.match(text, end) else ""
    if len(between) > 160 or (_CHANGE_TO.search(left) and _CHANGE.search(left) and not _FROM_BEFORE.search(left)):
        return ""
    if _FLIGHT.match(text, end) and last.unit.rpartition(" ")[2].lower() not in PERSONS:
        return ""
    return last.unit


def _settled(text: str, found: list[Found], n: int) -> Found:
    """Keep “one” and a definite “the two” as figures only where another number stands beside them."""
    item = found[n]
    if (
        n + 1 < len(found)
        and (item.carried or not item.unit)
        and item.kind in ("count", "vague", "percent", "fraction")
        and not item.reason
    ):
        after = found[n + 1]
        if not after.reason and after.kind in ("count", "vague") and _PARTITIVE.fullmatch(text, item.end, after.start):
            return item._replace(unit=after.unit, carried=False)
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
                and len(gap) <= (35 if the_two else 70)
                and not _STOP_MARK.search(gap)
                and (_AND if the_two else _JOINED).search(gap)
            ):
                return item
    return item._replace(reason="pronoun")
