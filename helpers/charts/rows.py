"""Charts of things in rows: a mark an occurrence, a cell a sentence, a bar a period.

Each draws on the Axes it is given, and gives them back.
"""

import itertools
import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import matplotlib.dates
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from helpers.charts.kinds import key, lines, weeks
from helpers.charts.look import INK, STYLE, VOICES, told

__all__ = ["barcode", "cells", "schematic", "strip", "windows"]

_ARROW = {"arrowstyle": "->", "color": INK["second"], "lw": 1.6}


@mpl.rc_context(STYLE)
def windows(ax: Axes, rows: pd.DataFrame, first: str, last: str, years: bool = False) -> Axes:
    """Draw periods as bars on one axis of days, each with its number written on it.

    Parameters
    ----------
    rows : rows with `period_start`, `period_end` (ISO dates), `label` (at the left) and `shown` (written at the bar)
    first, last : the days the axis spans; a bar that begins earlier has an arrow there
    years : whether the axis is divided by years, not by weeks
    """
    left, right = (mpl.dates.date2num(pd.Timestamp(day)) for day in (first, last))
    for at, row in enumerate(rows.to_dict("records")):
        start, end = (mpl.dates.date2num(pd.Timestamp(row[name])) for name in ("period_start", "period_end"))
        shown = max(start, left), min(end + 1, right)
        ax.barh(at + 0.16, shown[1] - shown[0], left=shown[0], height=0.3, color=INK["second"], alpha=0.55)
        if start < left:
            tip, tail = (left - 1.2, at + 0.16), (left + 1, at + 0.16)
            ax.annotate("", tip, tail, arrowprops=_ARROW, annotation_clip=False)
        place, side = (shown[1], "right") if shown[0] > left + (right - left) * 0.55 else (shown[0], "left")
        ax.text(place, at - 0.2, row["shown"], va="center", ha=side, fontsize=8.8)
    lines(ax, rows.label.tolist())
    ax.set_xlim(left, right)
    weeks(ax)
    if years:
        ax.xaxis.set_major_locator(mpl.dates.YearLocator())
        ax.xaxis.set_major_formatter(lambda value, _: f"{mpl.dates.num2date(value).year}")
    ax.grid(axis="x")
    spans = (f"{row.label} {row.shown} {row.period_start} to {row.period_end}" for row in rows.itertuples())
    return told(ax, spans)


