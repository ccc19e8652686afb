"""An article as a page: its raw text cut at the edges of every layer, so that overlapping spans are drawn whole."""

import contextlib
import itertools
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from bs4 import BeautifulSoup

from helpers import coding, spans
from helpers.corpus import Corpus
from helpers.evidence import escape
from helpers.figures import find_figures
from helpers.quotes import find_quotes
from helpers.terms import find_terms

__all__ = ["ENVIRONMENT", "LAYERS", "layers", "marked", "set_beside"]

_TEMPLATES = Path(__file__).parent / "templates"
#: writes the pages that are no notebook
ENVIRONMENT = jinja2.Environment(loader=jinja2.FileSystemLoader([_TEMPLATES / "page", _TEMPLATES]), autoescape=True)
#: name of each layer, what it shows and how it is drawn
LAYERS = {
    "parts": "what is not running text: grey ground",
    "quotes": "quotations by voice: ground, solid line quoted, dashed reported, dotted scare or name",
    "terms": "watched words: heavy letters, dotted line quoted, dashed reported",
    "figures": "figures: framed",
    "frames": "topic frame of each sentence: its letter before the sentence",
    "acts": "acts of violence and flight: wavy line",
    "claims": "claims: double line",
}
# the layers of passages set side by side, of which one shows at a time
_LEADS = {"quotes": "voices", "terms": "names and words", "figures": "figures"}


