"""Agreement against an independent computation and published examples; shares against a deletion by hand."""

import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import agreement
from helpers.corpus import load_corpus

#: Krippendorff (2011), nominal data of two observers (example B) and of four with gaps (example C)
TWO = pd.DataFrame({"a": list("aabbdcccedda"), "b": list("babbbccceddd")})
FOUR = pd.DataFrame(
    [
        (1, 1, None, 1),
        (2, 2, 3, 2),
        (3, 3, 3, 3),
        (3, 3, 3, 3),
        (2, 2, 2, 2),
        (1, 2, 3, 4),
        (4, 4, 4, 4),
        (1, 1, 2, 1),
        (2, 2, 2, 2),
        (None, 5, 5, 5),
        (None, None, 1, 1),
        (None, None, 3, None),
    ],
    columns=list("abcd"),
    dtype=object,
)


def test_published_examples():
    assert agreement.alpha(TWO) == pytest.approx(0.692, abs=0.0005)
    assert agreement.alpha(FOUR) == pytest.approx(0.743, abs=0.0005)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from([0.0, 1.0, 2.0, math.nan]), min_size=3, max_size=3), min_size=2, max_size=20))
def test_it_is_what_an_independent_package_computes(rows):
    table = pd.DataFrame(rows)
    paired = table[table.notna().sum(axis=1) > 1]
    if paired.empty:
        with pytest.raises(ValueError, match="no unit was coded twice"):
            agreement.alpha(table)
    elif len(set(paired.to_numpy()[paired.notna()])) < 2:
        assert math.isnan(agreement.alpha(table))
    else:
        expected = krippendorff.alpha(np.array(rows).T, level_of_measurement="nominal")
        assert agreement.alpha(table) == pytest.approx(expected)


def test_full_agreement_is_one_and_the_interval_holds_it():
    same = pd.DataFrame({"a": list("xyxy"), "b": list("xyxy")})
    assert agreement.alpha(same) == 1
    assert agreement.alpha_interval(same, draws=50) == (1.0, 1.0)
    low, high = agreement.alpha_interval(TWO, draws=200)
    assert low < agreement.alpha(TWO) < high
    assert (low, high) == agreement.alpha_interval(TWO, draws=200)


def test_shares_are_counts_and_their_interval_is_a_jackknife_over_paragraphs(folder):
    corpus = load_corpus(folder({"a": "One two.\nThree four five.\nSix.", "b": "Alone."}))
    words = corpus.words.assign(code=["x", "y", "x", "x", "y", "y", "x"])
    found = agreement.shares(corpus, words, "code", ["x", "y"]).set_index(["doc", "code"])
    assert found.loc[("a", "x"), ["count", "of"]].tolist() == [3, 6]
    without = np.array([2 / 4, 1 / 3, 3 / 5])
    error = math.sqrt(2 / 3 * ((without - without.mean()) ** 2).sum())
    assert found.loc[("a", "x"), "error"] == pytest.approx(error)
    assert found.loc[("a", "x"), "high"] == pytest.approx(min(1, 0.5 + 1.96 * error))
    assert found.loc[("b", "x"), ["low", "high"]].isna().all()
