"""Who is made to say something: the subject that a verb of saying follows, and its fullest name."""

from helpers.quotes.reading import NAME, Place, Quote, Reading, surname
from helpers.quotes.signs import pattern

__all__ = ["NOBODY", "clean", "credited", "subject_of"]

NOBODY = (-1, -1)
_NAME_LAST, _LOWER = pattern(rf"{NAME} \Z"), pattern("LOW")
_SHARED = pattern(r"(?: [and but then to] [also later then LY]? | , ) \Z")
# "…, and the judge, Carla Mendel, told"
_SECOND = pattern(r"(?: , [and BUT] | ; ) [one another ARTICLE OWNER CAP] [^ ,]{0,8} , [^ ,]{1,8} , \Z")
_AUXILIARY = pattern(r"""
    (?: [, LY BE FINITE BEEN NOW long again all both first once only even just not to]
      | [on this last] [WEEKDAY week] | [used like liked likes love loved loves] to ){1,10} \Z
""")
_JOINS = pattern("(?<!CAP) and | [BUT as when after because that which what where whom if so]")
_PIECE = pattern("[^ , ; : — –]+")
_INSERTED = pattern("""
    BESIDE | (?=LOW)INSERTED | [SOME most none] of RELATIVE
    | (?=LOW)[PAST ED FINITE BE] [ARTICLE OWNER PLACE PRONOUN CAP that not]
""")
_ROLE = pattern("LOW | NUM | CAP{1,3} [of for from] CAP")
_APPOSED = pattern("(?=LOW)[ROLE ARTICLE OWNER who which] | NUM")
_MOVES, _MOVED = pattern("[FINITE BE ED]"), pattern("[FINITE BE]")
# a name or a pronoun, and what it does before it says something
_ACTING = pattern("""
    [BUT and so]? ( (?: (?![PLAIN NUM])CAP PART{0,3} (?: and (?=CAP) )? ){1,6} | [he she they] )
    LY? (?=LOW)[ED PAST FINITE BE] (?! of | \\Z )
""")


def subject_of(reading: Reading, start: int, cue: int) -> Place:
    """Take the subject that a verb follows: the last clause before it, or the name that an apposition explains."""
    earlier = reading.cues(start, cue)
    if earlier and reading.before(_SHARED, start, cue) and not reading.before(_SECOND, start, cue):
        shared = subject_of(reading, start, earlier[-1])
        if shared != NOBODY:  # else the earlier one is a noun: "The report, published on Monday, said"
            return shared
    auxiliary = reading.before(_AUXILIARY, start, cue)
    end = auxiliary.start() if auxiliary else cue
    start, end = _outside(reading, start, end)
    pieces = [match.span() for match in _PIECE.finditer(reading.signs, start, end)]
    if not pieces:
        return NOBODY
    start, end = pieces[_chosen(reading.signs, pieces)]
    joins = [match.end() for match in _JOINS.finditer(reading.signs, start, end - 1)]
    joined = clean(reading, joins[-1] if joins else start, end)
    if acting := _ACTING.match(reading.signs, *joined) or (
        _MOVES.search(reading.signs, *joined) and _ACTING.match(reading.signs, start, end)
    ):
        return acting.span(1)  # "Mr Magnus and Mr McRae issued a statement saying"
    moved = _MOVED.search(reading.signs, *joined)
    return clean(reading, joined[0], moved.start()) if moved and moved.start() > joined[0] else joined


def _outside(reading: Reading, start: int, end: int) -> Place:
    """Give the clause behind the last words in marks, unless they are a name within it."""
    signs = reading.signs
    within = not reading.cues(start, end)
    for at in reversed(reading.quoted(start, end)):
        if not (within and reading.text[reading.ends[at] - 2] != "," and _LOWER.match(signs, at - 1)):
            return (at + 1, end) if at + 1 < end else (start, at)
    return start, end


def _chosen(signs: str, pieces: list[Place]) -> int:
    """Choose among the pieces that commas part the one that names who speaks."""
    chosen = len(pieces) - 1
    while chosen and _INSERTED.match(signs, *pieces[chosen]):
        chosen -= 1
    start, end = pieces[0]
    if chosen == 1 and end - start <= 5 and _APPOSED.match(signs, *pieces[1]) and not _INSERTED.match(signs, start):
        chosen = int(_MOVES.search(signs, start, end) is not None)
    while chosen and _ROLE.match(signs, *pieces[chosen]) and _NAME_LAST.search(signs, *pieces[chosen - 1]):
        chosen -= 1
    return chosen


