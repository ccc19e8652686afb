"""Whose words stand in marks: what makes them a name or a label, and which verb, before or behind, governs them."""

from __future__ import annotations

from typing import NamedTuple

from helpers.quotes.reported import PASSIVE, is_no_cue
from helpers.quotes.signs import members, pattern
from helpers.quotes.speakers import NAME, NOBODY, SAYING, WEAK, Place, Quote, Reading, clean, fullest_name, subject_of

__all__ = ["BARS", "LABELS", "attributed", "is_name"]


class Label(NamedTuple):
    """Words in marks that are nobody's: what stands before and behind them, how many they are, and what says no."""

    before: str
    after: str
    least: int
    most: int
    unless: str
    example: str


_USED = "(?<![not never of without]) [used uses use using prefers preferred chose coined] (?![to of]) [^ . QUOTE]{0,6} \\Z"
_JUDGED = """[condemn condemns condemned condemning denounced denounces denounce praised praises praise criticised criticized
    criticises blasted slammed rejected rejects hailed lamented] WORD{0,3} \\Z"""
_NOUN = """(?![and or but for than with from into after before when while that who which despite during since amid near
    over under through until because PLACE FINITE BE ED ING])LOW | [announced agreed declared imposed brokered established]"""
LABELS = [
    Label("[WORDED] \\Z", "", 1, 99, _USED, "The word “siege” was new."),
    Label("[slip sign note banner poster placard shirt signs notes banners posters] that? [read reads reading] \\Z", "",
          1, 99, _USED, "She held a sign that read “go home”."),
    Label("(?:search for | read as | use of | definition of [a an]? | distinction between) \\Z", "", 1, 99, _USED,
          "A search for “safe road” found none."),
    Label("[answer word name password spelling] [is was] (?:in fact)? \\Z", "", 1, 99, _USED, "The answer is “seven”."),
    Label("(?:[known sold advertised listed marketed] | [BE BEEN ,] WORD? referred to) [^ . , ; QUOTE]{0,7} as \\Z", "",
          1, 99, _USED, "The road is known to all as “the throat”."),
    Label("so-called \\Z", "", 1, 99, "", "The army shelled the so-called “safe road”."),
    Label("", "[means meant] | [stand stands] for | [is was] short for | where [a an the] [earlier previous former old]", 1, 99,
          "", "“Salam” means peace."),
    Label("", ", as [^ , .]{1,8} known", 1, 99, "", "“The throat”, as it is known, was hit."),
    Label("SAY that? the \\Z", "", 2, 4, "", "They say the “safe road” is shut."),
    Label("[the OWN] \\Z", _NOUN, 1, 4, _JUDGED, "He spoke of the “stop the boats” policy."),
    Label(f"(?! [{SAYING}])WORD [of from with by against in on for use uses used using OWNER] \\Z", _NOUN, 1, 1, _JUDGED,
          "He told of burns from “viral” slime."),
]  # fmt: skip


class Bar(NamedTuple):
    """What keeps a verb from reaching the words in marks behind it: what stands before it, which it is, what follows."""

    before: str
    verbs: str
    gap: str
    short: bool
    unless: str
    example: str


