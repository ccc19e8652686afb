"""Reported speech: the clauses of a sentence that a source is made to say without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.quotes.marks import MASK, SAYING
from helpers.quotes.speakers import Quote, Reader, clean, cues, fullest_name, says, subject_of

__all__ = ["ACCORDING", "COUNTING", "NOUNS", "NOUN_BEFORE", "PASSIVE", "WEAK", "reported_clause", "reported_clauses"]

# verbs that hold a clause only with "that", "to" or a quotation: found that, ordered to; "found shelter" says nothing
WEAK = set(
    "declared declares blamed blames found heard ordered agreed signed read called calls calling hailed dubbed labelled labeled branded termed report reports reported believed thought think"
    " thinks estimated expected expects expect ruled observed continued recorded repeated presented presenting notes states claims estimate estimates fears fear feared hopes hoped"
    " questions demands posted heard shouted cried whispered laughed dismissed rejected praised criticised criticized proposed recommended referred refers spoke speaks offered dispute disputes disputed recounted shrugged shrugs answered answers responded replied responds"
    " call describe denounce accuse speak refer label dismissing dismisses rejecting rejects blasted slammed wept sobbed citing welcomed defended remembered promises threatens advised informed assured asked asks asking urged urges recorded documented described describes describing condemned condemns".split()
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
PASSIVE = re.compile(r"\b(?:was|were|been|be|is|are|being)\s+(?:\w+ly\s+|also\s+)?\Z")
_OBJECT = re.compile(
    r"^\s+(?:[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,4}|(?:the|a|an|his|her|their|its)\s+(?:[\w’'-]+\s+){0,3}?[\w’'-]+|[a-z]{4,}s|police|staff|MPs|them|him|her|us|me|parliament|state\s+(?:television|media|TV)|local\s+media)"
    r"(?:\s+(?:on|in|by|at|during|via)\s+[\w’' -]{2,30}?)?(?=\s+that\b|\s+(?:he|she|they|it|there|the|we|I|a|an|his|her|their|its|no|not|to|more|at|about|some|her|his|their)\b)"
)
_WHEN = re.compile(
    r"^(?:\s+\d+-\d+)?(?:\s+(?:on|in|at|late|early|by|during|via|through|earlier|later|yesterday|today|this|last)\b[^,\ufffc]{0,60}?)?(?=\s+that\b)"
)
_ADDING = re.compile(
    r",\s+(?:but\s+added|adding|saying|warning|noting|insisting|calling|blaming|writing|cautioning|finding|accusing|arguing|claiming|describing|telling|dismissing|rejecting|urging|ending|capping|prompting|reversing|pointing)\b"
)
_ARTICLE = re.compile(r"\b(?:the|a|an|its|his|her|their)\s+\Z")
_TRAILING = frozenset("found reported believe believes think thinks estimates reckons".split())
_TAIL = re.compile(
    r"(?:returning|adding)\b|(?:and\s+)?(?:are|is|was|were|had|has|have|will|would|none|the|a|an|it|he|she|they|[A-Z]\w+)\b.*?\b(?:had|has|have|was|were|is|are|will|would|could|\d)"
)
_NO_CLAUSE = (
    "in|on|at|to|by|with|without|during|after|before|from|as|so|yes|of|about|nothing|little|below|above|via|through|over|under|when|while|and|but|or|if"
    "|for|goodbye|hello|thanks|outside|inside|earlier|later|late|early|yesterday|today|again|too|also|of|against|between|despite|amid|because|only"
)
_OTHER = re.compile(
    rf",\s+(?:however|but|while|although|though|whereas)\b|,?\s+(?:and|but)\s+(?:also\s+|later\s+|(?:he|she|they|it)\s+)?(?:that\b|(?:{'|'.join(SAYING)})\b)|,\s+and\s+(?:declined|refused)\b|,\s+and\s+(?:its|his|her|their)\s"
)
_INVERTED = frozenset("said says added wrote warned announced explained noted".split())
_ASIDE = re.compile(r",\s+(?:who|which|whose|where|the|part|an?|his|her|its)\s[^,]*,")
_PREPOSED = re.compile(r"\s*(?:In|On|At|For|With|From|After|Before|By|During|Under|Speaking|Asked)\b")
_FINITE_VERB = re.compile(
    r"\b(?:had|has|have|was|were|is|are|will|would|could|can|may|might|must|should|did|does|began|fell|rose|went|came|took|left|won|lost|[a-z]{2,}ed)\b"
)
_AGENT_NEXT = re.compile(
    r"\s+((?:[a-z]+\s+){0,3}?(?:[A-Z][\w’'\u2024-]*\s+)+[A-Z][\w’'\u2024-]*|(?:the|an?|one|his|her|their|its)\s+(?:[\w’'-]+\s+){0,6}?[\w’'-]+)"
    r"(?=,|\Z|\s+(?:on|in|at|of|for|who)\s)"
)
# "…, a figure that could not be verified": of the claim, not in it
_REMARK = re.compile(
    r",\s+an?\s+(?:figure|number|claim|charge|allegation|accusation|account|statement|phrase|word|term|remark)\s+(?:that|which|not|he|she|it|they|the)\b|,\s+which\s+(?:he|she|it|they)\s+(?:called|described|dubbed|termed|said)\b"
)
_CLAUSE = re.compile(r"\s*(?!(?:In|On|At|For|With|From|After|Before|By|During|Under|Asked|Speaking)\b)(?:\S+\s+){4,}")
_ASKING = frozenset("urged urges asked asks told tells advised ordered warned begged".split())
_TELLING = set("told tells telling warned assured informed advised reminded".split())
_THINKING = frozenset("thinks think thought believes believe believed fears fear feared hopes hope hoped found".split())
_MASKED_OBJECT = (
    r"\s+(?:[\w’'-]+\s+){0,3}?\ufffc+(?:\s+[a-z]+)?(?=\s+(?:that|he|she|they|it|we|the)\b)"  # told “Earth Weekly” it
)
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
_SUBORDINATE = re.compile(r"\s*(?:While|Although|Though|As|After|Even\s+as|When|(?:For|By|In|Before|Since)\s+\w+ing)\s")
_STATED = re.compile(
    r"((?:[A-Z][\w’'-]*?\s)*[A-Z][\w’'-]*?)(?:’s|'s)\s+(?:statement|speech|letter|report|message|address),?\s+(?:that|which)\s+(?:\w+ly\s+)?\Z"
)
# "… Damascus … his narrative, presenting …": whose narrative it is
_OWNED = re.compile(
    r".*[a-z,]\s([A-Z][\w’'-]+)\b[^.]*?\b(?:his|her|its|their)\s+(?:narrative|version|account|statement|story|propaganda|line),\s+\Z"
)
_MEANWHILE = re.compile(r"\sas\s(?=\S+\s+\S+\s+\S)")
_SPLICE = re.compile(
    r".*\b(?:was|were|is|are|had|has|have|[a-z]+ed)\b.*,\s+(?:(?:and|but|while)\s+)?(?=(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Nn]o|\d+|[A-Z][\w’'-]*)\s+)(?:[\w’'-]+\s+){0,4}?"
    r"(?:was|were|is|are|had|has|have|lost|fell|took|left|won|[a-z]{2,}ed)\b)"
)
_ACCUSATION = re.compile(r"\b(?:accusations|allegations|rumours|rumors|speculation)\s+that\b")
_FEELING = re.compile(r"\s(?:is|are|was|were)\s+(?:concerned|worried|convinced)\s+that\b")
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly)\s")
_ENDS = re.compile(
    r"\s*(?:,|\.|\Z|(?:in|on|at|via|late|early|earlier|yesterday|today|this|last|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,]{0,60}(?:,|\Z))"
)
_COMMA = re.compile(
    r",\s+(?:(?:the|an?|its|his|her|their)\s+[a-z][^,\ufffc]{1,60},\s+)?(?:(?:the|a|an|one|some|his|her|their|its)\s+)?(?:[a-z]+\s+){0,4}\Z"
)
NOUNS = set(
    "label report reports claim claims call calls estimate estimates promises pledges demands questions notes states fears fear hopes vow vows warning warnings document".split()
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
        comma = re.search(r"[,;]|$", rest)
        subject = re.split(
            r"\s+(?:on|in|this|published|released|late|early)\s",
            rest[: comma.start() if comma else len(rest)].strip(" .\n"),
        )[0]
        speaker, at = clean(subject, start + source.end())
        head = sentence[: source.start()].rstrip(" ,")
        if len(head.split()) >= 3:
            spliced = None if sentence[len(head)] == "," else _SPLICE.search(head)  # without a comma: the last clause
            begin = spliced.end() if spliced else 0
            yield from reported_clause(reader, start + begin, start + len(head), speaker, at, "according to")
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
        before, cue = sentence[: match.start()], match.group()
        if match.start() < done or is_no_cue(before, cue):
            continue
        if named := _inverted(sentence[done:stop], match.start() - done, match.end() - done):
            speaker, at = clean(named[1], start + done + named.start(1))
            yield from reported_clause(reader, start + done, start + match.start(), speaker, at, cue)
            done = done + named.end()
            continue
        owner = (_OWNED.search(before) if cue.endswith("ing") else None) or _STATED.search(before)
        speaker, at = (owner[1], start + owner.start(1)) if owner else subject_of(before, start)
        if not speaker:
            continue
        if (cue not in WEAK or cue in _TRAILING) and (behind := _behind(masked, start, match, stop, at)):
            for begin, end in behind:
                yield from reported_clause(reader, begin, end, speaker, at, cue)
            done = max(match.end(), behind[-1][1] - start if len(behind) > 1 else 0)
            continue
        quoted = MASK in masked[max(start, at - 6) : at]  # the cue belongs to the quotation before its subject
        if any(word.group() not in NOUNS for word in cues(speaker)) or (
            quoted and not re.match(r"[^,]{0,60}\sthat\b", sentence[match.end() : stop])
        ):
            continue
        if re.search(rf"{MASK},\s*\Z", before) and len(sentence[match.end() : stop].split()) <= 4:
            continue  # a headline: "Dam requests ‘filed and forgotten’, says ex-manager"
        lead = _lead(cue, sentence[match.end() : stop])
        if lead is None:
            continue
        body = match.end() + lead
        if that := re.match(r"\s+that\b", sentence[body:stop]):
            body += that.end()
        done = _end_of_clause(sentence, body, stop)
        yield from reported_clause(reader, start + body, start + done, speaker, at, cue)
        if again := re.match(r",?\s+and\s+that\b", sentence[done:stop]):
            yield from reported_clause(reader, start + done + again.end(), start + stop, speaker, at, cue)
            return


def is_no_cue(before: str, cue: str) -> bool:
    """Say whether a word that looks like a verb of saying is none here: a passive, a noun, an adjective."""
    if PASSIVE.search(before[-30:]) and not cue.endswith("ing"):
        return True
    return bool(
        (cue in NOUNS and NOUN_BEFORE.search(before[-30:])) or (cue.endswith("ed") and _ARTICLE.search(before[-8:]))
    )


def _inverted(sentence: str, at: int, end: int) -> re.Match[str] | None:
    """Find who said the clause before "…, said Sara Haddad"."""
    head = sentence[:at].rstrip()
    if not head.endswith(",") or head[-2:-1] == MASK or sentence[at:end] not in _INVERTED:
        return None
    plain = "," not in head[:-1] and len(head.split()) >= 4 and not _PREPOSED.match(head)
    if not (plain or _FINITE_VERB.search(_ASIDE.sub(",", head))) or any(
        cue.group() not in WEAK | NOUNS for cue in cues(head)
    ):
        return None  # "the mayor, who had left," is no clause
    named = _AGENT_NEXT.match(sentence, end)
    return named if named and not _VERB.search(named[1]) else None


def _behind(masked: str, start: int, cue: re.Match[str], stop: int, at: int) -> list[tuple[int, int]]:
    """Give the clause that stands before "…, the army said", and the tail that goes on after it."""
    after = masked[start + cue.end() : start + stop]
    if not (_ENDS.match(after) or (cue.group() in ("told", "tells") and len(after.split()) <= 5)):
        return []
    comma = _COMMA.search(masked, start, at)
    head = masked[start : comma.start()] if comma else ""
    strong = any(match.group() not in WEAK for match in cues(head))
    if (
        not comma
        or re.match(rf"\s*{MASK}+(?!\s+[a-z])", head)
        or strong
        or not (_VERB.search(head) or _CLAUSE.match(head))
    ):
        return []
    tail = re.match(r"[^,]{0,60},\s+", after)
    goes_on = tail is not None and _TAIL.match(after, tail.end())
    rest = [(start + cue.end() + tail.end(), start + stop)] if tail and goes_on else []
    return [(start, comma.start()), *rest]


def _lead(cue: str, after: str) -> int | None:
    """Say how many characters behind a cue its clause begins; None where it governs none."""
    day = _DAY.match(after)
    skipped = day.end() if day else 0
    after = after[skipped:]
    if when := _WHEN.match(after):
        return skipped + when.end()
    patterns = []
    if cue in _TELLING:
        patterns += [r"\s+[^,;.\ufffc]{2,60}?(?=\s+that\b)", _MASKED_OBJECT]
    if cue in _ASKING:
        patterns.append(r"\s+[^,;.\ufffc]{2,60}?\s+(?=(?:not\s+)?to\s+(?!(?:the|an?|his|her|its|their)\b)[a-z]+)")
    if cue in _TELLING:
        patterns.append(_OBJECT.pattern)
    if cue in _THINKING and _FINITE.match(after):
        patterns.append("")
    if cue.startswith("call"):
        patterns.append(r"\s+(?:for|on\s+[^,]{2,60}?\s+(?=to\b))")
    if cue.startswith("accus"):
        patterns.append(r"(?=\s[^,;]{2,80}?\sof\s)")
    if cue.startswith(("present", "describ")):
        patterns.append(
            r"(?=\s+(?!(?:in|on|at|by|from|to|with|as)\s)[^,;.\ufffc]{2,60}?\sas\s+(?:(?:an?|the)\s+)?(?!an?\b|the\b)[^\ufffc\s])"
        )
    if cue.startswith("den") or cue.startswith("admit"):
        patterns.append(r"(?=\s+[a-z]+ing\b)")
    if cue.startswith(("question", "ask")):
        patterns.append(r"(?=\s+(?:why|whether|if|how|what|when|who)\b)")
    if cue in _TO:
        patterns.append(r"(?=\s+(?:not\s+)?to\s)")
    if cue.startswith("complain"):
        patterns.append(r"\s+(?:of|about)\s+")
    if cue.startswith(("condemn", "demand")):
        patterns.append(r"(?=(?:\s+\S+){3})")
    if cue in ("counted", "documented"):
        patterns.append(r"(?=\s+(?:[a-z]+\s|\d))")
    if cue in ("said", "say", "says", "saying"):
        patterns.append(r"(?=\s+(?!(?:" + _NO_CLAUSE + r")\b)[\w“\"\ufffc])")
    for pattern in patterns:
        if found := re.match(pattern, after):
            return skipped + found.end()
    if cue in WEAK or (cue in _TELLING and cue != "warned") or not (_STARTS.match(after) or _FINITE.match(after)):
        return None
    return skipped


def _end_of_clause(sentence: str, body: int, stop: int) -> int:
    """Say where a reported clause ends: at a further cue, a contrast, or the end of its sentence."""
    ends = [found for pattern in (_ADDING, _OTHER, _REMARK) if (found := pattern.search(sentence, body, stop))]
    end = min([found.start() for found in ends] + [stop])
    further = _FURTHER.search(sentence, body, end)
    if further and (further.group().startswith(";") or says(sentence[further.end() : stop])):
        end = further.start()
    if end == stop and not sentence[stop:].strip() and (meanwhile := _MEANWHILE.search(sentence, body, end)):
        end = meanwhile.start()  # a headline: "… accuses X of Y as Z advances"
    if end == stop and _SUBORDINATE.match(sentence) and (comma := re.search(r",\s", sentence[body:stop])):
        end = body + comma.start()
    return end


def reported_clause(reader: Reader, begin: int, end: int, speaker: str, at: int, cue: str) -> Iterator[Quote]:
    """Give a reported clause, stripped, unless hardly a word of it stands outside marks."""
    masked = reader.masked
    while begin < end and masked[begin] in " \u00a0\n,":
        begin += 1
    while end > begin and masked[end - 1] in " \u00a0\n,;:.":
        end -= 1
    if len(re.findall(r"\w+", masked[begin:end].replace(MASK, ""))) >= 2 and speaker:
        yield Quote(begin, end, "reported", fullest_name(reader, speaker, at), at, cue)
