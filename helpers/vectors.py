"""What is counted in each sentence under some choices, and the TF-IDF vectors of the articles made of it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers import spans
from helpers.corpus import FURNITURE, Corpus
from helpers.terms import counted_words, load_lexicon
from helpers.voice import voice_of

__all__ = ["CHOICES", "Counts", "counted"]

#: every choice of preprocessing and its values, the default first
CHOICES: dict[str, list[str]] = {
    "unit": ["words", "words and pairs", "characters"],
    "idf": ["sentences", "articles"],
    "tf": ["raw", "sublinear"],
    "stop": ["left out", "kept"],  # of two articles on one event most of the cosine is function words
    "names": ["raw", "folded"],
    "text": ["running", "whole", "own voice"],
}
#: what "characters" counts: runs of three to five characters inside a word
_UNITS: dict[str, dict[str, Any]] = {
    "words": {"token_pattern": r"\S+"},
    "words and pairs": {"token_pattern": r"\S+", "ngram_range": (1, 2)},
    "characters": {"analyzer": "char_wb", "ngram_range": (3, 5)},
}


class Counts:
    """What is counted in each sentence under some choices, and the vectors of the articles made of it."""

    def __init__(self, corpora: Sequence[Corpus], choices: dict[str, str], read: Sequence[pd.Series] = ()):
        from sklearn.feature_extraction.text import CountVectorizer

        for name, value in choices.items():
            if value not in CHOICES.get(name, []):
                raise ValueError(f"{name} is {value!r}; use one of {', '.join(CHOICES.get(name, CHOICES))}")
        self.choices = {name: values[0] for name, values in CHOICES.items()} | choices
        read = read or [counted(corpus, self.choices) for corpus in corpora]
        self.units = pd.concat(read)
        # two corpora may name an article alike
        keys = [(number, doc) for number, corpus in enumerate(corpora) for doc in corpus.texts]
        self.docs, place = [doc for _, doc in keys], {key: n for n, key in enumerate(keys)}
        owner = [place[number, doc] for number, units in enumerate(read) for doc, _ in units.index]
        self.owner = np.array(owner, dtype=int)
        if empty := [doc for n, doc in enumerate(self.docs) if n not in owner]:
            chosen = ", ".join(f"{name} {self.choices[name]}" for name in ("text", "stop", "unit"))
            remedy = "choose otherwise or check its rows in coding/parts.csv"
            raise ValueError(f"article {', '.join(empty)} has no running text to count under {chosen}; {remedy}")
        counter = CountVectorizer(lowercase=False, **_UNITS[self.choices["unit"]])
        self.rows = counter.fit_transform(self.units).astype(float).tocsr()
        self.terms = counter.get_feature_names_out()

    def articles(self, weights: np.ndarray, owner: np.ndarray | None = None) -> Any:
        """Sum the rows of each article, each sentence times its weight."""
        from scipy.sparse import csr_matrix

        owner = self.owner if owner is None else owner
        return csr_matrix((weights, (owner, np.arange(len(owner)))), shape=(len(self.docs), len(owner))) @ self.rows

    def idf(self, weights: np.ndarray) -> np.ndarray:
        """Give the smoothed idf over sentences, each counted as often as its weight."""
        return np.log((1 + weights.sum()) / (1 + self.rows.sign().T @ weights)) + 1

    def vectors(
        self, weights: np.ndarray | None = None, owner: np.ndarray | None = None, idf: str = "", tf: str = ""
    ) -> np.ndarray:
        """Give the TF-IDF vector of each article, of length 1 (0 for one without a word)."""
        weights = np.ones(len(self.owner)) if weights is None else weights
        counts = self.articles(weights, owner)
        if (idf or self.choices["idf"]) == "sentences":
            scale = self.idf(weights)
        else:
            filled = (counts.sum(axis=1) > 0).sum()
            scale = np.log((1 + filled) / (1 + np.asarray((counts > 0).sum(axis=0)).ravel())) + 1
        dense = counts.toarray()
        if (tf or self.choices["tf"]) == "sublinear":
            dense[dense > 0] = 1 + np.log(dense[dense > 0])
        dense *= scale
        length = np.sqrt((dense**2).sum(axis=1, keepdims=True))
        return dense / np.where(length > 0, length, 1)

    def cosines(self, *args: Any, **options: Any) -> np.ndarray:
        """Give the cosine of each two articles; the arguments are those of `vectors`."""
        vectors = self.vectors(*args, **options)
        return vectors @ vectors.T

    def position(self, doc: str) -> int:
        """Give the row of an article."""
        if doc not in self.docs:
            raise ValueError(f"there is no article {doc!r}; there are {', '.join(self.docs)}")
        return self.docs.index(doc)

    def compared(self, cosines: np.ndarray, claims: Sequence[Sequence[tuple[str, str]]]) -> pd.Series:
        """Give of each claim, in words, the cosine of its pair, or the difference of the cosines of its two."""
        told = [" than ".join(f"{a} and {b}" for a, b in pairs) for pairs in claims]
        found = [[cosines[self.position(a), self.position(b)] for a, b in pairs] for pairs in claims]
        return pd.Series([first - sum(second) for first, *second in found], told, dtype=float)


def counted(corpus: Corpus, choices: dict[str, str]) -> pd.Series:
    """Give the counted words of each sentence, joined by blanks, indexed by article and sentence."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    words, folded = corpus.words, choices["names"] == "folded"
    counted = counted_words(corpus, load_lexicon(corpus)["names"] if folded else {})
    kept = counted.notna() & (~words.part.isin(FURNITURE) if choices["text"] == "whole" else words.part == "body")
    if choices["text"] == "own voice":
        kept &= voice_of(words, corpus).voice != "quoted"
    if choices["stop"] == "left out":
        kept &= ~counted.isin(ENGLISH_STOP_WORDS)
    placed = spans.join(words[kept], corpus.sentences, {"n": "n"}).assign(counted=counted[kept])
    return placed.groupby(["doc", "n"], sort=False).counted.agg(" ".join)
