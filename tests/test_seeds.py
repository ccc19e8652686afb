"""The corpus and its codings hold what the data card and the codebook say of them."""

import re
import tomllib

import pandas as pd
import pytest
from conftest import ROOT

from helpers import coding, defects, readings, spans, terms

NAMES = ["quotes", "terms", "figures", "figures_excluded", "frames", "acts", "claims", "events"]


@pytest.fixture(scope="module")
def coded(corpus):
    return {name: coding.load_coding(corpus, name) for name in NAMES}


def test_every_row_of_every_span_table_stands_at_its_offsets(corpus, coded):
    tables = [
        corpus.parts,
        corpus.sentences,
        corpus.words,
        defects.defects(corpus),
        terms.find_terms(corpus),
        terms.load_lexicon(corpus)["exceptions"],
        *coded.values(),
        *(corpus.body(doc) for doc in corpus.texts),
    ]
    for table in tables:
        assert len(table)
        spans.check(table, corpus.texts)


def test_ids_begin_with_their_article_and_rows_stand_in_text_order(corpus, coded):
    for table in [corpus.parts, *coded.values()]:
        assert [row.id[:3] for row in table.itertuples()] == table.doc.tolist()
    for table in coded.values():
        assert table[["doc", "start"]].apply(tuple, axis=1).is_monotonic_increasing


def test_a_repeat_says_the_same_and_is_repeated_by_none(coded):
    for name in ("quotes", "terms", "figures"):
        table = coded[name].set_index("id")
        for row in table[table.repeats != ""].itertuples():
            assert table.loc[row.repeats, "repeats"] == ""
            assert table.loc[row.repeats, "doc"] == row.doc
            if name == "figures":
                assert (table.loc[row.repeats, ["low", "high", "measure"]] == [row.low, row.high, row.measure]).all()


def test_every_watched_word_is_coded_and_every_coded_one_is_in_the_lexicon(corpus, coded):
    watched, read = terms.find_terms(corpus), coded["terms"][coded["terms"].concept == "change_of_control"]
    watched = watched[watched.concept == "change_of_control"]
    for one, other in ((watched, read), (read, watched)):
        for row in one.itertuples():
            near = (other.doc == row.doc) & (other.start < row.end) & (other.end > row.start)
            assert near.any(), f"{row.doc} {row.start} {row.text}"


def test_every_number_is_a_figure_or_excluded_and_none_is_both(corpus, coded):
    rows = [*coded["figures"].itertuples(), *coded["figures_excluded"].itertuples()]
    for doc, text in corpus.texts.items():
        for match in re.finditer(r"\d+(?:[.,]\d+)*", text):
            holding = [
                row.id for row in rows if row.doc == doc and row.start <= match.start() and match.end() <= row.end
            ]
            assert len(holding) == 1, f"{doc} {match.group()} at {match.start()}: {holding}"


def test_a_voice_agrees_with_the_quotation_around_it(corpus, coded):
    quotes = coded["quotes"]
    expected = {"direct": "quoted", "pull": "quoted", "scare": "scare", "reported": "reported", "name": "own"}
    around = spans.join(coded["terms"], quotes, {"kind": "kind", "speaker": "source"})
    for row in around.itertuples():
        assert row.voice == expected.get(row.kind, "own"), f"{row.id} {row.text}: {row.voice}, in a {row.kind}"
        if row.voice in ("quoted", "reported"):
            assert row.speaker == row.source, row.id


def test_every_sentence_has_its_frame_from_either_pass_and_a_final_one(corpus, coded):
    sentences = corpus.sentences[corpus.sentences.part.isin(["body", "headline", "subheading"])]
    wanted = sentences[["doc", "start", "end"]].apply(tuple, axis=1).tolist()
    for coder, rows in coded["frames"].groupby("coder"):
        assert rows[["doc", "start", "end"]].apply(tuple, axis=1).tolist() == wanted, coder
    wide = coded["frames"].pivot(index=["doc", "start"], columns="coder", values=["frame", "why"])
    differ = wide[wide["frame"]["a"] != wide["frame"]["b"]]
    assert (differ["why"]["final"] != "").all()
    same = wide[wide["frame"]["a"] == wide["frame"]["b"]]
    kept = same["frame"]["final"] == same["frame"]["a"]
    assert (kept | (same["why"]["final"] != "")).all()


def test_what_an_article_says_twice_is_counted_once(corpus, coded):
    frames = coded["frames"].query("coder == 'final'").assign(said=lambda t: t.text.map(spans.fold).str.strip(" .:"))
    for row in frames[frames.said.str.count(" ") > 3].itertuples():
        longer = frames[
            (frames.doc == row.doc) & (frames.id != row.id) & frames.said.str.contains(row.said, regex=False)
        ]
        assert row.repeats or longer.empty, f"{row.id} stands in {longer.id.tolist()} too"
        assert not row.repeats or row.repeats in longer.id.tolist()


def test_a_claim_has_the_voice_of_the_quotation_around_it(corpus, coded):
    expected = {"direct": "quoted", "pull": "quoted", "reported": "reported"}
    around = spans.join(coded["claims"], coded["quotes"], {"kind": "kind"}).dropna(subset="kind")
    whole = around[around.kind.isin(expected)]
    assert [(row.id, row.voice) for row in whole.itertuples() if row.voice != expected[row.kind]] == []


def test_the_codebook_has_an_example_for_each_frame_from_the_articles(corpus):
    book = (ROOT / "seeds" / "coding" / "CODEBOOK.md").read_text(encoding="utf-8")
    quoted = re.findall(r"^\| (\w+) \|[^|]*\| \"([^\"]+)\" \((00\d)\) \|$", book, re.MULTILINE)
    assert [frame for frame, _, _ in quoted] == coding.FRAMES[:-1]
    for _, quote, doc in quoted:
        assert quote in corpus.text(doc).replace("\u00a0", " ")


