"""Who is made to say something: verbs of saying, the subject they follow, and its fullest name."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from helpers.quotes.marks import MASK, SAYING, mask_quoted

__all__ = ["NAME", "Quote", "Reader", "clean", "cues", "fullest_name", "says", "subject_of"]

_SAID = frozenset(SAYING)
_PAPER = re.compile(
    r"\s+(?:published|released|issued|by|from|on|into|said|says|found|seen|obtained|this|last)\b"
)  # a noun
_LOWER = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")


def cues(text: str) -> list[re.Match[str]]:
    """Find the verbs of saying of a text, in order."""
    return [
        match
        for match in _LOWER.finditer(text)
        if match.group() in _SAID and not (match.group() in ("report", "reports") and _PAPER.match(text, match.end()))
    ]


def says(text: str) -> bool:
    """Say whether a text holds a verb of saying."""
    return any(match.group() in _SAID for match in _LOWER.finditer(text))


NAME = re.compile(
    r"[A-Z][\w’'-]*\u2024?(?:\s(?:(?:al|el|de|da|di|du|van|von|bin|ibn|der|la|le|O)[\s-])*[A-Z][\w’'-]*\u2024?)+|(?<=\s)al-[A-Z]\w+"
)
_DETERMINER = re.compile(
    r"^(?:the|a|an|one(?!\s+of\b)|some(?!\s+of\b)|its|his|her|their|our|this|that|another|two(?!\s+of\b)|three|several|many|other|local|(?:in|on|at|by|from|after|before|during|earlier|later|meanwhile|but|and|while|as|when|what|although|though|however|yesterday|today|also|then|now|still|so|because|where|which|since)\b[^A-Z,]*?)\s+(?=\S)",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"(?:[\s,]+(?:has|have|had|long|was|were|is|are|been|also|later|then|now|repeatedly|earlier|again|all|both|first|once|reportedly|still|only|even|just|not|will|would|could|can|did|does|do|has\s+been"
    r"|on\s+(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)|yesterday|today|this\s+week|last\s+week|[a-z]+ly|(?:used|liked?s?|loved?s?)\s+to|to))+\Z"
)
_ROLE = re.compile(
    r"^(?:the|a|an|who|which|whose|of|from|at|in|head|chief|director|spokes\w+|president|minister|officer|chair\w*|secretary|professor|author|founder|leader|commander|\d+|[a-z])"
)
_RELATIVE = re.compile(
    r"^(?:[RD]-[A-Z]\w*|(?:first\s+)?published|formally|formerly|officially|code[\s-]?named?|read\s+out|(?:most|some|many|all|both|one|two|none)\s+of\s+wh\w+|nicknamed|known|named|identified|dubbed|styled|listed|read\s+aloud|accused|described|dated|signed|issued|released|seen|obtained|who|whom|which|whose|where|speaking|talking|writing|citing|addressing|referring|appearing|tweeting|asked\s+(?:about|by|whether|if|why|how)|based|including)\b"
)
_ASIDE = re.compile(
    r"^(?:in|on|at|since|for|by|with|after|before|during|from|under|via|to|too|however|meanwhile|though|also|then|as|while|when|if|of|among|despite|amid|earlier|later|sentencing|giving|visiting)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(r"\b(?:had|has|have|was|were|is|are|will|would|could|can|did|[a-z]+ed)\b")
_APPOSED = re.compile(
    r"^(?:the|a|an|his|her|its|their|who|which|head|chief|director|spokes\w+|president|minister|\d{1,3}\b)"
)
_AND = re.compile(r"\b(?:and|but)(?:\s+then|\s+later)?\Z")
_FIRST = re.compile(
    r"\s*((?:(?:[Tt]he|[Aa]n?|Its|His|Her|Their)\s+(?:[a-z’'-]+\s+){0,2}?[a-z’'-]+|(?:[A-Z][\w’'\u2024-]*\s+){0,3}[A-Z][\w’'-]+))"
    r"(?:,\s([^,\ufffc]{2,60}),)?\s+(?:[a-z]+ed|[a-z]{3,}s|cut|took|put|left|went|came|gave|made|set|won|lost|has|had)\b"
)
_INSERTED = re.compile(rf"(?<=[\w.]),\s+(?:who|whose|which|whom|where)\s[^,{MASK}]*{MASK}[^,]*\Z")
_GOVERNED = re.compile(
    r"\b(?:which|whom|what|where)\s+(it|he|she|they|(?:the|a|an|its|his|her|their|some|many)\s+[\w’'-]+(?:\s+[\w’'-]+){0,2}|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*|(?:[a-z]+\s)?[a-z]{2,}s)\Z"
)
_WITHIN = re.compile(rf"\b([a-z]+|[’']s)\s{MASK}+")
_NAMED_LAST = re.compile(r"[A-Z][\w’'-]*\s[A-Z][\w’'-]*\Z")
_EXPLAINED = re.compile(r"(?:an?|the)\s[^,]*\b(?:that|who|which)\b")
_SECOND = re.compile(
    r"(?:[,;]\s+(?:and|but|while|though|although)|;)\s+(one|another|(?:the|an?|its|his|her|their)\s+[a-z -]+|[A-Z][^,]+),\s+([^,]+),\Z"
)
_SHARED = re.compile(r"(?:\b(?:and|but|then|to)(?:\s+(?:also|later|then|\w+ly))?|,)\Z")


def subject_of(before: str, offset: int) -> tuple[str, int]:
    """Take the subject that a cue follows: the last clause before it, or the name that an apposition explains."""
    before = re.sub(r"\s\([^()\ufffc]*\)\s*\Z", "", before.rstrip())  # a party or an age behind a name
    if second := _SECOND.search(before):  # "…, and the judge, Carla Mendel, told"
        part = 2 if NAME.fullmatch(second[2]) else 1
        return clean(second[part], offset + second.start(part))
    if _SHARED.search(before[-30:]) and (earlier := cues(before)):
        return subject_of(before[: earlier[-1].start()], offset)
    if _AND.search(before[-12:]) and (first := _FIRST.match(before)):
        part = 2 if first[2] and NAME.fullmatch(first[2]) else 1
        return clean(first[part], offset + first.start(part))  # "X cut her rating to “hold” and said …"
    end = len(before)
    if tail := _AUXILIARY.search(before, max(0, end - 60)):
        end = tail.start()
    clause = before[:end].rstrip(" ,\u00a0\n")
    if before.endswith(",") or not (says(clause) or _NAMED_LAST.search(clause)):
        # an aside, or no speech yet: a name in marks is a word like others
        clause = _WITHIN.sub(lambda m: m.group() if m[1] in _SAID else m.group().replace(MASK, "x"), clause)
    if MASK in clause:  # a title or nickname inside ", who wrote “…”," stands between a name and its verb
        clause = _INSERTED.sub(lambda match: match.group().replace(MASK, "x"), clause)
    if relative := _GOVERNED.search(clause):  # "…, which it called": its own subject
        return clean(relative[1], offset + relative.start(1))
    quoted = clause.rfind(MASK)
    if 0 <= quoted < len(clause) - 1 and re.search(r"\w", clause[quoted + 1 :]):
        offset, clause = offset + quoted + 1, clause[quoted + 1 :]
    pieces = [(m.start(), m.group()) for m in re.finditer(r"(?:[^,;:—–\ufffc]|(?<=\d),(?=\d{3}))+", clause)]
    if not pieces:
        return "", -1
    chosen = len(pieces) - 1
    while chosen and (
        _RELATIVE.match(pieces[chosen][1].strip())
        or (_ASIDE.match(pieces[chosen][1].strip()) and not _ASIDE.match(pieces[chosen - 1][1].strip()))
    ):
        chosen -= 1
    if (
        chosen == 1
        and len(pieces[0][1].split()) <= 5
        and _APPOSED.match(pieces[1][1].strip())
        and pieces[0][1].strip()[:1].isupper()
        and not _ASIDE.match(pieces[0][1].strip())
        and not _FINITE.search(pieces[0][1])
    ):
        chosen = 0
    while chosen and _ROLE.match(pieces[chosen][1].strip()) and _named(pieces[chosen - 1][1].strip()):
        chosen -= 1
    while chosen and _EXPLAINED.match(pieces[chosen][1].strip()) and _RELATIVE.match(pieces[chosen - 1][1].strip()):
        chosen = max(0, chosen - 2)
    start, piece = pieces[chosen]
    if _RELATIVE.match(piece.strip()):
        return "", -1
    joined = re.match(
        r".*\b(?:and|but|while|as|when|after|because|that|which|what|where|whom|although|though|if|so)\s+(?=\S)", piece
    )
    if joined and not re.search(r"[A-Z][\w’'-]*\s+and\s+\Z", piece[: joined.end()]):
        start, piece = start + joined.end(), piece[joined.end() :]
    return clean(piece, offset + start)


def _named(piece: str) -> bool:
    """Say whether a piece is a name, with a role before it at most: what follows it may explain it."""
    names = list(NAME.finditer(piece))
    alone = bool(names) and names[-1].end() == len(piece) and len(piece.split()) <= 6
    return alone and not _PLACED.search(piece, 0, names[-1].start()) and not _FINITE.search(piece[: names[-1].start()])


def clean(phrase: str, offset: int) -> tuple[str, int]:
    """Strip what is no part of a name: article, conjunction, adverb; a name inside the phrase stands for it."""
    lead = len(phrase) - len(phrase.lstrip(" \u00a0\n“\"'(,"))
    phrase = phrase[lead:].rstrip(" \u00a0\n,.;:“\"'")
    at = offset + lead
    while stripped := _DETERMINER.match(phrase):
        at += stripped.end()
        phrase = phrase[stripped.end() :]
    if pronoun := re.search(r"\b(?:he|she|they)\Z", phrase):
        at, phrase = at + pronoun.start(), pronoun.group()
    name = NAME.search(phrase)
    if (
        name
        and not phrase.endswith(name.group())
        and re.match(r"\s+(?:an?|the|who|which|from|of|in|at|[a-z]+\s+[a-z]+\s)", phrase[name.end() :])
    ):
        if name.start() == 0:
            phrase = phrase[: name.end()]
    elif (
        name
        and name.start()
        and phrase.endswith(name.group())
        and re.fullmatch(r"(?:(?!(?:by|of|in|to|from|for|with|at|near)\b)[a-z’'-]+\s+)*", phrase[: name.start()])
    ):
        at, phrase = at + name.start(), name.group()
    if len(phrase.split()) > 6:
        phrase = re.split(r"\s(?:[a-z]+ing|of|from|in|at|near|on|for|who|which|reached|based)\s", phrase)[0]
    fits = (
        re.search(r"\w", phrase) and len(phrase.split()) <= 9 and phrase.lower() not in ("the", "a", "an", "and", "all")
    )
    return (phrase, at) if fits else ("", -1)


_PRONOUN = re.compile(r"(?:he|she|they|who|it|I|we)$", re.IGNORECASE)
_COREF = set(
    "group company club organisation organization charity agency firm team party airline bank union federation company's".split()
)
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Sir|Gen|Col|Sgt|Rev|Sen|Gov)\u2024?\s")


_ORG = re.compile(
    r"\b(?:Group|Company|Bank|Air\w*|Motors|Union|Association|Federation|Council|Agency|Ltd|Inc|Corp|Society|Trust|Club|City|United|Rovers|Foundation|Institute|Watch|International"
    r"|Partners|Party|Relief|Fund|Holdings|Energy|Industries|Media|Shipping|Water|Insurance|Board|Authority|Service|Network|Front|Alliance|Rights|Press)\b|&"
)
_BODY = re.compile(r"(?<!in )(?<!at )(?<!of )(?<!on )\b[Tt]he\s([A-Z][\w-]+(?:\s[A-Z][\w-]+)+)")


class Quote(NamedTuple):
    """A quotation or a reported clause before it becomes a row."""

    start: int
    end: int
    kind: str
    speaker: str = ""
    speaker_start: int = -1
    cue: str = ""
    inferred: bool = False


class Reader:
    """A text, its copy with what stands in marks covered, and who has been named and heard in it so far."""

    def __init__(self, text: str, pairs: list[tuple[int, int]]):
        self.text = text
        self.masked = mask_quoted(text, pairs)
        self.said_by: list[tuple[str, int]] = []

    @functools.cached_property
    def people(self) -> list[tuple[int, str]]:
        """Give names of two words and more with their places; a name behind "in" or "at" is taken for a place's."""
        return [
            (m.start(), m.group().removesuffix("’s").removesuffix("'s"))
            for m in NAME.finditer(self.masked)
            if not _PLACED.search(self.masked, max(0, m.start() - 12), m.start()) and not _JOINED.match(m.group())
        ]


