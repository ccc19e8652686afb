"""What was coded by reading: the files of coding/, refused with every fault where they break articles or codebook."""

import datetime
import math
import tomllib
from collections.abc import Iterator, Mapping
from functools import partial
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import rows, spans
from helpers.corpus import Corpus

__all__ = [
    "COLUMNS", "DRAFT", "FRAMES", "JUDGED", "OPTIONAL", "figure_faults", "finished", "load_coding", "load_places",
    "load_values", "load_verdicts", "read_toml", "with_drafts",
]  # fmt: skip

_BOOK = tomllib.loads((Path(__file__).parent / "codebook.toml").read_text(encoding="utf-8"))
#: the columns of each file behind id, doc, quote, prefix, nth
COLUMNS: dict[str, list[str]] = {name: book.pop("columns").split() for name, book in _BOOK.items()}
#: those of them that a coder judges
JUDGED = {name: book.pop("judged").split() for name, book in _BOOK.items() if "judged" in book}
#: the columns to whose values an event of one's own may add, in coding/values.toml
_OPEN = [(name, column) for name, book in _BOOK.items() for column in book.pop("open", [])]
#: the columns that a file may leave out
OPTIONAL = {name: book.pop("optional", []) for name, book in _BOOK.items()}
#: what a column of a file may hold
VALUES: dict[tuple[str, str], list[str]] = {
    (name, column): values for name, book in _BOOK.items() for column, values in book.items()
}
#: the topic frames of a sentence, in the order of the codebook
FRAMES = VALUES["frames", "frame"]
#: the note of a row that a rule found and nobody has read yet
DRAFT = "draft"
#: what two claims can be to each other, the strongest last
VERDICTS = ["compatible", "agree", "updated", "conflict"]
_BOUNDS = {"low": -math.inf, "high": math.inf}
_PERIODS = {"links": ("period_start", "period_end"), "events": ("date_start", "date_end")}


def with_drafts(corpus: Corpus, name: str) -> pd.DataFrame:
    """Read the passages of coding/NAME.csv, NAME being a key of `COLUMNS`; no file holds no row.

    Gives a span table with `id, row`, the file's columns and `draft` (bool): whether nobody has read a row yet, so that
    the codebook does not hold for it; drafts stand last. In figures `low` and `high` are floats (an open end is -inf or
    inf) and `low_open`, `high_open`, `approx` are bool. A CorpusError has every row that breaks the codebook: file,
    line, id, column, value and remedy.

    >>> from helpers.corpus import load_corpus
    >>> int(with_drafts(load_corpus("notebooks/harbour_fire"), "figures").draft.sum())
    0
    """
    if name not in COLUMNS:
        raise KeyError(f"there is no coding {name!r}; there are {', '.join(COLUMNS)}")
    columns, path = COLUMNS[name], corpus.folder / "coding" / f"{name}.csv"
    if not path.is_file():
        return spans.table([], ["id", "row", *columns, "draft"]).astype({"draft": bool})
    places = load_places(corpus) if name == "figures" else {}
    allowed = {column: values for (file, column), values in load_values(corpus).items() if file == name}
    found = rows.read_rows(path, corpus.texts, columns, partial(_faults, name, places, allowed), OPTIONAL[name])
    if name == "figures":
        for column, missing in _BOUNDS.items():
            found[column] = [float(value) if value else missing for value in found[column]]
        flags = ["low_open", "high_open", "approx"]
        found[flags] = found[flags] == "true"
    draft = found["note"] == DRAFT if "note" in columns else False
    return found.assign(draft=draft).sort_values("draft", kind="stable", ignore_index=True)


def finished(corpus: Corpus, name: str) -> pd.DataFrame:
    """Give the rows of `with_drafts` that somebody has read, without `draft`.

    >>> from helpers.corpus import load_corpus
    >>> len(finished(load_corpus("notebooks/harbour_fire"), "acts"))
    0
    """
    found = with_drafts(corpus, name)
    return found[~found.draft].drop(columns="draft")


