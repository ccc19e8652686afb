import re

import pytest

from helpers import spans
from helpers.corpus import load_corpus


def test_a_relative_folder_is_sought_in_the_parents(monkeypatch, corpus):
    monkeypatch.chdir(corpus.folder.parent / "notebooks")
    assert load_corpus("seeds").texts == corpus.texts


def test_text_names_the_articles_there_are(corpus):
    with pytest.raises(KeyError, match="there is no article '009'; there are 000, 001"):
        corpus.text("009")


def test_folder_faults(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"there is no folder .*nowhere"):
        load_corpus(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match=re.escape("holds no corpus.toml")):
        load_corpus(tmp_path / "empty")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t + "[oops", "corpus.toml: "),
        (lambda t: t.replace('doc = "b"', 'doc = "a"'), r"article 2 \(a\): doc 'a' stands twice"),
        (lambda t: t.replace("label", "lable", 1), "article 1: unknown key 'lable'; use doc, file"),
        (lambda t: t.replace('label = "a"', 'label = ""'), "key 'label' is missing"),
        (lambda t: t.replace("title", "titel"), "unknown key 'titel'"),
        (lambda t: t.replace('"a.txt"', '"z.txt"'), "file 'z.txt' is missing; put it beside corpus.toml"),
        (lambda t: t.replace('label = "a"', "label = 7"), "label is 7; write it as text"),
        (lambda t: t + 'published = "29 January"\n', "published is '29 January'; write 2020-01-29"),
        (lambda t: t + 'outlet_basis = "sure"\n', "outlet_basis is 'sure'; use one of stated, inferred, unknown"),
        (lambda t: "", "it lists no article"),
        (lambda t: "article = 3", "article is 3; write it as a list"),
    ],
)
def test_faults_of_corpus_toml_name_article_value_and_remedy(folder, change, message):
    place = folder({"a": "One.", "b": "Two."})
    toml = place / "corpus.toml"
    toml.write_text(change(toml.read_text()))
    with pytest.raises(spans.CorpusError, match=message):
        load_corpus(place)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"first\nd\xe9j\xe0 vu", "a.txt line 2, byte 7: not UTF-8; save the file as UTF-8"),
        (b"", "a.txt holds no word"),
        (b" \n", "a.txt holds no word"),
    ],
)
def test_faults_of_an_article(folder, raw, message):
    with pytest.raises(spans.CorpusError, match=message):
        load_corpus(folder({"a": raw}))


def test_a_changed_article_is_refused_and_left_as_it_is(folder):
    place = folder({"a": "One."})
    (place / "a.txt").write_text("Two.")
    with pytest.raises(
        spans.CorpusError, match=r"a.txt has changed since its sha256 was recorded; restore it, or read it again"
    ):
        load_corpus(place)
    assert (place / "a.txt").read_text() == "Two."


def test_all_faults_are_listed_at_once(folder):
    place = folder({"a": "One.", "b": b"\xff", "c": ""})
    (place / "a.txt").unlink()
    with pytest.raises(spans.CorpusError) as error:
        load_corpus(place)
    assert len(error.value.faults) == 3


def test_line_ends_and_a_byte_order_mark_are_kept(folder):
    corpus = load_corpus(folder({"a": "\ufeffOne.\r\nTwo.\r\n"}))
    assert corpus.text("a") == "\ufeffOne.\r\nTwo.\r\n"
    assert corpus.sentences.text.tolist() == ["\ufeffOne.", "Two."]


def test_parts_end_sentences_and_leave_the_body(folder):
    parts = "id,doc,quote,prefix,nth,part,repeats\na-p1,a,Big news,,,headline,\na-p2,a,[1],,,footnote_mark,\n"
    corpus = load_corpus(folder({"a": "Big news It began.[1] It ended."}, parts__csv=parts))
    assert corpus.sentences[["text", "part"]].values.tolist() == [
        ["Big news", "headline"],
        ["It began.[1]", "body"],
        ["It ended.", "body"],
    ]
    assert corpus.body("a").text.tolist() == ["It began.", "It ended."]
    assert corpus.articles.words["a"] == 4


def test_an_unknown_part_is_refused(folder):
    parts = "id,doc,quote,prefix,nth,part,repeats\na-p1,a,One,,,title,\n"
    with pytest.raises(
        spans.CorpusError, match=r"parts.csv line 2 \(a-p1\), part: 'title' is unknown; use one of headline"
    ):
        load_corpus(folder({"a": "One."}, parts__csv=parts))


def test_words_of_the_body_are_the_words_of_its_passages(corpus):
    for doc in corpus.texts:
        assert corpus.articles.words[doc] == sum(len(spans.words(text)) for text in corpus.body(doc).text)
