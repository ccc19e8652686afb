"""A workbook in which people code: written from an event folder, and taken back into its CSV files."""

from __future__ import annotations

import datetime
import random
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from helpers import coding, spans
from helpers.corpus import Corpus, load_corpus
from helpers.event.new import restored, swapped, write_rows
from helpers.event.report import check
from helpers.evidence import passage
from helpers.rows import read_records, read_rows

__all__ = ["CODED", "CODINGS", "coder_sheet", "read_sheets", "tables", "take", "write"]

#: the column in which a second coder marks a row as coded, and the name of the codings of the folder itself
CODED, CODINGS = "coded", "codings"
DONE = "done"
#: what may stand in `done`: read; read, and so are all drafts that are alike; no row at all
_DONE = {"yes": "read", "all": "read, and what is filled in holds for all drafts alike", "drop": "this is no row"}
# what makes drafts alike, and what is filled in for all of them
_ALIKE = {"terms": (["text", "voice"], ["event"]), "quotes": (["speaker", "kind"], ["role"])}
_ALIKE["figures_excluded"] = (["reason"], [])
_WIDE, _FIRST, _HIDDEN = {"passage": 90, DONE: 8}, ["id", "article", "passage"], ["doc", "quote"]
_BOOK = Path(__file__).parents[2] / "seeds" / "coding" / "CODEBOOK.md"


def write(folder: Path, coder: str = "", rows: int = 0, seed: int = 0) -> Path:
    """Write the codings of a folder as a workbook: a sheet a file, a row a passage in its sentence.

    Parameters
    ----------
    coder : a second coder's name; the sheets hold the passages then, and no judgement
    rows : at most so many rows a sheet, drawn at random by `seed` and balanced over the articles; 0 for all

    Returns
    -------
    its path: coding.xlsx in the folder, or coding/people/NAME.xlsx
    """
    if coder == CODINGS or (coder and not re.fullmatch(r"[\w-]+", coder)):
        raise spans.CorpusError([f"{coder!r} is no name for a file; use letters and digits"])
    corpus = load_corpus(folder.resolve())
    path = coder_sheet(folder, coder) if coder else folder / "coding.xlsx"
    if path.exists():
        raise spans.CorpusError([f"{path} is there already; move it away first"])
    book = openpyxl.Workbook()
    book.properties.title = f"coder {coder}" if coder else folder.name
    values = book.create_sheet("values")
    values.sheet_state = "hidden"
    for name, table in tables(corpus, bool(coder)).items():
        shown = _sample(table, rows, f"{seed} {name}") if rows else table
        if len(shown):
            _fill(corpus, book.create_sheet(name), values, shown, coding.JUDGED[name] if coder else _columns(name))
    del book["Sheet"]
    if len(book.sheetnames) == 1:
        raise spans.CorpusError([f"{folder} holds no coded row and no draft; lay it out with new, or code it"])
    _explain(book.create_sheet("codebook"), book.sheetnames)
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    book.save(part)
    part.replace(path)
    return path


def coder_sheet(folder: Path, coder: str) -> Path:
    """Say where a coder's workbook lies."""
    return folder / "coding" / "people" / f"{coder}.xlsx"


def _columns(name: str) -> list[str]:
    return [column for column in coding.COLUMNS[name] if column != "differed"]


def tables(corpus: Corpus, blank: bool) -> dict[str, pd.DataFrame]:
    """Give the rows of each coding file, as text, in the order of the articles."""
    found = {}
    for name in coding.JUDGED:
        path = corpus.folder / "coding" / f"{name}.csv"
        if path.is_file():
            optional = [column for column in coding.COLUMNS[name] if column in coding.OPTIONAL[name]]
            table = read_rows(path, corpus.texts, coding.COLUMNS[name], optional=optional)
            if name == "frames":
                table = table[table.coder == "final"]
            if blank:  # a passage whose judgement was that it is none is no unit of a second coder
                table = table[table.get("excluded_because", pd.Series("", table.index)) == ""]
            found[name] = table.sort_values(["doc", "start", "end"], kind="stable")
    return found


