"""The span table: passages of articles as rows, each with the offsets where it stands."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers import tokens

__all__ = [
    "SPAN", "CorpusError", "at", "check", "fold", "framed", "join", "locate", "places", "refuse", "repeated", "table",
    "words",
]  # fmt: skip

SPAN = ["doc", "start", "end", "text"]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MOST = 25  # places with which a further one is compared: a phrase of every article is no find, and costs its square
_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


class CorpusError(ValueError):
    """All faults of a corpus folder at once, one a line, each with file, row, value and remedy.

    >>> str(CorpusError(["a.csv row 2: x", "a.csv row 3: y"]))
    'a.csv row 2: x\\na.csv row 3: y'
    """

    def __init__(self, faults: Sequence[str]):
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


def refuse(faults: Sequence[str]) -> None:
    """Raise a CorpusError of all faults, where there are any.

    >>> refuse([])
    """
    if faults:
        raise CorpusError(faults)


def table(rows: Iterable[Mapping[str, object]], columns: Sequence[str] = ()) -> pd.DataFrame:
    """Make a span table of rows: `doc, start, end, text` and then `columns`, in place even where there is no row.

    >>> table([dict(doc="a", start=0, end=2, text="Hi", n=1)], ["n"]).columns.tolist()
    ['doc', 'start', 'end', 'text', 'n']
    """
    return pd.DataFrame(list(rows), columns=[*SPAN, *columns]).astype({"start": "int64", "end": "int64"})


def framed(text: str, columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Make the span table without `doc` of one text: `start, end, text` and the further columns, each of one type.

    >>> framed("Hi there", {"start": [0], "end": [2], "n": [1]}).values.tolist()
    [[0, 2, 'Hi', 1]]
    """
    texts = [text[start:end] for start, end in zip(columns["start"], columns["end"], strict=True)]
    told = {"start": columns["start"], "end": columns["end"], "text": texts, **columns}
    if not texts:
        kinds = {"start": "int64", "end": "int64"}
        return pd.DataFrame({name: np.array([], kinds.get(name, object)) for name in told})
    # one array of all strings, cut into columns: pandas takes as long for a short array as for a long one
    names, size = [name for name, values in told.items() if isinstance(values[0], str)], len(texts)
    strings = pd.array([value for name in names for value in told[name]], dtype="str")
    held = {name: strings[n * size : (n + 1) * size] for n, name in enumerate(names)}
    return pd.DataFrame({name: held[name] if name in held else np.array(told[name]) for name in told}, copy=False)


def at(doc: str, text: str, start: int, end: int, **more: object) -> dict[str, Any]:
    """Make the row of one passage of an article, with further columns.

    >>> at("a", "Hi there", 0, 2, n=1)
    {'doc': 'a', 'start': 0, 'end': 2, 'text': 'Hi', 'n': 1}
    """
    return {"doc": doc, "start": start, "end": end, "text": text[start:end], **more}


def check(spans: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Return the span table as it is; a ValueError names each row whose text does not stand at its place in the texts.

    >>> check(table([dict(doc="a", start=0, end=2, text="Hi")]), {"a": "Hi there"}).shape
    (1, 4)
    """
    wrong = []
    for row in spans.itertuples():
        held = texts.get(row.doc, "")[row.start : row.end]
        if row.start < 0 or held != row.text:
            wrong.append(
                f"row {row.Index}: article {row.doc} holds {held!r} at {row.start}:{row.end}, not {row.text!r}"
            )
    if wrong:
        raise ValueError("\n".join(wrong))
    return spans


def locate(text: str, quote: str, prefix: str = "", nth: int | None = None) -> tuple[int, int]:
    """Find the start and the end of the one place of a quote, as the W3C TextQuoteSelector addresses it.

    `prefix` is the text immediately before it, `nth` the number of its place, from 1. A ValueError tells of a quote
    that is absent, or that stands more than once where neither of them decides.

    >>> locate("to take or to give", "to", prefix="or ")
    (11, 13)
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

    >>> words("Ma’rat al-Numan")
    [(0, 6), (7, 15)]
    """
    return [match.span() for match in _WORD.finditer(text)]


def fold(text: str) -> str:
    """Fold what counts as the same when words are compared: case, curly marks, no-break spaces.

    >>> fold("Ma’rat")
    "ma'rat"
    """
    return tokens.fold(text).translate(_FOLDED)


def join(inner: pd.DataFrame, outer: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Give each span the columns of the shortest span of another table in which it begins; None where there is none.

    `columns` are names in `outer`, each with its name in the result.

    >>> a, b = table([dict(doc="a", start=3, end=5)]), table([dict(doc="a", start=0, end=9, n=1)], ["n"])
    >>> join(a, b, {"n": "sentence"}).sentence.tolist()
    [1]
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
    """Find passages of `shortest` words or more that stand more than once, letter case and the form of marks aside.

    Gives the longest match of each pair of places: the span table of the earlier one with `doc_2, start_2, end_2` of
    the later one, in the same text or another, and their `words`.

    >>> repeated({"a": "the cat sat down. The cat sat down!"}, shortest=3)[["text", "start_2", "words"]].values.tolist()
    [['the cat sat down', 18, 4]]
    """
    flat: list[tuple[str, int, int, str]] = []
    for doc, text in texts.items():
        flat += [(doc, start, end, fold(text[start:end])) for start, end in words(text)]
        flat.append((doc, 0, 0, f"\n{doc}"))  # like no word, so that no match runs on into the next text
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    rows: list[dict[str, object]] = []
    reached: dict[int, int] = {}  # distance between two places -> where its last match ended
    for here in range(len(flat) - shortest + 1):
        key = tuple(word for *_, word in flat[here : here + shortest])
        for earlier in seen[key]:
            if reached.get(here - earlier, -1) > here:
                continue
            size = shortest
            while flat[earlier + size][3] == flat[here + size][3]:
                size += 1
            reached[here - earlier] = here + size
            (doc, start, *_), end = flat[earlier], flat[earlier + size - 1][2]
            (doc_2, start_2, *_), end_2 = flat[here], flat[here + size - 1][2]
            rows.append(at(doc, texts[doc], start, end, doc_2=doc_2, start_2=start_2, end_2=end_2, words=size))
        if len(seen[key]) < _MOST:
            seen[key].append(here)
    return table(rows, ["doc_2", "start_2", "end_2", "words"])
