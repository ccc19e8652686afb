"""Quotations and reported speech; the rest of the house knows find_quotes, and scan_quotes for many texts."""

from helpers.quotes.find import find_quotes, scan_quotes

__all__ = ["find_quotes", "scan_quotes"]
