"""What a rerunner may do: change a coding or turn a parameter; a notebook then says what is true, or stops by name."""

import re
import shutil

import nbformat
import pandas as pd
import pytest
from conftest import ROOT

from helpers import coding, terms
from helpers.corpus import load_corpus
from helpers.event import report
from helpers.publish import build

#: ten codings changed, one at a time: file, id, column, what it says then
CODINGS = [
    ("frames", "001-s01", "frame", "suffering"),
    ("acts", "002-a07", "agent_place", "absent"),
    ("terms", "000-t41", "voice", "own"),
    ("terms", "002-t02", "event", "another town"),
    ("quotes", "001-q03", "role", "resident"),
    ("figures", "003-f04", "low", "300000"),
    ("figures", "000-f09", "place", "Saraqeb"),
    ("events", "003-e06", "date_start", "2020-01-25"),
    ("claims_verdicts", "did HTS fight", "verdict", "compatible"),
    ("parts", "002-p02", "part", "pull_quote"),
]
#: parameters turned, one at a time: notebook, what stands there, what stands there then
PARAMETERS = [
    ("02-words", 'TAKING = ["enter", ', "TAKING = ["),
    ("03-framing", '"absent": "nobody"', '"absent": "implied"'),
    ("05-figures", "TOLERANCE, FIRST, LAST = 0.1,", "TOLERANCE, FIRST, LAST = 0,"),
    ("05-figures", "TOLERANCE, FIRST, LAST = 0.1,", "TOLERANCE, FIRST, LAST = 0.25,"),
    ("05-figures", "READING = {}", 'READING = {"Is anybody counted twice?": "a third of the moves are repeats"}'),
    ("06-claims", '"did HTS fight",', ""),
    ("08-how-well-does-it-do", "PRIOR = 500", "PRIOR = 50"),
]
READS = {"parts": "corpus.parts|corpus.body|corpus.words", "claims_verdicts": "load_verdicts"}


@pytest.fixture
def copy(tmp_path):
    """Give a copy of the articles, their codings and the notebooks."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    for path in (tmp_path / "seeds").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return tmp_path


def stops(path, home):
    """Run a notebook; give the sentence at which it stops, or nothing where all still holds."""
    try:
        build._execute(path, str(home), [])
    except build.BuildError as error:
        return str(error)
    return ""


def named(error):
    return re.search("code cell \\d+: a sentence no longer holds, “.+”; write it anew$", error, re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize(("file", "row", "column", "value"), CODINGS, ids=lambda value: str(value)[:12])
def test_after_a_changed_coding_a_notebook_is_true_or_names_the_sentence(copy, file, row, column, value):
    path = copy / "seeds" / "coding" / f"{file}.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    at = table.index[table.iloc[:, 0] == row]
    assert table.loc[at[0], column] != value
    table.loc[at, column] = value
    table.to_csv(path, index=False)
    reads = READS.get(file, f'"{file}"')
    ran = []
    for notebook in sorted((copy / "notebooks").glob("0*.ipynb")):
        source = "\n".join(cell.source for cell in nbformat.read(notebook, 4).cells if cell.cell_type == "code")
        if re.search(reads, source):
            ran.append(error := stops(notebook, copy))
            assert not error or named(error), error
    assert ran


@pytest.mark.slow
@pytest.mark.parametrize(("notebook", "old", "new"), PARAMETERS, ids=lambda value: str(value)[:24])
def test_a_turned_parameter_breaks_no_cell(copy, notebook, old, new):
    path = copy / "notebooks" / f"{notebook}.ipynb"
    book = nbformat.read(path, 4)
    cell = next(cell for cell in book.cells if old in cell.source)
    cell.source = cell.source.replace(old, new)
    nbformat.write(book, path)
    error = stops(path, copy)
    assert not error or named(error), error


def test_a_word_added_to_the_lexicon_is_shown_as_not_coded(copy):
    path = copy / "seeds" / "coding" / "lexicon.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('forms = ["rout", "routed"]', 'forms = ["rout", "routed", "ghost town"]'))
    corpus = load_corpus(copy / "seeds")
    unread = terms.uncoded(terms.find_terms(corpus), coding.load_coding(corpus, "terms"))
    assert set(unread[unread.wording == "rout"].text.str.lower()) == {"ghost town"}
    faults, drafts = report.check(copy / "seeds")
    assert faults == []
    assert sum("terms.csv has no row for rout" in draft for draft in drafts) == len(unread[unread.wording == "rout"])