# a phrase without the words before it and the marks behind it that are no part of a name
_BARE = pattern(r"""
    (?: (?! [PRONOUN who] | [one some two] of )[PLAIN local] (?=ANY) )*
    (ANY*?) (?: [^ WORD NUM QUOTE] | [and who which] )* \Z
""")
# the name or the pronoun that it ends with: "former army chief Rafael Odum"
_CORE = pattern(rf"(?: (?!PLACE)LOW '? ){{1,9}} ({NAME}) \Z | ANY* ([he she they]) \Z")
_EMPTY = pattern(r"[ARTICLE PLACE and all] \Z | (?=LOW)[BE FINITE] [LOW NUM]{0,20} \Z")


def clean(reading: Reading, start: int, end: int) -> Place:
    """Strip what is no part of a name: article, conjunction, adverb; a name inside the phrase stands for it."""
    signs = reading.signs
    if bare := _BARE.match(signs, start, end):
        start, end = bare.span(1)
    if core := _CORE.match(signs, start, end):
        start, end = core.span(core.lastindex or 0)
    return (start, end) if start < end and not _EMPTY.match(signs, start, end) else NOBODY


def credited(reading: Reading, start: int, end: int, kind: str, speaker: Place, cue: str) -> Quote:
    """Give words of a text as a quotation or a clause of a speaker."""
    name = fullest_name(reading, *speaker)
    return Quote(start, end, kind, name, reading.starts[speaker[0]] if name else -1, cue)


_PRONOUN, _ONE, _AGAIN = pattern("[PRONOUN who]"), pattern("[he she]"), pattern("[AGAIN BOTH]")


def fullest_name(reading: Reading, start: int, end: int) -> str:
    """Give the fullest name the text has for a speaker so far: by surname, first name, pronoun or repeated noun."""
    speaker = reading.said(start, end)
    if not speaker or (end - start > 1 and speaker[0].isupper()):
        return speaker
    low, last = speaker.lower(), surname(reading.said(end - 1, end))
    if end - start == 1 and _PRONOUN.match(reading.signs, start):
        return _antecedent(reading, start) or speaker
    if speaker[0].isupper():
        return reading.name_before(last, start) or speaker
    if end - start == 1 and _AGAIN.match(reading.signs, start) and (body := _body(reading, start)):
        return body
    name = reading.heard_as.get(last, "")
    return name if low in name.lower() else speaker


_LEAD = pattern(r"(?: \A | [. ! ? BREAK STOPPED] ) (?: [OWNER ARTICLE] WORD{1,6} , )? \Z")
_FIRST_NOUN = pattern("""
    (?: [^ , . BREAK]{0,10} [, : — –] )? (?: [ARTICLE OWNER one] (LOW{1,3}?) | (CAP LOW??) )
    (?= , | on WEEKDAY | [FINITE BE PAST ED S who])
""")


def _antecedent(reading: Reading, at: int) -> str:
    """Give whom a pronoun stands for: who was named or heard last, or the noun that begins the paragraph."""
    one = _ONE.match(reading.signs, at) is not None
    names = reading.names_in(0, at)
    heard, until = reading.heard[one]
    since = reading.names[names[-1]][0] if names else -1
    if one and since > until and reading.before(_LEAD, 0, since):
        return reading.name(names[-1])  # "Her counterpart, Lars Eide, was less hopeful. … he said"
    if heard or names:
        return heard or reading.name(names[-1])
    noun = _FIRST_NOUN.match(reading.signs, reading.line(at), at)
    return reading.said(*noun.span(noun.lastindex or 0)) if noun else ""


_BODY = pattern("[BODY BOTH]")
_ACTS = pattern("[^ . QUOTE BREAK]{0,14}? (?: its | it (?: FINITE | BE ING ) )")


def _body(reading: Reading, at: int) -> str:
    """Give the organisation that "the bank" names again: named in the paragraph, or heard last."""
    for number in reading.names_in(reading.line(at), at)[:20]:
        if _ACTS.match(reading.signs, reading.names[number][1]) or _BODY.search(reading.signs, *reading.names[number]):
            return reading.name(number)
    return ""
