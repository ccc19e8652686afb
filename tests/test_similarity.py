"""Similarity: the plain settings are scikit-learn's, every cosine is the sum of its terms, short texts do no harm."""

import itertools

import numpy as np
import pytest
from conftest import ROOT
from sklearn.feature_extraction.text import TfidfVectorizer

from helpers import similarity, spans
from helpers.corpus import load_corpus

LEXICON = '[name]\n"Old Town" = { forms = ["Oldtown"] }\n'
CLAIM = (("a", "b"), ("a", "c"))
THREE = {
    "a": "Troops took the town. They burnt a mill.\nThe river rose.",
    "b": "The town fell to troops. A mill was burnt.\nNobody came.",
    "c": "People fled north. Snow fell on the road.\nThe camps were full.",
}


@pytest.mark.parametrize(
    ("choices", "options"),
    [
        ({"stop": "kept"}, {}),
        ({"stop": "kept", "tf": "sublinear"}, {"sublinear_tf": True}),
        ({"stop": "left out"}, {"stop_words": "english"}),
    ],
)
@pytest.mark.filterwarnings("ignore:Your stop_words may be inconsistent")
def test_the_matrix_is_scikit_learns_where_the_idf_is_over_articles(corpus, choices, options):
    texts = [
        " ".join(
            spans.fold(text[s:e]).removesuffix("'s") for text in corpus.body(doc).text for s, e in spans.words(text)
        )
        for doc in corpus.texts
    ]
    plain = TfidfVectorizer(token_pattern=r"\S+", **options).fit_transform(texts)
    assert np.allclose(similarity.tfidf(corpus, idf="articles", **choices), (plain @ plain.T).toarray(), atol=1e-12)


@pytest.mark.parametrize("pair", list(itertools.combinations(["000", "001", "002", "003", "004"], 2)))
@pytest.mark.parametrize("choices", [{}, {"unit": "characters", "tf": "sublinear", "names": "folded", "text": "whole"}])
def test_contributions_sum_to_the_cosine(corpus, pair, choices):
    parts = similarity.explain(corpus, *pair, **choices)
    assert abs(parts.contribution.sum() - similarity.tfidf(corpus, **choices).loc[pair]) < 1e-12
    assert (parts[["in_a", "in_b"]] > 0).all(axis=None)
    assert parts.contribution.round(12).is_monotonic_decreasing


def test_the_matrix_is_symmetric_with_ones_and_does_not_depend_on_the_order(folder):
    one = similarity.tfidf(load_corpus(folder(THREE)))
    other = similarity.tfidf(load_corpus(folder(dict(reversed(THREE.items())))))
    assert np.allclose(one, one.T)
    assert np.allclose(np.diag(one), 1)
    assert one.equals(other.loc[one.index, one.columns])


def test_identical_articles_are_at_one_and_strangers_at_zero(folder):
    found = similarity.tfidf(load_corpus(folder({"a": "Troops came.", "b": "Troops came.", "c": "People fled."})))
    assert found.loc["a", "b"] == 1
    assert found.loc["a", "c"] == 0


def test_folding_brings_two_spellings_together(folder):
    corpus = load_corpus(folder({"a": "Oldtown", "b": "Old Town"}, lexicon__toml=LEXICON))
    assert similarity.tfidf(corpus).loc["a", "b"] == 0
    assert similarity.tfidf(corpus, names="folded").loc["a", "b"] == 1


def test_quoted_words_and_repeats_can_be_left_out_and_counted(folder):
    text = 'Big headline\nThe mill burnt. "We left," Sara Haddad said.'
    parts = "id,doc,quote,prefix,nth,part,repeats\na-p1,a,Big headline,,,headline,\n"
    corpus = load_corpus(folder({"a": text}, parts__csv=parts))
    counted = {
        value: set(similarity.explain(corpus, "a", "a", text=value, stop="kept").term)
        for value in similarity.CHOICES["text"]
    }
    assert counted["whole"] - counted["running"] == {"big", "headline"}
    assert counted["running"] - counted["own voice"] == {"we", "left"}


def test_a_jackknife_leaves_out_each_sentence_once(folder):
    corpus = load_corpus(folder(THREE))
    found = similarity.jackknife(corpus)
    full, squares = similarity.tfidf(corpus).loc["a", "b"], 0.0
    for doc, text in THREE.items():
        mine = corpus.sentences[corpus.sentences.doc == doc]
        values = []
        for row in mine.itertuples():
            rest = load_corpus(folder({**THREE, doc: text[: row.start] + text[row.end :]}))
            values.append(similarity.tfidf(rest).loc["a", "b"])
        squares += (len(values) - 1) / len(values) * ((np.array(values) - np.mean(values)) ** 2).sum()
    row = found.loc["a and b"]
    assert row.value == pytest.approx(full)
    assert (row.high - row.value) == pytest.approx(1.96 * np.sqrt(squares))
    difference = similarity.jackknife(corpus, [CLAIM]).loc["a and b than a and c"]
    assert difference.value == pytest.approx(found.value["a and b"] - found.value["a and c"])


