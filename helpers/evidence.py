"""A row in its context: where it stands and the sentence around it; and what is odd in a text."""

from __future__ import annotations

import encodings.aliases
import html
import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from helpers import spans
from helpers.corpus import FURNITURE, Corpus

__all__ = ["Table", "decodings", "defects", "escape", "listing", "passage", "untwisted"]

# bytes read in the wrong encoding: a run of Latin-1 signs and letters, or a pair like Ã© and â€™, or U+FFFD
_MOJIBAKE = re.compile(
    "(?=[\u00a1-\u00ff]*[\u00a1-\u00bf])[\u00a1-\u00ff]{4,}|[ÂÃâ][\u0080-\u009f\u00a1-\u00bf€™“”‘œžšŸ…†‡‰‹›ˆ˜•–—]+|\ufffd+"
)
_PAIRS = {"“": "”", '"': '"'}


def passage(corpus: Corpus, doc: str, start: int, end: int, width: int = 90) -> tuple[str, str, str]:
    """Give a passage with what stands before and after it in its sentence.

    Parameters
    ----------
    corpus, doc, start, end : the passage
    width : characters kept on either side; what is cut is marked with …

    Returns
    -------
    before, the passage itself, after; line breaks shown as ¶

    >>> from helpers.corpus import load_corpus
    >>> passage(load_corpus("seeds"), "001", 87, 93, width=12)
    ('Syrian regime ', 'forces', ' have taken …')
    """
    text = corpus.text(doc)
    mine = corpus.sentences[corpus.sentences.doc == doc]
    left = int(mine.start[mine.start <= start].max()) if (mine.start <= start).any() else 0
    right = int(mine.end[mine.end >= end].min()) if (mine.end >= end).any() else len(text)
    before, after = text[left:start], text[end:right]
    if len(before) > width + 2:
        before = "…" + before[-width:]
    if len(after) > width + 2:
        after = after[:width] + "…"
    return tuple(part.replace("\n", "¶") for part in (before, text[start:end], after))  # type: ignore[return-value]


# signs that turn the direction of writing would turn what stands behind them on the page
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def untwisted(text: str) -> str:
    """Name the signs that turn the direction of writing, so that a page does not obey them.

    >>> untwisted("a\u202eb")
    'a⟨U+202E⟩b'
    """
    return _TURNING.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", text)


def escape(text: str) -> str:
    """Escape a text for HTML, and name the signs that turn the direction of writing.

    >>> escape("<b> & \u202e")
    '&lt;b&gt; &amp; ⟨U+202E⟩'
    """
    return html.escape(untwisted(text))


