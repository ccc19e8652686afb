"""Figures: what they are, where they stand, how far they reach, and that no text stops or slows them."""

import math
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import coding, spans
from helpers.figures import find_figures

INF = math.inf


def one(text):
    """Give the only figure of a text as (text, low, high, low_open, high_open, approx, unit)."""
    found = find_figures(text)
    assert len(found) == 1, found.text.tolist()
    return tuple(found.loc[0, ["text", "low", "high", "low_open", "high_open", "approx", "unit"]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,440 barrel bombs fell", ("1,440", 1440, 1440, False, False, False, "barrel bombs")),
        ("1\u00a0440 barrel bombs fell", ("1\u00a0440", 1440, 1440, False, False, False, "barrel bombs")),
        ("some 3.5 million Syrian refugees", ("some 3.5 million", 3.5e6, 3.5e6, False, False, True, "Syrian refugees")),
        ("9.8m people", ("9.8m", 9.8e6, 9.8e6, False, False, False, "people")),
        ("20 thousand homes", ("20 thousand", 2e4, 2e4, False, False, False, "homes")),
        ("two hundred and fifty men", ("two hundred and fifty", 250, 250, False, False, False, "men")),
        ("half a million children", ("half a million", 5e5, 5e5, False, False, False, "children")),
        ("at least 73 people", ("at least 73", 73, INF, False, False, False, "people")),
        ("more than 359 fighters", ("more than 359", 359, INF, True, False, False, "fighters")),
        ("nearly 300 homes", ("nearly 300", -INF, 300, False, True, True, "homes")),
        ("fewer than 20 arrests", ("fewer than 20", -INF, 20, False, True, False, "arrests")),
        ("up to 40 boats", ("up to 40", -INF, 40, False, False, False, "boats")),
        ("up to an estimated 40 boats", ("up to an estimated 40", -INF, 40, False, False, True, "boats")),
        ("500 or more tents", ("500 or more", 500, INF, False, False, False, "tents")),
        ("80 or so tents", ("80 or so", 80, 80, False, False, True, "tents")),
        ("between 120 and 150 tents", ("between 120 and 150", 120, 150, False, False, False, "tents")),
        ("120-150 tents", ("120-150", 120, 150, False, False, False, "tents")),
        ("from 44 to 50 villages", ("from 44 to 50", 44, 50, False, False, False, "villages")),
        ("3 to 4 million people", ("3 to 4 million", 3e6, 4e6, False, False, False, "people")),
        ("dozens of families", ("dozens", 24, INF, False, False, False, "families")),
        ("a couple of hundred men", ("a couple of hundred", 200, 200, False, False, True, "men")),
        ("several hundred men", ("several hundred", 300, INF, False, False, False, "men")),
        ("61.3 per cent of voters", ("61.3 per cent", 61.3, 61.3, False, False, False, "voters")),
        ("around 80% of the crops", ("around 80%", 80, 80, False, False, True, "crops")),
        ("two-thirds of voters", ("two-thirds", 2 / 3, 2 / 3, False, False, False, "voters")),
        ("one in four schools", ("one in four", 0.25, 0.25, False, False, False, "schools")),
        ("killing no rescue workers", ("no", 0, 0, False, False, False, "rescue workers")),
        ("Nobody was hurt.", ("Nobody", 0, 0, False, False, False, "")),
        ("338 targeted locations", ("338", 338, 338, False, False, False, "targeted locations")),
        ("1,200 (mostly young) men", ("1,200", 1200, 1200, False, False, False, "men")),
        ("a 12-member panel", ("12", 12, 12, False, False, False, "member")),
    ],
)
def test_a_figure_is_an_open_interval_with_its_unit(text, expected):
    assert one(text) == expected


def values(text):
    return [(f.low, f.high, f.unit) for f in find_figures(text).itertuples()]


def test_a_rise_is_two_figures_and_a_partitive_is_two_with_one_unit():
    assert values("The toll rose from 44 to 50.") == [(44, 44, ""), (50, 50, "")]
    assert values("13 of the country's 38 districts") == [(13, 13, "districts"), (38, 38, "districts")]


def test_a_unit_left_out_is_carried_over_and_marked():
    found = find_figures(
        "It killed over 130 civilians and wounded more than 263. Another 12 died. Later 30 were left dead."
    )
    assert found.unit.tolist()[:3] == ["civilians"] * 3
    assert found.carried.tolist()[:3] == [False, True, True]


def test_a_hedge_reaches_only_its_own_number():
    found = find_figures("more than 670 air strikes, 1,440 barrel bombs and 808 rockets")
    assert found.high.tolist() == [INF, 1440, 808]


def test_one_is_a_figure_only_beside_another_number():
    assert values("One soldier and three civilians died.") == [(1, 1, "soldier"), (3, 3, "civilians")]
    assert values("One soldier died.") == []


