"""Reported speech: the clauses of a sentence that a source is made to say without marks."""

from collections.abc import Iterator

from helpers.quotes.reading import Place, Quote, Reading
from helpers.quotes.signs import RULES, pattern
from helpers.quotes.speakers import NOBODY, clean, credited, subject_of

__all__ = ["ACCORDING", "is_passive", "reported_clauses", "source_of"]

_WEAK, _TOLD, _INVERTED = pattern("(?!TRAILING)WEAK"), pattern("told | tells"), pattern("INVERTED")
_CLOSING = pattern("""[. ! ? ” " ’ ' MARK BREAK]* \\Z""")
_TRIMMED = pattern("[^ , ; : . BREAK] (?: ANY* [^ , ; : . BREAK] )?")
ACCORDING = pattern("according to")
_PASSIVE = pattern(r"(?: [BE BEEN] [LY also]? ) \Z")
_NOUN = pattern(r"[a an the] LOW{0,2} warning \Z")
_ACTIVE, _COMMA = pattern("ING | FEEL"), pattern(",")
_HEARSAY = pattern("[reportedly allegedly] ([^ , ; QUOTE]*) | RUMOUR that (ANY*)")
_AND_THAT = pattern(",? and that")


def reported_clauses(reading: Reading, start: int, end: int) -> Iterator[Quote]:
    """Find the clauses of a sentence that a source is made to say without marks."""
    signs, closing = reading.signs, _CLOSING.search(reading.signs, start, end)
    stop = closing.start() if closing else end
    if source := ACCORDING.search(signs, start, stop):
        yield from _according(reading, start, source.end(), stop)
        return
    if hearsay := _HEARSAY.search(signs, start, stop):
        word = reading.said(hearsay.start(), hearsay.start() + 1)
        yield from reported_clause(reading, *hearsay.span(hearsay.lastindex or 0), "unnamed", word)
        return
    done = start
    for cue in reading.cues(start, stop):
        if cue < done or is_passive(reading, start, cue) or reading.before(_NOUN, start, cue + 1):
            continue
        said = _inverted(reading, done, cue, stop)
        speaker = said or subject_of(reading, start, cue)
        if said:
            clauses, done = [(done, cue)], said[1]
        elif speaker == NOBODY:
            clauses = []
        elif clauses := _behind(reading, start, cue, stop, speaker[0]):
            done = clauses[-1][1] if len(clauses) > 1 else cue + 1
        elif clauses := _ahead(reading, start, cue, stop, end, speaker):
            done = clauses[-1][1]
        for clause in clauses:
            yield from reported_clause(reading, *clause, speaker, reading.said(cue, cue + 1))


def is_passive(reading: Reading, start: int, cue: int) -> bool:
    """Say whether a verb of saying is passive, so that who stands before it says nothing."""
    return reading.before(_PASSIVE, start, cue) is not None and not _ACTIVE.match(reading.signs, cue)


def reported_clause(reading: Reading, start: int, end: int, speaker: Place | str, cue: str) -> Iterator[Quote]:
    """Give a reported clause, stripped, unless hardly a word of it stands outside marks."""
    trimmed = _TRIMMED.search(reading.signs, start, end)
    if not trimmed or reading.words(*trimmed.span()) < 2 or speaker == NOBODY:
        return
    start, end = reading.starts[trimmed.start()], reading.ends[trimmed.end() - 1]
    end += reading.text.startswith("%", end)  # no sign of a clause's end
    if isinstance(speaker, str):
        yield Quote(start, end, "reported", speaker, cue=cue)
    else:
        yield credited(reading, start, end, "reported", speaker, cue)


_SOURCE_ENDS = pattern("[, ; on in this published released late early who which said during via]")
# without a comma before "according to": only the last clause of the sentence
_SPLICE = pattern("""
    ANY* [BE had has have ED] ANY* , [and but while]?
    (?= [ARTICLE OWNER no NUM CAP] WORD{0,4}? [BE had has have PAST ED] )
""")


def source_of(reading: Reading, start: int, stop: int) -> Place:
    """Take the source that "according to" names."""
    ends = _SOURCE_ENDS.search(reading.signs, start + 1, stop)
    return clean(reading, start, ends.start() if ends else stop)


