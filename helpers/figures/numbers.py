"""Numbers as news English writes them: digits, words, scales, fractions and vague plurals, and their hedges."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from helpers.tokens import load_words

__all__ = ["NUMBER_WORDS", "ORDINALS", "SMALL", "WORDS", "Hedge", "Number", "bounds", "hedge_after", "hedge_before",
           "read_number"]  # fmt: skip

WORDS = load_words(Path(__file__).with_name("words.toml"))
_ONES = "zero one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {word: n for n, word in enumerate(_ONES + _TEENS)} | {word: n * 10 for n, word in enumerate(_TENS, 2)}
_GROUPS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES = {"hundred": 1e2, "dozen": 12.0, "score": 20.0, "lakh": 1e5, "crore": 1e7, **_GROUPS}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_NTHS = "third fourth fifth sixth seventh eighth ninth tenth".split()
_PARTS = {"half": 2, "halve": 2, "quarter": 4} | {word: n for n, word in enumerate(_NTHS, 3)}
ORDINALS = {"first", "second", *_NTHS, "eleventh", "twelfth", *(word + "th" for word in [*_TEENS[3:], *_SCALES])}
ORDINALS |= {word[:-1] + "ieth" for word in _TENS}
_PLURALS = {"tens": 10.0, **{word + "s": value for word, value in _SCALES.items()}}
_FEW = {"a few": 2, "several": 3, "many": 2, "a couple of": 2, "couple of": 2}
_VOCABULARY = {*SMALL, *_SCALES, *_PARTS, *(word + "s" for word in _PARTS), *_PLURALS,
               *"a an and of in out every point few several many couple".split()}  # fmt: skip
#: words at which a noun cannot go on, for a number begins there
NUMBER_WORDS = {*SMALL, *_PLURALS, *ORDINALS, "half", "halves", "nobody", "none", "several", "many"} - {
    "first", "second", "third"}  # fmt: skip

_DIGITS = re.compile(
    r"""\d{1,3}(?:,\d{3}){1,7}+(?:\.\d+)?(?!,?\d)     # 1,440
    |\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,7}(?!\d)  # 1 440, parted by a narrow or hard blank
    |\d+(?:\.\d+)?                                    # 1440, 3.5""",
    re.VERBOSE,
)
_NO_NUMBER = re.compile(r"[^\d.]")
_FIRST = re.compile(r"[a-z]+")
_NEXT = re.compile(r"(?:(,?)\s{1,2}|-)([a-z]+|\d{1,3}(?![\w.,]*\d))(?!\w)")
_SHORT_NEXT = re.compile(r"(?:k|mn?|bn|tn)(?!\w)")
_TIME_NEXT = re.compile(r"\s(?:second|minute|hour|day|night|week|month|year|decade)s?\b")


class Number(NamedTuple):
    """A number as it is written: where it ends, its value, and how it is written.

    `kind` is count, fraction or vague; `rule` the word that a vague number rests on; a vague number has `value` as the
    lower bound its word allows, and no upper one unless `exact`; `scaled` is the scale that digits are written with.
    """

    end: int
    value: float
    kind: str = "count"
    rule: str = ""
    exact: bool = True
    scaled: float = 1.0


def read_number(low: str, start: int) -> Number | None:
    """Read the number that begins at a place of a text.

    Parameters
    ----------
    low : any text, folded
    start : offset at which the number begins

    Returns
    -------
    Number, or None where none begins there

    >>> read_number("two hundred and fifty men", 0).value
    250.0
    >>> read_number("tens of thousands fled", 0)[1:4]
    (20000.0, 'vague', 'tens of thousands')
    """
    digits = _DIGITS.match(low, start)
    first = digits or _FIRST.match(low, start)
    if first is None:
        return None
    if digits and (short := _SHORT_NEXT.match(low, digits.end())):
        scale = _SHORT[short.group()]
        return Number(short.end(), _scaled(digits.group(), scale), scaled=scale)
    words, ends = _run(low, first)
    if digits and len(words) == 1:
        return Number(ends[0], _scaled(words[0], 1.0))
    for way in (_share, _fraction, _mixed, _vague, _digits if digits else _spelt):
        read = way(words)
        # three in five years is no share
        if read and not (way is _share and _TIME_NEXT.match(low, ends[read.end - 1])):
            return read._replace(end=ends[read.end - 1])
    return None


