"""Acts: the form of a word and the place of its agent, and how often the rule agrees with the coding."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import acts, coding, spans
from helpers.corpus import load_corpus


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops destroyed the mill.", [("destroyed", "active", "subject")]),
        ("The mill was destroyed.", [("destroyed", "passive", "absent")]),
        ("The mill was later destroyed by the army.", [("destroyed", "passive", "by-phrase")]),
        ("They fled.", [("fled", "intransitive", "subject")]),
        ("The regime's bombardment of the mill went on.", [("bombardment", "nominal", "same sentence")]),
        ("The bombardment went on.", [("bombardment", "nominal", "absent")]),
        (
            "The destruction of many hospitals by direct strikes",
            [("destruction", "nominal", "by-phrase"), ("strikes", "nominal", "absent")],
        ),
        ("Three were killed by shelling.", [("killed", "passive", "by-phrase"), ("shelling", "nominal", "absent")]),
        ("He had killed them.", [("killed", "active", "subject")]),
        ("Hundreds of displaced people came.", [("displaced", "passive", "absent")]),
        ("The dominant force held it by force.", []),
        ("They were the armed forces of the capital.", []),
    ],
)
def test_form_and_agent(folder, text, expected):
    found = acts.find_acts(load_corpus(folder({"a": text})))
    assert found[["text", "form", "agent_place"]].apply(tuple, axis=1).tolist() == expected


def test_every_form_of_a_verb_is_a_word():
    for form, (lemma, kinds) in acts.ACTS.items():
        assert form.isalpha()
        assert form[:1] == lemma[:1]
        assert kinds <= {"verb", "past", "ing", "noun"}


def test_every_candidate_act_is_coded_or_excluded(corpus):
    coded = coding.load_coding(corpus, "acts")
    for row in acts.find_acts(corpus).itertuples():
        near = (coded.doc == row.doc) & (coded.start < row.end) & (coded.end > row.start)
        assert near.any(), f"{row.doc} {row.start} {row.text}"


def test_on_the_five_articles_forms_are_mostly_right(corpus):
    coded = coding.load_coding(corpus, "acts")
    coded = coded[(coded.excluded_because == "") & (coded.repeats == "")]
    ruled = spans.join(coded, acts.find_acts(corpus), {"form": "by_rule"}).dropna(subset="by_rule")
    assert len(ruled) >= 0.8 * len(coded)
    assert (ruled.form == ruled.by_rule).mean() >= 0.9


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from("bombed by the army was were to of killing flee ’s . , forces strike\n".split(" ")), max_size=15
    ).map(" ".join)
)
def test_no_text_raises(tmp_path_factory, text):
    import hashlib

    place = tmp_path_factory.mktemp("event")
    raw = ("Word. " + text).encode()
    (place / "a.txt").write_bytes(raw)
    (place / "corpus.toml").write_text(
        f'[[article]]\ndoc = "a"\nfile = "a.txt"\nlabel = "a"\nsha256 = "{hashlib.sha256(raw).hexdigest()}"\n'
    )
    spans.check(acts.find_acts(corpus := load_corpus(place)), corpus.texts)
