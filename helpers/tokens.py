"""A text as the finders read it: tokens with their offsets, and the word classes of a finder's words.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["Token", "load_words", "tokens", "words"]

# digits with their commas and stops, letters with inner apostrophes, or a single mark; a line break is a mark
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\n|\S")

# the same as prose has it: hyphens and apostrophes join a word, initials and what is abbreviated keep their stop
_WORD = re.compile(
    r"""[a-z]+(?![\w'’-])  # the most, and read fastest so
      | (?=[A-Z])(?:(?:[A-Z]\.)+  # U.S.
        | (?:Mr|Mrs|Ms|Dr|Prof|Hon|Rev|Sen|Rep|Gov|Gen|Col|Lt|Maj|Sgt|Capt|Cpl|Adm|Brig|Supt|Insp|Jr|Sr)\.  # a person's
        | (?:St|Mt|No|Inc|Ltd|Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec)\.)  # a place's, a firm's, a month's
      | \w+(?:(?:['’-]|(?<=\d)[.,](?=\d))\w+)*  # state-run, Ma’rat, 1,000
      | \n | \S""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word, a number in digits, or a mark: where it stands, as written and folded, whether a blank is before it."""

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
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        begin, until = match.span()
        word = match.group()
        yield Token(begin, until, word, word.lower().replace("’", "'"), begin != last)
        last = until


def words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Read a text, or a stretch of it, as whole words and marks.

    Parameters
    ----------
    text : any text
    start, end : the stretch; by default all of it

    Returns
    -------
    where each word or mark begins and ends; unlike `tokens`, a hyphen joins words and an abbreviation keeps its stop

    >>> [text[a:b] for text in ["Mr. Odum's U.S.-born son"] for a, b in words(text)]
    ['Mr.', "Odum's", 'U.S.', '-', 'born', 'son']
    """
    return [match.span() for match in _WORD.finditer(text, start, len(text) if end is None else end)]


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
