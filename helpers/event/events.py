"""Which articles of a dump tell the same event: nearest neighbours within a window of days, never all against all."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, HashingVectorizer, TfidfTransformer

from helpers import spans
from helpers.rows import read_toml
from helpers.terms import LEXICON, fold_names

__all__ = ["events", "extract"]

_BLOCK, _NEAR = 1000, 3
_WORD = re.compile(r"[^\W\d_][\w’'-]+")


def _parts(folder: Path, columns: list[str] | None = None) -> Iterator[pd.DataFrame]:
    """Give the articles that `many` has read, file by file, so that never all texts are held."""
    paths = sorted(folder.glob("articles-*.parquet"))
    if not paths:
        raise spans.CorpusError([f"{folder} holds no articles; run python -m helpers many DUMP {folder} first"])
    yield from (pd.read_parquet(path, columns=columns) for path in paths)


def _vectors(folder: Path, lexicon: Path | None) -> tuple[pd.DataFrame, Any]:
    """Give what is known of each article, in the order of the days, and its words as a sparse vector."""
    listed = read_toml(lexicon, str(lexicon), LEXICON, "name a lexicon.toml").get("name", {}) if lexicon else {}
    names = {name: entry.get("forms", []) for name, entry in listed.items()}
    count = HashingVectorizer(n_features=2**18, alternate_sign=False, norm=None, stop_words="english", dtype=np.float32)
    known, parts = [], []
    for table in _parts(folder):
        parts.append(count.transform([fold_names(text, names) for text in table.text] if names else table.text))
        heads = table.title.where(table.title != "", table.text.str.strip().str.partition("\n")[0].str[:120])
        words = [[word for word in _WORD.findall(head) if word.lower() not in ENGLISH_STOP_WORDS] for head in heads]
        known.append(table.drop(columns="text").assign(words=words))
    articles = pd.concat(known, ignore_index=True).sort_values("date", kind="stable")
    vectors = TfidfTransformer(sublinear_tf=True).fit_transform(sparse.vstack(parts, format="csr")[articles.index])
    return articles.reset_index(drop=True), vectors.astype(np.float32)


def _nearest(vectors: Any, days: np.ndarray, window: int, least: float) -> Any:
    """Give as a sparse matrix the cosines of each article's three most alike, no more days apart than the window.

    The rows of `vectors` have length one and the order of the days; blocks of them keep the cosines from being dense.

    >>> rows = sparse.csr_matrix(np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]]))
    >>> _nearest(rows, np.array([1, 1, 9]), 2, 0.1).toarray().round(1).tolist()
    [[0.0, 0.8, 0.0], [0.8, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    found, size = [], vectors.shape[0]
    for begin in range(0, size, _BLOCK):
        end = min(begin + _BLOCK, size)
        low, high = np.searchsorted(days, [days[begin] - window, days[end - 1] + window + 1])
        cosines = (vectors[begin:end] @ vectors[low:high].T).tocoo()
        rows, columns, values = cosines.row + begin, cosines.col + low, cosines.data
        kept = (values >= least) & (rows != columns) & (np.abs(days[rows] - days[columns]) <= window)
        order = np.flatnonzero(kept)[np.lexsort((columns[kept], -values[kept], rows[kept]))]
        rank = np.arange(len(order)) - np.searchsorted(rows[order], rows[order])
        top = order[rank < _NEAR]
        found.append((rows[top], columns[top], values[top]))
    rows, columns, values = map(np.concatenate, zip(*found, strict=True))
    return sparse.csr_matrix((values, (rows, columns)), shape=(size, size))


def events(folder: Path, window: int = 2, least: float = 0.2, lexicon: Path | None = None) -> pd.DataFrame:
    """Say which articles of a folder that `many` has filled tell the same event, and write events.csv and members.csv.

    An event is what neighbours, each among the three nearest of the other, join step by step: articles no more than
    `window` days apart (those without a date are taken as of one day) whose cosine is at least `least`; a lexicon.toml
    says which spellings are one name. Gives a DataFrame with `event, size, outlets, first, last, words, copied` (mean
    share of five-word runs that stand in another article of the event), the largest first.
    """
    articles, vectors = _vectors(folder, lexicon)
    days = pd.to_datetime(articles.date.replace("", None)).fillna(pd.Timestamp(0)).to_numpy().astype("datetime64[D]")
    near = _nearest(vectors, days.astype(int), window, least)
    group = pd.Series(connected_components(near.minimum(near.T), directed=False)[1])
    sizes = group[group.duplicated(keep=False)].groupby(group).size().sort_values(ascending=False, kind="stable")
    cosines = near.max(axis=1).toarray().ravel().round(4)
    nearest = np.where(cosines > 0, articles.doc.to_numpy()[np.asarray(near.argmax(axis=1)).ravel()], "")
    numbers = group.map({number: rank for rank, number in enumerate(sizes.index, 1)})
    articles = articles.assign(nearest=nearest, cosine=cosines, event=numbers).dropna(subset="event")
    members = articles.astype({"event": int}).sort_values(["event", "date", "doc"])
    members["copied"] = members.doc.map(_copied(folder, members)).astype(float).round(3)
    members.drop(columns=["error", "words"]).to_csv(folder / "members.csv", index=False, lineterminator="\n")
    how = {"doc": "size", "outlet": "nunique", "date": ["min", "max"], "words": _common, "copied": "mean"}
    columns = ["size", "outlets", "first", "last", "words", "copied"]
    table = members.groupby("event").agg(how).set_axis(columns, axis=1).reset_index().round({"copied": 3})
    table.to_csv(folder / "events.csv", index=False, lineterminator="\n")
    return table


def _common(titles: pd.Series) -> str:
    """Give the six words that most titles share."""
    counts = Counter(word for title in titles for word in dict.fromkeys(title))
    return " ".join(sorted(counts, key=lambda word: (-counts[word], word))[:6])


def _copied(folder: Path, members: pd.DataFrame) -> dict[str, float]:
    """Say of each article which share of its five-word runs stands in another article of its event."""
    runs, shares = dict[str, np.ndarray](), dict[str, float]()
    for table in _parts(folder, ["doc", "text"]):  # the runs are kept, the texts are not
        mine = table[table.doc.isin(members.doc)]
        runs |= {doc: _runs(text) for doc, text in zip(mine.doc, mine.text, strict=True)}
    for docs in members.groupby("event").doc.agg(list):
        found, counts = np.unique(np.concatenate([runs[doc] for doc in docs]), return_counts=True)
        again = found[counts > 1]
        shares |= {doc: float(np.isin(runs[doc], again).mean()) if len(runs[doc]) else 0.0 for doc in docs}
    return shares


def _runs(text: str) -> np.ndarray:
    """Give a number for each different run of five words."""
    words = _WORD.findall(spans.fold(text))
    runs = (zlib.crc32(" ".join(words[at : at + 5]).encode()) for at in range(len(words) - 4))
    return np.unique(np.fromiter(runs, np.uint32))


def extract(folder: Path, event: int) -> Path:
    """Write the articles of one event, of copies the first, as a JSONL file that `new` lays out, and give its path."""
    path, out = folder / "members.csv", folder / f"event-{event}.jsonl"
    if not path.is_file():
        raise spans.CorpusError([f"there is no {path}; run python -m helpers events {folder} first"])
    members = pd.read_csv(path, dtype=str, keep_default_na=False)
    mine = members[members.event == str(event)]
    if mine.empty:
        raise spans.CorpusError([f"{path} has no event {event}; it has 1 to {members.event.astype(int).max()}"])
    texts = pd.concat(table[table.doc.isin(mine.doc)] for table in _parts(folder, ["doc", "text"]))
    rows = mine[["doc", "outlet", "title", "date"]].merge(texts, on="doc").drop_duplicates("text")
    rows.to_json(out, orient="records", lines=True, force_ascii=False)
    return out
