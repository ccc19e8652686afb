"""One look for every chart: a finding as its title, what was measured, the source, and alt text."""

import colorsys
import io
import textwrap
from collections.abc import Iterable
from typing import Any

import matplotlib as mpl
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

__all__ = ["FRAMES", "INK", "PLACES", "STYLE", "VOICES", "axes", "dark", "finish", "show", "told"]

#: the few colours of a chart: the article in question, the rest, text, faint lines
INK = {"accent": "#a2491b", "rest": "#8a9099", "text": "#22262b", "faint": "#d9dce0", "second": "#2f6690"}
#: a colour and a hatching for each voice, so that neither colour nor grey value decides alone
VOICES = {
    "own": ("#a2491b", ""), "reported": ("#d9a05b", "///"), "quoted": ("#2f6690", ""), "scare": ("#9fbfd6", "..."),
}  # fmt: skip
#: a colour and a hatching for how near the one who acts is named
PLACES = {
    "named": ("#2f6690", ""), "implied": ("#9fbfd6", "///"), "a weapon": ("#d9a05b", "..."), "nobody": ("#a2491b", ""),
}  # fmt: skip
#: a colour and a letter for each topic frame
FRAMES = {
    "military": ("#7d8fa3", "M"), "suffering": ("#e8b28f", "S"), "responsibility": ("#a2491b", "R"),
    "geopolitics": ("#2f6690", "G"), "resistance": ("#8fb89a", "P"), "aid": ("#d8c66a", "A"),
    "economy": ("#b59ac4", "E"), "background": ("#c9cdd2", "B"), "none": ("#f1f2f3", "–"),
}  # fmt: skip
#: what matplotlib is told wherever something is drawn
STYLE: Any = {
    "font.family": "DejaVu Sans", "font.size": 9.5, "axes.edgecolor": INK["faint"], "axes.labelcolor": INK["text"],
    "axes.spines.top": False, "axes.spines.right": False, "text.color": INK["text"], "xtick.color": INK["text"],
    "ytick.color": INK["text"], "xtick.major.size": 0, "ytick.major.size": 0, "hatch.linewidth": 0.6,
    "svg.hashsalt": "0", "axes.axisbelow": True, "grid.color": INK["faint"], "grid.linewidth": 0.6,
    "legend.frameon": False, "legend.fontsize": 8.5,
}  # fmt: skip
_WIDTH = 8.0


def axes(height: float = 4.5, rows: int = 1, columns: int = 1, **options: Any) -> Axes:
    """Open a chart of the collection's width and look, `height` inches high, or an array of several panels.

    The options are further arguments of `Figure.subplots`.

    >>> axes(2).get_figure().get_size_inches().tolist()
    [8.0, 2.0]
    """
    with mpl.rc_context(STYLE):
        return Figure(figsize=(_WIDTH, height)).subplots(rows, columns, **options)


def finish(ax: Axes, *, finding: str, measure: str, source: str) -> Axes:
    """Give a chart its title (the finding), the line under it and its foot, and give it back; none may be empty.

    Parameters
    ----------
    finding : what the chart shows, in a sentence built from the data
    measure : what was counted, where and when
    source : what was left out, and where the data come from

    >>> finish(axes(2), finding="All agree", measure="articles", source="seeds").get_figure().texts[0].get_text()
    'All agree'
    """
    for name, value in {"finding": finding, "measure": measure, "source": source}.items():
        if not value.strip():
            raise ValueError(f"{name} is empty; a chart says its finding, its measure and its source")
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    lines = [textwrap.fill(finding, 74), textwrap.fill(measure, 104), textwrap.fill(source, 118)]
    inch = 1 / figure.get_size_inches()[1]
    with mpl.rc_context(STYLE):
        top, heads = 1 - 0.08 * inch, [line.count("\n") + 1 for line in lines]
        figure.text(0.012, top, lines[0], fontsize=12.5, fontweight="bold", va="top", linespacing=1.25)
        top -= (0.235 * heads[0] + 0.06) * inch
        figure.text(0.012, top, lines[1], fontsize=9.5, va="top", color="#50565e", linespacing=1.3)
        top -= (0.185 * heads[1] + 0.12) * inch
        foot = (0.165 * heads[2] + 0.1) * inch
        figure.text(0.012, 0.05 * inch, lines[2], fontsize=8, va="bottom", color="#50565e", linespacing=1.3)
        figure.set_layout_engine("constrained", rect=(0.008, foot, 0.984, top - foot))
    return ax


def told(ax: Axes, values: Iterable[str]) -> Axes:
    """Note on a panel what is drawn on it, row by row, for the alt text; every kind of chart does so.

    >>> told(axes(2), ["a 1", "b 2"]).get_label()
    'a 1; b 2'
    """
    ax.set_label("; ".join(values))
    return ax


def dark(picture: bytes) -> bytes:
    """Turn the palette of a picture that `show` made, so that it can be read on a dark page: light for dark, hues kept.

    >>> white = io.BytesIO()
    >>> Image.new("P", (1, 1)).save(white, "png")
    >>> Image.open(io.BytesIO(dark(white.getvalue()))).convert("RGB").getpixel((0, 0))
    (233, 233, 233)
    """
    image = Image.open(io.BytesIO(picture))
    values = image.getpalette() or []
    turned: list[int] = []
    for red, green, blue in zip(values[::3], values[1::3], values[2::3], strict=True):
        hue, light, depth = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
        turned += [round(part * 255) for part in colorsys.hls_to_rgb(hue, 0.915 - 0.815 * light, depth)]
    image.putpalette(turned)
    small = io.BytesIO()
    image.save(small, format="png")
    return small.getvalue()


def show(ax: Axes, text: str) -> None:
    """Finish a chart and show it as a picture of 64 colours; its alt text is its finding and the values drawn.

    Parameters
    ----------
    ax : the chart, or any one of its panels
    text : its words in reading order, in three paragraphs: finding, measure and source, as `finish` takes them

    Raises
    ------
    ValueError if there are not three paragraphs, or nothing was drawn by a function of charts
    """
    parts = [part.strip() for part in text.split("\n\n")]
    if len(parts) != 3:
        raise ValueError(f"{len(parts)} paragraphs: a chart has three, its finding, its measure and its source")
    finding, measure, source = parts
    figure = finish(ax, finding=finding, measure=measure, source=source).get_figure()
    assert isinstance(figure, Figure)
    values = ". ".join(str(panel.get_label()) for panel in figure.axes if panel.get_label())
    if not values:
        raise ValueError("nothing is drawn; draw with a function of charts, which says its values for the alt text")
    width, height = (int(inches * 96) for inches in figure.get_size_inches())
    figure.set_dpi(192)
    figure.set_facecolor("white")
    with mpl.rc_context(STYLE):
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    small = io.BytesIO()
    picture.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(small, "png", optimize=True)
    alt = " ".join(f"{finding.rstrip('.')}. {measure}. {values}".split())
    metadata = {"image/png": {"width": width, "height": height, "alt": alt}}
    display({"image/png": small.getvalue(), "text/plain": alt}, metadata=metadata, raw=True)
