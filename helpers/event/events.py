"""Which articles of a dump tell the same event: nearest neighbours within a window of days, never all against all."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, HashingVectorizer, TfidfTransformer

from helpers import spans
from helpers.event.many import parquet

__all__ = ["events", "extract"]

_BLOCK, _NEAR = 1000, 3
_WORD = re.compile(r"[^\W\d_][\w’'-]+")


def _vectors(folder: Path) -> tuple[pd.DataFrame, Any]:
    """Give what is known of each article, in the order of the days, and its words as a sparse vector."""
    paths = sorted(folder.glob("articles-*.parquet"))
    if not paths:
        raise spans.CorpusError([f"{folder} holds no articles; run python -m helpers many DUMP {folder} first"])
    parquet()
    count = HashingVectorizer(n_features=2**18, alternate_sign=False, norm=None, stop_words="english", dtype=np.float32)
    known, parts = [], []
    for path in paths:
        table = pd.read_parquet(path)
        parts.append(count.transform(table.text))
        words = [_titled(*row) for row in zip(table.title, table.text, strict=True)]
        known.append(table.drop(columns="text").assign(words=words))
    counts, articles = sparse.vstack(parts, format="csr"), pd.concat(known, ignore_index=True)
    order = np.argsort(articles.date.to_numpy(), kind="stable")
    vectors = TfidfTransformer(sublinear_tf=True).fit_transform(counts[order])
    return articles.iloc[order].reset_index(drop=True), vectors.astype(np.float32)


def _titled(title: str, text: str) -> str:
    """Give the words of a headline, or of the first line where there is none."""
    words = _WORD.findall(title or text.strip().partition("\n")[0][:120])
    return " ".join(word for word in words if word.lower() not in ENGLISH_STOP_WORDS)


def _nearest(vectors: Any, days: np.ndarray, window: int, least: float) -> Any:
    """Find the three most alike articles of each article among those of its window of days.

    Parameters
    ----------
    vectors : sparse matrix of unit rows, in the order of the days
    days : day of each row as a number
    window, least : how many days apart two may be, and the least cosine that counts

    Returns
    -------
    sparse matrix of cosines, at most three in a row; computed block by block, so that it is never dense

    >>> rows = sparse.csr_matrix(np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]]))
    >>> _nearest(rows, np.array([1, 1, 9]), 2, 0.1).toarray().round(1).tolist()
    [[0.0, 0.8, 0.0], [0.8, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    found, size = [], vectors.shape[0]
    for begin in range(0, size, _BLOCK):
        end = min(begin + _BLOCK, size)
        low = int(np.searchsorted(days, days[begin] - window, "left"))
        high = int(np.searchsorted(days, days[end - 1] + window, "right"))
        cosines = (vectors[begin:end] @ vectors[low:high].T).tocoo()
        rows, columns = cosines.row + begin, cosines.col + low
        kept = (cosines.data >= least) & (rows != columns) & (np.abs(days[rows] - days[columns]) <= window)
        rows, columns, values = rows[kept], columns[kept], cosines.data[kept]
        order = np.lexsort((columns, -values, rows))
        rows, columns, values = rows[order], columns[order], values[order]
        rank = np.arange(len(rows)) - np.searchsorted(rows, rows, "left")
        top = rank < _NEAR
        found.append((rows[top], columns[top], values[top]))
    rows, columns, values = (np.concatenate(part) if found else np.array([]) for part in zip(*found, strict=True))
    return sparse.csr_matrix((values, (rows, columns)), shape=(size, size))


def _grouped(near: Any) -> np.ndarray:
    """Group articles that are, step by step, among one another's nearest three; give the group of each.

    >>> _grouped(sparse.csr_matrix(np.array([[0, 0.8, 0], [0.8, 0, 0], [0, 0.5, 0]]))).tolist()
    [0, 0, 1]
    """
    return np.asarray(connected_components(near.minimum(near.T), directed=False)[1])


def events(folder: Path, window: int = 2, least: float = 0.2) -> pd.DataFrame:
    """Say which articles of a folder that `many` has filled tell the same event, and write events.csv and members.csv.

    Parameters
    ----------
    window, least : days that two articles of an event may be apart, and the least cosine of two neighbours

    Returns
    -------
    DataFrame with `event, size, outlets, first, last, words, copied` (share of five-word runs that stand in another
    article of the event), the largest first; articles without a date are taken as of one day
    """
    articles, vectors = _vectors(folder)
    days = pd.to_datetime(articles.date.replace("", None)).fillna(pd.Timestamp(0)).to_numpy().astype("datetime64[D]")
    near = _nearest(vectors, days.astype(int), window, least)
    articles = articles.assign(group=_grouped(near), nearest="", cosine=near.max(axis=1).toarray().ravel().round(4))
    best = np.asarray(near.argmax(axis=1)).ravel()
    articles["nearest"] = np.where(articles.cosine > 0, articles.doc.to_numpy()[best], "")
    sizes = articles.groupby("group").size()
    ranks = sizes[sizes > 1].sort_values(ascending=False, kind="stable")
    articles["event"] = articles.group.map({group: n for n, group in enumerate(ranks.index, 1)})
    members = articles[articles.event.notna()].astype({"event": int}).sort_values(["event", "date", "doc"])
    members["copied"] = _copied(folder, members)
    members.drop(columns=["group", "error", "words"]).to_csv(folder / "members.csv", index=False, lineterminator="\n")
    table = members.groupby("event").agg(
        size=("doc", "size"), outlets=("outlet", "nunique"), first=("date", "min"), last=("date", "max"),
        words=("words", _common), copied=("copied", "mean"),
    )  # fmt: skip
    table = table.reset_index().round({"copied": 3})
    table.to_csv(folder / "events.csv", index=False, lineterminator="\n")
    return table


def _common(titles: pd.Series) -> str:
    """Give the words that most titles share."""
    counts = Counter(word for title in titles for word in dict.fromkeys(title.split()))
    return " ".join(word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:6])


def _texts(folder: Path, docs: pd.Series) -> dict[str, str]:
    """Give the texts of some articles."""
    found = dict[str, str]()
    for path in sorted(folder.glob("articles-*.parquet")):
        table = pd.read_parquet(path, columns=["doc", "text"])
        found |= table[table.doc.isin(docs)].set_index("doc").text.to_dict()
    return found


def _copied(folder: Path, members: pd.DataFrame) -> np.ndarray:
    """Say of each article which share of its five-word runs stands in another article of its event."""
    runs = dict[str, np.ndarray]()
    for path in sorted(folder.glob("articles-*.parquet")):  # file by file: the runs are kept, the texts are not
        table = pd.read_parquet(path, columns=["doc", "text"])
        table = table[table.doc.isin(members.doc)]
        runs |= {doc: _runs(text) for doc, text in zip(table.doc, table.text, strict=True)}
    shares = dict[str, float]()
    for docs in members.groupby("event").doc.agg(list):
        found, counts = np.unique(np.concatenate([runs[doc] for doc in docs]), return_counts=True)
        again = found[counts > 1]
        shares |= {doc: float(np.isin(runs[doc], again).mean()) if len(runs[doc]) else 0.0 for doc in docs}
    return members.doc.map(shares).to_numpy().round(3)


def _runs(text: str) -> np.ndarray:
    """Give a number for each different run of five words."""
    words = _WORD.findall(spans.fold(text))
    runs = (zlib.crc32(" ".join(words[at : at + 5]).encode()) for at in range(len(words) - 4))
    return np.unique(np.fromiter(runs, np.uint32))


def extract(folder: Path, event: int) -> Path:
    """Write the articles of one event as a JSONL file that `new` lays out, and give its path."""
    path = folder / "members.csv"
    if not path.is_file():
        raise spans.CorpusError([f"there is no {path}; run python -m helpers events {folder} first"])
    members = pd.read_csv(path, dtype=str, keep_default_na=False)
    mine = members[members.event == str(event)]
    if mine.empty:
        raise spans.CorpusError([f"{path} has no event {event}; it has 1 to {members.event.astype(int).max()}"])
    texts, out = _texts(folder, mine.doc), folder / f"event-{event}.jsonl"
    rows = [{**row, "text": texts[row["doc"]]} for row in mine[["doc", "outlet", "title", "date"]].to_dict("records")]
    rows = list({row["text"]: row for row in reversed(rows)}.values())[::-1]  # of copies the first
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return out
