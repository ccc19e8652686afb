"""Quotations and reported speech: what stands in marks, whose words they are, and what a source is made to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers import spans
from helpers.quotes.marks import MASK, SAYING, pair_marks, split_masked
from helpers.quotes.reported import ACCORDING, NOUNS, PASSIVE, WEAK, is_no_cue, reported_clause, reported_clauses
from helpers.quotes.speakers import NAME, Quote, Reader, clean, cues, fullest_name, says, subject_of

__all__ = ["find_quotes"]

_OPEN, _CLOSE = '“„«"', '”“»"'
_TITLEISH = re.compile(
    r"^(?:[A-Z0-9][\w’'.-]*|of|the|and|for|in|to|a|an|on|at|de|la|&|or|with|from|by|:)(?:[\s:,–-]+(?:[A-Z0-9][\w’'.-]*|of|the|and|for|in|to|a|an|on|at|de|la|&|or|with|from|by))*[!?]?$"
)
_NAMING = re.compile(
    r"\b(?:called|named|nicknamed|titled|entitled|known\s+as|dubbed|title\s+of|title|headlined|codenamed|code-named|film|movie|book|novel|song|album|play|series|show|programme|program|documentary|poem|painting"
    r"|operation|exercise|slogan|hashtag|project|campaign|initiative|law|act|bill|article|essay|report|subject\s+line|banner|magazine|newspaper|podcast|game|ship|vessel|yacht|boat|opera|exhibition|mural|website|column|memoir|single|track|hit|musical|app|plan|motto|by\s+the\s+name)\s*[,:]?\s*$",
    re.IGNORECASE,
)
_COLUMNS = ["kind", "speaker", "speaker_start", "cue", "inferred"]


def find_quotes(text: str) -> pd.DataFrame:
    """Find quotations, scare quotes, names in marks and reported clauses, with speaker and cue.

    Parameters
    ----------
    text : raw text

    Returns
    -------
    span table without `doc`, with `kind` (direct, scare, name, reported), `speaker` (as the text names it most
    fully, without article), `speaker_start` (offset of the words that name it in this place, -1 where there are
    none), `cue` and `inferred` (the speaker is carried over from the sentence or paragraph before). Marks belong to
    their quotation; one that never closes runs to the end of its paragraph. Direct quotations do not overlap one
    another, but may stand inside a reported clause

    >>> text = 'What state media called the "liberation" was a ruin. "We left," Sara Haddad said.'
    >>> find_quotes(text)[["text", "kind", "speaker", "cue"]].values.tolist()
    [['"liberation"', 'direct', 'state media', 'called'], ['"We left,"', 'direct', 'Sara Haddad', 'said']]
    """
    found = _found(text)
    table = pd.DataFrame({name: [row[name] for row in found] for name in [*spans.SPAN[1:], *_COLUMNS]})
    return table if found else table.astype({"start": "int64", "end": "int64"})


def _found(text: str) -> list[dict[str, Any]]:
    """Give the rows of `find_quotes`."""
    found = sorted(_echoed(text, list(_scan(text))), key=lambda quote: (quote.start, quote.end))
    rows = [{**quote._asdict(), "text": text[quote.start : quote.end]} for quote in found]
    return [{**row, "speaker": row["speaker"].replace("\u2024", ".")} for row in rows]


def _scan(text: str) -> Iterator[Quote]:
    """Give every quotation, name, scare quote and reported clause of a text."""
    pairs = pair_marks(text)
    reader = Reader(text, pairs)
    masked, said_by = reader.masked, reader.said_by
    last = Quote(0, 0, "")  # the quotation whose speaker a floating one takes over
    for start, end in split_masked(masked):
        inside = [pair for pair in pairs if start <= pair[0] < end]
        bare = bool(inside) and not re.search(r"\w", masked[start:end].replace(MASK, ""))
        for number, (opened, closed) in enumerate(inside):
            until = inside[number + 1][0] if number + 1 < len(inside) else end
            since = inside[number - 1][1] if number else start
            between = masked[since:opened]
            linked = number > 0 and not re.search(r"\w", _LINK.sub("", between))  # "good" and "bad": one decision
            found = _attributed(reader, since if linked else start, opened, closed, until)
            carried = last._replace(start=opened, end=closed) if number and last.end == since else None
            resumed = between.rstrip().endswith(",") and says(between) and not _RELATIVE.search(between)
            if found is None and carried and carried.speaker and resumed:
                found = carried  # "…," he said, "…"
            if found is None and bare:
                found = _floating(reader, opened, closed, last)
            if found is None and linked:
                found = carried
            if found is None:
                kind = "name" if _is_name(reader, start, opened, closed) else "scare"
                found = Quote(opened, closed, kind)
            if found.kind == "direct":
                lead = masked[start:opened]
                if (
                    found.speaker_start >= closed
                    and number == 0
                    and len(re.findall(r"\w+", lead)) >= 2
                    and not says(lead)
                ):
                    yield from reported_clause(reader, start, closed, found.speaker, found.speaker_start, found.cue)
                last = found
                said_by.append((found.speaker, found.end))
            yield found
        for clause in reported_clauses(reader, start, end):
            said_by.append((clause.speaker, clause.end))
            yield clause


def _floating(reader: Reader, opened: int, closed: int, last: Quote) -> Quote | None:
    """Give a quotation that is a sentence of its own the speaker of the one before, or who was last named."""
    text, masked, people = reader.text, reader.masked, reader.people
    here = text.rfind("\n", 0, opened) + 1
    if last.speaker and last.end > here:
        return Quote(opened, closed, "direct", last.speaker, -1, "", not last.cue)
    lines = [line for line in (masked[here:opened], masked[:here].rstrip().rpartition("\n")[2]) if line.strip()]
    begin = here if masked[here:opened].strip() else len(masked[:here].rstrip()) - len(lines[0]) if lines else 0
    named = [(start, name) for start, name in people if begin <= start < opened]
    if named and (masked[here:opened].strip() or not last.speaker or last.end < begin):
        sentence = max(masked.rfind(". ", begin, named[-1][0]), begin)
        return Quote(opened, closed, "direct", next(name for start, name in named if start >= sentence), -1, "", True)
    if last.speaker and text.count("\n", last.end, opened) <= 3:
        return Quote(opened, closed, "direct", last.speaker, -1, "", True)
    ahead = NAME.match(masked, closed + len(masked[closed:]) - len(masked[closed:].lstrip()))
    return Quote(opened, closed, "direct", ahead.group(), -1, "", True) if ahead else None


def _echoed(text: str, found: list[Quote]) -> list[Quote]:
    """Give words in marks without a speaker, as in a headline, the speaker of the quotation that holds them too."""
    direct = [quote for quote in found if quote.kind == "direct" and quote.speaker]
    echoed = []
    for quote in found:
        inner = spans.fold(text[quote.start + 1 : quote.end - 1])
        line = text[text.rfind("\n", 0, quote.start) + 1 :].partition("\n")[0].rstrip()
        headline = line[-1:] not in '.!?:,;”"’'
        if quote.kind == "scare" and len(inner) > 3 and (headline or len(inner.split()) > 3):
            held = next(
                (q for q in direct if inner in spans.fold(text[q.start : q.end]) and q.start != quote.start), None
            )
            quote = quote._replace(kind="direct", speaker=held.speaker, inferred=True) if held else quote
        echoed.append(quote)
    return echoed


_ADJACENT = re.compile(rf"\b({'|'.join(SAYING)})[,:]?\s+(?:that\s+)?\Z")


def _attributed(reader: Reader, start: int, opened: int, closed: int, until: int) -> Quote | None:
    """Find who is made to say a quotation: after it, or before it in its sentence."""
    text, masked = reader.text, reader.masked
    after, before = masked[closed:until], masked[start:opened]
    inner = text[opened + 1 : closed - 1].rstrip()
    if before.rstrip().endswith(("so-called", "so called")) or (
        (_MENTIONED.search(before) and not _USED.search(before))
        or _MEANS.match(after)
        or _is_label(before, inner, after)
    ):
        return None
    behind = _behind(after, closed)
    told = _ADJACENT.search(before)
    if _NAMING.search(before[-40:]) and _TITLEISH.match(inner.rstrip(",.")):
        return None
    named = _is_name(reader, start, opened, closed) and (
        not inner.endswith(("!", "?")) and (inner[-1:] not in ",." or (" " in inner and not behind))
    )
    if named and (not told or told[1].startswith(("call", "dub", "label", "brand", "term", "tell", "told", "sign"))):
        return None
    if behind and (inner.endswith((",", "!", "?", "…", "—", "–", "-")) or after[:1] == ","):
        speaker, at, cue = behind
        return Quote(opened, closed, "direct", fullest_name(reader, speaker, at), at, cue)
    if front := _front(before, start, len(inner.split()) <= 4):
        speaker, at, cue = front
        if not speaker and (agent := _AGENT.search(after)):
            speaker, at = clean(agent[1], closed + agent.start(1))
        return Quote(opened, closed, "direct", fullest_name(reader, speaker, at), at, cue)
    if behind and _SAYS_NEXT.match(after):
        speaker, at, cue = behind
        return Quote(opened, closed, "direct", fullest_name(reader, speaker, at), at, cue)
    return None


_FINITE = r"(?:was|were|is|are|had|has|have|will|would|can|could|may|might|must|should|did|does)"
# words that are spoken of, not spoken: the word "…", a button labelled "…", known to all as "…"
_MENTIONED = re.compile(
    r"\b(?:words?|phrases?|terms?|expression|distinction\s+between|labell?ed|marked|tagged|stamped|inscribed|(?:slip|sign|note|banner|poster|placard|shirt)s?\s+(?:that\s+)?read(?:s|ing)?|meaning|search\s+for|press(?:ed|ing)?|click(?:ed|ing)?|tapp(?:ed|ing)|typed|read\s+as|use\s+of|definition\s+of(?:\s+an?)?|(?:answer|word|name|password|spelling)\s+(?:is|was)(?:\s+in\s+fact)?"
    r"|(?:known|sold|advertised|listed|marketed|(?:(?:is|are|was|were|be|been)\s+(?:\w+\s+)?|,\s+(?:\w+\s+)?)referred\s+to)\b[^.,;\ufffc]{0,40}\sas)\s+\Z"
)
_BEHIND_THE = re.compile(r"(?:\b[Tt]he|[’']s)\s+(?:\w+-[\w-]+\s+)?\Z")
_SAID_THE = re.compile(r"\b(?:said|says?|saying|adds|added|confirmed|explained)\s+(?:that\s+)?the\s+\Z")
_BEHIND_OF = re.compile(r"([\w’'-]+)\s+(?:of|from|with|by|against|in|on|for|us(?:es?|ed|ing)|its|their|his|her)\s+\Z")
_NOUN_NEXT = re.compile(
    rf"\s+(?!(?:and|or|but|for|than|with|from|into|after|before|when|while|that|who|which|despite|during|since|amid|near|over|under|through|until|because|{_FINITE}|\w+(?:ed|ing))\b)[a-z]{{3,}}"
    r"|\s+(?:announced|agreed|declared|imposed|brokered|established)\b"
)
_JUDGED = re.compile(
    r"\b(?:condemn|denounc|prais|critici[sz]|blast|slamm|reject|hail|lament)\w*\s+(?:[\w’'-]+\s+){0,3}\Z"
)


def _is_label(before: str, inner: str, after: str) -> bool:
    """Say whether words in marks only label the noun behind them: the “stop the boats” policy, burns from “viral” slime.

    What somebody condemns or praises is his word all the same: condemned the “heinous” assault.
    """
    words = len(inner.split())
    if 2 <= words <= 4 and _SAID_THE.search(before):
        return True  # said the “heat dome” would not budge: a thing already known by that name
    if words > 4 or not _NOUN_NEXT.match(after) or _JUDGED.search(before):
        return False
    of = _BEHIND_OF.search(before) if words == 1 else None
    return bool(_BEHIND_THE.search(before)) or (of is not None and not says(of[1]))


_MEANS = re.compile(
    r"\s+(?:means?|meant|stands?\s+for|(?:is|was)\s+short\s+for|where\s+(?:an?|the)\s+(?:earlier|previous|former|old|first))\b|,\s+as\s[^,.]{3,50}\bknown\b"
)
_USED = re.compile(
    r"(?<!not )(?<!n’t )(?<!n't )(?<!never )(?<!of )(?<!without )\b(?:us(?:ed|es|e|ing)(?!\s+(?:to|of)\b)|prefers?|preferred|chose|coined)\s[^.\ufffc]{0,30}\Z"
)
_INVERTED = frozenset(
    "said says added adds asked asks wrote writes explained explains replied noted notes recalled recalls insisted insists warned warns declared argued admitted joked"
    " conceded shouted countered quipped tweeted shrugged according stated predicted complained concluded claimed announced lamented remarked answered cautioned clarified laughed retorted".split()
)
_SAYS_NEXT = re.compile(rf"\s*,?\s*(?:{'|'.join(sorted(_INVERTED))})\b")
_AGENT = re.compile(r"^[^.;\ufffc]{0,60}?\bby\s+((?:the|a|an|one|his|her|their|its)?\s*[\w’' -]{2,50})")
_BEHIND = re.compile(
    rf"^[\s,;–—-]*(?:(?P<cue2>{'|'.join(SAYING)})\s+(?P<subject2>[^.;:\ufffc\n]{{1,140}})|(?P<subject>[^.;:\ufffc\n]{{1,120}}?)\s+(?P<cue>{'|'.join(SAYING)})\b)"
)
_BEHIND_ACCORDING = re.compile(r"^[\s,;–—-]*according\s+to\s+(?P<subject>[^.;:\ufffc\n]{1,100})")


# what follows an inverted "said" without being its subject: a day, a clause of its own, a preposition
_NO_SUBJECT = re.compile(
    rf"by\s|\d|[a-z]+\s+{_FINITE}\b|(?:for|in|on|at|to|about|of|from|with|that|if|whether|how|why)\s|(?:he|she|they|it|we|I|there)\s+\w"
    rf"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+(?:\w+\s+){{1,4}}?{_FINITE}\b"
    rf"|(?:the|a|an|his|her|its|their)\s+(?:(?!who|which|that|whose|as|when|after)\w+\s+){{1,4}}?{_FINITE}\b"
)
_BARE = re.compile(
    r"(?!(?:the|a|an|one|two|three|his|her|its|their|our|my|he|she|they|it|we|another|some|many|several|both|all)\b)[a-z]"
)


def _is_subject(words: str) -> bool:
    """Say whether the words between a quotation and a verb of saying can be its subject, and are no clause of their own."""
    outside = re.split(r",\s+(?:who|which|whose|where)\b[^,]*,?|\s+(?:who|which|that|whose)\s", words)
    if re.search(rf"\b{_FINITE}\b", outside[0] + (outside[-1] if len(outside) > 1 and "," in words else "")):
        return False
    return not (_BARE.match(words) and "," in words)


_NO_START = frozenset(
    "and but which that of to in on for with was were is are by as or from at has had without while although though whereas".split()
)


def _behind(after: str, offset: int) -> tuple[str, int, str] | None:
    """Read an attribution that follows a quotation."""
    if match := _BEHIND_ACCORDING.match(after):
        speaker, at = clean(
            re.split(r",|\s+(?:on|in|at|who|which|said)\s", match["subject"])[0], offset + match.start("subject")
        )
        return speaker, at, "according to"
    match = _BEHIND.match(after)
    if not match or re.match(r"\s+that\b", after[match.end("cue") :] if match["cue"] else match["subject2"]):
        return None  # "in his book “…,” he wrote that …" quotes nobody
    if match["cue2"] and (match["cue2"] not in _INVERTED or _NO_SUBJECT.match(match["subject2"])):
        return None
    if match["subject"] and not _is_subject(match["subject"]):
        return None
    if match["cue"] in WEAK and re.match(r"\s+to\b", after[match.end("cue") :]):
        return None  # "a feat once thought to …"
    if match["cue2"]:
        subject, at = match["subject2"], match.start("subject2")
        heads = re.split(r",\s", subject)
        name = NAME.search(heads[0]) or (NAME.match(heads[1]) and NAME.search(subject) if len(heads) > 1 else None)
        if name and name.start() < 60:
            return name.group(), offset + at + name.start(), match["cue2"]
        subject = re.split(
            r",|\s+(?:on|in|at|from|during|after|before|who|which|to|via|told|as|when|of\s+the|for|about|by|that|this)\s",
            subject,
        )[0]
        speaker, at = clean(subject, offset + at)
        return (speaker, at, match["cue2"]) if speaker else None
    if match["subject"].lower().split()[0] in _NO_START or match["cue"] in _NO_FRONT - {"answered", "repeated"}:
        return None
    speaker, at = subject_of(match["subject"], offset + match.start("subject"))
    return (speaker, at, match["cue"]) if speaker else None


_CLOSED = re.compile(r"\b(?:who|which)\b[^,]*\Z")  # "…, who argued for it, made no mention of …"
_ELSEWHERE = re.compile(
    rf"{MASK}\s+where(?:as)?\b|{MASK}\s*,\s+(?!and\b|but\b|or\b|then\b|an?\b|the\b)\w|,\s+(?:hours|minutes|days|weeks|months|years)\s+(?:before|after)\b|,\s+(?:before|after|while)\s+\w+ing\b|\bwithout\s"
)
# a circumstance, not what is said: words in marks in it are rather the writer's
_AWAY = re.compile(r"\b(?:where|despite|amid)\b|,\s+[a-z]+ing\b|^\s+for\s+\w+\s+about\b")
# verbs that hold few words in marks only as a predicate: reported that it was "…", not reported a "…" quarter
_VAGUE = WEAK - set(
    "declared declares reported blasted slammed blamed blames call describe denounce speak speaks refer label calls called calling hailed dubbed labelled labeled branded termed posted shouted cried whispered dismissed rejected"
    " praised demands demanded proposed promises threatens asked asks urged urges described describes describing condemned condemns referred refers spoke offered".split()
)
_PREDICATE = re.compile(
    r"^\s+that\b|^\s*[:,]\s*\Z|\bas\s|\b(?:was|were|is|are|be|been|had|has|have|would|will|could)\b"
)
_POSSESSED = re.compile(
    r"((?:[A-Z][\w’'-]*?\s|\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s(?:[\w-]+\s)??)*[\w’'-]+?)[’']s\s(talk|description|promise|warning|claim|accusation|denunciation|vision)s?\s(?:of|that|as)\s(?:an?\s)?\Z"
)
_CALLERS = re.compile(r"\b(?!(?:always|sometimes|perhaps)\b)([a-z]{3,}s)\s+\Z")  # the road locals call "…"
_APPOSED = re.compile(r",\s(?:[A-Z][\w’'-]+\s?)+,\s+(?:\w+\s+)?\Z")  # "their captain, Freya Haddow, described as"
_TOLD_BY = re.compile(r"\s+by\s+(.{2,40}?)\s+(?:only\s+)?that\b")
_WORDS_OF = re.compile(rf"{ACCORDING.pattern}|\b[Ii]n\s+the\s+words\s+of\s+")
_FUMED = re.compile(r"((?:The|An?|One|His|Her|Their|Its)\s[\w\s-]{2,40}?)\s([a-z]+ed)")  # "The manager fumed: …"
_CALLS_IT = re.compile(r"\s+(?:it|him|her|them|this)\b")
_OFTEN = re.compile(
    r"(?:,|(?<!\bwho)(?<!\band)(?<!\bhe)(?<!\bshe)(?<!\bthey)(?<!\bwhich)\b)\s+(?:once|often|usually|generally|variously|widely|sometimes)\s+\Z"
)
_REDUCED = frozenset("described dubbed called termed labelled labeled branded".split())
_DENIED = re.compile(
    r"\b(?:[Nn]ever(?:\s+once)?|[Nn]obody|[Nn]o\s+one|dared|stop(?:ped|s)?|avoid(?:ed|s)?)\s+(?:to\s+)?\w+\Z|\bNobody\b"
)
_LINK = re.compile(r"\b(?:and|or)\b")
_RELATIVE = re.compile(r"\b(?:who|whose|which)\b")  # "…," said a man who is called "…"
_NO_FRONT = frozenset(
    "continued repeated found heard signed agreed ordered answered answers feared fears fear criticised criticized".split()
)


def _governs(subject: str, verb: str, gap: str, short: bool) -> bool:
    """Say whether a verb of saying reaches the marks behind it, with what stands before it and between the two."""
    if (_CLOSED.search(subject) and "," in gap) or _ELSEWHERE.search(gap) or _DENIED.search(subject[-40:] + verb):
        return False
    named = _APPOSED.search(subject)
    if verb.endswith("ed") and re.match(r"\s+(?:to|as|about)\b", gap) and re.search(r",\s+\Z", subject) and not named:
        return False  # "the rider, referred to as …"
    if verb in _REDUCED and _OFTEN.search(subject) and not named:
        return False  # "a city once dubbed …"
    if (says(subject) or subject.rstrip(" ,")[-1:] == MASK) and _RELATIVE.search(gap):
        return False
    if re.match(r"\s+(?:under|instead)\b|\s*,\s*\w", gap) or (short and _AWAY.search(gap)):
        return False  # "promised under a …", "said it fell despite …"
    if short and verb in _VAGUE and not _PREDICATE.search(gap):
        return False  # "the third to report a …"
    if verb in _NO_FRONT and not re.match(r"\s+that\b|\s*[,:]\s*\Z", gap):
        return False
    most = 2 if verb == "citing" else 9 if verb in WEAK else len(gap)
    if len(gap.split()) > most and not re.search(r"^\s+(?:that|as)\b|\bas(?:\s+an?)?\s+\Z", gap):
        return False
    return not is_no_cue(subject, verb) or bool(PASSIVE.search(subject[-30:]) or _CALLS_IT.match(gap))


def _front(before: str, offset: int, short: bool) -> tuple[str, int, str] | None:
    """Read the last attribution that precedes a quotation, or a few words in marks, in its sentence."""
    if (source := _WORDS_OF.search(before)) and "," in before[source.end() :] and MASK not in before[source.end() :]:
        speaker, at = clean(re.split(r",|\s+(?:on|in|who)\s", before[source.end() :])[0], offset + source.end())
        return speaker, at, "according to"
    for match in reversed(cues(before)):
        subject, gap, verb = before[: match.start()], before[match.end() :], match.group()
        if re.search(r"\.(?!\d)|;", gap):
            return None
        if not _governs(subject, verb, gap, short):
            continue
        cue = verb + (" as" if re.match(r"[^,]*\bas\b", gap) and verb.startswith("describ") else "")
        if by := _TOLD_BY.match(gap) or re.search(r"\bby\s+((?:(?!\bby\b).){2,40}?)\s+as(?:\s+an?)?\s+\Z", gap):
            speaker, at = clean(by[1], offset + match.end() + by.start(1))
            return speaker, at, cue
        if PASSIVE.search(subject[-30:]) and not verb.endswith("ing"):
            return "", -1, cue
        plural = _CALLERS.search(subject) if verb in ("call", "describe") else None
        speaker, at = (plural[1], offset + plural.start(1)) if plural else subject_of(subject, offset)
        if speaker in ("it", "he", "she", "they") and (earlier := cues(subject)):
            speaker, at = subject_of(subject[: earlier[0].start()], offset)  # "X said …, which he called"
        if speaker and all(word.group() in NOUNS for word in cues(speaker)):
            return speaker, at, cue
    if held := _POSSESSED.search(before):
        speaker, at = clean(held[1], offset + held.start(1))
        return speaker, at, held[2]
    if colon := re.match(r"^(.{2,60}?):\s*$", before.strip("\n")):
        if fumed := _FUMED.fullmatch(colon[1]):
            return *clean(fumed[1], offset + fumed.start(1)), fumed[2]
        speaker, at = subject_of(colon[1], offset)
        return (speaker, at, "") if NAME.search(colon[1]) else None
    return None


_LAST_NAME = re.compile(r"\s(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z]\w")


def _is_name(reader: Reader, start: int, opened: int, closed: int) -> bool:
    """Say whether marks hold a name or a title: it is introduced as one, or written like one."""
    text, masked = reader.text, reader.masked
    inner = text[opened + 1 : closed - 1].strip(" ,.")
    if _NAMING.search(masked[max(start, opened - 40) : opened]) and (
        inner[:1].isupper() or re.match(r"the\s+[A-Z]", inner)
    ):
        return True
    if re.match(r"the(?:\s+(?:of\s+|the\s+)*[A-Z]\w+)+$", inner) and re.search(
        r"\b(?:call|nicknam|dub)\w*\b[^.]{0,50}\Z", masked[start:opened]
    ):
        return True
    words = inner.split()
    nickname = len(words) <= 3 and re.match(r"the\s|[A-Z]", inner)  # Dragan “the Notary” Mitic
    if nickname and re.search(r"[A-Z]\w+\s\Z", masked[start:opened]) and _LAST_NAME.match(masked, closed):
        return True
    return (
        0 < len(words) <= 8
        and inner[:1].isupper()
        and bool(_TITLEISH.match(inner))
        and any(w[:1].isupper() for w in words[-1:])
    )
