"""A text as the finders read it: tokens with their offsets, and the word classes of a finder's words.toml."""

import itertools
import re
import tomllib
from pathlib import Path

__all__ = ["TOKEN", "fold", "load_words", "unwrapped", "words"]

#: digits with their commas and stops, letters with inner apostrophes, or a single mark; a line break is a mark
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\n|\S")

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


def unwrapped(text: str) -> str:
    """Give a text whose lines were cut at a width with its paragraphs whole, each character in its place.

    Parameters
    ----------
    text : any text

    Returns
    -------
    text of the same length; a line break is a blank where the next word did not fit into its line. A text in which
    fewer than half of the line breaks are such ones stays as it is

    >>> unwrapped("He said that the town, which had been held\\nby rebels for years, was his.\\nNobody spoke.")
    'He said that the town, which had been held by rebels for years, was his.\\nNobody spoke.'
    """
    lines = text.split("\n")
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[len(lengths) * 19 // 20] if lengths else 0
    if not 40 <= width <= 120:
        return text
    pairs = [(n, len(line.rstrip()), after.split()) for n, (line, after) in enumerate(itertools.pairwise(lines))]
    breaks = [(n, length, len(after[0])) for n, length, after in pairs if length and after]
    cut = {n for n, length, word in breaks if length <= width < length + 1 + word}
    if len(cut) * 2 < len(breaks):
        return text
    return "".join(line + (" " if n in cut else "\n") for n, line in enumerate(lines))[: len(text)]


def words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Read a text, or a stretch of it, as whole words and marks.

    Parameters
    ----------
    text : any text
    start, end : the stretch; by default all of it

    Returns
    -------
    where each word or mark begins and ends; unlike `TOKEN`, a hyphen joins words and an abbreviation keeps its stop

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
