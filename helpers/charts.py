"""One look for every chart: a finding as its title, what was measured, the source, and alt text."""

from __future__ import annotations

import io
import textwrap
from typing import Any

import matplotlib as mpl
import pandas as pd
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

__all__ = ["INK", "VOICES", "axes", "bars", "finish", "intervals", "matrix", "show"]

#: the few colours of a chart: the article in question, the rest, text, faint lines
INK = {"accent": "#a2491b", "rest": "#8a9099", "text": "#22262b", "faint": "#d9dce0", "second": "#2f6690"}
#: a colour and a hatching for each voice, so that neither colour nor grey value decides alone
VOICES = {
    "own": ("#a2491b", ""),
    "reported": ("#d9a05b", "///"),
    "quoted": ("#2f6690", ""),
    "scare": ("#9fbfd6", "..."),
}
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "axes.edgecolor": INK["faint"],
    "axes.labelcolor": INK["text"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK["text"],
    "xtick.color": INK["text"],
    "ytick.color": INK["text"],
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "hatch.linewidth": 0.6,
    "svg.hashsalt": "0",
}
_WIDTH = 8.0


def axes(height: float = 4.5, rows: int = 1, columns: int = 1, **options: Any) -> Axes:
    """Open a chart of the collection's width and look.

    Parameters
    ----------
    height : inches
    rows, columns : panels
    options : further arguments of `Figure.subplots`

    Returns
    -------
    matplotlib Axes, or an array of them where there are several panels

    >>> axes(2).get_figure().get_size_inches().tolist()
    [8.0, 2.0]
    """
    with mpl.rc_context(_STYLE):
        return Figure(figsize=(_WIDTH, height)).subplots(rows, columns, **options)


def finish(ax: Axes, *, finding: str, measure: str, source: str) -> Axes:
    """Give a chart its title (the finding), the line under it and its foot.

    Parameters
    ----------
    ax : the chart, or one of its panels
    finding : what the chart shows, in a sentence built from the data
    measure : what was counted, where and when
    source : what was left out, and where the data come from

    Returns
    -------
    the same Axes

    Raises
    ------
    ValueError if one of the three is empty

    >>> ax = finish(axes(2), finding="All agree", measure="articles", source="seeds")
    >>> ax.get_figure().texts[0].get_text()
    'All agree'
    """
    for name, value in {"finding": finding, "measure": measure, "source": source}.items():
        if not value.strip():
            raise ValueError(f"{name} is empty; a chart says its finding, its measure and its source")
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    lines = [textwrap.fill(finding, 74), textwrap.fill(measure, 104), textwrap.fill(source, 112)]
    inch = 1 / figure.get_size_inches()[1]
    with mpl.rc_context(_STYLE):
        top, heads = 1 - 0.08 * inch, [line.count("\n") + 1 for line in lines]
        figure.text(0.012, top, lines[0], fontsize=12.5, fontweight="bold", va="top", linespacing=1.25)
        top -= (0.235 * heads[0] + 0.06) * inch
        figure.text(0.012, top, lines[1], fontsize=9.5, va="top", color="#50565e", linespacing=1.3)
        top -= (0.185 * heads[1] + 0.12) * inch
        foot = (0.165 * heads[2] + 0.1) * inch
        figure.text(0.012, 0.05 * inch, lines[2], fontsize=8, va="bottom", color="#50565e", linespacing=1.3)
        figure.set_layout_engine("constrained", rect=(0.008, foot, 0.984, top - foot))
    return ax


def show(ax: Axes, values: str) -> None:
    """Show a finished chart as a picture of 64 colours whose alt text is its finding and its values.

    Parameters
    ----------
    ax : a chart that `finish` has finished
    values : the values it draws, in words

    Raises
    ------
    ValueError if the chart is not finished or `values` is empty
    """
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    if len(figure.texts) < 3 or not values.strip():
        raise ValueError("finish the chart and say its values before it is shown")
    held = io.BytesIO()
    with mpl.rc_context(_STYLE):
        figure.savefig(held, format="png", dpi=192, facecolor="white")
    picture = Image.open(held).convert("RGB").quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small = io.BytesIO()
    picture.save(small, format="png", optimize=True)
    alt = " ".join(f"{figure.texts[0].get_text()}. {figure.texts[1].get_text()}. {values}".split())
    width, height = (int(inches * 96) for inches in figure.get_size_inches())
    display(
        {"image/png": small.getvalue(), "text/plain": alt},
        metadata={"image/png": {"width": width, "height": height, "alt": alt}},
        raw=True,
    )


