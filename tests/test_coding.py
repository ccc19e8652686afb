import pytest

from helpers import coding, spans
from helpers.corpus import load_corpus
from helpers.event import report

PLACES = '[Town]\nwithin = "Land"\n[Land]\nwithin = ""\n'
HEAD = ",".join(["id,doc,quote,prefix,nth", *coding.COLUMNS["figures"]]) + "\n"
GOOD = {
    "id": "a-f1", "doc": "a", "quote": "12", "low": "12", "high": "12", "low_open": "false", "high_open": "false",
    "approx": "false", "unit": "people", "measure": "killed", "flow_or_stock": "flow", "place": "Town",
}  # fmt: skip


def figures(*rows):
    return HEAD + "".join(",".join(row.get(column, "") for column in HEAD.strip().split(",")) + "\n" for row in rows)


def load(folder, *rows, places=PLACES):
    place = folder({"a": "12 people died."}, figures__csv=figures(*rows), places__toml=places)
    return coding.load_coding(load_corpus(place), "figures")


def test_open_ends_are_infinite_and_flags_are_bool(folder):
    row = load(folder, {**GOOD, "low": "", "high_open": "true"}).iloc[0]
    assert (row.low, row.high, row.low_open, row.high_open) == (float("-inf"), 12.0, False, True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"low": "13"}, "low: 13 is above high 12"),
        ({"low": "many"}, "low: 'many' is no number"),
        ({"low": "nan"}, "low: 'nan' is no bound"),
        ({"high": "inf"}, "high: 'inf' is no bound"),
        ({"low": "", "high": ""}, "low: there is neither a low nor a high bound"),
        ({"low_open": "yes"}, "low_open: 'yes' is unknown; use one of 'true', 'false'"),
        ({"measure": "hurt"}, "measure: 'hurt' is unknown; use one of 'displaced'"),
        ({"unit": ""}, "unit: it is empty"),
        ({"place": "Toun"}, r"place: 'Toun' is not in places.toml"),
        ({"place_to": "Land; Sea"}, r"place_to: 'Sea' is not in places.toml"),
        ({"period_start": "2020-02-30"}, "period_start: '2020-02-30' is no date"),
        ({"period_start": "2020-02-02", "period_end": "2020-02-01"}, "period_end: 2020-02-01 is before period_start"),
        ({"of": "a-f9"}, "of: 'a-f9' is the id of no other row"),
        ({"repeats": "a-f1"}, "repeats: 'a-f1' is the id of no other row"),
        ({"quote": "13"}, "'13' is not in the text"),
        ({"place_maybe": "Toun"}, r"place_maybe: 'Toun' is not in places.toml"),
        ({"days": "two"}, "days: 'two' is no whole number"),
        ({"same_as": "a-f1"}, "same_as: 'a-f1' is the id of no other row"),
        ({"sure_start": "2020-01-03", "sure_end": "2020-01-02"}, "sure_end: 2020-01-02 is before sure_start"),
        ({"sure_start": "2020-01-02", "sure_end": "2020-01-03"}, "sure_start: '2020-01-02' to '2020-01-03' is not"),
        ({"sure_end": "2020-01-03"}, "sure_start: '' to '2020-01-03' is not within the period"),
        ({"since": "2020-01-03", "period_end": "2020-01-02"}, "period_end: 2020-01-02 is before since"),
    ],
)
def test_a_wrong_row_is_refused_with_file_line_column_and_remedy(folder, change, message):
    with pytest.raises(spans.CorpusError, match=rf"event/coding/figures.csv line 2 \(a-f1\)[,:] {message}"):
        load(folder, {**GOOD, **change})


def test_a_file_may_leave_out_the_columns_of_joint_reconciliation(folder):
    old = [
        name
        for name in HEAD.strip().split(",")
        if name not in ("same_as", "place_maybe", "sure_start", "sure_end", "days", "since")
    ]
    lines = ",".join(old) + "\n" + ",".join(GOOD.get(name, "") for name in old) + "\n"
    corpus = load_corpus(folder({"a": "12 people died."}, figures__csv=lines, places__toml=PLACES))
    assert coding.load_coding(corpus, "figures").iloc[0][["days", "sure_end", "place"]].tolist() == ["", "", "Town"]


