"""A workbook in which people have coded, read and taken back into the CSV files of its folder."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from helpers import coding, spans
from helpers.corpus import load_corpus
from helpers.event.new import restored, swapped, write_rows
from helpers.event.report import check
from helpers.event.sheet import CODED, DONE, FIRST, HIDDEN, columns, legal, tables
from helpers.rows import ADDRESS, read_records

__all__ = ["read_sheets", "take"]

_TYPED = " typed"  # marks a row in which somebody has filled something in
# what makes drafts alike, and what is filled in for all of them
_ALIKE = {"terms": (["text", "voice"], ["event"]), "quotes": (["speaker", "kind"], ["role"])}
_ALIKE["figures_excluded"] = (["reason"], [])


def read_sheets(path: Path) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Give the rows of a workbook: sheet, row number, and its values as text by column.

    Raises
    ------
    CorpusError if it is no workbook
    """
    try:
        book = openpyxl.load_workbook(path)
    except (OSError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, InvalidFileException) as error:
        raise spans.CorpusError([f"{path}: {error}; name the .xlsx file that sheet has written"]) from None
    faults, read = list[str](), list[tuple[str, int, dict[str, str]]]()
    for sheet in book.worksheets:
        heads = [str(cell.value or "") for cell in sheet[1]]
        if sheet.title in coding.JUDGED:
            faults += _headed(sheet.title, heads)
        elif sheet.title not in ("values", "codebook"):
            faults.append(f"{sheet.title}: this sheet is no coding file; there are {', '.join(coding.JUDGED)}")
            continue
        for number, cells in enumerate(sheet.iter_rows(min_row=2), 2):
            formulas = [head for head, cell in zip(heads, cells, strict=False) if cell.data_type == "f"]
            faults += [f"{sheet.title} row {number}, {head}: a formula; write its value" for head in formulas]
            if sheet.title in coding.JUDGED and any(cell.value is not None for cell in cells):
                row = {head: _text(cell.value) for head, cell in zip(heads, cells, strict=False)}
                read.append((sheet.title, number, row))
    ids = Counter((name, row.get("id", "")) for name, _, row in read)
    faults += [
        f"{name}: id {ident!r} stands in {n} rows; leave one of them" for (name, ident), n in ids.items() if n > 1
    ]
    spans.refuse(faults)
    yield from read


def _headed(name: str, heads: list[str]) -> Iterator[str]:
    """Say which columns of a sheet are missing, stand twice or are called otherwise."""
    done = CODED if CODED in heads else "done"
    wanted = [*FIRST, *(coding.JUDGED[name] if done == CODED else columns(name)), done, *HIDDEN]
    for head in wanted:
        if heads.count(head) != 1:
            yield f"{name}: column {head!r} stands {heads.count(head)} times in the first row; it must stand once"
    yield from (f"{name}: column {head!r} is not known; mend its name" for head in heads if head and head not in wanted)


def _text(value: object) -> str:
    """Write a cell as the CSV files have it: days as ISO, flags in small letters, whole numbers without a stop."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.15g}" if isinstance(value, float) else "" if value is None else str(value)


def take(folder: Path, path: Path) -> list[str]:
    """Take a workbook back into the CSV files of its folder, if all it holds is right, and say what changed.

    Raises
    ------
    CorpusError with every fault, by sheet and row; nothing is written then
    """
    restored(folder := folder.resolve())
    corpus, places, faults = load_corpus(folder), dict[tuple[str, str], int](), list[str]()
    files = dict[str, tuple[list[str], list[dict[str, str]]]]()
    for name in tables(corpus, False):
        head, records = read_records(corpus.folder / "coding" / f"{name}.csv", f"{name}.csv")
        files[name] = head, [dict(zip(head, values, strict=False)) for _, values in records]
    rows = {name: listed for name, (_, listed) in files.items()}
    known = {name: {row["id"]: row for row in listed} for name, listed in rows.items()}
    told: dict[str, Counter[str]] = defaultdict(Counter)
    wide = list[tuple[str, dict[str, str]]]()
    for name, number, given in read_sheets(path):
        if CODED in given:
            raise spans.CorpusError([f"{path} is a second coder's; python -m helpers agreement sets it beside others"])
        row = known.get(name, {}).get(given.get("id", ""))
        if row is None:
            faults.append(f"{name} row {number}: id {given.get('id', '')!r} is in no row of {name}.csv; write it back")
        elif (given["doc"].zfill(3), given["quote"]) != (row["doc"].zfill(3), legal(row["quote"])):
            faults.append(
                f"{name} row {number}: doc or quote (hidden) of {row['id']} was changed; write back {row['quote']!r}"
            )
        elif given.get("done", "") not in ("", *DONE):
            faults.append(f"{name} row {number}: done is {given['done']!r}; use {', '.join(DONE)} or nothing")
        else:
            places[name, row["id"]] = number
            _taken(name, row, given, told[name])
            wide += [(name, row)] * (given.get("done") == "all")
    spans.refuse(faults)
    for name, row in wide:  # once all rows are taken: a later one would bring its draft back
        _spread(name, row, rows[name], told[name])
    with swapped(folder, fresh=False) as held:
        for name, (head, _) in files.items():
            if told[name]:
                kept = [row for row in rows[name] if row.get("done") != "drop"]
                named = {column for row in kept for column in row}  # an optional column may be new
                head = [column for column in [*ADDRESS, *coding.COLUMNS[name]] if column in {*head, *named}]
                text = ",".join(head) + "\n" + write_rows(head, kept)
                (held / "coding" / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        spans.refuse([_placed(fault, held.name, folder.name, places) for fault in check(held)[0]])
    return _summed(told)


def _summed(told: Mapping[str, Counter[str]]) -> list[str]:
    """Say what changed, a line a file."""
    changed = {name: [f"{n} {what}" for what, n in counts.items()] for name, counts in told.items() if counts}
    return [f"{name}: {', '.join(counts)}" for name, counts in changed.items()] or ["nothing has changed"]


def _taken(name: str, row: dict[str, str], given: Mapping[str, str], told: Counter[str]) -> None:
    """Take the values of a row of a sheet over into its row of the file."""
    for column in columns(name):
        if column in given and given[column] != legal(row.get(column, "")):
            row[column] = given[column]
            row[_TYPED] = "yes"
            told[column] += 1
    done = given.get("done", "")
    if done and row.get("note") == coding.DRAFT:
        row["note"] = ""
        told["read"] += 1
    if done == "drop":
        row["done"] = "drop"
        told["dropped"] += 1


def _spread(name: str, row: dict[str, str], rows: list[dict[str, str]], told: Counter[str]) -> None:
    """Accept the drafts that are like a row that was read, with what was filled in there."""
    alike, filled = _ALIKE.get(name, ([], []))
    keys = ["quote" if key == "text" else key for key in alike]
    for other in rows:
        same = keys and all(other[key].lower() == row[key].lower() for key in keys)
        if same and other.get("note") == coding.DRAFT and _TYPED not in other:
            other |= {"note": "", **{column: row[column] for column in filled}}
            told["read, being like one that was"] += 1


def _placed(fault: str, held: str, folder: str, places: Mapping[tuple[str, str], int]) -> str:
    """Say where a fault of a file stands in the workbook."""
    found = re.match(r"\S*/coding/(\w+)\.csv line \d+ \(([^)]+)\),? ?", fault)
    if found and (row := places.get((found[1], found[2]))):
        return f"{found[1]} row {row}, {fault[found.end() :]}"
    return fault.replace(held, folder)
