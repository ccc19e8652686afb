import pytest

from helpers import spans, terms
from helpers.corpus import load_corpus

LEXICON = """
[concept.change]
"capture" = { forms = ["capture", "captured"], viewpoint = "neither" }
"take control" = { forms = ["took control"], viewpoint = "neither" }
"control" = { forms = ["control"], viewpoint = "neither" }
"liberation" = { forms = ["liberate"], viewpoint = "taker" }
[ignore]
"capture of carbon" = "chemistry"
[[exception]]
doc = "a"
quote = "captured"
prefix = "were "
reason = "prisoners"
[name]
"Old Town" = { forms = ["Oldtown", "Olde Town"] }
"""


def load(folder, text, lexicon=LEXICON):
    return load_corpus(folder({"a": text}, lexicon__toml=lexicon))


def test_whole_words_longest_form_exceptions_and_ignored_phrases(folder):
    text = "Captured! They deliberately took\ncontrol; the capture of carbon. Ten were captured. No liberated, no recapture."
    found = terms.find_terms(load(folder, text))
    assert found[["text", "wording"]].values.tolist() == [["Captured", "capture"], ["took\ncontrol", "take control"]]


@pytest.mark.parametrize(
    ("lexicon", "message"),
    [
        (LEXICON + "[oops]\n", "unknown key 'oops'; use concept, name, ignore, exception"),
        (LEXICON.replace('viewpoint = "taker"', 'view = "taker"'), "liberation: unknown key 'view'"),
        (LEXICON.replace('["liberate"]', '["Control"]'), "'Control' stands under change.control too"),
        (LEXICON.replace('["liberate"]', "[]"), "liberation: it has no forms"),
        (
            LEXICON.replace('prefix = "were "', 'prefix = "was "'),
            "exception 1 matches nothing: 'captured' after 'was '",
        ),
        (LEXICON.replace('reason = "prisoners"', ""), "exception 1: it gives no reason"),
        (LEXICON.replace('doc = "a"', 'doc = "b"'), "exception 1 matches nothing: there is no article 'b'"),
        ("[concept", "mend that line"),
    ],
)
def test_a_wrong_lexicon_is_refused(folder, lexicon, message):
    with pytest.raises(spans.CorpusError, match=message):
        terms.find_terms(load(folder, "Ten were captured.", lexicon))


def test_names_are_folded_as_whole_words_with_any_blank():
    names = {"Old Town": ["Oldtown", "Olde Town"]}
    assert terms.fold_names("In OLDE\u00a0TOWN and Oldtowners of Old Town’s", names) == (
        "in old-town and oldtowners of old-town's"
    )


def test_found_terms_stand_where_they_say(corpus):
    spans.check(terms.find_terms(corpus), corpus.texts)
