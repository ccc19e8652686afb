"""In whose voice a span stands: the outlet's own, quoted, reported, or in marks that are nobody's."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers import spans
from helpers.corpus import Corpus
from helpers.quotes import scan_quotes

__all__ = ["voice_of"]

_VOICES = {"direct": "quoted", "reported": "reported", "scare": "scare"}
_COLUMNS = ["kind", "speaker"]


def voice_of(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Say in whose voice each span stands, by the innermost quotation or reported clause around it.

    Returns
    -------
    the same table with `voice` (own, quoted, reported, scare) and `speaker`; a pull quote has the voice and the
    speaker of the sentence it repeats

    >>> from helpers.corpus import load_corpus
    >>> voice_of((five := load_corpus("seeds")).words.query("text == 'liberation'"), five).speaker.tolist()
    ['regime media']
    """
    found = [(doc, text, quote) for doc, text in corpus.texts.items() for quote in scan_quotes(text)]
    rows = (spans.at(doc, text, q.start, q.end, kind=q.kind, speaker=q.speaker) for doc, text, q in found)
    quotes = spans.table((row for row in rows if row["kind"] != "name"), _COLUMNS)
    pulled = corpus.parts[corpus.parts.part == "pull_quote"]
    if len(pulled):
        inside = spans.join(quotes, pulled, {"id": "pull"}).pull.notna()
        quotes = pd.concat([quotes[~inside], spans.table(_said_again(corpus, pulled, quotes), _COLUMNS)])
    kept = table.drop(columns=["voice", "speaker"], errors="ignore")
    placed = spans.join(kept, quotes, {"kind": "voice", "speaker": "speaker"})
    return placed.assign(voice=placed.voice.map(_VOICES).fillna("own"), speaker=placed.speaker.fillna(""))


def _said_again(corpus: Corpus, pulled: pd.DataFrame, quotes: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Give each pull quote as a quotation by whoever speaks where its words stand in running text."""
    again = pd.concat([spans.repeated({doc: corpus.text(doc)}, shortest=5) for doc in pulled.doc.unique()])
    turned = again.rename(columns={"start": "start_2", "end": "end_2", "start_2": "start", "end_2": "end"})
    again = pd.concat([again, turned])
    spoken = quotes[(quotes.kind == "direct") & (quotes.speaker != "")]
    for pull in pulled.itertuples():
        within = (again.doc == pull.doc) & (again.start >= pull.start) & (again.end <= pull.end + 1)
        said = spoken[spoken.doc == pull.doc]
        speakers = [said[(said.start <= at) & (at < said.end)].speaker for at in again[within].start_2]
        speaker = next((found.iloc[0] for found in speakers if len(found)), "")
        yield {name: getattr(pull, name) for name in spans.SPAN} | {"kind": "direct", "speaker": speaker}
