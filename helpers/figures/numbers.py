"""Numbers as news English writes them: digits, words, scales, fractions and vague plurals, and their hedges."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import NamedTuple

__all__ = ["HEDGE_AFTER", "HEDGE_BEFORE", "Number", "bounds", "read_number"]

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {"zero": 0, **{w: n for n, w in enumerate(_ONES, 1)}, **{w: n for n, w in enumerate(_TEENS, 10)}}
_WORDS |= {w: n for n, w in zip(range(20, 100, 10), _TENS, strict=True)}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
           "score": 20.0, "lakh": 1e5, "crore": 1e7}  # fmt: skip
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
          "eighth": 8, "ninth": 9, "tenth": 10}  # fmt: skip

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)}|zero)(?![a-z])"
_BELOW = rf"(?:(?:(?:{_SMALL})|an?)\s+hundred(?:\s+(?:and\s+)?(?:{_SMALL}))?|(?:{_SMALL}))(?![a-z])"
_GROUP = r"\s+(?:thousand|million|billion|trillion)(?![a-z])"
_SPELT = (
    rf"(?:(?:{_BELOW}|an?){_GROUP}(?:,?\s+(?:and\s+)?{_BELOW}(?:{_GROUP})?)*|{_BELOW}|an?\s+(?:hundred|dozen)(?![a-z]))"
)
_PART = r"(?:half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"

# each alternative is tried at the place where a number can begin, the more specific first
_NUMBER = re.compile(
    rf"""(?P<half_of>(?P<half_n>half|a\s+quarter\s+of|three[-\s]quarters\s+of)\s+(?:an?\s+)?(?P<half_scale>hundred|dozen|thousand|million|billion|trillion)\b)
    |(?P<in_n>(?P<in_num>{_SMALL}|\d{{1,2}})\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<in_den>{_SMALL}|\d{{1,3}}))(?![\w.,]*\d)(?!\s+(?:hundred|thousand|million)\b)
      (?!\s+(?:second|minute|hour|day|night|week|month|year|decade)s?\b)
    |(?P<halves>(?P<halves_n>{_SMALL}|\d+)\s+and\s+a\s+half(?:\s+(?P<halves_scale>thousand|million|billion|trillion))?\b)
    |(?P<fraction>(?:(?P<frac_n>{_SMALL}|an?)[-\s])?(?P<frac_d>{_PART}s?|halves)\b)
    |(?P<few>(?:(?P<few_word>a\s+few|several|many|a\s+couple\s+of|couple\s+of)\s+(?P<few_scale>hundred(?:\s+(?:thousand|million))?|thousand|dozen|million|billion))\b)
    |(?P<vague>(?:(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)\s+of\s+)?
      (?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)\b)
    |(?P<digits>{_DIGITS})(?:(?P<short>k|m|mn|bn|tn)(?![\w])|[\s\u00a0-](?P<scale>hundred|thousand|million|billion|trillion|dozen|lakh|crore)s?(?![a-z]))?
    |(?P<dozens>(?P<dozens_n>{_BELOW})\s+(?P<dozens_scale>dozen|score)(?![a-z]))
    |(?P<decimal>(?P<dec_a>{_SMALL})\s+point\s+(?P<dec_b>{_SMALL})(?:\s+(?P<dec_scale>hundred|thousand|million|billion))?\b)
    |(?P<spelt>{_SPELT})""",
    re.IGNORECASE | re.VERBOSE,
)
_TOKEN = re.compile(r"[a-z]+")

_LOWER = ["at least", "at the very least", "no fewer than", "no less than", "not fewer than", "not less than",
          "a minimum of", "minimum of", "as few as"]  # fmt: skip
_ABOVE = [
    "more than",
    "over",
    "above",
    "in excess of",
    "upwards of",
    "greater than",
    "larger than",
    "bigger than",
    "higher than",
    "exceeding",
    "north of",
]
_UPPER = ["up to", "as many as", "as much as", "at most", "no more than", "not more than", "a maximum of",
          "maximum of", "no greater than"]  # fmt: skip
_BELOW_HEDGE = ["fewer than", "less than", "smaller than", "lower than", "under", "below", "short of"]
_NEAR = ["nearly", "almost", "close to", "nearing", "approaching", "just shy of", "not quite"]
_ABOUT = ["some", "around", "about", "roughly", "approximately", "an estimated", "estimated", "approx.", "circa",
          "in the region of", "in the order of"]  # fmt: skip
_ADVERB = r"(?:(?:well|just|far|slightly|a\s+little|a\s+bit|way|considerably|significantly|perhaps|maybe|possibly)\s+)?"
_AMONG = r"(?:an?\s+extra|an?\s+additional|an?\s+further|another|a\s+total\s+of|a\s+combined)"


def _any(phrases: list[str]) -> str:
    """Match one of several phrases, any blank between their words."""
    return (
        "(?:" + "|".join(r"\s+".join(map(re.escape, p.split())) for p in sorted(phrases, key=len, reverse=True)) + ")"
    )


_HEDGE = rf"{_ADVERB}{_any(_LOWER + _ABOVE + _UPPER + _BELOW_HEDGE + _NEAR + _ABOUT)}"
#: hedges that end where a number begins; `an extra` and its like only behind another hedge
HEDGE_BEFORE = re.compile(rf"(?<![\w-]){_HEDGE}(?:\s+(?:{_HEDGE}|{_AMONG}))*[\s\u00a0]+\Z", re.IGNORECASE)
#: hedges that begin where a number ends
HEDGE_AFTER = re.compile(
    r"(?:\s+at\s+(?:the\s+)?(?:most|least)|\s+or\s+(?:(?:even\s+)?(?:more|greater|higher)|so|fewer|less|thereabouts)|\s?\+(?!\d)|-odd|-plus|\s+plus)(?![\w])",
    re.IGNORECASE,
)
_KINDS = [
    ("low", _LOWER),
    ("above", _ABOVE),
    ("high", _UPPER),
    ("below", _BELOW_HEDGE),
    ("near", _NEAR),
    ("about", _ABOUT),
]
_KIND = re.compile(
    "|".join(rf"(?P<{kind}>(?<![\w]){_any(phrases)}(?![\w]))" for kind, phrases in _KINDS), re.IGNORECASE
)


class Number(NamedTuple):
    """A number as it is written: where it ends, its value, and how it is written.

    `kind` is count, fraction or vague; `rule` the word that a vague number rests on; a vague number has `value` as the
    lower bound its word allows, and no upper one unless `exact`.
    """

    end: int
    value: float
    kind: str = "count"
    rule: str = ""
    exact: bool = True
    scaled: float = 1.0


def read_number(text: str, start: int) -> Number | None:
    """Read the number that begins at a place of a text.

    Parameters
    ----------
    text : any text
    start : offset at which the number begins

    Returns
    -------
    Number, or None where none begins there

    >>> read_number("two hundred and fifty men", 0).value
    250.0
    >>> read_number("tens of thousands fled", 0)[1:4]
    (20000.0, 'vague', 'tens of thousands')
    """
    match = _NUMBER.match(text, start)
    if not match:
        return None
    end, found = match.end(), match.groupdict()
    if found["half_of"]:
        share = {"h": 0.5, "a": 0.25, "t": 0.75}[found["half_n"][0].lower()]
        return Number(end, _SCALES[found["half_scale"].lower()] * share)
    if found["in_n"]:
        above, below = _small(found["in_num"]), _small(found["in_den"])
        if 0 < above < below:
            return Number(end, above / below, "fraction")
        return Number(match.start() + len(found["in_num"]), above)
    if found["halves"]:
        scale = _SCALES[found["halves_scale"].lower()] if found["halves_scale"] else 1.0
        return Number(end, (_small(found["halves_n"]) + 0.5) * scale)
    if found["fraction"]:
        word = found["frac_d"].lower()
        part = _PARTS.get(word) or _PARTS[word.removesuffix("s")]
        above = 1.0 if (found["frac_n"] or "a").lower() in ("a", "an") else _small(found["frac_n"])
        return Number(end, above / part, "fraction")
    if found["few"]:
        word = " ".join(found["few_word"].lower().split())
        scale = math.prod(_SCALES[part] for part in found["few_scale"].lower().split())
        rule = f"{word} {found['few_scale'].lower()}"
        if "couple" in word:
            return Number(end, 2 * scale, "vague", rule, True)
        return Number(end, (3 if word == "several" else 2) * scale, "vague", rule, False)
    if found["vague"]:
        rule = " ".join(found["vague"].lower().split())
        value = 2 * math.prod({"tens": 10.0}.get(w, _SCALES.get(w.removesuffix("s"), 1.0)) for w in rule.split(" of "))
        return Number(end, value, "vague", rule, False)
    if found["digits"]:
        written = re.sub(r"[,\u00a0\u202f\u2009]", "", found["digits"])
        scale = _SHORT[found["short"].lower()] if found["short"] else _SCALES.get((found["scale"] or "").lower(), 1.0)
        # 2.3 million is 2300000, which binary floats would miss
        return Number(end, float(Decimal(written) * Decimal(scale)), scaled=scale)
    if found["dozens"]:
        return Number(end, _spelt(found["dozens_n"]) * _SCALES[found["dozens_scale"].lower()])
    if found["decimal"]:
        scale = _SCALES[found["dec_scale"].lower()] if found["dec_scale"] else 1.0
        written = f"{_small(found['dec_a']):.0f}.{_small(found['dec_b']):.0f}"
        return Number(end, float(Decimal(written) * Decimal(scale)))
    return Number(end, _spelt(found["spelt"]))


def _small(written: str) -> float:
    """Read digits, or a number word below one hundred."""
    return float(written) if written[0].isdigit() else _spelt(written)


def _spelt(written: str) -> float:
    """Read number words: each group below a thousand is multiplied by the scale that follows it."""
    total = group = 0.0
    for word in _TOKEN.findall(written.lower()):
        if word == "and":
            continue
        if word in ("a", "an"):
            group = 1.0
        elif word in ("hundred", "dozen"):
            group = (group or 1.0) * _SCALES[word]
        elif word in _SCALES:
            total, group = total + (group or 1.0) * _SCALES[word], 0.0
        else:
            group += _WORDS[word]
    return total + group


def bounds(low: float, high: float, hedge: str) -> tuple[float, float, bool, bool, bool]:
    """Turn a number and its hedge into an open interval; no bound is made up.

    Parameters
    ----------
    low, high : the number as written; equal unless it is a range, and high is inf for a vague plural
    hedge : the hedge, before and after the number, as written

    Returns
    -------
    low, high (an open end is -inf or inf), low_open, high_open, approx

    >>> bounds(359, 359, "more than")
    (359, inf, True, False, False)
    >>> bounds(300, 300, "nearly")
    (-inf, 300, False, True, True)
    """
    said = {match.lastgroup for match in _KIND.finditer(hedge)}
    after = hedge.lower().split("or ")[-1] if " or " in f" {hedge.lower()}" else ""
    approx = bool(said & {"about", "near"}) or after in ("so", "thereabouts") or hedge.lower().endswith("-odd")
    if said & {"low"} or after in ("more", "even more", "greater", "higher") or hedge.endswith(("+", "plus")):
        return low, math.inf, False, False, approx
    if said & {"above"}:
        return low, math.inf, True, False, approx
    if said & {"below"}:
        return -math.inf, high, False, True, approx
    if said & {"near"}:
        return -math.inf, high, False, True, True
    if said & {"high"} or after in ("fewer", "less"):
        return -math.inf, high, False, False, approx
    return low, high, False, False, approx
