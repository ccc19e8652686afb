"""Sums inside one article: people a day, parts and totals, people a family; and sources counted once."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

__all__ = ["differing", "parts_and_wholes", "people_a_day", "sources_once"]


def sources_once(figures: pd.DataFrame) -> pd.DataFrame:
    """Count coded figures by who is credited, so that one source quoted twice is one source.

    Gives `figures`, `articles` and `measures` by source; repeats are left out, and `own` (no source named) stands once
    for each article, as own (000).

    >>> rows = [("000", "UN", "killed", ""), ("001", "UN", "killed", ""), ("001", "own", "wounded", "")]
    >>> sources_once(pd.DataFrame(rows, columns=["doc", "source", "measure", "repeats"])).index.tolist()
    ['UN', 'own (001)']
    """
    kept = figures[figures.repeats == ""]
    named = kept.source.where(kept.source != "own", "own (" + kept.doc + ")")
    told = {"figures": ("doc", "size"), "articles": ("doc", _listed), "measures": ("measure", _listed)}
    return kept.groupby(named).agg(**told)


def differing(figures: pd.DataFrame, within: float = 0.25) -> pd.DataFrame:
    """List numbers of one unit that lie near one another in different articles and are not the same.

    `figures` have `doc, unit, text, low, high`; two neighbours are at most `within` apart, as a share of the smaller.
    Gives `unit`, `numbers` (each with the articles that give it) and `articles` (how many), the most first.

    >>> rows = [("a", "pounds", "£800m", 8e8), ("b", "pounds", "£790m", 7.9e8), ("c", "pounds", "£800m", 8e8)]
    >>> found = pd.DataFrame(rows, columns=["doc", "unit", "text", "low"])
    >>> differing(found.assign(high=found.low)).numbers.tolist()
    ['£790m (b), £800m (a, c)']
    """
    rows = []
    exact = figures[(figures.low == figures.high) & (figures.low > 0) & (figures.unit != "")]
    for unit, group in exact.groupby(exact.unit.str.lower(), sort=True):
        group = group.sort_values(["low", "doc"], kind="stable")
        near = group.low.div(group.low.shift()).sub(1).gt(within).cumsum()
        for _, values in group.groupby(near.to_numpy()):
            given = values.groupby("low").agg(text=("text", "first"), docs=("doc", _listed))
            if given.docs.nunique() > 1:
                told = ", ".join(f"{row.text} ({row.docs})" for row in given.itertuples())
                rows.append((unit, told, values.doc.nunique()))
    found = pd.DataFrame(rows, columns=["unit", "numbers", "articles"])
    return found.sort_values("articles", ascending=False, kind="stable", ignore_index=True)


def _listed(values: Iterable[str]) -> str:
    """List different values in order."""
    return ", ".join(sorted(set(values)))


def people_a_day(figures: pd.DataFrame) -> pd.DataFrame:
    """Divide each flow by the days of its window, so that windows of different length can be looked at together.

    Gives `id, days` (as the article states them, else from the first to the last of the period), `low, high` a day and
    `mean`, the same in words; coded figures without a length and stocks are left out.

    >>> row = {"id": "x", "low": 120.0, "high": float("inf"), "low_open": True, "high_open": False, "approx": False,
    ...        "flow_or_stock": "flow", "period_start": "2020-01-01", "period_end": "2020-01-14", "days": "12"}
    >>> people_a_day(pd.DataFrame([row])).values.tolist()
    [['x', 12, 10.0, inf, 'more than 10']]
    """
    long = (figures.days != "") | ((figures.period_start != "") & (figures.period_end != ""))
    dated = figures[(figures.flow_or_stock == "flow") & long]
    window = (pd.to_datetime(dated.period_end) - pd.to_datetime(dated.period_start)).dt.days + 1
    days = pd.to_numeric(dated.days).fillna(window).astype(int)
    table = dated.assign(days=days, low=dated.low / days, high=dated.high / days)
    return table.assign(mean=[_mean(row) for row in table.to_dict("records")])[["id", "days", "low", "high", "mean"]]


def _mean(figure: Mapping[Any, Any]) -> str:
    """Write a mean a day with what its figure leaves open."""
    if figure["high"] == math.inf:
        return f"{'more than' if figure['low_open'] else 'at least'} {figure['low']:,.0f}"
    if figure["low"] == -math.inf:
        return f"{'under' if figure['high_open'] else 'at most'} {figure['high']:,.0f}"
    return f"{'about ' if figure['approx'] else ''}{figure['high']:,.0f}"


def parts_and_wholes(figures: pd.DataFrame) -> pd.DataFrame:
    """Add up the figures that an article makes parts of another, beside that other, whose id is their `of`.

    Gives `whole, parts` (ids), `parts_low, parts_high, whole_low, whole_high` (an open end is ±inf) and `same_period`;
    shares (percent, fraction) are left out.

    >>> rows = [("t", 30.0, 30.0, ""), ("p", 10.0, 10.0, "t"), ("q", 15.0, 15.0, "t")]
    >>> table = pd.DataFrame(rows, columns=["id", "low", "high", "of"]).assign(period_start="", period_end="", unit="x")
    >>> parts_and_wholes(table)[["parts_high", "whole_low"]].values.tolist()
    [[25.0, 30.0]]
    """
    rows, by_id, period = [], figures.set_index("id"), ["period_start", "period_end"]
    for whole, parts in figures[(figures.of != "") & ~figures.unit.isin(["percent", "fraction"])].groupby("of"):
        it, sums = by_id.loc[whole], parts[["low", "high"]].sum()
        same = it.period_start != "" and parts[period].eq(it[period]).all(axis=None)
        ends = {"parts_low": sums.low, "parts_high": sums.high, "whole_low": it.low, "whole_high": it.high}
        rows.append({"whole": whole, "parts": ", ".join(parts.id), **ends, "same_period": same})
    return pd.DataFrame(rows)
