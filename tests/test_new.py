"""An event of one's own: what each kind of file gets told, that nothing coded is touched, and the whole path."""

import ast
import csv
import json
import re
import shutil
import textwrap

import nbformat
import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import coding, spans, speakers
from helpers.__main__ import main
from helpers.corpus import load_corpus
from helpers.event import new, report
from helpers.publish import articles
from helpers.rows import write_records

ONE = (
    "Flood hits the valley\n\nAt least 12 people died on Monday, the police said.\n\n"
    '"We ran," Sara Haddad said.\nLeave a reply\n'
)
TWO = "Dam breaks\n\nThe disaster killed 15 people on 3 March 2024, according to the police. The water rose.\n"


@pytest.fixture
def files(tmp_path):
    def write(**texts):
        paths = []
        for name, content in texts.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        return paths

    return write


def rows(folder, name):
    with (folder / "coding" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_is_laid_out_with_the_texts_untouched_and_a_draft_of_each_candidate(files, tmp_path):
    folder = tmp_path / "flood"
    told = new.lay_out(folder, files(a__txt=ONE, b__txt=TWO))
    assert told[0] == f"2 articles laid out in {folder}: 000 to 001"
    corpus = load_corpus(folder)
    assert list(corpus.texts.values()) == [ONE, TWO]
    assert corpus.articles.title.tolist() == ["Flood hits the valley", "Dam breaks"]
    assert corpus.articles.published.tolist() == ["", "2024-03-03"]
    assert "# please check" in (folder / "corpus.toml").read_text()
    assert corpus.parts[["doc", "part"]].values.tolist() == [
        ["000", "headline"],
        ["000", "comment_form"],
        ["001", "headline"],
    ]
    figures = rows(folder, "figures")
    assert [(r["quote"], r["low"], r["high"], r["unit"], r["measure"], r["note"]) for r in figures] == [
        ("At least 12", "12", "", "people", "", "draft"),
        ("15", "15", "15", "people", "", "draft"),
    ]
    assert [r["speaker"] for r in rows(folder, "quotes")] == ["police", "Sara Haddad", "police"]
    assert ("disaster", "draft") in [(r["quote"], r["note"]) for r in rows(folder, "terms")]
    assert "A start, not a lexicon" in (folder / "coding" / "lexicon.toml").read_text()
    assert "python -m helpers check flood" in (folder / "README.md").read_text()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_a_person_coded_stays_when_an_article_is_added(files, tmp_path):
    folder = tmp_path / "flood"
    one, two = files(a__txt=ONE, b__txt=TWO)
    new.lay_out(folder, [one])
    path = folder / "coding" / "quotes.csv"
    mine = path.read_text().replace(",draft,", ",read by me,")
    path.write_text(mine)
    (folder / "corpus.toml").write_text(
        (folder / "corpus.toml").read_text().replace('outlet = ""', 'outlet = "The Valley"')
    )
    assert new.lay_out(folder, [two])[0] == f"1 article added to {folder}: 001 to 001"
    assert path.read_text().startswith(mine)
    assert {r["doc"] for r in rows(folder, "quotes") if r["note"] == "draft"} == {"001"}
    assert load_corpus(folder).articles.outlet.tolist() == ["The Valley", ""]
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert new.lay_out(folder, [two]) == ["b.txt is there already, as 001", "nothing is new; nothing was changed"]
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (three,) = files(c__txt="A third text.")
    assert new.lay_out(folder, [one, two, three])[:3] == [
        "a.txt is there already, as 000",
        "b.txt is there already, as 001",
        f"1 article added to {folder}: 002 to 002",
    ]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("4 April 2017", "2017-04-04"),
        ("4 Apr 2017", "2017-04-04"),
        ("Sun Apr 16 2017", "2017-04-16"),
        ("Sept. 3rd, 2021", "2021-09-03"),
        ("06.04.2017", "2017-04-06"),
        ("2017-04-06T12:00:00Z", "2017-04-06"),
        ("04/06/2017", ""),  # two readings
        ("31 Feb 2017", ""),
        ("Mary 3, 2020", ""),
        ("3 June 2020", "2020-06-03"),
        ("3 Jul. 2020", "2020-07-03"),
    ],
)
def test_dates_that_can_be_read_one_way_only_are_read(files, tmp_path, written, iso):
    (path,) = files(a__csv=f"text;date\n{ONE.split(chr(10))[0]};{written}\n".encode())
    new.lay_out(tmp_path / "flood", [path])
    assert (f'published = "{iso}"' in (tmp_path / "flood" / "corpus.toml").read_text()) == bool(iso)
    assert ("published" in (tmp_path / "flood" / "corpus.toml").read_text()) == bool(iso)


