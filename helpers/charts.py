"""One look for every chart: a finding as its title, what was measured, the source, and alt text."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import matplotlib.dates
import matplotlib.patches
import matplotlib.ticker
import pandas as pd
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

__all__ = [
    "FRAMES",
    "INK",
    "VOICES",
    "axes",
    "barcode",
    "bars",
    "cells",
    "curve",
    "dots",
    "finish",
    "ledger",
    "matrix",
    "show",
    "strip",
    "verdicts",
    "windows",
]

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
    lines = [textwrap.fill(finding, 74), textwrap.fill(measure, 104), textwrap.fill(source, 118)]
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
    with mpl.rc_context(_STYLE):
        left = pd.Series(0.0, index=counts.index)
        for column in counts:
            colour, hatch = colours[str(column)]
            values = counts[column]
            ax.barh(counts.index.astype(str), values, left=left, color=colour, hatch=hatch, edgecolor="white",
                    label=str(column), height=0.68)  # fmt: skip
            for at, (value, start) in enumerate(zip(values, left, strict=True)):
                if value >= counts.sum(axis=1).max() / 40:
                    ax.text(start + value / 2, at, f"{value:,.{decimals}f}", ha="center", va="center", fontsize=8.5,
                            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85})  # fmt: skip
            left = left + values
        ax.invert_yaxis()
        ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(nbins=6, integer=True))
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        ax.spines["left"].set_visible(False)
        ax.legend(frameon=False, ncols=len(counts.columns), loc="lower left", bbox_to_anchor=(0, 1), fontsize=8.5,
                  borderaxespad=0.2, handlelength=1.4, columnspacing=1.2)  # fmt: skip
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
        ax.spines[:].set_visible(False)
    return ax


def ledger(ax: Axes, figures: pd.DataFrame) -> Axes:
    """Draw figures that share no axis: each row its own interval as a sign, its number and its scope in words.

    Parameters
    ----------
    figures : rows with `low`, `high`, `low_open`, `high_open`, `approx`, `label` (at the left), `shown` (the number
        in words) and `scope` (at the right)

    Returns
    -------
    the same Axes; a dot is a bound, hollow where the interval excludes it, an arrow an open end, a pale bar “around”,
    “nearly” or “some”; the length of a sign means nothing
    """
    with mpl.rc_context(_STYLE):
        for at, row in enumerate(figures.to_dict("records")):
            _sign(ax, at, row)
            ax.text(0.4, at, textwrap.fill(row["shown"], 22), va="center", fontsize=9.5, fontweight="bold")
            scope = [textwrap.fill(line, 46) for line in row["scope"].splitlines()]
            ax.text(2.35, at, "\n".join(scope), va="center", fontsize=8.5, linespacing=1.2)
        ax.set_yticks(range(len(figures)), [textwrap.fill(label, 26) for label in figures.label], fontsize=8.8)
        ax.set_xlim(-0.35, 5.4)
        ax.set_ylim(len(figures) - 0.4, -0.6)
        ax.xaxis.set_visible(False)
        ax.spines[:].set_visible(False)
        for at in range(1, len(figures)):
            ax.plot([-0.35, 5.4], [at - 0.5] * 2, color=INK["faint"], lw=0.6)
    return ax


def _sign(ax: Axes, at: float, row: dict[Any, Any]) -> None:
    """Draw the sign of one interval around nought."""
    open_end = float("inf")
    if row["approx"]:
        ax.plot([-0.06, 0.06], [at, at], lw=11, color=INK["faint"], solid_capstyle="round", zorder=1)
    hollow = row["low_open"] if row["low"] != -open_end else row["high_open"]
    for way, end in ((1, row["high"]), (-1, -row["low"])):
        if end == open_end:
            ax.annotate(
                "", (way * 0.27, at), (0, at), arrowprops={"arrowstyle": "->", "color": INK["second"], "lw": 1.6}
            )
    ax.plot(0, at, "o", ms=7, mec=INK["second"], mew=1.6, mfc="white" if hollow else INK["second"], zorder=3)


def windows(ax: Axes, rows: pd.DataFrame, first: str, last: str, years: bool = False) -> Axes:
    """Draw periods as bars on one axis of days, each with its number written on it.

    Parameters
    ----------
    rows : rows with `period_start`, `period_end` (ISO dates), `label` (at the left) and `shown` (written at the bar)
    first, last : the days the axis spans; a bar that begins earlier or ends later has an arrow there
    years : whether the axis is divided by years, not by weeks

    Returns
    -------
    the same Axes
    """
    left, right = (mpl.dates.date2num(pd.Timestamp(day)) for day in (first, last))
    with mpl.rc_context(_STYLE):
        for at, row in enumerate(rows.to_dict("records")):
            start, end = (mpl.dates.date2num(pd.Timestamp(row[name])) for name in ("period_start", "period_end"))
            shown = max(start, left), min(end + 1, right)
            ax.barh(at + 0.16, shown[1] - shown[0], left=shown[0], height=0.3, color=INK["second"], alpha=0.55)
            if start < left:
                ax.annotate("", (left - 1.2, at + 0.16), (left + 1, at + 0.16),
                            arrowprops={"arrowstyle": "->", "color": INK["second"], "lw": 1.6}, annotation_clip=False)  # fmt: skip
            late = shown[0] > left + (right - left) * 0.55
            ax.text(
                shown[1] if late else shown[0],
                at - 0.2,
                row["shown"],
                va="center",
                ha="right" if late else "left",
                fontsize=8.8,
            )
        ax.set_yticks(range(len(rows)), rows.label.tolist())
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.set_xlim(left, right)
        ax.xaxis.set_major_locator(mpl.dates.WeekdayLocator(byweekday=mpl.dates.MO))
        ax.xaxis.set_major_formatter(
            lambda value, _: (
                f"{mpl.dates.num2date(value):%-d} {'JanFebMarAprMayJunJulAugSepOctNovDec'[mpl.dates.num2date(value).month * 3 - 3 :][:3]}"
            )
        )
        if years:
            ax.xaxis.set_major_locator(mpl.dates.YearLocator())
            ax.xaxis.set_major_formatter(lambda value, _: f"{mpl.dates.num2date(value).year}")
        ax.grid(axis="x", color=INK["faint"], lw=0.6)
        ax.set_axisbelow(True)
        ax.spines["left"].set_visible(False)
    return ax


def verdicts(ax: Axes, signs: pd.DataFrame, colours: dict[str, str]) -> Axes:
    """Draw a triangle of pairs, each cell with the sign of its verdict.

    Parameters
    ----------
    signs : square DataFrame of signs, empty where there is no pair
    colours : colour of each sign

    Returns
    -------
    the same Axes
    """
    with mpl.rc_context(_STYLE):
        for y, row in enumerate(signs.to_numpy()):
            for x, sign in enumerate(row):
                if sign:
                    ax.add_patch(mpl.patches.Rectangle((x - 0.46, y - 0.46), 0.92, 0.92, color=colours[sign]))
                    ax.text(x, y, sign, ha="center", va="center", fontsize=7.5)
        ax.set_xlim(-0.5, len(signs.columns) - 0.5)
        ax.set_ylim(len(signs) - 0.5, -0.5)
        ax.set_xticks(range(len(signs.columns)), signs.columns, rotation=90, fontsize=8)
        ax.set_yticks(range(len(signs)), signs.index, fontsize=8)
        ax.spines[:].set_visible(False)
    return ax


def cells(ax: Axes, marks: pd.DataFrame, rows: list[str], columns: list[str], wide: int = 8) -> Axes:
    """Draw a table whose cells hold one square for each occurrence, coloured and hatched by voice.

    Parameters
    ----------
    marks : one row an occurrence, with `row`, `column` and `voice`
    rows, columns : names, in the order in which they are drawn
    wide : squares beside one another before a new line of squares begins

    Returns
    -------
    the same Axes
    """
    order = list(VOICES)
    with mpl.rc_context(_STYLE):
        size, used = 0.84 / wide, set()
        groups = {key: group.voice.map(order.index).sort_values() for key, group in marks.groupby(["row", "column"])}
        tall = {row: max([-(-len(groups.get((row, c), [])) // wide) for c in columns] + [1]) for row in rows}
        tops = [sum(tall[row] + 0.6 for row in rows[:at]) for at in range(len(rows) + 1)]
        for at, row in enumerate(rows):
            for x, column in enumerate(columns):
                for n, voice in enumerate(groups.get((row, column), [])):
                    colour, hatch = VOICES[order[voice]]
                    used.add(order[voice])
                    place = (x - 0.42 + n % wide * size, tops[at] + 0.12 + n // wide)
                    ax.add_patch(mpl.patches.Rectangle(place, size * 0.86, 0.86, facecolor=colour, hatch=hatch, edgecolor="white", lw=0.4))  # fmt: skip
            ax.plot([-0.5, len(columns) - 0.5], [tops[at + 1] - 0.25] * 2, color=INK["faint"], lw=0.6)
        ax.set_xlim(-0.5, len(columns) - 0.5)
        ax.set_ylim(tops[-1] - 0.2, -0.2)
        ax.set_yticks([tops[at] + tall[row] / 2 + 0.05 for at, row in enumerate(rows)], rows)
        ax.set_xticks(range(len(columns)), [textwrap.fill(name, 14) for name in columns])
        ax.xaxis.tick_top()
        ax.spines[:].set_visible(False)
        keys = [
            mpl.patches.Patch(facecolor=VOICES[v][0], hatch=VOICES[v][1], edgecolor="white", label=v)
            for v in order
            if v in used
        ]
        ax.legend(handles=keys, frameon=False, ncols=4, loc="upper left", bbox_to_anchor=(0, -0.01), fontsize=8.5)
    return ax


def barcode(ax: Axes, marks: pd.DataFrame, rows: list[str]) -> Axes:
    """Draw where in its article each occurrence stands: a tick a word, from the first word at the left to the last.

    Parameters
    ----------
    marks : one row an occurrence, with `row` and `position` (0 to 1)
    rows : names, in the order in which they are drawn

    Returns
    -------
    the same Axes
    """
    with mpl.rc_context(_STYLE):
        for at, row in enumerate(rows):
            places = marks[marks.row == row].position
            ax.plot([0, 1], [at, at], color=INK["faint"], lw=0.8, zorder=1)
            ax.vlines(places, at - 0.34, at + 0.34, color=INK["accent"], lw=1.3, zorder=2)
            ax.text(1.012, at, f"{len(places)}", va="center", fontsize=8.5)
        ax.set_yticks(range(len(rows)), rows)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.set_xlim(-0.005, 1.04)
        ax.set_xticks([0, 0.5, 1], ["first word", "middle", "last word"])
        ax.spines[:].set_visible(False)
    return ax


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
    with mpl.rc_context(_STYLE):
        for at, row in enumerate(scores.to_dict("records")):
            for n, name in enumerate(intervals):
                ends = [row[f"{end} {name}".strip()] for end in ("low", "high")]
                ax.plot(
                    ends, [at + 0.26 * n] * 2, color=colours[n], lw=1.6 + n, zorder=1, label=name if at == 0 else ""
                )
            ax.plot(row["score"], at, "o", ms=5.5, color=INK["accent"], zorder=2)
        if len(intervals) > 1:
            ax.legend(frameon=False, ncols=3, loc="lower left", bbox_to_anchor=(0, 1), fontsize=8.5)
        if zero:
            ax.axvline(0, color=INK["text"], lw=0.8)
        ax.set_yticks(range(len(scores)), scores.label.tolist())
        ax.set_ylim(len(scores) - 0.4, -0.6)
        ax.grid(axis="x", color=INK["faint"], lw=0.6)
        ax.set_axisbelow(True)
        ax.spines["left"].set_visible(False)
    return ax


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
    with mpl.rc_context(_STYLE):
        for holds, face in ((True, INK["second"]), (False, "white")):
            here = [at for at, value in enumerate(ordered) if (value > 0) == holds]
            ax.plot(here, ordered[here], "o", ms=3.4, mfc=face, mec=INK["second"], mew=0.8)
        ax.axhline(0, color=INK["text"], lw=0.8)
        ax.set_title(textwrap.fill(label, 30), fontsize=9, loc="left")
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
        ax.set_xlabel(f"{len(ordered)} specifications", fontsize=8.5)
    return ax


#: a colour and a letter for each topic frame
FRAMES = {
    "military": ("#7d8fa3", "M"), "suffering": ("#e8b28f", "S"), "responsibility": ("#a2491b", "R"),
    "geopolitics": ("#2f6690", "G"), "resistance": ("#8fb89a", "P"), "aid": ("#d8c66a", "A"), "economy": ("#b59ac4", "E"),
    "background": ("#c9cdd2", "B"), "none": ("#f1f2f3", "–"),
}  # fmt: skip


def strip(ax: Axes, codes: pd.DataFrame, rows: Sequence[str], signs: dict[str, tuple[str, str]]) -> Axes:
    """Draw the code of each unit as a cell with its letter, one strip an article, from its first unit to its last.

    Parameters
    ----------
    codes : rows with `row` and `code`, in the order of the text
    rows : names of the strips, in the order in which they are drawn
    signs : colour and letter of each code

    Returns
    -------
    the same Axes
    """
    with mpl.rc_context(_STYLE):
        for at, row in enumerate(rows):
            for x, code in enumerate(codes[codes.row == row].code):
                colour, letter = signs[code]
                ax.add_patch(mpl.patches.Rectangle((x + 0.03, at - 0.36), 0.94, 0.72, color=colour))
                dark = sum(int(colour[n : n + 2], 16) for n in (1, 3, 5)) < 360
                ax.text(
                    x + 0.5, at, letter, ha="center", va="center", fontsize=7, color="white" if dark else INK["text"]
                )
        ax.set_xlim(0, max(codes.groupby("row").size()))
        ax.set_ylim(len(rows) - 0.45, -0.55)
        ax.set_yticks(range(len(rows)), list(rows))
        ax.set_xlabel("sentence", fontsize=8.5)
        ax.spines[:].set_visible(False)
        keys = [
            mpl.patches.Patch(facecolor=colour, label=f"{letter} {name}") for name, (colour, letter) in signs.items()
        ]
        ax.legend(handles=keys, frameon=False, ncols=5, loc="lower left", bbox_to_anchor=(0, 1), fontsize=8.5)
    return ax