def bars(ax: Axes, counts: pd.DataFrame, colours: dict[str, tuple[str, str]]) -> Axes:
    """Draw stacked horizontal bars, each part with its count written on it.

    Parameters
    ----------
    counts : one row a bar, one column a part
    colours : colour and hatching of each column

    Returns
    -------
    the same Axes
    """
    with mpl.rc_context(_STYLE):
        left = pd.Series(0.0, index=counts.index)
        for column in counts:
            colour, hatch = colours[str(column)]
            values = counts[column]
            ax.barh(counts.index.astype(str), values, left=left, color=colour, hatch=hatch, edgecolor="white",
                    label=str(column), height=0.68)  # fmt: skip
            for at, (value, start) in enumerate(zip(values, left, strict=True)):
                if value >= counts.sum(axis=1).max() / 40:
                    ax.text(start + value / 2, at, f"{value:,.0f}", ha="center", va="center", fontsize=8.5,
                            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85})  # fmt: skip
            left = left + values
        ax.invert_yaxis()
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        ax.spines["left"].set_visible(False)
        ax.legend(frameon=False, ncols=len(counts.columns), loc="lower left", bbox_to_anchor=(0, 1), fontsize=8.5,
                  borderaxespad=0.2, handlelength=1.4, columnspacing=1.2)  # fmt: skip
    return ax


def intervals(ax: Axes, figures: pd.DataFrame, label: str = "label") -> Axes:
    """Draw figures as intervals: a dot where both bounds are equal, an arrow where an end is open.

    Parameters
    ----------
    figures : rows with `low`, `high` (an open end is ±inf), `low_open`, `high_open`, `approx` and the column `label`
    label : the column that names a row at the left

    Returns
    -------
    the same Axes; a filled dot is a bound that the interval holds, a hollow one a bound that it excludes,
    a pale bar around a dot marks "around", "nearly", "some"
    """
    finite = [v for v in [*figures.low, *figures.high] if abs(v) != float("inf")]
    reach = max(finite) * 0.07
    with mpl.rc_context(_STYLE):
        for at, row in enumerate(figures.to_dict("records")):
            low, high = row["low"], row["high"]
            if row["approx"]:
                ax.plot([(low if low != -float("inf") else high)] * 2, [at - 0.3, at + 0.3], lw=9, color=INK["faint"],
                        solid_capstyle="round", zorder=1)  # fmt: skip
            if low != -float("inf") and high != float("inf") and low < high:
                ax.plot([low, high], [at, at], color=INK["second"], lw=3, zorder=2)
            for value, other, is_open, way in ((low, high, row["low_open"], 1), (high, low, row["high_open"], -1)):
                if abs(value) == float("inf"):
                    continue
                ax.plot(
                    value,
                    at,
                    "o",
                    ms=7,
                    mec=INK["second"],
                    mew=1.6,
                    mfc="white" if is_open else INK["second"],
                    zorder=3,
                )
                if abs(other) == float("inf"):
                    ax.annotate("", (value + way * reach, at), (value, at), zorder=2,
                                arrowprops={"arrowstyle": "->", "color": INK["second"], "lw": 1.6})  # fmt: skip
        ax.set_yticks(range(len(figures)), figures[label].tolist())
        ax.set_ylim(len(figures) - 0.4, -0.6)
        ax.grid(axis="x", color=INK["faint"], lw=0.6)
        ax.set_axisbelow(True)
        ax.spines["left"].set_visible(False)
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    return ax


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
    with mpl.rc_context(_STYLE):
        shown = values.where(~pd.DataFrame(
            [[a == b for b in values.columns] for a in values.index], index=values.index, columns=values.columns))  # fmt: skip
        ax.imshow(shown, cmap="Blues", vmin=low, vmax=high + (high - low) * 0.6, aspect="auto")
        for y, row in enumerate(shown.to_numpy()):
            for x, value in enumerate(row):
                if value == value:
                    ax.text(x, y, f"{value:.2f}", ha="center", va="center")
        ax.set_xticks(range(len(values)), [str(name).split()[0] for name in values.columns])
        ax.set_yticks(range(len(values)), [str(name) for name in values.index])
        for spine in ax.spines.values():
            spine.set_visible(False)
    return ax
