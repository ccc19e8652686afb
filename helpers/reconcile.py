"""Which pairs of figures may be compared, and what the comparison says."""

import itertools
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

__all__ = ["above", "interval", "reconcile", "unit_of"]

#: the verdicts on a pair, from the firmest to the emptiest
VERDICTS = [
    "agree", "conflict", "nested", "part exceeds whole", "compatible", "consistent if", "conflict if",
    "overlapping scope", "not stated", "not comparable",
]  # fmt: skip
#: what a vague word is taken for: the least its plural allows, or the count that ACLED's coders use
VAGUE_RULES: dict[str, dict[str, float]] = {
    "lower": {"tens": 20, "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000},
    "acled": {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "millions": 1_000_000},
}
#: where the next word would begin: "tens of thousands" denies a hundred thousand
_NEXT = {"tens": 100, "dozens": 100, "scores": 100, "hundreds": 1_000, "thousands": 10_000, "millions": math.inf}
_PERSONS = {"people", "civilians", "residents", "syrians", "displaced persons", "men", "fighters", "rescue workers",
            "workers", "members of the civil defense", "syrian refugees", "civilian casualties"}  # fmt: skip
#: an interval: low, high, and whether each end is excluded
Interval = tuple[float, float, bool, bool]
#: a coded figure
Row = Mapping[Any, Any]
#: what holds each place, or each population, the smallest first
Tree = Mapping[str, str]


def interval(figure: Row, tolerance: float = 0.1, vague: str = "lower", upper: str = "none") -> Interval:
    """Give the interval that a figure allows, once it is said how wide “around” and how much “dozens” is.

    An approximate figure may be off by the share `tolerance`; where it is nought, “nearly” has no lower end. `vague` is
    the rule for vague words, a key of VAGUE_RULES; they have no upper end ("none") or end where the `next` word begins.

    >>> row = {"text": "tens of thousands", "low": 20_000, "high": float("inf"), "approx": False}
    >>> interval(row | {"low_open": False, "high_open": False}, upper="next")
    (20000.0, 100000.0, False, True)
    """
    low, high, low_open, high_open = (figure[name] for name in ("low", "high", "low_open", "high_open"))
    *scale, word = str(figure["text"]).lower().split(" of ")
    if high == math.inf and word in _NEXT:
        times = math.prod({"tens": 10, "hundreds": 100}.get(part, 1) for part in scale)
        low = VAGUE_RULES[vague][word] * times
        if upper == "next":
            high, high_open = _NEXT[word] * times, True
    if figure["approx"] and low == -math.inf:
        low = round(high * (1 - tolerance), 6) if tolerance else low
    elif figure["approx"] and low == high:
        low, high = round(low * (1 - tolerance), 6), round(high * (1 + tolerance), 6)
    return float(low), float(high), bool(low_open), bool(high_open)


def above(name: str, within: Tree) -> list[str]:
    """List a place or a population and all that hold it, from the inside out.

    >>> above("Town", {"Town": "Land", "Land": ""})
    ['Town', 'Land']
    """
    chain = []
    while name:
        chain.append(name)
        name = within.get(name, "")
    return chain


def place_relation(a: str, b: str, within: Tree) -> str:
    """Say how two places, or two populations, names parted by "; ", lie to each other, as `_relation` does.

    >>> within = {"Town": "Land", "Village": "Land", "Land": ""}
    >>> place_relation("Town", "Land", within), place_relation("Town; Village", "Village", within)
    ('inside', 'holds')
    """
    first, second = ({name for name in side.split("; ") if name} for side in (a, b))
    if not first or not second:
        return "unknown"
    a_in_b = [bool(second & set(above(name, within))) for name in first]
    b_in_a = [bool(first & set(above(name, within))) for name in second]
    return _relation(all(a_in_b), all(b_in_a), any(a_in_b + b_in_a))


def period_relation(a: tuple[str, str], b: tuple[str, str]) -> str:
    """Say how two periods, each its first and last day as ISO dates, lie to each other, as `_relation` does.

    >>> period_relation(("2020-01-16", "2020-01-28"), ("2020-01-01", "2020-01-31"))
    'inside'
    """
    if not all((*a, *b)):
        return "unknown"
    return _relation(b[0] <= a[0] and a[1] <= b[1], a[0] <= b[0] and b[1] <= a[1], a[0] <= b[1] and b[0] <= a[1])


def _relation(inside: bool, holds: bool, meet: bool) -> str:
    """Name how a lies to b: equal, inside, holds, overlap or apart; what is not stated is unknown."""
    nested = {(True, True): "equal", (True, False): "inside", (False, True): "holds"}
    return nested.get((inside, holds), "overlap" if meet else "apart")


def reconcile(
    figures: pd.DataFrame,
    places: Tree,
    tolerance: float = 0.1,
    vague: str = "lower",
    upper: str = "none",
    populations: Tree | None = None,
) -> pd.DataFrame:
    """Judge each pair of coded figures of one measure and one kind of unit; those that repeat another are left out.

    `tolerance, vague, upper` are those of `interval`; people who fled are one population, whatever they are called.
    Gives `a, b` (ids, in the order of the table), `measure, unit, verdict, reason`, a row a pair; the reason of a
    "consistent if" or "conflict if" is the assumption that it takes.

    >>> from helpers import coding, corpus
    >>> fire = corpus.load_corpus("notebooks/harbour_fire")
    >>> found = reconcile(coding.load_coding(fire, "figures"), coding.load_places(fire))
    >>> found[found.verdict == "conflict"].values.tolist()
    [['quayside-f3', 'wire-f2', 'killed', 'people', 'conflict', 'equal scope, and no number satisfies both']]
    """
    counted = (figures.repeats == "") & ~figures.unit.isin(["percent", "fraction"]) & (figures.measure != "other")
    rows = []
    for a, b in itertools.combinations(figures[counted].to_dict("records"), 2):
        if a["measure"] == b["measure"] and unit_of(a["unit"]) == unit_of(b["unit"]):
            ends = [interval(row, tolerance, vague, upper) for row in (a, b)]
            verdict, reason = _judge(a, b, ends, places, populations or {})
            rows.append((a["id"], b["id"], a["measure"], unit_of(a["unit"]), verdict, reason))
    return pd.DataFrame(rows, columns=["a", "b", "measure", "unit", "verdict", "reason"])


def unit_of(unit: str) -> str:
    """Give what is counted, persons of every kind as people: whose they are is the population.

    >>> unit_of("Civilians")
    'people'
    """
    return "people" if unit.lower() in _PERSONS else unit.lower()


def _judge(a: Row, b: Row, ends: list[Interval], places: Tree, populations: Tree) -> tuple[str, str]:
    """Give the verdict on a pair and its reason in words."""
    one = a["measure"] == "displaced" or a["population"] == b["population"]
    who = "equal" if one else place_relation(a["population"], b["population"], populations)
    where = place_relation(a["place"], b["place"], places)
    when = period_relation((a["period_start"], a["period_end"]), (b["period_start"], b["period_end"]))
    stock = a["flow_or_stock"] == "stock"
    if who == "apart":
        return "not comparable", f"other people: {a['population']} against {b['population']}"
    if a["flow_or_stock"] != b["flow_or_stock"]:
        return "not comparable", "flow against stock"
    if where == "apart":
        return "not comparable", f"other place: {a['place']} against {b['place']}"
    if when == "apart" or (stock and when not in ("equal", "unknown")):
        return "not comparable", "other day" if stock else "other period"
    relations = {"population": who, "place": where, "period": when}
    unknown = [name for name, relation in relations.items() if relation == "unknown"]
    if len(unknown) > 1:
        return "not stated", " and ".join(unknown)
    if "overlap" in relations.values() or {"inside", "holds"} <= set(relations.values()):
        told = ", ".join(f"{name} {relation}" for name, relation in relations.items())
        return "overlapping scope", f"{told}: neither count is part of the other"
    verdict, reason = _compare(relations, ends, _rounded(a, b))
    if not unknown:
        return verdict, reason
    sound = verdict not in ("conflict", "part exceeds whole")
    return "consistent if" if sound else "conflict if", f"the {unknown[0]} that one does not state is the other's"


def _compare(relations: Tree, ends: list[Interval], rounded: bool) -> tuple[str, str]:
    """Compare two intervals whose scopes are equal or nested; a scope that is not stated is taken for the other's."""
    first, second = ends
    nested = [name for name, relation in relations.items() if relation in ("inside", "holds")]
    if not nested:
        if rounded:
            return "agree", "equal scope; the same number, written to different precision"
        if not _overlap(first, second):
            return "conflict", "equal scope, and no number satisfies both"
        if any(math.isinf(end) for end in (*first[:2], *second[:2])):
            return "compatible", "equal scope; they meet only through an open end"
        return "agree", "equal scope, both bounded, and they meet"
    part, whole = (first, second) if "inside" in relations.values() else (second, first)
    where = " and ".join(nested)
    if not _overlap((part[0], math.inf, part[2], False), (-math.inf, whole[1], False, whole[3])):
        least, most = "more than" if part[2] else "at least", "less than" if whole[3] else "at most"
        sizes = f"is {least} {part[0]:,.0f}, the whole {most} {whole[1]:,.0f}"
        return "part exceeds whole", f"the part, by {where}, {sizes}"
    return "nested", f"part and whole by {where}; the part is not larger than the whole can be"


def _rounded(a: Row, b: Row) -> bool:
    """Say whether one of two exact numbers is the other written more coarsely: 29 and 28.9, 12,000 and 12,341."""
    if any(row["low"] != row["high"] for row in (a, b)):
        return False
    steps = [_step(row["low"]) for row in (a, b)]
    return steps[0] != steps[1] and abs(a["low"] - b["low"]) <= max(steps) / 2


def _step(value: float) -> float:
    """Give the last decimal place a number is written to; whole thousands count as rounded to thousands."""
    decimals = len(f"{value:.10f}".rstrip("0").partition(".")[2])
    if decimals or not value:
        return 10.0**-decimals
    return next((step for step in (1e6, 1e3) if value % step == 0), 1.0)


def _overlap(a: Interval, b: Interval) -> bool:
    """Say whether two intervals share a number."""
    low, high = max(a[0], b[0]), min(a[1], b[1])
    if low != high:
        return low < high
    return not any((side[0] == low and side[2]) or (side[1] == high and side[3]) for side in (a, b))
