import pytest

from helpers import coding, spans, terms
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
    text = (
        "Captured! They deliberately took\ncontrol; the capture of carbon."
        " Ten were captured. No liberated, no recapture."
    )
    found = terms.find_terms(load(folder, text))
    assert found[["text", "wording"]].values.tolist() == [["Captured", "capture"], ["took\ncontrol", "take control"]]


@pytest.mark.parametrize(
    ("lexicon", "message"),
    [
        (LEXICON + "[oops]\n", "unknown key 'oops'; use concept, name, ignore, exception"),
        (LEXICON.replace('viewpoint = "taker"', 'view = "taker"'), "liberation: unknown key 'view'"),
        (LEXICON.replace('["liberate"]', '["Control"]'), "'Control' stands under change.control too"),
        (LEXICON.replace('["liberate"]', '"liberate"'), "liberation forms is 'liberate'; write it as a list"),
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


def test_found_terms_have_the_voice_of_the_sentence_they_stand_in(folder):
    text = 'The army said the town was captured. "They captured it," Sara Haddad said. It was captured.'
    found = terms.find_terms(load(folder, text, LEXICON.split("[[exception]]")[0]))
    assert found.voice.tolist() == ["reported", "quoted", "own"]
    assert found.speaker.tolist() == ["army", "Sara Haddad", ""]


def test_a_concordance_is_aligned_and_sorted_by_the_neighbour_asked_for(folder):
    corpus = load(folder, "We took control now. They took control again.", LEXICON.split("[[exception]]")[0])
    found = terms.find_terms(corpus)
    right = terms.concordance(corpus, found, width=6)
    assert right.right.tolist() == [" again", " now. "]
    assert {len(side) for side in [*right.left, *right.right]} == {6}
    assert terms.concordance(corpus, found, 6, "left").left.tolist() == [" They ", "   We "]
    assert terms.concordance(corpus, found, 6, "text").left.tolist() == ["   We ", " They "]
    with pytest.raises(ValueError, match="sort is 'up'; use left, right or text"):
        terms.concordance(corpus, found, 6, "up")


def test_dispersion_counts_running_words_only(folder):
    parts = "id,doc,quote,prefix,nth,part,repeats\na-p1,a,They captured,,,headline,\n"
    place = folder({"a": "They captured\nOne two three captured five."}, lexicon__toml="", parts__csv=parts)
    corpus = load_corpus(place)
    found = corpus.words[corpus.words.text == "captured"]
    assert terms.dispersion(corpus, found).position.tolist() == [0.6]


def test_a_name_of_several_words_is_counted_once(folder):
    corpus = load(folder, "Olde Town and Oldtown's mayor", LEXICON.split("[[exception]]")[0])
    counted = terms.counted_words(corpus, {"Old Town": ["Oldtown", "Olde Town"]})
    assert counted.fillna("-").tolist() == ["old-town", "-", "and", "old-town", "mayor"]


def test_on_the_five_articles_side_names_and_event_words_are_found_with_their_voice(corpus):
    coded, found = coding.load_coding(corpus, "terms"), terms.find_terms(corpus)
    for concepts in (["change_of_control"], ["state_side", "armed_opposition", "hts"]):
        mine = coded[coded.concept.isin(concepts)]
        near = [
            (
                (found.doc == row.doc)
                & (found.concept == row.concept)
                & (found.start < row.end)
                & (found.end > row.start)
            )
            for row in mine.itertuples()
        ]
        assert sum(hit.any() for hit in near) >= 0.95 * len(mine), concepts
        voices = [
            found[hit].voice.iloc[0] == row.voice for hit, row in zip(near, mine.itertuples(), strict=True) if hit.any()
        ]
        assert sum(voices) >= 0.95 * len(voices), concepts
