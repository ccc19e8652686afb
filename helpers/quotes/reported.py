"""Reported speech: the clauses of a sentence that a source is made to say without marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from helpers.quotes.signs import members, pattern
from helpers.quotes.speakers import NOBODY, SAYING, WEAK, Place, Quote, Reading, clean, fullest_name, subject_of

__all__ = ["ACCORDING", "ENDS", "LEADS", "is_no_cue", "reported_clause", "reported_clauses"]


class Lead(NamedTuple):
    """What a class of verbs takes as its clause, which begins where the pattern ends."""

    verbs: str
    pattern: str
    example: str


_HAS = "(?=WORD{1,6}? [FINITE BE])"  # a subject and its verb follow
#: the first that fits says where the clause begins; brackets in the example hold it
LEADS = [
    Lead(SAYING, "(?:[in on at by during via through NOW this last] [^ , QUOTE]{0,10}?)? (?=that)",
         "The army said on Monday that [the town had fallen]."),
    Lead("TELL", "[^ , ; . QUOTE]{1,10}? (?=that)", "She told the two old men that [the town had fallen]."),
    Lead("TELL", "WORD{0,3} QUOTE LOW? (?=[that PRONOUN the])", "She told “Earth Weekly” [it was late]."),
    Lead("ASK TELL", "[^ , ; . QUOTE]{1,10}? (?=not? to (?![ARTICLE OWNER])LOW)", "She told the men [to leave]."),
    Lead("TELL", """
         (?: CAP{1,5} | (?:ARTICLE|OWNER) WORD{1,4}? | (?=LOW)S | police | staff | them | him | her | us | me
           | parliament | [state local] WORD ) (?: [on in by at during via] WORD{1,5}? )?
         (?=[that PRONOUN there ARTICLE OWNER no not to more at about some])""",
         "She told the court [he had left]."),
    Lead("THINK TRUST", _HAS, "She thought [the war was lost]."),
    Lead("CALL", "for | on [^ ,]{1,10}? (?=to)", "The army called for [an end to it]."),
    Lead("CHARGE", "(?=[^ , ;]{1,14}? of)", "The army accused [rebels of shelling it]."),
    Lead("DESCRIBE PRESENT", "(?=(?![PLACE as]) [^ , ; . QUOTE]{1,10}? as ARTICLE? (?!ARTICLE)[WORD NUM])",
         "The army described [the raid as lawful]."),
    Lead("DENY", "(?=(?=LOW)ING)", "The army denied [targeting the homes]."),
    Lead("DOUBT QUERY ASK", "(?=[why whether if how what when who])", "She asked [whether the war was lost]."),
    Lead("PROMISE OFFER", "(?=not? to)", "The army vowed [to retake the town]."),
    Lead("COMPLAIN", "[of about]", "Residents complained of [noise at night]."),
    Lead("CONDEMN DEMAND", "(?=ANY{3})", "The mayor condemned [the attack on the town]."),
    Lead("COUNT", "(?=[LOW NUM])", "The monitors counted [nine raids]."),
    Lead("SAY", "(?=(?![IDLE])[WORD NUM QUOTE “ \"])", "Nobody, the army says [shells hit homes]."),
    Lead("warned SAY STATE PROMISE DENY COMPLAIN CHARGE DEMAND DOUBT COUNT TRUST",
         "(?=[BEGINS CAP NUM] | [at up] [least to]) |" + _HAS, "The army added [nobody was hurt]."),
]  # fmt: skip


class End(NamedTuple):
    """What ends a reported clause before its sentence does."""

    pattern: str
    example: str


_AGAIN = f"(?: also | later | PRONOUN )? (?:that|(?=LOW)[{SAYING}])"
ENDS = [
    End(", (?: but added | [ADDING] )", "The army said [the town had fallen], adding to the gloom."),
    End(", [BUT]", "The army said [the town had fallen], but nobody came."),
    End(f",? [and but] {_AGAIN}", "The army said [the town had fallen] and denied [it had fled]."),
    End(", and [declined refused its his her their]", "The army said [the town had fallen], and refused to go."),
    End(", [a an] [REMARK] [that which not PRONOUN the]",
        "The army said [the town had fallen], a claim that nobody believed."),
    End(", which [he she it they] [called described dubbed termed said]",
        "The army said [the town had fallen], which it called a [“blow”]."),
]  # fmt: skip
_ENDS = [pattern(end.pattern) for end in ENDS]
_LEADS = [(members(lead.verbs), pattern(lead.pattern)) for lead in LEADS]
_FURTHER = pattern(", and (?=[ARTICLE one CAP]) | ;")
_SUBORDINATE = pattern("[while although though as after even when] | [for by in before since] ING")
_COMMA = pattern(",")
_DAY = pattern("""
    NUM? [late early]? (?: on? WEEKDAY | yesterday | today | [this last] [week month year night] )
    [morning afternoon evening night]?
