"""Keyness: which words mark one article against the others, and how sure that is."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.corpus import Corpus
from helpers.terms import counted_words

__all__ = ["keyness"]


def log_odds(here: Mapping[str, float], there: Mapping[str, float], prior: Mapping[str, float]) -> pd.Series:
    """Compute the log-odds of each word in one text against another, with an informative Dirichlet prior.

    `here` and `there` are counts, `prior` are pseudo-counts added to both, a positive number for every word of either;
    the ratio (Monroe, Colaresi and Quinn 2008, equation 16) is positive for a word of `here`.

    >>> log_odds({"a": 3, "b": 1}, {"a": 1, "b": 3}, {"a": 1, "b": 1}).round(3).to_dict()
    {'a': 1.386, 'b': -1.386}
    """
    missing = sorted({*here, *there} - {word for word, weight in prior.items() if weight > 0})
    if missing:
        raise ValueError(f"no positive prior for {', '.join(missing[:5])}; give one for every word counted")
    y, z = (pd.Series({word: counts.get(word, 0) + prior[word] for word in prior}) for counts in (here, there))
    return np.log(y / (y.sum() - y)) - np.log(z / (z.sum() - z))


def keyness(corpus: Corpus, doc: str, prior_size: float = 500.0, words: pd.Series | None = None) -> pd.DataFrame:
    """Score each word of an article's running text against the others, with a delete-one-paragraph jackknife interval.

    The prior is `prior_size` pseudo-words, spread as the other articles use them; `words` says how each of
    `corpus.words` is counted, as `terms.counted_words` does. Gives `here` and `others` (counts), `paragraphs` (that
    hold it), `score` (log-odds), `low` and `high` (95%) by word, highest score first, without words of a single
    paragraph: deleting it deletes the word. A ValueError refuses an article of fewer than three paragraphs, or one
    alone.

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
    weights = pd.Series({word: there[word] + 0.5 for word in {**here, **there}})
    prior = (weights * prior_size / weights.sum()).to_dict()
    held = [Counter(group) for _, group in words[mine.index].groupby(paragraph.to_numpy())]
    spread = Counter(word for counts in held for word in counts)
    kept = pd.Index([word for word in here if spread[word] > 1], dtype=str, name="word")
    columns = {"here": kept.map(here), "others": kept.map(there), "paragraphs": kept.map(spread)}
    score = log_odds(here, there, prior)[kept]
    without = pd.DataFrame([log_odds(here - counts, there, prior) for counts in held])[kept]
    half = 1.96 * np.sqrt(len(held) - 1) * without.std(ddof=0)
    columns |= {"score": score, "low": score - half, "high": score + half}
    table = pd.DataFrame(columns, index=kept).round(10)
    return table.sort_values(["score", "here"], ascending=False, kind="stable")
