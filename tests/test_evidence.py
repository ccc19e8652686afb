import pandas as pd

from helpers import evidence
from helpers.corpus import load_corpus

HOSTILE = "<script>alert(1)</script> </pre> \u202eevil & \"so\" 'on' javascript:alert(1)"


def test_a_listing_escapes_the_text_and_the_label(folder):
    place = folder({"a": HOSTILE})
    (place / "corpus.toml").write_text((place / "corpus.toml").read_text().replace('label = "a"', 'label = "<b>"'))
    corpus = load_corpus(place)
    shown = evidence.listing(corpus, corpus.sentences[:1], caption="<i>")._repr_html_()
    assert "<script" not in shown
    assert "</pre" not in shown
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert "&lt;script&gt;" in shown


def test_a_passage_is_cut_at_its_sentence_and_at_the_width(folder):
    corpus = load_corpus(folder({"a": "First one here. Second one there. Third."}))
    at = corpus.text("a").index("one there")
    assert evidence.passage(corpus, "a", at, at + 3) == ("Second ", "one", " there.")
    assert evidence.passage(corpus, "a", at, at + 3, width=2) == ("…d ", "one", " t…")


def test_a_passage_over_a_line_break_shows_it(folder):
    corpus = load_corpus(folder({"a": "One\ntwo"}))
    assert evidence.passage(corpus, "a", 2, 5) == ("On", "e¶t", "wo")


def test_a_table_writes_numbers_for_people():
    frame = pd.DataFrame({"n": [1234, 5], "x": [0.5, float("inf")], "flag": [True, False], "none": [None, "<"]})
    assert repr(evidence.Table(frame)).splitlines()[1:] == ["1,234 | 0.5 | yes | ", "5 | ∞ | no | <"]
    shown = evidence.Table(frame.set_index("n"), "cap", decimals=2)._repr_html_()
    assert '<th scope="row" style="text-align:left">1234</th><td class="number">0.50</td>' in shown
    assert "<caption>cap</caption>" in shown
    assert "&lt;" in shown
