"""An article as a page: its raw text cut at the edges of every layer, so that overlapping spans are drawn whole."""

from __future__ import annotations

import contextlib
import html
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

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
    """Gather what can be drawn on the articles: the codings, and where one is missing or unfinished what rules find.

    Returns
    -------
    span table of each layer of `LAYERS`, with `kind` (one word) and `note` (what a reader is told about the span)

    >>> from helpers.corpus import load_corpus
    >>> layers(load_corpus("seeds"))["terms"].query("text == 'liberation'").note.tolist()
    ['change of control, this town; quoted: regime media']
    """
    found = {"parts": corpus.parts.assign(kind=corpus.parts.part, note=corpus.parts.part.str.replace("_", " "))}
    for name in [name for name in LAYERS if name != "parts"]:
        kind = {"quotes": "kind", "terms": "voice", "frames": "frame"}.get(name, "")
        rows = _coded(corpus, name)
        rows = _by_rule(corpus, name) if rows is None else rows
        drawn = [{**row, "kind": row.get(kind, name), "note": _note(name, row)} for row in rows]
        found[name] = spans.table(drawn, ["kind", "note"])
    return found


def _coded(corpus: Corpus, name: str) -> list[dict[str, Any]] | None:
    """Read the rows of a coding that are drawn, drafts too; None where there is no such file, or it has faults."""
    drawn = {"frames": "coder == 'final'", "acts": "excluded_because == ''"}.get(name)
    if not (corpus.folder / "coding" / f"{name}.csv").is_file():
        return None
    with contextlib.suppress(spans.CorpusError):
        table = coding.with_drafts(corpus, name)
        return (table.query(drawn) if drawn else table).to_dict("records")
    return None


def _by_rule(corpus: Corpus, name: str) -> list[dict[str, Any]]:
    """Find what rules find for a layer that nobody has coded; there are rules for three of them."""
    if name == "terms":
        with contextlib.suppress(spans.CorpusError):
            return find_terms(corpus).assign(event="by rule").to_dict("records")
    if not (find := {"quotes": find_quotes, "figures": find_figures}.get(name)):
        return []
    blank = {"role": "by rule"} | dict.fromkeys(["measure", "place", "period_text", "source"], "")
    return [{"doc": d, **row, **blank} for d, text in corpus.texts.items() for row in find(text).to_dict("records")]


def _note(name: str, row: Mapping[str, Any]) -> str:
    """Write what a reader is told about a span."""
    match name:
        case "quotes":
            speaker = row["speaker"] and f"{row['speaker']} ({row['role'] or 'no role'})"
            pieces = [row["kind"], speaker, row["cue"]]
        case "terms":
            concept = ", ".join(filter(None, [row["concept"].replace("_", " "), row["event"]]))
            pieces = [concept, row["voice"] + (f": {row['speaker']}" if row["speaker"] else "")]
        case "figures":
            source = row["source"] and f"source: {row['source']}"
            pieces = [_interval(row), row["unit"], row["measure"], row["place"], row["period_text"], source]
        case "frames":
            pieces = [row["frame"], row["also"] and f"also {row['also']}"]
        case "acts":
            patient = row["patient"] and f"patient: {row['patient']}"
            pieces = [f"{row['verb']}, {row['form']}", f"agent: {row['agent'] or 'left out'}", patient]
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
    ranges: Iterable[tuple[int, int]] = (),
    within: tuple[int, int] | None = None,
) -> str:
    """Write an article as HTML: every character once and escaped, in pieces that know which spans hold them.

    Parameters
    ----------
    drawn : what `layers` gives
    ranges : further offsets at which the text is cut, so that links can mark them
    within : the passage to write, by default the whole text

    Returns
    -------
    HTML of a paragraph or heading a line, in `<span>` pieces with `data-start`, a class for each layer that holds
    them, and before the first piece of each span a button that tells its note

    >>> from helpers.corpus import load_corpus
    >>> marked(load_corpus("seeds"), "001", {}).count("<p>")
    14
    """
    text = corpus.text(doc)
    ends = {match.end() for match in re.finditer(r"[\n\r]+", text)} | {len(text)}
    first, last = within or (0, len(text))
    cuts = {first, last, *ends, *(edge for pair in ranges for edge in pair if 0 <= edge <= len(text))}
    opening: dict[int, list[tuple[int, str, str, str]]] = defaultdict(list)
    holding: list[tuple[int, int, str]] = []
    for name, table in drawn.items():
        for row in table[(table.doc == doc) & (table.start < last) & (table.end > first)].itertuples():
            cuts |= {row.start, row.end}
            opening[row.start].append((row.start - row.end, name, row.kind, row.note))
            kind = row.kind.replace(" ", "-").replace("_", "-")
            holding.append((row.start, row.end, html.escape(f"L-{name} K-{name}-{kind}")))
    heads = set(corpus.parts[(corpus.parts.doc == doc) & corpus.parts.part.isin(["headline", "subheading"])].start)
    pieces, blocks, tag = [], [], "p"
    for left, right in itertools.pairwise(sorted(cut for cut in cuts if first <= cut <= last)):
        for _, name, kind, note in sorted(opening[left]):
            sign, said = kind[:1].upper() if name == "frames" else "", html.escape(f"{name}: {note}")
            told = f'aria-label="{said}" data-note="{said}"'
            pieces.append(f'<button type="button" class="tag T-{name}" {told}>{sign}</button>')
        classes = " ".join(sorted({name for start, end, name in holding if start <= left and right <= end}))
        held = f' class="{classes}"' if classes else ""
        pieces.append(f'<span{held} data-start="{left}">{escape(text[left:right])}</span>')
        tag = "h2" if left in heads else tag
        if right in ends or right == last:
            blocks.append(f"<{tag}>{''.join(pieces)}</{tag}>")
            pieces, tag = [], "p"
    return "".join(blocks)