def layers(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """Gather what can be drawn on the articles: the codings, and where one is missing or has faults what rules find.

    Gives the span table of each layer of `LAYERS`, with `kind` (one word) and `note` (what a reader is told).

    >>> from helpers.corpus import load_corpus
    >>> layers(load_corpus("seeds"))["terms"].query("text == 'liberation'").note.tolist()
    ['change of control, this town; quoted: regime media']
    """
    found = {"parts": corpus.parts.assign(kind=corpus.parts.part, note=corpus.parts.part.str.replace("_", " "))}
    for name in [name for name in LAYERS if name != "parts"]:
        kind = {"quotes": "kind", "terms": "voice", "frames": "frame"}.get(name, "")
        drawn = [{**row, "kind": row.get(kind, name), "note": _note(name, row)} for row in _rows(corpus, name)]
        found[name] = spans.table(drawn, ["kind", "note"])
    return found


def _rows(corpus: Corpus, name: str) -> list[dict[str, Any]]:
    """Read the rows of a coding that are drawn, drafts too; without them there are rules for three layers."""
    drawn = {"frames": "coder == 'final'", "acts": "excluded_because == ''"}.get(name, "doc != ''")
    with contextlib.suppress(spans.CorpusError):
        if (corpus.folder / "coding" / f"{name}.csv").is_file():
            return coding.with_drafts(corpus, name).query(drawn).to_dict("records")
    with contextlib.suppress(spans.CorpusError):
        if name == "terms":
            return find_terms(corpus).assign(event="by rule").to_dict("records")
    if not (find := {"quotes": find_quotes, "figures": find_figures}.get(name)):
        return []
    blank = {"role": "by rule"} | dict.fromkeys(["measure", "place", "period_text", "source"], "")
    return [{"doc": d, **row, **blank} for d, text in corpus.texts.items() for row in find(text).to_dict("records")]


def _note(name: str, row: Mapping[str, Any]) -> str:
    """Write what a reader is told about a span."""
    match name:
        case "quotes":
            pieces = [row["kind"], row["speaker"] and f"{row['speaker']} ({row['role'] or 'no role'})", row["cue"]]
        case "terms":
            concept = row["concept"].replace("_", " ") + f", {row['event']}" * bool(row["event"])
            pieces = [concept, row["voice"] + f": {row['speaker']}" * bool(row["speaker"])]
        case "figures":
            source = row["source"] and f"source: {row['source']}"
            pieces = [_interval(row), row["unit"], row["measure"], row["place"], row["period_text"], source]
        case "frames":
            pieces = [row["frame"], row["also"] and f"also {row['also']}"]
        case "acts":
            pieces = [f"{row['verb']}, {row['form']}", f"agent: {row['agent'] or 'left out'}"]
            pieces += [f"patient: {row['patient']}"] * bool(row["patient"])
        case _:
            pieces = [f"{row['topic']}: {row['position']}", row["voice"]]
    return "; ".join(filter(None, pieces))


def _interval(row: Mapping[str, Any]) -> str:
    """Write an interval with its open ends."""
    left = "(" if row["low_open"] or math.isinf(row["low"]) else "["
    right = ")" if row["high_open"] or math.isinf(row["high"]) else "]"
    ends = f"{row['low']:,.10g}, {row['high']:,.10g}".replace("inf", "∞")
    return f"{left}{ends}{right}" + (" approximate" if row["approx"] else "")


def marked(
    corpus: Corpus,
    doc: str,
    drawn: Mapping[str, pd.DataFrame],
    edges: Iterable[Iterable[int]] = (),
    within: tuple[int, int] | None = None,
) -> str:
    """Write an article as HTML: every character once and escaped, in pieces that know which spans hold them.

    Each line is a paragraph or heading of `<span>` pieces, which have `data-start` and a class for each of the `layers`
    that holds them; at further `edges`, in groups, they are cut so that links can mark them. The note of a span is told
    by a button before it; where only the passage `within` is written, in brackets behind it, and pieces are links.

    >>> from helpers.corpus import load_corpus
    >>> marked(load_corpus("seeds"), "001", {}).count("<p>")
    14
    """
    text = corpus.text(doc)
    first, last = within or (0, len(text))
    ends = {match.end() for match in re.finditer(r"[\n\r]+", text)} | {last}
    held = [
        (row.start, row.end, name, row.kind, row.note)
        for name, table in drawn.items()
        for row in table[(table.doc == doc) & (table.start < last) & (table.end > first)].itertuples()
    ]
    cuts = {first, *ends, *itertools.chain(*edges, *(span[:2] for span in held))}
    heads = set(corpus.parts[(corpus.parts.doc == doc) & corpus.parts.part.isin(["headline", "subheading"])].start)
    heading = '<p class="headline">{}</p>' if within else "<h2>{}</h2>"  # a headline is no section of another page
    blocks, line, block = [], "", "<p>{}</p>"
    for left, right in itertools.pairwise(sorted(cut for cut in cuts if first <= cut <= last)):
        here = [span for span in held if span[0] <= left and right <= span[1]]
        piece = _piece(text[left:right], left, here)
        if within and here and text[left:right].strip():
            piece = f'<a class="there" href="article-{escape(doc)}.html#at={left}-{right}">{piece}</a>'
        if within:
            line += piece + "".join(_said(name, note) for _, end, name, _, note in here if right == min(end, last))
        else:
            opening = sorted((-end, *told) for start, end, *told in here if start == left)
            line += "".join(_button(*told) for _, *told in opening) + piece
        block = heading if left in heads else block
        if right in ends:
            blocks.append(block.format(line))
            line, block = "", "<p>{}</p>"
    return "".join(blocks)


def _piece(text: str, start: int, spans: Iterable[tuple[Any, ...]]) -> str:
    """Write a piece of the text with the classes of the spans that hold it."""
    kinds = {(name, kind.replace(" ", "-").replace("_", "-")) for *_, name, kind, _ in spans}
    classes = " ".join(sorted(escape(f"L-{name} K-{name}-{kind}") for name, kind in kinds))
    held = f' class="{classes}"' * bool(classes)
    return f'<span{held} data-start="{start}">{escape(text)}</span>'


def _button(name: str, kind: str, note: str) -> str:
    """Write the button before a span that tells its note; a frame shows its letter."""
    sign, said = kind[:1].upper() * (name == "frames"), escape(f"{name}: {note}")
    return f'<button type="button" class="tag T-{name}" aria-label="{said}" data-note="{said}">{sign}</button>'


def _said(name: str, note: str) -> str:
    """Write the note of a span behind it; of a watched word only whose it is, where that is not the article."""
    said = note.rpartition("; ")[2].removeprefix("own") if name == "terms" else note
    return f'<small class="said S-{name}"> [{escape(said)}]</small>' * bool(said)


def set_beside(soup: BeautifulSoup, corpus: Corpus, drawn: Mapping[str, pd.DataFrame]) -> None:
    """Turn a table of whole passages into articles side by side, with one layer at a time and its notes in the text."""
    few = {name: drawn[name] for name in _LEADS}
    for table in soup.select("div.table:has(td[data-passage])"):
        passages: dict[str, str] = {}
        for cell in table.select("td[data-passage]"):
            doc, start, end = str(cell["data-passage"]).rsplit(" ", 2)
            passages[doc] = passages.get(doc, "") + marked(corpus, doc, few, within=(int(start), int(end)))
        present = {name: said for name, said in _LEADS.items() if f"L-{name} " in "".join(passages.values())}
        template = ENVIRONMENT.get_template("leads.html.j2")
        view = template.render(layers=present, passages=passages, names=corpus.articles.name)
        table.replace_with(BeautifulSoup(view, "html.parser"))