@mpl.rc_context(STYLE)
def cells(ax: Axes, marks: pd.DataFrame, rows: list[str], columns: list[str], wide: int = 8) -> Axes:
    """Draw a table whose cells hold one square for each occurrence, coloured and hatched by voice.

    Parameters
    ----------
    marks : one row an occurrence, with `row`, `column` and `voice`
    rows, columns : names, in the order in which they are drawn
    wide : squares beside one another before a new line of squares begins
    """
    order, size = list(VOICES), 0.84 / wide
    groups = {key: sorted(group.voice, key=order.index) for key, group in marks.groupby(["row", "column"])}
    tall = {row: max([-(-len(groups.get((row, c), [])) // wide) for c in columns] + [1]) for row in rows}
    top, middles = 0.0, []
    for row in rows:
        for x, column in enumerate(columns):
            for n, voice in enumerate(groups.get((row, column), [])):
                place = (x - 0.42 + n % wide * size, top + 0.12 + n // wide)
                ax.add_patch(Rectangle(place, size * 0.86, 0.86, **_of(voice), lw=0.4))
        middles.append(top + tall[row] / 2 + 0.05)
        top += tall[row] + 0.6
        ax.plot([-0.5, len(columns) - 0.5], [top - 0.25] * 2, color=INK["faint"], lw=0.6)
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.set_ylim(top - 0.2, -0.2)
    ax.set_yticks(middles, rows)
    ax.set_xticks(range(len(columns)), [textwrap.fill(name, 14) for name in columns])
    ax.xaxis.tick_top()
    ax.spines[:].set_visible(False)
    used = {voice for voices in groups.values() for voice in voices}
    keys = [Patch(**_of(voice), label=voice) for voice in order if voice in used]
    ax.legend(handles=keys, ncols=4, loc="upper left", bbox_to_anchor=(0, -0.01))
    counts = marks.groupby(["row", "column"]).size()
    found = {row: counts.loc[row] for row in rows if row in counts.index}
    return told(ax, (f"{row}: " + ", ".join(f"{n} in {c}" for c, n in inside.items()) for row, inside in found.items()))


def _of(voice: str) -> dict[str, Any]:
    """Give the look of a square of a voice."""
    colour, hatch = VOICES[voice]
    return {"facecolor": colour, "hatch": hatch, "edgecolor": "white"}


@mpl.rc_context(STYLE)
def barcode(ax: Axes, marks: pd.DataFrame, rows: list[str]) -> Axes:
    """Draw where in its article each occurrence stands: a tick a word, from the first word at the left to the last.

    Parameters
    ----------
    marks, rows : an occurrence a row, with `row` and `position` (0 to 1), and the names of the rows in order
    """
    for at, row in enumerate(rows):
        places = marks[marks.row == row].position
        ax.plot([0, 1], [at, at], color=INK["faint"], lw=0.8, zorder=1)
        ax.vlines(places, at - 0.34, at + 0.34, color=INK["accent"], lw=1.3, zorder=2)
        ax.text(1.012, at, f"{len(places)}", va="center", fontsize=8.5)
    lines(ax, rows)
    ax.set_xlim(-0.005, 1.04)
    ax.set_xticks([0, 0.5, 1], ["first word", "middle", "last word"])
    ax.spines[:].set_visible(False)
    return told(ax, (f"{row} {(marks.row == row).sum()}" for row in rows))


@mpl.rc_context(STYLE)
def strip(ax: Axes, codes: pd.DataFrame, rows: Sequence[str], signs: dict[str, tuple[str, str]]) -> Axes:
    """Draw the code of each unit as a cell with its letter, one strip an article, from its first unit to its last.

    Parameters
    ----------
    codes, rows : a unit a row, with `row` and `code`, in the order of the text, and the names of the strips in order
    signs : colour and letter of each code
    """
    for at, row in enumerate(rows):
        for x, code in enumerate(codes[codes.row == row].code):
            colour, letter = signs[code]
            ax.add_patch(Rectangle((x + 0.03, at - 0.36), 0.94, 0.72, color=colour))
            ink = "white" if sum(int(colour[n : n + 2], 16) for n in (1, 3, 5)) < 360 else INK["text"]
            ax.text(x + 0.5, at, letter, ha="center", va="center", fontsize=7, color=ink)
    ax.set_xlim(0, max(codes.groupby("row").size()))
    lines(ax, list(rows), 0.55)
    ax.set_xlabel("sentence", fontsize=8.5)
    ax.spines[:].set_visible(False)
    keys = [Patch(facecolor=colour, label=f"{letter} {name}") for name, (colour, letter) in signs.items()]
    key(ax, 5, handles=keys)
    counts = codes.groupby(["row", "code"]).size()
    return told(ax, (f"{row}: " + ", ".join(f"{code} {n}" for code, n in counts.loc[row].items()) for row in rows))


@mpl.rc_context(STYLE)
def schematic(ax: Axes, places: Mapping[str, tuple[float, float]], roads: Mapping[str, Sequence[str]]) -> Axes:
    """Draw which places lie on which roads, as a schematic and no map; the first place is the one in question.

    Parameters
    ----------
    places, roads : the place of each name to the right and upwards, and the names along each road, in order
    """
    for (road, names), colour in zip(roads.items(), (INK["rest"], INK["second"]), strict=False):
        ax.plot(*zip(*(places[name] for name in names), strict=True), color=colour, lw=3, zorder=1)
        ends = itertools.pairwise(places[name] for name in names)
        (x, y), (x2, y2) = max(ends, key=lambda pair: math.dist(*pair))
        box = {"facecolor": colour, "edgecolor": "white", "boxstyle": "round"}
        ax.text((x + x2) / 2, (y + y2) / 2, road, color="white", fontweight="bold", ha="center", va="center", bbox=box)
    for at, (name, (x, y)) in enumerate(places.items()):
        ax.plot(x, y, "o", ms=7 if at else 11, color=INK["rest"] if at else INK["accent"], zorder=2)
        weight = "normal" if at else "bold"
        ax.annotate(name, (x, y), (8, -13), textcoords="offset points", fontweight=weight).set_in_layout(False)
    ax.margins(0.1, 0.1)
    ax.set_xlim(right=max(x for x, _ in places.values()) * 1.15)
    ax.set_axis_off()
    return told(ax, (f"{road}: {', '.join(names)}" for road, names in roads.items()))