_JOINED = re.compile(
    r"(?:But|And|Yet|So|When|While|As|If|After|Before|In|On|At|For|Her|His|Its|Their|Our|It)\s\S+\Z"
)  # "But Swadi" is no full name
_PLACED = re.compile(r"(?<!-)\b(?:in|at|near|outside|across|around|from|of|on|to|the|for|with)[ \u00a0]\Z")


_FIRST_NOUN = re.compile(
    r"(?:[A-Z][A-Z, ]+[:—–-]\s*)?(?:[^,.\n]{0,60},\s+)?(?:[Tt]he|[Aa]n?|One|His|Her|Their|Its)\s+((?:[a-z’'-]+\s){0,2}?[a-z’'-]+)(?=,|\s(?:on\s[A-Z]\w+day\s)?(?:had|has|was|is|who|shook|[a-z]+ed|[a-z]+s)\b)"
    r"|(?:Hundreds|Thousands|Dozens|Scores|Crowds)\sof\s([a-z]+)|([A-Z][a-z]+(?:\s[a-z’'-]+)??)(?=,|\s[a-z]+ed\b|\s(?:had|has|have|was|were|is|are|won|who)\b)"
)


def _subject_before(masked: str, at: int) -> str:
    """Give the noun with which the paragraph, or the one before, begins: what a pronoun may stand for."""
    here = masked.rfind("\n", 0, at) + 1
    for begin in (here, masked.rfind("\n", 0, max(0, here - 2)) + 1):
        if match := _FIRST_NOUN.match(masked, begin, at):
            return match[1] or match[2] or match[3]
    return ""


