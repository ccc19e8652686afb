"""A text while it is read: its words as signs, its sentences, who is named in it, and who has been heard so far."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from helpers.quotes.marks import pair_marks
from helpers.quotes.signs import FORMS, RULES, pattern, sign
from helpers.tokens import words

__all__ = ["NAME", "WORD", "Place", "Quote", "Reading", "surname"]

Place = tuple[int, int]  # from one word of a text to before another
NAME = "(?: (?!PLAIN)CAP PART{0,3} ){1,6} (?!PLAIN)CAP"
_LONGEST = 100  # words of a sentence; a longer one is cut
_LOOK = 16  # how many words before a place a rule looks back at
WORD, _NAME, _CUE = pattern("[WORD NUM]"), pattern(NAME), pattern("(?=LOW)SAYING")
_QUOTE, _BREAK = pattern("QUOTE"), pattern("BREAK")
# what stands behind a name and is no part of it: (D-Mich.), R-Ky., (IMF)
_ASIDES = [re.compile(r"\((?<=\w \()[A-Z][\w.&-]{0,11}\)"), re.compile(r", [DRI]-[A-Z][A-Za-z.]{1,5}(?=,)")]
_SENTENCE = pattern("""
    BREAK{1,9} | [. ! ?] [” " ’ ' ) MARK]{0,4} (?=[CAP NUM QUOTE “ " ‘ ' (]) | STOPPED (?=[CAP QUOTE])
    (?! (?: CAP | the LOW ){1,5} SAYING [. , BREAK] )
""")


class Quote(NamedTuple):
    """A quotation or a reported clause before it becomes a row."""

    start: int
    end: int
    kind: str
    speaker: str = ""
    speaker_start: int = -1
    cue: str = ""
    inferred: bool = False


class Reading:
    """A text as signs, a pair of marks and what stands in it as one; and who is named and was heard in it."""

    def __init__(self, text: str):
        self.text = text
        bare = text
        for aside in _ASIDES:
            bare = aside.sub(lambda match: " " * len(match[0]), bare)
        places: list[Place] = []
        signs: list[str] = []
        self.inside: dict[int, str] = {}  # the signs in each pair of marks, but for a comma or stop at their end
        at = 0
        for opened, closed in [*pair_marks(text), (len(text), 0)]:
            plain = words(bare, at, opened)
            places += [*plain, (opened, closed)]
            signs += map(sign, [text[start:end] for start, end in plain])
            held = text[opened + 1 : closed - 1].strip(" ,.")[:150]  # no name is longer
            self.inside[len(signs)] = "".join([sign(held[start:end]) for start, end in words(held)])
            stopped = text[opened + 1 : closed - 1].rstrip().endswith((".", "!", "?", "…"))
            signs.append(FORMS["STOPPED" if stopped else "OPEN"])
            at = closed
        self.starts, self.ends = [start for start, _ in places[:-1]], [end for _, end in places[:-1]]
        self.signs = "".join(signs[:-1])
        self.breaks = [-1, *(match.start() for match in _BREAK.finditer(self.signs))]
        self.names = [match.span() for match in _NAME.finditer(self.signs)]
        self.heard = {False: ("", -1), True: ("", -1)}  # who was heard last, and up to which word; and which person
        self.heard_as: dict[str, str] = {}  # who was heard last, by last and first word
        self.named: dict[str, list[int]] = defaultdict(list)  # the names by last word
        for number, (_, end) in enumerate(self.names):
            self.named[surname(self.said(end - 1, end))].append(number)

    def said(self, start: int, end: int) -> str:
        """Give the text of some words."""
        return self.text[self.starts[start] : self.ends[end - 1]] if 0 <= start < end else ""

    def name(self, number: int) -> str:
        """Give one of the names."""
        return surname(self.said(*self.names[number]))

    def name_before(self, key: str, at: int) -> str:
        """Give the last name before a word that ends with a surname."""
        numbers = self.named.get(key, [])
        last = bisect_left(numbers, self.names_in(0, at).stop)
        return self.name(numbers[last - 1]) if last else ""

    def names_in(self, start: int, end: int) -> range:
        """Give the numbers of the names that begin in a stretch."""
        return range(bisect_left(self.names, (start, 0)), bisect_left(self.names, (end, 0)))

    def sentences(self) -> Iterator[Place]:
        """Give the sentences; a line break ends one, and none is longer than it may be."""
        at = 0
        for end in [*(match.end() for match in _SENTENCE.finditer(self.signs)), len(self.signs)]:
            for start in range(at, end, _LONGEST):
                yield start, min(start + _LONGEST, end)
            at = end

    def line(self, at: int) -> int:
        """Say with which word the line of a word begins."""
        return self.breaks[bisect_left(self.breaks, at) - 1] + 1

    def cues(self, start: int, end: int) -> list[int]:
        """Find the verbs of saying of a stretch."""
        return [match.start() for match in _CUE.finditer(self.signs, start, end)]

    def before(self, rule: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        """Find what a rule says of the words just before a place."""
        return rule.search(self.signs, max(start, end - _LOOK), end)

    def fits(self, kind: str, start: int, at: int, until: int, words: int = 0) -> bool:
        """Say whether a rule fits a place between the bounds of its sentence, and how many words stand in marks."""
        return any(
            words in rule.words
            and rule.at.match(self.signs, at)
            and rule.inside.match(self.inside.get(at, ""))
            and rule.behind.match(self.signs, at + 1, until)
            and self.before(rule.before, start, at)
            and not self.before(rule.unless, start, at)
            for rule in RULES[kind]
        )

    def quoted(self, start: int, end: int) -> list[int]:
        """Find what stands in marks in a stretch."""
        return [match.start() for match in _QUOTE.finditer(self.signs, start, end)]

    def hear(self, quote: Quote) -> None:
        """Note who was made to speak."""
        if not quote.speaker:
            return
        last = quote.speaker, bisect_left(self.starts, quote.end)
        words = quote.speaker.split()
        self.heard_as[words[0].lower()] = self.heard_as[words[-1].lower()] = quote.speaker
        many = re.search("[^s]s$", words[-1]) and (words[-1].islower() or len(words) == 1)  # critics, several residents
        self.heard = {False: last, True: self.heard[True] if many else last}


def surname(word: str) -> str:
    """Give a name without its ending."""
    return word.removesuffix("’s").removesuffix("'s")
