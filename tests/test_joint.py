"""Joint reconciliation: cases known by hand, and random small systems against every subset and every flow."""

import itertools
import math
import random

import numpy as np
import pandas as pd
import pytest

from helpers import coding, joint, readings, spans

WITHIN = {"Land": "", "Town": "Land", "Village": "Land"}
FIRST, LAST = "2020-01-01", "2020-01-10"
INF = math.inf


def figure(name, low, high=None, place="Land", start=FIRST, end=LAST, **more):
    """Give a coded figure; by default all of its period is surely counted."""
    high = low if high is None else high
    row = {
        "id": name,
        "doc": "a",
        "text": f"{low}",
        "low": float(low),
        "high": float(high),
        "low_open": False,
        "high_open": False,
        "approx": False,
        "unit": "people",
        "measure": "displaced",
        "population": "people",
        "flow_or_stock": "flow",
        "place": place,
        "place_maybe": "",
        "since": "",
        "repeats": "",
        "days": "",
        "of": "",
        "source": "own",
        "period_start": start,
        "period_end": end,
        "sure_start": start,
        "sure_end": end,
    }
    return row | more


def made(*rows, **options):
    return joint.system(pd.DataFrame(rows), WITHIN, FIRST, LAST, **options)


def test_a_part_leaves_the_rest_of_its_whole():
    # the town 10 by the 5th, the land 30 by the 10th: 20 elsewhere or later, and by the 5th between 10 and 30
    s = made(figure("t", 10, place="Town", end="2020-01-05"), figure("l", 30))
    assert joint.feasible(s)
    assert joint.conflicts(s) == ([], [])
    assert joint.bounds(s, s.mark(WITHIN, FIRST, "2020-01-05")) == (10, 30)
    assert joint.bounds(s, s.mark(["Village"], FIRST, LAST)) == (0, 20)
    assert joint.peak(s, WITHIN, FIRST, LAST) == 3
    assert not joint.information(s, s.mark(WITHIN, FIRST, LAST)).implied.any()


def test_two_parts_that_fit_one_by_one_and_not_together():
    # 12 and 9 in 20: each fits, both do not; 5 at least in the town has no part in it
    s = made(
        figure("t", 12, place="Town"), figure("v", 9, place="Village"), figure("l", 20), figure("x", 5, INF, "Town")
    )
    found, cures = joint.conflicts(s)
    assert found == [frozenset("tvl")]
    assert set(cures) == {frozenset("t"), frozenset("v"), frozenset("l")}
    assert joint.needed(s) == round(1 / 41, 9)  # 21 (1 - t) = 20 (1 + t)
    assert joint.needed(s, "repeat") == round(1 / 20, 9)  # 20 (1 + t) = 21
    assert all(math.isnan(end) for end in joint.bounds(s, s.mark(["Town"], FIRST, LAST)))
    assert math.isnan(joint.peak(s, WITHIN, FIRST, LAST))


def test_what_the_others_say_already_is_implied():
    s = made(figure("t", 4, place="Town"), figure("v", 6, place="Village"), figure("w", 3, INF))
    assert joint.information(s, s.mark(WITHIN, FIRST, LAST)).implied.to_dict() == {"t": False, "v": False, "w": True}


def test_only_sure_days_and_places_bound_from_above():
    whole = figure("l", 5, sure_start="2020-01-03", sure_end="2020-01-05")
    assert joint.feasible(made(whole, figure("d", 7, start="2020-01-09", end="2020-01-09")))
    assert not joint.feasible(made(whole, figure("d", 7, start="2020-01-04", end="2020-01-04")))
    perhaps = figure("p", 5, place="Town", place_maybe="Land")
    assert joint.feasible(made(perhaps, figure("v", 7, place="Village")))
    assert joint.bounds(made(perhaps), made(perhaps).mark(["Village"], FIRST, LAST)) == (0, INF)


def test_a_stock_bounds_from_below_what_left_since():
    stock = {"flow_or_stock": "stock", "sure_start": "", "sure_end": ""}
    assert made(figure("s", 8, **stock)).ids == ()
    s = made(figure("s", 8, **stock, since="2020-01-02"))
    assert joint.bounds(s, s.mark(WITHIN, "2020-01-02", LAST)) == (8, INF)