_APPOSED = ", CAP{1,4} , LOW? \\Z"
_PREDICATE = "that | [: ,] \\Z | ANY{0,40}? (?: as | FINITE | BE | BEEN )"
_LINKS = "that | as | ANY{0,60}? as ARTICLE? \\Z"
BARS = [
    Bar("", SAYING, "ANY{0,60}? (?: QUOTE where | QUOTE , (?![and but or then a an the])WORD | without )", False, "",
        "She told a “ghost”, heard of the “ruin”."),
    Bar("", SAYING, "ANY{0,60}? , (?: [hours minutes days weeks months years] [before after] | [before after while] ING )",
        False, "", "He called for calm, hours before the “ruin”."),
    Bar("(?: never once? | nobody | no one | dared | stopped | stops | stop | avoid | avoids | avoided ) to? \\Z", SAYING,
        "", False, "", "She never called it “ours”."),
    Bar("nobody WORD{0,3} \\Z", SAYING, "", False, "", "Nobody there called it “ours”."),
    Bar(", \\Z", "ED", "[to as about]", False, "", "The rider, referred to as “K”, left."),
    Bar("(?: , | (?![who and he she they which])ANY ) [OFTEN] \\Z", "described dubbed called termed labelled labeled branded",
        "", False, "", "It was a city once dubbed “the throat”."),
    Bar("", SAYING, "under | instead | , WORD", False, "", "It was promised under a “plan”."),
    Bar("", SAYING, "ANY{0,60}? (?: [where despite amid] | , (?=LOW)ING ) | for WORD about", True, "",
        "The mayor said rents fell despite a “glut”."),
    Bar("", "THINK PRESENT QUERY ANSWER", "", True, _PREDICATE, "They were the third to report a “golden quarter”."),
    Bar("", "HESITANT", "", False, "that | [: ,] \\Z", "Planners feared a “choke point”."),
    Bar("", "citing", "ANY{3}", False, _LINKS, "They left, citing the cost of a “plan”."),
    Bar("", WEAK, "ANY{10}", False, _LINKS, "She called the old men of the town to the square by the “gate”."),
]  # fmt: skip
_LABELS = [
    (pattern(one.before), pattern(one.after), one.least, one.most, pattern(one.unless or "(?!)")) for one in LABELS
]
_BARS = [
    (pattern(one.before), pattern(f"[{one.verbs}]"), pattern(one.gap), one.short, pattern(one.unless or "(?!)"))
    for one in BARS
]
_CALLS_IT = pattern("[it him her them this]")
_IS_APPOSED = pattern(_APPOSED)
_ED = pattern("ED")


def _governs(reading: Reading, start: int, verb: int, at: int, short: bool) -> bool:
    """Say whether a verb of saying reaches the marks behind it."""
    signs = reading.signs
    apposed = _ED.match(signs, verb) and reading.before(_IS_APPOSED, start, verb)  # "their captain, Freya Haddow, called"
    for before, verbs, gap, only_short, unless in _BARS:
        if (
            (short or not only_short)
            and verbs.match(signs, verb)
            and gap.match(signs, verb + 1, at)
            and not unless.match(signs, verb + 1, at)
            and reading.before(before, start, verb)
            and not (before.pattern and apposed)
        ):
            return False
    passive = reading.before(PASSIVE, start, verb)
    return bool(passive or _CALLS_IT.match(signs, verb + 1, at)) or not is_no_cue(reading, start, verb)


_CAPITALS = pattern("[CAP NUM] | the CAP")
_TITLE = pattern("(?: [CAP NUM SMALL] [: , – -]? ){1,40} [! ?]? \\Z")
_NAMING = pattern("(?: [NAMING] | known as | title of | subject line | by the name ) [, :]? \\Z")
_NICKNAMED = pattern("[CALL nicknamed] [^ .]{0,9} \\Z")
_THE_NAME = pattern("the (?: of | the | CAP ){0,5} CAP \\Z")
_CAPITAL, _CAPITAL_LAST = pattern("CAP"), pattern("CAP \\Z")
_LAST_NAME = pattern("(?!WEEKDAY)CAP")


def is_name(reading: Reading, start: int, at: int) -> bool:
    """Say whether marks hold a name or a title: it is introduced as one, or written like one."""
    inner = reading.inside(at)
    words = reading.count(inner)
    if reading.before(_NAMING, start, at) and _CAPITALS.match(inner):
        return True
    if _THE_NAME.match(inner) and reading.before(_NICKNAMED, start, at):
        return True
    between = reading.before(_CAPITAL_LAST, start, at) and _LAST_NAME.match(reading.signs, at + 1)
    if words <= 3 and between and _CAPITALS.match(inner):
        return True  # Dragan “the Notary” Mitic
    titled = _CAPITAL.match(inner) and _TITLE.match(inner) and _CAPITAL_LAST.search(inner.rstrip("".join(_STOPS)))
    return 0 < words <= 8 and bool(titled)


_STOPS = members("! ?")


def _is_label(reading: Reading, start: int, at: int, until: int) -> bool:
    """Say whether words in marks are a label, or spoken of: the “stop the boats” policy, the word “siege”."""
    words = reading.count(reading.inside(at))
    return any(
        least <= words <= most
        and after.match(reading.signs, at + 1, until)
        and reading.before(before, start, at)
        and not reading.before(unless, start, at)
        for before, after, least, most, unless in _LABELS
    )


