"""Quotations and reported speech: what stands in marks, whose words they are, and what a source is made to say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from helpers import spans
from helpers.corpus import Corpus
from helpers.marks import MASK, SAYING, pair_marks, split_masked
from helpers.reported import ACCORDING, PASSIVE, WEAK, is_no_cue, reported_clause, reported_clauses
from helpers.speakers import NAME, Quote, Reader, clean, cues, fullest_name, says, subject_of

__all__ = ["find_quotes", "voice_of"]

_OPEN, _CLOSE = '“„«"', '”“»"'
_TITLEISH = re.compile(
    r"^(?:[A-Z0-9][\w’'.-]*|of|the|and|for|in|to|a|an|on|at|de|la|&|or|with|from|by|:)(?:[\s:,–-]+(?:[A-Z0-9][\w’'.-]*|of|the|and|for|in|to|a|an|on|at|de|la|&|or|with|from|by))*[!?]?$"
)
_NAMING = re.compile(
    r"\b(?:called|named|nicknamed|titled|entitled|known\s+as|dubbed|title\s+of|title|headlined|codenamed|code-named|film|movie|book|novel|song|album|play|series|show|programme|program|documentary|poem|painting"
    r"|operation|exercise|slogan|hashtag|project|campaign|initiative|law|act|bill|article|essay|report|banner|magazine|newspaper|podcast|game|ship|vessel|yacht|boat|opera|exhibition|mural|website|column|memoir|single|track|hit|musical|app|plan|motto|by\s+the\s+name)\s*[,:]?\s*$",
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
    found = sorted(_echoed(text, list(_scan(text))), key=lambda q: (q.start, q.end))
    found = [quote._replace(speaker=quote.speaker.replace("\u2024", ".")) for quote in found]
    rows = {"start": [q.start for q in found], "end": [q.end for q in found]}
    texts = {"text": [text[q.start : q.end] for q in found]}
    table = pd.DataFrame({**rows, **texts, **{name: [getattr(q, name) for q in found] for name in _COLUMNS}})
    return table if found else table.astype({"start": "int64", "end": "int64"})


def voice_of(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Say in whose voice each span stands, by the innermost quotation or reported clause around it.

    Parameters
    ----------
    table : span table
    corpus : the articles

    Returns
    -------
    the same table with `voice` (own, quoted, reported, scare) and `speaker`; a pull quote has the voice and the
    speaker of the sentence it repeats

    >>> from helpers.corpus import load_corpus
    >>> corpus = load_corpus("seeds")
    >>> words = corpus.words[corpus.words.text == "liberation"]
    >>> voice_of(words, corpus)[["voice", "speaker"]].values.tolist()
    [['quoted', 'regime media']]
    """
    voices = {"direct": "quoted", "reported": "reported", "scare": "scare"}
    quotes = pd.concat([find_quotes(text).assign(doc=doc) for doc, text in corpus.texts.items()], ignore_index=True)
    quotes = quotes[quotes.kind != "name"]
    pulled = corpus.parts[corpus.parts.part == "pull_quote"]
    if len(pulled):
        again = spans.repeated(corpus.texts, shortest=5)
        mirrored = pd.concat(
            [again, again.rename(columns={"start": "start_2", "end": "end_2", "start_2": "start", "end_2": "end"})]
        )
        rows = []
        for pull in pulled.itertuples():
            here = mirrored[
                (mirrored.doc == pull.doc)
                & (mirrored.doc_2 == pull.doc)
                & (mirrored.start >= pull.start)
                & (mirrored.end <= pull.end + 1)
            ]
            said = quotes[(quotes.doc == pull.doc) & (quotes.kind == "direct") & (quotes.speaker != "")]
            speaker = next(
                (q.speaker for h in here.itertuples() for q in said.itertuples() if q.start <= h.start_2 < q.end), ""
            )
            rows.append(
                {
                    "doc": pull.doc,
                    "start": pull.start,
                    "end": pull.end,
                    "text": pull.text,
                    "kind": "direct",
                    "speaker": speaker,
                }
            )
        inside = spans.join(quotes, pulled, {"id": "pull"}).pull.notna()
        quotes = pd.concat([quotes[~inside], pd.DataFrame(rows)], ignore_index=True)
    found = spans.join(
        table.drop(columns=["voice", "speaker"], errors="ignore"), quotes, {"kind": "voice", "speaker": "speaker"}
    )
    return found.assign(voice=found.voice.map(voices).fillna("own"), speaker=found.speaker.fillna(""))


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
            found = _attributed(reader, start, opened, closed, until)
            between = masked[inside[number - 1][1] : opened] if number else ""
            if (
                found is None
                and number
                and last.end == inside[number - 1][1]
                and last.speaker
                and says(between)
                and not _RELATIVE.search(between)
            ):
                found = last._replace(start=opened, end=closed)
            if found is None and bare:
                found = _floating(reader, opened, closed, last)
            if (
                found is None
                and number
                and not re.search(r"\w", masked[inside[number - 1][1] : opened].replace("and", ""))
            ):
                found = last._replace(start=opened, end=closed) if last.end == inside[number - 1][1] else None
            if found is None:
                kind = "name" if _is_name(reader, start, opened, closed) else "scare"
                found = Quote(opened, closed, kind)
            if found.kind == "direct":
                lead = masked[start:opened]
                if (
                    found.speaker_start >= closed
                    and number == 0
                    and len(re.findall(r"\w+", lead)) >= 3
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
        if quote.kind == "scare" and len(inner) > 3:
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
    if before.rstrip().endswith(("so-called", "so called")):
        return None
    behind = _behind(after, closed)
    told = _ADJACENT.search(before)
    named = _is_name(reader, start, opened, closed) and (
        not inner.endswith(("!", "?")) and (inner[-1:] not in ",." or (" " in inner and not behind))
    )
    if named and (not told or told[1].startswith(("call", "dub", "label", "brand", "term"))):
        return None
    if behind and (inner.endswith((",", "!", "?", "…", "—", "–", "-")) or after[:1] == ","):
        speaker, at, cue = behind
        return Quote(opened, closed, "direct", fullest_name(reader, speaker, at), at, cue)
    if front := _front(before, start):
        speaker, at, cue = front
        if not speaker and (agent := _AGENT.search(after)):
            speaker, at = clean(agent[1], closed + agent.start(1))
        return Quote(opened, closed, "direct", fullest_name(reader, speaker, at), at, cue)
    if behind and _SAYS_NEXT.match(after):
        speaker, at, cue = behind
        return Quote(opened, closed, "direct", fullest_name(reader, speaker, at), at, cue)
    return None


_INVERTED = frozenset(
    "said says added adds asked asks wrote writes explained explains replied noted notes recalled recalls insisted insists warned warns declared argued admitted joked"
    " conceded shouted countered quipped tweeted shrugged according told stated predicted complained concluded claimed announced lamented remarked answered".split()
)
_SAYS_NEXT = re.compile(rf"\s*,?\s*(?:{'|'.join(sorted(_INVERTED))})\b")
_AGENT = re.compile(r"^[^.;\ufffc]{0,60}?\bby\s+((?:the|a|an|one|his|her|their|its)?\s*[\w’' -]{2,50})")
_BEHIND = re.compile(
    rf"^[\s,;–—-]*(?:(?P<subject>[^.;:\ufffc\n]{{1,120}}?)\s+(?P<cue>{'|'.join(SAYING)})\b|(?P<cue2>{'|'.join(SAYING)})\s+(?P<subject2>[^.;:\ufffc\n]{{1,140}}))"
)
_BEHIND_ACCORDING = re.compile(r"^[\s,;–—-]*according\s+to\s+(?P<subject>[^.;:\ufffc\n]{1,100})")


def _behind(after: str, offset: int) -> tuple[str, int, str] | None:
    """Read an attribution that follows a quotation."""
    if match := _BEHIND_ACCORDING.match(after):
        speaker, at = clean(
            re.split(r",|\s+(?:on|in|at|who|which|said)\s", match["subject"])[0], offset + match.start("subject")
        )
        return speaker, at, "according to"
    match = _BEHIND.match(after)
    if not match:
        return None
    if match["cue2"] and (match["cue2"] not in _INVERTED or re.match(r"by\s|\d", match["subject2"])):
        return None
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
    if match["subject"].lower().split()[0] in (
        "and",
        "but",
        "which",
        "that",
        "of",
        "to",
        "in",
        "on",
        "for",
        "with",
        "was",
        "were",
        "is",
        "are",
        "by",
        "as",
        "or",
        "from",
        "at",
        "has",
        "had",
    ):
        return None
    speaker, at = subject_of(match["subject"], offset + match.start("subject"))
    return (speaker, at, match["cue"]) if speaker else None


_RELATIVE = re.compile(r"\b(?:who|whose|which)\b")  # "…," said a man who is called "…"
_NO_FRONT = frozenset("continued repeated found heard signed agreed ordered".split())


def _front(before: str, offset: int) -> tuple[str, int, str] | None:
    """Read the last attribution that precedes a quotation in its sentence."""
    if (source := ACCORDING.search(before)) and "," in before[source.end() :] and MASK not in before[source.end() :]:
        speaker, at = clean(re.split(r",|\s+(?:on|in)\s", before[source.end() :])[0], offset + source.end())
        return speaker, at, "according to"
    for match in reversed(cues(before)):
        subject, gap, verb = before[: match.start()], before[match.end() :], match.group()
        if "." in gap or ";" in gap:
            return None
        if (says(subject) or subject.rstrip(" ,")[-1:] == MASK) and _RELATIVE.search(gap):
            continue
        if re.match(r"\s+under\b", gap):
            continue  # "promised under a …"
        if verb in _NO_FRONT and not re.match(r"\s+that\b", gap):
            continue
        far = verb in WEAK and len(gap.split()) > 9 and not re.match(r"\s+(?:that|as)\b", gap)
        if far or (is_no_cue(subject, verb) and not PASSIVE.search(subject[-30:])) or re.match(r"\s*,\s*\w", gap):
            continue
        cue = verb + (" as" if re.match(r"[^,]*\bas\b", gap) and verb.startswith("describ") else "")
        if by := re.match(r"\s+by\s+(.{2,40}?)\s+as\b", gap):
            speaker, at = clean(by[1], offset + match.end() + by.start(1))
            return speaker, at, cue
        if PASSIVE.search(subject[-30:]) and not verb.endswith("ing"):
            return "", -1, cue
        speaker, at = subject_of(subject, offset)
        if speaker and not says(speaker):
            return speaker, at, cue
    colon = re.match(r"^(.{2,60}?):\s*$", before.strip("\n"))
    if colon and before.rstrip().endswith(":"):
        speaker, at = subject_of(colon[1], offset)
        return (speaker, at, "") if NAME.search(colon[1]) else None
    return None


def _is_name(reader: Reader, start: int, opened: int, closed: int) -> bool:
    """Say whether marks hold a name or a title: it is introduced as one, or written like one."""
    text, masked = reader.text, reader.masked
    inner = text[opened + 1 : closed - 1].strip(" ,.")
    if _NAMING.search(masked[max(start, opened - 40) : opened]) and (
        inner[:1].isupper() or re.match(r"the\s+[A-Z]", inner)
    ):
        return True
    if re.match(r"the\s+[A-Z]\w+$", inner) and re.search(
        r"\b(?:call|nicknam|dub)\w*\b[^.]{0,50}\Z", masked[start:opened]
    ):
        return True
    words = inner.split()
    return (
        0 < len(words) <= 8
        and inner[:1].isupper()
        and bool(_TITLEISH.match(inner))
        and any(w[:1].isupper() for w in words[-1:])
    )
