"""Figures: numbers that state a quantity, as intervals: find_figures, and scan_figures for many texts."""

from helpers.figures.find import find_figures, scan_figures

__all__ = ["find_figures", "scan_figures"]
