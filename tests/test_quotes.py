"""Quotations and reported speech: marks, speakers, voices, and how many are found in texts written by somebody else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scores import matched

from helpers import coding, spans
from helpers.corpus import load_corpus
from helpers.quotes import find_quotes
from helpers.voice import voice_of


def rows(text):
    return [(q.text, q.kind, q.speaker) for q in find_quotes(text).itertuples()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We left," she said.', [('"We left,"', "direct", "she")]),
        ('"We left," Sara Haddad said.', [('"We left,"', "direct", "Sara Haddad")]),
        ('"We left," said Sara Haddad, a nurse.', [('"We left,"', "direct", "Sara Haddad")]),
        ('Sara Haddad said: "We left."', [('"We left."', "direct", "Sara Haddad")]),
        ('“We left," the mayor said.', [('“We left,"', "direct", "mayor")]),
        ("'We left,' said Sara Haddad.", [("'We left,'", "direct", "Sara Haddad")]),
        ('The army called it "liberation".', [('"liberation"', "direct", "army")]),
        ('The town was described as a "big loss" by the fighter.', [('"big loss"', "direct", "fighter")]),
        ('The last "mopping up" was over.', [('"mopping up"', "scare", "")]),
        ('The so-called "safe corridor" was shelled.', [('"safe corridor"', "scare", "")]),
        ('The rescuers, the "White Helmets", came.', [('"White Helmets"', "name", "")]),
        ('The film "The Long Way Home" won.', [('"The Long Way Home"', "name", "")]),
        ("The workers' union met in the '90s; it's Sara's.", []),
        ("She is 5'10\" tall.", []),
        ("The army said that the town had fallen.", [("the town had fallen", "reported", "army")]),
        ("The town had fallen, the army said.", [("The town had fallen", "reported", "army")]),
        ("The town has fallen, according to the army.", [("The town has fallen", "reported", "army")]),
        ("According to the army, the town has fallen.", [("the town has fallen", "reported", "army")]),
        ("The army vowed to retake the town.", [("to retake the town", "reported", "army")]),
        ("The army accused rebels of shelling it.", [("rebels of shelling it", "reported", "army")]),
        ("The army described the raid as lawful.", [("the raid as lawful", "reported", "army")]),
        ("The road was cut, 40 men died according to the army.", [("40 men died", "reported", "army")]),
        ("Rebel accuses army of arson as the town burns", [("army of arson", "reported", "Rebel")]),
        (
            'The mayor said talk of "good" and "bad" rebels was idle.',
            [
                ('talk of "good" and "bad" rebels was idle', "reported", "mayor"),
                ('"good"', "direct", "mayor"),
                ('"bad"', "direct", "mayor"),
            ],
        ),
        (
            'The distinction between "good" and "bad" rebels, the mayor said, was idle.',
            [
                ('The distinction between "good" and "bad" rebels', "reported", "mayor"),
                ('"good"', "scare", ""),
                ('"bad"', "scare", ""),
            ],
        ),
        (
            '"We left," the singer told the hall before launching into "Paper Moon".',
            [('"We left,"', "direct", "singer"), ('"Paper Moon"', "name", "")],
        ),
        ("The road is shut, said Rafael Odum, a driver.", [("The road is shut", "reported", "Rafael Odum")]),
        ('Rafael "the Notary" Odum left.', [('"the Notary"', "name", "")]),
        (
            "The officer, known as 'Witness K', said the order came by radio.",
            [("'Witness K'", "name", ""), ("the order came by radio", "reported", "officer")],
        ),
        (
            'Aid groups say the "humanitarian corridor" is empty.',
            [
                ('the "humanitarian corridor" is empty', "reported", "Aid groups"),
                ('"humanitarian corridor"', "scare", ""),
            ],
        ),
        (
            'The White House condemned the "heinous" attack.',
            [('the "heinous" attack', "reported", "White House"), ('"heinous"', "direct", "White House")],
        ),
        ('A road that locals call "the throat" was hit.', [('"the throat"', "direct", "locals")]),
        ('The company was the third to report a "golden quarter".', [('"golden quarter"', "scare", "")]),
        (
            'The army said more than 40 men were "neutralised", a figure that nobody could check.',
            [('more than 40 men were "neutralised"', "reported", "army"), ('"neutralised"', "direct", "army")],
        ),
        ('Planners have long feared a "choke point" there.', [('"choke point"', "scare", "")]),
        ('"We will never leave," the mayor growled.', [('"We will never leave,"', "direct", "mayor")]),
        ('"We will never leave," growled the mayor.', [('"We will never leave,"', "direct", "mayor")]),
        ("The town has fallen.", []),
    ],
)
def test_quotations(text, expected):
    assert rows(text) == expected


def test_a_quotation_that_is_interrupted_has_one_speaker():
    found = find_quotes('"We left," Sara Haddad added. "We had to."')
    assert found.speaker.tolist() == ["Sara Haddad", "Sara Haddad"]
    assert found.inferred.tolist() == [False, False]


def test_a_floating_quotation_takes_the_speaker_before_and_says_so():
    found = find_quotes('"We left," Sara Haddad said.\n\n"We had to."')
    assert found.speaker.tolist() == ["Sara Haddad", "Sara Haddad"]
    assert found.inferred.tolist() == [False, True]


def test_a_surname_is_given_its_full_name():
    assert rows('Sara Haddad left. "We had to," Haddad said.')[0][2] == "Sara Haddad"


def test_a_pronoun_stands_for_the_subject_named_last_and_a_bank_is_not_its_customer():
    text = "Roland Tibbs said it was over. Kiara Dean lost an eye. “I was holding a sign,” she said. "
    text += "The bank said it was sorry."
    assert find_quotes(text).speaker.tolist() == ["Roland Tibbs", "Kiara Dean", "bank"]


def test_words_in_marks_inside_a_reported_clause_are_two_rows():
    found = find_quotes('The fighter said a "miracle" was needed.')
    assert found[["kind", "text"]].values.tolist() == [["reported", 'a "miracle" was needed'], ["direct", '"miracle"']]


def test_a_mark_that_never_closes_runs_to_the_end_of_its_paragraph():
    assert rows('He asked, "Who can stop this?\nNobody came.')[0][0] == '"Who can stop this?'


def test_words_of_a_headline_take_the_speaker_of_the_quotation_that_holds_them():
    found = find_quotes("Town 'completely destroyed' by war\n\n\"It is completely destroyed,\" a nurse said.")
    assert found.iloc[0][["kind", "speaker", "inferred"]].tolist() == ["direct", "nurse", True]


PIECES = st.sampled_from(
    [
        *"“”\"'‘’„«».,:;!?()—–-\n\u00a0 ",
        "said",
        "told",
        "he",
        "Sara Haddad",
        "the army",
        "that",
        "according to",
        "town",
        "It",
        "called",
        "s",
        "5",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=24).map("".join), st.lists(PIECES, max_size=24).map(" ".join), st.text(max_size=80)
)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_no_text_raises_and_offsets_are_exact(text):
    end = 0
    for quote in find_quotes(text).itertuples():
        assert 0 <= quote.start < quote.end <= len(text)
        assert text[quote.start : quote.end] == quote.text
        if quote.kind != "reported":
            assert quote.start >= end
            end = quote.end


@settings(deadline=None)
@given(st.text(alphabet=st.characters(blacklist_characters="“”\"'‘’„«»"), max_size=80))
def test_a_text_without_marks_has_no_direct_quotation(text):
    assert not find_quotes(text).kind.isin(["direct", "scare", "name"]).any()


def test_a_voice_is_that_of_the_innermost_quotation_and_a_pull_quote_that_of_its_sentence(folder):
    text = 'He said the "fall" was near. The fall came.\n\nWe all fell down that day\n\n'
    text += '"We all fell down that day," Sara Haddad said.'
    parts = "id,doc,quote,prefix,nth,part,repeats\na-p1,a,We all fell down that day,,1,pull_quote,\n"
    corpus = load_corpus(folder({"a": text}, parts__csv=parts))
    words = corpus.words[corpus.words.text.isin(["fall", "fell", "near"])]
    found = voice_of(words, corpus)
    assert found.voice.tolist() == ["quoted", "reported", "own", "quoted", "quoted"]
    assert found.speaker.tolist()[-2:] == ["Sara Haddad", "Sara Haddad"]


#: two names of one source, by the codebook
ALIASES = {"White Helmets": "civil defen"}


def same(coded, found):
    """Say whether a speaker found is the one coded: they share a word that names him, or are names of one source."""
    words = {word for word in spans.fold(coded).split() if len(word) > 3 or len(coded) < 4}
    return any(word in spans.fold(found) for word in words) or ALIASES.get(coded, "-") in spans.fold(found)


def test_on_the_five_articles_quotations_kinds_and_speakers_are_found(corpus):
    coded = coding.load_coding(corpus, "quotes")
    spoken, right = 0, 0
    for doc, text in corpus.texts.items():
        quotes = list(find_quotes(text).itertuples())
        for row in coded[(coded.doc == doc) & (coded.kind != "pull")].itertuples():
            quote = matched(quotes, row, [row.kind])
            assert quote is not None, f"{row.id} {row.text}"
            if row.speaker:
                spoken += 1
                right += same(row.speaker, quote.speaker)
            else:
                assert quote.speaker == ""
    assert right >= 0.95 * spoken, (right, spoken)


def test_on_the_five_articles_voices_are_right(corpus):
    terms = coding.load_coding(corpus, "terms")
    right = voice_of(terms, corpus).voice == terms.voice
    assert right.mean() >= 0.95
    assert right[terms.concept == "change_of_control"].mean() >= 0.95
