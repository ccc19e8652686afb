"""How alike articles are by TF-IDF cosine: what makes it, how sure it is, and under which choices it holds.

Wherever a function takes further `choices`, they are those of `tfidf`.
"""

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers import spans
from helpers.corpus import Corpus
from helpers.vectors import CHOICES, Counts, counted

__all__ = ["CHOICES", "across", "explain", "jackknife", "leave_one_out", "multiverse", "nearest", "resampled", "tfidf"]

#: a claim "the first pair is more alike than the second"; a pair is two article ids
Claim = tuple[tuple[str, str], tuple[str, str]]


def tfidf(corpus: Corpus, **choices: str) -> pd.DataFrame:
    """Compute the TF-IDF cosine of each two articles, rounded to 12 decimals.

    The choices are values of `CHOICES`. `unit`: what is counted. `idf`: what a document frequency counts; it is
    smoothed, as in scikit-learn. `tf`: the count, or 1 + its logarithm. `stop`: scikit-learn's English stop words.
    `names`: as spelt, or in one spelling by the lexicon. `text`: the running text, with headlines, captions and pull
    quotes, or the running text outside quotation marks. One that is unknown or leaves an article without a word is
    refused.

    >>> from helpers.corpus import load_corpus
    >>> float(tfidf(load_corpus("seeds")).loc["000", "000"])
    1.0
    """
    counts = Counts([corpus], choices)
    return pd.DataFrame(counts.cosines(), index=counts.docs, columns=counts.docs).round(12)


def explain(corpus: Corpus, a: str, b: str, **choices: str) -> pd.DataFrame:
    """Take the cosine of two articles apart: each `term`, its `contribution` and its counts, `in_a` and `in_b`.

    The contributions, the largest first, sum to the cosine.

    >>> from helpers.corpus import load_corpus
    >>> explain(load_corpus("seeds"), "000", "004").term.tolist()[:2]
    ['regime', 'syria']
    """
    counts = Counts([corpus], choices)
    one, two = (counts.position(doc) for doc in (a, b))
    vectors, whole = counts.vectors(), counts.articles(np.ones(len(counts.owner))).toarray().astype(int)
    product = vectors[one] * vectors[two]
    table = pd.DataFrame({"term": counts.terms, "contribution": product, "in_a": whole[one], "in_b": whole[two]})
    # the terms stand in order, so that those of one contribution stay in it
    order = np.argsort(-product.round(12), kind="stable")
    return table.iloc[order[product[order] != 0]].reset_index(drop=True)


def across(corpus: Corpus, other: Corpus, **choices: str) -> pd.DataFrame:
    """Compute the cosine of each article of one corpus (rows) with each of another (columns), the idf taken over both.

    >>> from helpers.corpus import load_corpus
    >>> float(across(five := load_corpus("seeds"), five).loc["000", "000"])
    1.0
    """
    size, cosines = len(corpus.texts), Counts([corpus, other], choices).cosines()
    return pd.DataFrame(cosines[:size, size:], index=list(corpus.texts), columns=list(other.texts)).round(12)


def jackknife(corpus: Corpus, claims: Sequence[Claim] = (), **choices: str) -> pd.DataFrame:
    """Give the difference that each claim rests on, or without any each cosine, with a delete-one-sentence interval.

    Gives `value, low, high` (1.96 standard errors of the jackknife, each article a stratum) by pair or claim in words.
    A ValueError tells of an article of fewer than two sentences and of a claim that names none of the articles.

    >>> from helpers.corpus import load_corpus
    >>> bool(jackknife(load_corpus("seeds"), [(("000", "004"), ("002", "003"))]).low.iloc[0] > 0)
    True
    """
    counts = Counts([corpus], choices)
    short = [doc for doc, size in zip(counts.docs, np.bincount(counts.owner), strict=True) if size < 2]
    if short:
        raise ValueError(f"article {', '.join(short)} has fewer than two sentences; a jackknife needs two of each")
    wanted: list[Sequence[tuple[str, str]]] = [*claims] or [[pair] for pair in itertools.combinations(counts.docs, 2)]
    full, every = counts.compared(counts.cosines(), wanted), np.arange(len(counts.owner))
    without = np.array([counts.compared(counts.cosines((every != gone).astype(float)), wanted) for gone in every])
    strata = [without[counts.owner == group] for group in range(len(counts.docs))]
    error = 1.96 * np.sqrt(sum((len(stratum) - 1) * stratum.var(axis=0) for stratum in strata))
    return pd.DataFrame({"value": full, "low": full - error, "high": full + error}).round(10)


