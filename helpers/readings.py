"""The readings that are a judgement, as a table: each edits coded figures or a rule, and all combinations are tried."""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers import joint, spans
from helpers.coding import figure_faults, load_places
from helpers.corpus import Corpus
from helpers.reconcile import VAGUE_RULES
from helpers.rows import read_records

__all__ = ["load_readings", "multiverse", "reread", "turning"]

_COLUMNS = ["question", "reading", "id", "column", "value", "why"]
#: what a reading without an id may set, and how its value is read
_RULES: dict[str, Callable[[str], object]] = {"tolerance": float, "repeat": float, "vague": str, "upper": str}
_WORDS = {"vague": [*VAGUE_RULES], "upper": ["none", "next"]}


def load_readings(corpus: Corpus, figures: pd.DataFrame) -> pd.DataFrame:
    """Read coding/readings.csv: for each question its readings, the first the base, each with the cells it edits.

    A row (`question, reading, id, column, value, why`) with neither id nor column leaves the coded figures as they are,
    one without an id sets a rule (tolerance, repeat, vague, upper). Without the file there is no row; a CorpusError
    tells every fault of it, with file, line, value and remedy.

    >>> from helpers.corpus import load_corpus
    >>> load_readings(load_corpus("notebooks/harbour_fire"), pd.DataFrame()).empty
    True
    """
    path = corpus.folder / "coding" / "readings.csv"
    name = f"{corpus.folder.name}/coding/{path.name}"
    if not path.is_file():
        return pd.DataFrame(columns=_COLUMNS)
    _, records = read_records(path, _COLUMNS)
    lines, rows = zip(*records, strict=True) if records else ((), ())
    table = pd.DataFrame(rows, columns=_COLUMNS)
    told = zip(lines, table.to_dict("records"), strict=True)
    faults = [f"{name} line {line}: {fault}" for line, row in told for fault in _faults(row, figures)]
    places = None if faults else load_places(corpus)
    spans.refuse([*faults, *(f"{name}: {fault}" for fault in _whole(table, figures, places))])
    return table


def _faults(row: Mapping[Any, str], figures: pd.DataFrame) -> Iterator[str]:
    """List what is wrong with one row by itself."""
    numbers = ("low", "high") if row["id"] else ("tolerance", "repeat")
    if not row["question"] or not row["reading"]:
        yield "question and reading must both be told; fill them in"
    if row["id"] and row["id"] not in set(figures.id):
        yield f"id: {row['id']!r} is no coded figure; mend it, or leave it empty where a rule is set"
    elif row["id"] and row["column"] not in figures.columns.drop(spans.SPAN):
        yield f"column: {row['column']!r} is no column of figures.csv; mend its name"
    elif not row["id"] and row["column"] and row["column"] not in _RULES:
        yield f"column: {row['column']!r} is no rule; use {', '.join(_RULES)}, or name the figure in id"
    elif row["column"] in numbers:
        try:
            number = float(row["value"])
            if not row["id"] and not 0 <= number < math.inf:
                yield f"value: {row['value']!r} is no share; write 0.1 for a tenth"
        except ValueError:
            yield f"value: {row['value']!r} is no number; write digits, and 0.1 for a tenth"
    elif not row["id"] and row["value"] not in (allowed := _WORDS.get(row["column"], [row["value"]])):
        yield f"value: {row['value']!r} is unknown; use {', '.join(allowed)}"
    elif row["value"] and not row["column"]:
        yield f"value: {row['value']!r} stands without a column; say what it sets"


def _whole(table: pd.DataFrame, figures: pd.DataFrame, places: Mapping[str, str] | None) -> Iterator[str]:
    """List what is wrong with questions and, given the places, with figures as reread."""
    readings = table.groupby("question", sort=False).reading.nunique()
    for question in readings[readings < 2].index:
        yield f"question {question!r} has one reading; give it another, or drop it"
    cells = table[table.column != ""].groupby(["id", "column"]).question.unique()
    for (name, column), asked in cells[cells.map(len) > 1].items():
        yield f"{name or 'the rule'} {column} is set by two questions, {' and '.join(asked)}; put them into one"
    if places is None:
        return
    for (question, reading), rows in table.groupby(["question", "reading"], sort=False):
        edited = _edited(figures, rows).astype(object).replace({math.inf: "", -math.inf: ""})
        for row in edited[edited.id.isin(rows.id)].to_dict("records"):
            told = {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in row.items()}
            yield from (f"question {question!r}, reading {reading!r}: {fault}" for fault in figure_faults(told, places))


