"""What is no figure has its reason; every row says so of its own example."""

import pytest

from helpers.figures import find_figures
from helpers.figures.excluded import FORMS, RULES


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("in 2019", "year"), ("the 1990s", "year"), ("28 January 2020", "date"), ("January 28", "date"),
        ("at 10.30am", "time"), ("a 70-year-old man", "age"), ("Ali Hassan, 34, said", "age"),
        ("for two months", "duration"), ("a nine-year war", "duration"), ("three to four weeks", "duration"),
        ("the third attack", "ordinal"), ("the 21st century", "ordinal"), ("the M5 highway", "road"),
        ("an AK-47 rifle", "weapon"), ("UNSCR 2254", "resolution"), ("it said.[1]", "footnote"),
        ("2 min read", "reading time"), ("one of the few", "idiom"), ("won 3-1", "other"),
        ("ten times more", "other"), ("Flight 302", "name"), ("Covid-19", "name"), ("that one", "pronoun"),
        ("the two sides met", "pronoun"), ("9" * 400, "other"),
    ],
)  # fmt: skip
def test_what_is_no_figure_has_its_reason(text, reason):
    assert find_figures(text).empty
    assert find_figures(text, excluded=True).reason.tolist() == [reason]


EXAMPLES = [(row.reason, row.example) for row in [*FORMS, *RULES]]


@pytest.mark.parametrize(("reason", "example"), EXAMPLES)
def test_every_row_rules_out_its_example(reason, example):
    left, number, right = example.replace(">", "<").split("<")
    text = left + number + right
    start, end = len(left), len(left + number)
    rows = find_figures(text, excluded=True)
    assert (reason, True) in [(row.reason, row.start < end and row.end > start) for row in rows.itertuples()]
    assert not any(row.start < end and row.end > start for row in find_figures(text).itertuples())


@pytest.mark.parametrize(
    "text", ["In May 300 people fled", "in total, 34.", "12 Marines died", "over 60 soldiers", "2,019 men"]
)
def test_what_only_looks_like_none_is_a_figure(text):
    assert len(find_figures(text)) == 1