""")
_WEAK, _NOUNS, _TRAILING, _INVERTED = members(WEAK), members("NOUN"), members("TRAILING"), members("INVERTED")
_TOLD, _ED, _ING = members("told tells"), pattern("ED"), pattern("ING")
PASSIVE = pattern("[BE BEEN] (?:LY|also)? \\Z")
_NOUN_BEFORE = pattern("""
    [, ARTICLE OWNER this that new latest of by no any recent official news media police press first final] \\Z
""")


def is_no_cue(reading: Reading, start: int, cue: int) -> bool:
    """Say whether a word that looks like a verb of saying is none here: a passive, or a noun."""
    if reading.before(PASSIVE, start, cue) and not _ING.match(reading.signs, cue):
        return True
    return reading.signs[cue] in _NOUNS and reading.before(_NOUN_BEFORE, start, cue) is not None


def _lead(reading: Reading, cue: int, stop: int) -> int:
    """Say where the clause of a verb begins; -1 where it governs none."""
    day = _DAY.match(reading.signs, cue + 1, stop)
    begin = day.end() if day else cue + 1
    for verbs, rule in _LEADS:
        if reading.signs[cue] in verbs and (found := rule.match(reading.signs, begin, stop)):
            return found.end()
    return -1


def _end(reading: Reading, start: int, body: int, stop: int, until: int) -> int:
    """Say where a clause ends: at a further verb, a contrast, a remark, or with its sentence."""
    signs = reading.signs
    end = min([found.start() for rule in _ENDS if (found := rule.search(signs, body, stop))], default=stop)
    further = _FURTHER.search(signs, body, end)
    if further and (further.end() - further.start() == 1 or reading.says(further.end(), stop)):
        end = further.start()
    if end == stop and _SUBORDINATE.match(signs, start) and (comma := _COMMA.search(signs, body, stop)):
        end = comma.start()
    if end == stop and stop == until and (meanwhile := _MEANWHILE.search(signs, body, end)):
        end = meanwhile.start()  # a headline: "… accuses X of Y as Z advances"
    return end


_MEANWHILE = pattern("as (?=ANY{3})")


_TRIMMED = members(", ; : . BREAK")


def reported_clause(reading: Reading, begin: int, end: int, source: Place | str, cue: str) -> Iterator[Quote]:
    """Give a reported clause, stripped, unless hardly a word of it stands outside marks."""
    signs = reading.signs
    while begin < end and signs[begin] in _TRIMMED:
        begin += 1
    while end > begin and signs[end - 1] in _TRIMMED:
        end -= 1
    if reading.words(begin, end) < 2 or source == NOBODY:
        return
    speaker, at = (source, -1) if isinstance(source, str) else (fullest_name(reading, *source), reading.starts[source[0]])
    yield Quote(reading.starts[begin], reading.ends[end - 1], "reported", speaker, at, cue)


ACCORDING = pattern("according to")
_ITS_QUOTE = pattern("OWNER? QUOTE")
_SOURCE_ENDS = pattern("[, ;]")
_SOURCE_TAIL = pattern("[on in this published released late early]")
_VERB_LATER = "[BE had has have lost fell took left won ED]"
_SPLICE = pattern(f"ANY* [BE had has have ED] ANY* , [and but while]? (?=[ARTICLE OWNER no NUM CAP] WORD{{0,4}}? {_VERB_LATER})")


def _according(reading: Reading, start: int, stop: int) -> Iterator[Quote] | None:
    """Give the clause that "according to" puts into a source's mouth."""
    source = ACCORDING.search(reading.signs, start, stop)
    if not source or _ITS_QUOTE.match(reading.signs, source.end(), stop):
        return None
    comma = _SOURCE_ENDS.search(reading.signs, source.end(), stop)
    until = comma.start() if comma else stop
    tail = _SOURCE_TAIL.search(reading.signs, source.end() + 1, until)
    speaker = clean(reading, source.end(), tail.start() if tail else until)
    head = source.start()
    if reading.words(start, head) >= 3:
        spliced = None if _COMMA.match(reading.signs, head - 1) else _SPLICE.match(reading.signs, start, head)
        return reported_clause(reading, spliced.end() if spliced else start, head, speaker, "according to")
    return reported_clause(reading, comma.end(), stop, speaker, "according to") if comma else iter(())


