"""An article as a page: its raw text cut at the edges of every layer, so that overlapping spans are drawn whole."""

from __future__ import annotations

import html
import itertools
import math
from collections.abc import Iterable, Mapping

import pandas as pd

from helpers import coding, spans
from helpers.corpus import Corpus
from helpers.evidence import escape
from helpers.figures import find_figures
from helpers.quotes import find_quotes
from helpers.terms import find_terms

__all__ = ["LAYERS", "layers", "marked"]

#: name of each layer, what it shows and how it is drawn
LAYERS = {
    "parts": "what is not running text: grey ground",
    "quotes": "quotations by voice: ground, solid line quoted, dashed reported, dotted scare or name",
    "terms": "watched words: heavy letters",
    "figures": "figures: framed",
    "frames": "topic frame of each sentence: its letter before the sentence",
    "acts": "acts of violence and flight: wavy line",
    "claims": "claims: double line",
}


def layers(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """Gather what can be drawn on the articles: the codings, and where one is missing or unfinished what rules find.

    Parameters
    ----------
    corpus : the articles

    Returns
    -------
    span table of each layer of `LAYERS`, with `kind` (one word) and `note` (what a reader is told about the span)

    >>> from helpers.corpus import load_corpus
    >>> found = layers(load_corpus("seeds"))
    >>> found["terms"].query("text == 'liberation'").note.tolist()
    ['change of control, this town; quoted: regime media']
    """
    tables: dict[str, pd.DataFrame | None] = {name: _coded(corpus, name) for name in LAYERS if name != "parts"}
    if tables["quotes"] is None:
        rows = [find_quotes(text).assign(doc=doc) for doc, text in corpus.texts.items()]
        tables["quotes"] = pd.concat(rows, ignore_index=True).assign(role="by rule")
    if tables["terms"] is None:
        try:
            tables["terms"] = find_terms(corpus).assign(event="by rule")
        except spans.CorpusError:
            tables["terms"] = None
    if tables["figures"] is None:
        rows = [find_figures(text).assign(doc=doc) for doc, text in corpus.texts.items()]
        blank = dict.fromkeys(["measure", "place", "period_text", "source"], "")
        tables["figures"] = pd.concat(rows, ignore_index=True).assign(**blank)
    found = {"parts": corpus.parts.assign(kind=corpus.parts.part, note=corpus.parts.part.str.replace("_", " "))}
    for name, table in tables.items():
        if table is None or table.empty:
            found[name] = spans.table([], ["kind", "note"])
            continue
        if name == "frames":
            table = table[table.coder == "final"]
        if name == "acts":
            table = table[table.excluded_because == ""]
        notes = [_NOTES[name](row) for row in table.to_dict("records")]
        kinds = [str(row[_KINDS[name]]) if name in _KINDS else name for row in table.to_dict("records")]
        found[name] = table[spans.SPAN].assign(kind=kinds, note=notes).reset_index(drop=True)
    return found


def _coded(corpus: Corpus, name: str) -> pd.DataFrame | None:
    """Read a coding, or give None where nothing of it is finished."""
    try:
        found = coding.finished(corpus, name)
    except spans.CorpusError:
        return None
    return None if found.empty else found


def _said(*pieces: object) -> str:
    """Join what there is."""
    return "; ".join(str(piece) for piece in pieces if piece)


def _interval(row: Mapping[str, object]) -> str:
    """Write an interval with its open ends."""
    low, high = float(row["low"]), float(row["high"])  # type: ignore[arg-type]
    left = "(" if row["low_open"] or math.isinf(low) else "["
    right = ")" if row["high_open"] or math.isinf(high) else "]"
    return f"{left}{low:,.10g}, {high:,.10g}{right}".replace("inf", "∞") + (" approximate" if row["approx"] else "")


_KINDS = {"quotes": "kind", "terms": "voice", "frames": "frame"}
_NOTES = {
    "quotes": lambda row: _said(row["kind"], row["speaker"] and f"{row['speaker']} ({row['role'] or 'no role'})", row["cue"]),
    "terms": lambda row: _said(
        ", ".join(filter(None, [row["concept"].replace("_", " "), row["event"]])),
        row["voice"] + (f": {row['speaker']}" if row["speaker"] else ""),
    ),
    "figures": lambda row: _said(_interval(row), row["unit"], row["measure"], row["place"], row["period_text"], row["source"] and f"source: {row['source']}"),
    "frames": lambda row: _said(row["frame"], row["also"] and f"also {row['also']}"),
    "acts": lambda row: _said(f"{row['verb']}, {row['form']}", f"agent: {row['agent'] or 'left out'}", row["patient"] and f"patient: {row['patient']}"),
    "claims": lambda row: _said(f"{row['topic']}: {row['position']}", row["voice"]),
}  # fmt: skip


def marked(corpus: Corpus, doc: str, drawn: Mapping[str, pd.DataFrame], ranges: Iterable[tuple[int, int]] = ()) -> str:
    """Write an article as HTML: every character once, in pieces that know which spans hold them.

    Parameters
    ----------
    corpus, doc : the article
    drawn : what `layers` gives
    ranges : further offsets at which the text is cut, so that links can mark them

    Returns
    -------
    HTML of `<span>` pieces with `data-start`, a class for each layer that holds them, and before the first piece of each
    span a button that tells its note; everything from the article is escaped

    >>> from helpers.corpus import load_corpus
    >>> corpus = load_corpus("seeds")
    >>> marked(corpus, "001", {}).count("<span")
    1
    """
    text = corpus.text(doc)
    mine = {name: table[table.doc == doc] for name, table in drawn.items()}
    cuts = {0, len(text), *(edge for pair in ranges for edge in pair if 0 <= edge <= len(text))}
    opening: dict[int, list[tuple[int, str, str, str]]] = {}
    holding: list[tuple[int, int, str]] = []
    for name, table in mine.items():
        for row in table.itertuples():
            cuts |= {row.start, row.end}
            opening.setdefault(row.start, []).append((-(row.end - row.start), name, row.kind, row.note))
            holding.append((row.start, row.end, f"L-{name} K-{name}-{row.kind.replace(' ', '-').replace('_', '-')}"))
    pieces = []
    for left, right in itertools.pairwise(sorted(cuts)):
        for _, name, kind, note in sorted(opening.get(left, [])):
            sign = kind[:1].upper() if name == "frames" else ""
            said = html.escape(f"{name}: {note}")
            pieces.append(
                f'<button type="button" class="tag T-{name}" aria-label="{said}" data-note="{said}">{sign}</button>'
            )
        classes = sorted({name for start, end, name in holding if start <= left and right <= end})
        held = f' class="{html.escape(" ".join(classes))}"' if classes else ""
        pieces.append(f'<span{held} data-start="{left}">{escape(text[left:right])}</span>')
    return "".join(pieces)