def _is_person(masked: str, name: str) -> bool:
    """Say whether a name is a person's: a role stands before it or behind it, an age, or he or she after it."""
    return bool(
        re.search(rf"\b[a-z]+,?\s{re.escape(name)}\b(?=[,.]?\s(?:{'|'.join(SAYING)}|[a-z]))", masked)
        or re.search(rf"{re.escape(name)},\s(?:\d|an?\s|the\s|who\b|his\b|her\b)", masked)
        or re.search(rf"(?:{'|'.join(SAYING)})\s{re.escape(name)}\b", masked)
    )


def _is_body(masked: str, name: str) -> bool:
    """Say whether a name is an organisation's: it is named as one, or "it" follows; the bank is not the customer named last."""
    return bool(
        _ORG.search(name)
        or re.search(
            rf"{re.escape(name)}\b[^.\ufffc]{{0,80}}\b(?:its|it\s+(?:had|has|would|will|(?:is|was)\s+\w+ing))\b", masked
        )
    )


def _antecedent(reader: Reader, pronoun: str, at: int) -> str:
    """Give whom a pronoun stands for: the subject named last, who was heard last, or the noun the paragraph begins with."""
    masked, people = reader.masked, reader.people
    here = masked.rfind("\n", 0, at) + 1
    near = [(start, name) for start, name in people if here <= start < at]
    one = pronoun in ("he", "she", "He", "She")
    heard = [(name, end) for name, end in reversed(reader.said_by) if name and not (one and _MANY.search(name))]
    before, until = heard[0] if heard else ("", -1)
    if pronoun in ("it", "It"):
        if owned := _SHARES.search(masked, here, at):
            return str(owned[1] or owned[2])
        if bodies := _BODY.findall(masked, max(here, until), at):
            return str(bodies[-1])
    if one and near and near[-1][0] > until:  # "Her counterpart, Lars Eide, was less hopeful. … he said"
        lead = re.split(r"[.!?]\s|\n", masked[here : near[-1][0]])[-1]
        if _LEADS.fullmatch(lead):
            return near[-1][1]
    if before and (not near or until > near[-1][0] or before in [name for _, name in near]):
        return before
    return (
        near[0][1]
        if near
        else ([name for start, name in people if start < at] or [_subject_before(masked, at) or pronoun])[-1]
    )


