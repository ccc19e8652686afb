"""How alike two articles are: TF-IDF cosine."""

from __future__ import annotations

import pandas as pd

from helpers import spans
from helpers.corpus import Corpus
from helpers.terms import fold_names, load_lexicon

__all__ = ["tfidf"]


def tfidf(corpus: Corpus, *, idf: str = "sentences", names: str = "raw") -> pd.DataFrame:
    """Compute the TF-IDF cosine of each two articles over the words of their running text.

    Parameters
    ----------
    corpus : the articles
    idf : what a document frequency counts, "sentences" or "articles"; the idf is smoothed, as in scikit-learn
    names : "raw", as spelt, or "folded" to one spelling each by the lexicon

    Returns
    -------
    DataFrame doc × doc, rounded to 12 decimals; 1 on the diagonal

    Raises
    ------
    ValueError if a choice is unknown or an article has no running text

    >>> from helpers.corpus import load_corpus
    >>> float(tfidf(load_corpus("seeds")).loc["000", "000"])
    1.0
    """
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    for name, value, allowed in (("idf", idf, ["sentences", "articles"]), ("names", names, ["raw", "folded"])):
        if value not in allowed:
            raise ValueError(f"{name} is {value!r}; use one of {', '.join(allowed)}")
    spellings = load_lexicon(corpus)["names"] if names == "folded" else {}
    running = {doc: [fold_names(text, spellings) for text in corpus.body(doc).text] for doc in corpus.texts}
    empty = [doc for doc, passages in running.items() if not passages]
    if empty:
        raise ValueError(f"article {', '.join(empty)} has no running text; check its rows in coding/parts.csv")
    counter = CountVectorizer(analyzer=_words).fit(" ".join(passages) for passages in running.values())
    counts = counter.transform(" ".join(passages) for passages in running.values())
    if idf == "articles":
        weights = TfidfTransformer().fit(counts)
    else:
        inside = spans.join(corpus.sentences, corpus.parts, {"part": "inside"})
        units = [fold_names(text, spellings) for text in inside[inside.inside.isna()].text]
        weights = TfidfTransformer().fit(counter.transform(units))
    vectors = weights.transform(counts)
    docs = list(running)
    return pd.DataFrame((vectors @ vectors.T).toarray(), index=docs, columns=docs).round(12)


def _words(text: str) -> list[str]:
    """Give the folded words of a text, the possessive 's left out."""
    return [spans.fold(text[start:end]).removesuffix("'s") for start, end in spans.words(text)]
