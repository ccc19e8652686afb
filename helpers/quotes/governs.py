"""Whose words stand in marks: what makes them a name or a label, and which verb, before or behind, governs them."""

from helpers.quotes.reading import NAME, Place, Quote, Reading
from helpers.quotes.reported import ACCORDING, is_passive, source_of
from helpers.quotes.signs import load_rules, members, pattern
from helpers.quotes.speakers import NOBODY, clean, fullest_name, subject_of

__all__ = ["attributed", "introduced", "is_name"]

_LABELS, _BARS = load_rules("label"), load_rules("bar")
_CAPITAL, _NICKNAME, _CAPITAL_LAST = pattern("CAP"), pattern("OPEN CAP"), pattern(r"CAP [! ?]? \Z")
_TITLE = pattern(r"(?: [CAP NUM SMALL] [: , – - ’ ']? ){1,40} [! ?]? \Z")
_NAMING = pattern(r"(?: NAMING | known as | title of | subject line | by the name ) [, :]? \Z")
_NICKNAMED = pattern(r"[CALL nicknamed] [^ .]{0,9} \Z")
_THE_NAME = pattern(r"the (?: of | the | CAP ){0,5} CAP \Z")


def attributed(reading: Reading, start: int, at: int, until: int) -> Quote | None:
    """Find who is made to say what stands in marks: behind them, or before them in their sentence."""
    opened, closed = reading.starts[at], reading.ends[at]
    text, words = reading.text[opened + 1 : closed - 1].rstrip("’'” "), reading.count(at)
    if any(
        words in rule.words
        and rule.behind.match(reading.signs, at + 1, until)
        and reading.before(rule.before, start, at)
        and not reading.before(rule.unless, start, at)
        for rule in _LABELS
    ):
        return None
    if reading.before(_NAMING, start, at) and _TITLE.match(reading.inside(at)):
        return None
    if words > 2 and (signed := _SIGNED.match(reading.signs, at + 1)):
        return Quote(opened, closed, "direct", reading.said(*signed.span(1)), reading.starts[signed.start(1)])
    behind = _behind(reading, at + 1, until, words)
    named = is_name(reading, start, at) and not text.endswith(("!", "?"))
    if named and (text[-1:] not in ",." or (" " in text and not behind)):
        return None
    closing = text.endswith((",", "!", "?", "…", "—", "–", "-")) or reading.text[closed : closed + 1] == ","
    found = behind if behind and closing else _front(reading, start, at, words)
    if not found:
        return None
    speaker, cue = found
    if speaker == NOBODY and (agent := _AGENT.match(reading.signs, at + 1, until)):
        speaker = clean(reading, *agent.span(1))
    name = fullest_name(reading, *speaker)
    return Quote(opened, closed, "direct", name, reading.starts[speaker[0]] if name else -1, cue)


def is_name(reading: Reading, start: int, at: int) -> bool:
    """Say whether marks hold a name or a title: it is introduced as one, or written like one."""
    inner = reading.inside(at)
    if reading.before(_CAPITAL_LAST, start, at) and _NICKNAME.match(reading.signs, at):
        return True  # Dragan “the Notary” Mitic
    if _THE_NAME.match(inner) and reading.before(_NICKNAMED, start, at):
        return True
    return bool(_TITLE.match(inner) and _CAPITAL.match(inner) and _CAPITAL_LAST.search(inner))


_AGENT = pattern("[^ . ; QUOTE]{0,10}? by ([ARTICLE OWNER one]? WORD{1,8})")
_SIGNED = pattern(rf"[, MARK — – -]{{1,3}} ({NAME}) (?= [, .] | BREAK | MARK | \Z )")
_OTHER = pattern(r"""
    ( CAP{1,4} | [he she they] | [the a an] LOW{1,3} ) (?=LOW)(?![FINITE BE NAMING])[S ED PAST]
        (?= [. , on in] | BREAK | \Z )
    | (?=LOW)(?![FINITE BE NAMING])[S ED PAST] ( CAP{1,4} | [the a an] LOW{1,3} ) (?= [. ,] | BREAK | \Z )
""")
_OPENING = pattern("[, ; – — - MARK]*")
_INVERTED, _PRONOUN = members("INVERTED"), members("it he she they")
_FORWARD = pattern(
    "(?![PLACE BE AND BUT RELATIVE that as has had without])[^ . ; : QUOTE]{1,20}? (?=LOW)SAYING (?!that)"
)
_NO_SUBJECT = pattern(
    "[for in on at to about of from with by that if whether how why] | NUM (?! ANY{0,4} CAP CAP) | [PRONOUN there] WORD"
)
_COMMA, _MOVES, _LOWER = pattern(","), pattern("FINITE | BE"), pattern("(?![ARTICLE OWNER PRONOUN SOME])LOW")
_NAME = pattern(NAME)