#: what a singular "he" or "she" cannot stand for: critics, staff, several residents
_MANY = re.compile(r"\b(?:[a-z]+[^s’'\W]s|people|police|staff|officials)\Z|^[A-Z][a-z]+[^s’'\W]s\Z|^(?:Staff|Police)\Z")
_SHARES = re.compile(
    r"[Ss]hares\s(?:in|of)\s(?:the\s)?([\w&-]+(?:\s[A-Z&]\w*)*)|\b([A-Z][\w-]+)[’']s\s(?:shares|stock|profits?)\b"
)
_LEADS = re.compile(r"\s*(?:(?:His|Her|Their|Its|The|An?)\s[\w\s-]{2,40},\s)?")


def fullest_name(reader: Reader, speaker: str, at: int) -> str:
    """Give the fullest name the text has for a speaker so far: by surname, first name, pronoun or repeated noun."""
    masked, said_by = reader.masked, reader.said_by
    if at >= 0 and MASK in masked[at : at + len(speaker)]:  # a name in marks was covered while the subject was sought
        speaker = reader.text[at : at + len(speaker)]
        if len(speaker.split()) > 9:
            speaker = speaker[: masked.index(MASK, at) - at].rstrip()
    if not speaker or (" " in speaker and speaker[:1].isupper() and not _TITLED.match(speaker)):
        return speaker
    people = reader.people
    earlier = [name for start, name in people if start < at]
    if _PRONOUN.match(speaker):
        return _antecedent(reader, speaker, at)
    last = speaker.removesuffix("’s").removesuffix("'s").split()[-1]
    if re.fullmatch(r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Gen|Col|Sgt|Rev|Sen|Gov)\.?\s+)?[A-Z][\w’'-]+", speaker):
        for ending in (True, False):
            for name in reversed(earlier):
                words = name.replace("al-", "").replace("Al-", "").split()
                if len(words) > 1 and (words[-1] == last if ending else words[0] == last):
                    return name
        return speaker
    if speaker in _COREF and not re.search(r"\b(?:his|her|their|its)\s\Z", masked[max(0, at - 6) : at]):
        here = masked.rfind("\n", 0, at) + 1
        named = [name for start, name in people if here <= start < at]
        heard = [name for name, _ in reversed(said_by) if name[:1].isupper()]
        found = (name for name in named + heard if _is_body(masked, name) and not _is_person(masked, name))
        return next(found, speaker)
    if speaker[:1].islower():
        for name in [*(name for name, _ in reversed(said_by)), *reversed(earlier)]:
            if name and (name.lower().endswith(speaker.lower()) or name.lower().split()[0] == speaker.lower()):
                return name
    return speaker
