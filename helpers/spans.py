"""The span table: passages of articles as rows, each with the offsets where it stands."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

__all__ = [
    "ADDRESS",
    "SPAN",
    "CorpusError",
    "check",
    "fold",
    "join",
    "locate",
    "read",
    "records",
    "repeated",
    "table",
    "words",
]

SPAN = ["doc", "start", "end", "text"]
ADDRESS = ["id", "doc", "quote", "prefix", "nth"]

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
    sought = prefix + quote
    places, at = [], text.find(sought)
    while at >= 0:
        places.append(at + len(prefix))
        at = text.find(sought, at + 1)
    shown = f"{quote!r}" + (f" after {prefix!r}" if prefix else "")
    if not places:
        raise ValueError(f"{shown} is not in the text; copy it exactly, with its marks and blanks")
    if nth is None and len(places) > 1:
        raise ValueError(f"{shown} stands in {len(places)} places; say which with prefix or nth")
    if nth is not None and not 1 <= nth <= len(places):
        raise ValueError(f"{shown} stands in {len(places)} places, there is no number {nth}")
    start = places[(nth or 1) - 1]
    return start, start + len(quote)


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
    return text.translate(_FOLDED).lower()


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
    for at in range(len(flat) - shortest + 1):
        if flat[at][0] != flat[at + shortest - 1][0]:
            continue
        key = tuple(word for *_, word in flat[at : at + shortest])
        for earlier in seen[key]:
            if reached.get(at - earlier, -1) > at:
                continue
            size = shortest
            while (
                at + size < len(flat)
                and flat[at + size][3] == flat[earlier + size][3]
                and (flat[at + size][0] == flat[at][0] and flat[earlier + size][0] == flat[earlier][0])
            ):
                size += 1
            reached[at - earlier] = at + size
            (doc, start, *_), end = flat[earlier], flat[earlier + size - 1][2]
            (doc_2, start_2, *_), end_2 = flat[at], flat[at + size - 1][2]
            place = {"doc": doc, "start": start, "end": end, "text": texts[doc][start:end]}
            rows.append({**place, "doc_2": doc_2, "start_2": start_2, "end_2": end_2, "words": size})
        if len(seen[key]) < most:
            seen[key].append(at)
    return table(rows, ["doc_2", "start_2", "end_2", "words"])


def read(
    path: Path,
    texts: Mapping[str, str],
    columns: Sequence[str],
    faulty: Callable[[Mapping[str, Any], set[str]], Iterable[str]] = lambda row, ids: (),
) -> pd.DataFrame:
    """Read a file of coded passages and find each of them in its article.

    Parameters
    ----------
    path : CSV file that begins with the columns `id, doc, quote, prefix, nth`
    texts : raw text of each article, by `doc`
    columns : the further columns it must have, in their order
    faulty : given a row and all ids of the file, lists what else is wrong with the row

    Returns
    -------
    span table with `id`, `row` (line of the file) and `columns`, all text, in the order of the file

    Raises
    ------
    CorpusError with every fault of the file: wrong header, unknown article, id missing or twice, quote not found, and what
    `faulty` lists
    """
    name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    header, lines = records(path, name)
    if header != [*ADDRESS, *columns]:
        raise CorpusError([f"{name} line 1: the columns are {header}; they must be {[*ADDRESS, *columns]}"])
    faults, rows, ids = [], [], set()
    for line, values in lines:
        where = f"{name} line {line}"
        if len(values) != len(header):
            faults.append(f"{where}: {len(values)} values for {len(header)} columns; quote a value that holds a comma")
            continue
        row: dict[str, Any] = dict(zip(header, values, strict=True))
        if not row["id"] or row["id"] in ids:
            faults.append(f"{where}: id {row['id']!r} is empty or stands twice; give each row its own")
        ids.add(row["id"])
        try:
            if row["doc"] not in texts:
                raise ValueError(
                    f"doc {row['doc']!r} is no article; there are {', '.join(list(texts)[:6])}{' …' if len(texts) > 6 else ''}"
                )
            if row["nth"] and not row["nth"].isdecimal():
                raise ValueError(f"nth {row['nth']!r} is no number; leave it empty or count from 1")
            start, end = locate(texts[row["doc"]], row["quote"], row["prefix"], int(row["nth"]) if row["nth"] else None)
        except ValueError as error:
            faults.append(f"{where} ({row['id']}): {error}")
            start = end = 0
        rows.append({**row, "start": start, "end": end, "text": row["quote"], "row": line})
    for row in rows:
        faults += [f"{name} line {row['row']} ({row['id']}), {fault}" for fault in faulty(row, ids)]
    if faults:
        raise CorpusError(faults)
    return table(rows, ["id", "row", *columns])


def records(path: Path, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Read the header and the records of a CSV file, each record with the line it begins on.

    Parameters
    ----------
    path : the file, UTF-8 with or without a byte order mark
    name : what an error calls it

    Raises
    ------
    CorpusError if there is no such file, it is not UTF-8 or a quotation mark never closes

    >>> records(Path("seeds/coding/claims_verdicts.csv"), "claims_verdicts.csv")[0]
    ['topic', 'ids', 'verdict', 'why']
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")  # a quote may hold a carriage return, which must stay one
    except FileNotFoundError:
        raise CorpusError([f"{name}: there is no such file; CODEBOOK.md says what it holds"]) from None
    except UnicodeDecodeError as error:
        raise CorpusError([f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8"]) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records, line = [], 1
    try:
        for values in reader:
            if values:
                records.append((line, values))
            line = reader.line_num + 1
    except csv.Error as error:
        raise CorpusError([f"{name} line {line}: {error}; close the quotation marks of this row"]) from None
    return (records[0][1], records[1:]) if records else ([], [])
