"""Quotation marks of every form, paired."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

__all__ = ["pair_marks"]

_DOUBLE = re.compile('[“”„«»"]')
_SINGLE_OPEN = re.compile(
    r"""(?<![\w’'])['‘](?=[\w“"…])  # before a word
        (?!\d0s|\d\d\b|n'|(?:em|til|tis|twas|cause|bout)\b)  # that it does not shorten: '90s, 'em""",
    re.VERBOSE,
)
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…%)])['’](?![\w’'])")


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
    for paragraph in re.finditer(r"[^\n]+", text):
        begin, end = paragraph.span()
        doubles = list(_doubles(text, begin, end))
        found += doubles
        found += _singles(text, begin, end, doubles)
    return sorted(pair for pair in found if pair[1] - pair[0] > 2)


def _doubles(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Pair the double marks of a paragraph."""
    marks = [match.start() for match in _DOUBLE.finditer(text, begin, end)]
    straight = sum(text[at] == '"' for at in marks)  # how many straight marks are left
    last_curly = text.rfind("”", begin, end)
    opened = -1
    for at in marks:
        sign = text[at]
        before = text[at - 1] if at > begin else " "
        after = text[at + 1] if at + 1 < end else " "
        opens = sign in "“„«" or (sign == '"' and not after.isspace() and (before.isspace() or before in "([—–-/'‘"))
        odd_one = opens and before.isspace() and straight % 2 == 0 and last_curly < at  # another pair is to come
        straight -= sign == '"'
        if opened < 0:
            alone = sign in "”»" or (sign == '"' and (after.isspace() or before.isdigit()))  # or inches
            opened = -1 if alone else at
        elif odd_one or (opens and sign != '"' and not after.isspace()):
            yield opened, _stripped(text, at)
            opened = at
        else:
            yield opened, at + 1
            opened = -1
    if opened >= 0:
        yield opened, _stripped(text, end)


def _stripped(text: str, end: int) -> int:
    """Give the end of what stands before a place, without blanks."""
    while text[end - 1].isspace():
        end -= 1
    return end


def _singles(text: str, begin: int, end: int, doubles: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pair the single marks of a paragraph outside double ones; apostrophes and possessives are none."""
    opens = [match.start() for match in _SINGLE_OPEN.finditer(text, begin, end)]
    if not opens:
        return
    closes = [match.start() for match in _SINGLE_CLOSE.finditer(text, begin, end)]
    starts = [pair[0] for pair in doubles]
    at = begin
    for number, opened in enumerate(opens):
        behind = bisect_right(starts, opened)
        if opened < at or (behind and opened < doubles[behind - 1][1]):
            continue
        limit = starts[behind] if behind < len(starts) else end
        first = bisect_right(closes, opened)
        if first == len(closes) or closes[first] >= limit:
            if text[opened] == "‘" and (opened == begin or text[opened - 2 : opened] == ": "):
                at = limit  # never closed
                yield opened, _stripped(text, limit)
            continue
        chosen = closes[first]
        if text[chosen - 1] == "s":  # a plural possessive, where a firmer closing mark follows
            again = min(opens[number + 1] if number + 1 < len(opens) else end, limit)
            later = closes[first + 1 : bisect_left(closes, again)][:20]
            chosen = next((close for close in later if text[close - 1] in ".,!?"), chosen)
        at = chosen + 1
        yield opened, at
