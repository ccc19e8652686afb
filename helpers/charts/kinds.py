"""Charts of values: stacked bars, a matrix, dots with intervals, a specification curve."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import matplotlib.ticker
import pandas as pd
from matplotlib.axes import Axes

from helpers.charts.look import INK, STYLE

__all__ = ["bars", "curve", "dots", "lines", "matrix"]

_BOX: Any = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}


def lines(ax: Axes, labels: Sequence[str], edge: float = 0.6) -> None:
    """Label the rows of a chart from the top down, the first and the last `edge` away from its ends."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 1 + edge, -edge)


@mpl.rc_context(STYLE)
def bars(ax: Axes, counts: pd.DataFrame, colours: dict[str, tuple[str, str]], decimals: int = 0) -> Axes:
    """Draw stacked horizontal bars, each part with its count written on it.

    Parameters
    ----------
    counts : one row a bar, one column a part
    colours : colour and hatching of each column
    decimals : of the values written

    Returns
    -------
    the same Axes
    """
    left, least = pd.Series(0.0, index=counts.index), counts.sum(axis=1).max() / 40
    for column, values in counts.items():
        colour, hatch = colours[str(column)]
        names = counts.index.astype(str)
        ax.barh(names, values, 0.68, left, color=colour, hatch=hatch, edgecolor="white", label=str(column))
        for at, (value, start) in enumerate(zip(values, left, strict=True)):
            if value >= least:
                shown = f"{value:,.{decimals}f}"
                ax.text(start + value / 2, at, shown, ha="center", va="center", fontsize=8.5, bbox=_BOX)
        left = left + values
    ax.invert_yaxis()
    ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(nbins=6, integer=True))
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.spines["left"].set_visible(False)
    ax.legend(frameon=False, ncols=len(counts.columns), loc="lower left", bbox_to_anchor=(0, 1), fontsize=8.5,
              borderaxespad=0.2, handlelength=1.4, columnspacing=1.2)  # fmt: skip
    return ax


@mpl.rc_context(STYLE)
def matrix(ax: Axes, values: pd.DataFrame, low: float, high: float) -> Axes:
    """Draw a square table of values as shaded cells with the value in each; the diagonal is left empty.

    Parameters
    ----------
    values : square DataFrame
    low, high : the values that are drawn palest and darkest

    Returns
    -------
    the same Axes
    """
    equal = values.columns.to_numpy()[None, :] == values.index.to_numpy()[:, None]
    shown = values.where(~equal)
    ax.imshow(shown, cmap="Blues", vmin=low, vmax=high + (high - low) * 0.6, aspect="auto")
    for y, row in enumerate(shown.to_numpy()):
        for x, value in enumerate(row):
            if value == value:
                ax.text(x, y, f"{value:.2f}", ha="center", va="center")
    ax.set_xticks(range(len(values)), [str(name).split()[0] for name in values.columns])
    ax.set_yticks(range(len(values)), [str(name) for name in values.index])
    ax.spines[:].set_visible(False)
    return ax


@mpl.rc_context(STYLE)
def dots(ax: Axes, scores: pd.DataFrame, intervals: Sequence[str] = ("",), zero: bool = True) -> Axes:
    """Draw scores as dots with their intervals, one a row.

    Parameters
    ----------
    scores : rows with `label`, `score`, `low`, `high`; a further interval NAME stands in `low NAME`, `high NAME`
    intervals : "" and the names of further intervals, drawn one under the other and named in a legend
    zero : whether a line marks nought

    Returns
    -------
    the same Axes; the line is the interval
    """
    colours = [INK["rest"], INK["second"], INK["accent"]]
    for at, row in enumerate(scores.to_dict("records")):
        for n, name in enumerate(intervals):
            ends = [row[f"{end} {name}".strip()] for end in ("low", "high")]
            label = name if at == 0 else ""
            ax.plot(ends, [at + 0.26 * n] * 2, color=colours[n], lw=1.6 + n, zorder=1, label=label)
        ax.plot(row["score"], at, "o", ms=5.5, color=INK["accent"], zorder=2)
    if len(intervals) > 1:
        ax.legend(frameon=False, ncols=3, loc="lower left", bbox_to_anchor=(0, 1), fontsize=8.5)
    if zero:
        ax.axvline(0, color=INK["text"], lw=0.8)
    lines(ax, scores.label.tolist())
    ax.grid(axis="x", color=INK["faint"], lw=0.6)
    ax.set_axisbelow(True)
    ax.spines["left"].set_visible(False)
    return ax


@mpl.rc_context(STYLE)
def curve(ax: Axes, values: pd.Series, label: str) -> Axes:
    """Draw a specification curve: the outcome under each specification, smallest first.

    Parameters
    ----------
    values : a difference a specification; above nought the claim holds
    label : the claim, written above the panel

    Returns
    -------
    the same Axes; dots above nought are full, the others hollow
    """
    ordered = values.sort_values(kind="stable").to_numpy()
    for holds, face in ((True, INK["second"]), (False, "white")):
        here = [at for at, value in enumerate(ordered) if (value > 0) == holds]
        ax.plot(here, ordered[here], "o", ms=3.4, mfc=face, mec=INK["second"], mew=0.8)
    ax.axhline(0, color=INK["text"], lw=0.8)
    ax.set_title(textwrap.fill(label, 30), fontsize=9, loc="left")
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.set_xlabel(f"{len(ordered)} specifications", fontsize=8.5)
    return ax