def test_a_figure_that_may_count_earlier_days_keeps_its_upper_end_only():
    s = made(figure("e", 8, start="2019-12-01", sure_start="2020-01-02"))
    assert joint.bounds(s, s.mark(WITHIN, "2020-01-02", LAST)) == (0, 8)


def test_populations_are_a_tree():
    tree = {"people": "", "civilians": "people", "fighters": "people"}
    civilians = figure("c", 12, population="civilians")
    assert not joint.feasible(made(civilians, figure("p", 10), populations=tree))
    assert joint.feasible(made(civilians, figure("p", 10, population="fighters"), populations=tree))


def test_a_population_that_no_tree_names_is_one_of_its_own():
    s = made(
        figure("a", 2, population="workers"), figure("b", 3, population="workers"), figure("c", 9, population="crew")
    )
    assert joint.conflicts(s)[0] == [frozenset("ab")]
    assert not joint.feasible(made(figure("c", 9, population="crew"), figure("p", 8)))


def test_two_measures_or_units_are_no_system():
    with pytest.raises(ValueError, match="displaced people; killed people: one system holds one measure"):
        made(figure("a", 1), figure("b", 1, measure="killed"))
    with pytest.raises(ValueError, match="one unit"):
        made(figure("a", 1), figure("b", 1, unit="families"))


def test_nothing_dated_binds_nothing():
    s = made(figure("u", 8, start="", end="", place=""))
    assert joint.feasible(s)
    assert joint.bounds(s, s.mark(["Town"], FIRST, LAST)) == (0, INF)
    assert joint.feasible(made(figure("n", 0, INF)))


def sampled(rng):
    rows = []
    for n in range(5):
        low, first = rng.randint(0, 4), rng.randint(1, 2)
        days = {"start": f"2020-01-0{first}", "end": f"2020-01-0{rng.randint(first, 2)}"}
        rows.append(figure(str(n), low, low + rng.randint(0, 1), rng.choice(list(WITHIN)), **days))
    return joint.system(pd.DataFrame(rows), WITHIN, FIRST, "2020-01-02")


@pytest.mark.parametrize("seed", range(60))
def test_conflicts_cures_and_bounds_are_those_of_every_subset_and_every_flow(seed):
    s = sampled(random.Random(seed))
    subsets = [frozenset(some) for size in range(len(s.ids) + 1) for some in itertools.combinations(s.ids, size)]
    bad = [some for some in subsets if not joint.feasible(s.keep(some))]
    good = [frozenset(s.ids) - some for some in subsets if some not in bad]
    found, cures = joint.conflicts(s)
    assert set(found) == {some for some in bad if not any(other < some for other in bad)}
    assert set(cures) == {out for out in good if out and not any(other < out for other in good)}
    flows = np.array(list(itertools.product(range(5), repeat=s.may.shape[1])))
    holds = (flows @ s.may.T >= s.low).all(axis=1) & (flows @ s.must.T <= s.high).all(axis=1)
    assert holds.any() == (not bad)
    if holds.any():
        target = s.mark(["Town"], FIRST, "2020-01-02")
        low, high = joint.bounds(s, target)
        totals = flows[holds] @ target
        assert low == totals.min()
        assert high == totals.max() or high > 4  # the flows tried stop at four a cell


def test_a_figure_left_out_never_narrows_and_the_order_decides_nothing():
    rng = random.Random(7)
    for _ in range(20):
        s = sampled(rng)
        if not joint.feasible(s):
            continue
        target = s.mark(["Town"], FIRST, "2020-01-02")
        low, high = joint.bounds(s, target)
        without = joint.information(s, target)
        assert (without.low <= low).all()
        assert (without.high >= high).all()
    rows = [figure("t", 12, place="Town"), figure("v", 9, place="Village"), figure("l", 20)]
    for order in itertools.permutations(rows):
        for tree in (WITHIN, dict(reversed(WITHIN.items()))):
            s = joint.system(pd.DataFrame(order), tree, FIRST, LAST)
            assert [set(core) for core in joint.conflicts(s)[0]] == [set("tvl")]


HEAD = "question,reading,id,column,value,why\n"


