"""The span table: passages of articles as rows, each with the offsets where it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers import tokens

__all__ = [
    "SPAN", "CorpusError", "at", "check", "fold", "join", "locate", "places", "repeated", "table", "words",
]  # fmt: skip

SPAN = ["doc", "start", "end", "text"]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


class CorpusError(ValueError):
    """All faults of a corpus folder at once, one a line, each with file, row, value and remedy.

    >>> str(CorpusError(["a.csv row 2: x", "a.csv row 3: y"]))
    'a.csv row 2: x\\na.csv row 3: y'
    """

    def __init__(self, faults: Sequence[str]):
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


def table(rows: Iterable[Mapping[str, object]], columns: Sequence[str] = ()) -> pd.DataFrame:
    """Make a span table of rows, with its columns in place even where there is no row.

    Parameters
    ----------
    rows : iterable of dict with at least `start`, `end`, `text` (and `doc`, where the text is of a corpus)
    columns : further columns, in their order

    Returns
    -------
    DataFrame with the columns `doc, start, end, text` and then `columns`

    >>> table([dict(doc="a", start=0, end=2, text="Hi", n=1)], ["n"])
      doc  start  end text  n
    0   a      0    2   Hi  1
    >>> table([], ["n"]).columns.tolist()
    ['doc', 'start', 'end', 'text', 'n']
    """
    frame = pd.DataFrame(list(rows), columns=[*SPAN, *columns])
    return frame.astype({"start": "int64", "end": "int64"})


def at(doc: str, text: str, start: int, end: int, **more: object) -> dict[str, Any]:
    """Make the row of one passage of an article, with further columns.

    >>> at("a", "Hi there", 0, 2, n=1)
    {'doc': 'a', 'start': 0, 'end': 2, 'text': 'Hi', 'n': 1}
    """
    return {"doc": doc, "start": start, "end": end, "text": text[start:end], **more}


def check(spans: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Return the span table as it is if every row's text stands at its offsets.

    Parameters
    ----------
    spans : span table
    texts : raw text of each article, by `doc`

    Raises
    ------
    ValueError naming each row that does not hold

    >>> check(table([dict(doc="a", start=0, end=2, text="Hi")]), {"a": "Hi there"}).shape
    (1, 4)
    """
    wrong = [
        f"row {label}: article {row.doc} holds {texts.get(row.doc, '')[row.start : row.end]!r}"
        f" at {row.start}:{row.end}, not {row.text!r}"
        for label, row in zip(spans.index, spans.itertuples(index=False), strict=True)
        if row.start < 0 or texts.get(row.doc, "")[row.start : row.end] != row.text
    ]
    if wrong:
        raise ValueError("\n".join(wrong))
    return spans


def locate(text: str, quote: str, prefix: str = "", nth: int | None = None) -> tuple[int, int]:
    """Find the one place of a quote, as the W3C TextQuoteSelector addresses it.

    Parameters
    ----------
    text : raw text of the article
    quote : exact text sought
    prefix : text that stands immediately before it
    nth : which of several places, counted from 1

    Returns
    -------
    start and end of the quote, as Python indexes the text

    Raises
    ------
    ValueError if the quote is absent, or stands more than once and neither prefix nor nth decides

    >>> locate("to take or to give", "to", prefix="or ")
    (11, 13)
    >>> locate("to take or to give", "to")
    Traceback (most recent call last):
    ValueError: 'to' stands in 2 places; say which with prefix or nth
    """
    if not quote:
        raise ValueError("the quote is empty; copy the passage from the article")
    found = places(text, prefix + quote)
    shown = f"{quote!r}" + (f" after {prefix!r}" if prefix else "")
    if not found:
        raise ValueError(f"{shown} is not in the text; copy it exactly, with its marks and blanks")
    if nth is None and len(found) > 1:
        raise ValueError(f"{shown} stands in {len(found)} places; say which with prefix or nth")
    if nth is not None and not 1 <= nth <= len(found):
        raise ValueError(f"{shown} stands in {len(found)} places, there is no number {nth}")
    start = found[(nth or 1) - 1] + len(prefix)
    return start, start + len(quote)


def places(text: str, sought: str) -> list[int]:
    """List where a text holds another, places that overlap included.

    >>> places("banana", "ana")
    [1, 3]
    """
    found, at = [], text.find(sought)
    while at >= 0:
        found.append(at)
        at = text.find(sought, at + 1)
    return found


