"""Sums inside one article: people a day, parts and totals, people a family; and sources counted once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

__all__ = ["differing", "parts_and_wholes", "people_a_day", "sources_once"]


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


def differing(figures: pd.DataFrame, within: float = 0.25) -> pd.DataFrame:
    """List numbers of one unit that lie near one another in different articles and are not the same.

    Parameters
    ----------
    figures : figures as found or coded, with `doc, unit, number` or `text`, and `low, high`
    within : how far apart two neighbours may be, as a share of the smaller

    Returns
    -------
    DataFrame with `unit`, `numbers` (each with the articles that give it) and `articles` (how many), the most first

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
            if len(given) > 1 and given.docs.nunique() > 1 and values.doc.nunique() > 1:
                told = ", ".join(f"{row.text} ({row.docs})" for row in given.itertuples())
                rows.append((unit, told, values.doc.nunique()))
    found = pd.DataFrame(rows, columns=["unit", "numbers", "articles"])
    return found.sort_values("articles", ascending=False, kind="stable", ignore_index=True)


def _listed(values: Iterable[str]) -> str:
    """List different values in order."""
    return ", ".join(sorted(set(values)))


def people_a_day(figures: pd.DataFrame) -> pd.DataFrame:
    """Divide each flow by the days of its window, so that windows of different length can be looked at together.

    Parameters
    ----------
    figures : coded figures; `days` is the length that the article states, else both ends of the period are counted

    Returns
    -------
    DataFrame with `id, days, low, high` a day and `mean`, the same in words; rows without a length and stocks are left
    out

    >>> row = {"id": "x", "low": 120.0, "high": float("inf"), "low_open": True, "high_open": False, "approx": False,
    ...        "flow_or_stock": "flow", "period_start": "2020-01-01", "period_end": "2020-01-14", "days": "12"}
    >>> people_a_day(pd.DataFrame([row])).values.tolist()
    [['x', 12, 10.0, inf, 'more than 10']]
    """
    long = (figures.days != "") | ((figures.period_start != "") & (figures.period_end != ""))
    dated = figures[(figures.flow_or_stock == "flow") & long]
    window = (pd.to_datetime(dated.period_end) - pd.to_datetime(dated.period_start)).dt.days + 1
    days = pd.to_numeric(dated.days).fillna(window).astype(int)
    means = [_mean(row, length) for row, length in zip(dated.to_dict("records"), days, strict=True)]
    table = {"id": dated.id, "days": days, "low": dated.low / days, "high": dated.high / days, "mean": means}
    return pd.DataFrame(table)


def _mean(figure: Mapping[Any, Any], days: int) -> str:
    """Write a mean a day with what its figure leaves open."""
    if figure["high"] == math.inf:
        return f"{'more than' if figure['low_open'] else 'at least'} {figure['low'] / days:,.0f}"
    if figure["low"] == -math.inf:
        return f"{'under' if figure['high_open'] else 'at most'} {figure['high'] / days:,.0f}"
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

    >>> rows = [("t", 30.0, 30.0, ""), ("p", 10.0, 10.0, "t"), ("q", 15.0, 15.0, "t")]
    >>> table = pd.DataFrame(rows, columns=["id", "low", "high", "of"]).assign(period_start="", period_end="", unit="x")
    >>> parts_and_wholes(table)[["parts_high", "whole_low"]].values.tolist()
    [[25.0, 30.0]]
    """
    rows = []
    by_id = figures.set_index("id")
    for whole, parts in figures[(figures.of != "") & ~figures.unit.isin(["percent", "fraction"])].groupby("of"):
        it = by_id.loc[whole]
        same = ((parts.period_start == it.period_start) & (parts.period_end == it.period_end)).all()
        sums = {f"{name}_{end}": value for name, side in (("parts", parts[["low", "high"]].sum()), ("whole", it))
                for end, value in (("low", side.low), ("high", side.high))}  # fmt: skip
        rows.append(
            {"whole": whole, "parts": ", ".join(parts.id), **sums, "same_period": same and it.period_start != ""}
        )
    return pd.DataFrame(rows)