_RUMOUR = pattern("RUMOUR that")
_FEELING = pattern("BE [concerned worried convinced] that")
_HEARSAY = pattern("reportedly | allegedly")
_HEARSAY_ENDS = pattern("[, ; QUOTE]")


def _without_verb(reading: Reading, start: int, stop: int) -> Iterator[Quote] | None:
    """Give the clause that allegations or a worry hold."""
    if rumour := _RUMOUR.search(reading.signs, start, stop):
        return reported_clause(reading, rumour.end(), stop, "unnamed", reading.said(rumour.start(), rumour.start() + 1))
    feeling = _FEELING.search(reading.signs, start, stop)
    if feeling and not reading.says(start, feeling.start()):
        source = subject_of(reading, start, feeling.start())
        return reported_clause(reading, feeling.end(), stop, source, reading.said(*feeling.span()))
    return None


_VERB = pattern("(?=LOW) (?: FINITE | BE | PAST | (?!aged)ED | S )")
_FINITE_VERB = pattern("FINITE | BE | PAST | (?=LOW)ED")
_AGENT = pattern("( LOW{0,3}? CAP{2,6} | (?:ARTICLE|OWNER|one) WORD{1,7}? ) (?= , | \\Z | [on in at of for who] )")
_QUOTE_COMMA = pattern("QUOTE , \\Z")


def _inverted(reading: Reading, start: int, cue: int, stop: int) -> Place:
    """Find who said the clause before "…, said Sara Haddad"."""
    signs = reading.signs
    if signs[cue] not in _INVERTED or cue == start or not _COMMA.match(signs, cue - 1):
        return NOBODY
    if reading.before(_QUOTE_COMMA, start, cue):
        return NOBODY
    plain = not _COMMA.search(signs, start, cue - 1) and reading.words(start, cue) >= 4
    if not (plain or _FINITE_VERB.search(signs, start, cue)):
        return NOBODY
    if any(signs[at] not in _WEAK | _NOUNS for at in reading.cues(start, cue)):
        return NOBODY
    named = _AGENT.match(signs, cue + 1, stop)
    return named.span(1) if named and not _VERB.search(signs, *named.span(1)) else NOBODY


_CUE_ENDS = pattern("""
    , | . | \\Z | [in on at via late early earlier yesterday today this last WEEKDAY] [^ ,]{0,12} (?: , | \\Z)
""")
_BEFORE_SUBJECT = pattern(", (?: [ARTICLE OWNER] LOW [^ , QUOTE]{0,10} , )? (?: ARTICLE|OWNER|one|some )? LOW{0,4} \\Z")
_QUOTE_FIRST = pattern("QUOTE (?!LOW)")
_CLAUSE = pattern("(?![PLACE TIME asked speaking]) ANY{5}")
_TAIL = pattern("""
    [^ ,]{0,12} , (?: returning | adding | and? [BE FINITE none the a an PRONOUN CAP] ANY{0,40}? [FINITE BE NUM] )
""")