def resampled(corpus: Corpus, way: str, draws: int = 400, seed: int = 0, **choices: str) -> pd.DataFrame:
    """Draw sentences at random many times and say where the cosines then lie.

    `way` is "bootstrap", each article's sentences drawn with replacement (its interval misses the estimate: a draw
    lacks a third of the sentences), or "shuffled", all sentences dealt anew to articles of the same number of
    sentences. Gives the cosine, `value`, and 2.5, 50 and 97.5 percent of the draws, `low, middle, high`, by pair.

    >>> from helpers.corpus import load_corpus
    >>> len(resampled(load_corpus("seeds"), "bootstrap", draws=2))
    10
    """
    if way not in ("bootstrap", "shuffled"):
        raise ValueError(f"way is {way!r}; use bootstrap or shuffled")
    counts, random = Counts([corpus], choices), np.random.default_rng(seed)
    owner, pairs, drawn = counts.owner, np.triu_indices(len(counts.docs), 1), []
    groups = [np.flatnonzero(owner == group) for group in range(owner.max() + 1)]
    for _ in range(draws):
        if way == "bootstrap":
            chosen = np.concatenate([random.choice(group, len(group)) for group in groups])
            cosines = counts.cosines(np.bincount(chosen, minlength=len(owner)).astype(float))
        else:
            cosines = counts.cosines(owner=random.permutation(owner))
        drawn.append(cosines[pairs])
    low, middle, high = np.percentile(drawn, [2.5, 50, 97.5], axis=0)
    names = [f"{counts.docs[a]} and {counts.docs[b]}" for a, b in zip(*pairs, strict=True)]
    columns = {"value": counts.cosines()[pairs], "low": low, "middle": middle, "high": high}
    return pd.DataFrame(columns, index=names).round(10)


def leave_one_out(corpus: Corpus, claims: Sequence[Claim], **choices: str) -> pd.DataFrame:
    """Say whether each claim holds when an article is left out, so that it no longer bears on any weight.

    Gives the difference of the two cosines, a row a claim in words, a column an article left out, missing where the
    article is part of the claim.

    >>> from helpers.corpus import load_corpus
    >>> leave_one_out(load_corpus("seeds"), [(("000", "004"), ("000", "003"))]).notna().sum(axis=1).tolist()
    [2]
    """
    counts, columns = Counts([corpus], choices), {}
    for gone, doc in enumerate(counts.docs):
        cosines = counts.cosines((counts.owner != gone).astype(float))
        columns[doc] = counts.compared(cosines, claims).mask([doc in sum(claim, ()) for claim in claims])
    return pd.DataFrame(columns).round(10)


def multiverse(corpus: Corpus, claims: Sequence[Claim]) -> pd.DataFrame:
    """Compute the difference each claim rests on under every combination of the choices of preprocessing.

    Gives a row a specification: a column for each of `CHOICES`, then one for each claim in words with the difference of
    its two cosines (above nought it holds). A specification that leaves an article without a word, or folds names
    without a lexicon, is left out; a ValueError tells that none is left.

    >>> from helpers.corpus import load_corpus
    >>> multiverse(load_corpus("seeds"), [(("000", "004"), ("000", "002"))]).shape
    (144, 7)
    """
    rows, fault = list[dict[str, object]](), ""
    for stop, names, text in itertools.product(CHOICES["stop"], CHOICES["names"], CHOICES["text"]):
        chosen = {"stop": stop, "names": names, "text": text}
        try:
            units = [counted(corpus, chosen)]
            for unit in CHOICES["unit"]:
                counts = Counts([corpus], chosen | {"unit": unit}, units)
                for idf, tf in itertools.product(CHOICES["idf"], CHOICES["tf"]):
                    found = counts.compared(counts.cosines(idf=idf, tf=tf), claims).round(10)
                    rows.append({**chosen, "unit": unit, "idf": idf, "tf": tf, **found})
        except ValueError as error:
            fault = str(error)
    if not rows:
        raise ValueError(f"no specification can be computed: {fault}")
    return pd.DataFrame(rows)[[*CHOICES, *found.index]]


def nearest(corpus: Corpus, shortest: int = 8, **choices: str) -> pd.DataFrame:
    """Find for each sentence of `shortest` words or more the one of another article that is most like it.

    Gives a span table with `doc_2, start_2, end_2, text_2, cosine`, most alike first, each pair of sentences once; the
    idf is always over sentences.

    >>> from helpers.corpus import load_corpus
    >>> bool(nearest(load_corpus("seeds")).eval("doc != doc_2").all())
    True
    """
    from sklearn.preprocessing import normalize

    counts = Counts([corpus], choices)
    long = np.flatnonzero([len(unit.split()) >= shortest for unit in counts.units])
    if not len(long):
        return spans.table([], ["doc_2", "start_2", "end_2", "text_2", "cosine"])
    vectors = normalize(counts.rows[long].multiply(counts.idf(np.ones(len(counts.owner)))).tocsr())
    owner, cosines = counts.owner[long], dict[tuple[int, int], float]()
    for begin in range(0, len(long), 500):  # never all against all at once
        block = (vectors[begin : begin + 500] @ vectors.T).toarray().round(12)
        block[owner[begin : begin + 500, None] == owner[None, :]] = -1
        for one, two in enumerate(block.argmax(axis=1).tolist(), begin):
            if (value := float(block[one - begin, two])) > 0:
                cosines[min(one, two), max(one, two)] = value
    pairs = sorted(cosines, key=lambda pair: (-cosines[pair], pair))
    placed = corpus.sentences.set_index(["doc", "n"]).loc[counts.units.index[long]].reset_index()[spans.SPAN]
    one, other = (placed.iloc[[pair[side] for pair in pairs]].reset_index(drop=True) for side in (0, 1))
    return one.join(other.add_suffix("_2")).assign(cosine=[cosines[pair] for pair in pairs])
