"""Quotations and reported speech: what stands in marks, whose words they are, and what a source is made to say."""

import functools
import re
from collections.abc import Iterator

import pandas as pd

from helpers import spans
from helpers.quotes.governs import attributed, introduced
from helpers.quotes.reading import NAME, WORD, Place, Quote, Reading
from helpers.quotes.reported import reported_clauses
from helpers.quotes.signs import pattern
from helpers.tokens import unwrapped

__all__ = ["find_quotes", "scan_quotes"]


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
    found = scan_quotes(text)
    return spans.framed(text, {name: [getattr(quote, name) for quote in found] for name in Quote._fields})


@functools.lru_cache(maxsize=1024)  # quotations are asked for, and then the voice of this and that
def scan_quotes(text: str) -> tuple[Quote, ...]:
    """Give the quotations and reported clauses of a text in its order.

    Returns
    -------
    records with the columns of `find_quotes` but for `text`; where many articles are read, they spare a table for each

    >>> [(quote.kind, quote.speaker) for quote in scan_quotes('"We left," Sara Haddad said.')]
    [('direct', 'Sara Haddad')]
    """
    whole = unwrapped(text)
    turns = list(_turns(whole))
    spoken = {at for turn in turns for at in range(turn.start, turn.end)}
    found = _echoed(whole, list(_scan(Reading(whole))))
    others = [quote for quote in found if spoken.isdisjoint({quote.start, quote.end - 1})]
    return tuple(sorted([*turns, *others], key=lambda quote: (quote.start, quote.end)))


# who speaks in a transcript: "WELLS: Did you call? REYES: We did.", "Q: When? A: At dawn."
_TURN = re.compile(
    r"(?<!\S)[“\"]?((?:(?:MR|MS|MRS|DR|THE)\.? )?[A-Z][A-Z.'’-]{2,20}(?: [A-Z][A-Z.'’-]{1,20}){0,3}|[QA]): +"
)
_SPEAKS = re.compile(r"[A-Z](?:[A-Z]{2}|(?<=\s[QA])): ")


def _turns(text: str) -> Iterator[Quote]:
    """Give the turns of a transcript, each up to the next or the end of its paragraph; one alone makes none."""
    heads = [*_TURN.finditer(text)] if _SPEAKS.search(text) else []
    if len({head[1] for head in heads}) > 1:
        for head, end in zip(heads, [*(head.start() for head in heads[1:]), len(text)], strict=True):
            if said := text[head.end() : end].partition("\n")[0].rstrip(" |"):
                yield Quote(head.end(), head.end() + len(said), "direct", head[1], head.start(1))


_LINKED = pattern(r"(?: [and or] | [^ WORD NUM QUOTE] ){0,6} \Z")  # "good" and "bad": one decision
_AHEAD = pattern(f"BREAK{{0,3}} ({NAME})")
_RESUMED = pattern(r"(?=LOW)SAYING ANY* , \Z")  # "…," he said, "…"


def _scan(reading: Reading) -> Iterator[Quote]:
    """Give every quotation, name, scare quote and reported clause of a text, sentence by sentence."""
    last = Quote(0, 0, "")  # the quotation whose speaker a floating one takes over
    for start, end in reading.sentences():
        since, places = start, reading.quoted(start, end)
        quotes: list[Quote] = []
        for at, until in zip(places, [*places[1:], end], strict=False):
            quotes.append(quote := _quoted(reading, (start, end), since, at, until, last))
            if quote.kind == "direct":
                last = quote
                reading.hear(quote)
            since = at + 1
        clauses = list(reported_clauses(reading, start, end))
        for clause in clauses:
            reading.hear(clause)
        yield from clauses
        yield from (_within(quote, clauses) for quote in quotes)


def _within(quote: Quote, clauses: list[Quote]) -> Quote:
    """Give words in marks of nobody's that begin a clause the speaker of the clause: “We left” at dawn, she said."""
    for clause in clauses:
        if quote.kind == "scare" and clause.start == quote.start and quote.end - quote.start >= 15:
            return clause._replace(end=quote.end, kind="direct")
    return quote


def _quoted(reading: Reading, sentence: Place, since: int, at: int, until: int, last: Quote) -> Quote:
    """Say what a pair of marks of a sentence is, between the pair before it and the next."""
    start, end = sentence
    opened, closed = reading.starts[at], reading.ends[at]
    linked = since > start and _LINKED.match(reading.signs, since, at)  # another pair stands before it
    if found := attributed(reading, since if linked else start, at, until):
        return found
    if last.end == reading.ends[since - 1] and (linked or _RESUMED.search(reading.signs, since, at)):
        return last._replace(start=opened, end=closed)
    if not WORD.search(reading.signs, start, end) and (found := _floating(reading, at, last)):
        return found
    return Quote(opened, closed, "name" if reading.fits("name", start, at, until) else "scare")


def _floating(reading: Reading, at: int, last: Quote) -> Quote | None:
    """Give a quotation that is a sentence of its own the speaker of the one before, or who was last named."""
    line, opened, closed = reading.line(at), reading.starts[at], reading.ends[at]
    if found := introduced(reading, at):
        return found
    quote = Quote(opened, closed, "direct", last.speaker, -1, "", True)
    if last.speaker and last.end > reading.starts[line]:
        return quote._replace(inferred=not last.cue)
    if names := reading.names_in(line, at):
        return quote._replace(speaker=reading.name(names[0]))
    if last.speaker and reading.text.count("\n", last.end, opened) <= 3:
        return quote
    ahead = _AHEAD.match(reading.signs, at + 1)
    return quote._replace(speaker=reading.said(*ahead.span(1))) if ahead else None


def _echoed(text: str, found: list[Quote]) -> Iterator[Quote]:
    """Give words in marks without a speaker, as in a headline, the speaker of the quotation that holds them too."""
    spoken = [quote for quote in found if quote.kind == "direct" and quote.speaker]
    said = "\n".join(spans.fold(text[quote.start : quote.end]) for quote in spoken)
    lines = f"{text}\n"
    for quote in found:
        end = lines.find("\n", quote.end)
        headline = lines[max(quote.start, end - 20) : end].rstrip()[-1:] not in ".!?:,;”\"’'"  # it ends without a stop
        inner = spans.fold(text[quote.start + 1 : quote.end - 1])
        telling = len(inner.split()) > 3 or (headline and len(inner) > 3)
        if quote.kind == "scare" and telling and (at := said.find(inner)) >= 0:
            speaker = spoken[said.count("\n", 0, at)].speaker
            quote = quote._replace(kind="direct", speaker=speaker, inferred=True)
        yield quote
