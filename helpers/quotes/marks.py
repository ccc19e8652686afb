"""Quotation marks of every form, paired."""

import re
from collections.abc import Iterator

__all__ = ["pair_marks"]

_PARAGRAPH = re.compile(r"[^\n]+")
_DOUBLE = re.compile("[“”„«»\"]|''|``")
# „low and high“, »the other way round«
_PAIRED = {("„", "“"), ("»", "«")}
_SINGLE = re.compile(
    r"""['‘’](?:(?P<opens>)(?<=['‘])(?<![\w’'].)(?=[\w“"…])  # before a word
        (?!\d0s|\d\d\b|n'|(?:em|til|tis|twas|cause|bout)\b)  # that it does not shorten: '90s, 'em
      | (?<=['’])(?<=[\w.,!?…%)].)(?![\w’']))  # behind a word""",
    re.VERBOSE,
)


def pair_marks(text: str) -> list[tuple[int, int]]:
    """Pair quotation marks of every form, paragraph by paragraph.

    Parameters
    ----------
    text : any text

    Returns
    -------
    where each pair opens, and where it has closed; a mark that never closes is paired with the paragraph's end

    >>> pair_marks("It's 'far', “he” said.")
    [(5, 10), (12, 16)]
    """
    found: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        begin, end = paragraph.span()
        doubles = list(_doubles(text, begin, end))
        found += doubles
        for opened, closed in [*doubles, (end, end)]:
            found += _singles(text, begin, opened)
            begin = closed
    stripped = ((opened, opened + len(text[opened:closed].rstrip())) for opened, closed in found)
    return sorted(pair for pair in stripped if pair[1] - pair[0] > 2)


def _doubles(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Pair the double marks of a paragraph."""
    opened = -1
    for match in _DOUBLE.finditer(text, begin, end):
        at, sign, behind = match.start(), match[0], text[match.end() : match.end() + 1]
        opens = at == begin or (text[at - 1].isspace() and not behind.isspace())
        if opened < 0:
            closes = not opens and (sign in "”»" or (sign in "\"''" and behind.isspace()))  # or inches
            opened = -1 if closes else at
        elif not opens and (sign not in "“„«``" or (text[opened], sign) in _PAIRED or not behind.strip()):
            yield opened, match.end()
            opened = -1
        elif opens and (sign != '"' or text[at - 2] not in ".!?…"):
            yield opened, at  # it never closed
            opened = at
    if opened >= 0:
        yield opened, end


def _singles(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Pair the single marks of a stretch without double ones; apostrophes and possessives are none."""
    opened = -1
    for match in _SINGLE.finditer(text, begin, end):
        if match.lastgroup:
            opened = match.start() if opened < 0 else opened
        elif opened >= 0:
            yield opened, match.end()
            opened = -1