def load_coding(corpus: Corpus, name: str) -> pd.DataFrame:
    """Give the rows of `finished`; a CorpusError says where there is no such file.

    >>> from helpers.corpus import load_corpus
    >>> load_coding(load_corpus("seeds"), "figures").query("text == 'more than 359'").high.tolist()
    [inf]
    """
    found = finished(corpus, name)
    if found.empty:  # for want of a file?
        rows.read_records(corpus.folder / "coding" / f"{name}.csv")
    return found


def load_verdicts(corpus: Corpus, claims: pd.DataFrame) -> pd.DataFrame:
    """Read coding/claims_verdicts.csv: which claims on one topic were set beside one another, and with what verdict.

    Gives a DataFrame with `topic, id, verdict, why, differed, number` (of the verdict, from 1), a row a claim it names.

    >>> from helpers.corpus import load_corpus
    >>> corpus = load_corpus("seeds")
    >>> sorted(set(load_verdicts(corpus, load_coding(corpus, "claims")).verdict)) == sorted(VERDICTS)
    True
    """
    path, faults = corpus.folder / "coding" / "claims_verdicts.csv", list[str]()
    columns = ["topic", "ids", "verdict", "why", "differed"]
    _, records = rows.read_records(path, columns, ["differed"], faults)
    topics, found = dict(zip(claims.id, claims.topic, strict=True)), []
    for number, (line, row) in enumerate(records, 1):
        ids, where = row["ids"].split("; "), f"{corpus.folder.name}/coding/{path.name} line {line}"
        if len(ids) < 2:
            faults.append(f"{where}: a verdict needs two ids, parted by '; '; mend the row")
        if row["verdict"] not in VERDICTS:
            faults.append(f"{where}: verdict {row['verdict']!r} is unknown; use {', '.join(VERDICTS)}")
        lost = [claim for claim in ids if topics.get(claim) != row["topic"]]
        faults += [f"{where}: {one!r} is no claim on {row['topic']!r}; mend the id or the topic" for one in lost]
        found += [{"differed": "", **row, "id": claim, "number": number} for claim in ids]
    spans.refuse(faults)
    return pd.DataFrame(found, columns=["topic", "id", "verdict", "why", "differed", "number"])


def load_places(corpus: Corpus, file: str = "places.toml") -> dict[str, str]:
    """Read a tree of places, or of populations (populations.toml): what holds each name, '' for the outermost.

    >>> from helpers.corpus import load_corpus
    >>> load_places(load_corpus("seeds"))["Syria"]
    ''
    """
    shape = {"*": {"within": "", "*": None}}
    name, listed = read_toml(corpus, file, shape, 'list each name as [NAME] with within = "…"')
    within = {place: entry.get("within", "") for place, entry in listed.items()}
    lost = [(place, outer) for place, outer in within.items() if outer and outer not in within]
    faults = [f"{name}: {place!r} lies within {outer!r}, which is not listed; add it" for place, outer in lost]
    try:
        TopologicalSorter({place: [outer] for place, outer in within.items()}).prepare()
    except CycleError as error:
        place, outer = error.args[1][:2]
        faults.append(f"{name}: {place!r} lies within itself, by way of {outer!r}; mend one of them")
    spans.refuse(faults)
    return within


def read_toml(corpus: Corpus, file: str, shape: object, remedy: str = "") -> tuple[str, dict[str, Any]]:
    """Give the name by which an error calls a TOML file of coding/, and what it holds, as `rows.read_toml` reads it.

    >>> from helpers.corpus import load_corpus
    >>> read_toml(load_corpus("seeds"), "lexicon.toml", {"*": None})[0]
    'seeds/coding/lexicon.toml'
    """
    name = f"{corpus.folder.name}/coding/{file}"
    return name, rows.read_toml(corpus.folder / "coding" / file, name, shape, remedy)