def test_the_bootstrap_misses_its_own_estimate_and_a_deal_keeps_the_sizes(corpus):
    drawn = similarity.resampled(corpus, "bootstrap", draws=100)
    assert (drawn.high < drawn.value).all()
    dealt = similarity.resampled(corpus, "shuffled", draws=50)
    assert dealt.equals(similarity.resampled(corpus, "shuffled", draws=50))
    assert not dealt.equals(similarity.resampled(corpus, "shuffled", draws=50, seed=1))


@pytest.mark.slow
def test_the_multiverse_is_every_combination_and_agrees_with_the_matrix(corpus):
    claim = (("000", "004"), ("002", "003"))
    found = similarity.multiverse(corpus, [claim])
    assert len(found) == np.prod([len(values) for values in similarity.CHOICES.values()]) >= 64
    assert not found.duplicated(list(similarity.CHOICES)).any()
    for at in (0, 77, 143):
        matrix = similarity.tfidf(corpus, **found.loc[at, list(similarity.CHOICES)].to_dict())
        assert found.loc[at].iloc[-1] == pytest.approx(matrix.loc["000", "004"] - matrix.loc["002", "003"], abs=1e-9)


def test_leaving_an_article_out_is_the_matrix_of_the_others(folder):
    found = similarity.leave_one_out(load_corpus(folder({**THREE, "d": "Troops fled."})), [CLAIM])
    rest = similarity.tfidf(load_corpus(folder(THREE)))
    assert found.loc["a and b than a and c", "d"] == pytest.approx(rest.loc["a", "b"] - rest.loc["a", "c"])
    assert found[["a", "b", "c"]].isna().all(axis=None)


def test_the_nearest_sentence_of_an_identical_article_is_the_same_one(folder):
    text = "Troops took the town on a cold grey morning. Some people fled north along the old coast road."
    found = similarity.nearest(load_corpus(folder({"a": text, "b": text})), stop="kept")
    assert found.cosine.tolist() == [1, 1]
    assert found.text.tolist() == found.text_2.tolist()
    assert similarity.nearest(load_corpus(folder({"a": text, "b": "Troops fled."}))).empty


def test_one_article_alone_and_an_article_without_running_text(folder):
    alone = load_corpus(folder({"a": "Troops came. Troops left."}))
    assert similarity.tfidf(alone).values.tolist() == [[1]]
    assert similarity.jackknife(alone).empty
    assert similarity.resampled(alone, "bootstrap", draws=3).empty
    assert similarity.nearest(alone, shortest=1).empty
    parts = "id,doc,quote,prefix,nth,part,repeats\nb-p1,b,All headline,,,headline,\n"
    with pytest.raises(ValueError, match="article b has no running text"):
        similarity.tfidf(load_corpus(folder({"a": "Troops.", "b": "All headline"}, parts__csv=parts)))


def test_an_article_of_stop_words_alone_is_an_error_or_left_out_never_a_hole(folder):
    corpus = load_corpus(folder({"a": "Troops took the it.", "b": "It was of the.", "c": "Troops fled."}))
    with pytest.raises(ValueError, match="article b has no running text to count under text running, stop left out"):
        similarity.tfidf(corpus, stop="left out")
    found = similarity.multiverse(corpus, [CLAIM])
    assert set(found.stop) == {"kept"}
    assert found.notna().all(axis=None)
    parts = "id,doc,quote,prefix,nth,part,repeats\nb-p1,b,It,,,headline,\n"
    empty = load_corpus(folder({"a": "Troops.", "b": "It"}, parts__csv=parts))
    with pytest.raises(ValueError, match="has no running text"):
        similarity.tfidf(empty)


def test_a_short_article_has_no_jackknife_and_says_so(folder):
    with pytest.raises(ValueError, match="article b has fewer than two sentences"):
        similarity.jackknife(load_corpus(folder({"a": "One came. Two went.", "b": "One came."})))


def test_an_unknown_choice_article_or_way_is_refused(corpus):
    with pytest.raises(ValueError, match="idf is 'words'; use one of sentences, articles"):
        similarity.tfidf(corpus, idf="words")
    with pytest.raises(ValueError, match="use one of unit, idf"):
        similarity.tfidf(corpus, ifd="sentences")
    with pytest.raises(ValueError, match="there is no article '009'"):
        similarity.explain(corpus, "009", "000")
    with pytest.raises(ValueError, match="use bootstrap or shuffled"):
        similarity.resampled(corpus, "dealt")


def test_the_nearest_article_is_of_the_same_event(corpus):
    fire = load_corpus(ROOT / "notebooks" / "harbour_fire")
    between = similarity.across(corpus, fire)
    assert similarity.tfidf(corpus).min(axis=1).min() > between.max(axis=None)
    assert similarity.tfidf(fire).min(axis=1).min() > between.max(axis=None)
