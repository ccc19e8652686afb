"""Two coders of one event: how far they agree, column by column, and the rows on which they do not."""

from collections import Counter
from pathlib import Path

import pandas as pd

from helpers import coding, spans
from helpers.agreement import alpha, alpha_interval
from helpers.corpus import Corpus, load_corpus
from helpers.event.sheet import CODED, CODINGS, tables
from helpers.event.take import read_sheets
from helpers.evidence import passage

__all__ = ["agreement", "compared", "people", "told"]

_COLUMNS = ["file", "column", "rows", "agreed", "percent", "alpha", "low", "high", "most often"]


def compared(corpus: Corpus, one: str, two: str) -> pd.DataFrame:
    """Set two codings side by side, a row a judgement that both have made.

    `one` and `two` are coders, whose workbooks lie in coding/people, or `CODINGS`, the codings of the folder itself.
    Gives a DataFrame with `file, id, column, one, two, same` and `passage` (in its sentence); raises a CorpusError
    where a workbook is missing, or names a row that is not there.
    """
    first, second = _codes(corpus, one), _codes(corpus, two)
    places = {name: table.set_index("id")[spans.SPAN[:3]] for name, table in tables(corpus, blank=True).items()}
    rows = []
    for (name, ident, column), here in first.items():
        if (there := second.get((name, ident, column))) is not None:
            shown = "{}⟦{}⟧{}".format(*passage(corpus, *places[name].loc[ident]))
            rows.append((name, ident, column, here, there, _plain(here) == _plain(there), shown))
    return pd.DataFrame(rows, columns=["file", "id", "column", "one", "two", "same", "passage"])


def _codes(corpus: Corpus, coder: str) -> dict[tuple[str, str, str], str]:
    """Give the judgements of a coder by file, id and column: of a workbook the rows that are marked as coded."""
    path = corpus.folder / "coding" / "people" / f"{coder}.xlsx"
    if coder == CODINGS:
        coded = [(name, row) for name, table in tables(corpus, blank=True).items() for row in table.to_dict("records")]
        rows = [(name, row) for name, row in coded if row.get("note") != coding.DRAFT]
    elif path.is_file():
        rows = [(name, row) for name, _, row in read_sheets(corpus, path, blank=True) if row[CODED]]
    else:
        raise spans.CorpusError([f"there is no {path.name} in {path.parent}; sheet --coder {coder} writes it"])
    return {(name, row["id"], column): row[column] for name, row in rows for column in coding.JUDGED[name]}


def _plain(value: str) -> str:
    """Give a value so that 12 and 12.0, Yes and yes are one."""
    text = value.strip().lower()
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def agreement(rows: pd.DataFrame) -> pd.DataFrame:
    """Say for each column of what `compared` gives how far two codings agree.

    Gives a DataFrame with `file, column, rows, agreed, percent`, Krippendorff's `alpha` with the ends of its 95%
    interval (`low, high`; empty where all codes are the same) and the disagreement that comes `most often`.

    >>> pairs = pd.DataFrame({"one": ["x", "x", "y", "y"], "two": ["x", "x", "y", "x"], "file": "f", "column": "c"})
    >>> agreement(pairs.assign(same=pairs.one == pairs.two))[["rows", "percent", "most often"]].values.tolist()
    [[4, 75.0, 'y / x (1)']]
    """
    found = []
    for (name, column), group in rows.groupby(["file", "column"], sort=False):
        codes, agreed = group[["one", "two"]].map(_plain), int(group.same.sum())
        measured = alpha(codes)
        low, high = alpha_interval(codes, 200) if measured == measured else (measured, measured)
        differing = group.loc[~group.same, ["one", "two"]].replace("", "nothing")
        pairs = Counter(f"{one} / {two}" for one, two in differing.to_numpy()).most_common(2)
        often = "; ".join(f"{pair} ({n})" for pair, n in pairs)
        found.append((name, column, len(group), agreed, 100 * agreed / len(group), measured, low, high, often))
    return pd.DataFrame(found, columns=_COLUMNS)


def people(corpus: Corpus) -> pd.DataFrame:
    """Give as `agreement` does, with `coder`, how every workbook that somebody has filled in agrees with the codings.

    >>> people(load_corpus("seeds")).empty
    True
    """
    found = [pd.DataFrame(columns=["coder", *_COLUMNS])]
    for path in sorted((corpus.folder / "coding" / "people").glob("*.xlsx")):
        if len(rows := compared(corpus, path.stem, CODINGS)):
            found.append(agreement(rows).assign(coder=path.stem))
    return pd.concat(found[1:] or found, ignore_index=True)[["coder", *_COLUMNS]]


def told(folder: Path, one: str, two: str) -> list[str]:
    """Write the agreement of two coders and the rows on which they differ as CSV files, and say what they hold."""
    corpus = load_corpus(folder.resolve())
    rows = compared(corpus, one, two)
    if rows.empty:
        return [f"{one} and {two} have coded no row in common; a row counts when its column {CODED} is filled in"]
    found, differing = agreement(rows), rows[~rows.same].drop(columns="same")
    place = corpus.folder / "coding" / "people"
    place.mkdir(exist_ok=True)
    for frame, what in ((found, "agreement"), (differing, "differences")):
        frame.round(4).to_csv(place / f"{what}-{one}-{two}.csv", index=False, lineterminator="\n")
    shown = found.assign(agree=found.agreed.astype(str) + " of " + found.rows.astype(str)).round(2)
    columns = ["file", "column", "agree", "alpha", "low", "high", "most often"]
    lines = shown[columns].to_string(index=False, na_rep="one code only").splitlines()
    lines += [f"{r.file} {r.id}, {r.column}: {r.one!r} / {r.two!r}: {r.passage}" for r in differing.itertuples()]
    return [*lines, f"written: {place}/agreement-{one}-{two}.csv and differences-{one}-{two}.csv"]
