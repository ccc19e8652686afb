import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import keyness, spans
from helpers.corpus import load_corpus


def test_log_odds_is_the_published_formula_worked_by_hand():
    # one word of ten here, two of twenty there; a prior of 3 pseudo-words in 30
    here, there, prior = {"a": 1, "b": 9}, {"a": 2, "b": 18}, {"a": 3, "b": 27}
    by_hand = math.log((1 + 3) / (10 + 30 - 1 - 3)) - math.log((2 + 3) / (20 + 30 - 2 - 3))
    assert keyness.log_odds(here, there, prior)["a"] == pytest.approx(by_hand)


def test_log_odds_is_an_independent_computation_with_arrays():
    rng = np.random.default_rng(7)
    y, z, a = rng.integers(0, 40, 50), rng.integers(0, 90, 50), rng.random(50) + 0.1
    theta = [(count + a) / (count.sum() + a.sum() - count - a) for count in (y, z)]
    words = [f"w{n}" for n in range(50)]
    found = keyness.log_odds(*(dict(zip(words, values, strict=True)) for values in (y, z, a)))
    assert np.allclose([found[word] for word in words], np.log(theta[0]) - np.log(theta[1]))


COUNTS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 50), min_size=2)


@given(COUNTS, COUNTS, st.floats(0.1, 100))
def test_log_odds_turns_its_sign_when_the_texts_are_exchanged(here, there, size):
    prior = dict.fromkeys("abcd", size)
    one, other = keyness.log_odds(here, there, prior), keyness.log_odds(there, here, prior)
    assert all(one[word] == pytest.approx(-other[word], abs=1e-9) for word in prior)


def test_limit_cases():
    here, there = {"a": 5, "b": 5}, {"a": 1, "b": 9}
    strong = keyness.log_odds(here, there, {"a": 1e9, "b": 1e9})
    weak = keyness.log_odds(here, there, {"a": 1e-9, "b": 1e-9})
    assert strong["a"] == pytest.approx(0, abs=1e-6)  # an overwhelming prior says nothing is special
    assert weak["a"] == pytest.approx(math.log(5 / 5) - math.log(1 / 9))  # without one, the plain odds ratio
    assert keyness.log_odds(here, here, {"a": 1, "b": 1})["a"] == 0
    with pytest.raises(ValueError, match="no positive prior for b; give one for every word"):
        keyness.log_odds(here, there, {"a": 1})


TEXTS = {
    "a": "Rebels left town.\nRebels came back.\nTown folk and rebels met.\nThe end.",
    "b": "The town was quiet. The end came.",
}


def test_words_of_one_paragraph_are_left_out_and_counts_stand_beside_scores(folder):
    table = keyness.keyness(load_corpus(folder(TEXTS)), "a")
    assert sorted(table.index) == ["rebels", "town"]
    assert table.loc["rebels", ["here", "others", "paragraphs"]].tolist() == [3, 0, 3]
    assert table.loc["town", ["here", "others"]].tolist() == [2, 1]
    assert ((table.low <= table.score) & (table.score <= table.high)).all()


def test_the_jackknife_is_recomputed_by_leaving_paragraphs_out(folder):
    corpus = load_corpus(folder(TEXTS))
    table = keyness.keyness(corpus, "a", prior_size=20)
    lines = [Counter(spans.fold(line[s:e]) for s, e in spans.words(line)) for line in TEXTS["a"].splitlines()]
    here, there = sum(lines, Counter()), Counter(spans.fold(TEXTS["b"][s:e]) for s, e in spans.words(TEXTS["b"]))
    weights = {word: there[word] + 0.5 for word in {**here, **there}}
    prior = {word: 20 * weight / sum(weights.values()) for word, weight in weights.items()}
    values = np.array([keyness.log_odds(here - line, there, prior)["rebels"] for line in lines])
    error = math.sqrt((len(values) - 1) / len(values) * ((values - values.mean()) ** 2).sum())
    assert table.loc["rebels", "high"] - table.loc["rebels", "score"] == pytest.approx(1.96 * error)


def test_an_article_that_is_alone_or_too_short_is_refused(folder):
    with pytest.raises(ValueError, match="article a needs three paragraphs and another article"):
        keyness.keyness(load_corpus(folder({"a": TEXTS["a"]})), "a")
    with pytest.raises(ValueError, match="article b needs three paragraphs"):
        keyness.keyness(load_corpus(folder(TEXTS)), "b")