def _run(low: str, first: re.Match[str]) -> tuple[list[str], list[int]]:
    """Give the words from a number on that can belong to it, and where each ends."""
    words, ends = [first.group()], [first.end()]
    while len(words) < 12 and (after := _NEXT.match(low, ends[-1])):
        comma, word = after.groups()
        if (comma and words[-1] not in _GROUPS) or not (word in _VOCABULARY or words[-1] in ("in", "of", "every")):
            break
        words.append(word)
        ends.append(after.end())
    return words, ends


def _scaled(written: str, scale: float) -> float:
    """Multiply digits by a scale; 2.3 million is 2300000, which binary floats would miss."""
    plain = _NO_NUMBER.sub("", written)
    value = float(plain)
    return float(Decimal(plain) * Decimal(scale)) if scale != 1 and math.isfinite(value) else value


# Each way of reading takes the words of a run; in its Number `end` counts the words that it took.


def _small(words: list[str], at: int) -> tuple[float, int]:
    """Read digits or a number word below one hundred: its value and the place after it; -1 where there is none."""
    word = words[at] if at < len(words) else ""
    if word[:1].isdecimal():
        return _scaled(word, 1.0), at + 1
    value = SMALL.get(word, -1)
    unit = SMALL.get(words[at + 1], 0) if value >= 20 and at + 1 < len(words) else 0
    return (value + unit, at + 2) if 0 < unit < 10 else (value, at + 1)


def _scale(words: list[str], at: int) -> float:
    """Give the scale word at a place, or 0."""
    return _SCALES.get(words[at], 0.0) if at < len(words) else 0.0


def _share(words: list[str]) -> Number | None:
    """Read one in four, nine out of every ten."""
    above, at = _small(words, 0)
    for link in (["in"], ["out", "of"]):
        if words[at : at + len(link)] == link:
            every = at + len(link)
            below, end = _small(words, every + (words[every : every + 1] == ["every"]))
            if 0 < above < below and not _scale(words, end):
                return Number(end, above / below, "fraction")
    return None


def _fraction(words: list[str]) -> Number | None:
    """Read two thirds, a quarter; and half a million, which is a count."""
    above, at = (1.0, 1) if words[0] in ("a", "an") else _small(words, 0)
    if above < 0:
        above, at = 1.0, 0
    part = _PARTS.get(words[at].removesuffix("s")) if at < len(words) else None
    if part is None:
        return None
    end = at + 1 + (words[at + 1 : at + 2] == ["of"])
    end += words[end : end + 1] in (["a"], ["an"])
    if scale := _scale(words, end):
        return Number(end + 1, above / part * scale)
    return Number(at + 1, above / part, "fraction")


def _mixed(words: list[str]) -> Number | None:
    """Read two and a half million, six point five."""
    whole, at = _small(words, 0)
    if whole < 0:
        return None
    if words[at : at + 3] == ["and", "a", "half"]:
        value, at = whole + 0.5, at + 3
    elif words[at : at + 1] == ["point"] and (part := _small(words, at + 1))[0] >= 0:
        value, at = float(f"{whole:.0f}.{part[0]:.0f}"), part[1]
    else:
        return None
    scale = _scale(words, at)
    return Number(at + bool(scale), value * (scale or 1.0))


def _vague(words: list[str]) -> Number | None:
    """Read tens of thousands, several hundred thousand; twice the word is the least it allows."""
    if words[0] in _PLURALS:
        end = 3 if words[1:2] == ["of"] and words[2:3] and words[2] in _PLURALS else 1
        value = 2 * math.prod(_PLURALS[word] for word in words[:end:2])
        return Number(end, value, "vague", " ".join(words[:end]), False)
    for few, least in _FEW.items():
        at = few.count(" ") + 1
        if " ".join(words[:at]) == few and (scale := _scale(words, at)):
            end = at + 1 + (words[at] == "hundred" and words[at + 1 : at + 2] in (["thousand"], ["million"]))
            value = least * scale * (_scale(words, at + 1) if end == at + 2 else 1.0)
            return Number(end, value, "vague", " ".join(words[:end]), "couple" in few)
    return None


def _digits(words: list[str]) -> Number:
    """Read 3.5 million, 20 dozen."""
    scale = _SCALES.get(words[1].removesuffix("s"), 1.0)
    return Number(2 if scale > 1 else 1, _scaled(words[0], scale), scaled=scale)


