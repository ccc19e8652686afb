"""Whose words stand in marks: what makes them a name or a label, and which verb, before or behind, governs them."""

from helpers.quotes.reading import NAME, WORD, Place, Quote, Reading
from helpers.quotes.reported import ACCORDING, PASSIVE, source_of
from helpers.quotes.signs import pattern
from helpers.quotes.speakers import NOBODY, clean, credited, subject_of

__all__ = ["attributed", "introduced"]


def attributed(reading: Reading, start: int, at: int, until: int) -> Quote | None:
    """Find who is made to say what stands in marks: behind them, or before them in their sentence."""
    opened, closed = reading.starts[at], reading.ends[at]
    text, words = reading.text[opened + 1 : closed - 1].rstrip("’'” "), len(WORD.findall(reading.inside[at]))
    if reading.fits("label", start, at, until, words):
        return None
    if words > 2 and (signed := _SIGNED.match(reading.signs, at + 1)):
        return credited(reading, opened, closed, "direct", signed.span(1), "")
    behind = _behind(reading, at + 1, until, words)
    named = reading.fits("name", start, at, until) and not text.endswith(("!", "?"))
    if named and (text[-1:] not in ",." or (" " in text and not behind)):
        return None
    closing = text.endswith((",", "!", "?", "…", "—", "–", "-")) or reading.text[closed : closed + 1] == ","
    found = behind if behind and closing else _front(reading, start, at, words)
    return credited(reading, opened, closed, "direct", *found) if found else None


_SIGNED = pattern(rf"[, MARK — – -]{{1,3}} ({NAME}) (?= [, .] | BREAK | MARK | \Z )")
# a verb of saying that no list knows: "the mayor growled", "growled the mayor"
_WHO, _DID = "( CAP{1,4} | [he she they] | [the a an] LOW{1,3} )", "( (?=LOW)(?![FINITE BE NAMING])[S ED PAST] )"
_OTHER = pattern(rf"(?: {_WHO} {_DID} | {_DID} {_WHO} ) (?= [. , on in BREAK] | \Z )")
_OPENING = pattern("[, ; – — - MARK]*")
_INVERTED = pattern("""
    (?=LOW)INVERTED (?! [for in on at to about of from with by that if whether how why]
        | NUM (?! ANY{0,4} CAP CAP) | [PRONOUN there] WORD )
""")
_NAMED = pattern(f"[^ ,]*? ({NAME}) | [^ ,]* , ({NAME})")
# what begins like a subject, up to its verb: "the mayor, a farmer, said"
_FORWARD = pattern("""
    (?! [PLACE BE AND BUT RELATIVE that as has had without] | (?![ARTICLE OWNER PRONOUN SOME])LOW [^ SAYING]{0,19} , )
    [^ . ; : QUOTE FINITE BE]{1,20}? (?=LOW)SAYING (?! that | (?=LOW)SAYING )
""")


def _behind(reading: Reading, at: int, until: int, words: int) -> tuple[Place, str] | None:
    """Read an attribution that follows a quotation."""
    signs = reading.signs
    if opening := _OPENING.match(signs, at, until):
        at = opening.end()
    if source := ACCORDING.match(signs, at, until):
        return source_of(reading, source.end(), until), "according to"
    if _INVERTED.match(signs, at, until):
        named = _NAMED.match(signs, at + 1, until)
        place = named.span(named.lastindex or 0) if named else source_of(reading, at + 1, until)
        return place, reading.said(at, at + 1)
    if words > 3 and (other := _OTHER.match(signs, at, until)):
        who, verb = (1, 2) if other[1] else (4, 3)
        return clean(reading, *other.span(who)), reading.said(*other.span(verb))
    if subject := _FORWARD.match(signs, at, until):
        place = subject_of(reading, at, subject.end() - 1)
        return (place, reading.said(subject.end() - 1, subject.end())) if place != NOBODY else None
    return None


_AGENT = pattern("QUOTE [^ . ; QUOTE BREAK]{0,10}? by ([ARTICLE OWNER one]? WORD{1,8})")
_PRONOUN = pattern("it | he | she | they")
_SOURCE = pattern(r"(?: according to ([^ , QUOTE]{1,9}) | as ([^ , QUOTE]{1,9}) put it WORD{0,4} ) , \Z")
_COLON, _NAME, _PERSON = pattern(r": \Z"), pattern(NAME), pattern("(?!PLAIN)CAP | [he she i we]")
_LINE_BEFORE = pattern(r": BREAK{1,4} \Z")


def _front(reading: Reading, start: int, at: int, words: int) -> tuple[Place, str] | None:
    """Read the last attribution that precedes words in marks in their sentence."""
    signs = reading.signs
    cues = reading.cues(start, at)
    for verb in reversed(cues):
        if reading.fits("bar", start, verb, at, words):
            continue
        if PASSIVE.match(signs, verb):
            agent = _AGENT.match(signs, at)
            return clean(reading, *agent.span(1)) if agent else NOBODY, reading.said(verb, verb + 1)
        speaker = subject_of(reading, start, verb)
        if speaker != NOBODY and _PRONOUN.match(signs, speaker[0]):
            speaker = subject_of(reading, start, cues[0])  # "X said …, which he called"
        if speaker != NOBODY:
            return speaker, reading.said(verb, verb + 1)
    if source := _SOURCE.search(signs, start, at):
        return clean(reading, *source.span(source.lastindex or 0)), "put it" if source[2] else "according to"
    if not reading.before(_COLON, start, at):
        return None
    place = subject_of(reading, start, at - 1)
    person = place != NOBODY and _PERSON.match(signs, place[0])
    return (place, "") if person or _NAME.search(signs, start, at) else None


def introduced(reading: Reading, at: int) -> Quote | None:
    """Find who is made to say what stands in marks at the head of a line, if the line before ends with a colon."""
    colon = reading.before(_LINE_BEFORE, 0, at)
    end = colon.start() + 1 if colon else 0
    found = _front(reading, max(reading.line(end), end - 40), end, 99)
    return credited(reading, reading.starts[at], reading.ends[at], "direct", *found) if found else None
