"""An event of one's own: what is still to code, and its report."""

from __future__ import annotations

import hashlib
import itertools
import math
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import coding, spans
from helpers.corpus import Corpus, load_corpus
from helpers.evidence import passage
from helpers.figures import find_figures
from helpers.rows import ADDRESS, read_records, read_rows
from helpers.speakers import load_aliases
from helpers.terms import find_terms, load_lexicon, uncoded

__all__ = ["check", "run"]

_HERE = Path(__file__).parent


def check(folder: Path) -> tuple[list[str], list[str]]:
    """List what is wrong in an event folder, and what is still to code.

    Returns
    -------
    faults (file, row, value, remedy) and drafts (file, line, id, the sentence with the passage between ⟦ and ⟧), among
    them what corpus.toml only guesses or lacks

    >>> check(Path("notebooks/harbour_fire"))
    ([], [])
    """
    try:
        corpus = load_corpus(folder.resolve())
        unparted = corpus.parts.empty
    except spans.CorpusError as error:
        return error.faults, []
    faults, drafts = dict[str, None](), list[str]()  # each fault once, in order
    readers: dict[str, list[Callable[[], object]]] = {
        "lexicon.toml": [partial(load_lexicon, corpus)],
        "places.toml": [partial(coding.load_places, corpus)],
        "populations.toml": [partial(coding.load_places, corpus, "populations.toml")],
        "readings.csv": [partial(_readings, corpus)],
        "speakers.toml": [partial(load_aliases, corpus)],
        "values.toml": [partial(coding.load_values, corpus)],
    }
    for name in coding.COLUMNS:
        readers[f"{name}.csv"] = [partial(coding.load_coding, corpus, name), partial(_drafts, corpus, name, drafts)]
    for file, tried in sorted(readers.items()):
        for read in tried if (folder / "coding" / file).is_file() else []:
            try:
                read()
            except spans.CorpusError as error:
                faults |= dict.fromkeys(error.faults)
    if not faults and (folder / "coding" / "terms.csv").is_file():
        _unread(corpus, drafts)
    if not faults:
        drafts += [f"{folder.name}/coding/{look}; mend it, or say why in its note" for look in _second_looks(corpus)]
    drafts += [f"{folder.name}/corpus.toml {guess}" for guess in _guesses(corpus)]
    for path in sorted(folder.glob("coding/*.lost.csv")):
        drafts.append(f"{folder.name}/coding/{path.name} holds rows whose quotes stand in no text; code them anew")
    if unparted:
        drafts.append(f"{folder.name}/coding/parts.csv holds no part; is all of each text running text?")
    return list(faults), drafts


def _readings(corpus: Corpus) -> None:
    """Read the readings of an event, with the linear programs' libraries only where there are any."""
    from helpers.readings import load_readings

    load_readings(corpus, coding.load_coding(corpus, "figures"))


def _drafts(corpus: Corpus, name: str, told: list[str]) -> None:
    """Add to a list the rows of a file that nobody has read yet."""
    path = corpus.folder / "coding" / f"{name}.csv"
    header, records = read_records(path, path.name)
    columns = header[len(ADDRESS) :]
    if "note" not in columns or not any(values[header.index("note")] == coding.DRAFT for _, values in records):
        return
    table = read_rows(path, corpus.texts, columns)
    for row in table[table.note == coding.DRAFT].itertuples():
        shown = _shown(corpus, row)
        told.append(f"{corpus.folder.name}/coding/{name}.csv line {row.row} ({row.id}): still a draft: {shown}")


def _shown(corpus: Corpus, row: Any) -> str:
    """Show a row of a span table in its sentence."""
    return "{}⟦{}⟧{}".format(*passage(corpus, row.doc, row.start, row.end, 40))


def _unread(corpus: Corpus, told: list[str]) -> None:
    """Add to a list the watched words of the concepts coded in terms.csv that have no row there."""
    rows = read_rows(corpus.folder / "coding" / "terms.csv", corpus.texts, coding.COLUMNS["terms"])
    found = find_terms(corpus)
    for row in uncoded(found[found.concept.isin(rows.concept)], rows).itertuples():
        told.append(f"{corpus.folder.name}/coding/terms.csv has no row for {row.wording}: {_shown(corpus, row)}")


def _second_looks(corpus: Corpus) -> Iterator[str]:
    """List coded rows without a note that look wrong: a number or a day that cannot be, a slip in a name."""
    figures, quotes = (rows[rows.note == ""] for rows in (coding.finished(corpus, n) for n in ("figures", "quotes")))
    for row in figures.itertuples():
        found, where = find_figures(row.text), f"figures.csv line {row.row} ({row.id})"
        if len(found) and not {row.low, row.high} & {*found.low, *found.high} - {-math.inf, math.inf}:
            yield f"{where}: {row.text!r} is coded as {row.low:g} to {row.high:g}"
        last = corpus.articles.published[row.doc].rpartition("/")[2]
        if last and row.period_end > last:
            yield f"{where}: its period ends on {row.period_end}, its article is of {last}"
    lines = quotes[quotes.speaker.str.len() > 4].groupby("speaker").row.min()
    for one, two in itertools.combinations(lines.index, 2):
        if _begun_alike(one, two) + _begun_alike(one[::-1], two[::-1]) >= max(len(one), len(two)) - 1:
            yield f"quotes.csv line {lines[two]}: speaker {two!r} is {one!r} but for a letter"


def _begun_alike(one: str, two: str) -> int:
    """Count the letters with which two words begin alike."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _guesses(corpus: Corpus) -> Iterator[str]:
    """List what corpus.toml only guesses or lacks."""
    for number, line in enumerate((corpus.folder / "corpus.toml").read_text(encoding="utf-8").splitlines(), 1):
        told = line.removesuffix("# please check")
        if told != line:
            yield f"line {number}: guessed: {told.strip()}; mend it and take the remark away"
    undated = corpus.articles.index[corpus.articles.published == ""]
    if len(undated):
        yield f"holds no published for {', '.join(undated[:10])}{' …' * (len(undated) > 10)}"


def run(folder: Path, say: Callable[[str], None] = print) -> bool:
    """Run the report of an event folder and render its pages to site/ in it; False where nothing has changed.

    Raises
    ------
    CorpusError if the folder is inconsistent; BuildError if a cell of the report fails
    """
    from helpers.publish import build, site  # slow to load, and nothing that `check` needs

    report, mark, index = folder / "report", folder / "report" / ".digest", folder / "site" / "index.html"
    digest = _digest(folder)
    if mark.is_file() and mark.read_text() == digest and index.is_file():
        say(f"nothing has changed; {index} is up to date")
        return False
    faults, drafts = check(folder)
    spans.refuse(faults)
    say(f"{len(drafts)} still to read or code; the report rests on rules for what is a draft")
    report.mkdir(exist_ok=True)
    shutil.copyfile(_HERE / "templates" / "report.ipynb", report / "00-report.ipynb")
    build.run(report, say)
    pages = site.build(report, folder / "site", folder)
    mark.write_text(digest)
    say(f"{pages} pages: open {index}")
    return True


def _digest(folder: Path) -> str:
    """Give one number for all that a report rests on: texts, codings, and this package."""
    paths = [*folder.glob("*.txt"), folder / "corpus.toml", *folder.glob("coding/*"), *_HERE.parent.rglob("*.*")]
    held = hashlib.sha256(pd.__version__.encode())
    for path in sorted(path for path in paths if path.is_file() and "__pycache__" not in path.parts):
        held.update(path.name.encode() + path.read_bytes())
    return held.hexdigest()
