"""A workbook in which people code, written from an event folder."""

from __future__ import annotations

import random
import re
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
from helpers.evidence import passage
from helpers.rows import read_rows

__all__ = ["CODED", "CODINGS", "DONE", "coder_sheet", "columns", "heads", "legal", "tables", "write"]

#: the column in which a second coder marks a row as coded, and the name of the codings of the folder itself
CODED, CODINGS = "coded", "codings"
#: what may stand in `done`: read; read, and so are all drafts that are alike; no row at all
DONE = {"yes": "read", "all": "read, and what is filled in holds for all drafts alike", "drop": "this is no row"}
_WIDE, _HIDDEN = {"passage": 90, "done": 8}, ["doc", "quote"]
_NO_XML = dict.fromkeys((0xFFFE, 0xFFFF))
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
    corpus = load_corpus(folder := folder.resolve())
    path = coder_sheet(folder, coder) if coder else folder / "coding.xlsx"
    if path.exists():
        raise spans.CorpusError([f"{path} is there already; move it away first"])
    book = openpyxl.Workbook()
    values = book.active
    values.title, values.sheet_state = "values", "hidden"
    for name, table in tables(corpus, bool(coder)).items():
        shown = _sample(table, rows, f"{seed} {name}") if rows else table
        if len(shown):
            _fill(corpus, book.create_sheet(name), values, shown, bool(coder))
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


def columns(name: str) -> list[str]:
    """Give the columns of a file that a workbook shows."""
    return [column for column in coding.COLUMNS[name] if column != "differed"]


def heads(name: str, blank: bool) -> list[str]:
    """Give the columns of a sheet; a second coder's is blank and shows only what is judged.

    >>> heads("frames", blank=True)
    ['id', 'article', 'passage', 'frame', 'coded', 'doc', 'quote']
    """
    coded = [*coding.JUDGED[name], CODED] if blank else [*columns(name), "done"]
    return ["id", "article", "passage", *coded, *_HIDDEN]


def tables(corpus: Corpus, blank: bool) -> dict[str, pd.DataFrame]:
    """Give the rows of each coding file, as text, in the order of the articles."""
    found = {}
    for name in coding.JUDGED:
        path = corpus.folder / "coding" / f"{name}.csv"
        if path.is_file():
            table = read_rows(path, corpus.texts, coding.COLUMNS[name], optional=coding.OPTIONAL[name])
            if name == "frames":
                table = table[table.coder == "final"]
            if blank and "excluded_because" in table:  # judged to be none, so no unit of a second coder
                table = table[table.excluded_because == ""]
            found[name] = table.sort_values(["doc", "start", "end"], kind="stable")
    return found


def _sample(table: pd.DataFrame, rows: int, seed: str) -> pd.DataFrame:
    """Draw rows, as many from each article as can be."""
    drawn = random.Random(seed)
    by_doc = {doc: drawn.sample(list(group.index), len(group)) for doc, group in table.groupby("doc")}
    turns = [at for turn in range(rows) for queue in by_doc.values() for at in queue[turn : turn + 1]]
    return table.loc[sorted(turns[:rows], key=list(table.index).index)]


def _fill(corpus: Corpus, sheet: Worksheet, values: Worksheet, table: pd.DataFrame, blank: bool) -> None:
    """Write the rows of a sheet, with the address of each in hidden columns at its end."""
    for at, head in enumerate(heads(sheet.title, blank), 1):
        sheet.cell(1, at, head).font = Font(bold=True)
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = _WIDE.get(head, 16)
        sheet.column_dimensions[letter].hidden = head in _HIDDEN
        if choices := _choices(corpus, sheet.title, head, table, blank):
            listed = _listed(values, [f"{sheet.title} {head}", *choices])
            rule = DataValidation("list", listed, allow_blank=True, errorStyle="warning", showErrorMessage=True)
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{len(table) + 1}")
    judged = coding.JUDGED[sheet.title] if blank else []
    for number, row in enumerate(table.to_dict("records"), 2):
        article = corpus.articles.loc[row["doc"]]
        dated = f"{article['name']} ({article.published})" if article.published else article["name"]
        known = {**row, "article": dated, "quote": row["text"], **dict.fromkeys(judged, "")}
        for at, head in enumerate(heads(sheet.title, blank), 1):
            _put(sheet.cell(number, at), known.get(head, ""))
        before, held, after = map(legal, passage(corpus, row["doc"], row["start"], row["end"], 300))
        pieces = [before, TextBlock(InlineFont(b=True), held), after]
        sheet.cell(number, 3).value = CellRichText([piece for piece in pieces if piece])
        sheet.cell(number, 3).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "D2"


def _put(cell: Cell, value: object) -> None:
    """Write a value as text, whatever it looks like."""
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top")
    if text := legal(str(value)):
        cell.value, cell.data_type = text, "s"


def legal(text: str) -> str:
    """Give a text without the control signs that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text).replace("\r\n", "\n").translate(_NO_XML)[:32_000]


def _choices(corpus: Corpus, name: str, column: str, table: pd.DataFrame, blank: bool) -> list[str]:
    """Give what a column may hold, or is likely to; nothing where anything may stand in it."""
    if column in ("done", CODED):
        return list(DONE) if column == "done" else ["yes"]
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
    lines += [f"{k}: {v}" for k, v in DONE.items()]
    lines += ["Two values of one cell are parted by a semicolon and a blank. A list that drops down only warns."]
    if _BOOK.is_file():
        for section in re.split(r"^## ", _BOOK.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head = section.partition("\n")[0]
            if head.startswith("What reading") or any(f"{name}.csv" in head for name in names):
                lines += ["", *section.splitlines()]
    for number, line in enumerate(lines, 1):
        _put(sheet.cell(number, 1), re.sub(r"[`*|]", "", line).strip())
    sheet.column_dimensions["A"].width = 160
