"""An event of one's own: what is still to code, and its report."""

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
from helpers.event.new import CHECK
from helpers.evidence import passage
from helpers.figures import find_figures
from helpers.speakers import load_aliases
from helpers.terms import find_terms, load_lexicon, uncoded

__all__ = ["check", "run"]


def check(folder: Path) -> tuple[list[str], list[str]]:
    """List what is wrong in an event folder, and what is still to code.

    Gives faults (file, row, value, remedy) and drafts (file, line, id, the sentence with the passage between ⟦ and ⟧),
    among them what corpus.toml only guesses or lacks; the drafts of a file with faults are listed when it is mended.

    >>> check(Path("notebooks/harbour_fire"))
    ([], [])
    """
    try:
        corpus = load_corpus(folder.resolve())
    except spans.CorpusError as error:
        return error.faults, []
    faults, drafts, at = dict[str, None](), list[str](), f"{corpus.folder.name}/coding/"  # each fault once, in order
    readers = _READERS | {f"{name}.csv": partial(coding.with_drafts, name=name) for name in coding.COLUMNS}
    for file, read in sorted(readers.items()):
        try:
            table = read(corpus) if (folder / "coding" / file).is_file() else None
        except spans.CorpusError as error:
            faults |= dict.fromkeys(error.faults)
            continue
        for row in table[table.draft].itertuples() if isinstance(table, pd.DataFrame) else ():
            drafts.append(f"{at}{file} line {row.row} ({row.id}): still a draft: {_shown(corpus, row)}")
    if not faults:
        terms = coding.with_drafts(corpus, "terms")
        found = find_terms(corpus) if len(terms) else terms
        for row in uncoded(found[found.concept.isin(terms.concept)], terms).itertuples():
            drafts.append(f"{at}terms.csv has no row for {row.wording}: {_shown(corpus, row)}")
        drafts += [f"{at}{look}; mend it, or say why in its note" for look in _second_looks(corpus)]
    drafts += [f"{corpus.folder.name}/corpus.toml {guess}" for guess in _guesses(corpus)]
    lost = sorted(path.name for path in folder.glob("coding/*.lost.csv"))
    drafts += [f"{at}{name} holds rows whose quotes stand in no text; code them anew" for name in lost]
    drafts += [f"{at}parts.csv holds no part; is all of each text running text?"] * corpus.parts.empty
    return list(faults), drafts


def _readings(corpus: Corpus) -> None:
    """Read the readings of an event, with the linear programs' libraries only where there are any."""
    from helpers.readings import load_readings

    load_readings(corpus, coding.load_coding(corpus, "figures"))


def _verdicts(corpus: Corpus) -> None:
    """Read the verdicts on the claims of an event."""
    coding.load_verdicts(corpus, coding.load_coding(corpus, "claims"))


_READERS: dict[str, Callable[[Corpus], object]] = {
    "claims_verdicts.csv": _verdicts,
    "lexicon.toml": load_lexicon,
    "places.toml": coding.load_places,
    "populations.toml": partial(coding.load_places, file="populations.toml"),
    "readings.csv": _readings,
    "speakers.toml": load_aliases,
    "values.toml": coding.load_values,
}


def _shown(corpus: Corpus, row: Any) -> str:
    """Show a row of a span table in its sentence."""
    return "{}⟦{}⟧{}".format(*passage(corpus, row.doc, row.start, row.end, 40))


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
        at = next(at for at in itertools.count() if one[: at + 1] != two[: at + 1])
        if one[at + 1 :] in (two[at:], two[at + 1 :]) or one[at:] == two[at + 1 :]:
            yield f"quotes.csv line {lines[two]}: speaker {two!r} is {one!r} but for a letter"


def _guesses(corpus: Corpus) -> Iterator[str]:
    """List what corpus.toml only guesses or lacks."""
    for number, line in enumerate((corpus.folder / "corpus.toml").read_text(encoding="utf-8").splitlines(), 1):
        if line.endswith(CHECK.strip()):
            yield f"line {number}: guessed: {line.rpartition('#')[0].rstrip()}; mend it and take the remark away"
    undated = corpus.articles.index[corpus.articles.published == ""]
    if len(undated):
        yield f"holds no published for {', '.join(undated[:10])}{' …' * (len(undated) > 10)}"


def run(folder: Path, say: Callable[[str], None] = print) -> None:
    """Run the report of an event folder and render its pages to site/ in it.

    Raises a CorpusError if the folder is inconsistent, a BuildError if a cell of the report fails.
    """
    from helpers.publish import build, site  # slow to load, and nothing that `check` needs

    faults, drafts = check(folder)
    spans.refuse(faults)
    say(f"{len(drafts)} still to read or code; the report rests on rules for what is a draft")
    (folder / "report").mkdir(exist_ok=True)
    shutil.copyfile(Path(__file__).parent / "templates" / "report.ipynb", folder / "report" / "00-report.ipynb")
    build.run(folder / "report", say)
    pages = site.build(folder / "report", folder / "site", folder)
    say(f"{pages} pages: open {folder / 'site' / 'index.html'}")
