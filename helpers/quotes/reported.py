"""Reported speech: the clauses of a sentence that a source is made to say without marks."""

from collections.abc import Iterator

from helpers.quotes.reading import WORD, Place, Quote, Reading
from helpers.quotes.signs import RULES, pattern
from helpers.quotes.speakers import NOBODY, clean, credited, subject_of

__all__ = ["ACCORDING", "PASSIVE", "reported_clauses", "source_of"]

ACCORDING = pattern("according to")
PASSIVE = pattern("(?: (?<=[BE BEEN]) | (?<=[BE BEEN] [LY also]) ) (?! ING | FEEL )")  # so that nobody speaks before it
_UNSTOPPED = pattern("""ANY* [^ . ! ? ” " ’ ' MARK BREAK]""")
_TRIMMED = pattern("[^ , ; : . BREAK] (?: ANY* [^ , ; : . BREAK] )?")


def reported_clauses(reading: Reading, start: int, end: int) -> Iterator[Quote]:
    """Find the clauses of a sentence that a source is made to say without marks."""
    sentence = _UNSTOPPED.match(reading.signs, start, end)
    for clause, speaker, cue in _claims(reading, *sentence.span(), end) if sentence else ():
        trimmed = _TRIMMED.search(reading.signs, *clause)
        if trimmed and len(WORD.findall(reading.signs, *trimmed.span())) > 1:
            stop = reading.ends[trimmed.end() - 1]
            stop += reading.text.startswith("%", stop)  # no sign of a clause's end
            quote = credited(reading, reading.starts[trimmed.start()], stop, "reported", speaker, cue)
            yield quote if quote.speaker else quote._replace(speaker="unnamed")


_HEARSAY = pattern("[reportedly allegedly] ([^ , ; QUOTE]*) | RUMOUR that (ANY*)")
_COMMA = pattern(",")
# without a comma before "according to": only the last clause of the sentence
_SPLICE = pattern(r"""
    (?= ANY* [^ ,] \Z ) ANY* [BE had has have ED] ANY* , [and but while]?
    (?= [ARTICLE OWNER no NUM CAP] WORD{0,4}? [BE had has have PAST ED] )
""")
_VERB = "(?=LOW)[FINITE BE PAST ED S]"
_VERBAL = pattern(_VERB)
_INVERTED = pattern(rf"""
    , INVERTED ( CAP{{1,6}} | [ARTICLE OWNER one] (?: (?!{_VERB})WORD ){{1,7}}? ) (?= , | \Z | [on in at of for who] )
""")


def _claims(reading: Reading, start: int, stop: int, end: int) -> Iterator[tuple[Place, Place, str]]:
    """Give each clause, its speaker, and the word that says so; the sentence stops before its last marks."""
    signs = reading.signs
    if source := ACCORDING.search(signs, start, stop):
        speaker = source_of(reading, source.end(), stop)
        spliced, comma = _SPLICE.match(signs, start, source.start()), _COMMA.search(signs, source.end(), stop)
        if len(WORD.findall(signs, start, source.start())) > 2:
            yield (spliced.end() if spliced else start, source.start()), speaker, "according to"
        elif comma:
            yield (comma.end(), stop), speaker, "according to"
        return
    if hearsay := _HEARSAY.search(signs, start, stop):
        yield hearsay.span(hearsay.lastindex or 0), NOBODY, reading.said(hearsay.start(), hearsay.start() + 1)
        return
    done = start
    for cue in reading.cues(start, stop):
        if cue < done or PASSIVE.match(signs, cue):
            continue
        inverted, clauses = _INVERTED.match(signs, cue - 1, stop), []
        if inverted and _VERBAL.search(signs, done, cue):  # "…, said Sara Haddad"
            speaker, clauses, done = inverted.span(1), [(done, cue)], inverted.end()
        elif (speaker := subject_of(reading, start, cue)) != NOBODY:
            clauses = _behind(reading, start, cue, stop, speaker[0]) or _ahead(reading, start, cue, stop, end)
            done = clauses[-1][1] if clauses else done
        for clause in clauses:
            yield clause, speaker, reading.said(cue, cue + 1)


_SOURCE_ENDS = pattern("[, ; on in this published released late early who which said during via]")


def source_of(reading: Reading, start: int, stop: int) -> Place:
    """Take the source that "according to" names."""
    ends = _SOURCE_ENDS.search(reading.signs, start + 1, stop)
    return clean(reading, start, ends.start() if ends else stop)


# a verb behind its clause: "…, she said", "…, she said on Monday", "…, she told the paper"
_CLOSES = pattern(r"""
    (?! (?!TRAILING)WEAK )
    (?: [told tells] ANY{0,5} \Z
      | ANY [in on at via late early earlier yesterday today this last WEEKDAY] [^ , QUOTE]{0,10} (?: , | \Z )
      | ANY (?: , | \Z ) )
""")
_SUBJECT = pattern(r", LOW{0,4} \Z")
_TAIL = pattern(
    "[^ ,]{0,12} (, (?: [returning adding] | and? [BE FINITE none ARTICLE PRONOUN CAP] ANY{0,40}? [FINITE BE NUM] ))"
)
_QUOTE = pattern("QUOTE [^ ,]")
_REST = pattern("[^ ,]{0,6} , (ANY*? [FINITE BE] ANY*)")


def _behind(reading: Reading, start: int, cue: int, stop: int, subject: int) -> list[Place]:
    """Give the clause that stands before "…, the army said", and the tail that goes on after it."""
    signs = reading.signs
    comma = reading.before(_SUBJECT, start, subject)
    if not comma or not _CLOSES.match(signs, cue, stop):
        return []
    whole = _VERBAL.search(signs, start, comma.start()) or _QUOTE.match(signs, start)
    more = (_TAIL if whole else _REST).match(signs, cue + 1, stop)  # "Too often, he said, the talks fail"
    if more:
        return [(start, comma.start()), (more.start(1), stop)]
    return [(start, comma.start())] if whole else []


_SUBORDINATE = pattern("[while although though as after even when] | [for by in before since] ING")
_MEANWHILE = pattern("as (?=ANY{3})")
_NO_STOP = pattern(r"BREAK* \Z")
_AND_THAT = pattern(",? and that")


def _ahead(reading: Reading, start: int, cue: int, stop: int, end: int) -> list[Place]:
    """Give the clauses that stand behind a verb."""
    signs = reading.signs
    leads = (rule.behind.match(signs, cue + 1, stop) for rule in RULES["lead"] if rule.at.match(signs, cue))
    lead = next(filter(None, leads), None)
    if not lead:
        return []
    body = lead.end()
    ends = [found.start() for rule in RULES["end"] if (found := rule.behind.search(signs, body, stop))]
    until = min(ends, default=stop)
    if until == stop and _SUBORDINATE.match(signs, start) and (comma := _COMMA.search(signs, body, stop)):
        until = comma.start()
    if until == stop and _NO_STOP.match(signs, stop, end) and (meanwhile := _MEANWHILE.search(signs, body, stop)):
        until = meanwhile.start()  # a headline: "… accuses X of Y as Z advances"
    again = _AND_THAT.match(signs, until, stop)
    return [(body, until), (again.end(), stop)] if again else [(body, until)]
