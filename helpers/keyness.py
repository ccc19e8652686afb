"""Keyness: which words mark one article against the others, and how sure that is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from helpers.corpus import Corpus
from helpers.terms import counted_words

__all__ = ["keyness"]


def log_odds(here: Mapping[str, float], there: Mapping[str, float], prior: Mapping[str, float]) -> dict[str, float]:
    """Compute the log-odds of each word in one text against another, with an informative Dirichlet prior.

    Parameters
    ----------
    here, there : counts of each word in the two texts
    prior : pseudo-counts added to both, a positive number for every word of either

    Returns
    -------
    log-odds ratio of each word of the prior (Monroe, Colaresi and Quinn 2008, equation 16), positive for `here`

    >>> round(log_odds({"a": 3, "b": 1}, {"a": 1, "b": 3}, {"a": 1, "b": 1})["a"], 3)
    1.386
    """
    missing = sorted({*here, *there} - {word for word, weight in prior.items() if weight > 0})
    if missing:
        raise ValueError(f"no positive prior for {', '.join(missing[:5])}; give one for every word counted")
    total, one, two = sum(prior.values()), sum(here.values()), sum(there.values())
    scores = {}
    for word, weight in prior.items():
        y, z = here.get(word, 0) + weight, there.get(word, 0) + weight
        scores[word] = math.log(y / (one + total - y)) - math.log(z / (two + total - z))
    return scores


def keyness(corpus: Corpus, doc: str, prior_size: float = 500.0, words: pd.Series | None = None) -> pd.DataFrame:
    """Score each word of an article against the other articles, with a delete-one-paragraph jackknife interval.

    Parameters
    ----------
    corpus, doc : the articles, of which running text counts, and the one in question
    prior_size : pseudo-words of the prior, spread over the words as the other articles use them
    words : how each row of `corpus.words` is counted (missing: not at all), as `terms.counted_words` gives it; by
        default without folding names

    Returns
    -------
    DataFrame indexed by word with `here` and `others` (counts), `paragraphs` (of the article that hold it), `score`
    (log-odds), `low` and `high` (95% jackknife interval), highest score first; words of a single paragraph are left
    out, since deleting that paragraph deletes the word

    Raises
    ------
    ValueError if the article has fewer than three paragraphs or there is no other article

    >>> from helpers.corpus import load_corpus
    >>> bool(keyness(load_corpus("seeds"), "000").loc["regime", "low"] > 0)
    True
    """
    words = counted_words(corpus, {}) if words is None else words
    running = corpus.words[corpus.words.part == "body"]
    running = running[words.reindex(running.index).notna()]
    mine = running[running.doc == doc]
    paragraph = mine.start.map(lambda at: corpus.text(doc).count("\n", 0, at))
    here, there = Counter(words[mine.index]), Counter(words[running.index[running.doc != doc]])
    if paragraph.nunique() < 3 or not there:
        raise ValueError(f"article {doc} needs three paragraphs and another article to be compared with")
    # the prior is the other articles; half a word for those they lack keeps every weight positive
    weights = {word: there[word] + 0.5 for word in {**here, **there}}
    total = sum(weights.values())
    prior = {word: weight * prior_size / total for word, weight in weights.items()}
    full = log_odds(here, there, prior)
    held = {at: Counter(group) for at, group in words[mine.index].groupby(paragraph.to_numpy())}
    spread = Counter(word for counts in held.values() for word in counts)
    replicates = [log_odds(here - counts, there, prior) for counts in held.values()]
    n, rows = len(replicates), []
    for word in (word for word in here if spread[word] > 1):
        values = [replicate[word] for replicate in replicates]
        mean = sum(values) / n
        error = math.sqrt((n - 1) / n * sum((value - mean) ** 2 for value in values))
        score, half = full[word], 1.96 * error
        rows.append((word, here[word], there[word], spread[word], score, score - half, score + half))
    columns = ["word", "here", "others", "paragraphs", "score", "low", "high"]
    table = pd.DataFrame(rows, columns=columns).set_index("word").round(10)
    return table.sort_values(["score", "here"], ascending=False, kind="stable")