def _sample(table: pd.DataFrame, rows: int, seed: str) -> pd.DataFrame:
    """Draw rows, as many from each article as can be."""
    drawn = random.Random(seed)
    by_doc = {doc: drawn.sample(list(group.index), len(group)) for doc, group in table.groupby("doc")}
    turns = [at for turn in range(rows) for queue in by_doc.values() for at in queue[turn : turn + 1]]
    return table.loc[sorted(turns[:rows], key=list(table.index).index)]


def _fill(corpus: Corpus, sheet: Worksheet, values: Worksheet, table: pd.DataFrame, columns: list[str]) -> None:
    """Write the rows of a sheet, with the address of each in hidden columns at its end."""
    blank = columns == coding.JUDGED[sheet.title]
    heads = [*_FIRST, *columns, CODED if blank else DONE, *_HIDDEN]
    for at, head in enumerate(heads, 1):
        cell = sheet.cell(1, at, head)
        cell.font = Font(bold=True)
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = _WIDE.get(head, 16)
        sheet.column_dimensions[letter].hidden = head in _HIDDEN
        if choices := _choices(corpus, sheet.title, head, table, blank):
            values.append([])
            letters = _listed(values, [f"{sheet.title} {head}", *choices])
            rule = DataValidation(
                "list", formula1=letters, allow_blank=True, errorStyle="warning", showErrorMessage=True
            )
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{len(table) + 1}")
    for number, row in enumerate(table.to_dict("records"), 2):
        before, held, after = passage(corpus, row["doc"], row["start"], row["end"], 300)
        article = corpus.articles.loc[row["doc"]]
        dated = f"{article['name']} ({article.published})" if article.published else article["name"]
        known = {"article": dated, DONE: "", "quote": row["text"]}
        for at, head in enumerate(heads, 1):
            value = "" if blank and head in columns else known.get(head, row.get(head, ""))
            _put(sheet.cell(number, at), value)
        pieces = [_legal(before), TextBlock(InlineFont(b=True), _legal(held)), _legal(after)]
        sheet.cell(number, 3).value = CellRichText([piece for piece in pieces if piece])
        sheet.cell(number, 3).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "D2"


def _put(cell: Cell, value: object) -> None:
    """Write a value as text, whatever it looks like."""
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top")
    if text := _legal(str(value)):
        cell.value, cell.data_type = text, "s"


