"""Coded rows: CSV files whose rows name passages of the articles, read whole or refused with all their faults."""

import csv
import datetime
import io
import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import spans

__all__ = ["ADDRESS", "read_records", "read_rows", "read_toml", "write_records", "written"]

#: the columns with which each file begins
ADDRESS = ["id", "doc", "quote", "prefix", "nth"]
_DAY = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?: 0{1,2}:00(?::00)?)?")


def read_rows(
    path: Path,
    texts: Mapping[str, str],
    columns: Sequence[str],
    faulty: Callable[[Mapping[str, Any], set[str]], Iterable[str]] = lambda row, ids: (),
    optional: Sequence[str] = (),
) -> pd.DataFrame:
    """Read a file of coded passages and find each of them in its article.

    `texts` are the raw texts by `doc`; `columns` stand behind `ADDRESS`, those that are `optional` are empty where the
    file leaves them out; `faulty` lists, given a row and all ids of the file, what else is wrong with the row. Gives a
    span table with `id`, `row` (line of the file) and `columns`, all text, in the order of the file. A CorpusError has
    every fault: header, article, id missing or twice, quote not found, and what `faulty` lists.
    """
    name, wanted, faults, seen = "/".join(path.parts[-3:]), [*ADDRESS, *columns], list[str](), {""}
    rows = list[dict[str, Any]]()
    _, records = read_records(path, wanted, optional, faults)
    ids = {row["id"] for _, row in records}
    for line, record in records:
        row: dict[str, Any] = {**dict.fromkeys(wanted, ""), **record, "row": line, "start": 0, "end": 0}
        told = [f" ({row['id']}), {fault}" for fault in _forgiven(row, texts)]
        told = told or [f" ({row['id']}), {fault}" for fault in faulty(row, ids)]
        if row["id"] in seen:
            told.append(f": id {row['id']!r} is empty or stands twice; give each row its own")
        seen.add(row["id"])
        try:
            row["start"], row["end"] = _address(row, texts)
        except ValueError as error:
            told.append(f" ({row['id']}): {error}")
        faults += [f"{name} line {line}{fault}" for fault in told]
        rows.append({**row, "text": row["quote"]})
    alike = defaultdict[str, list[str]](list)  # a fault that many rows share is told once
    for fault in sorted(faults, key=lambda fault: int(re.findall(r" line (\d+)", fault)[0])):
        alike[re.sub(r"^\S+ line \d+ \([^)]*\)(?=[,:])", "", fault)].append(fault)
    spans.refuse([one + f" (and so in {len(more)} more rows)" * bool(more) for one, *more in alike.values()])
    return spans.table(rows, ["id", "row", *columns])