def _behind(reading: Reading, at: int, until: int, words: int) -> tuple[Place, str] | None:
    """Read an attribution that follows a quotation."""
    signs = reading.signs
    if opening := _OPENING.match(signs, at, until):
        at = opening.end()
    if source := ACCORDING.match(signs, at, until):
        return source_of(reading, source.end(), until), "according to"
    if reading.cues(at, at + 1) and (found := _inverted(reading, at, until)):
        return found
    if words > 3 and (other := _OTHER.match(signs, at, until)):  # a verb of saying that no list knows
        number = next(number for number in (1, 2) if other[number])
        verb = other.end() - 1 if number == 1 else at
        return clean(reading, *other.span(number)), reading.said(verb, verb + 1)
    subject = _FORWARD.match(signs, at, until)
    if not subject:
        return None
    cue = subject.end() - 1
    if _MOVES.search(signs, at, cue) or (_LOWER.match(signs, at) and _COMMA.search(signs, at, cue)):
        return None
    place = subject_of(reading, at, cue)
    return (place, reading.said(cue, cue + 1)) if place != NOBODY else None


def _inverted(reading: Reading, cue: int, until: int) -> tuple[Place, str] | None:
    """Read who speaks behind "said": the name in it, or what comes before a preposition."""
    signs = reading.signs
    if signs[cue] not in _INVERTED or _NO_SUBJECT.match(signs, cue + 1, until):
        return None
    end = min(until, cue + 26)
    comma = _COMMA.search(signs, cue + 1, end)
    name = _NAME.search(signs, cue + 1, comma.start() if comma else end)
    name = name or (_NAME.match(signs, comma.end(), end) if comma else None)
    place = name.span() if name else source_of(reading, cue + 1, end)
    return (place, reading.said(cue, cue + 1)) if place != NOBODY else None


_COLON, _SOURCE = (
    pattern(r": \Z"),
    pattern(r"(?: according to ([^ , QUOTE]{1,9}) | as ([^ , QUOTE]{1,9}) put it WORD{0,4} ) , \Z"),
)


def _front(reading: Reading, start: int, at: int, words: int) -> tuple[Place, str] | None:
    """Read the last attribution that precedes words in marks in their sentence."""
    for verb in reversed(reading.cues(start, at)):
        barred = any(
            words in rule.words
            and rule.verb.match(reading.signs, verb)
            and rule.behind.match(reading.signs, verb + 1, at)
            and reading.before(rule.before, start, verb)
            for rule in _BARS
        )
        if not barred and (found := _governor(reading, start, verb, at)):
            return found
    if source := _SOURCE.search(reading.signs, start, at):
        return clean(reading, *source.span(source.lastindex or 0)), "put it" if source[2] else "according to"
    if not reading.before(_COLON, start, at):
        return None
    place = subject_of(reading, start, at - 1)
    person = place != NOBODY and _PERSON.match(reading.signs, place[0])
    return (place, "") if person or _NAME.search(reading.signs, start, at) else None


def introduced(reading: Reading, at: int) -> tuple[Place, str] | None:
    """Read who speaks in marks that begin a line from the line before, if it ends with a colon."""
    colon = _LINE_BEFORE.search(reading.signs, max(0, at - 6), at)
    if colon is None:
        return None
    end = colon.start() + 1
    start = max(reading.line(end - 1), end - 40)
    cues = reading.cues(start, end)
    return (_governor(reading, start, cues[-1], end) if cues else None) or _front(reading, start, end, 99)


_PERSON = pattern("(?!PLAIN)CAP | [he she i we]")
_LINE_BEFORE = pattern(r": BREAK{1,4} \Z")


def _governor(reading: Reading, start: int, verb: int, at: int) -> tuple[Place, str] | None:
    """Give the speaker that a verb before words in marks names, and its cue."""
    signs = reading.signs
    cue = reading.said(verb, verb + 1)
    if is_passive(reading, start, verb):
        return NOBODY, cue
    speaker = subject_of(reading, start, verb)
    if signs[speaker[0]] in _PRONOUN and (earlier := reading.cues(start, verb)):
        speaker = subject_of(reading, start, earlier[0])  # "X said …, which he called"
    if speaker == NOBODY:
        return None
    return speaker, cue