def load_values(corpus: Corpus) -> dict[tuple[str, str], list[str]]:
    """Give the values that the codebook allows in each column, with those that coding/values.toml adds where it may.

    >>> from helpers.corpus import load_corpus
    >>> load_values(load_corpus("seeds")) == VALUES
    True
    """
    if not (corpus.folder / "coding" / "values.toml").is_file():
        return dict(VALUES)
    shape = {file: {column: [""] for name, column in _OPEN if name == file} for file, _ in _OPEN}
    name, added = read_toml(corpus, "values.toml", shape)
    more = {(file, column): words for file, columns in added.items() for column, words in columns.items()}
    blank = [" ".join(where) for where, words in more.items() if not all(map(str.strip, words))]
    spans.refuse([f"{name} {where} holds an empty word; take it out" for where in blank])
    return VALUES | {where: list(dict.fromkeys([*VALUES[where], *words])) for where, words in more.items()}


def _faults(
    name: str, places: Mapping[str, str], allowed: Mapping[str, list[str]], row: Mapping[str, str], ids: set[str]
) -> Iterator[str]:
    """List what is wrong with the values of one row, unless it is a draft."""
    if row.get("note") == DRAFT:
        return
    for column, values in allowed.items():
        if row[column] not in values:
            more = ", or add it in values.toml" if (name, column) in _OPEN else ""
            yield f"{column}: {row[column]!r} is unknown; use one of {', '.join(map(repr, values))}{more}"
    for column in ("repeats", "of", "same_as"):
        if row.get(column) and (row[column] not in ids or row[column] == row["id"]):
            yield f"{column}: {row[column]!r} is the id of no other row of this file; mend it or leave it empty"
    if name == "acts" and not row["excluded_because"]:
        for column in (column for column in JUDGED["acts"] if not row[column]):
            yield f"{column}: it is empty; code it, or say in excluded_because why this word is no act"
        if row["agent_place"] == "absent" and row["agent"]:
            yield f"agent: {row['agent']!r} is named, yet its place is absent; mend one of them"
    yield from figure_faults(row, places) if name == "figures" else ()
    yield from _period_faults(row, *_PERIODS[name]) if name in _PERIODS else ()


def figure_faults(row: Mapping[str, str], places: Mapping[str, str]) -> Iterator[str]:
    """List what is wrong with the interval, the places and the days of one figure."""
    bounds = []
    for column, missing in _BOUNDS.items():
        try:
            bounds.append(float(row[column]) if row[column] else missing)
            if row[column] and not math.isfinite(bounds[-1]):
                yield f"{column}: {row[column]!r} is no bound; leave it empty where there is none"
        except ValueError:
            yield f"{column}: {row[column]!r} is no number; write digits, and nothing where there is no bound"
    if len(bounds) == 2 and bounds[0] > bounds[1]:
        yield f"low: {row['low']} is above high {row['high']}; exchange or mend them"
    if not row["low"] and not row["high"]:
        yield "low: there is neither a low nor a high bound; give the one that the text states"
    if not row["unit"]:
        yield "unit: it is empty; name the counted thing"
    for column in ("place", "place_maybe", "place_to"):
        lost = [place for place in row[column].split("; ") if place and place not in places]
        yield from (f"{column}: {place!r} is not in places.toml; add it there or mend its spelling" for place in lost)
    yield from _period_faults(row, "period_start", "period_end")
    yield from _period_faults(row, "sure_start", "sure_end")
    yield from _period_faults(row, "since", "period_end") if row["since"] else ()
    if row["days"] and not row["days"].isdecimal():
        yield f"days: {row['days']!r} is no whole number; write how many days the text states"
    sure = row["sure_start"], row["sure_end"]
    if any(sure) and not (all(sure) and row["period_start"] <= sure[0] and sure[1] <= row["period_end"]):
        yield f"sure_start: {sure[0]!r} to {sure[1]!r} is not within the period; mend one of the two"


def _period_faults(row: Mapping[str, str], *columns: str) -> Iterator[str]:
    """List what is wrong with the first and the last day of a row."""
    dates = []
    for column in columns:
        try:
            dates += [datetime.date.fromisoformat(row[column])] if row[column] else []
        except ValueError:
            yield f"{column}: {row[column]!r} is no date; write 2020-01-31, or nothing where the text does not tell"
    if len(dates) == 2 and dates[0] > dates[1]:
        yield f"{columns[1]}: {dates[1]} is before {columns[0]} {dates[0]}; exchange or mend them"