def words(text: str) -> list[tuple[int, int]]:
    """Give the offsets of each word: letters and digits, with ' ’ and - kept inside a word.

    >>> text = "Ma’rat al-Numan's 380,000"
    >>> [text[start:end] for start, end in words(text)]
    ['Ma’rat', "al-Numan's", '380', '000']
    """
    return [match.span() for match in _WORD.finditer(text)]


def fold(text: str) -> str:
    """Fold what counts as the same when words are compared: case, curly marks, no-break spaces.

    >>> fold("Ma’rat")
    "ma'rat"
    """
    return tokens.fold(text).translate(_FOLDED)


def join(inner: pd.DataFrame, outer: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Give each span the columns of the span of another table in which it begins.

    Parameters
    ----------
    inner : span table
    outer : span table; where several of its rows hold a start, the shortest decides
    columns : names in `outer`, each with its name in the result

    Returns
    -------
    `inner` with the new columns; None where no row of `outer` holds the start

    >>> a = table([dict(doc="a", start=3, end=5, text="is")])
    >>> b = table([dict(doc="a", start=0, end=9, text="This this", n=1)], ["n"])
    >>> join(a, b, {"n": "sentence"})
      doc  start  end text  sentence
    0   a      3    5   is         1
    """
    by_doc: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    # plain lists: reading a data frame row by row costs more than all the comparisons
    for at, (doc, start, end) in enumerate(zip(*(outer[name].tolist() for name in SPAN[:3]), strict=True)):
        by_doc[doc].append((end - start, start, at))
    chosen = []
    for doc, begin in zip(inner["doc"].tolist(), inner["start"].tolist(), strict=True):
        holding = [hit for hit in by_doc[doc] if hit[1] <= begin < hit[1] + hit[0]]
        chosen.append(min(holding)[2] if holding else None)
    result = inner.copy()
    for name, new in columns.items():
        values = outer[name].tolist()
        result[new] = [None if at is None else values[at] for at in chosen]
    return result


def repeated(texts: Mapping[str, str], shortest: int = 8) -> pd.DataFrame:
    """Find passages of some length that stand more than once, within an article or across two.

    Parameters
    ----------
    texts : raw text of each article, by `doc`
    shortest : words that a passage must share, letter case and the form of marks aside

    Returns
    -------
    span table of the earlier place with `doc_2, start_2, end_2` of the later one and `words`,
    the longest match of each pair of places; a place is set against the first 25 that hold the same words

    >>> repeated({"a": "the cat sat down. The cat sat down!"}, shortest=3)[["text", "start_2", "words"]]
                   text  start_2  words
    0  the cat sat down       18      4
    """
    flat = [(doc, start, end, fold(text[start:end])) for doc, text in texts.items() for start, end in words(text)]
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    most = 25  # places against which a further one is set: a phrase of every article is no find, and costs its square
    rows: list[dict[str, object]] = []
    reached: dict[int, int] = {}  # distance between two places -> where its last match ended
    for here in range(len(flat) - shortest + 1):
        if flat[here][0] != flat[here + shortest - 1][0]:
            continue
        key = tuple(word for *_, word in flat[here : here + shortest])
        for earlier in seen[key]:
            if reached.get(here - earlier, -1) > here:
                continue
            size = shortest + _shared(flat, earlier + shortest, here + shortest)
            reached[here - earlier] = here + size
            (doc, start, *_), end = flat[earlier], flat[earlier + size - 1][2]
            (doc_2, start_2, *_), end_2 = flat[here], flat[here + size - 1][2]
            later = {"doc_2": doc_2, "start_2": start_2, "end_2": end_2}
            rows.append(at(doc, texts[doc], start, end, **later, words=size))
        if len(seen[key]) < most:
            seen[key].append(here)
    return table(rows, ["doc_2", "start_2", "end_2", "words"])


def _shared(flat: list[tuple[str, int, int, str]], one: int, two: int) -> int:
    """Count the words that two places go on sharing, each within its article."""
    docs, size = (flat[one - 1][0], flat[two - 1][0]), 0
    while (
        two + size < len(flat)
        and flat[one + size][3] == flat[two + size][3]
        and docs == (flat[one + size][0], flat[two + size][0])
    ):
        size += 1
    return size