def test_an_article_may_be_longer_than_csv_allows_by_default(files, tmp_path):
    (path,) = files(a__csv=("text\n" + "A long article. " * 10_000 + "\n").encode())
    assert "1 article laid out" in new.lay_out(tmp_path / "flood", [path])[0]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a__txt", "Café".encode("cp1252"), "line 1 is not UTF-8; it looks like Windows-1252 or Latin-1: convert it"),
        (
            "a__txt",
            "Двое пришли вчера вечером.".encode("cp1251"),
            "looks like cp1251: convert it (iconv -f CP1251 -t UTF-8)",
        ),
        ("a__txt", b"PK\x03\x04\x14", "is a Word or another packed document"),
        ("a__txt", b'[{"text": "One."}]', "is JSON; give it the ending .json"),
        ("a__txt", "Text.".encode("utf-16"), "is UTF-16; convert it"),
        ("a__txt", b"", "holds no word"),
        ("a__txt", b"Word " * 1_000_000, "has 5,000,000 bytes, more than 2,000,000"),
        ("a__txt", b"%PDF-1.7 \xff", "is a PDF; save its text"),
        ("a__txt", b"<!DOCTYPE html><html><body>Text</body></html>", "is HTML; copy the article's text"),
        ("a__txt", b"Text \x00 more", "holds zero bytes"),
        (
            "a__csv",
            b"title,body\nOne,Text\n",
            "record 1 has no text; name the column that holds it, perhaps --text body (there are title, body)",
        ),
        ("a__jsonl", b'{"text": "One."}\n{"text": \n', "line 2: Expecting value"),
        ("a__csv", b"outlet,text\nBBC,The army fled, and 12 died\n", "line 2: more values than columns; put a text"),
        ("a__csv", b'text,outlet\n"It never closes,BBC\nSecond,CNN\n', "unexpected end of data"),
        ("a__csv", b"text,Text\nOne,Two\n", "column text stands twice"),
    ],
)
def test_each_bad_file_gets_its_own_message_and_nothing_is_written(files, tmp_path, name, content, told):
    (path,) = files(**{name: content})
    with pytest.raises(spans.CorpusError) as error:
        new.lay_out(tmp_path / "flood", [path, tmp_path / "gone.txt"])
    assert told in str(error.value)
    assert "gone.txt is no file; check its name" in str(error.value)
    assert not (tmp_path / "flood").exists()


def test_duplicates_and_a_folder_of_something_else_are_refused(files, tmp_path):
    one, two = files(a__txt=ONE, b__txt=ONE)
    with pytest.raises(spans.CorpusError, match=r"b\.txt is the same text as a.txt; leave one of them out"):
        new.lay_out(tmp_path / "flood", [one, two])
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("mine")
    with pytest.raises(spans.CorpusError, match=r"exists and holds no corpus\.toml"):
        new.lay_out(tmp_path / "other", [one])
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["letter.txt"]
    with pytest.raises(spans.CorpusError, match="no article is given"):
        new.lay_out(tmp_path / "flood", [])