def _according(reading: Reading, start: int, source: int, stop: int) -> Iterator[Quote]:
    """Give the clause that stands before "according to", or behind the source that it names."""
    speaker = source_of(reading, source, stop)
    head = source - 2
    if reading.words(start, head) >= 3:
        spliced = None if _COMMA.match(reading.signs, head - 1) else _SPLICE.match(reading.signs, start, head)
        yield from reported_clause(reading, spliced.end() if spliced else start, head, speaker, "according to")
    elif comma := _COMMA.search(reading.signs, source, stop):
        yield from reported_clause(reading, comma.end(), stop, speaker, "according to")


_VERB = pattern("(?=LOW) (?: FINITE | BE | PAST | (?!aged)ED | S )")
_AGENT = pattern(r"( LOW{0,3}? CAP{1,6} | [ARTICLE OWNER one] WORD{1,7}? ) (?= , | \Z | [on in at of for who] )")


def _inverted(reading: Reading, start: int, cue: int, stop: int) -> Place | None:
    """Find who said the clause before "…, said Sara Haddad"."""
    signs = reading.signs
    if not _INVERTED.match(signs, cue) or cue == start or not _COMMA.match(signs, cue - 1):
        return None
    if not _VERB.search(signs, start, cue):
        return None
    named = _AGENT.match(signs, cue + 1, stop)
    return named.span(1) if named and not _VERB.search(signs, *named.span(1)) else None


_CUE_ENDS = pattern(r"""
    , | \Z | [in on at via late early earlier yesterday today this last WEEKDAY] [^ , QUOTE]{0,10} (?: , | \Z)
""")
_SUBJECT = pattern(r", [ARTICLE OWNER one some]? LOW{0,4} \Z")
_TAIL = pattern("""
    [^ ,]{0,12} (, (?: returning | adding | and? [BE FINITE none the a an PRONOUN CAP] ANY{0,40}? [FINITE BE NUM] ))
""")


def _behind(reading: Reading, start: int, cue: int, stop: int, subject: int) -> list[Place]:
    """Give the clause that stands before "…, the army said", and the tail that goes on after it."""
    signs = reading.signs
    ends = _CUE_ENDS.match(signs, cue + 1, stop) or (_TOLD.match(signs, cue) and stop - cue <= 6)
    comma = reading.before(_SUBJECT, start, subject)
    if _WEAK.match(signs, cue) or not ends or not comma:
        return []
    tail = _TAIL.match(signs, cue + 1, stop)
    if not _VERB.search(signs, start, comma.start()) and not _QUOTE.match(signs, start):
        # "Too often, he said, the talks fail"
        rest = _REST.match(signs, cue + 1, stop)
        return [(start, comma.start()), (rest.start(1), stop)] if rest else []
    return [(start, comma.start()), *([(tail.start(1), stop)] if tail else [])]


_QUOTE = pattern("QUOTE [^ ,]")
_REST = pattern("[^ ,]{0,6} , (ANY*? [FINITE BE] ANY*)")
_FURTHER = pattern(", and (?=[ARTICLE one CAP]) | ;")
_SUBORDINATE = pattern("[while although though as after even when] | [for by in before since] ING")
_MEANWHILE = pattern("as (?=ANY{3})")
_NO_STOP = pattern(r"BREAK* \Z")


def _ahead(reading: Reading, start: int, cue: int, stop: int, end: int, speaker: Place) -> list[Place]:
    """Give the clauses that stand behind a verb."""
    signs = reading.signs
    leads = (rule.behind.match(signs, cue + 1, stop) for rule in RULES["lead"] if rule.at.match(signs, cue))
    lead = next(filter(None, leads), None)
    if not lead:
        return []
    body = lead.end()
    until = min(
        [found.start() for rule in RULES["end"] if (found := rule.behind.search(signs, body, stop))], default=stop
    )
    if further := _FURTHER.search(signs, body, until):
        until = further.start()
    if until == stop and _SUBORDINATE.match(signs, start) and (comma := _COMMA.search(signs, body, stop)):
        until = comma.start()
    if until == stop and _NO_STOP.match(signs, stop, end) and (meanwhile := _MEANWHILE.search(signs, body, stop)):
        until = meanwhile.start()  # a headline: "… accuses X of Y as Z advances"
    again = _AND_THAT.match(signs, until, stop)
    return [(body, until), *([(again.end(), stop)] if again else [])]
