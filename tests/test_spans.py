import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import spans
from helpers.rows import read_rows


def test_locate_says_how_often_a_quote_stands():
    with pytest.raises(ValueError, match="'x' is not in the text; copy it exactly"):
        spans.locate("abc", "x")
    with pytest.raises(ValueError, match="stands in 2 places; say which with prefix or nth"):
        spans.locate("a b a", "a")
    with pytest.raises(ValueError, match="there is no number 3"):
        spans.locate("a b a", "a", nth=3)
    with pytest.raises(ValueError, match="the quote is empty"):
        spans.locate("a", "")


def test_locate_counts_overlapping_places():
    assert spans.locate("aaa", "aa", nth=2) == (1, 3)


@given(st.text(), st.integers(0, 50), st.integers(1, 20))
def test_a_passage_is_located_by_its_number(text, start, size):
    quote = text[start : start + size]
    if quote:
        at, places = text.find(quote), []
        while at >= 0:
            places.append(at)
            at = text.find(quote, at + 1)
        assert [spans.locate(text, quote, nth=n)[0] for n in range(1, len(places) + 1)] == places


@given(st.text())
def test_words_stand_where_they_say_and_never_overlap(text):
    end = 0
    for start, stop in spans.words(text):
        assert end <= start < stop <= len(text)
        assert text[start:stop][0].isalnum()
        assert text[start:stop][-1].isalnum()
        end = stop


def test_check_names_the_row_that_does_not_hold():
    wrong = spans.table([{"doc": "a", "start": 0, "end": 2, "text": "no"}])
    with pytest.raises(ValueError, match="row 0: article a holds 'ye' at 0:2, not 'no'"):
        spans.check(wrong, {"a": "yes"})
    with pytest.raises(ValueError, match="row 0"):
        spans.check(spans.table([{"doc": "b", "start": 0, "end": 1, "text": "y"}]), {"a": "yes"})


def test_join_takes_the_shortest_span_and_says_none_where_there_is_none():
    inner = spans.table([{"doc": "a", "start": at, "end": at + 1, "text": "x"} for at in (2, 8)])
    rows = [
        {"doc": "a", "start": 0, "end": 6, "text": "", "n": 1},
        {"doc": "a", "start": 1, "end": 4, "text": "", "n": 2},
    ]
    assert spans.join(inner, spans.table(rows, ["n"]), {"n": "n"}).n.tolist()[0] == 2
    assert pd.isna(spans.join(inner, spans.table(rows, ["n"]), {"n": "n"}).n[1])


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"a": "one two three four"}, []),
        ({"a": "one two three. One “two” three!"}, [("a", "a", 3)]),
        ({"a": "w one two three x", "b": "y one two three z"}, [("a", "b", 3)]),
        ({"a": "one two three", "b": "one two three one two three"}, [("a", "b", 3), ("a", "b", 3), ("b", "b", 3)]),
        ({"a": "x x x x x x"}, [("a", "a", 5), ("a", "a", 4), ("a", "a", 3)]),
    ],
)
def test_repeated_gives_each_pair_of_places_once_and_at_full_length(texts, expected):
    found = spans.repeated(texts, shortest=3)
    spans.check(found, texts)
    assert list(zip(found.doc, found.doc_2, found.words, strict=True)) == expected


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_repeated_finds_what_a_plain_search_finds(letters):
    text = " ".join(letters)
    found = spans.repeated({"d": text}, shortest=4)
    pairs = {
        (i, j)
        for i in range(len(letters))
        for j in range(i + 1, len(letters))
        if letters[i : i + 4] == letters[j : j + 4] and len(letters[j : j + 4]) == 4
    }
    covered = {(row.start // 2 + k, row.start_2 // 2 + k) for row in found.itertuples() for k in range(row.words - 3)}
    assert covered == pairs


def test_read_lists_all_faults_of_a_file_with_their_lines(tmp_path):
    path = tmp_path / "event" / "coding" / "parts.csv"
    path.parent.mkdir(parents=True)
    path.write_text(
        'id,doc,quote,prefix,nth,part\n1,a,here,,,x\n1,a,here,,,x\n2,b,here,,,x\n3,a,gone,,,x\n4,a,"two\nlines",,,x\n5,a,e,,,x\n6,a,here,,one,x\n7,a,x\n'
    )
    with pytest.raises(spans.CorpusError) as error:
        read_rows(path, {"a": "here and two\nlines"}, ["part"])
    assert [fault.split(": ", 1)[0].split("/")[-1] for fault in error.value.faults] == [
        "parts.csv line 3",
        "parts.csv line 4 (2)",
        "parts.csv line 5 (3)",
        "parts.csv line 8 (5)",
        "parts.csv line 9 (6)",
        "parts.csv line 10",
    ]
    assert "stands twice" in str(error.value)
    assert "doc 'b' is no article" in str(error.value)
    assert "nth 'one' is no number" in str(error.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id,doc,quote\n", "the columns are"),
        ("", "the columns are"),
        ('id,doc,quote,prefix,nth,part\n1,a,"here,,,x\n', "close the quotation marks"),
    ],
)
def test_read_refuses_a_broken_file(tmp_path, content, message):
    path = tmp_path / "event" / "coding" / "parts.csv"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    with pytest.raises(spans.CorpusError, match=message):
        read_rows(path, {"a": "here"}, ["part"])


def test_read_says_that_a_file_is_missing_or_not_utf8(tmp_path):
    path = tmp_path / "event" / "coding" / "parts.csv"
    path.parent.mkdir(parents=True)
    with pytest.raises(spans.CorpusError, match="there is no such file"):
        read_rows(path, {}, [])
    path.write_bytes(b"id,\xe9")
    with pytest.raises(spans.CorpusError, match="byte 3 is not UTF-8"):
        read_rows(path, {}, [])


def test_a_phrase_of_every_text_is_set_against_a_few_places_only():
    texts = {str(n): "one two three four five" for n in range(60)}
    found = spans.repeated(texts, shortest=5)
    assert found.groupby("doc_2").size().max() == 25