def _forgiven(row: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:
    """Read what a spreadsheet or pandas made of a row as it was; say of which day it cannot be told."""
    if row["doc"] not in texts and (doc := row["doc"].removesuffix(".0").zfill(3)) in texts:
        row["doc"] = doc
    for column, value in row.items():
        if column in ("nth", "days"):
            row[column] = value.removesuffix(".0")
        elif column in ("low_open", "high_open", "approx"):
            row[column] = value.lower()
        elif column.endswith(("_start", "_end", "since")) and (day := _DAY.fullmatch(value)):
            first, second = int(day[1]), int(day[3])
            if first <= 12 and second <= 12 and first != second and day[2] == "/":
                yield f"{column}: a day as a spreadsheet writes it, and it may be two; write 2020-01-31"
            else:
                month, date = (first, second) if second > 12 else (second, first)
                row[column] = f"{day[4]}-{month:02d}-{date:02d}"


def _address(row: Mapping[str, str], texts: Mapping[str, str]) -> tuple[int, int]:
    """Find the passage that a row names, or say what is wrong with its address."""
    if row["doc"] not in texts:
        known = ", ".join(list(texts)[:6]) + " …" * (len(texts) > 6)
        raise ValueError(f"doc {row['doc']!r} is no article; there are {known}")
    if row["nth"] and not row["nth"].isdecimal():
        raise ValueError(f"nth {row['nth']!r} is no number; leave it empty or count from 1")
    return spans.locate(texts[row["doc"]], row["quote"], row["prefix"], int(row["nth"]) if row["nth"] else None)


def read_records(
    path: Path, columns: Sequence[str] = (), optional: Sequence[str] = (), faults: list[str] | None = None
) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Read a CSV file: its header, and its records by column, each with the line it begins on.

    The header must be `columns`, if any are given, but for those that are `optional`. `faults` takes the records that
    have not a value for each column; without it they too raise a CorpusError, as do a file that is missing or not
    UTF-8, a quotation mark that never closes, and other columns.

    >>> read_records(Path("seeds/coding/claims_verdicts.csv"))[0]
    ['topic', 'ids', 'verdict', 'why', 'differed']
    """
    name, told, line = "/".join(path.parts[-3:]), [] if faults is None else faults, 1
    records = list[tuple[int, list[str]]]()
    try:
        text = path.read_bytes().decode("utf-8-sig")  # a quote may hold a carriage return, which must stay one
        # spreadsheets write semicolons where the comma is the decimal sign; csv.Sniffer fails on one column
        separator = max(",;\t", key=text.partition("\n")[0].count)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
        for values in reader:
            records += [(line, values)] if values else []
            line = reader.line_num + 1
    except FileNotFoundError:
        raise spans.CorpusError([f"{name}: there is no such file; CODEBOOK.md says what it holds"]) from None
    except UnicodeDecodeError as error:
        raise spans.CorpusError([f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8"]) from None
    except csv.Error as error:
        raise spans.CorpusError([f"{name} line {line}: {error}; close the quotation marks of this row"]) from None
    header, found = records.pop(0)[1] if records else [], []
    while header and not header[-1]:  # spreadsheets end a line with separators
        header.pop()
    if columns and header != [column for column in columns if column in header or column not in optional]:
        raise spans.CorpusError([f"{name} line 1: the columns are {header}; they must be {[*columns]}"])
    for line, values in records:
        if len(values) < len(header) or any(values[len(header) :]):
            fault = f"{len(values)} values for {len(header)} columns; quote a value that holds a comma"
            told.append(f"{name} line {line}: {fault}")
        else:
            found.append((line, dict(zip(header, values, strict=False))))
    if faults is None:
        spans.refuse(told)
    return header, found


def written(value: object) -> str:
    """Write a value as the files have it: days as ISO, flags in small letters, no stop in a whole number, no infinity.

    >>> [written(value) for value in (None, True, 12.0, math.inf, "12")]
    ['', 'true', '12', '', '12']
    """
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}" if math.isfinite(value) else ""
    return "" if value is None else str(value)


def write_records(path: Path, header: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as a CSV file; what is in no column of the header is left out, what a row lacks is empty."""
    lines, held = [[written(row.get(column)) for column in header] for row in rows], io.StringIO()
    turned = any("\r" in value for line in lines for value in line)  # csv would leave it bare
    writer = csv.writer(held, lineterminator="\n", quoting=csv.QUOTE_ALL if turned else csv.QUOTE_MINIMAL)
    writer.writerows([header, *lines])
    path.write_text(held.getvalue(), encoding="utf-8", newline="")


def read_toml(path: Path, name: str, shape: object, remedy: str = "") -> dict[str, Any]:
    """Read a TOML file, or refuse it by name; the remedy is for a missing one.

    A shape says what is allowed: {key: shape}, with "*" for any key, [shape] for a list, "" for text, 0 for a number.

    >>> sorted(read_toml(Path("seeds/corpus.toml"), "corpus.toml", {"*": None}))
    ['article', 'place', 'title']
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise spans.CorpusError([f"{name}: there is no such file; {remedy}"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise spans.CorpusError([f"{name}: {error}; mend that line"]) from None
    spans.refuse(list(_misshapen(found, shape, name)))
    return found


_FORMS = {dict: "a table", list: "a list in [ ]", str: "text in quotation marks", int: "a number"}


def _misshapen(value: object, shape: Any, where: str) -> Iterator[str]:
    """List what in a value is not of a shape, as `read_toml` has it; None allows anything."""
    if isinstance(shape, dict) and isinstance(value, dict):
        for key, inner in value.items():
            if key in shape or "*" in shape:
                yield from _misshapen(inner, shape.get(key, shape.get("*")), f"{where} {key}")
            else:
                yield f"{where}: unknown key {key!r}; use {', '.join(shape)}"
    elif isinstance(shape, list) and isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _misshapen(inner, shape[0], f"{where} {number}")
    elif shape is not None and type(value) is not type(shape):
        yield f"{where} is {value!r}; write it as {_FORMS[type(shape)]}"
