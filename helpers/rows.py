"""Coded rows: CSV files whose rows name passages of the articles, read whole or refused with all their faults."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import spans

__all__ = ["ADDRESS", "ragged", "read_records", "read_rows"]

#: the columns with which each file begins
ADDRESS = ["id", "doc", "quote", "prefix", "nth"]


def read_rows(
    path: Path,
    texts: Mapping[str, str],
    columns: Sequence[str],
    faulty: Callable[[Mapping[str, Any], set[str]], Iterable[str]] = lambda row, ids: (),
    optional: Sequence[str] = (),
) -> pd.DataFrame:
    """Read a file of coded passages and find each of them in its article.

    Parameters
    ----------
    path : CSV file that begins with the columns `id, doc, quote, prefix, nth`
    texts : raw text of each article, by `doc`
    columns : the further columns it must have, in their order
    faulty : given a row and all ids of the file, lists what else is wrong with the row
    optional : columns that the file may leave out; they are empty then

    Returns
    -------
    span table with `id`, `row` (line of the file) and `columns`, all text, in the order of the file

    Raises
    ------
    CorpusError with every fault: header, article, id missing or twice, quote not found, and what `faulty` lists
    """
    name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    wanted = [*ADDRESS, *columns]
    header, lines = read_records(path, name, wanted, optional)
    faults, rows, ids = list[str](), list[dict[str, Any]](), set[str]()
    for line, values in lines:
        where = f"{name} line {line}"
        if fault := ragged(values, header):
            faults.append(f"{where}: {fault}")
            continue
        row: dict[str, Any] = dict.fromkeys(wanted, "") | dict(zip(header, values, strict=True))
        unread = [f"{where} ({row['id']}), {fault}" for fault in _forgiven(row, texts)]
        faults += unread
        if not row["id"] or row["id"] in ids:
            faults.append(f"{where}: id {row['id']!r} is empty or stands twice; give each row its own")
        ids.add(row["id"])
        start = end = 0
        try:
            start, end = _address(row, texts)
        except ValueError as error:
            faults.append(f"{where} ({row['id']}): {error}")
        rows.append({**row, "start": start, "end": end, "text": row["quote"], "row": line, "unread": bool(unread)})
    for row in (row for row in rows if not row.pop("unread")):
        faults += [f"{name} line {row['row']} ({row['id']}), {fault}" for fault in faulty(row, ids)]
    spans.refuse(_gathered(faults))
    return spans.table(rows, ["id", "row", *columns])


def ragged(values: Sequence[str], header: Sequence[str]) -> str:
    """Say what is wrong with a record that has not a value for each column; nothing where it has.

    >>> ragged(["a", "b"], ["id"])
    '2 values for 1 columns; quote a value that holds a comma'
    """
    fault = f"{len(values)} values for {len(header)} columns; quote a value that holds a comma"
    return fault if len(values) != len(header) else ""


_DAY = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?: 0{1,2}:00(?::00)?)?")


def _forgiven(row: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:
    """Read what a spreadsheet or pandas made of a row as it was; say of which day it cannot be told."""
    if row["doc"] not in texts and row["doc"].removesuffix(".0").zfill(3) in texts:
        row["doc"] = row["doc"].removesuffix(".0").zfill(3)
    for column, value in row.items():
        if column in ("nth", "days") and re.fullmatch(r"\d+\.0", value):
            row[column] = value[:-2]
        elif column in ("low_open", "high_open", "approx"):
            row[column] = value.lower()
        elif column.endswith(("_start", "_end", "since")) and (day := _DAY.fullmatch(value)):
            first, second = int(day[1]), int(day[3])
            if first <= 12 and second <= 12 and first != second and day[2] == "/":
                yield f"{column}: a day as a spreadsheet writes it, and it may be two; write 2020-01-31"
            else:
                month, date = (first, second) if second > 12 else (second, first)
                row[column] = f"{day[4]}-{month:02d}-{date:02d}"


def _gathered(faults: Sequence[str]) -> list[str]:
    """Tell a fault that many rows share once, with their number."""
    told: dict[str, list[str]] = {}
    for fault in faults:
        told.setdefault(re.sub(r"^\S+ line \d+ \([^)]*\)(?=[,:])", "", fault), []).append(fault)
    more = {cause: f" (and so in {len(alike) - 1} more rows)" * (len(alike) > 1) for cause, alike in told.items()}
    return [alike[0] + more[cause] for cause, alike in told.items()]


def _address(row: Mapping[str, str], texts: Mapping[str, str]) -> tuple[int, int]:
    """Find the passage that a row names, or say what is wrong with its address."""
    if row["doc"] not in texts:
        known = ", ".join(list(texts)[:6]) + (" …" if len(texts) > 6 else "")
        raise ValueError(f"doc {row['doc']!r} is no article; there are {known}")
    if row["nth"] and not row["nth"].isdecimal():
        raise ValueError(f"nth {row['nth']!r} is no number; leave it empty or count from 1")
    return spans.locate(texts[row["doc"]], row["quote"], row["prefix"], int(row["nth"]) if row["nth"] else None)


def read_records(
    path: Path, name: str, columns: Sequence[str] = (), optional: Sequence[str] = ()
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Read the header and the records of a CSV file, each with the line it begins on; `name` is for errors.

    Raises
    ------
    CorpusError if there is no such file, it is not UTF-8, a quotation mark never closes or the columns are not these

    >>> read_records(Path("seeds/coding/claims_verdicts.csv"), "claims_verdicts.csv")[0]
    ['topic', 'ids', 'verdict', 'why', 'differed']
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")  # a quote may hold a carriage return, which must stay one
    except FileNotFoundError:
        raise spans.CorpusError([f"{name}: there is no such file; CODEBOOK.md says what it holds"]) from None
    except UnicodeDecodeError as error:
        raise spans.CorpusError([f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8"]) from None
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)  # spreadsheets write semicolons where the comma is the decimal sign
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    records, line = [], 1
    try:
        for values in reader:
            if values:
                records.append((line, values))
            line = reader.line_num + 1
    except csv.Error as error:
        raise spans.CorpusError([f"{name} line {line}: {error}; close the quotation marks of this row"]) from None
    header, further = (records[0][1], records[1:]) if records else ([], [])
    while header and not header[-1] and all(not values[-1] for _, values in further if len(values) == len(header)):
        further = [(line, values[:-1] if len(values) == len(header) else values) for line, values in further]
        header = header[:-1]
    if columns and header != [column for column in columns if column in header or column not in optional]:
        raise spans.CorpusError([f"{name} line 1: the columns are {header}; they must be {[*columns]}"])
    return header, further
