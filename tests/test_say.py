import math

import pytest

from helpers.say import BROKEN, Sentence, listed, say


def test_numbers_are_parted_and_formats_are_kept():
    assert (
        say("{a}, {b:.0%}, {c:.1f}, {d}, {e}", a=52378, b=0.149, c=5.78, d="x", e=["p", "q"])
        == "52,378, 15%, 5.8, x, p and q"
    )


def test_a_sentence_stands_only_while_all_its_conditions_hold():
    assert say("All {n} agree.", True, 3 > 2, n=3) == "All 3 agree."
    broken = say("All {n} agree.", True, 2 > 3, n=3)
    assert broken.startswith(BROKEN)
    assert "All 3 agree." in broken


def test_a_condition_that_cannot_be_decided_does_not_hold():
    assert say("It is so.", math.nan > 1).startswith(BROKEN)


def test_a_name_without_a_value_is_an_error():
    with pytest.raises(KeyError, match="n"):
        say("All {n} agree.")


def test_a_value_that_the_sentence_does_not_show_is_an_error():
    with pytest.raises(KeyError, match="m: the sentence has no such name"):
        say("All {n} agree.", n=1, m=2)


def test_a_sentence_may_be_written_in_lines_and_keeps_its_paragraphs_and_lists():
    text = """
        One
        two.

        - three
        - four
        five
        1. six"""
    assert say(text) == "One two.\n\n- three\n- four five\n1. six"


def test_braces_of_a_value_are_text():
    assert say("He said {word}.", word="{so}") == "He said {so}."


def test_sentences_join_into_one_that_a_notebook_shows():
    joined = say("One.") + say("Two.")
    assert isinstance(joined, Sentence)
    assert joined._repr_markdown_() == "One. Two."


def test_lists_in_words():
    assert [listed([]), listed(["a"]), listed("ab"), listed("abc", "or")] == ["", "a", "a and b", "a, b or c"]