def _legal(text: str) -> str:
    """Give a text without the control signs that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]


def _choices(corpus: Corpus, name: str, column: str, table: pd.DataFrame, blank: bool) -> list[str]:
    """Give what a column may hold, or is likely to; nothing where anything may stand in it."""
    if column in (DONE, CODED):
        return list(_DONE) if column == DONE else ["yes"]
    if column in ("place", "place_to"):
        return list(coding.load_places(corpus)) if (corpus.folder / "coding" / "places.toml").is_file() else []
    if column in ("speaker", "topic", "event"):
        return [] if blank else sorted(set(table[column]) - {""})  # they would tell what the first coder wrote
    return [value for value in coding.load_values(corpus).get((name, column), []) if value]


def _listed(values: Worksheet, column: list[str]) -> str:
    """Write a list into a column of its own, and give its address."""
    at = values.max_column + 1 if values.cell(1, 1).value else 1
    for row, value in enumerate(column, 1):
        _put(values.cell(row, at), value)
    letter = get_column_letter(at)
    return f"values!${letter}$2:${letter}${len(column)}"


def _explain(sheet: Worksheet, names: list[str]) -> None:
    """Write what `done` may hold, and the codebook's rules for the files at hand."""
    lines = ["Fill in the columns right of the passage. A second coder writes yes into coded. Else write into done:"]
    lines += [f"{k}: {v}" for k, v in _DONE.items()]
    lines += ["Two values of one cell are parted by a semicolon and a blank. A list that drops down only warns."]
    if _BOOK.is_file():
        for section in re.split(r"^## ", _BOOK.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head = section.partition("\n")[0]
            if head.startswith("What reading") or any(f"{name}.csv" in head for name in names):
                lines += ["", *section.splitlines()]
    for number, line in enumerate(lines, 1):
        _put(sheet.cell(number, 1), re.sub(r"[`*|]", "", line).strip())
    sheet.column_dimensions["A"].width = 160


def read_sheets(path: Path) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Give the rows of a workbook: sheet, row number, and its values as text by column.

    Raises
    ------
    CorpusError if it is no workbook
    """
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise spans.CorpusError([f"{path}: {error}; name the .xlsx file that sheet has written"]) from None
    for sheet in book.worksheets:
        heads = [str(cell.value or "") for cell in sheet[1]]
        for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), 2):
            if sheet.title in coding.COLUMNS and any(value is not None for value in cells):
                yield sheet.title, number, {head: _text(value) for head, value in zip(heads, cells, strict=False)}


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
    restored(folder)
    corpus, places, faults = load_corpus(folder.resolve()), dict[tuple[str, str], int](), list[str]()
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
        elif any(given.get(column, "") != _legal(row[column]) for column in _HIDDEN):
            faults.append(
                f"{name} row {number}: doc or quote (hidden) of {row['id']} was changed; write back {row['quote']!r}"
            )
        elif given.get(DONE, "") not in ("", *_DONE):
            faults.append(f"{name} row {number}: done is {given[DONE]!r}; use {', '.join(_DONE)} or nothing")
        else:
            places[name, row["id"]] = number
            _taken(name, row, given, told[name])
            wide += [(name, row)] * (given.get(DONE) == "all")
    spans.refuse(faults)
    for name, row in wide:  # once all rows are taken: a later one would bring its draft back
        _spread(name, row, rows[name], told[name])
    with swapped(folder, fresh=False) as held:
        for name, (head, _) in files.items():
            if told[name]:
                kept = [row for row in rows[name] if row.get(DONE) != "drop"]
                text = ",".join(head) + "\n" + write_rows(head, kept)
                (held / "coding" / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        spans.refuse([_placed(fault, held.name, folder.name, places) for fault in check(held)[0]])
    changed = {name: [f"{n} {what}" for what, n in counts.items()] for name, counts in told.items() if counts}
    return [f"{name}: {', '.join(counts)}" for name, counts in changed.items()] or ["nothing has changed"]


def _taken(name: str, row: dict[str, str], given: Mapping[str, str], told: Counter[str]) -> None:
    """Take the values of a row of a sheet over into its row of the file."""
    for column in _columns(name):
        if column in row and column in given and given[column] != _legal(row[column]):
            row[column] = given[column]
            told[column] += 1
    done = given.get(DONE, "")
    if done and row.get("note") == coding.DRAFT:
        row["note"] = ""
        told["read"] += 1
    if done == "drop":
        row[DONE] = "drop"
        told["dropped"] += 1


def _spread(name: str, row: dict[str, str], rows: list[dict[str, str]], told: Counter[str]) -> None:
    """Accept the drafts that are like a row that was read, with what was filled in there."""
    alike, filled = _ALIKE.get(name, ([], []))
    keys = ["quote" if key == "text" else key for key in alike]
    for other in rows:
        same = keys and all(other[key].lower() == row[key].lower() for key in keys)
        if same and other.get("note") == coding.DRAFT:
            other |= {"note": "", **{column: row[column] for column in filled}}
            told["read, being like one that was"] += 1


def _placed(fault: str, held: str, folder: str, places: Mapping[tuple[str, str], int]) -> str:
    """Say where a fault of a file stands in the workbook."""
    found = re.match(r"\S*/coding/(\w+)\.csv line \d+ \(([^)]+)\),? ?", fault)
    if found and (row := places.get((found[1], found[2]))):
        return f"{found[1]} row {row}, {fault[found.end() :]}"
    return fault.replace(held, folder)
