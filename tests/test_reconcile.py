import math

import pandas as pd
import pytest

from helpers import arithmetic, coding, reconcile

INF = math.inf
WITHIN = {"Town": "South", "Village": "South", "South": "Province", "Province": "", "Elsewhere": ""}
BASE = {
    "text": "12",
    "low": 12.0,
    "high": 12.0,
    "low_open": False,
    "high_open": False,
    "approx": False,
    "unit": "people",
    "measure": "killed",
    "population": "civilians",
    "flow_or_stock": "flow",
    "place": "Town",
    "period_start": "2020-01-10",
    "period_end": "2020-01-20",
    "repeats": "",
    "of": "",
    "source": "own",
    "doc": "000",
}
EXACT = {"low_open": False, "high_open": False, "approx": False}


def judge(a, b, **options):
    """Give verdict and reason for two figures that differ from BASE as said."""
    table = pd.DataFrame([{**BASE, "id": "a", **a}, {**BASE, "id": "b", **b}])
    found = reconcile.reconcile(table, WITHIN, **options)
    return found.loc[0, ["verdict", "reason"]].tolist() if len(found) else None


def exact(n):
    return {"text": f"{n}", "low": float(n), "high": float(n)}


def at_least(n):
    return {"text": f"at least {n}", "low": float(n), "high": INF}


def more_than(n):
    return {**at_least(n), "low_open": True}


def around(n):
    return {**exact(n), "approx": True}


def nearly(n):
    return {"text": f"nearly {n}", "low": -INF, "high": float(n), "high_open": True, "approx": True}


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (exact(12), exact(12), "agree"),
        (exact(12), exact(15), "conflict"),
        (exact(12), around(13), "agree"),
        (exact(12), around(14), "conflict"),
        (exact(12), at_least(10), "compatible"),
        (exact(12), at_least(12), "compatible"),
        (exact(12), more_than(12), "conflict"),
        (exact(12), at_least(13), "conflict"),
        (at_least(12), at_least(500), "compatible"),
        (exact(290), nearly(300), "agree"),
        (exact(300), nearly(300), "conflict"),
        (exact(260), nearly(300), "conflict"),
        (around(100), around(120), "agree"),
    ],
)
def test_figures_of_equal_scope(a, b, verdict):
    assert judge(a, b)[0] == verdict
    assert judge(b, a)[0] == verdict


def test_nearly_cannot_be_tested_without_a_tolerance():
    assert judge(exact(5), nearly(300), tolerance=0)[0] == "compatible"
    assert judge(exact(5), nearly(300), tolerance=0.25)[0] == "conflict"
    assert judge(exact(12), around(13), tolerance=0)[0] == "conflict"


PART, WHOLE = {"place": "Town"}, {"place": "Province"}
SHORT, LONG = {"period_start": "2020-01-12", "period_end": "2020-01-14"}, {}


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ({**exact(5), **PART}, {**exact(12), **WHOLE}, "nested"),
        ({**exact(15), **PART}, {**exact(12), **WHOLE}, "part exceeds whole"),
        ({**exact(15), **PART}, {**at_least(12), **WHOLE}, "nested"),
        ({**at_least(5), **PART}, {**exact(12), **WHOLE}, "nested"),
        ({**at_least(15), **PART}, {**exact(12), **WHOLE}, "part exceeds whole"),
        ({**more_than(12), **PART}, {**exact(12), **WHOLE}, "part exceeds whole"),
        ({**at_least(12), **PART}, {**exact(12), **WHOLE}, "nested"),
        ({**exact(5), **SHORT}, {**exact(12), **LONG}, "nested"),
        ({**exact(15), **SHORT}, {**exact(12), **LONG}, "part exceeds whole"),
        ({**exact(5), **PART, **SHORT}, {**exact(12), **WHOLE, **LONG}, "nested"),
        ({**exact(5), **PART, **LONG}, {**exact(12), **WHOLE, **SHORT}, "overlapping scope"),
        ({"place": "Town; Elsewhere"}, {"place": "South"}, "overlapping scope"),
        ({"period_start": "2020-01-15", "period_end": "2020-01-25"}, {}, "overlapping scope"),
    ],
)
def test_figures_of_nested_or_overlapping_scope(a, b, verdict):
    assert judge(a, b)[0] == verdict
    assert judge(b, a)[0] == verdict


@pytest.mark.parametrize(
    ("a", "reason"),
    [
        ({"population": "fighters"}, "other people: fighters against civilians"),
        ({"flow_or_stock": "stock"}, "flow against stock"),
        ({"place": "Elsewhere"}, "other place: Elsewhere against Town"),
        ({"period_start": "2020-02-01", "period_end": "2020-02-02"}, "other period"),
    ],
)
def test_what_is_not_comparable_has_its_reason(a, reason):
    assert judge(a, {}) == ["not comparable", reason]


def test_a_stock_compares_only_with_the_same_day():
    stock = {"flow_or_stock": "stock"}
    assert judge({**stock, **SHORT}, stock) == ["not comparable", "other day"]
    assert judge(stock, stock)[0] == "agree"


def test_other_units_measures_shares_and_repeats_are_no_pairs():
    assert judge({"unit": "families"}, {}) is None
    assert judge({"measure": "wounded"}, {}) is None
    assert judge({"measure": "other"}, {"measure": "other"}) is None
    assert judge({"unit": "percent"}, {"unit": "percent"}) is None
    assert judge({"repeats": "b"}, {}) is None
    assert judge({"unit": "civilians"}, {"unit": "residents"})[0] == "agree"