class Table:
    """A table as a reader should see it: with a caption, in HTML and in plain text, everything escaped.

    Attributes
    ----------
    frame : DataFrame, its index and columns shown as row and column heads
    caption : what the table holds, with units
    decimals : of every float; None writes each as it is
    """

    def __init__(self, frame: pd.DataFrame, caption: str = "", decimals: int | None = None):
        self.frame, self.caption, self.decimals = frame, caption, decimals
        self._marked: dict[int, tuple[str, str, str]] = {}
        self._places: dict[int, str] = {}

    def __repr__(self) -> str:
        """Show a row a line, its values parted by bars."""
        index = self.frame.index.map(str).tolist() if self._has_index() else [""] * len(self.frame)
        rows = [[*([name] if name else []), *(_shown(value, self.decimals) for value in row)]
                for name, row in zip(index, self.frame.itertuples(index=False), strict=True)]  # fmt: skip
        head = [*([""] if self._has_index() else []), *map(_head, self.frame.columns)]
        return "\n".join(" | ".join(row) for row in [head, *rows])

    def _repr_html_(self) -> str:
        """Show the same as an HTML table, the passage of a listing marked."""
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        heads = "".join(f'<th scope="col">{escape(_head(column))}</th>' for column in self.frame.columns)
        if self._has_index():
            heads = "<td></td>" + heads
        rows = []
        for at, (name, row) in enumerate(zip(self.frame.index, self.frame.itertuples(index=False), strict=True)):
            cells = [f'<th scope="row">{escape(_head(name)) or "–"}</th>'] if self._has_index() else []
            for column, value in zip(self.frame.columns, row, strict=True):
                kind = ' class="number"' if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
                shown = escape(_shown(value, self.decimals))
                kind = ' class="long"' if len(shown) > 80 else kind  # the style sheet gives it room
                if column == "passage" and at in self._marked:
                    before, text, after = map(escape, self._marked[at])
                    kind = f' data-at="{html.escape(self._places[at])}"'  # the site makes a link of it
                    shown = f"{before}<mark>{text}</mark>{after}"
                cells.append(f"<td{kind}>{shown}</td>")
            rows.append("<tr>" + "".join(cells) + "</tr>")
        return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Give both forms, and the values to ten digits, which the build takes into tables/."""
        values = self.frame.set_axis([_head(column) for column in self.frame.columns], axis=1)
        csv = values.to_csv(index=self._has_index(), lineterminator="\n", float_format="%.10g")
        return {"text/plain": repr(self), "text/html": self._repr_html_(), "text/csv": f"{self.caption}\n{csv}"}

    def _has_index(self) -> bool:
        """Say whether the index names the rows."""
        return self.frame.index.name is not None or not self.frame.index.equals(pd.RangeIndex(len(self.frame)))


def _head(name: object) -> str:
    """Write a row or column head; the levels of a double one are parted by a comma."""
    return ", ".join(map(str, name)) if isinstance(name, tuple) else str(name).replace("_", " ")


def _shown(value: object, decimals: int | None) -> str:
    """Write a value: thousands parted by commas, nothing for a missing one, ∞ for an open end."""
    if value is None or value != value:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if not isinstance(value, (int, float)):
        return str(value)
    if abs(value) == float("inf"):
        return "∞" if value > 0 else "−∞"
    if decimals is not None and isinstance(value, float):
        return f"{value:,.{decimals}f}"
    return f"{int(value) if float(value).is_integer() else value:,}"


def listing(
    corpus: Corpus, table: pd.DataFrame, columns: Sequence[str] = (), caption: str = "", width: int = 90
) -> Table:
    """Show each span of a table in its sentence, with its article, sentence number and offsets.

    Parameters
    ----------
    corpus : the articles
    table : span table
    columns : further columns of the table to show
    caption : what the table holds
    width : characters kept on either side of the span

    Returns
    -------
    Table, which a notebook shows; the span stands between ⟦ and ⟧ in plain text and is marked in HTML

    >>> from helpers.corpus import load_corpus
    >>> corpus = load_corpus("seeds")
    >>> listing(corpus, corpus.sentences[:1].assign(end=12, text="Maarat Al-Nu"), width=5)
    article | sentence | offsets | passage
    000 Syria Weekly | 1 | 0–12 | ⟦Maarat Al-Nu⟧man h…
    """
    placed = spans.join(table, corpus.sentences, {"n": "sentence"})
    marked = [passage(corpus, row.doc, row.start, row.end, width) for row in placed.itertuples()]
    frame = pd.DataFrame(
        {
            "article": [corpus.articles.label[doc] for doc in placed.doc],
            "sentence": [None if n is None else int(n) for n in placed.sentence],
            "offsets": [f"{row.start}–{row.end}" for row in placed.itertuples()],
            "passage": [f"{before}⟦{text}⟧{after}" for before, text, after in marked],
            **{column: placed[column].tolist() for column in columns},
        }
    )
    result = Table(frame, caption)
    result._marked = dict(enumerate(marked))
    result._places = {at: f"{row.doc} {row.start} {row.end}" for at, row in enumerate(placed.itertuples())}
    return result


def defects(corpus: Corpus) -> pd.DataFrame:
    """Find what is odd in the texts and would mislead a count.

    Returns
    -------
    span table with `defect`: mojibake, no-break space, mixed quotation marks, unclosed quotation mark,
    stands twice, web furniture

    >>> from helpers.corpus import load_corpus
    >>> found = defects(load_corpus("seeds"))
    >>> found[found.defect == "unclosed quotation mark"].doc.tolist()
    ['004']
    """
    rows = []
    for doc, text in corpus.texts.items():
        places = [(m.start(), m.end(), "mojibake") for m in _MOJIBAKE.finditer(text)]
        places += [(m.start(), m.end(), "no-break space") for m in re.finditer("\u00a0", text)]
        places += list(_odd_marks(text))
        rows += [{"doc": doc, "start": s, "end": e, "text": text[s:e], "defect": d} for s, e, d in places]
    repeated = spans.repeated(corpus.texts)
    twice = repeated[repeated.doc == repeated.doc_2]
    rows += [{**row, "defect": "stands twice"} for row in twice[spans.SPAN].to_dict("records")]
    furniture = corpus.parts[corpus.parts.part.isin(FURNITURE)]
    rows += [{**row, "defect": "web furniture"} for row in furniture[spans.SPAN].to_dict("records")]
    found = spans.table(rows, ["defect"]).drop_duplicates([*spans.SPAN, "defect"])
    return found.sort_values(["doc", "start", "end", "defect"], ignore_index=True)


def _odd_marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Find double quotations whose closing mark is of the other kind or missing, paragraph by paragraph."""
    for paragraph in re.finditer(r"[^\n]+", text):
        opened = None
        for mark in re.finditer('[“”"]', paragraph.group()):
            at, sign = paragraph.start() + mark.start(), mark.group()
            if opened is None:
                opened = (at, sign)
                continue
            if sign != _PAIRS.get(opened[1]):
                yield opened[0], at + 1, "mixed quotation marks"
            opened = None
        if opened:
            yield opened[0], paragraph.end(), "unclosed quotation mark"


def decodings(raw: bytes) -> pd.DataFrame:
    """Read some bytes in every single- and multi-byte encoding that Python knows.

    Parameters
    ----------
    raw : the bytes

    Returns
    -------
    DataFrame with `reading` and `encodings` (names, blank-separated), a row a different reading, in the order of the
    first name; encodings that refuse the bytes are left out

    >>> decodings(bytes([0xE9])).set_index("reading").loc["ι", "encodings"]
    'cp1253 iso8859_7 mac_greek'
    """
    readings: dict[str, list[str]] = {}
    for encoding in sorted(set(encodings.aliases.aliases.values())):
        try:
            read = raw.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
        readings.setdefault(read, []).append(encoding)
    return pd.DataFrame([(read, " ".join(names)) for read, names in readings.items()], columns=["reading", "encodings"])
