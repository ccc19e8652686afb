"""Quotations: who is made to say what, in marks and without; its one name for the rest of the house is find_quotes."""

from helpers.quotes.find import find_quotes

__all__ = ["find_quotes"]
