"""Charts of values: stacked bars, a matrix, dots with intervals, a specification curve, totals over time.

Each draws on the Axes it is given, and gives them back.
"""

import itertools
import math
import textwrap
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import matplotlib.dates
import matplotlib.ticker
import pandas as pd
from matplotlib.axes import Axes

from helpers.charts.look import INK, STYLE, told

__all__ = ["bars", "curve", "dots", "key", "lines", "matrix", "totals", "weeks"]

_BOX: Any = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85}


def lines(ax: Axes, labels: Sequence[str], edge: float = 0.6) -> None:
    """Label the rows of a chart from the top down, the first and the last `edge` away from its ends."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 1 + edge, -edge)
    ax.spines["left"].set_visible(False)


def key(ax: Axes, columns: int, **options: Any) -> None:
    """Name what is drawn above a chart, at its left; the options are further arguments of `Axes.legend`."""
    ax.legend(ncols=columns, loc="lower left", bbox_to_anchor=(0, 1), **options)


@mpl.rc_context(STYLE)
def bars(ax: Axes, counts: pd.DataFrame, colours: dict[str, tuple[str, str]], decimals: int = 0) -> Axes:
    """Draw stacked horizontal bars, each part with its count written on it.

    Parameters
    ----------
    counts : one row a bar, one column a part
    colours : colour and hatching of each column
    decimals : of the values written
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
    key(ax, len(counts.columns), borderaxespad=0.2, handlelength=1.4, columnspacing=1.2)
    rows = {name: [f"{part} {n:,.{decimals}f}" for part, n in row.items() if n] for name, row in counts.iterrows()}
    return told(ax, (f"{name}: {', '.join(parts)}" for name, parts in rows.items()))


@mpl.rc_context(STYLE)
def matrix(ax: Axes, values: pd.DataFrame, low: float, high: float) -> Axes:
    """Draw a square table of values as shaded cells with the value in each; the diagonal is left empty.

    Parameters
    ----------
    values : square DataFrame
    low, high : the values that are drawn palest and darkest
    """
    equal = values.columns.to_numpy()[None, :] == values.index.to_numpy()[:, None]
    shown = values.where(~equal)
    ax.imshow(shown, cmap="Blues", vmin=low, vmax=high + (high - low) * 0.6, aspect="auto")
    for y, row in enumerate(shown.to_numpy()):
        for x, value in enumerate(row):
            if value == value:
                ax.text(x, y, f"{value:.2f}", ha="center", va="center")
    heads = [str(name).replace(" ", "\n").replace("-", "-\n") for name in values.columns]
    ax.set_xticks(range(len(values)), heads, fontsize=6.8)
    ax.set_yticks(range(len(values)), [str(name) for name in values.index])
    ax.spines[:].set_visible(False)
    pairs = itertools.combinations(values.index, 2)
    return told(ax, (f"{a} and {b} {values.loc[a, b]:.2f}" for a, b in pairs))


@mpl.rc_context(STYLE)
def dots(ax: Axes, scores: pd.DataFrame, intervals: Sequence[str] = ("",), zero: bool = True) -> Axes:
    """Draw scores as dots with their intervals as lines, one a row.

    Parameters
    ----------
    scores : rows with `label`, `score`, `low`, `high`; a further interval NAME stands in `low NAME`, `high NAME`
    intervals : "" and the names of further intervals, drawn one under the other and named in a legend
    zero : whether a line marks nought
    """
    colours = [INK["rest"], INK["second"], INK["accent"]]
    for at, row in enumerate(scores.to_dict("records")):
        for n, name in enumerate(intervals):
            ends = [row[f"{end} {name}".strip()] for end in ("low", "high")]
            label = name if at == 0 else ""
            ax.plot(ends, [at + 0.26 * n] * 2, color=colours[n], lw=1.6 + n, zorder=1, label=label)
        ax.plot(row["score"], at, "o", ms=5.5, color=INK["accent"], zorder=2)
    if len(intervals) > 1:
        key(ax, 3)
    if zero:
        ax.axvline(0, color=INK["text"], lw=0.8)
    lines(ax, scores.label.tolist())
    ax.grid(axis="x")
    rows = ((" ".join(row["label"].split()), row["score"]) for row in scores.to_dict("records"))
    return told(ax, (f"{label} {score:.3g}".removesuffix(" nan") for label, score in rows))