def test_articles_come_from_csv_and_jsonl_too(files, tmp_path):
    table = 'Text,Outlet,Date,Title\n"One came, they said.",The Day,2024-03-03,Flood\n'
    lines = json.dumps({"text": "Зима. Двое пришли.", "outlet": "День"}) + "\n"
    new.lay_out(tmp_path / "flood", files(a__csv=table, b__jsonl=lines))
    articles = load_corpus(tmp_path / "flood").articles
    assert articles.outlet.tolist() == ["The Day", "День"]
    assert articles.outlet_basis.tolist() == ["stated", "stated"]
    assert articles.published.tolist() == ["2024-03-03", ""]
    assert articles.title.tolist()[0] == "Flood"


def test_a_headline_that_a_page_prints_twice_is_no_running_text(files, tmp_path):
    new.lay_out(tmp_path / "flood", files(a__txt="Flood in the valley\n\nFlood in the valley\n\nThe river rose.\n"))
    assert load_corpus(tmp_path / "flood").parts.part.tolist() == ["headline", "headline"]


def test_check_shows_the_first_drafts_of_a_file_and_counts_the_rest(files, tmp_path, capsys):
    folder = tmp_path / "flood"
    new.lay_out(folder, files(a__txt=" ".join(f"{number} people came." for number in range(20, 50))))
    main(["check", str(folder)])
    told = capsys.readouterr().out
    assert told.count("flood/coding/figures.csv line ") == 10
    assert 'flood/corpus.toml line 1: guessed: title = "flood"; mend it and take the remark away' in told
    assert "flood/corpus.toml holds no published for 000" in told
    assert "flood/coding/figures.csv: 20 more drafts, 30 in all" in told


