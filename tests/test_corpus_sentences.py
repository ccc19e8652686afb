import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.corpus import split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \u00a0\n\n", []),
        ("One. Two.", ["One.", "Two."]),
        ("No stop\nat the line's end", ["No stop", "at the line's end"]),
        ("It rose to 3.5 million. The U.N. said so.", ["It rose to 3.5 million.", "The U.N. said so."]),
        ("It ended.[1] Then came more.[2][3]", ["It ended.[1]", "Then came more.[2][3]"]),
        ("They fled (268,298 people).[1]", ["They fled (268,298 people).[1]"]),
        ("The message[2] said so.", ["The message[2] said so."]),
        ("He left.\u00a0\r\nShe stayed.", ["He left.", "She stayed."]),
    ],
)
def test_sentences(text, expected):
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@given(st.text(alphabet=st.sampled_from("aB .!?\n\r\u00a0\u2028“”\"[1]'é—")))
def test_every_character_that_is_no_blank_is_in_exactly_one_sentence(text):
    covered = [0] * len(text)
    for start, end in split_sentences(text):
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        for at in range(start, end):
            covered[at] += 1
    assert all(n == 1 for n, character in zip(covered, text, strict=True) if not character.isspace())
    assert max(covered, default=0) <= 1


@given(st.text())
def test_no_text_raises(text):
    assert all(0 <= start < end <= len(text) for start, end in split_sentences(text))
