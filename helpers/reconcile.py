"""Which figures may be compared, and what the comparison says."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

__all__ = [
    "VERDICTS", "interval", "parts_and_wholes", "people_a_day", "period_relation", "place_relation", "reconcile",
    "shared_factors", "sources_once",
]  # fmt: skip

#: the verdicts on a pair, from the firmest to the emptiest
VERDICTS = ["agree", "conflict", "nested", "part exceeds whole", "compatible", "overlapping scope", "not comparable"]
#: what a vague word is taken for: the least its plural allows, or the count that ACLED's coders use
VAGUE_RULES: dict[str, dict[str, float]] = {
    "lower": {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000},
    "acled": {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "millions": 1_000_000},
}
_PERSONS = {"people", "civilians", "residents", "syrians", "displaced persons", "men", "fighters", "rescue workers",
            "members of the civil defense", "syrian refugees", "civilian casualties"}  # fmt: skip
_COLUMNS = ["a", "b", "measure", "unit", "verdict", "reason"]


def interval(
    figure: Mapping[str, Any], tolerance: float = 0.1, vague: str = "lower"
) -> tuple[float, float, bool, bool]:
    """Give the interval that a figure allows, once it is said how wide “around” and how much “dozens” is.

    Parameters
    ----------
    figure : a row with `text, low, high, low_open, high_open, approx`
    tolerance : share by which an approximate figure may be off
    vague : the rule for vague words, a key of VAGUE_RULES

    Returns
    -------
    low, high, low_open, high_open; “nearly” has no lower end where the tolerance is nought

    >>> row = {"text": "around 400", "low": 400, "high": 400, "low_open": False, "high_open": False, "approx": True}
    >>> interval(row, tolerance=0.1)
    (360.0, 440.0, False, False)
    """
    low, high, low_open, high_open = (figure[name] for name in ("low", "high", "low_open", "high_open"))
    words = str(figure["text"]).lower().split(" of ")
    if high == math.inf and words[-1] in VAGUE_RULES[vague]:
        low = VAGUE_RULES[vague][words[-1]] * math.prod(
            {"tens": 10, "hundreds": 100}.get(word, 1) for word in words[:-1]
        )
    if figure["approx"] and low == -math.inf:
        low = round(high * (1 - tolerance), 6) if tolerance else low
    elif figure["approx"] and low == high:
        low, high = round(low * (1 - tolerance), 6), round(high * (1 + tolerance), 6)
    return low, high, bool(low_open), bool(high_open)


def place_relation(a: str, b: str, within: Mapping[str, str]) -> str:
    """Say how two places lie to each other.

    Parameters
    ----------
    a, b : names, several parted by "; "; empty where the article names none
    within : the smallest place that holds each place

    Returns
    -------
    equal, inside (a in b), holds (b in a), overlap, apart (neither holds the other), or unknown

    >>> within = {"Town": "Land", "Village": "Land", "Land": ""}
    >>> place_relation("Town", "Land", within), place_relation("Town; Village", "Village", within)
    ('inside', 'holds')
    """
    first, second = ({place for place in side.split("; ") if place} for side in (a, b))
    if not first or not second:
        return "unknown"
    chains = {place: _chain(place, within) for place in first | second}
    a_in_b = [bool(chains[place] & second) for place in first]
    b_in_a = [bool(chains[place] & first) for place in second]
    if all(a_in_b) and all(b_in_a):
        return "equal"
    if all(a_in_b):
        return "inside"
    if all(b_in_a):
        return "holds"
    return "overlap" if any(a_in_b) or any(b_in_a) else "apart"


def _chain(place: str, within: Mapping[str, str]) -> set[str]:
    """Give a place and all that hold it."""
    chain = set()
    while place:
        chain.add(place)
        place = within.get(place, "")
    return chain


def period_relation(a: tuple[str, str], b: tuple[str, str]) -> str:
    """Say how two periods lie to each other.

    Parameters
    ----------
    a, b : first and last day as ISO dates, empty where it is not known

    Returns
    -------
    equal, inside (a in b), holds (b in a), overlap, apart, or unknown

    >>> period_relation(("2020-01-16", "2020-01-28"), ("2020-01-01", "2020-01-31"))
    'inside'
    """
    if not all((*a, *b)):
        return "unknown"
    if a == b:
        return "equal"
    if a[1] < b[0] or b[1] < a[0]:
        return "apart"
    if b[0] <= a[0] and a[1] <= b[1]:
        return "inside"
    if a[0] <= b[0] and b[1] <= a[1]:
        return "holds"
    return "overlap"


def reconcile(
    figures: pd.DataFrame, places: Mapping[str, str], tolerance: float = 0.1, vague: str = "lower"
) -> pd.DataFrame:
    """Judge each pair of figures of one measure and one kind of unit; figures that repeat another are left out.

    Parameters
    ----------
    figures : coded figures
    places : the smallest place that holds each place
    tolerance : share by which an approximate figure may be off
    vague : the rule for vague words, a key of VAGUE_RULES

    Returns
    -------
    DataFrame with `a, b` (ids, in the order of the table), `measure, unit, verdict, reason`, a row a pair

    >>> base = {"text": "12", "low": 12.0, "high": 12.0, "low_open": False, "high_open": False, "approx": False,
    ...         "unit": "people", "measure": "killed", "population": "people", "flow_or_stock": "flow", "place": "Town",
    ...         "period_start": "2020-01-30", "period_end": "2020-01-30", "repeats": ""}
    >>> two = pd.DataFrame([{**base, "id": "a"}, {**base, "id": "b", "text": "15", "low": 15.0, "high": 15.0}])
    >>> reconcile(two, {"Town": ""})[["a", "b", "verdict"]].values.tolist()
    [['a', 'b', 'conflict']]
    """
    kept = [
        row for row in figures.to_dict("records") if not row["repeats"] and row["unit"] not in ("percent", "fraction")
    ]
    rows = []
    for a, b in itertools.combinations(kept, 2):
        if a["measure"] != b["measure"] or a["measure"] == "other" or _unit(a) != _unit(b):
            continue
        verdict, reason = _judge(a, b, places, tolerance, vague)
        rows.append((a["id"], b["id"], a["measure"], _unit(a), verdict, reason))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _unit(figure: Mapping[str, Any]) -> str:
    """Give what is counted, persons of every kind as people: whose they are is the population."""
    unit = str(figure["unit"]).lower()
    return "people" if unit in _PERSONS else unit


def _judge(
    a: Mapping[str, Any], b: Mapping[str, Any], places: Mapping[str, str], tolerance: float, vague: str
) -> tuple[str, str]:
    """Give the verdict on a pair and its reason in words."""
    if a["population"] != b["population"]:
        return (
            "not comparable",
            f"other people: {a['population'] or 'not said'} against {b['population'] or 'not said'}",
        )
    if a["flow_or_stock"] != b["flow_or_stock"]:
        return "not comparable", "flow against stock"
    place = place_relation(a["place"], b["place"], places)
    period = period_relation((a["period_start"], a["period_end"]), (b["period_start"], b["period_end"]))
    if place == "unknown":
        return "not comparable", "place unknown"
    if place == "apart":
        return "not comparable", f"other place: {a['place']} against {b['place']}"
    if period == "unknown":
        return "not comparable", "period unknown"
    if period == "apart":
        return "not comparable", "other period"
    if a["flow_or_stock"] == "stock" and period != "equal":
        return "not comparable", "other day"
    if "overlap" in (place, period) or {place, period} == {"inside", "holds"}:
        return "overlapping scope", f"place {place}, period {period}: neither count is part of the other"
    first, second = interval(a, tolerance, vague), interval(b, tolerance, vague)
    if place == period == "equal":
        return _compare(first, second)
    part, whole = (first, second) if "inside" in (place, period) else (second, first)
    where = " and ".join(name for name, relation in (("place", place), ("period", period)) if relation != "equal")
    if part[0] > whole[1]:
        return (
            "part exceeds whole",
            f"the part, by {where}, is at least {part[0]:,.0f}, the whole at most {whole[1]:,.0f}",
        )
    return "nested", f"part and whole by {where}; the part is not larger than the whole can be"


def _compare(a: tuple[float, float, bool, bool], b: tuple[float, float, bool, bool]) -> tuple[str, str]:
    """Compare two intervals of equal scope."""
    if not _overlap(a, b):
        return "conflict", "equal scope, and no number satisfies both"
    if any(math.isinf(end) for end in (*a[:2], *b[:2])):
        return "compatible", "equal scope; they meet only through an open end"
    return "agree", "equal scope, both bounded, and they meet"


def _overlap(a: tuple[float, float, bool, bool], b: tuple[float, float, bool, bool]) -> bool:
    """Say whether two intervals share a number."""
    low, high = max(a[0], b[0]), min(a[1], b[1])
    if low != high:
        return low < high
    return not any((side[0] == low and side[2]) or (side[1] == high and side[3]) for side in (a, b))


def sources_once(figures: pd.DataFrame) -> pd.DataFrame:
    """Count figures by who is credited, so that one source quoted twice is one source.

    Parameters
    ----------
    figures : coded figures

    Returns
    -------
    DataFrame indexed by source with `figures`, `articles` and `measures`; repeats are left out, and `own` (no source
    named) stands once for each article, as own (000)

    >>> rows = [("000", "UN", "killed", ""), ("001", "UN", "killed", ""), ("001", "own", "wounded", "")]
    >>> sources_once(pd.DataFrame(rows, columns=["doc", "source", "measure", "repeats"])).index.tolist()
    ['UN', 'own (001)']
    """
    kept = figures[figures.repeats == ""]
    named = kept.source.where(kept.source != "own", "own (" + kept.doc + ")")
    return kept.groupby(named).agg(
        figures=("doc", "size"), articles=("doc", _listed), measures=("measure", _listed)
    )  # fmt: skip


def _listed(values: Iterable[str]) -> str:
    """List different values in order."""
    return ", ".join(sorted(set(values)))


def people_a_day(figures: pd.DataFrame) -> pd.DataFrame:
    """Divide each dated flow by the days of its window, so that windows of different length can be looked at together.

    Parameters
    ----------
    figures : coded figures

    Returns
    -------
    DataFrame with `id, days` (both ends counted), `low, high` a day and `mean`, the same in words; undated rows and
    stocks are left out

    >>> row = {"id": "x", "low": 120.0, "high": float("inf"), "low_open": True, "high_open": False, "approx": False,
    ...        "flow_or_stock": "flow", "period_start": "2020-01-01", "period_end": "2020-01-12"}
    >>> people_a_day(pd.DataFrame([row])).values.tolist()
    [['x', 12, 10.0, inf, '> 10']]
    """
    dated = figures[(figures.flow_or_stock == "flow") & (figures.period_start != "") & (figures.period_end != "")]
    days = (pd.to_datetime(dated.period_end) - pd.to_datetime(dated.period_start)).dt.days + 1
    means = [_mean(row, window) for row, window in zip(dated.to_dict("records"), days, strict=True)]
    low, high = dated.low / days, dated.high / days
    return pd.DataFrame({"id": dated.id, "days": days, "low": low, "high": high, "mean": means})


def _mean(figure: Mapping[Any, Any], days: int) -> str:
    """Write a mean a day with the sign of what its figure leaves open."""
    if figure["high"] == math.inf:
        return f"{'>' if figure['low_open'] else '≥'} {figure['low'] / days:,.0f}"
    if figure["low"] == -math.inf:
        return f"{'<' if figure['high_open'] else '≤'} {figure['high'] / days:,.0f}"
    return f"{'about ' if figure['approx'] else ''}{figure['high'] / days:,.0f}"


def parts_and_wholes(figures: pd.DataFrame) -> pd.DataFrame:
    """Add up the figures that an article makes parts of another, beside that other.

    Parameters
    ----------
    figures : coded figures; `of` is the id of the whole

    Returns
    -------
    DataFrame with `whole, parts` (ids), `parts_low, parts_high, whole_low, whole_high` (an open end is ±inf) and
    `same_period`; shares (percent, fraction) are left out

    >>> rows = [("t", 30.0, 30.0, "", "", "", "x"), ("p", 10.0, 10.0, "t", "", "", "x"), ("q", 15.0, 15.0, "t", "", "", "x")]
    >>> columns = ["id", "low", "high", "of", "period_start", "period_end", "unit"]
    >>> parts_and_wholes(pd.DataFrame(rows, columns=columns))[["parts_high", "whole_low"]].values.tolist()
    [[25.0, 30.0]]
    """
    rows = []
    by_id = figures.set_index("id")
    for whole, parts in figures[(figures.of != "") & ~figures.unit.isin(["percent", "fraction"])].groupby("of"):
        it = by_id.loc[whole]
        same = ((parts.period_start == it.period_start) & (parts.period_end == it.period_end)).all()
        sums = {
            "parts_low": parts.low.sum(),
            "parts_high": parts.high.sum(),
            "whole_low": it.low,
            "whole_high": it.high,
        }
        rows.append(
            {"whole": whole, "parts": ", ".join(parts.id), **sums, "same_period": bool(same and it.period_start)}
        )
    return pd.DataFrame(rows)


def shared_factors(fewer: float, more: float, decimals: int = 2) -> list[float]:
    """List the short factors that turn one count into the other exactly, rounded or cut off to a whole number.

    Parameters
    ----------
    fewer, more : two counts of the same thing, as families and people
    decimals : of the factor

    Returns
    -------
    factors with at most so many decimals; by chance one is found about once in `fewer` / 10**`decimals` times

    >>> shared_factors(18_406, 106_754)
    [5.8]
    >>> shared_factors(1_000, 2_345)
    []
    """
    step = 10**decimals
    near = math.floor(more / fewer * step)
    hits = [
        near + n
        for n in (-1, 0, 1, 2)
        if math.floor(fewer * (near + n) / step) == more or round(fewer * (near + n) / step) == more
    ]
    return [hit / step for hit in hits]
