"""Numbers are read in digits and in words, and their hedges as far as they reach."""

import pytest

from helpers.figures.numbers import read_hedge, read_number


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("twenty-five men", "twenty-five", 25),
        ("two million three hundred thousand men", "two million three hundred thousand", 2.3e6),
        ("five thousand, two hundred and six men", "five thousand, two hundred and six", 5206),
        ("one hundred and one hundred", "one hundred and one", 101),
        ("two, three men", "two", 2),
        ("a hundred men", "a hundred", 100),
        ("half a dozen men", "half a dozen", 6),
        ("three quarters of a million men", "three quarters of a million", 750_000),
        ("two and a half million men", "two and a half million", 2.5e6),
        ("six point five million men", "six point five million", 6.5e6),
        ("2,5 million men", "2,5 million", 2.5e6),
        ("1.234.567 men", "1.234.567", 1_234_567),
        ("2½ million men", "2½ million", 2.5e6),
        ("½ of the men", "½", 0.5),
        ("3.5m men", "3.5m", 3.5e6),
        ("nine out of every ten men", "nine out of every ten", 0.9),
        ("3 in 10,000 men", "3", 3),
        ("2.3 million men", "2.3 million", 2_300_000),
        ("65.4 billion men", "65.4 billion", 65_400_000_000),
        ("150 crore rupees", "150 crore", 1.5e9),
        ("1,000,00 men", "1", 1),
        ("٣٤ men", "٣٤", 34),
        ("hundreds of thousands of men", "hundreds of thousands", 200_000),
    ],
)
def test_a_number_has_its_value_and_its_end(text, written, value):
    number = read_number(text, 0)
    assert (text[: number.end], number.value) == (written, value)


@pytest.mark.parametrize("text", ["in", "", "% 5", "point five", "hundred"])
def test_where_no_number_begins_there_is_none(text):
    assert read_number(text, 0) is None


def test_a_hedge_reaches_over_the_words_that_belong_to_it():
    assert read_hedge("estimated an to up flee".split()) == (4, ["about", "upper"])
    assert read_hedge("another least at".split()) == (3, ["lower"])
    assert read_hedge("another died".split()) == (0, [])
    assert read_hedge("just was".split()) == (0, [])
