"""A text as the finders read it: tokens with their offsets, and the word classes of a finder's words.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["TOKEN", "Token", "fold", "load_words", "tokens"]

#: digits with their commas and stops, letters with inner apostrophes, or a single mark; a line break is a mark
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\n|\S")


class Token(NamedTuple):
    """A word, a number in digits, or a mark: where it stands, as written and folded, and whether a blank precedes."""

    start: int
    end: int
    text: str
    low: str
    gap: bool


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Read a text, or a stretch of it, left to right.

    Parameters
    ----------
    text : any text
    start, end : the stretch; by default all of it

    Yields
    ------
    Token; `low` has small letters and straight apostrophes, `gap` is true after a blank and at the start

    >>> [(token.low, token.gap) for token in tokens("On 28-29 May, Ma’rat")]
    [('on', True), ('28', True), ('-', False), ('29', False), ('may', True), (',', False), ("ma'rat", True)]
    """
    last = -1
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        begin, until = match.span()
        word = match.group()
        yield Token(begin, until, word, word.lower().replace("’", "'"), begin != last)
        last = until


def fold(text: str) -> str:
    """Give a text in small letters with straight apostrophes, each character in its place.

    Parameters
    ----------
    text : any text

    Returns
    -------
    text of the same length; a letter whose small form is longer stays as it is

    >>> fold("İzmir’s FIVE")
    "İzmir's five"
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return low.replace("’", "'")


def load_words(path: Path) -> dict[str, frozenset[str]]:
    """Read the word classes of a finder, each a TOML key with its words in one string.

    Parameters
    ----------
    path : a words.toml; its tables group the classes by topic

    Returns
    -------
    class -> its words and phrases (parted by line breaks or blanks; "_" stands for a blank inside a phrase)
    """
    topics = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: frozenset(word.replace("_", " ") for word in words.split())
        for topic in topics.values()
        for name, words in topic.items()
    }
