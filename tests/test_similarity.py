import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from helpers import similarity, spans
from helpers.corpus import load_corpus

LEXICON = '[name]\n"Old Town" = { forms = ["Oldtown"] }\n'


def test_the_matrix_is_scikit_learns_where_the_idf_is_over_articles(corpus):
    texts = [" ".join(corpus.body(doc).text) for doc in corpus.texts]
    plain = TfidfVectorizer(
        analyzer=lambda text: [spans.fold(text[s:e]).removesuffix("'s") for s, e in spans.words(text)]
    ).fit_transform(texts)
    assert np.allclose(similarity.tfidf(corpus, idf="articles"), (plain @ plain.T).toarray(), atol=1e-12)


def test_the_matrix_is_symmetric_with_ones_and_does_not_depend_on_the_order(folder):
    texts = {"a": "Troops took the town.", "b": "The town fell to troops.", "c": "People fled north."}
    one = similarity.tfidf(load_corpus(folder(texts)))
    other = similarity.tfidf(load_corpus(folder(dict(reversed(texts.items())))))
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


def test_one_article_alone_and_an_article_without_running_text(folder):
    assert similarity.tfidf(load_corpus(folder({"a": "Alone."}))).values.tolist() == [[1]]
    parts = "id,doc,quote,prefix,nth,part,repeats\nb-p1,b,All headline,,,headline,\n"
    with pytest.raises(ValueError, match="article b has no running text"):
        similarity.tfidf(load_corpus(folder({"a": "One.", "b": "All headline"}, parts__csv=parts)))


def test_an_unknown_choice_is_refused(corpus):
    with pytest.raises(ValueError, match="idf is 'words'; use one of sentences, articles"):
        similarity.tfidf(corpus, idf="words")
