"""A row in its context: where it stands and the sentence around it; and tables as a reader should see them."""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers import spans
from helpers.corpus import Corpus

__all__ = ["Table", "escape", "listing", "marked", "passage", "slug", "untwisted"]

# a dollar in a table is no sign of a formula, neither to MathJax 2 (nbviewer) nor to later ones (JupyterLab)
_MONEY = '<table class="mathjax_ignore tex2jax_ignore">'
# JupyterLab sets every cell to the right, unless the cell says otherwise
_LEFT = ' style="text-align:left"'
# signs that turn the direction of writing would turn what stands behind them on the page
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def passage(corpus: Corpus, doc: str, start: int, end: int, width: int = 90) -> tuple[str, str, str]:
    """Give what stands before a passage in its sentence, the passage, and what stands after it.

    Either side is cut to `width` characters; line breaks are shown as ¶, what is cut as ….

    >>> from helpers.corpus import load_corpus
    >>> passage(load_corpus("seeds"), "001", 87, 93, width=12)
    ('Syrian regime ', 'forces', ' have taken …')
    """
    text, (starts, ends) = corpus.text(doc), corpus.edges.get(doc, ([], []))
    left, right = bisect_right(starts, start), bisect_left(ends, end)
    before = text[starts[left - 1] if left else 0 : start].replace("\n", "¶")
    after = text[end : ends[right] if right < len(ends) else None].replace("\n", "¶")
    before = before if len(before) <= width + 2 else "…" + before[-width:]
    after = after if len(after) <= width + 2 else after[:width] + "…"
    return before, text[start:end].replace("\n", "¶"), after


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


def slug(text: str) -> str:
    """Name a table's file after its caption, or a section after its title.

    >>> slug("Who says, and who claims?")
    'who-says-and-who-claims'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:70].strip("-")


class Table:
    """A table as a reader should see it: with a caption, in HTML and in plain text, everything escaped.

    The `caption` says what it holds, with units; `decimals` are those of every float, None writes each as it is; `kept`
    columns go to tables/ and are not shown.
    """

    def __init__(self, frame: pd.DataFrame, caption: str = "", decimals: int | None = None, kept: Sequence[str] = ()):
        self.frame, self.caption, self.decimals = frame, caption, decimals
        self._passages: list[str] = []  # the HTML of a column `passage` that is more than its values
        self._shown = frame.drop(columns=list(kept))
        self._heads = [_head(column) for column in self._shown.columns]
        self._named = frame.index.name is not None or not frame.index.equals(pd.RangeIndex(len(frame)))

    def __repr__(self) -> str:
        """Show a row a line, its values parted by bars."""
        rows = [[""] * self._named + self._heads]
        for name, *values in self._shown.itertuples(name=None):
            rows.append([str(name)] * (self._named and name != "") + [_shown(v, self.decimals) for v in values])
        return "\n".join(" | ".join(row) for row in rows)

    def _repr_html_(self) -> str:
        """Show the same as an HTML table."""
        columns = [[_cell(value, self.decimals) for value in values] for _, values in self._shown.items()]
        if self._passages:
            columns[self._heads.index("passage")] = self._passages
        if self._named:
            columns.insert(0, [f'<th scope="row"{_LEFT}>{escape(_head(n)) or "–"}</th>' for n in self.frame.index])
        rows = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*columns, strict=True))
        heads = "".join(f'<th scope="col"{_LEFT}>{escape(head)}</th>' for head in self._heads)
        caption = f"<caption>{escape(self.caption)}</caption>" if self.caption else ""
        return (
            f"{_MONEY}{caption}<thead><tr>{'<td></td>' * self._named}{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Give both forms, and the values to ten digits, which the build takes into tables/."""
        values = self.frame.set_axis([_head(column) for column in self.frame.columns], axis=1)
        csv = values.to_csv(index=self._named, lineterminator="\n", float_format="%.10g")
        return {"text/plain": repr(self), "text/html": self._repr_html_(), "text/csv": f"{self.caption}\n{csv}"}


def _head(name: object) -> str:
    """Write a row or column head; the levels of a double one are parted by a comma."""
    return ", ".join(map(str, name)) if isinstance(name, tuple) else str(name).replace("_", " ")