@pytest.mark.parametrize(
    ("text", "rule", "low"),
    [
        ("dozens", "lower", 24),
        ("dozens", "acled", 12),
        ("hundreds", "acled", 100),
        ("thousands", "lower", 2000),
        ("Tens of thousands", "lower", 20_000),
        ("tens of thousands", "acled", 10_000),
        ("hundreds of thousands", "lower", 200_000),
        ("hundreds of thousands", "acled", 100_000),
        ("at least 7", "acled", 7),
    ],
)
def test_a_vague_word_is_what_its_rule_says_and_stays_open_above(text, rule, low):
    given = {"text": text, "low": float(low), "high": INF, **EXACT}
    assert reconcile.interval(given, 0.1, rule)[:2] == (low, INF)


def test_no_open_end_is_closed_by_a_tolerance():
    for row in (at_least(10), more_than(10), {**at_least(10), "approx": True}):
        assert reconcile.interval({**EXACT, **row})[1] == INF
    assert reconcile.interval({**EXACT, **nearly(10)}, 0)[0] == -INF


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("Town", "Town", "equal"),
        ("Town", "South", "inside"),
        ("Town", "Province", "inside"),
        ("Province", "Town", "holds"),
        ("Town", "Village", "apart"),
        ("Town; Village", "South", "inside"),
        ("Town; Village", "Village", "holds"),
        ("Town; Elsewhere", "South", "overlap"),
        ("", "Town", "unknown"),
        ("Village; Town", "Town; Village", "equal"),
    ],
)
def test_place_relation(a, b, relation):
    mirror = {"inside": "holds", "holds": "inside"}
    assert reconcile.place_relation(a, b, WITHIN) == relation
    assert reconcile.place_relation(b, a, WITHIN) == mirror.get(relation, relation)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (("01", "05"), ("01", "05"), "equal"),
        (("02", "03"), ("01", "05"), "inside"),
        (("01", "03"), ("01", "05"), "inside"),
        (("01", "05"), ("02", "03"), "holds"),
        (("01", "03"), ("02", "05"), "overlap"),
        (("01", "02"), ("03", "05"), "apart"),
        (("01", "03"), ("03", "05"), "overlap"),
        (("01", ""), ("03", "05"), "unknown"),
    ],
)
def test_period_relation(a, b, relation):
    days = [tuple(f"2020-01-{day}" if day else "" for day in period) for period in (a, b)]
    assert reconcile.period_relation(*days) == relation


def test_one_source_in_two_articles_is_one_source():
    rows = [
        {**BASE, "doc": doc, "source": source, "repeats": repeats}
        for doc, source, repeats in [
            ("000", "UN", ""),
            ("001", "UN", ""),
            ("001", "UN", "x"),
            ("001", "own", ""),
            ("002", "own", ""),
        ]
    ]
    found = arithmetic.sources_once(pd.DataFrame(rows))
    assert found.figures.to_dict() == {"UN": 2, "own (001)": 1, "own (002)": 1}
    assert found.articles["UN"] == "000, 001"


def test_the_parts_of_an_open_whole_stay_open():
    rows = [
        {**BASE, "id": "t", **more_than(30)},
        {**BASE, "id": "p", "of": "t"},
        {**BASE, "id": "q", "of": "t", **at_least(5)},
    ]
    found = arithmetic.parts_and_wholes(pd.DataFrame(rows)).iloc[0]
    assert (found.parts_low, found.parts_high, found.whole_low, found.whole_high) == (17, INF, 30, INF)
    assert found.same_period


def test_the_five_articles_hold_no_pair_that_agrees_or_conflicts(corpus):
    figures, places = coding.load_coding(corpus, "figures"), coding.load_places(corpus)
    found = reconcile.reconcile(figures, places)
    assert set(found.verdict) <= set(reconcile.VERDICTS)
    assert not found.verdict.isin(["agree", "conflict", "part exceeds whole"]).any()
    assert found.reason.ne("").all()


def test_what_is_not_stated_is_told_from_what_is_other():
    assert judge({"place": "", "period_start": ""}, {}) == ["not stated", "place and period"]
    assert judge({"place": ""}, {}) == ["consistent if", "the place that one does not state is the other's"]
    assert judge({**exact(15), "period_start": ""}, {})[0] == "conflict if"
    assert judge({"place": "", "period_start": "2021-01-01", "period_end": "2021-02-01"}, {})[0] == "not comparable"


def test_people_who_fled_are_one_population_and_the_dead_are_not():
    fled = {"measure": "displaced"}
    assert judge({**fled, "population": "residents"}, {**fled, "population": "Syrians"})[0] == "agree"
    tree = {"people": "", "civilians": "people", "fighters": "people"}
    assert judge({"population": "fighters"}, {}, populations=tree)[0] == "not comparable"
    assert judge({"population": "people", **exact(9)}, {}, populations=tree)[0] == "part exceeds whole"
    assert judge({"population": ""}, {}, populations=tree)[0] == "consistent if"


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (29, 28.9, "agree"),
        (29, 28.4, "conflict"),
        (12_000, 12_341, "agree"),
        (12_000, 12_641, "conflict"),
        (12, 15, "conflict"),
    ],
)
def test_figures_written_to_different_precision_do_not_conflict_for_that_alone(a, b, verdict):
    assert judge(exact(a), exact(b))[0] == verdict


def test_a_vague_word_may_end_where_the_next_begins():
    tens = {"text": "tens of thousands", "low": 20_000.0, "high": INF}
    assert judge(tens, exact(350_000))[0] == "compatible"
    assert judge(tens, exact(350_000), upper="next")[0] == "conflict"
    assert (
        judge({**tens, "text": "hundreds of thousands", "low": 200_000.0}, exact(350_000), upper="next")[0] == "agree"
    )