@mpl.rc_context(STYLE)
def curve(ax: Axes, values: pd.Series, label: str) -> Axes:
    """Draw a specification curve: the outcome under each specification, smallest first, hollow where not above nought.

    Parameters
    ----------
    values : a difference a specification; above nought the claim holds
    label : the claim, written above the panel
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
    ends = f"differences {ordered[0]:.2f} to {ordered[-1]:.2f}"
    return told(ax, [f"{label}: holds in {(values > 0).sum()} of {len(ordered)}, {ends}"])


def weeks(ax: Axes) -> None:
    """Divide an axis of days at the Mondays, each written as 28 Jan."""
    ax.xaxis.set_major_locator(mpl.dates.WeekdayLocator(byweekday=mpl.dates.MO))
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # whatever the locale
    day = mpl.dates.num2date
    ax.xaxis.set_major_formatter(lambda value, _: f"{day(value).day} {months[day(value).month - 1]}")


@mpl.rc_context(STYLE)
def totals(ax: Axes, band: pd.DataFrame, counts: pd.DataFrame, top: float) -> Axes:
    """Draw counts on an axis of days and people, over the band that all of them together allow, each with its label.

    Parameters
    ----------
    band : what `joint.envelope` gives, by day
    counts : rows with `label`, `low`, `high` (±inf: an arrow), `start`, `end` (days) and `kind`: "total" stands at its
        last day, "window" climbs from nought over its days, so that its slope is the pace, "level" is a line
    top : upper end of the axis
    """
    days = mpl.dates.date2num(band.index)
    ax.fill_between(days, band.low, band.high.clip(upper=top), step="mid", color=INK["faint"], alpha=0.6, lw=0)
    right, placed = days[-1] + 1.5, -1e9
    level_of = counts[["low", "high"]].replace([math.inf, -math.inf], math.nan).mean(axis=1)
    for row in counts.assign(level=level_of).sort_values("level", kind="stable").to_dict("records"):
        start, end = (mpl.dates.date2num(pd.Timestamp(row[name])) for name in ("start", "end"))
        ends = [value for value in (row["low"], row["high"]) if math.isfinite(value)]
        level, colour = row["level"], INK["accent"] if row["accent"] else INK["second"]
        if row["kind"] == "level":
            ax.plot([start, right], [level] * 2, color=colour, lw=1.4, ls=(0, (5, 3)))
        elif row["kind"] == "window":
            ax.plot([start, end], [0, level], color=colour, lw=2)
        else:
            ax.plot([end] * 2, [ends[0], ends[-1]], color=colour, lw=5, alpha=0.35)
            ax.plot(end, level, "o", ms=6.5, color=colour)
        if len(ends) < 2:
            way = top / 12 if row["high"] == math.inf else -top / 12
            arrow = {"arrowstyle": "->", "color": colour, "lw": 1.6}
            ax.annotate("", (end, level + way), (end, level), arrowprops=arrow)
        placed = max(level, placed + top / 19)
        lead = {"arrowstyle": "-", "color": colour, "lw": 0.5}
        ax.annotate(row["label"], (min(end, right), level), (right + 1, placed), va="center", fontsize=8.5,
                    color=colour, arrowprops=lead, annotation_clip=False)  # fmt: skip
    ax.set_xlim(days[0], right)
    ax.set_ylim(0, top)
    weeks(ax)
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.grid(axis="y")
    days_of = ((row.label, row.kind, *map(pd.Timestamp, (row.start, row.end))) for row in counts.itertuples())
    return told(ax, (f"{label}, {kind}, {start:%d %B} to {end:%d %B}" for label, kind, start, end in days_of))