def _shown(value: object, decimals: int | None) -> str:
    """Write a value: thousands parted by commas, nothing for a missing one, ∞ for an open end."""
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if not isinstance(value, (int, float)):
        return "" if value is None or value != value else str(value)
    rounded = decimals is not None and isinstance(value, float)
    value = int(value) if not rounded and float(value).is_integer() else value
    written = f"{value:,.{decimals}f}" if rounded else f"{value:,}"
    return written.replace("-inf", "−∞").replace("inf", "∞").replace("nan", "")


def _cell(value: object, decimals: int | None) -> str:
    """Write a value as an HTML cell; the style sheet gives room to a long one."""
    shown, number = escape(_shown(value, decimals)), isinstance(value, (int, float)) and not isinstance(value, bool)
    look = ' class="number"' if number else f' class="long"{_LEFT}' if len(shown) > 80 else _LEFT
    return f"<td{look}>{shown}</td>"


def listing(
    corpus: Corpus, table: pd.DataFrame, columns: Sequence[str] = (), caption: str = "", width: int = 90
) -> Table:
    """Show each span of a table in its sentence, with its article and further columns, cut as in `passage`.

    Sentence number and offsets are kept. The span stands between ⟦ and ⟧ in plain text and is marked in HTML, where
    `data-at` tells the site its place.

    >>> from helpers.corpus import load_corpus
    >>> len(listing(five := load_corpus("seeds"), five.sentences[:3]).frame)
    3
    """
    heads, rows, cells = ["article", "sentence", "offsets", "passage", *columns], [], []
    for row in spans.join(table, corpus.sentences, {"n": "sentence"}).to_dict("records"):
        doc, start, end, n = (row[key] for key in ("doc", "start", "end", "sentence"))
        before, span, after = passage(corpus, doc, start, end, width)
        more = [row[column] for column in columns]
        rows.append([corpus.articles.name[doc], n, f"{start}–{end}", f"{before}⟦{span}⟧{after}", *more])
        place = f'data-at="{escape(doc)} {start} {end}" title="sentence {n}, characters {start}–{end}"'
        cells.append(f"<td{_LEFT} {place}>{escape(before)}<mark>{escape(span)}</mark>{escape(after)}</td>")
    result = Table(pd.DataFrame(rows, columns=heads), caption, kept=["sentence", "offsets"])
    result._passages = cells
    return result


def marked(corpus: Corpus, passages: pd.DataFrame, words: pd.DataFrame, caption: str = "") -> Table:
    """Show passages whole, each coded word in them marked by its voice, and by its speaker where it is somebody else's.

    Both are span tables, the words with `voice` and `speaker`; a word that overlaps the one before it is left out.

    >>> from helpers.corpus import load_corpus
    >>> five = load_corpus("seeds")
    >>> word = five.words[:1].assign(voice="quoted", speaker="a poet")
    >>> marked(five, five.sentences[:1], word).frame.passage[0][:16]
    'Maarat [a poet] '
    """
    shown, cells = [], []
    for passage in passages.itertuples():
        inside = words[(words.doc == passage.doc) & (words.start >= passage.start) & (words.end <= passage.end)]
        text, at, plain, rich = corpus.text(passage.doc), passage.start, "", ""
        for word in inside.sort_values("start").itertuples():
            if word.start < at:
                continue
            claim = "reported: " * (word.voice == "reported")
            told = "" if word.voice == "own" else f" [{claim}{word.speaker or word.voice}]"
            plain += text[at : word.end] + told
            place = f'class="V-{word.voice}" data-at="{escape(word.doc)} {word.start} {word.end}"'
            rich += f"{escape(text[at : word.start])}<mark {place}>{escape(word.text)}</mark>"
            rich += f"<small>{escape(told)}</small>" * bool(told)
            at = word.end
        shown.append({"article": corpus.articles.name[passage.doc], "passage": plain + text[at : passage.end]})
        whole = f'data-passage="{escape(passage.doc)} {passage.start} {passage.end}"'
        cells.append(f"<td{_LEFT} {whole}>{rich}{escape(text[at : passage.end])}</td>")
    result = Table(pd.DataFrame(shown), caption)
    result._passages = cells
    return result
