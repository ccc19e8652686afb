"""A workbook in which people have coded, read and taken back into the CSV files of its folder."""

import re
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from helpers import coding, spans
from helpers.corpus import Corpus, load_corpus
from helpers.event.new import restored, swapped
from helpers.event.report import check
from helpers.event.sheet import CODED, DONE, columns, heads, legal, tables
from helpers.rows import ADDRESS, read_records, write_records, written

__all__ = ["read_sheets", "take"]

# what makes drafts alike, and what is filled in for all of them
_ALIKE = {
    "terms": (["quote", "voice"], ["event"]),
    "quotes": (["speaker", "kind"], ["role"]),
    "figures_excluded": (["reason"], []),
}


def read_sheets(corpus: Corpus, path: Path, blank: bool) -> list[tuple[str, int, dict[str, str]]]:
    """Give the rows of a workbook that `sheet.write` has written: file, row number, and values as text by column.

    A CorpusError lists every sheet, column, id, doc and quote that is missing, unknown or twice, and every formula.
    """
    try:
        book = openpyxl.load_workbook(path)
    except (OSError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, InvalidFileException) as error:
        raise spans.CorpusError([f"{path}: {error}; name the .xlsx file that sheet has written"]) from None
    faults, read = list[str](), list[tuple[str, int, dict[str, str]]]()
    for sheet in (sheet for sheet in book.worksheets if sheet.title not in ("values", "codebook")):
        name, found = sheet.title, [str(cell.value or "") for cell in sheet[1]]
        if name not in coding.JUDGED:
            faults.append(f"{name}: this sheet is no coding file; there are {', '.join(coding.JUDGED)}")
            continue
        wanted = heads(name, blank)
        if CODED in found and not blank:
            raise spans.CorpusError([f"{path} is a second coder's; python -m helpers agreement sets it beside others"])
        for head in (head for head in wanted if found.count(head) != 1):
            faults.append(f"{name}: column {head!r} stands {found.count(head)} times in the first row, not once")
        unknown = [head for head in found if head and head not in wanted]
        faults += [f"{name}: column {head!r} is not known; mend its name" for head in unknown]
        for number, cells in enumerate(sheet.iter_rows(min_row=2), 2):
            row = dict(zip(found, cells, strict=False))
            formulas = [head for head, cell in row.items() if cell.data_type == "f"]
            faults += [f"{name} row {number}, {head}: a formula; write its value" for head in formulas]
            if any(cell.value is not None for cell in cells):
                read.append((name, number, {head: written(cell.value) for head, cell in row.items()}))
    faults = faults or _row_faults(corpus, read, blank)
    spans.refuse([f"{path.name}, {fault}" for fault in faults])
    return read


def _row_faults(corpus: Corpus, read: list[tuple[str, int, dict[str, str]]], blank: bool) -> list[str]:
    """List the rows of a workbook that are in no file of the folder, or whose address or mark is not as it was."""
    mark, marks = (CODED, ["yes"]) if blank else ("done", list(DONE))
    known = {(name, row.id): row for name, table in tables(corpus, blank).items() for row in table.itertuples()}
    ids, faults = Counter((name, row["id"]) for name, _, row in read), list[str]()
    for name, number, row in read:
        held, where = known.get((name, row["id"])), f"{name} row {number}"
        if ids[name, row["id"]] > 1:
            faults.append(f"{where}: id {row['id']!r} stands in {ids[name, row['id']]} rows; leave one of them")
        elif held is None:
            faults.append(f"{where}: id {row['id']!r} is in no row of {name}.csv; write it back")
        elif (row["doc"].zfill(3), row["quote"]) != (held.doc.zfill(3), legal(held.text)):
            faults.append(f"{where}: doc or quote (hidden) of {held.id} was changed; write back {held.text!r}")
        elif row[mark] not in ("", *marks):
            faults.append(f"{where}: {mark} is {row[mark]!r}; use {', '.join(marks)} or nothing")
    return faults


def take(folder: Path, path: Path) -> list[str]:
    """Take a workbook back into the CSV files of its folder, and say what changed.

    A CorpusError lists every fault of it, by sheet and row; nothing is written then.
    """
    restored(folder := folder.resolve())
    read = read_sheets(load_corpus(folder), path, blank=False)
    files = {name: read_records(folder / "coding" / f"{name}.csv") for name in {name for name, _, _ in read}}
    rows = {name: {row["id"]: row for _, row in records} for name, (_, records) in files.items()}
    told, typed = defaultdict[str, Counter[str]](Counter), set[tuple[str, str]]()
    for name, _, given in read:
        row, done = rows[name][given["id"]], given["done"]
        changed = [column for column in columns(name) if given[column] != legal(row.get(column, ""))]
        row |= {column: given[column] for column in changed}
        typed |= {(name, row["id"])} if changed else set()
        told[name].update(changed)
        if done and row.get("note") == coding.DRAFT:
            row["note"] = ""
            told[name]["read"] += 1
        told[name].update(["dropped"] if done == "drop" else [])
    for name, _, given in read:  # once all rows are taken: a later one would bring its draft back
        keys, filled = _ALIKE.get(name, ([], []))
        row = rows[name][given["id"]]
        for other in rows[name].values() if keys and given["done"] == "all" else ():
            alike = all(other[key].lower() == row[key].lower() for key in keys)
            if alike and other["note"] == coding.DRAFT and (name, other["id"]) not in typed:
                other |= {"note": "", **{column: row[column] for column in filled}}
                told[name]["read, being like one that was"] += 1
    with swapped(folder) as held:
        for name in (name for name, counts in told.items() if counts):
            dropped = {given["id"] for file, _, given in read if file == name and given["done"] == "drop"}
            kept = [row for ident, row in rows[name].items() if ident not in dropped]
            there = {*files[name][0], *(column for row in kept for column in row)}  # an optional column may be new
            header = [column for column in [*ADDRESS, *coding.COLUMNS[name]] if column in there]
            write_records(held / "coding" / f"{name}.csv", header, kept)
        places = {(name, row["id"]): number for name, number, row in read}
        spans.refuse([_placed(fault, places) for fault in check(held)[0]])
    changes = [(name, [f"{n} {what}" for what, n in counts.items()]) for name, counts in told.items() if counts]
    return [f"{name}: {', '.join(counts)}" for name, counts in changes] or ["nothing has changed"]


def _placed(fault: str, places: dict[tuple[str, str], int]) -> str:
    """Say where a fault of a file stands in the workbook."""
    found = re.match(r"\S*/coding/(\w+)\.csv line \d+ \(([^)]+)\),? ?", fault)
    row = places.get((found[1], found[2])) if found else None
    return f"{found[1]} row {row}, {fault[found.end() :]}" if found and row else fault
