"""Figures: numbers that state a quantity, as intervals; its one name for the rest of the house is find_figures."""

from helpers.figures.find import find_figures

__all__ = ["find_figures"]
