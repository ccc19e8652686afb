"""A workbook in which people code, written from an event folder."""

import random
import re
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
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

__all__ = ["CODED", "CODINGS", "DONE", "columns", "heads", "legal", "tables", "write"]

#: the column in which a second coder marks a row as coded, and the name of the codings of the folder itself
CODED, CODINGS = "coded", "codings"
#: what may stand in `done`: read; read, and so are all drafts that are alike; no row at all
DONE = {"yes": "read", "all": "read, and what is filled in holds for all drafts alike", "drop": "this is no row"}
_WIDE, _HIDDEN = {"passage": 90, "done": 8}, ["doc", "quote"]
_NO_XML = dict.fromkeys((0xFFFE, 0xFFFF))
_BOOK = Path(__file__).parents[2] / "seeds" / "coding" / "CODEBOOK.md"


def write(folder: Path, coder: str = "", rows: int = 0) -> Path:
    """Write the codings of a folder as a workbook, a sheet a file, a row a passage in its sentence, and give its path.

    That is coding.xlsx in the folder; for a second coder coding/people/NAME.xlsx, whose sheets hold no judgement. With
    `rows` a sheet has at most so many, drawn at random but the same each time, and balanced over the articles.
    """
    if coder == CODINGS or (coder and not re.fullmatch(r"[\w-]+", coder)):
        raise spans.CorpusError([f"{coder!r} is no name for a file; use letters and digits"])
    corpus = load_corpus(folder := folder.resolve())
    path = folder / (f"coding/people/{coder}.xlsx" if coder else "coding.xlsx")
    if path.exists():
        raise spans.CorpusError([f"{path} is there already; move it away first"])
    book = openpyxl.Workbook()
    values = book.active
    values.title, values.sheet_state = "values", "hidden"
    for name, table in tables(corpus, bool(coder)).items():
        shown = _sample(table, rows, f"0 {name}") if rows else table
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
    name, dated = sheet.title, corpus.articles["name"] + " (" + corpus.articles.published + ")"
    known = table.assign(article=table.doc.map(dated.str.removesuffix(" ()")), quote=table.text)
    known = known.drop(columns=coding.JUDGED[name]) if blank else known
    for at, head in enumerate(heads(name, blank), 1):
        letter = _column(sheet, at, [head, *known.get(head, [""] * len(table))])
        sheet.cell(1, at).font = Font(bold=True)
        sheet.column_dimensions[letter].width = _WIDE.get(head, 16)
        sheet.column_dimensions[letter].hidden = head in _HIDDEN
        if choices := _choices(corpus, name, head, table, blank):
            place = values.max_column + 1 if values.cell(1, 1).value else 1
            chosen = _column(values, place, [f"{name} {head}", *choices])
            listed = f"values!${chosen}$2:${chosen}${len(choices) + 1}"
            rule = DataValidation("list", listed, allow_blank=True, errorStyle="warning", showErrorMessage=True)
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{len(table) + 1}")
    for number, row in enumerate(table.itertuples(), 2):
        before, held, after = map(legal, passage(corpus, row.doc, row.start, row.end, 300))
        pieces = [before, TextBlock(InlineFont(b=True), held), after]
        sheet.cell(number, 3).value = CellRichText([piece for piece in pieces if piece])
        sheet.cell(number, 3).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "D2"


def _column(sheet: Worksheet, at: int, values: Iterable[str]) -> str:
    """Write a column of texts, whatever they look like, and give its letter."""
    for row, value in enumerate(values, 1):
        cell = sheet.cell(row, at)
        cell.number_format, cell.alignment = "@", Alignment(vertical="top")
        if text := legal(value):
            cell.value, cell.data_type = text, "s"
    return get_column_letter(at)


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
    sheet.column_dimensions[_column(sheet, 1, [re.sub(r"[`*|]", "", line).strip() for line in lines])].width = 160
