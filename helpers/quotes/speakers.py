"""Who is made to say something: verbs of saying, the subject they follow, and its fullest name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from helpers.quotes.marks import pair_marks
from helpers.quotes.signs import WORDS, members, pattern, read, sign

__all__ = ["FULL_NAME", "NAME", "NOBODY", "SAYING", "WEAK", "Place", "Quote", "Reading", "clean", "fullest_name", "subject_of"]

Place = tuple[int, int]  # from one word of a text to before another
NOBODY = (-1, -1)
STRONG = "SAY TELL STATE PROMISE DENY COMPLAIN CHARGE DEMAND DOUBT COUNT TRUST"
WEAK = "OFFER ASK THINK CALL DESCRIBE PRESENT CONDEMN QUERY BLAME ANSWER"
SAYING = f"{STRONG} {WEAK}"
_LONGEST = 150  # words of a sentence; a longer one is cut

_SENTENCE = pattern(f"""
    BREAK+ | [. ! ?] [” " ’ ' ) MARK]{{0,4}} (?=[CAP NUM QUOTE “ " ‘ ' (])
    | STOPPED (?=[CAP QUOTE]) | CALLED (?=[CAP QUOTE]) (?!CAP{{1,4}} [{SAYING}])
""")
_CUE = pattern(f"(?=LOW)[{SAYING}]")
_WORD = pattern("WORD|NUM")
_PLAIN = "ARTICLE OWNER PRONOUN AND BUT RELATIVE PLACE TIME WHEN NOW THIS SOME"
_NAMED = f"(?![{_PLAIN}])CAP"
FULL_NAME = f"(?:{_NAMED} PART{{0,3}}){{1,6}} {_NAMED}"
NAME = pattern(FULL_NAME)
BREAK, STOP = sign("\n"), sign(".")
_QUOTE = pattern("QUOTE")


class Quote(NamedTuple):
    """A quotation or a reported clause before it becomes a row: its offsets, and the place of its speaker in words."""

    start: int
    end: int
    kind: str
    speaker: str = ""
    speaker_start: int = -1
    cue: str = ""
    inferred: bool = False


class Reading:
    """A text as signs, and who is named and has been heard in it."""

    def __init__(self, text: str):
        self.text = text
        self.signs, self.starts, self.ends = read(text, pair_marks(text))
        self.heard: list[tuple[str, int]] = []  # who was made to speak, and up to which word
        self.heard_as: dict[str, str] = {}  # by the last and the first word of the name, the name heard last
        self.last_heard = {False: ("", -1), True: ("", -1)}  # and the last that is one person
        self.breaks = [at for at, sign in enumerate(self.signs) if sign == BREAK]
        self.names = [match.span() for match in NAME.finditer(self.signs)]
        self.name_starts = [start for start, _ in self.names]
        self.named: dict[str, list[int]] = defaultdict(list)  # by last word, and by "first …"
        for number, (start, end) in enumerate(self.names):
            self.named[_surname(self.said(end - 1, end))].append(number)
            self.named["first " + self.said(start, start + 1)].append(number)

    def name(self, number: int) -> str:
        """Give the text of one of the names."""
        return self.said(*self.names[number]).removesuffix("’s").removesuffix("'s")

    def line(self, at: int) -> int:
        """Say with which word the paragraph begins that holds a word."""
        number = bisect_left(self.breaks, at)
        return self.breaks[number - 1] + 1 if number else 0

    def said(self, start: int, end: int) -> str:
        """Give the text of some words."""
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""

    def sentences(self) -> Iterator[Place]:
        """Give the sentences; a line break ends one, and none is longer than it may be."""
        at = 0
        for end in [*(match.end() for match in _SENTENCE.finditer(self.signs)), len(self.signs)]:
            for start in range(at, end, _LONGEST):
                yield start, min(start + _LONGEST, end)
            at = end

    def cues(self, start: int, end: int) -> list[int]:
        """Find the verbs of saying of a stretch."""
        return [match.start() for match in _CUE.finditer(self.signs, start, end)]

    def says(self, start: int, end: int) -> bool:
        """Say whether a stretch holds a verb of saying."""
        return _CUE.search(self.signs, start, end) is not None

    def before(self, rule: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        """Find what a rule says of the words just before a place."""
        return rule.search(self.signs, max(start, end - 16), end)

    def inside(self, at: int) -> str:
        """Give the signs of what stands in a pair of marks, without a comma or stop at its end."""
        text = self.text[self.starts[at] + 1 : self.ends[at] - 1].strip(" ,.")
        return read(text, [])[0]

    def quoted(self, start: int, end: int) -> list[int]:
        """Find what stands in marks in a stretch."""
        return [match.start() for match in _QUOTE.finditer(self.signs, start, end)]

    def names_in(self, start: int, end: int) -> str:
        """Give the first name of the last sentence of a stretch that names anybody."""
        low, high = bisect_left(self.name_starts, start), bisect_left(self.name_starts, end)
        if low == high:
            return ""
        since = max(start, self.signs.rfind(STOP, start, self.name_starts[high - 1]))
        return self.name(bisect_left(self.name_starts, since))

    def lines_between(self, start: int, at: int) -> int:
        """Count the line breaks between an offset and a word."""
        return bisect_left(self.breaks, at) - bisect_left(self.breaks, bisect_left(self.starts, start))

    def count(self, signs: str) -> int:
        """Count the words among signs."""
        return len(_WORD.findall(signs))

    def words(self, start: int, end: int) -> int:
        """Count the words of a stretch."""
        return len(_WORD.findall(self.signs, start, end))

    def hear(self, speaker: str, offset: int) -> None:
        """Note who was made to speak up to an offset."""
        end = bisect_left(self.starts, offset)
        self.heard.append((speaker, end))
        if speaker:
            words = speaker.lower().split()
            self.heard_as[words[0]] = self.heard_as[words[-1]] = speaker
            self.last_heard[False] = speaker, end
            if not _are_many(speaker.split()):
                self.last_heard[True] = speaker, end


def _are_many(words: list[str]) -> bool:
    """Say whether "he" or "she" cannot stand for a speaker: critics, staff, several residents."""
    last = words[-1]
    plural = last.endswith("s") and not last.endswith(("ss", "’s", "'s"))
    return (plural and (last.islower() or len(words) == 1)) or last.lower() in ("people", "police", "staff")


def _surname(word: str) -> str:
    """Give a surname without article and ending."""
    return word.removesuffix("’s").removesuffix("'s").removeprefix("al-").removeprefix("Al-")


_ASIDE_ENDS = pattern("[(] [^( ) QUOTE]{0,10} [)] \\Z")
_SECOND = pattern("""
    (?: , (?:and|BUT) | ; ) (one | another | (?:ARTICLE|OWNER) LOW{1,6} | CAP [^ ,]{1,8}) , ([^ ,]{1,8}) , \\Z
""")
_SHARED = pattern("(?: (?:and|but|then|to) (?:also|later|then|LY)? | , ) \\Z")
_AND = pattern("(?:and|but) (?:then|later)? \\Z")
_FIRST = pattern("""
    ( (?:ARTICLE|OWNER) LOW{1,3}? | CAP{1,4} ) (?: , ([^ , QUOTE]{1,10}) , )? (?: ED | (?=LOW)[S PAST] | has | had )
""")
_AUXILIARY = pattern("""
    (?: [, LY BE FINITE BEEN long also later then now earlier again all both first once still only even just not to]
      | on WEEKDAY | yesterday | today | [this last] week | [used like liked likes love loved loves] to ){1,10} \\Z
""")
_GOVERNED = pattern("""
    [which whom what where] (?:(PRONOUN) | ((?:ARTICLE|OWNER|some|many) WORD{1,3}) | (CAP{1,4}) | (LOW? (?=LOW)S)) \\Z
""")
_PIECE = pattern("[^ , ; : — –]+")
_INSERTED = pattern("""
    (?=LOW)INSERTED | first published | read (?:out|aloud) | [most some many all both one two none] of RELATIVE
    | asked (?:about|by|whether|if|why|how)
""")
_ASIDE = pattern("ASIDE")
_ROLE = pattern("LOW | NUM")
_APPOSED = pattern("(?=LOW) [ROLE OWNER who which] | NUM")
_MOVES = pattern("FINITE | BE | ED")
_EXPLAINED = pattern("[the a an] ANY{0,20}? [that who which]")
_JOINS = pattern("[and BUT as when after because that which what where whom if so]")


def subject_of(reading: Reading, start: int, cue: int) -> Place:
    """Take the subject that a verb follows: the last clause before it, or the name that an apposition explains."""
    if aside := reading.before(_ASIDE_ENDS, start, cue):  # a party or an age behind a name
        cue = aside.start()
    if second := reading.before(_SECOND, start, cue):  # "…, and the judge, Carla Mendel, told"
        part = 2 if NAME.fullmatch(second[2]) else 1
        return clean(reading, *second.span(part))
    if reading.before(_SHARED, start, cue) and (earlier := reading.cues(start, cue)):
        return subject_of(reading, start, earlier[-1])
    if reading.before(_AND, start, cue) and (first := _FIRST.match(reading.signs, start, cue)):
        part = 2 if first[2] and NAME.fullmatch(first[2]) else 1
        return clean(reading, *first.span(part))  # "X cut her rating to “hold” and said …"
    auxiliary = reading.before(_AUXILIARY, start, cue)
    end = auxiliary.start() if auxiliary else cue
    while end > start and reading.signs[end - 1] in _COMMA:
        end -= 1
    if relative := reading.before(_GOVERNED, start, end):  # "…, which it called": its own subject
        return clean(reading, *relative.span(relative.lastindex or 0))
    start, end = _after_quote(reading, start, end, reading.signs[cue - 1] in _COMMA)
    pieces = [match.span() for match in _PIECE.finditer(reading.signs, start, end)]
    if not pieces:
        return NOBODY
    begin, end = pieces[_chosen(reading, pieces)]
    if _INSERTED.match(reading.signs, begin, end):
        return NOBODY
    joins = [match.start() for match in _JOINS.finditer(reading.signs, begin, end - 1)]
    if joins and not (reading.signs[joins[-1]] in _AND_ONLY and _CAPITAL.match(reading.signs, joins[-1] - 1)):
        begin = joins[-1] + 1
    return clean(reading, begin, end)


_COMMA = members(",")
_AND_ONLY = members("and")
_CAPITAL = pattern("CAP")
_QUOTED = members("QUOTE")
_SAID = members(SAYING)
_NAMED_LAST = pattern("CAP CAP \\Z")
_LOWER = pattern("LOW|OWN")


def _after_quote(reading: Reading, start: int, end: int, aside: bool) -> Place:
    """Give where the clause before a verb begins: behind words in marks, unless they are a name within it."""
    signs = reading.signs
    within = aside or not (reading.says(start, end) or reading.before(_NAMED_LAST, start, end))
    for at in range(end - 1, start - 1, -1):
        if signs[at] in _QUOTED:
            word = at > start and _LOWER.match(signs, at - 1)
            if not (within and word and signs[at - 1] not in _SAID):
                return (at + 1, end) if at + 1 < end else (start, at)
    return start, end


def _chosen(reading: Reading, pieces: list[Place]) -> int:
    """Choose among the pieces that commas part the one that names who speaks."""
    signs = reading.signs

    def opens(rule: re.Pattern[str], number: int) -> bool:
        return rule.match(signs, *pieces[number]) is not None

    chosen = len(pieces) - 1
    while chosen and (
        opens(_INSERTED, chosen) or (opens(_ASIDE, chosen) and not opens(_ASIDE, chosen - 1))
    ):
        chosen -= 1
    begin, end = pieces[0]
    if chosen == 1 and end - begin <= 5 and opens(_APPOSED, 1) and opens(_CAPITAL, 0):
        if not opens(_ASIDE, 0) and not _MOVES.search(signs, begin, end):
            chosen = 0
    while chosen and opens(_ROLE, chosen) and _is_named(reading, *pieces[chosen - 1]):
        chosen -= 1
    while chosen and opens(_EXPLAINED, chosen) and opens(_INSERTED, chosen - 1):
        chosen = max(0, chosen - 2)
    return chosen


_NAME_ENDS = pattern(f"{FULL_NAME} \\Z")


def _is_named(reading: Reading, start: int, end: int) -> bool:
    """Say whether a piece is a name, with a role before it at most: what follows it may explain it."""
    name = _NAME_ENDS.search(reading.signs, start, end)
    return name is not None and end - start <= 6 and not _MOVES.search(reading.signs, start, name.start())


_STRIPPED = members("ARTICLE OWNER this that another several many other local meanwhile but and TIME WHEN NOW although"
                    " though however while what which in on at by from one some two three")
_OF = members("of")
_COUNTED = members("one some two")
_PERSON = pattern("[he she they] \\Z")
_AFTER_NAME = pattern("[a an the who which from of in at] | LOW LOW ANY")
_ATTRIBUTES = pattern("(?: (?![PLACE])LOW '? )+ \\Z")
_TAIL = pattern("(?=LOW)ING | [of from in at near on for who which reached based]")
_EMPTY = pattern("[the a an and all] \\Z")


def clean(reading: Reading, start: int, end: int) -> Place:
    """Strip what is no part of a name: article, conjunction, adverb; a name inside the phrase stands for it."""
    signs = reading.signs
    while start < end and not _WORDLIKE.match(signs, start):
        start += 1
    while start < end and not _WORDLIKE.match(signs, end - 1):
        end -= 1
    while end - start > 1 and signs[start] in _STRIPPED and not (signs[start] in _COUNTED and signs[start + 1] in _OF):
        start += 1
    if _PERSON.search(signs, start, end):
        return end - 1, end
    if name := NAME.search(signs, start, end):
        if name.end() == end:
            if _ATTRIBUTES.match(signs, start, name.start()):
                start = name.start()
        elif name.start() == start and _AFTER_NAME.match(signs, name.end(), end):
            end = name.end()
    if end - start > 6 and (tail := _TAIL.search(signs, start + 1, end)):
        end = tail.start()
    fits = start < end and end - start <= 9 and not _EMPTY.match(signs, start, end)
    return (start, end) if fits else NOBODY


_WORDLIKE = pattern("WORD|NUM|QUOTE")
_PRONOUNS = frozenset("he she they who it i we".split())
_AGAIN = WORDS["again"]
_OWNED = pattern("OWNER \\Z")
_TITLE = members("mr mrs ms dr prof sir gen col sgt rev sen gov")


def fullest_name(reading: Reading, start: int, end: int) -> str:
    """Give the fullest name the text has for a speaker so far: by surname, first name, pronoun or repeated noun."""
    speaker = reading.said(start, end) if start >= 0 else ""
    if not speaker or (end - start > 1 and speaker[0].isupper() and reading.signs[start] not in _TITLE):
        return speaker
    low = speaker.lower()
    if low in _PRONOUNS:
        return _antecedent(reading, low, start) or speaker
    earlier = bisect_left(reading.name_starts, start)
    last = reading.said(end - 1, end)
    if speaker[0].isupper():
        by_surname = _named_before(reading, _surname(last), earlier)
        return by_surname or _named_before(reading, f"first {last}", earlier) or speaker
    if low in _AGAIN and not reading.before(_OWNED, 0, start):
        return next(filter(None, _bodies(reading, start)), speaker)
    heard = reading.heard_as.get(low.split()[-1], "")
    if heard.lower().endswith(low) or heard.lower().split()[:1] == [low]:
        return heard
    name = _named_before(reading, last.capitalize(), earlier)
    return name if name.lower().endswith(low) else speaker


def _named_before(reading: Reading, key: str, earlier: int) -> str:
    """Give the name with this last or first word that stands last among so many names."""
    numbers = reading.named.get(key, [])
    at = bisect_left(numbers, earlier)
    return reading.name(numbers[at - 1]) if at else ""


_LEAD = pattern("(?: \\A | [. ! ? BREAK STOPPED CALLED] ) (?: (?=CAP)[OWNER ARTICLE] WORD{1,6} , )? \\Z")
_BODY = pattern("the (CAP{2,6})")
_SHARES = pattern("shares [in of] the? (WORD CAP{0,3}) | ((?=CAP)OWN) [shares stock profit profits]")


def _antecedent(reading: Reading, pronoun: str, at: int) -> str:
    """Give whom a pronoun stands for: the subject named last, who was heard last, or the noun that begins the paragraph."""
    line = reading.line(at)
    one = pronoun in ("he", "she")
    low, high = bisect_left(reading.name_starts, line), bisect_left(reading.name_starts, at)
    heard, until = reading.last_heard[one]
    since = reading.name_starts[high - 1] if high > low else -1
    if pronoun == "it":
        if owned := _SHARES.search(reading.signs, max(line, at - 80), at):
            return reading.said(*owned.span(owned.lastindex or 0)).removesuffix("’s").removesuffix("'s")
        if bodies := _BODY.findall(reading.signs, max(line, until, at - 80), at):
            last = reading.signs.rfind(bodies[-1], 0, at)
            return reading.said(last, last + len(bodies[-1]))
    if one and since > until and reading.before(_LEAD, 0, since):
        return reading.name(high - 1)  # "Her counterpart, Lars Eide, was less hopeful. … he said"
    near = [reading.name(number) for number in range(low, high)][:20]
    if heard and (not near or until > since or heard in near):
        return heard
    if near:
        return near[0]
    return reading.name(high - 1) if high else _first_noun(reading, at)


_FIRST_NOUN = pattern("""
    (?: CAP{1,3} [: — –] )? (?: [^ , . BREAK]{0,10} , )? [ARTICLE OWNER one] (LOW{1,3}?)
        (?= , | (?:on WEEKDAY)? [had has was is who PAST ED S])
    | [hundreds thousands dozens scores crowds] of (LOW) | (CAP LOW??) (?= , | [ED had has have BE won who])
""")


def _first_noun(reading: Reading, at: int) -> str:
    """Give the noun with which the paragraph, or the one before, begins: what a pronoun may stand for."""
    line = reading.line(at)
    for begin in (line, reading.line(max(0, line - 2))):
        if found := _FIRST_NOUN.match(reading.signs, begin, at):
            return reading.said(*found.span(found.lastindex or 0))
    return ""


_BODIES = WORDS["body"]
_ACTS = pattern("[^ . QUOTE BREAK]{0,14}? (?: its | it (?:had|has|would|will|[is was] ING) )")
_ROLE_BEFORE = pattern("LOW ,? \\Z")
_GOES_ON = pattern(f"[, .]? (?:[{SAYING}]|LOW)")
_EXPLAINS = pattern(", [NUM a an the who his her]")
_SAYS_BEFORE = pattern(f"[{SAYING}] \\Z")


def _bodies(reading: Reading, at: int) -> Iterator[str]:
    """Give the names, in the paragraph and among those heard, of organisations: the bank is not the customer named last."""
    low = bisect_left(reading.name_starts, reading.line(at))
    near = [reading.name(number) for number in range(low, bisect_left(reading.name_starts, at))]
    heard = [name for name, _ in reading.heard[:-20:-1] if name[:1].isupper()]
    for name in near[:20] + heard:
        places = [reading.names[number] for number in reading.named.get(_surname(name.split()[-1]), [])[:5]]
        acts = any(_ACTS.match(reading.signs, end) for _, end in places)
        person = any(
            (reading.before(_ROLE_BEFORE, 0, start) and _GOES_ON.match(reading.signs, end))
            or _EXPLAINS.match(reading.signs, end)
            or reading.before(_SAYS_BEFORE, 0, start)
            for start, end in places
        )
        if not person and (acts or any(word.lower() in _BODIES for word in name.split())):
            yield name