def _behind(reading: Reading, start: int, cue: int, stop: int, subject: int) -> list[Place]:
    """Give the clause that stands before "…, the army said", and the tail that goes on after it."""
    signs = reading.signs
    if not (_CUE_ENDS.match(signs, cue + 1, stop) or (signs[cue] in _TOLD and stop - cue <= 6)):
        return []
    comma = reading.before(_BEFORE_SUBJECT, start, subject)
    if not comma or _QUOTE_FIRST.match(signs, start, comma.start()):
        return []
    head = comma.start()
    if any(signs[at] not in _WEAK for at in reading.cues(start, head)):
        return []
    if not (_VERB.search(signs, start, head) or _CLAUSE.match(signs, start, head)):
        return []
    tail = _TAIL.match(signs, cue + 1, stop)
    after = _COMMA.search(signs, cue + 1, stop) if tail else None
    return [(start, head), *([(after.end(), stop)] if after else [])]


_CLOSING = members(". ! ? ” \" ’ ' MARK BREAK")
_OWNED = pattern("""
    [LOW ,] (CAP) [^ . CAP]{0,12} OWNER [narrative version account statement story propaganda line] , \\Z
""")
_STATED = pattern("(CAP{0,3} (?=CAP)OWN) [statement speech letter report message address] ,? [that which] LY? \\Z")
_THAT = pattern("that")
_AND_THAT = pattern(",? and that")
_FAR_THAT = pattern("[^ ,]{0,12} that")
_QUOTE_ENDS = pattern("QUOTE \\Z")


def reported_clauses(reading: Reading, start: int, end: int) -> Iterator[Quote]:
    """Find the clauses of a sentence that a source is made to say without marks."""
    signs, stop = reading.signs, end
    while stop > start and signs[stop - 1] in _CLOSING:
        stop -= 1
    found = _according(reading, start, stop) or _without_verb(reading, start, stop)
    if found is not None:
        yield from found
        return
    if hearsay := _HEARSAY.search(signs, start, stop):
        until = _HEARSAY_ENDS.search(signs, hearsay.end(), stop)
        word = reading.said(*hearsay.span())
        yield from reported_clause(reading, hearsay.end(), until.start() if until else stop, "unnamed", word)
    done = start
    for cue in reading.cues(start, stop):
        if cue < done or is_no_cue(reading, start, cue):
            continue
        word = reading.said(cue, cue + 1)
        inverted = _inverted(reading, done, cue, stop)
        if inverted != NOBODY:
            yield from reported_clause(reading, done, cue, clean(reading, *inverted), word)
            done = inverted[1]
            continue
        source = _source(reading, start, cue)
        if source == NOBODY:
            continue
        weak = signs[cue] in _WEAK and signs[cue] not in _TRAILING
        behind = [] if weak else _behind(reading, start, cue, stop, source[0])
        for span in behind:
            yield from reported_clause(reading, *span, source, word)
        if behind:
            done = behind[-1][1] if len(behind) > 1 else cue + 1
            continue
        if _is_taken(reading, start, cue, stop, source):
            continue
        body = _lead(reading, cue, stop)
        if body < 0:
            continue
        body += bool(_THAT.match(signs, body, stop))
        done = _end(reading, start, body, stop, end)
        yield from reported_clause(reading, body, done, source, word)
        if again := _AND_THAT.match(signs, done, stop):
            yield from reported_clause(reading, again.end(), stop, source, word)
            return


def _source(reading: Reading, start: int, cue: int) -> Place:
    """Give who a verb makes speak: its subject, or whose statement it belongs to."""
    owner = reading.before(_OWNED, start, cue) if _ING.match(reading.signs, cue) else None
    if owner := owner or reading.before(_STATED, start, cue):
        return owner.span(1)
    return subject_of(reading, start, cue)


def _is_taken(reading: Reading, start: int, cue: int, stop: int, source: Place) -> bool:
    """Say whether a verb belongs to the words in marks before its subject, or its subject is no source."""
    if any(reading.signs[at] not in _NOUNS for at in reading.cues(*source)):
        return True
    if reading.before(_QUOTE_NEAR, start, source[0]) and not _FAR_THAT.match(reading.signs, cue + 1, stop):
        return True
    return stop - cue <= 5 and reading.before(_QUOTE_COMMA, start, cue) is not None


_QUOTE_NEAR = pattern("QUOTE [^ WORD]{0,2} [ARTICLE OWNER]? \\Z")