def test_all_faults_of_a_file_are_listed_at_once(folder):
    with pytest.raises(spans.CorpusError) as error:
        load(
            folder,
            {**GOOD, "measure": "x", "unit": "", "low": "13"},
            {**GOOD, "id": "a-f2", "approx": ""},
            {**GOOD, "id": "a-f3", "quote": "13", "measure": "y"},
        )
    assert len(error.value.faults) == 6


def test_an_event_may_add_values_of_its_own(folder):
    mine = {**GOOD, "measure": "houses flooded"}
    with pytest.raises(
        spans.CorpusError, match=r"'houses flooded' is unknown; use one of .*, or add it in values\.toml"
    ):
        load(folder, mine)
    folder({"a": "12 people died."}, values__toml='[figures]\nmeasure = ["houses flooded"]')
    assert load(folder, mine).measure.tolist() == ["houses flooded"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ('[figures]\nlow_open = ["perhaps"]', "figures: unknown key 'low_open'; use measure"),
        ('[figure]\nmeasure = ["x"]', "unknown key 'figure'; use quotes, figures"),
        ('measure = ["x"]', "unknown key 'measure'"),
        ('[figures]\nmeasure = "x"', r"figures measure is 'x'; write it as a list in \[ \]"),
        ("[figures]\nmeasure = [7]", "figures measure 1 is 7; write it as text"),
        ("[figures", "mend that line"),
    ],
)
def test_values_that_cannot_be_added_are_refused(folder, values, message):
    held = folder({"a": "One came."}, values__toml=values)
    with pytest.raises(spans.CorpusError, match=message):
        coding.load_values(load_corpus(held))


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ('[Town]\nwithin = "Land"\n', "'Town' lies within 'Land', which is not listed"),
        ('[Town]\nwithin = "Land"\n[Land]\nwithin = "Town"\n', "'Town' lies within itself"),
        ('Town = "Land"', "places.toml Town is 'Land'; write it as a table"),
        ("[Town\n", "mend that line"),
    ],
)
def test_places_form_a_tree(folder, places, message):
    with pytest.raises(spans.CorpusError, match=message):
        load(folder, GOOD, places=places)


def test_an_unknown_coding_is_a_key_error(corpus):
    with pytest.raises(KeyError, match="there is no coding 'feelings'; there are quotes, terms"):
        coding.load_coding(corpus, "feelings")


def test_verdicts_name_claims_of_their_own_topic_and_a_known_verdict(folder):
    head = ",".join(["id,doc,quote,prefix,nth", *coding.COLUMNS["claims"]])
    claims = f"{head}\na-c1,a,One came,,,who,one,own,,,,\na-c2,a,two went,,,who,two,own,,,,\n"
    verdicts = "topic,ids,verdict,why\nwho,a-c1; a-c2,conflict,both cannot be\n"
    corpus = load_corpus(folder({"a": "One came, two went."}, claims__csv=claims, claims_verdicts__csv=verdicts))
    found = coding.load_verdicts(corpus, coding.load_coding(corpus, "claims"))
    assert found[["id", "number"]].values.tolist() == [["a-c1", 1], ["a-c2", 1]]
    bad = "topic,ids,verdict,why\nwhen,a-c1; a-c9,maybe,x\nwho,a-c1,agree,x\n"
    corpus = load_corpus(folder({"a": "One came, two went."}, claims__csv=claims, claims_verdicts__csv=bad))
    faults, _ = report.check(corpus.folder)
    for part in (
        "line 2: verdict 'maybe' is unknown",
        "line 2: 'a-c9' is no claim on 'when'",
        "line 3: a verdict needs",
    ):
        assert part in "\n".join(faults)


def test_an_act_without_its_codes_and_a_happening_that_ends_before_it_begins_are_refused(folder):
    head = "id,doc,quote,prefix,nth,"
    acts = f"{head}{','.join(coding.COLUMNS['acts'])}\na-a1,a,came,,,come,active,x,,absent,,,,,\n"
    events = f"{head}{','.join(coding.COLUMNS['events'])}\na-e1,a,came,,,coming,town,2020-02-01,2020-01-01,stated,,\n"
    corpus = load_corpus(folder({"a": "One came."}, acts__csv=acts, events__csv=events))
    with pytest.raises(spans.CorpusError, match="agent_side: it is empty") as error:
        coding.load_coding(corpus, "acts")
    assert "agent: 'x' is named, yet its place is absent" in str(error.value)
    with pytest.raises(spans.CorpusError, match="date_end: 2020-01-01 is before date_start"):
        coding.load_coding(corpus, "events")