def _edited(figures: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Give the figures with some cells written anew, each read as its column is."""
    edited = figures.copy()
    for row in rows[rows.id != ""].itertuples():
        kind = figures[row.column].dtype.kind
        value: Any = row.value == "true" if kind == "b" else float(row.value) if kind == "f" else row.value
        edited.loc[edited.id == row.id, row.column] = value
    return edited


def reread(
    figures: pd.DataFrame, readings: pd.DataFrame, chosen: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Apply one reading of each question, `chosen` or the first, and give the figures as reread and the rules it sets.

    A ValueError names a question or reading that is not there.

    >>> reread(pd.DataFrame({"id": ["a"], "place": ["Town"]}), pd.DataFrame(
    ...     [["where", "the land", "a", "place", "Land", ""]], columns=_COLUMNS))[0].place.tolist()
    ['Land']
    """
    options = _options(readings)
    wanted = {question: names[0] for question, names in options.items()} | dict(chosen or {})
    for question, reading in wanted.items():
        if reading not in options.get(question, []):
            raise ValueError(f"{reading!r} is no reading of {question!r}; there are {options.get(question, 'none')}")
    rows = readings[readings.reading == readings.question.map(wanted)]
    rules = {row.column: _RULES[row.column](row.value) for row in rows.itertuples() if row.column and not row.id}
    return _edited(figures, rows), rules


def _options(readings: pd.DataFrame) -> dict[str, list[str]]:
    """Give the readings of each question in their order."""
    return {question: list(dict.fromkeys(rows.reading)) for question, rows in readings.groupby("question", sort=False)}


def multiverse(
    figures: pd.DataFrame, readings: pd.DataFrame, build: Callable[..., joint.System]
) -> tuple[pd.DataFrame, list[frozenset[str]]]:
    """Say for every combination of readings whether all figures can be true together.

    Parameters
    ----------
    figures, readings : as in `reread`
    build : given figures and rules, makes their system; it must use the same cells for all

    Returns
    -------
    DataFrame, a row a combination: its reading of each question and `possible`; and the conflicts that were met on the
    way, each enough to decide every combination that holds it

    Each figure has as many versions as the readings that touch it, and a combination picks one of each. What one linear
    program says, a conflict or a flow, decides every combination with the same conflict or satisfied by the same flow.
    """
    options = _options(readings)
    names, versions, picks = _versions(figures, readings, options, build)
    sizes = [len(option) for option in options.values()]
    codes = dict(zip(options, np.indices(sizes).reshape(len(sizes), math.prod(sizes)), strict=True))
    columns = {question: pd.array(option, dtype="str")[codes[question]] for question, option in options.items()}
    table = pd.DataFrame(columns, index=range(math.prod(sizes)))
    held = np.zeros((len(table), len(names)), bool)
    for asked, pick in picks:
        chosen = np.broadcast_to(pick[tuple(codes[question] for question in asked)], len(table))
        held[np.flatnonzero(chosen >= 0), chosen[chosen >= 0]] = True
    possible, cores = _decide(versions, held)
    met = [frozenset(names[n] for n in core) for core in cores]
    return table.assign(possible=possible), list(dict.fromkeys(met))


def _versions(
    figures: pd.DataFrame, readings: pd.DataFrame, options: Mapping[str, list[str]], build: Callable[..., joint.System]
) -> tuple[list[str], joint.System, list[tuple[list[str], np.ndarray]]]:
    """Give every version of every figure as a row, whose it is, and which one a combination picks (-1: none)."""
    rules = [q for q in options if ((readings.question == q) & (readings.id == "") & (readings.column != "")).any()]
    own = [[q for q in options if ((readings.question == q) & (readings.id == name)).any()] for name in figures.id]
    variants: list[pd.DataFrame] = []
    places: list[tuple[int, tuple[int, ...]]] = []
    for n, asked in enumerate(own):
        for at in _combinations(options, asked):
            edited, _ = reread(figures[n : n + 1], *_said(readings, options, asked, at))
            variants.append(edited.assign(id=str(len(variants))))
            places.append((n, at))
    picks = [np.full([len(options[q]) for q in rules + asked], -1) for asked in own]
    kept: dict[tuple[object, ...], joint.System] = {}
    for told in _combinations(options, rules):
        _, settings = reread(figures[:0], *_said(readings, options, rules, told))
        made = build(pd.concat(variants), **settings)
        for row, label in enumerate(made.ids):
            n, at = places[int(label)]
            key = (n, made.low[row], made.high[row], made.must[row].tobytes(), made.may[row].tobytes())
            kept.setdefault(key, made.keep([label]))
            picks[n][(*told, *at)] = list(kept).index(key)
    if not kept:
        raise ValueError("no figure bounds anything under any reading; date and place the figures, or read others")
    parts = ("low", "high", "must", "may")
    low, high, must, may = (np.concatenate([getattr(made, part) for made in kept.values()]) for part in parts)
    one = joint.distinct(np.vstack([must, may]))
    ids = tuple(map(str, range(len(kept))))
    versions = joint.System(ids, low, high, must[:, one], may[:, one], next(iter(kept.values())).names)
    whose = [figures.id.iloc[key[0]] for key in kept]
    return whose, versions, [(rules + asked, pick) for asked, pick in zip(own, picks, strict=True)]


def _combinations(options: Mapping[str, list[str]], asked: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Give every combination of the readings of some questions, as their numbers."""
    return itertools.product(*(range(len(options[question])) for question in asked))


def _said(
    readings: pd.DataFrame, options: Mapping[str, list[str]], asked: Sequence[str], at: Sequence[int]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give the rows of some questions, and the readings whose numbers are given."""
    chosen = {question: options[question][code] for question, code in zip(asked, at, strict=True)}
    return readings[readings.question.isin(asked)], chosen


def _decide(versions: joint.System, held: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Say for each combination (rows of `held`: which versions) whether all can hold, and give the conflicts met."""
    possible, cores = np.zeros(len(held), bool), list[np.ndarray]()
    left = np.arange(len(held))
    while len(left):
        chosen = held[left[0]]
        some = versions.keep(map(str, np.flatnonzero(chosen)))
        flow = joint.flow(some)
        if flow is None:  # so is every combination with the same conflict
            cores.append(np.array(sorted(map(int, joint.smallest(some)))))
            decided = held[np.ix_(left, cores[-1])].all(axis=1)
        else:  # and this flow satisfies every combination of versions that it satisfies
            most, least = versions.may @ flow, versions.must @ flow
            holds = (most >= versions.low - 1e-6) & (least <= versions.high + 1e-6)
            decided = ~held[np.ix_(left, ~(holds | chosen))].any(axis=1)
        possible[left[decided]] = flow is not None
        left = left[~decided]
    return possible, cores


def turning(table: pd.DataFrame) -> pd.Series:
    """Say how often each question alone turns the verdict: the share of settings of the others in which it does.

    `table` holds every combination once, as `multiverse` gives it. Largest first; a share of a grid that somebody chose
    is no probability.

    >>> turning(pd.DataFrame({"a": [1, 1, 2, 2], "b": [1, 2, 1, 2], "possible": [True, True, True, False]})).tolist()
    [0.5, 0.5]
    """
    questions = list(table.columns.drop("possible"))
    shape = [table[question].nunique() for question in questions]
    grid = table.sort_values(questions).possible.to_numpy().reshape(shape)
    turns = {question: float(np.ptp(grid.astype(int), axis=at).mean()) for at, question in enumerate(questions)}
    return pd.Series(turns, dtype=float).sort_values(ascending=False, kind="stable")