def _spelt(words: list[str]) -> Number | None:
    """Read number words: each group below a thousand is multiplied by the scale that follows it."""
    total, group, end = 0.0, 0.0, 0
    at = 1 if words[0] in ("a", "an") and _scale(words, 1) else 0
    group = float(at)
    while at < len(words):
        word, scale = words[at], _scale(words, at)
        value, after = _small(words, at)
        if word in _GROUPS and group:
            total, group, end = total + group * scale, 0.0, at + 1
        elif scale and 0 < group < 100:
            group, end = group * scale, at + 1
        elif value >= 0 and group % 100 == 0 and not (end and value == 0):
            group, end = group + value, after
        elif not (word == "and" and end and _scale(words, at - 1)):
            break
        at = max(at + 1, end)
    return Number(end, total + group) if end else None


# what a kind of hedge leaves of a number: its low and its high bound, whether each is open, and whether it is about
_KEPT = {
    "lower": (True, False, False, False, False),
    "above": (True, False, True, False, False),
    "below": (False, True, False, True, False),
    "near": (False, True, False, True, True),
    "upper": (False, True, False, False, False),
    "about": (True, True, False, False, True),
}


class Hedge(NamedTuple):
    """The hedge beside a number: over how many words it reaches, and the kinds of bound that they state."""

    words: int
    kinds: list[str]


def _phrases(classes: Sequence[str], step: int) -> dict[str, list[tuple[list[str], str]]]:
    """Give the phrases of classes by the word that is nearest to a number, the longer first."""
    rows = [(phrase.split()[::step], name.removesuffix("_after")) for name in classes for phrase in WORDS[name]]
    table: dict[str, list[tuple[list[str], str]]] = {}
    for words, kind in sorted(rows, key=lambda row: -len(row[0])):
        table.setdefault(words[0], []).append((words, kind))
    return table


_BEFORE = _phrases([*_KEPT, "degree", "total"], -1)
_AFTER = _phrases(["lower", "upper", "lower_after", "upper_after", "about_after"], 1)


def _phrase(words: Sequence[str], at: int, table: dict[str, list[tuple[list[str], str]]]) -> tuple[int, str]:
    """Give the length and the kind of the phrase at a place, or 0."""
    rows = table.get(words[at], ()) if at < len(words) else ()
    return next(((len(phrase), kind) for phrase, kind in rows if words[at : at + len(phrase)] == phrase), (0, ""))


def hedge_before(words: Sequence[str]) -> Hedge:
    """Read the hedge that ends where a number begins.

    Parameters
    ----------
    words : the words before the number, in small letters, the nearest first

    Returns
    -------
    Hedge, of no words where there is none

    >>> hedge_before(["than", "more", "slightly", "killed"])
    Hedge(words=3, kinds=['above'])
    """
    at, reach, kinds = 0, 0, []
    while True:
        length, kind = _phrase(words, at, _BEFORE)
        # "slightly" only sharpens a hedge, and "another" belongs to one only where it stands behind it
        if not length or (kind == "degree" and not kinds):
            return Hedge(reach, kinds)
        at += length
        if kind != "total":
            reach = at
        if kind in _KEPT:
            kinds.append(kind)


def hedge_after(words: Sequence[str]) -> Hedge:
    """Read the hedge that begins where a number ends.

    Parameters
    ----------
    words : the words after the number, in small letters

    Returns
    -------
    Hedge, of no words where there is none

    >>> hedge_after(["or", "so", "tents"])
    Hedge(words=2, kinds=['about'])
    """
    length, kind = _phrase(words, 0, _AFTER)
    return Hedge(length, [kind] if length else [])


def bounds(low: float, high: float, kinds: Sequence[str]) -> tuple[float, float, bool, bool, bool]:
    """Turn a number and its hedge into an open interval; no bound is made up.

    Parameters
    ----------
    low, high : the number as written; equal unless it is a range, and high is inf for a vague plural
    kinds : the kinds of its hedge

    Returns
    -------
    low, high (an open end is -inf or inf), low_open, high_open, approx

    >>> bounds(359, 359, ["above"])
    (359, inf, True, False, False)
    >>> bounds(300, 300, ["near"])
    (-inf, 300, False, True, True)
    """
    first = next((kind for kind in _KEPT if kind in kinds), "")
    keeps_low, keeps_high, low_open, high_open, _ = _KEPT.get(first, (True, True, False, False, False))
    approx = any(_KEPT[kind][4] for kind in kinds)
    return low if keeps_low else -math.inf, high if keeps_high else math.inf, low_open, high_open, approx
