"""Reported speech: the clauses of a sentence that a source is made to say without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.marks import MASK, SAYING
from helpers.speakers import Quote, Reader, clean, cues, fullest_name, says, subject_of

__all__ = ["ACCORDING", "COUNTING", "NOUNS", "NOUN_BEFORE", "PASSIVE", "WEAK", "reported_clause", "reported_clauses"]

# verbs that hold a clause only with "that", "to" or a quotation: found that, ordered to; "found shelter" says nothing
WEAK = set(
    "declared declares blamed blames found heard ordered agreed signed read called calls calling hailed dubbed labelled labeled branded termed report reports reported believed thought think"
    " thinks estimated expected expects expect ruled observed continued recorded repeated presented presenting notes states claims estimate estimates fears fear feared hopes hoped"
    " questions demands posted heard shouted cried whispered laughed dismissed rejected praised criticised criticized proposed recommended referred refers spoke speaks offered dispute disputes disputed recounted shrugged shrugs answered answers responded replied responds"
    " promises threatens advised informed assured asked asks asking urged urges recorded documented described describes describing condemned condemns".split()
)
_TO = set("vowed vows vow promised promises pledged pledges threatened threatens agreed offered".split())
COUNTING = set("counted documented recorded estimated estimates".split())
ACCORDING = re.compile(r"\b[Aa]ccording\s+to\s+")
NOUN_BEFORE = re.compile(
    r"(?:,|\b(?:a|an|the|this|that|its|his|her|their|new|latest|of|by|no|any|recent|official|news|media|police|press|first|final))\s+\Z",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:had|has|have|was|were|is|are|will|would|could|can|may|might|must|should|did|does|fell|took|left|began|came|went|cut|hit|made|rose|won|lost"
    r"|(?!aged)[a-z]{2,}ed|[a-z]{3,}s|returning)\b"
)
PASSIVE = re.compile(r"\b(?:was|were|been|is|are|being)\s+(?:\w+ly\s+|also\s+)?\Z")
_OBJECT = re.compile(
    r"^\s+(?:[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,4}|(?:the|a|an|his|her|their|its)\s+(?:[\w’'-]+\s+){0,3}?[\w’'-]+|reporters|journalists|residents|lawmakers|them|him|her|us|me|supporters|parliament|investigators|state\s+(?:television|media|TV)|local\s+media)"
    r"(?:\s+(?:on|in|by|at|during|via)\s+[\w’' -]{2,30}?)?(?=\s+that\b|\s+(?:he|she|they|it|there|the|we|I|a|an|his|her|their|its|no|not|to|more|at|about|some)\b)"
)
_WHEN = re.compile(
    r"^(?:\s+(?:on|in|at|late|early|by|during|via|through|earlier|later|yesterday|today|this|last)\b[^,\ufffc]{0,60}?)?(?=\s+that\b)"
)
_ADDING = re.compile(r",\s+(?:adding|saying|but\s+added|warning|noting|insisting)\b")
_OTHER = re.compile(
    rf",\s+(?:however|but|while|although|though|whereas)\b|,?\s+(?:and|but)\s+(?:also\s+|later\s+)?(?:that\b|(?:{'|'.join(SAYING)})\b)|,\s+and\s+(?:its|his|her|their)\s"
)
_CLAUSE = re.compile(r"\s*(?!(?:In|On|At|For|With|From|After|Before|By|During|Under|Asked|Speaking)\b)(?:\S+\s+){4,}")
_ASKING = frozenset("urged urges asked asks told tells advised ordered warned begged".split())
_TELLING = set("told tells telling warned assured informed advised reminded".split())
_DAY = re.compile(
    r"(?:\s+\d+-\d+)?\s+(?:late\s+|early\s+)?(?:(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|(?:this|last)\s+(?:week|month|year|night))(?:\s+(?:morning|afternoon|evening|night))?(?=\s)"
)
_STARTS = re.compile(
    r"\s+(?:the|a|an|he|she|it|they|there|his|her|its|their|we|I|no|some|all|most|more|at\s+least|this|these|those|that|many|both|about|around|up\s+to|nearly|almost|much|one|two|three|four|five|six|seven|eight|nine|ten|\d|[A-Z])"
)
_FINITE = re.compile(
    r"\s+(?:[\w’'-]+\s+){1,6}?(?:would|will|had|has|have|was|were|is|are|could|can|may|might|should|must)\b"
)
_FURTHER = re.compile(r",\s+and\s+(?:the|a|an|one|[A-Z])|;\s")
_SUBORDINATE = re.compile(r"\s*(?:While|Although|Though|As|After|Even\s+as|When)\s")
_ACCUSATION = re.compile(r"\b(?:accusations|allegations|rumours|rumors|speculation)\s+that\b")
_FEELING = re.compile(r"\s(?:is|are|was|were)\s+(?:concerned|worried|convinced)\s+that\b")
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly)\s")
_ENDS = re.compile(
    r"\s*(?:,|\.|\Z|(?:in|on|at|via|late|early|earlier|yesterday|today|this|last|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,]{0,60}(?:,|\Z))"
)
_COMMA = re.compile(r",\s+(?:(?:the|a|an|one|some|his|her|their|its)\s+)?(?:[a-z]+\s+){0,4}\Z")
NOUNS = set(
    "report reports claim claims call calls estimate estimates promises pledges demands questions notes states fears fear hopes vow vows warning warnings rejected document".split()
)


def reported_clauses(reader: Reader, start: int, end: int) -> Iterator[Quote]:
    """Find the clauses of a sentence that a source is made to say without marks."""
    masked = reader.masked
    sentence = masked[start:end]
    stop = len(sentence.rstrip(' \u00a0\n.!?”"’'))
    if (
        "ccording" in sentence
        and (source := ACCORDING.search(sentence))
        and not re.match(r"(?:(?:its|their|his|her)\s+)?\ufffc", sentence[source.end() :])
    ):
        rest = sentence[source.end() :]
        comma = re.search(r",|$", rest)
        subject = re.split(
            r"\s+(?:on|in|this|published|released|late|early)\s",
            rest[: comma.start() if comma else len(rest)].strip(" .\n"),
        )[0]
        speaker, at = clean(subject, start + source.end())
        head = sentence[: source.start()].rstrip(" ,")
        if len(head.split()) >= 3:
            yield from reported_clause(reader, start, start + len(head), speaker, at, "according to")
        elif comma and comma.group():
            yield from reported_clause(
                reader, start + source.end() + comma.end(), start + stop, speaker, at, "according to"
            )
        return
    if "s that" in sentence and (accused := _ACCUSATION.search(sentence)):
        yield from reported_clause(
            reader, start + accused.end(), start + stop, "unnamed", -1, accused.group().split()[0]
        )
        return
    if "ed that" in sentence and (feeling := _FEELING.search(sentence)) and not says(sentence[: feeling.start()]):
        speaker, at = subject_of(sentence[: feeling.start()], start)
        yield from reported_clause(reader, start + feeling.end(), start + stop, speaker, at, feeling.group().strip())
        return
    if "edly " in sentence and (hearsay := _HEARSAY.search(sentence)):
        begin = start + hearsay.end()
        length = re.match(r"[^,;\ufffc]*", sentence[hearsay.end() : stop])
        end_of_it = begin + (length.end() if length else 0)
        yield from reported_clause(reader, begin, end_of_it, "unnamed", -1, hearsay.group().strip())
    done = 0
    for match in cues(sentence):
        before, after, cue = sentence[: match.start()], sentence[match.end() : stop], match.group()
        if (
            match.start() < done
            or (PASSIVE.search(before[-30:]) and not cue.endswith("ing"))
            or (cue in NOUNS and NOUN_BEFORE.search(before[-30:]))
        ):
            continue
        if (cue not in WEAK or cue in ("found", "reported", "believe", "think", "estimates")) and (
            _ENDS.match(after) or (cue in ("told", "tells") and len(after.split()) <= 5)
        ):
            speaker, at = subject_of(before, start)
            comma = _COMMA.search(masked, start, at) if speaker else None
            head = masked[start : comma.start()] if comma else ""
            if comma and head.lstrip()[:1] != MASK and not says(head) and (_VERB.search(head) or _CLAUSE.match(head)):
                yield from reported_clause(reader, start, comma.start(), speaker, at, cue)
                tail = re.match(r"[^,]{0,60},\s+", after)
                if tail and _VERB.search(after, tail.end()):
                    yield from reported_clause(reader, start + match.end() + tail.end(), start + stop, speaker, at, cue)
                return
        speaker, at = subject_of(before, start)
        if (
            not speaker
            or says(speaker)
            or (MASK in masked[max(start, at - 6) : at] and not re.match(r"[^,]{0,60}\sthat\b", after))
        ):
            continue
        body = match.end()
        if day := _DAY.match(after):
            body, after = body + day.end(), after[day.end() :]
        if (
            cue in COUNTING
            and re.match(r"\s+(?:more|at|over|some|nearly|about|around|\d|[a-z]+\s)", after)
            and cue in ("counted", "documented")
        ):
            pass
        elif when := _WHEN.match(after):
            body += when.end()
        elif cue in _ASKING and (wish := re.match(r"\s+[^,;.\ufffc]{2,60}?\s+(?=(?:not\s+)?to\s+[a-z]+)", after)):
            body += wish.end()
        elif cue in _TELLING and (
            told := re.match(r"\s+[^,;.\ufffc]{2,60}?(?=\s+that\b)", after) or _OBJECT.match(after)
        ):
            body += told.end()
        elif (cue in ("deny", "denies", "denied", "denying") and re.match(r"\s+[a-z]+ing\b", after)) or (
            cue in ("questioned", "questions", "asked", "asks", "asking")
            and re.match(r"\s+(?:why|whether|if|how|what|when|who)\b", after)
        ):
            pass
        elif cue in ("called", "calls", "calling") and (
            wanted := re.match(r"\s+(?:for|on\s+[^,]{2,60}?\s+(?=to\b))", after)
        ):
            body += wanted.end()
        elif (cue in ("condemned", "condemns", "demanded", "demands") and len(after.split()) > 2) or (
            cue in _TO and re.match(r"\s+(?:not\s+)?to\s", after)
        ):
            pass
        elif cue.startswith("accus") and (of := re.match(r"[^,;]{2,80}?\bof\s+", after)):
            body += of.end()
        elif cue in WEAK or (cue in _TELLING and cue != "warned") or not (_STARTS.match(after) or _FINITE.match(after)):
            continue
        that = re.match(r"\s+that\b", sentence[body:stop])
        body += that.end() if that else 0
        close = _ADDING.search(sentence, body, stop)
        other = _OTHER.search(sentence[body:stop])
        if further := _FURTHER.search(sentence[body : other.start() + body if other else stop]):
            other = further if says(sentence[body + further.end() :]) or further.group().startswith(";") else other
        if not other and _SUBORDINATE.match(sentence):
            other = re.search(r",\s", sentence[body:stop])
        if other and not close:
            done = body + other.start()
            yield from reported_clause(reader, start + body, start + done, speaker, at, cue)
            continue
        yield from reported_clause(reader, start + body, start + (close.start() if close else stop), speaker, at, cue)
        if close:
            that = re.match(r"\s+that\b", sentence[close.end() : stop])
            again = close.end() + (that.end() if that else 0)
            yield from reported_clause(reader, start + again, start + stop, speaker, at, close.group().split()[-1])
        return


def reported_clause(reader: Reader, begin: int, end: int, speaker: str, at: int, cue: str) -> Iterator[Quote]:
    """Give a reported clause, stripped, unless hardly a word of it stands outside marks."""
    masked = reader.masked
    while begin < end and masked[begin] in " \u00a0\n,":
        begin += 1
    while end > begin and masked[end - 1] in " \u00a0\n,;:.":
        end -= 1
    if len(re.findall(r"\w+", masked[begin:end].replace(MASK, ""))) >= 2 and speaker:
        yield Quote(begin, end, "reported", fullest_name(reader, speaker, at), at, cue)