def test_check_lists_drafts_with_their_sentence_and_fails_only_on_faults(files, tmp_path, capsys):
    folder = tmp_path / "flood"
    new.lay_out(folder, files(a__txt=ONE))
    assert main(["check", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "flood/coding/figures.csv line 2 (000-f01): still a draft: ⟦At least 12⟧ people died" in told
    assert told.splitlines()[-1].startswith("0 faults, ")
    path = folder / "coding" / "figures.csv"
    path.write_text(path.read_text().replace(",draft,", ",,"))
    assert main(["check", str(folder)]) == 1
    assert "measure: '' is unknown" in capsys.readouterr().out
    (folder / "000.txt").write_text("changed")
    assert main(["check", str(folder)]) == 1
    assert "000.txt has changed since its sha256 was recorded" in capsys.readouterr().out


def test_a_draft_is_no_coding(files, tmp_path):
    new.lay_out(tmp_path / "flood", files(a__txt=ONE))
    corpus = load_corpus(tmp_path / "flood")
    assert coding.load_coding(corpus, "figures").empty
    assert coding.finished(corpus, "claims").empty


@pytest.mark.slow
def test_the_whole_path_on_the_harbour_fire(tmp_path):
    folder = tmp_path / "fire"
    shutil.copytree(ROOT / "notebooks" / "harbour_fire", folder)
    report.run(folder, lambda line: None)
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "2 agree and 1 conflict: Three (Quayside) and two (Wire)" in page
    assert "these cannot all be true" in page
    assert (folder / "site" / "article-courier.html").is_file()


@pytest.mark.slow
def test_one_article_without_lexicon_or_codings_gets_a_report_that_abstains(files, tmp_path):
    folder = tmp_path / "flood"
    new.lay_out(folder, files(a__txt="Flood.\n\nIt rained."))
    shutil.rmtree(folder / "coding")
    report.run(folder, lambda line: None)
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "1 article of 3 words" in page
    assert re.findall("<h2[^>]*>([^<]*)", page) == [
        "How each begins",
        "What is missing",
        "What this report cannot tell",
    ]


@pytest.mark.parametrize(
    "text", ['"0\r0', 'He said: "One\r\ntwo" and 3\r\nwent.', 'It was "a\u2028b" then.', "One\x85 two\x0b 12 died."]
)
def test_line_ends_of_other_systems_do_no_harm(files, tmp_path, text):
    new.lay_out(tmp_path / "flood", files(a__txt=text))
    new.lay_out(tmp_path / "flood", files(b__txt=text + " More."))
    assert report.check(tmp_path / "flood")[0] == []


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=200))
def test_any_text_is_laid_out_or_refused_with_a_reason(tmp_path_factory, text):
    home = tmp_path_factory.mktemp("any")
    (home / "a.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    told = ""
    try:
        new.lay_out(home / "event", [home / "a.txt"])
    except spans.CorpusError as error:
        told = str(error)
    assert (home / "event").exists() == (told == "")
    assert report.check(home / "event")[0] == [] if not told else "a.txt" in told


def test_check_reads_readings_and_populations_too(tmp_path):
    folder = tmp_path / "fire"
    shutil.copytree(ROOT / "notebooks" / "harbour_fire", folder)
    (folder / "coding" / "readings.csv").write_text("question,reading,id,column,value,why\nq,one,x,place,Merle,\n")
    (folder / "coding" / "populations.toml").write_text('["workers"]\nwithin = "people"\n')
    faults, _ = report.check(folder)
    assert any("readings.csv line 2: id: 'x' is no coded figure" in fault for fault in faults)
    assert any("populations.toml: 'workers' lies within 'people', which is not listed" in fault for fault in faults)


def test_the_report_keeps_the_house_rules_of_the_notebooks():
    book = nbformat.read(ROOT / "helpers" / "event" / "templates" / "report.ipynb", 4)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    assert book.cells[0].source.startswith("# ")
    assert book.cells[0].source.endswith("?")
    assert sum("answer" in cell.metadata.get("tags", []) for cell in cells) == 1
    for cell in cells:
        assert len(cell.source.splitlines()) <= 12
        assert not any(isinstance(node, (ast.FunctionDef, ast.ClassDef)) for node in ast.walk(ast.parse(cell.source)))
        assert cell.outputs == []


def test_a_draft_that_was_deleted_does_not_come_back(files, tmp_path):
    folder = tmp_path / "flood"
    new.lay_out(folder, files(a__txt=ONE))
    path = folder / "coding" / "quotes.csv"
    kept = [line for line in path.read_text().splitlines(keepends=True) if "Sara Haddad" not in line]
    path.write_text("".join(kept))
    (folder / "coding" / "figures.csv").write_text(
        (folder / "coding" / "figures.csv").read_text().splitlines()[0] + "\n"
    )
    corpus = load_corpus(folder)
    assert coding.with_drafts(corpus, "quotes").speaker.tolist() == ["police"]
    assert coding.with_drafts(corpus, "quotes").draft.all()
    drawn = articles.layers(corpus)
    assert len(drawn["quotes"]) == 1
    assert len(drawn["figures"]) == 0


def test_a_mended_text_keeps_its_codings_where_their_quotes_still_stand(files, tmp_path):
    folder = tmp_path / "flood"
    new.lay_out(folder, files(a__txt=ONE, b__txt=TWO))
    before = rows(folder, "figures")
    text = (folder / "000.txt").read_text()
    (folder / "000.txt").write_text("At least 12 rivers rose. " + text.replace('"We ran," Sara Haddad said.', "Gone."))
    told = new.lay_out(folder, [])
    assert told[0] == "000 was mended; its codings were set anew where their quotes still stand"
    assert "figures.csv, 000-f01: 'At least 12' stands 2 times; check nth" in told
    assert any("quotes.csv, 000-q02" in line and "see quotes.lost.csv" in line for line in told)
    assert [row["id"] for row in rows(folder, "quotes.lost")] == ["000-q02"]
    assert rows(folder, "figures") == [{**before[0], "nth": "1"}, before[1]]
    assert report.check(folder)[0] == []


def test_an_interrupted_change_is_put_back_and_nothing_coded_is_lost(files, tmp_path):
    folder = tmp_path / "flood"
    one, two = files(a__txt=ONE, b__txt=TWO)
    new.lay_out(folder, [one])
    (folder / "coding" / "mine.txt").write_text("read by me")
    folder.rename(tmp_path / ".flood.before")  # as a kill between the two moves leaves it
    assert new.lay_out(folder, [two])[0] == f"1 article added to {folder}: 001 to 001"
    assert (folder / "coding" / "mine.txt").read_text() == "read by me"


def test_columns_are_named_and_likely_ones_suggested(files, tmp_path):
    lines = json.dumps([{"content": ONE, "source": "The Valley", "published": "04/06/2017"}, {"content": TWO}])
    (path,) = files(a__json=lines)
    with pytest.raises(
        spans.CorpusError,
        match=r"record 1 has no text, and so have 1 more; name the column that holds it, perhaps --text content",
    ):
        new.lay_out(tmp_path / "flood", [path])
    told = new.lay_out(tmp_path / "flood", [path], {"text": "content", "date": "published"})
    assert "a.json: source is not read; --outlet source takes it as the outlet" in told
    assert "a.json: 1 dates were not read ('04/06/2017'); write them as 2017-06-04" in told
    assert load_corpus(tmp_path / "flood").articles.label.tolist() == ["000 Flood hits the valley", "001 Dam breaks"]


def test_what_is_no_word_of_a_text_is_named_and_furniture_is_a_part(files, tmp_path):
    text = "Flood\n\nBy Ana Ruiz\n\nADVERTISEMENT\n\nImage caption Rescuers dig\n\nIt&#8217;s â€œbadâ€\u009d.\n"
    told = new.lay_out(tmp_path / "the flood", files(a__txt=b"\xef\xbb\xbf" + text.encode()))
    assert "a.txt has 1 HTML entities ('&#8217;'); copy the text from the page as it is shown" in " ".join(told)
    assert "wrongly decoded letters" in " ".join(told)
    corpus = load_corpus(tmp_path / "the flood")
    assert corpus.parts.part.tolist() == ["headline", "byline", "navigation", "caption"]


def test_lines_cut_at_a_width_are_read_as_paragraphs(files, tmp_path):
    whole = (
        'The mayor said: "Everything shows that the road to the north should be opened before the winter comes again." '
        "Ruiz added he has proof that it will matter to at least 1,200 people in the valley below the dam.\n\nHe left."
    )
    wrapped = "\n".join(line for block in whole.split("\n") for line in (textwrap.wrap(block, 72) or [""])) + "\n"
    assert wrapped.count("\n") > 4
    new.lay_out(tmp_path / "one", files(a__txt=whole))
    new.lay_out(tmp_path / "two", files(b__txt=wrapped))
    one, two = (load_corpus(tmp_path / name) for name in ("one", "two"))
    assert [text.replace("\n", " ") for text in two.sentences.text] == one.sentences.text.tolist()
    assert two.text("000") == wrapped
    for file in ("quotes", "figures"):
        found = [coding.with_drafts(corpus, file).text.str.replace("\n", " ").tolist() for corpus in (one, two)]
        assert found[0] == found[1] != []


def test_an_event_says_who_is_who(tmp_path):
    folder = tmp_path / "fire"
    shutil.copytree(ROOT / "notebooks" / "harbour_fire", folder)
    (folder / "coding" / "speakers.toml").write_text('"Ines Tal" = ["the captain"]\n"Omar Lind" = ["the captain"]\n')
    assert report.check(folder)[0] == [
        "fire/coding/speakers.toml: 'the captain' is both 'Ines Tal' and 'Omar Lind'; leave it with one of them"
    ]
    (folder / "coding" / "speakers.toml").write_text('"Ines Tal" = ["the captain"]\n')
    aliases = speakers.load_aliases(load_corpus(folder))
    assert speakers.people(["the captain", "Tal"], aliases) == {
        "Ines Tal": "Ines Tal", "the captain": "Ines Tal", "Tal": "Ines Tal"
    }  # fmt: skip


def test_what_lies_in_a_folder_is_never_overwritten_and_a_broken_row_never_cut(files, tmp_path):
    folder = tmp_path / "flood"
    new.lay_out(folder, files(a__txt=ONE))
    (folder / "001.txt").write_text("mine")
    (three,) = files(c__txt=TWO)
    assert new.lay_out(folder, [three])[0] == f"1 article added to {folder}: 002 to 002"
    assert (folder / "001.txt").read_text() == "mine"
    path = folder / "coding" / "quotes.csv"
    broken = path.read_text() + "000-q09,000,We ran,,,direct,Ann,,said,,one, two, THREE\n"
    path.write_text(broken)
    (folder / "000.txt").write_text(ONE + "More.")
    with pytest.raises(spans.CorpusError, match=r"quotes\.csv line \d+: 14 values for 12 columns|values for"):
        new.lay_out(folder, [])
    assert path.read_text() == broken


def test_a_report_of_articles_of_function_words_is_a_report(files, tmp_path):
    new.lay_out(tmp_path / "tiny", files(a__txt="Yes.", b__txt="No.", c__txt="And so on, or not."))
    report.run(tmp_path / "tiny", lambda line: None)
    assert (tmp_path / "tiny" / "site" / "index.html").is_file()


def test_an_article_added_leaves_the_rows_and_columns_of_every_file(files, tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    new.lay_out(tmp_path / "seeds", files(a__txt=ONE))
    for name in ("parts", "quotes", "figures", "figures_excluded", "terms"):
        before = (ROOT / "seeds" / "coding" / f"{name}.csv").read_text(encoding="utf-8")
        assert (tmp_path / "seeds" / "coding" / f"{name}.csv").read_text(encoding="utf-8").startswith(before)


def test_mended_texts_keep_their_rows_apart_and_two_articles_their_own_sums(files, tmp_path):
    folder = tmp_path / "flood"
    new.lay_out(folder, files(a__txt="One came. Two came. Three came.", b__txt=TWO))
    first, *_ = rows(folder, "figures")
    saved = [{**first, "id": f"000-f{n}", "quote": "came", "nth": f"{n}.0"} for n in (1, 2, 3)]  # as pandas writes nth
    write_records(folder / "coding" / "figures.csv", list(first), saved)
    one, two = ((folder / f"00{n}.txt").read_bytes() for n in (0, 1))
    (folder / "000.txt").write_bytes(one + b" None left.")
    new.lay_out(folder, [])
    assert [row["nth"] for row in rows(folder, "figures")] == ["1", "2", "3"]
    (folder / "000.txt").write_bytes(two)
    (folder / "001.txt").write_bytes(one)
    assert new.lay_out(folder, [])[0].startswith("000 was mended")
    assert list(load_corpus(folder).texts.values()) == [two.decode(), one.decode()]
    (folder / "000.txt").write_bytes(b"")
    with pytest.raises(spans.CorpusError, match=r"000\.txt holds no word; put the article's text into it"):
        new.lay_out(folder, [])


@pytest.mark.parametrize("emptied", [b"", b"\n", b"\xef\xbb\xbf"])
def test_an_emptied_file_takes_drafts_and_one_without_notes_does_not(files, tmp_path, emptied):
    folder = tmp_path / "flood"
    new.lay_out(folder, files(a__txt=ONE))
    (folder / "coding" / "quotes.csv").write_bytes(emptied)
    new.lay_out(folder, files(b__txt=TWO))
    assert {row["note"] for row in rows(folder, "quotes")} <= {"draft"}
    head = (folder / "coding" / "quotes.csv").read_text().replace("note", "remark", 1)
    (folder / "coding" / "quotes.csv").write_text(head)
    with pytest.raises(spans.CorpusError, match=r"quotes\.csv line 1: the column note is missing; put it back"):
        new.lay_out(folder, files(c__txt="Nobody came."))


@pytest.mark.parametrize("end", ["\r", "\u2028", "\x0b", "\x85"])
def test_every_line_end_ends_a_headline(files, tmp_path, end):
    new.lay_out(tmp_path / "flood", files(a__txt=ONE.replace("\n", end)))
    assert load_corpus(tmp_path / "flood").parts.text.tolist()[0] == "Flood hits the valley"


def test_a_list_of_records_may_begin_with_blank_lines(files, tmp_path):
    told = json.dumps([{"text": ONE}, {"text": TWO}], indent=1)
    assert "2 articles" in new.lay_out(tmp_path / "flood", files(a__json="\n\n" + told))[0]