def set_beside(soup: BeautifulSoup, corpus: Corpus, drawn: Mapping[str, pd.DataFrame]) -> None:
    """Turn a table of whole passages into articles side by side, with one layer at a time and its notes in the text."""
    few = {name: drawn[name] for name in _LEADS}
    for table in soup.select("div.table:has(td[data-passage])"):
        passages: dict[str, str] = {}
        for cell in table.select("td[data-passage]"):
            doc, start, end = str(cell["data-passage"]).split()
            passages[doc] = passages.get(doc, "") + marked(corpus, doc, few, within=(int(start), int(end)))
        shown = [
            {"doc": doc, "name": corpus.articles.name[doc], "body": Markup(body)} for doc, body in passages.items()
        ]
        present = {name: said for name, said in _LEADS.items() if any(f"L-{name} " in one["body"] for one in shown)}
        view = BeautifulSoup(
            ENVIRONMENT.get_template("leads.html.j2").render(layers=present, passages=shown), "html.parser"
        )
        for section in view.select("section"):
            _noted(view, section, str(section["data-doc"]))
        table.replace_with(view)


def _noted(view: BeautifulSoup, section: Tag, doc: str) -> None:
    """Put the note of each span behind it instead of a button before it, and lead each piece to its place."""
    for head in section.select("h2"):  # a headline is no section of the page
        head.name, head["class"] = "p", "headline"
    for button in section.select("button.tag"):
        layer, note = str(button["class"][1])[2:], str(button["data-note"]).partition(": ")[2]
        said = note if layer != "terms" else note.rpartition("; ")[2].removeprefix("own")
        if said:
            last = _last(button, f"L-{layer}")
            last.insert_after(view.new_tag("small", attrs={"class": f"said S-{layer}"}, string=f" [{said}]"))
        button.decompose()
    for piece in section.select("span[class]"):
        if not piece.get_text(strip=True):
            continue
        start = int(str(piece["data-start"]))
        address = f"article-{doc}.html#at={start}-{start + len(piece.get_text())}"
        piece.wrap(view.new_tag("a", attrs={"class": "there", "href": address}))


def _last(button: Tag, name: str) -> Tag:
    """Give the last of the pieces behind a button that its layer holds."""
    last = button
    for piece in button.find_next_siblings("span"):
        if name not in piece.get_attribute_list("class"):
            break
        last = piece
    return last