@pytest.fixture
def read(folder):
    text = "At least 12 left the Town. Then 20 left the Land."
    columns = coding.COLUMNS["figures"]

    def make(lines):
        rows = []
        for name, quote, place in (("a-f1", "12", "Town"), ("a-f2", "20", "Land")):
            row = {
                "low": quote,
                "high": quote,
                "low_open": "false",
                "high_open": "false",
                "approx": "false",
                "unit": "people",
                "measure": "displaced",
                "population": "people",
                "flow_or_stock": "flow",
                "place": place,
                "period_start": FIRST,
                "period_end": LAST,
                "sure_start": FIRST,
                "sure_end": LAST,
            }
            rows.append(",".join([name, "a", quote, "", "", *(row.get(column, "") for column in columns)]))
        figures = ",".join(["id", "doc", "quote", "prefix", "nth", *columns]) + "\n" + "\n".join(rows) + "\n"
        places = '["Town"]\nwithin = "Land"\n["Land"]\nwithin = ""\n'
        from helpers.corpus import load_corpus

        corpus = load_corpus(folder({"a": text}, figures__csv=figures, places__toml=places, readings__csv=HEAD + lines))
        figures = coding.load_coding(corpus, "figures")
        return figures, readings.load_readings(corpus, figures)

    return make


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("q,one,a-f9,low,3,\nq,two,,,,\n", r"readings.csv line 2: id: 'a-f9' is no coded figure; mend it"),
        ("q,one,a-f1,size,3,\nq,two,,,,\n", r"line 2: column: 'size' is no column of figures.csv"),
        ("q,one,,size,3,\nq,two,,,,\n", r"line 2: column: 'size' is no rule; use tolerance, repeat, vague, upper"),
        ("q,one,,tolerance,much,\nq,two,,,,\n", r"line 2: value: 'much' is no number; write digits"),
        ("q,one,,vague,some,\nq,two,,,,\n", r"line 2: value: 'some' is unknown; use lower, acled"),
        ("q,one,a-f1,place,Moon,\nq,two,,,,\n", r"reading 'one': place: 'Moon' is not in places.toml; add it there"),
        (
            "q,one,a-f1,period_end,2019-01-01,\nq,two,,,,\n",
            r"reading 'one': period_end: 2019-01-01 is before period_start",
        ),
        ("q,one,a-f1,low,50,\nq,two,,,,\n", r"reading 'one': low: 50.0 is above high 12.0"),
        ("q,one,a-f1,low,3,\n", r"question 'q' has one reading; give it another, or drop it"),
        ("q,one,a-f1,low,3,\nq,two,,,,\np,one,a-f1,low,4,\np,two,,,,\n", r"a-f1 low is set by two questions, q and p"),
        ("q,one,a-f1\n", r"line 2: 3 values for 6 columns"),
        (",one,,,,\nq,two,,,3,\n", r"line 2: question and reading must both be told"),
    ],
)
def test_a_bad_reading_is_told_with_line_value_and_remedy(read, lines, told):
    with pytest.raises(spans.CorpusError, match=told):
        read(lines)


def test_every_combination_is_decided_as_if_it_were_solved(read):
    lines = (
        "far,not,,tolerance,0,\nfar,half,,tolerance,0.5,\n"
        "town,around 24,a-f1,low,24,\ntown,around 24,a-f1,high,24,\ntown,around 24,a-f1,approx,true,\ntown,12,,,,\n"
        "land,by the 5th,a-f2,sure_end,2020-01-05,\nland,by the end,,,,\n"
        "land,at the end,a-f2,period_start,2020-01-08,\n"
        "land,at the end,a-f2,sure_start,2020-01-08,\n"
    )
    figures, table = read(lines)

    def build(rows, **rules):
        return joint.system(rows, {"Land": "", "Town": "Land"}, FIRST, LAST, **rules)

    found, cores = readings.multiverse(figures, table, build)
    assert len(found) == 12
    for row in found.to_dict("records"):
        edited, rules = readings.reread(figures, table, {name: row[name] for name in ("far", "town", "land")})
        assert joint.feasible(build(edited, **rules)) == row["possible"], row
    assert (
        ~found.possible
    ).sum() == 1  # 24 in the town cannot lie in 20 in the land, to the letter and for all its days
    assert cores == [frozenset({"a-f1", "a-f2"})]
    assert readings.turning(found).to_dict() == {"far": 1 / 6, "town": 1 / 6, "land": 1 / 4}
    with pytest.raises(ValueError, match="'thrice' is no reading of 'far'"):
        readings.reread(figures, table, {"far": "thrice"})
