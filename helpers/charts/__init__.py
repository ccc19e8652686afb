"""Charts in one look: opened with axes, drawn on, given finding, measure and source by finish, shown with alt text."""

from helpers.charts.kinds import bars, curve, dots, matrix, totals
from helpers.charts.look import FRAMES, INK, PLACES, VOICES, axes, finish, show
from helpers.charts.rows import barcode, cells, schematic, strip, windows

__all__ = [
    "FRAMES", "INK", "PLACES", "VOICES", "axes", "barcode", "bars", "cells", "curve", "dots", "finish", "matrix",
    "schematic", "show", "strip", "totals", "windows",
]  # fmt: skip
