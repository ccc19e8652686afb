"""Numbers as news English writes them: digits, words, scales, fractions and vague plurals, and their hedges."""

import math
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from helpers.tokens import load_words

__all__ = ["HEDGES", "NUMBER_WORDS", "ORDINALS", "TENS", "WORDS", "Number", "read_hedge", "read_number"]

WORDS = load_words(Path(__file__).with_name("words.toml"))
_ONES = "zero one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: n for n, word in enumerate(_ONES + _TEENS)} | {word: n * 10 for n, word in enumerate(TENS, 2)}
_WIRE = {"mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12}
_GROUPS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12} | _WIRE
_LETTERS = {"k": "thousand", "m": "million", "b": "billion", "cr": "crore"}
_SCALES = {"hundred": 1e2, "dozen": 12.0, "score": 20.0, "lakh": 1e5, "crore": 1e7, **_GROUPS}
_NTHS = "third fourth fifth sixth seventh eighth ninth tenth".split()
_PARTS = {"half": 2.0, "halve": 2.0, "quarter": 4.0} | {word: float(n) for n, word in enumerate(_NTHS, 3)}
_PARTS |= {mark: 1 / unicodedata.numeric(mark) for mark in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
ORDINALS = {"first", "second", "eleventh", "twelfth", *_NTHS, *(word + "th" for word in [*_TEENS[3:], *_SCALES])}
ORDINALS |= {word[:-1] + "ieth" for word in TENS}
_PLURALS = {"tens": 10.0} | {word + "s": value for word, value in _SCALES.items()}
_FEW = {"few": 2, "couple": 2, "many": 2, "several": 3}
_IN_NUMBERS = {*_SMALL, *_SCALES, *_PARTS, *(word + "s" for word in _PARTS), *_PLURALS, *_FEW}
_IN_NUMBERS |= set("a an and of in out every point".split())
#: words at which a number begins, so that a noun is over there
NUMBER_WORDS = {*_SMALL, *_PLURALS, *ORDINALS, "half", "halves", "nobody", "none", "several", "many"}

_METRES = "|".join(sorted(WORDS["race"] | WORDS["length"] | {"long"}))
_FIRST = re.compile(
    rf"""((?:\d{{1,3}}(?:,\d{{3}}){{1,7}}+(?:\.\d+)?(?!,?\d)    # 1,440
    |\d{{1,2}}(?:,\d\d){{1,4}},\d{{3}}(?!,?\d)                # 1,27,365, as India groups
    |\d{{1,3}}(?:[\u00a0\u202f\u2009]\d{{3}}){{1,7}}(?!\d)     # 1 440, parted by a narrow or hard blank
    |[1-9]\d{{0,2}}(?:\ \d{{3}}){{1,7}}(?![\d,]|[ -]\d)       # 816 000
    |\d{{1,3}}(?:\.\d{{3}}){{2,5}}(?![\d.])                    # 1.234.567
    |\d{{1,3}},\d{{1,2}}(?![\d,]|\.\d)                       # 2,5 with a decimal comma
    |\d+(?:\.\d+)?)(?:[¼-¾⅐-⅞]|[ -]\d/[2-9](?![\d/]))?        # 1440, 3.5, 2½, 2 1/2
    |[¼-¾⅐-⅞]|[a-z]+)                                       # ½, a word
    ((?:k|m(?!\s(?:{_METRES})\b)|b|cr|mn|mln|bn|bln|tn|trn|million|billion|trillion)(?!\w))?  # 3.5m, but 200m gold""",
    re.VERBOSE,
)
_APART, _DECIMAL = re.compile(r"[^\d.]"), re.compile(r"(\d{1,3}),(\d{1,2})\Z")
_OF_ONE = re.compile(r"\s+(?:of\s+)?(?:an?|one|1)(?=\s(?:per\s?cent|pct))")
_OUT_OF = re.compile(r"(?:in|out of|of(?= (?:every|ten|100?) )) (?:every )?")
_NEXT = re.compile(r"(?:(,?)\s{1,2}|-)([a-z]+|\d{1,3}(?![.,]?\d))(?!\w)")


class Number(NamedTuple):
    """A number as it is written: where it ends, its value, and how it is written.

    `kind` is count, fraction or vague; `rule` the word that a vague number rests on, `implied` the kind of hedge
    that is in this word; `scale` is the one word of scale that it ends with, `most` the upper end of a range.
    """

    end: int
    value: float
    kind: str = "count"
    rule: str = ""
    implied: str = ""
    scale: float = 1.0
    most: float | None = None


def read_number(low: str, start: int) -> Number | None:
    """Read the number that begins at a place of a folded text."""
    first = _FIRST.match(low, start)
    if first is None:
        return None
    words = [first[1], _LETTERS.get(first[2], first[2])] if first[2] else [first[1]]
    ends = [first.end()] * len(words)
    while len(words) < 12 and not first[2] and (after := _NEXT.match(low, ends[-1])):
        known = after[2] in _IN_NUMBERS or words[-1] in ("in", "of", "every")
        if not known or (after[1] and words[-1] not in _GROUPS):
            break
        words.append(after[2])
        ends.append(after.end())
    padded = [*words, "", "", "", ""]
    if len(words) == 1 and (words[0] in _SMALL or words[0][0].isdecimal()):  # the most, and read fastest so
        return Number(ends[0], _small(padded)[0])
    read = _share(padded) or _vague(padded) or _count(padded)
    if read and read.kind == "fraction" and (one := _OF_ONE.match(low, ends[read.end - 1])):
        return read._replace(end=one.end(), kind="count")
    return read._replace(end=ends[read.end - 1]) if read else None


# Each way of reading takes words with empty ones behind them; in its Number `end` counts the words that it took.


def _small(words: list[str]) -> tuple[float, int]:
    """Read digits or a number word below one hundred: its value, and how many words it takes."""
    word = words[0]
    if "/" in word:  # 2 1/2
        return _small([word[:-4]])[0] + int(word[-3]) / int(word[-1]), 1
    if word[:1].isdecimal():
        part = 0.0 if word[-1].isdecimal() else unicodedata.numeric(word[-1])
        plain = _DECIMAL.sub(r"\1.\2", word[:-1] if part else word)
        return float(_APART.sub("", plain.replace(".", "") if plain.count(".") > 1 else plain)) + part, 1
    value = 1 if word in ("a", "an") and words[1] in _SCALES else _SMALL.get(word, -1)
    unit = _SMALL.get(words[1], 0) if value >= 20 else 0
    return (value + unit, 2) if 0 < unit < 10 else (value, int(value >= 0))


def _share(words: list[str]) -> Number | None:
    """Read one in four, nine out of every ten, two thirds, a quarter; but half a million is a count."""
    above, at = _small(words)
    if above > 0 and (joint := _OUT_OF.match(" ".join(words[at:]))):
        behind = at + joint.group().count(" ")
        below, length = _small(words[behind:])
        if above < below and words[behind + length] not in _SCALES:
            return Number(behind + length, above / below, "fraction")
    above, at = (above, at) if at else (1.0, int(words[0] in ("a", "an")))
    part = _PARTS.get(words[at].removesuffix("s"))
    if part is None:
        return None
    of = at + 1 + (words[at + 1] == "of")
    of += words[of] in ("a", "an")
    if scale := _SCALES.get(words[of]):
        return Number(of + 1, above / part * scale)
    return Number(at + 1, above / part, "fraction")


def _vague(words: list[str]) -> Number | None:
    """Read tens of thousands, several hundred thousand; the value is the least that the word allows."""
    if words[0] in _PLURALS:
        end = 3 if words[1] == "of" and words[2] in _PLURALS else 1
        value = 2 * math.prod(_PLURALS[word] for word in words[:end:2])
        return Number(end, value, "vague", " ".join(words[:end]), "lower")
    few = int(words[0] == "a")
    at = few + 1 + (words[few + 1] == "of")
    if words[few] not in _FEW or words[at] not in _SCALES:
        return None
    end = at + 1 + (words[at] == "hundred" and words[at + 1] in _GROUPS)
    value = _FEW[words[few]] * math.prod(_SCALES[word] for word in words[at:end])
    return Number(end, value, "vague", " ".join(words[:end]), "about" if words[few] == "couple" else "lower")


def _times(value: float, scale: str) -> float:
    """Multiply as decimals do: 65.4 billion is 65400000000."""
    return float(f"{value * _SCALES[scale]:.15g}")


def _count(words: list[str]) -> Number | None:
    """Read 3.5 million, two and a half, and number words: each group by the scale behind it."""
    group, end = _small(words)
    if words[end : end + 3] == ["and", "a", "half"]:
        group, end = group + 0.5, end + 3
    elif end and words[end] == "point" and (part := _small(words[end + 1 :]))[1]:  # six point five
        group, end = float(f"{group:.0f}.{part[0]:.0f}"), end + 1 + part[1]
    total, first, at = 0.0, end, end
    while end and (word := words[at]):
        value, length = _small(words[at:])
        if word in _GROUPS and group:
            total, group, end = total + _times(group, word), 0.0, at + 1
        elif word in _SCALES and group and (group < 100 or at == first):
            group, end = _times(group, word), at + 1
        elif value > 0 and group % 100 == 0 and words[at - 1] in (*_SCALES, "and"):
            group, end = group + value, at + length
        elif word != "and":
            break
        at = max(at + 1, end)
    scale = _SCALES[words[first]] if end == first + 1 else 1.0
    return Number(end, total + group, scale=scale) if end else None


#: the kinds of hedge; of several beside a number the first decides on its bounds
HEDGES = ("lower", "above", "below", "near", "upper", "about")


def _phrases(classes: Sequence[str], step: int) -> dict[tuple[str, ...], str]:
    """Give the kind of each phrase of some classes; its words with the one that is nearest to a number first."""
    return {tuple(phrase.split()[::step]): name.partition("_")[0] for name in classes for phrase in WORDS[name]}


_BEFORE = _phrases([*HEDGES, "lower_both", "upper_both", "degree", "total"], -1)
_AFTER = _phrases(["lower_both", "upper_both", "lower_after", "upper_after", "about_after"], 1)
_NEAREST = {words[0] for words in [*_BEFORE, *_AFTER]}


def read_hedge(words: Sequence[str], behind: bool = False) -> tuple[int, list[str]]:
    """Read the hedge among the words beside a number, the nearest first: how many are its, and its kinds of bound."""
    at, reach, table = 0, 0, _AFTER if behind else _BEFORE
    kinds: list[str] = []
    while at < len(words) and words[at] in _NEAREST:
        phrases = (tuple(words[at : at + length]) for length in (4, 3, 2, 1))
        phrase = next((phrase for phrase in phrases if phrase in table), ())
        kind = table.get(phrase, "")
        # "slightly" only sharpens a hedge, and "another" belongs to one only where it stands behind it
        if not kind or (kind == "degree" and not kinds):
            break
        at += len(phrase)
        reach = reach if kind == "total" else at
        kinds += [kind] if kind in HEDGES else []
    return reach, kinds
