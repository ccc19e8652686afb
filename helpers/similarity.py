"""How alike articles are by TF-IDF cosine: what makes it, how sure it is, and under which choices it holds."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers import spans
from helpers.corpus import FURNITURE, Corpus
from helpers.terms import counted_words, load_lexicon
from helpers.voice import voice_of

__all__ = [
    "CHOICES", "Claim", "across", "explain", "jackknife", "leave_one_out", "multiverse", "nearest", "resampled", "tfidf",
]  # fmt: skip

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
#: a claim "the first pair is more alike than the second"; a pair is two article ids
Claim = tuple[tuple[str, str], tuple[str, str]]


def tfidf(corpus: Corpus, **choices: str) -> pd.DataFrame:
    """Compute the TF-IDF cosine of each two articles.

    Parameters
    ----------
    corpus : the articles
    choices : values of `CHOICES`. `unit`: what is counted. `idf`: what a document frequency counts; it is smoothed, as
        in scikit-learn. `tf`: the count, or 1 + its logarithm. `stop`: scikit-learn's English stop words. `names`: as
        spelt, or in one spelling by the lexicon. `text`: the running text, with headlines, captions and pull quotes, or
        the running text outside quotation marks

    Returns
    -------
    DataFrame doc × doc, rounded to 12 decimals; 1 on the diagonal

    Raises
    ------
    ValueError if a choice is unknown or leaves an article without a word

    >>> from helpers.corpus import load_corpus
    >>> float(tfidf(load_corpus("seeds")).loc["000", "000"])
    1.0
    """
    counts = _Counts([corpus], choices)
    return counts.frame(counts.vectors())


def explain(corpus: Corpus, a: str, b: str, **choices: str) -> pd.DataFrame:
    """Take the cosine of two articles apart into what each term adds to it.

    Parameters
    ----------
    corpus, choices : as in `tfidf`
    a, b : the articles

    Returns
    -------
    DataFrame with `term, contribution` and the counts of the term in either, `in_a, in_b`; largest contribution first,
    their sum is the cosine

    >>> from helpers.corpus import load_corpus
    >>> parts = explain(load_corpus("seeds"), "000", "004")
    >>> parts.term.tolist()[:2]
    ['regime', 'syria']
    """
    counts = _Counts([corpus], choices)
    one, two = (_position(counts, doc) for doc in (a, b))
    vectors, whole = counts.vectors(), counts.articles().toarray()
    product = vectors[one] * vectors[two]
    held = np.flatnonzero(product)
    rows = {"contribution": product[held], "in_a": whole[one, held].astype(int), "in_b": whole[two, held].astype(int)}
    table = pd.DataFrame({"term": [counts.terms[at] for at in held], **rows})
    table["rank"] = table.contribution.round(12)
    table = table.sort_values(["rank", "term"], ascending=[False, True], kind="stable", ignore_index=True)
    return table.drop(columns="rank")


def across(corpus: Corpus, other: Corpus, **choices: str) -> pd.DataFrame:
    """Compute the cosine of each article of one corpus with each of another, as a base line for likeness.

    Parameters
    ----------
    corpus, other : articles on two events; the idf is taken over both
    choices : as in `tfidf`

    Returns
    -------
    DataFrame, a row an article of `corpus`, a column an article of `other`

    >>> from helpers.corpus import load_corpus
    >>> five = load_corpus("seeds")
    >>> float(across(five, five).loc["000", "000"])
    1.0
    """
    counts = _Counts([corpus, other], choices)
    cosines = counts.vectors() @ counts.vectors().T
    size = len(corpus.texts)
    return pd.DataFrame(cosines[:size, size:], index=list(corpus.texts), columns=list(other.texts)).round(12)


def jackknife(corpus: Corpus, claims: Sequence[Claim] = (), **choices: str) -> pd.DataFrame:
    """Give each cosine, or each difference that a claim rests on, with an interval from leaving out one sentence.

    Parameters
    ----------
    corpus, choices : as in `tfidf`
    claims : the differences wanted; without any, the cosine of each pair

    Returns
    -------
    DataFrame indexed by pair or claim in words, with `value, low, high`: plus and minus 1.96 standard errors of the
    delete-one jackknife, each article a stratum of its own

    Raises
    ------
    ValueError if an article has fewer than two sentences, or a claim names none of the articles

    >>> from helpers.corpus import load_corpus
    >>> table = jackknife(load_corpus("seeds"), [(("000", "004"), ("002", "003"))])
    >>> bool(table.low.iloc[0] > 0)
    True
    """
    counts = _Counts([corpus], choices)
    short = [doc for doc, size in zip(counts.docs, np.bincount(counts.owner), strict=True) if size < 2]
    if short:
        raise ValueError(f"article {', '.join(short)} has fewer than two sentences; a jackknife needs two of each")
    wanted = [[pair] for pair in itertools.combinations(counts.docs, 2)] if not claims else [list(c) for c in claims]
    places = [[(_position(counts, a), _position(counts, b)) for a, b in pairs] for pairs in wanted]

    def values(cosines: np.ndarray) -> list[float]:
        return [cosines[pairs[0]] - (cosines[pairs[1]] if len(pairs) > 1 else 0) for pairs in places]

    full = np.array(values(_cosines(counts.vectors())))
    weights = np.ones(len(counts.owner))
    without = []
    for at in range(len(weights)):
        weights[at] = 0
        without.append(values(_cosines(counts.vectors(weights))))
        weights[at] = 1
    squares, replicates = np.zeros(len(full)), np.array(without)
    for group in range(len(counts.docs)):
        mine = replicates[counts.owner == group]
        squares += (len(mine) - 1) / len(mine) * ((mine - mine.mean(axis=0)) ** 2).sum(axis=0)
    error = 1.96 * np.sqrt(squares)
    names = [" than ".join(" and ".join(pair) for pair in pairs) for pairs in wanted]
    return pd.DataFrame({"value": full, "low": full - error, "high": full + error}, index=names).round(10)


def resampled(corpus: Corpus, way: str, draws: int = 400, seed: int = 0, **choices: str) -> pd.DataFrame:
    """Draw sentences at random many times and say where the cosines then lie.

    Parameters
    ----------
    corpus, choices : as in `tfidf`
    way : "bootstrap", each article's sentences drawn with replacement (its interval misses the estimate: a draw lacks a
        third of the sentences), or "shuffled", all sentences dealt anew to articles of the same number of sentences
    draws, seed : how often, and where the random numbers begin

    Returns
    -------
    DataFrame indexed by pair in words, with `value` (the cosine) and `low, middle, high` (2.5, 50 and 97.5 percent of
    the draws)

    >>> from helpers.corpus import load_corpus
    >>> table = resampled(load_corpus("seeds"), "bootstrap", draws=40)
    >>> int((table.high < table.value).sum())
    10
    """
    if way not in ("bootstrap", "shuffled"):
        raise ValueError(f"way is {way!r}; use bootstrap or shuffled")
    counts, random = _Counts([corpus], choices), np.random.default_rng(seed)
    pairs = np.triu_indices(len(counts.docs), 1)
    drawn, owner = [], counts.owner
    for _ in range(draws):
        if way == "bootstrap":
            chosen = [random.choice(group, len(group)) for group in map(np.flatnonzero, _groups(owner))]
            weights = np.bincount(np.concatenate(chosen), minlength=len(owner)).astype(float)
            drawn.append(_cosines(counts.vectors(weights))[pairs])
        else:
            drawn.append(_cosines(counts.vectors(owner=random.permutation(owner)))[pairs])
    low, middle, high = np.percentile(drawn, [2.5, 50, 97.5], axis=0)
    names = [f"{counts.docs[a]} and {counts.docs[b]}" for a, b in zip(*pairs, strict=True)]
    value = _cosines(counts.vectors())[pairs]
    return pd.DataFrame({"value": value, "low": low, "middle": middle, "high": high}, index=names).round(10)


def leave_one_out(corpus: Corpus, claims: Sequence[Claim], **choices: str) -> pd.DataFrame:
    """Say whether each claim holds when an article is left out, so that it no longer bears on any weight.

    Parameters
    ----------
    corpus, choices : as in `tfidf`
    claims : claims in which the article left out has no part are tested

    Returns
    -------
    DataFrame, a row a claim in words, a column an article left out: the difference of the two cosines, missing where
    the article is part of the claim

    >>> from helpers.corpus import load_corpus
    >>> leave_one_out(load_corpus("seeds"), [(("000", "004"), ("000", "003"))]).notna().sum(axis=1).tolist()
    [2]
    """
    counts, columns = _Counts([corpus], choices), {}
    for gone, doc in enumerate(counts.docs):
        cosines = _cosines(counts.vectors((counts.owner != gone).astype(float)))
        columns[doc] = [
            _difference(counts, cosines, claim) if doc not in sum(claim, ()) else math.nan for claim in claims
        ]
    return pd.DataFrame(columns, index=[_said(claim) for claim in claims]).round(10)


def multiverse(corpus: Corpus, claims: Sequence[Claim]) -> pd.DataFrame:
    """Compute the difference a claim rests on under every combination of the choices of preprocessing.

    Parameters
    ----------
    corpus : the articles
    claims : the claims

    Returns
    -------
    DataFrame, a row a specification: a column for each of `CHOICES`, then one for each claim in words with the difference
    of its two cosines (above nought it holds); a specification that leaves an article without a word, or folds names
    without a lexicon, is left out

    Raises
    ------
    ValueError if no specification can be computed

    >>> from helpers.corpus import load_corpus
    >>> table = multiverse(load_corpus("seeds"), [(("000", "004"), ("000", "002"))])
    >>> table.shape
    (144, 7)
    """
    rows: list[dict[str, object]] = []
    reading, fault = ["stop", "names", "text"], ""
    for read in itertools.product(*(CHOICES[name] for name in reading)):
        chosen = dict(zip(reading, read, strict=True))
        try:
            units = [_units(corpus, chosen)]
            for unit in CHOICES["unit"]:
                counts = _Counts([corpus], chosen | {"unit": unit}, units)
                for idf, tf in itertools.product(CHOICES["idf"], CHOICES["tf"]):
                    cosines = _cosines(counts.vectors(idf=idf, tf=tf))
                    found = {_said(claim): round(_difference(counts, cosines, claim), 10) for claim in claims}
                    rows.append({**chosen, "unit": unit, "idf": idf, "tf": tf, **found})
        except ValueError as error:
            fault = str(error)
    if not rows:
        raise ValueError(f"no specification can be computed: {fault}")
    return pd.DataFrame(rows)[[*CHOICES, *map(_said, claims)]]


def nearest(corpus: Corpus, shortest: int = 8, **choices: str) -> pd.DataFrame:
    """Find for each sentence the one of another article that is most like it.

    Parameters
    ----------
    corpus, choices : as in `tfidf`; idf is always over sentences
    shortest : words that a sentence must have to be compared

    Returns
    -------
    span table with `doc_2, start_2, end_2, text_2, cosine`, most alike first, each pair of sentences once

    >>> from helpers.corpus import load_corpus
    >>> found = nearest(load_corpus("seeds"))
    >>> bool((found.doc != found.doc_2).all())
    True
    """
    from sklearn.preprocessing import normalize

    counts = _Counts([corpus], choices)
    long = np.flatnonzero([len(unit.split()) >= shortest for unit in counts.units])
    if not len(long):
        return spans.table([], ["doc_2", "start_2", "end_2", "text_2", "cosine"])
    vectors = normalize(counts.rows[long].multiply(counts.idf(np.ones(len(counts.owner)))).tocsr())
    cosines = (vectors @ vectors.T).toarray().round(12)
    owner = counts.owner[long]
    cosines[owner[:, None] == owner[None, :]] = -1
    best = {tuple(sorted((at, int(row.argmax())))) for at, row in enumerate(cosines) if row.max() > 0}
    sentences = corpus.sentences.set_index(["doc", "n"])
    rows = []
    for one, two in sorted(best, key=lambda pair: (-cosines[pair], pair)):
        (doc, n), (doc_2, n_2) = counts.keys[long[one]], counts.keys[long[two]]
        here, there = sentences.loc[(doc, n)], sentences.loc[(doc_2, n_2)]
        place = {"doc": doc, "start": here.start, "end": here.end, "text": here.text, "doc_2": doc_2}
        rows.append(
            {**place, "start_2": there.start, "end_2": there.end, "text_2": there.text, "cosine": cosines[one, two]}
        )
    return spans.table(rows, ["doc_2", "start_2", "end_2", "text_2", "cosine"])


class _Counts:
    """What is counted in each sentence under some choices, and the vectors of the articles made of it."""

    def __init__(self, corpora: Sequence[Corpus], choices: dict[str, str], read: Sequence[pd.Series] = ()):
        from sklearn.feature_extraction.text import CountVectorizer

        for name, value in choices.items():
            if name not in CHOICES or value not in CHOICES[name]:
                allowed = CHOICES.get(name, CHOICES)
                raise ValueError(f"{name} is {value!r}; use one of {', '.join(allowed)}")
        self.choices = {name: values[0] for name, values in CHOICES.items()} | choices
        read = read or [_units(corpus, self.choices) for corpus in corpora]
        self.docs = [doc for corpus in corpora for doc in corpus.texts]
        self.keys = [key for units in read for key in units.index]
        self.units = [text for units in read for text in units]
        begins = np.cumsum([0, *(len(corpus.texts) for corpus in corpora)])
        self.owner = np.array(
            [begin + list(corpus.texts).index(doc) for begin, corpus, units in zip(begins[:-1], corpora, read, strict=True)
             for doc, _ in units.index], dtype=int)  # fmt: skip
        self._refuse_empty(np.bincount(self.owner, minlength=len(self.docs)) == 0)
        counter = CountVectorizer(lowercase=False, **_UNITS[self.choices["unit"]])
        self.rows = counter.fit_transform(self.units).astype(float).tocsr()
        self.terms = counter.get_feature_names_out()
        self._refuse_empty(np.asarray(self.articles().sum(axis=1)).ravel() == 0)

    def _refuse_empty(self, empty: np.ndarray) -> None:
        """Raise where an article has nothing to count."""
        if empty.any():
            docs = ", ".join(doc for doc, gone in zip(self.docs, empty, strict=True) if gone)
            chosen = ", ".join(f"{name} {self.choices[name]}" for name in ("text", "stop", "unit"))
            raise ValueError(f"article {docs} has no running text to count under {chosen}; choose otherwise or check its"
                             " rows in coding/parts.csv")  # fmt: skip

    def articles(self, weights: np.ndarray | None = None, owner: np.ndarray | None = None) -> Any:
        """Sum the rows of each article, each sentence times its weight."""
        from scipy.sparse import csr_matrix

        weights = np.ones(len(self.owner)) if weights is None else weights
        owner = self.owner if owner is None else owner
        return csr_matrix((weights, (owner, np.arange(len(owner)))), shape=(len(self.docs), len(owner))) @ self.rows

    def idf(self, weights: np.ndarray) -> np.ndarray:
        """Give the smoothed idf over sentences, each counted as often as its weight."""
        present = self.rows.copy()
        present.data[:] = 1
        return np.log((1 + weights.sum()) / (1 + present.T @ weights)) + 1

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
        if (tf or self.choices["tf"]) == "sublinear":
            counts.data[counts.data > 0] = 1 + np.log(counts.data[counts.data > 0])
        dense = counts.toarray() * scale
        length = np.sqrt((dense**2).sum(axis=1, keepdims=True))
        return dense / np.where(length > 0, length, 1)

    def frame(self, vectors: np.ndarray) -> pd.DataFrame:
        """Give the cosines of all articles as a table."""
        return pd.DataFrame(_cosines(vectors), index=self.docs, columns=self.docs).round(12)


def _units(corpus: Corpus, choices: dict[str, str]) -> pd.Series:
    """Give the counted words of each sentence, joined by blanks, indexed by article and sentence."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    words = corpus.words
    counted = counted_words(corpus, load_lexicon(corpus)["names"] if choices["names"] == "folded" else {})
    kept = counted.notna()
    if choices["text"] == "whole":
        kept &= ~words.part.isin(FURNITURE)
    else:
        kept &= words.part == "body"
    if choices["text"] == "own voice":
        kept &= voice_of(words, corpus).voice != "quoted"
    if choices["stop"] == "left out":
        kept &= ~counted.isin(ENGLISH_STOP_WORDS)
    placed = spans.join(words[kept], corpus.sentences, {"n": "n"}).assign(counted=counted[kept])
    return placed.groupby(["doc", "n"], sort=False).counted.agg(" ".join)


def _groups(owner: np.ndarray) -> Iterator[np.ndarray]:
    """Say for each article which sentences are its own."""
    for group in range(owner.max() + 1):
        yield owner == group


def _cosines(vectors: np.ndarray) -> np.ndarray:
    """Give the cosine of each two vectors of length 1."""
    return vectors @ vectors.T


def _position(counts: _Counts, doc: str) -> int:
    """Give the row of an article."""
    if doc not in counts.docs:
        raise ValueError(f"there is no article {doc!r}; there are {', '.join(counts.docs)}")
    return counts.docs.index(doc)


def _difference(counts: _Counts, cosines: np.ndarray, claim: Claim) -> float:
    """Give the difference of the two cosines of a claim."""
    (a, b), (c, d) = (tuple(_position(counts, doc) for doc in pair) for pair in claim)
    return float(cosines[a, b] - cosines[c, d])


def _said(claim: Claim) -> str:
    """Write a claim in words."""
    return " than ".join(" and ".join(pair) for pair in claim)
