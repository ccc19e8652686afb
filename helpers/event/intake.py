"""The files that somebody brings: what is an article in them, what is known of it, what is wrong and how to mend it."""

import contextlib
import csv
import datetime
import io
import itertools
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

import charset_normalizer

from helpers import spans

__all__ = ["TABLES", "called", "fault_of", "part_of", "read", "records", "told_date"]

_LARGEST = 2_000_000  # bytes of an article
#: the endings of files with many articles
TABLES = (".csv", ".tsv", ".jsonl", ".json", ".parquet")
_KNOWN = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
#: what is known of an article, and how other people's tables call it
COLUMNS: dict[str, list[str]] = _KNOWN["columns"]
_MONTHS = "January February March April May June July August September October November December Sept".split()
_MONTH = rf"(?P<m>{'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in _MONTHS)})\.?"
_DAY, _YEAR = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?", r"(?P<y>\d{4})"
# forms that can be read one way only: 04/06/2017 is none of them
_DATES = [f"{_DAY} {_MONTH},? {_YEAR}", f"{_MONTH} {_DAY},? {_YEAR}"]
_DATES += [rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.{_YEAR}", rf"{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)"]
# what a text that is not in Latin letters may be written in, and iconv can read
_ENCODINGS = "cp1251 koi8_r cp1253 cp1255 cp1256 gb18030 big5 shift_jis cp949".split()
_LATIN = ("Windows-1252 or Latin-1", "windows-1252")


def read(source: Path, named: Mapping[str, str], faults: list[str], notes: list[str]) -> Iterator[dict[str, Any]]:
    """Give the articles of a file, each with its `name`, `raw` bytes and what is known of it.

    The file is a text, an article each, or a table as `records` reads it, with a record an article; `named` says by key
    of `COLUMNS` which column holds it, where it is not called so. `faults` and `notes` take what is wrong with the
    file, and what a reader should know.
    """
    if not source.is_file():
        faults.append(f"{source} is {'a folder; name its files' if source.is_dir() else 'no file; check its name'}")
        return
    table, lacking, unread = source.suffix.lower() in TABLES, list[tuple[str, dict[str, Any]]](), list[str]()
    try:
        found = [record for record, _ in records(source)] if table else [{"text": source.read_bytes()}]
    except (ValueError, RecursionError, csv.Error) as error:
        faults.append(f"{source.name}: {error}; save it as UTF-8, one record a line")
        return
    rows = [called(record, named) for record in found]
    notes += _suggested(source.name, rows[0], named) if table and rows else []
    for number, row in enumerate(rows, 1):
        name, raw = f"{source.name} record {number}" if table else source.name, row.get("text")
        raw = raw.encode(errors="replace") if isinstance(raw, str) else raw
        if not isinstance(raw, bytes):
            lacking.append((f"{name} has no text", row))
        elif fault := fault_of(raw := raw.removeprefix(b"\xef\xbb\xbf")):
            faults.append(f"{name} {fault}")
        else:
            known = {key: " ".join(str(row[key]).split()) for key in COLUMNS if key != "text" and row.get(key)}
            unread += [known["date"]] if "date" in known and not told_date(known["date"]) else []
            for kind, (form, remedy) in _KNOWN["odd"].items():
                if odd := re.findall(form, raw.decode()):
                    told = f"{name} has {len(odd)} {kind} ({odd[0]!r})"
                    notes.append(f"{told}; {remedy}, or leave them and read with care")
            yield {"name": name, "raw": raw, **known}
    if lacking:
        first, row = lacking[0]
        there = {column: len(str(value)) for column, value in row.items() if value}
        likely = f"perhaps --text {max(there, key=there.__getitem__)}" if there else "there is none"
        more = f", and so have {len(lacking) - 1} more" if len(lacking) > 1 else ""
        columns = ", ".join(there) or "none"
        faults.append(f"{first}{more}; name the column that holds it, {likely} (there are {columns})")
    if unread:
        shown = ", ".join(map(repr, unread[:2]))
        notes.append(f"{source.name}: {len(unread)} dates were not read ({shown}); write them as 2017-06-04")


def records(source: Path, errors: str = "strict") -> Iterator[tuple[Any, float]]:
    """Give the records of a CSV, TSV, JSONL, JSON or Parquet file one by one, each with the share of it that is read.

    With `errors` as "strict" what is wrong raises a ValueError or csv.Error; "replace" passes it over.
    """
    if source.suffix.lower() == ".parquet":
        from pyarrow.parquet import ParquetFile  # an extra

        held = ParquetFile(source)
        rows = (row for batch in held.iter_batches(500) for row in batch.to_pylist())
        yield from ((row, read / held.metadata.num_rows) for read, row in enumerate(rows, 1))
        return
    csv.field_size_limit(5 * _LARGEST)  # an article is longer than the 131,072 characters that csv allows by default
    form, size = _json if source.suffix.lower() in (".json", ".jsonl") else _csv, source.stat().st_size
    with source.open("rb") as raw, io.TextIOWrapper(raw, "utf-8-sig", errors, newline="") as file:
        yield from ((row, raw.tell() / size) for row in form(file, errors == "strict"))


def _csv(file: TextIO, strict: bool) -> Iterator[Any]:
    """Give the records of an open CSV file; spreadsheets write semicolons or tabs where the comma is a decimal sign."""
    head = file.readline()
    reader = csv.DictReader(itertools.chain([head], file), delimiter=max(",;\t", key=head.count), strict=strict)
    twice = [name for name, n in Counter(map(str.lower, reader.fieldnames or ())).items() if n > 1]
    if twice and strict:
        raise csv.Error(f"column {', '.join(twice)} stands twice")
    for row in reader:
        if None in row and strict:
            told = "more values than columns; put a text with commas in quotation marks"
            raise csv.Error(f"line {reader.line_num}: {told}")
        yield row


def _json(file: TextIO, strict: bool) -> Iterator[Any]:
    """Give the records of an open file of JSON, one list of them or one a line."""
    first = True
    for number, line in enumerate(file, 1):
        whole = first and line.lstrip()[:1] == "["
        first &= not line.strip()
        try:
            rows = json.loads(line + file.read()) if whole else [json.loads(line)] if line.strip() else []
        except (ValueError, RecursionError) as error:
            if strict or whole:
                raise csv.Error(f"line {number}: {error}") from None
            rows = [{}]  # an article without a text
        yield from rows


def called(record: Any, named: Mapping[str, str]) -> dict[str, Any]:
    """Give a record with its keys in small letters, and by its key of `COLUMNS` what another column holds.

    >>> called({"Body": "One came."}, {"text": "body"})
    {'body': 'One came.', 'text': 'One came.'}
    """
    row = {str(key).lower(): value for key, value in record.items()} if isinstance(record, dict) else {}
    return row | {key: row[column.lower()] for key, column in named.items() if column.lower() in row}


def _suggested(name: str, row: Mapping[str, Any], named: Mapping[str, str]) -> Iterator[str]:
    """Say which columns may hold what is not read, or that a column that was named is not there."""
    for key, names in COLUMNS.items():
        if key in named and named[key].lower() not in row:
            yield f"{name} has no column {named[key]}; there are {', '.join(row)}"
        elif key != "text" and key not in row and (like := [n for n in names if n in row]):
            yield f"{name}: {like[0]} is not read; --{key} {like[0]} takes it as the {key}"


def fault_of(raw: bytes) -> str:
    """Say why some bytes are no article, and what to do; nothing where they are one."""
    start = raw[:400].lstrip().lower()
    for begin, told in _KNOWN["forms"].items():
        if raw.startswith(begin.encode("latin-1")):
            return told
    if start.startswith((b"<!doctype", b"<html")) or start.count(b"</") > 3:
        return "is HTML; copy the article's text (and what stands around it) out of the page into a .txt file"
    if len(raw) > _LARGEST:
        return f"has {len(raw):,} bytes, more than {_LARGEST:,}; one article a file, please"
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        foreign = sum(byte > 127 for byte in raw) > len(raw) / 3  # of Latin letters no guess is sound
        best = charset_normalizer.from_bytes(raw, cp_isolation=_ENCODINGS).best() if foreign else None
        name, code = (best.encoding, best.encoding.replace("_", "-")) if best else _LATIN
        told = f"it looks like {name}: convert it (iconv -f {code.upper()} -t UTF-8)"
        return f"line {line} is not UTF-8; {told} and check quotation marks and accents"
    if "\x00" in text:
        return "holds zero bytes and is no text; save the article as plain text"
    if text.lstrip()[:2] in ("[{", '{"') and '"text"' in text[:2000]:
        return "is JSON; give it the ending .json or .jsonl, so that its records are read"
    return "" if spans.words(text) else "holds no word; put the article's text into it or leave it out"


def told_date(*texts: str) -> str:
    """Write the first date in the first text that holds one as ISO, or nothing where it is none.

    >>> told_date("Sept. 3rd, 2021"), told_date("04/06/2017")
    ('2021-09-03', '')
    """
    for text in texts:
        found = [match for form in _DATES if (match := re.search(rf"\b(?:{form})(?!\d)", text))]
        if found:
            first = min(found, key=re.Match.start)
            month = (
                int(first["m"]) if first["m"].isdecimal() else [name[:3] for name in _MONTHS].index(first["m"][:3]) + 1
            )
            with contextlib.suppress(ValueError):
                return datetime.date(int(first["y"]), month, int(first["d"])).isoformat()
            break
    return ""


def part_of(line: str) -> str:
    """Say which part of a web page a line is that is no running text; nothing where it is none.

    >>> part_of("ADVERTISEMENT"), part_of("By Ana Ruiz"), part_of("By noon the fire was out.")
    ('navigation', 'byline', '')
    """
    forms = ((name, form) for name, forms in _KNOWN["furniture"].items() for form in forms)
    return next((name for name, form in forms if re.fullmatch(form, line, re.IGNORECASE)), "")