def attributed(reading: Reading, start: int, at: int, until: int) -> Quote | None:
    """Find who is made to say a quotation: behind it, or before it in its sentence."""
    opened, closed = reading.starts[at], reading.ends[at]
    inner, text = reading.inside(at), reading.text[opened + 1 : closed - 1].rstrip()
    if _is_label(reading, start, at, until):
        return None
    behind = _behind(reading, at + 1, until)
    if reading.before(_NAMING, start, at) and _TITLE.match(inner):
        return None
    named = is_name(reading, start, at) and not text.endswith(("!", "?"))
    if named and (text[-1:] not in ",." or (" " in text and not behind)):
        return None
    closing = text.endswith((",", "!", "?", "…", "—", "–", "-")) or reading.text[closed : closed + 1] == ","
    found = behind if behind and closing else _front(reading, start, at, reading.count(inner) <= 4)
    if not found:
        return None
    speaker, cue = found
    if speaker == NOBODY and (agent := _AGENT.match(reading.signs, at + 1, until)):
        speaker = clean(reading, *agent.span(1))
    name = fullest_name(reading, *speaker)
    return Quote(opened, closed, "direct", name, reading.starts[speaker[0]] if name else -1, cue)


_AGENT = pattern("[^ . ; QUOTE]{0,10}? by ((?: ARTICLE|OWNER|one )? WORD{1,8})")
_OPENING = pattern("[, ; – — - MARK]*")
_ACCORDING = pattern("according to ([^ . ; : QUOTE]{1,16})")
_SOURCE_TAIL = pattern("[, on in at who which said]")
_INVERTED = members("INVERTED")
_FORWARD = pattern(f"[^ . ; : QUOTE]{{1,20}}? (?=LOW)[{SAYING}]")
_NO_SUBJECT = pattern("""
    by | NUM | LOW [FINITE BE] | [for in on at to about of from with that if whether how why] | [PRONOUN there] WORD
    | WEEKDAY WORD{1,4}? [FINITE BE] | [ARTICLE OWNER] (?: (?![RELATIVE that as when after])WORD ){1,4}? [FINITE BE]
""")
_THAT, _TO = pattern("that"), pattern("to")
_NO_START = pattern("SILENT")
_HESITANT = members("continued found heard signed agreed ordered answers feared fears fear criticised criticized")
_WEAK = members(WEAK)
_INVERTED_TAIL = pattern("""
    , | [on in at from during after before who which to via told as when for about by that this] | of the
""")


def _behind(reading: Reading, at: int, until: int) -> tuple[Place, str] | None:
    """Read an attribution that follows a quotation."""
    signs = reading.signs
    opening = _OPENING.match(signs, at, until)
    at = opening.end() if opening else at
    if source := _ACCORDING.match(signs, at, until):
        tail = _SOURCE_TAIL.search(signs, source.start(1) + 1, source.end())
        return clean(reading, source.start(1), tail.start() if tail else source.end()), "according to"
    if at in reading.cues(at, at + 1):
        return _inverted(reading, at, until)
    subject = _FORWARD.match(signs, at, until)
    if not subject:
        return None
    cue = subject.end() - 1
    if _THAT.match(signs, cue + 1) or (signs[cue] in _WEAK and _TO.match(signs, cue + 1)):
        return None  # "in his book “…,” he wrote that …" quotes nobody; "a feat once thought to …"
    if not _is_subject(reading, at, cue) or _NO_START.match(signs, at) or signs[cue] in _HESITANT:
        return None
    place = subject_of(reading, at, cue)
    return (place, reading.said(cue, cue + 1)) if place != NOBODY else None


def _inverted(reading: Reading, cue: int, until: int) -> tuple[Place, str] | None:
    """Read who speaks behind "said": the name in it, or what comes before a preposition."""
    signs = reading.signs
    if signs[cue] not in _INVERTED or _NO_SUBJECT.match(signs, cue + 1, until) or cue + 1 >= until:
        return None
    stop = _STOPPING.search(signs, cue + 1, min(until, cue + 26))
    end = stop.start() if stop else min(until, cue + 26)
    word = reading.said(cue, cue + 1)
    comma = _COMMA.search(signs, cue + 1, end)
    name = NAME.search(signs, cue + 1, comma.start() if comma else end)
    name = name or (NAME.match(signs, comma.end(), end) if comma else None)
    if name and name.start() < cue + 12:
        return name.span(), word
    tail = _INVERTED_TAIL.search(signs, cue + 2, end)
    place = clean(reading, cue + 1, tail.start() if tail else end)
    return (place, word) if place != NOBODY else None


