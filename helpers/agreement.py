"""How far a coding can be trusted: agreement of two codings, and shares with the interval of their paragraphs."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.corpus import Corpus

__all__ = ["alpha", "alpha_interval", "shares"]


def alpha(codings: pd.DataFrame) -> float:
    """Compute Krippendorff's alpha for nominal codes: 1 is full agreement, 0 what chance gives.

    Parameters
    ----------
    codings : a row a unit, a column a coder; a missing value is a unit that this coder did not code

    Returns
    -------
    alpha (Krippendorff 2011, "Computing Krippendorff's alpha-reliability"); NaN where all codes are the same, since
    then chance cannot be told from agreement

    Raises
    ------
    ValueError if no unit has two codes

    >>> round(alpha(pd.DataFrame({"a": ["x", "x", "y", "y"], "b": ["x", "x", "y", "x"]})), 3)
    0.533
    """
    counts = _counts(codings)
    if not counts.any():
        raise ValueError("no unit was coded twice; give at least one unit with two codes")
    return float(_alphas(counts, np.ones((1, len(counts))))[0])


def _counts(codings: pd.DataFrame) -> np.ndarray:
    """Count how often each unit (row) has each code; a unit with one code has none, since nothing is paired with it."""
    units = [[str(code) for code in unit if code is not None and code == code] for unit in codings.to_numpy()]
    codes = sorted({code for unit in units for code in unit})
    return np.array([[unit.count(code) * (len(unit) > 1) for code in codes] for unit in units], dtype=float)


def _alphas(counts: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Compute the alpha of each row of `times`, which says how often each unit is taken; NaN where codes never vary."""
    paired = counts.sum(axis=1, keepdims=True)
    observed = times @ (counts * (paired - counts) / (paired - 1)).sum(axis=1)
    totals = times @ counts
    every = totals.sum(axis=1, keepdims=True)
    expected = (totals * (every - totals) / (every - 1)).sum(axis=1)
    return 1 - np.divide(observed, expected, out=np.full(len(times), np.nan), where=expected > 0)


def alpha_interval(codings: pd.DataFrame, draws: int = 1000, seed: int = 0) -> tuple[float, float]:
    """Give the low and the high end of the 95% range of alpha when the units are drawn anew with replacement.

    Draws in which no two codes differ count as full agreement.

    >>> alpha_interval(pd.DataFrame({"a": ["x", "y"] * 5, "b": ["x", "y"] * 5}), draws=20)
    (1.0, 1.0)
    """
    drawn = np.random.default_rng(seed).integers(0, len(codings), (draws, len(codings)))
    times = np.array([np.bincount(units, minlength=len(codings)) for units in drawn], dtype=float)
    low, high = np.percentile(np.nan_to_num(_alphas(_counts(codings), times), nan=1.0), [2.5, 97.5])
    return round(float(low), 10), round(float(high), 10)


def shares(corpus: Corpus, coded: pd.DataFrame, code: str, codes: Sequence[str]) -> pd.DataFrame:
    """Count the codes of each article, with the share of each and a delete-one-paragraph jackknife interval.

    Parameters
    ----------
    coded : span table, a row a unit (a sentence, a word)
    code, codes : the name of its column, and the codes wanted, in their order

    Returns
    -------
    DataFrame with `doc, code, count, of` (units of the article), `share, low, high` (0 to 1, 1.96 standard errors, cut
    off at 0 and 1) and `error` (the standard error); an article of one paragraph has no interval

    >>> from helpers.corpus import load_corpus
    >>> found = shares(five := load_corpus("seeds"), five.words, "part", sorted(set(five.words.part)))
    >>> found.groupby("doc").share.sum().round(6).tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0]
    """
    rows = []
    for doc, mine in coded.groupby("doc"):
        paragraph = mine.start.map(lambda at, doc=doc: corpus.text(doc).count("\n", 0, at))
        counts = pd.crosstab(paragraph, mine[code]).reindex(columns=list(codes), fill_value=0)
        totals, n = counts.sum(), len(counts)
        without = (totals - counts).div(len(mine) - counts.sum(axis=1), axis=0)
        errors = ((n - 1) / n * ((without - without.mean()) ** 2).sum()) ** 0.5 if n > 1 else totals * math.nan
        for name in codes:
            share, half = totals[name] / len(mine), 1.96 * errors[name]
            interval = {"low": max(0.0, share - half), "high": min(1.0, share + half)} if n > 1 else {}
            row = {"doc": doc, "code": name, "count": int(totals[name]), "of": len(mine), "share": share}
            rows.append({**row, **interval, "error": errors[name]})
    columns = ["doc", "code", "count", "of", "share", "low", "high", "error"]
    return pd.DataFrame(rows, columns=columns).round(10)