TOPICS = [
    "who held the town when it fell",
    "did HTS fight",
    "which highway the town lies on",
    "when entered",
    "when taken",
    "out of government control since when",
    "was anyone left in the town",
    "where the displaced went",
    "who carried out the strikes",
    "were civilian places aimed at",
    "could people get out of the town",
    "what the opposition had to fight with",
    "when the campaign began",
    "were the front lines bombed",
]


def test_every_claim_has_a_verdict_and_every_conflict_two_passages(corpus, coded):
    claims = coded["claims"]
    verdicts = coding.load_verdicts(corpus, claims)
    alone = claims[~claims.id.isin(verdicts.id)]  # of another place or time: on a topic that no other article has
    assert (claims.groupby("topic").doc.nunique()[alone.topic] == 1).all()
    assert set(verdicts.id) <= set(claims.id)
    assert set(TOPICS) <= set(claims.topic)
    assert (verdicts.groupby("number").id.nunique() >= 2).all()
    assert (verdicts.why != "").all()


def test_no_verdict_takes_a_side(corpus, coded):
    verdicts = coding.load_verdicts(corpus, coded["claims"])
    for why in verdicts.why:
        assert not re.search(r"\b(?:wrong|right|correct|false|true account|lied|lying|liar|mistaken)\b", why), why


def test_no_row_is_a_draft_and_concepts_and_events_are_those_of_the_codebook(corpus, coded):
    for name in NAMES:
        assert '"draft"' not in (corpus.folder / "coding" / f"{name}.csv").read_text(encoding="utf-8")
        assert ",draft," not in (corpus.folder / "coding" / f"{name}.csv").read_text(encoding="utf-8")
    concepts = set(terms.load_lexicon(corpus)["concepts"])
    assert set(coded["terms"].concept) <= concepts
    assert set(coded["terms"].event) <= {"", "this town", "another town", "earlier takeover", "whole campaign"}


def test_sources_of_figures_are_written_in_one_way(coded):
    figures = coded["figures"]
    assert ((figures.source == "own") == (figures.source_text == "")).all()


def test_the_data_card_says_what_corpus_toml_says(corpus):
    card = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in card.splitlines()
        if re.match(r"\| 00\d", line)
    ]
    keys = ["label", "outlet", "outlet_basis", "published", "published_basis", "genre"]
    wanted = [[doc, *corpus.articles.loc[doc, keys].replace("", "unknown")] for doc in corpus.texts]
    assert rows == wanted


def test_the_data_card_is_right_about_the_regime(coded):
    table = coded["terms"]
    own = table[(table.voice == "own") & table.text.str.lower().str.contains("regime")]
    assert own.doc.nunique() == 4


def test_the_licence_names_every_article_and_citation_and_project_agree():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"version: {version}\n" in (ROOT / "CITATION.cff").read_text()
    assert "000_*.txt to seeds/004_*.txt" in (ROOT / "LICENSE").read_text()


def test_locks_hold_hashes_and_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lock = (ROOT / name).read_text()
        assert len(re.findall(r"^[a-z0-9-]+==", lock, re.MULTILINE)) > 50
        assert "--hash=sha256:" in lock
        assert not re.search(r"https?://|--index|--extra|--find-links", lock)


def test_readme_is_short_and_names_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    above = readme.split("## ")[0]
    assert "make run" in readme
    assert "make test" in readme
    assert len(re.sub(r"<!-- answers -->.*<!-- /answers -->", "", readme, flags=re.DOTALL).split()) < 400
    assert above.startswith("# ")


def test_a_flow_has_the_dates_of_the_happening_it_is_told_in(corpus):
    events = coding.load_coding(corpus, "events")
    figures = coding.load_coding(corpus, "figures").query("flow_or_stock == 'flow' and repeats == ''")
    told = 0
    for row in figures.itertuples():
        around = events[(events.doc == row.doc) & (events.start <= row.start) & (row.start < events.end)]
        told += len(around) > 0
        dates = list(zip(around.date_start, around.date_end, strict=True))
        assert not dates or (row.period_start, row.period_end) in dates, row.id
    assert told >= 30


def test_links_readings_and_outside_counts_hold_together(corpus):
    figures, links = coding.load_coding(corpus, "figures"), coding.load_coding(corpus, "links")
    assert set(links.figure) <= set(figures.id)
    assert set(figures.same_as) - {""} <= set(figures.id)
    table = readings.load_readings(corpus, figures)
    assert table.groupby("question").reading.nunique().min() >= 2
    people = coding.load_places(corpus, "populations.toml")
    assert set(figures[figures.measure.isin(["displaced", "killed"])].population) <= set(people)
    outside = pd.read_csv(corpus.folder / "coding" / "outside.csv")
    assert outside.url.str.startswith("https://").all()
    assert outside[["source", "text", "period_end"]].notna().all().all()


def test_the_days_that_a_stated_length_leaves_sure_are_those_that_every_window_holds(corpus):
    figures = coding.load_coding(corpus, "figures").query("days != '' and repeats == ''")
    for row in figures.itertuples():
        long = pd.Timedelta(days=int(row.days) - 1)
        first, last = pd.Timestamp(row.period_end) - long, pd.Timestamp(row.period_start) + long
        sure = (f"{first.date()}", f"{last.date()}") if first <= last else ("", "")
        assert (row.sure_start, row.sure_end) == sure, row.id
