"""Charts in one look: opened with axes, drawn on, given finding, measure and source by finish, shown with alt text."""

from helpers.charts.kinds import bars, curve, dots, matrix, totals
from helpers.charts.look import FRAMES, INK, VOICES, axes, finish, show
from helpers.charts.rows import barcode, cells, strip, verdicts, windows

__all__ = [
    "FRAMES", "INK", "VOICES", "axes", "barcode", "bars", "cells", "curve", "dots", "finish", "matrix", "show", "strip",
    "totals", "verdicts", "windows",
]  # fmt: skip