def test_an_empty_text_has_the_columns_of_a_full_one():
    assert find_figures("").columns.tolist() == find_figures("12 men").columns.tolist()
    assert find_figures("", excluded=True).columns.tolist() == ["start", "end", "text", "reason"]


BITS = st.sampled_from(
    [
        *"1 12 1,440 3.5 million half a one two the of percent % no people dozens thousands between and to - – ( ) [ ]"
        ' in 2019 January M5 AK-47 $ year-old days third ” " , . nobody was killed hundred ٣ ½ ² 00000 é İ'.split(),
        *("more than", "up to", "or more", "\n", "\u00a0", "9" * 400),
    ]
)
TEXTS = st.one_of(
    st.lists(BITS, max_size=14).map(" ".join), st.lists(BITS, max_size=14).map("".join), st.text(max_size=60)
)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_no_text_raises_and_each_number_is_in_exactly_one_row(text):
    rows = [*find_figures(text).itertuples(), *find_figures(text, excluded=True).itertuples()]
    end = 0
    for row in sorted(rows, key=lambda row: row.start):
        assert end <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.text
        end = row.end
    for match in re.finditer(r"\d+", text):
        assert sum(row.start <= match.start() and match.end() <= row.end for row in rows) == 1


@given(TEXTS)
def test_an_interval_is_no_narrower_than_what_is_written(text):
    for figure in find_figures(text).itertuples():
        assert figure.low <= figure.high
        assert not (math.isinf(figure.low) and math.isinf(figure.high))


@pytest.fixture(scope="module")
def coded(corpus):
    return {name: coding.load_coding(corpus, name) for name in ("figures", "figures_excluded")}


def test_on_the_five_articles_every_coded_figure_is_found_with_its_interval_and_unit(corpus, coded):
    for doc, text in corpus.texts.items():
        found = find_figures(text).set_index(["start", "end"])
        for row in coded["figures"][coded["figures"].doc == doc].itertuples():
            figure = found.loc[(row.start, row.end)]
            bounds = ["low", "high", "low_open", "high_open", "approx"]
            assert figure[bounds].tolist() == [getattr(row, column) for column in bounds], row.id
            around = spans.fold(text[max(0, row.start - 120) : row.end + 60])
            if row.unit in ("percent", "fraction"):
                assert figure.kind == row.unit, row.id
            elif figure.unit == "":  # where the article leaves the noun out, there is none to be found
                assert spans.fold(row.unit) not in spans.fold(text[row.start : row.end + 60]), row.id
                assert "population" in around or "unit" in row.note.lower() or "noun" in row.note.lower(), row.id
            else:
                assert row.unit.startswith(figure.unit) or figure.carried, f"{row.id}: {figure.unit}"


def test_on_the_five_articles_nothing_excluded_is_taken_and_every_number_is_coded(corpus, coded):
    every = [*coded["figures"].itertuples(), *coded["figures_excluded"].itertuples()]
    kept = coded["figures"]
    for doc, text in corpus.texts.items():
        for row in find_figures(text).itertuples():
            assert ((kept.doc == doc) & (kept.start < row.end) & (kept.end > row.start)).any(), f"{doc} {row.text}"
        for row in find_figures(text, excluded=True).itertuples():
            assert any(c.doc == doc and c.start < row.end and c.end > row.start for c in every), f"{doc} {row.text}"


HOSTILE = [
    *("five mıllıon people", "twenty-ſix", "FIVE MİLLİON", "İ 5 men", "ﬁve 1", "5\0 men", "٣ ４ ५ 𝟞 ½ ² ①"),
    *("1" * 1_000_000, "9" * 400 + ".5 million", "a third", "no", "none of", "nobody", "$", "1 to", "between 1 and"),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_no_odd_text_raises_or_shifts_an_offset(text):
    for row in find_figures(text).itertuples():
        assert text[row.start : row.end] == row.text
        assert row.number in row.text


@given(st.text(st.characters(codec="utf-8", categories=["Nd", "Nl", "No", "Lu", "Ll", "Pd", "Zs", "Cc"]), max_size=40))
def test_no_digits_or_letters_of_any_script_raise(text):
    assert len(find_figures(text)) + len(find_figures(text, excluded=True)) <= len(text)


RUNS = ["1,000,000,", "1,1,", "1-1-", ", said ", "and said ", "said Sara Haddad, ", "called the “x” ", '"a ', "‘ab’ ",
        "the “good” man and ", "five million ", "at least ", "1 to 2 to ", "hundreds of thousands of ", "a 1 a 2 ",
        "one hundred and one hundred and ", " ", "\n", "1/1/", "12 May ", "none of ", "a third "]  # fmt: skip


def steps(text):
    """Give the least time of three readings, in seconds."""
    times = []
    for _ in range(3):
        start = time.process_time()
        find_figures(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("run", RUNS)
def test_the_time_grows_with_the_length_of_a_text(run):
    short, long = ((run * length)[:length] for length in (2_000, 50_000))
    assert math.log(steps(long) / steps(short), 25) <= 1.2