_STOPPING = pattern("[. ; : QUOTE BREAK]")
_COMMA = pattern(",")
_MOVES = pattern("FINITE | BE")
_RELATIVE_PART = pattern(",? [RELATIVE that where] [^ ,]* ,?")
_BARE = pattern("(?![ARTICLE OWNER PRONOUN SOME one two])LOW")


def _is_subject(reading: Reading, start: int, cue: int) -> bool:
    """Say whether the words between a quotation and a verb can be its subject, and are no clause of their own."""
    signs = reading.signs
    relative = _RELATIVE_PART.search(signs, start, cue)
    first = relative.start() if relative else cue
    after = relative.end() if relative and _COMMA.search(signs, start, cue) else cue
    if _MOVES.search(signs, start, first) or _MOVES.search(signs, after, cue):
        return False
    return not (_BARE.match(signs, start) and _COMMA.search(signs, start, cue))


_WORDS_OF = pattern("(?: according to | in the words of ) ([^ , QUOTE]{1,20}) , [^ QUOTE]{0,60} \\Z")
_SOURCE_ENDS = pattern("[on in who]")
_FULL_STOP = pattern("[. ;]")
_AS = pattern("[^ ,]{0,20}? as")
_TOLD_BY = pattern("by (ANY{1,8}?) only? that")
_AS_TOLD_BY = pattern("by ((?: (?!by)ANY ){1,8}?) as [a an]? \\Z")
_CALLERS = pattern("(?![always sometimes perhaps])(?=LOW)(S) \\Z")
_CALL, _PRONOUN = members("call describe"), members("it he she they")
_NOUNS, _DESCRIBE, _ING = members("NOUN"), members("DESCRIBE"), pattern("ING")
_POSSESSED = pattern("""
    ((?: CAP{0,3} | (?:ARTICLE|OWNER) LOW?? ) OWN)
    ([talk description promise warning claim accusation denunciation vision claims warnings promises]) [of that as] [a an]? \\Z
""")
_COLON = pattern(": \\Z")
_FUMED = pattern("((?:ARTICLE|OWNER|one) WORD{1,5}?) ((?=LOW)ED) : \\Z")


def _front(reading: Reading, start: int, at: int, short: bool) -> tuple[Place, str] | None:
    """Read the last attribution that precedes a quotation, or a few words in marks, in its sentence."""
    signs = reading.signs
    if source := _WORDS_OF.search(signs, start, at):
        tail = _SOURCE_ENDS.search(signs, *source.span(1))
        return clean(reading, source.start(1), tail.start() if tail else source.end(1)), "according to"
    for verb in reversed(reading.cues(start, at)):
        if _FULL_STOP.search(signs, verb + 1, at):
            return None
        if _governs(reading, start, verb, at, short) and (found := _governor(reading, start, verb, at)):
            return found
    if held := reading.before(_POSSESSED, start, at):
        return clean(reading, *held.span(1)), reading.said(*held.span(2))
    if not reading.before(_COLON, start, at):
        return None
    if fumed := _FUMED.match(signs, start, at):
        return clean(reading, *fumed.span(1)), reading.said(*fumed.span(2))
    return (subject_of(reading, start, at - 1), "") if at - start < 12 and NAME.search(signs, start, at) else None


def _governor(reading: Reading, start: int, verb: int, at: int) -> tuple[Place, str] | None:
    """Give the speaker that a verb before a quotation names, and its cue."""
    signs = reading.signs
    cue = reading.said(verb, verb + 1)
    if signs[verb] in _DESCRIBE and _AS.match(signs, verb + 1, at):
        cue += " as"
    if by := _TOLD_BY.match(signs, verb + 1, at) or _AS_TOLD_BY.search(signs, verb + 1, at):
        return clean(reading, *by.span(1)), cue
    if reading.before(PASSIVE, start, verb) and not _ING.match(signs, verb):
        return NOBODY, cue
    callers = reading.before(_CALLERS, start, verb) if signs[verb] in _CALL else None
    speaker = callers.span(1) if callers else subject_of(reading, start, verb)
    if speaker[1] - speaker[0] == 1 and signs[speaker[0]] in _PRONOUN and (earlier := reading.cues(start, verb)):
        speaker = subject_of(reading, start, earlier[0])  # "X said …, which he called"
    if speaker == NOBODY or any(signs[cue] not in _NOUNS for cue in reading.cues(*speaker)):
        return None
    return speaker, cue
