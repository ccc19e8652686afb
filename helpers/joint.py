"""Can all figures be true together? Each bounds a sum over a flow nobody observed; a linear program decides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from helpers.reconcile import Row, Tree, above, interval, unit_of

__all__ = [
    "System", "bounds", "conflicts", "distinct", "envelope", "feasible", "flow", "information", "needed", "peak",
    "smallest", "system",
]  # fmt: skip


@dataclass(frozen=True)
class System:
    """Rows `low <= sum over may` and `sum over must <= high` on an unknown flow x[cell] >= 0, a row a figure."""

    ids: tuple[str, ...]
    low: np.ndarray  # of each row, -inf where it is open
    high: np.ndarray
    must: np.ndarray  # figures × cells, those that it certainly counts, a part of those that it may count
    may: np.ndarray
    names: tuple[list[str], list[str], list[str]]  # groups, places, days (ISO): a cell is one of each, days run fastest

    def keep(self, ids: Iterable[str]) -> System:
        """Give the system of some of the figures."""
        wanted = set(ids)
        at = [n for n, name in enumerate(self.ids) if name in wanted]
        parts = {name: getattr(self, name)[at] for name in ("low", "high", "must", "may")}
        return replace(self, ids=tuple(self.ids[n] for n in at), **parts)

    def drop(self, *ids: str) -> System:
        """Give the system without some of the figures."""
        return self.keep(set(self.ids).difference(ids))

    def mark(self, places: Iterable[str], first: str, last: str) -> np.ndarray:
        """Mark the cells of some places and days, whoever fled: how a quantity of interest is named."""
        return _box(self.names, self.names[0], places, first, last)


def _box(names: Sequence[list[str]], groups: Iterable[str], places: Iterable[str], first: str, last: str) -> np.ndarray:
    """Mark the cells of some groups, places and days."""
    who, where = (np.isin(held, list(wanted)) for held, wanted in zip(names, (groups, places), strict=False))
    when = np.array([first <= day <= last for day in names[2]])
    return (who[:, None, None] & where[:, None] & when).ravel()


def system(
    figures: pd.DataFrame,
    places: Tree,
    first: str,
    last: str,
    populations: Tree | None = None,
    repeat: float = 0.0,
    **rules: Any,
) -> System:
    """Turn coded figures of one measure and one unit, else a ValueError, into rows, except those that bound nothing.

    A stock says that so many have left since `since`, and has no upper end. A cell stands for what no listed part of
    its place holds; a population that is not listed is one of its own among the people. Of a figure that may count days
    before `first` only the upper end stays. `repeat` is the share by which the moves may exceed the people. The `rules`
    are those of `reconcile.interval`; counts are whole: "more than N" is at least N + 1.

    >>> from helpers import coding, corpus
    >>> fire = corpus.load_corpus("notebooks/harbour_fire")
    >>> left = coding.load_coding(fire, "figures").query("measure == 'displaced'")
    >>> found = system(left, coding.load_places(fire), "2025-03-04", "2025-03-04")
    >>> [sorted(conflict) for conflict in conflicts(found)[0]]
    [['courier-f3', 'quayside-f2', 'wire-f5']]
    """
    kinds = figures[["measure"]].assign(unit=figures.unit.map(unit_of))
    if len(kinds.drop_duplicates()) > 1:
        told = "; ".join(sorted(set(kinds.measure + " " + kinds.unit)))
        raise ValueError(f"figures of {told}: one system holds one measure and one unit; pick one")
    unlisted = {name: "people" for name in figures.population if name}  # a population of its own, part of all people
    trees = unlisted | {"people": ""} | dict(populations or {}), places
    names = list(trees[0]), list(places), list(pd.date_range(first, last).strftime("%Y-%m-%d"))
    rows = []
    for row in figures[figures.repeats == ""].to_dict("records"):
        low, high = _ends(row, first, rules)
        must, may = _counted(row, names, *trees)
        if low > 0 or (high < math.inf and must.any()):
            rows.append((row["id"], low, high * (1 + repeat), must, may))
    ids, lows, highs, musts, mays = zip(*rows, strict=True) if rows else [()] * 5
    wide = (len(ids), math.prod(map(len, names)))
    must, may = (np.array(side, bool).reshape(wide) for side in (musts, mays))
    return System(ids, np.array(lows, float), np.array(highs, float), must, may, names)


def _ends(row: Row, first: str, rules: Mapping[str, Any]) -> tuple[float, float]:
    """Give the least and the most that a figure lets its cells hold."""
    low, high, low_open, high_open = interval(row, **rules)
    low, high = low + (low_open and low > -math.inf), high - (high_open and high < math.inf)
    if row["flow_or_stock"] == "stock":
        return (low if row["since"] else -math.inf), math.inf
    return (-math.inf if "" < row["period_start"] < first else low), high


def _counted(row: Row, names: Sequence[list[str]], populations: Tree, places: Tree) -> tuple[np.ndarray, np.ndarray]:
    """Mark the cells that a figure certainly counts, and those that it may count."""
    start, end = row["since"] or row["period_start"] or "0", row["period_end"] or "9"
    who = _held(row["population"], populations) or set(populations)
    sure = _held(row["place"], places)
    maybe = sure | _held(row["place_maybe"], places) or set(places)
    may = _box(names, who, maybe, start, end)
    if not row["sure_start"] or row["population"] not in populations:
        return np.zeros_like(may), may
    return _box(names, who, sure, row["sure_start"], row["sure_end"]), may


def _held(names: str, within: Tree) -> set[str]:
    """Give some names and all that lie in them."""
    wanted = {name for name in names.split("; ") if name}
    return {name for name in within if wanted & set(above(name, within))}


def _solve(s: System, aim: np.ndarray | None = None, give: tuple[np.ndarray, np.ndarray] | None = None) -> Any:
    """Minimise the sum over `aim`, or one more variable t that widens the ends: high by give[0] t, low by give[1] t."""
    aim = np.zeros(s.may.shape[1]) if aim is None else aim.astype(float)
    at = distinct(np.vstack([s.must, s.may, aim[None] > 0, aim[None] < 0]))
    up, lo = np.isfinite(s.high), s.low > 0
    rows = np.vstack([s.must[up][:, at] * 1.0, s.may[lo][:, at] * -1.0])
    ends, cost = np.concatenate([s.high[up], -s.low[lo]]), aim[at]
    if give is not None:
        column = np.concatenate([give[0][up], give[1][lo]])
        rows, cost = np.hstack([rows, -column[:, None]]), np.append(cost, 1.0)
    found = linprog(cost, A_ub=rows, b_ub=ends, method="highs")
    if found.status not in (0, 2, 3, 4):  # 4: HiGHS found it infeasible or unbounded and does not say which
        raise RuntimeError(f"the linear program ended with status {found.status}: {found.message}")
    found.cells = at
    return found


def distinct(signs: np.ndarray) -> np.ndarray:
    """Give one of all cells (columns) that no row of signs tells apart.

    >>> distinct(np.array([[True, True, False]])).tolist()
    [2, 0]
    """
    packed = np.packbits(signs, axis=0).T.copy()
    return np.unique(packed.view(f"V{packed.shape[1]}").ravel(), return_index=True)[1]


def flow(s: System) -> np.ndarray | None:
    """Give one flow that satisfies every row, a number a cell, or None where there is none."""
    found, held = _solve(s), np.zeros(s.may.shape[1])
    if found.status != 0:
        return None
    held[found.cells] = found.x
    return held


def feasible(s: System) -> bool:
    """Say whether one flow satisfies every row.

    >>> feasible(System((), np.empty(0), np.empty(0), np.empty((0, 1), bool), np.empty((0, 1), bool), ([], [], [])))
    True
    """
    return not s.ids or _solve(s).status == 0


def bounds(s: System, target: np.ndarray) -> tuple[float, float]:
    """Give the least and the most that all rows together allow for a sum of cells, which `System.mark` names.

    The most is inf where nothing bounds it, both are nan where the rows cannot all hold.
    """
    if not target.any():
        raise ValueError("the quantity has no cell; name places of the tree and days that are looked at")
    least, most = _solve(s, target), _solve(s, -target.astype(float))
    if least.status != 0:
        return math.nan, math.nan
    return round(float(least.fun), 6) + 0.0, round(-float(most.fun), 6) if most.status == 0 else math.inf


def conflicts(s: System) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """List every smallest set of figures that cannot all hold, and every smallest set without which the rest can.

    Both are empty where all can hold. One conflict is found by taking out what is not needed for it (Chinneck's
    deletion filter), all of them by Reiter's tree of what must be hit, breadth first.
    """
    found: list[frozenset[str]] = []
    cures: list[frozenset[str]] = []
    todo: list[frozenset[str]] = [frozenset()]
    for out in todo:  # grows while it is read
        if any(cure <= out for cure in cures):
            continue
        core = next((core for core in found if not core & out), None)
        if core is None:
            rest = s.drop(*out)
            if feasible(rest):
                cures.append(out)
                continue
            core = smallest(rest)
            found.append(core)
        todo += [more for name in sorted(core) if (more := out | {name}) not in todo]
    return found, [cure for cure in cures if cure]


def smallest(s: System) -> frozenset[str]:
    """Give one smallest set of figures that cannot all hold, of a system in which not all do."""
    kept = s
    for name in s.ids:
        rest = kept.drop(name)
        kept = kept if feasible(rest) else rest
    return frozenset(kept.ids)


def needed(s: System, what: str = "stretch") -> float:
    """Give the least share t by which ends must give way for all rows to hold; inf where nothing helps.

    `what` is "stretch", low (1 - t) and high (1 + t), or "repeat", high (1 + t): people moved more than once.
    """
    if what not in ("stretch", "repeat"):
        raise ValueError(f"what is {what!r}; use stretch or repeat")
    high, low = np.where(np.isfinite(s.high), s.high, 0), np.where(s.low > 0, s.low, 0)
    found = _solve(s, give=(high, low * (what == "stretch")))
    return round(float(found.fun), 9) if found.status == 0 else math.inf


def peak(s: System, places: Iterable[str], first: str, last: str) -> float:
    """Give what the busiest day saw at least, however evenly people left; nan where not all rows can hold."""
    days = pd.date_range(first, last).strftime("%Y-%m-%d")
    marks = np.array([s.mark(places, day, day) for day in days])
    nought, must, may = np.zeros(len(days)), np.vstack([s.must, marks]), np.vstack([s.may, marks])
    more = System((*s.ids, *days), np.append(s.low, nought), np.append(s.high, nought), must, may, s.names)
    found = _solve(more, give=(np.append(np.zeros(len(s.ids)), nought + 1), np.zeros(len(more.ids))))
    return round(float(found.fun), 6) if found.status == 0 else math.nan


def envelope(s: System, places: Iterable[str], first: str, last: str) -> pd.DataFrame:
    """Give for each day the least and the most that can have left since `first`: DataFrame by day with `low, high`."""
    days, where = pd.date_range(first, last), list(places)
    ends = [bounds(s, s.mark(where, first, str(day.date()))) for day in days]
    return pd.DataFrame(ends, index=days, columns=["low", "high"])


def information(s: System, target: np.ndarray) -> pd.DataFrame:
    """Say for each figure how much wider a quantity would be without it, and whether the others already say it.

    Gives `low, high` of the quantity without the figure and `implied` by id; figures that back one another each look as
    if they added nothing.
    """
    rows = {}
    for n, name in enumerate(s.ids):
        rest = s.drop(name)
        least, most = bounds(rest, s.may[n])[0], bounds(rest, s.must[n])[1] if s.must[n].any() else -math.inf
        rows[name] = (*bounds(rest, target), bool(least >= s.low[n] - 0.5 and most <= s.high[n] + 0.5))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["low", "high", "implied"])
