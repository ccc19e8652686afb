"""Two coders of one event: how far they agree, column by column, and the rows on which they do not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd

from helpers import coding, spans
from helpers.agreement import alpha, alpha_interval
from helpers.corpus import Corpus, load_corpus
from helpers.event.sheet import CODED, CODINGS, coder_sheet, tables
from helpers.event.take import read_sheets
from helpers.evidence import passage

__all__ = ["agreement", "compared", "people", "told"]

_COLUMNS = ["file", "column", "rows", "agreed", "percent", "alpha", "low", "high", "most often"]


def compared(corpus: Corpus, one: str, two: str) -> pd.DataFrame:
    """Set two codings side by side, a row a judgement that both have made.

    Parameters
    ----------
    one, two : coders, whose workbooks lie in coding/people, or `CODINGS` for the codings of the folder itself

    Returns
    -------
    DataFrame with `file, id, column, one, two, same` and `passage` (in its sentence)

    Raises
    ------
    CorpusError if a workbook is missing, or names a row that is not there
    """
    found = tables(corpus, blank=True)
    first, second = (_codes(corpus, found, coder) for coder in (one, two))
    placed = {(name, row.id): row for name, table in found.items() for row in table.itertuples()}
    rows = []
    for (name, ident), here in first.items():
        if (there := second.get((name, ident))) is None:
            continue
        row = placed[name, ident]
        shown = "{}⟦{}⟧{}".format(*passage(corpus, row.doc, row.start, row.end))
        for column in coding.JUDGED[name]:
            pair = here.get(column, ""), there.get(column, "")
            rows.append((name, ident, column, *pair, _plain(pair[0]) == _plain(pair[1]), shown))
    return pd.DataFrame(rows, columns=["file", "id", "column", "one", "two", "same", "passage"])


def _codes(corpus: Corpus, found: dict[str, pd.DataFrame], coder: str) -> dict[tuple[str, str], dict[str, str]]:
    """Give the judgements of a coder by file and id: of a workbook the rows that are marked as coded."""
    if coder == CODINGS:
        read = {name: t[t.get("note", pd.Series("", t.index)) != coding.DRAFT] for name, t in found.items()}
        return {(name, row["id"]): row for name, table in read.items() for row in table.to_dict("records")}
    path = coder_sheet(corpus.folder, coder)
    if not path.is_file():
        raise spans.CorpusError([f"there is no {path.name} in {path.parent}; sheet --coder {coder} writes it"])
    known = {(name, row.id): (row.doc, row.text) for name, table in found.items() for row in table.itertuples()}
    rows, faults = dict[tuple[str, str], dict[str, str]](), list[str]()
    for name, number, row in read_sheets(path):
        where, key = f"{path.name}, {name} row {number}", (name, row["id"])
        if row.get(CODED, "") not in ("", "yes"):
            faults.append(f"{where}: {CODED} is {row[CODED]!r}; write yes, or nothing where the row is not done")
        elif key not in known or (row["doc"], row["quote"]) != known[key]:
            faults.append(f"{where}: id, doc or quote (hidden) of {row['id']!r} was changed; write it back")
        elif row.get(CODED):
            rows[key] = row
    spans.refuse(faults)
    return rows


def _plain(value: str) -> str:
    """Give a value so that 12 and 12.0, Yes and yes are one."""
    text = str(value).strip().lower()
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def agreement(rows: pd.DataFrame) -> pd.DataFrame:
    """Say for each column how far two codings agree.

    Parameters
    ----------
    rows : what `compared` gives

    Returns
    -------
    DataFrame with `file, column, rows, agreed, percent`, Krippendorff's `alpha` with the ends of its 95% interval
    (`low, high`; empty where all codes are the same) and the disagreement that comes `most often`

    >>> pairs = pd.DataFrame({"one": ["x", "x", "y", "y"], "two": ["x", "x", "y", "x"], "file": "f", "column": "c"})
    >>> agreement(pairs.assign(same=pairs.one == pairs.two))[["rows", "percent", "most often"]].values.tolist()
    [[4, 75.0, 'y / x (1)']]
    """
    found = []
    for (name, column), group in rows.groupby(["file", "column"], sort=False):
        codes = group[["one", "two"]].map(_plain)
        measured = alpha(codes)
        low, high = alpha_interval(codes, 200) if measured == measured else (measured, measured)
        differing = Counter(
            f"{row.one or 'nothing'} / {row.two or 'nothing'}" for row in group[~group.same].itertuples()
        )
        often = "; ".join(f"{pair} ({n})" for pair, n in sorted(differing.items(), key=lambda item: -item[1])[:2])
        agreed = int(group.same.sum())
        found.append((name, column, len(group), agreed, 100 * agreed / len(group), measured, low, high, often))
    return pd.DataFrame(found, columns=_COLUMNS)


def people(corpus: Corpus) -> pd.DataFrame:
    """Give the agreement of every workbook in coding/people that somebody has filled in with the codings.

    Returns
    -------
    as `agreement`, with `coder` before it; empty until a sheet is filled in

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
    lines = (
        shown[["file", "column", "agree", "alpha", "low", "high", "most often"]]
        .to_string(index=False, na_rep="one code only")
        .splitlines()
    )
    lines += [
        f"{row.file} {row.id}, {row.column}: {row.one!r} / {row.two!r}: {row.passage}" for row in differing.itertuples()
    ]
    return [*lines, f"written: {place}/agreement-{one}-{two}.csv and differences-{one}-{two}.csv"]
