"""Coding by people: a workbook out and back, a second coder's blank one, agreement, and what spreadsheets do to CSV."""

import csv
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import ROOT

from helpers import coding, spans
from helpers.__main__ import main
from helpers.corpus import load_corpus
from helpers.event import agree, new, report, sheet, take

FIRE = ROOT / "notebooks" / "harbour_fire"


@pytest.fixture
def fire(tmp_path):
    folder = tmp_path / "fire"
    shutil.copytree(FIRE, folder)
    return folder


@pytest.fixture
def flood(tmp_path):
    """Lay out an event whose rows are all drafts."""
    text = "Flood\n\nAt least 12 people died in 2019 and 2020, the police said.\n\nThey said 15 people left in 2021.\n"
    (tmp_path / "a.txt").write_text(text)
    new.lay_out(tmp_path / "flood", [tmp_path / "a.txt"])
    return tmp_path / "flood"


def held(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".xlsx"}


def edited(path, name, number, **values):
    """Change cells of one row of a sheet, by the heads of their columns."""
    book = openpyxl.load_workbook(path, rich_text=True)
    heads = [cell.value for cell in book[name][1]]
    for head, value in values.items():
        book[name].cell(number, heads.index(head) + 1).value = value
    book.save(path)


def values(path, name):
    book = openpyxl.load_workbook(path, rich_text=True)[name]
    heads = [cell.value for cell in book[1]]
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in book.iter_rows(min_row=2)]


@pytest.mark.parametrize("folder", [FIRE, ROOT / "seeds"], ids=["fire", "seeds"])
def test_out_and_back_without_a_change_leaves_every_byte(tmp_path, folder):
    shutil.copytree(folder, tmp_path / "event")
    before = held(tmp_path / "event")
    path = sheet.write(tmp_path / "event")
    assert take.take(tmp_path / "event", path) == ["nothing has changed"]
    assert held(tmp_path / "event") == before


def test_a_passage_stands_bold_in_its_sentence_and_lists_drop_down(fire):
    book = openpyxl.load_workbook(sheet.write(fire), rich_text=True)
    figures = book["figures"]
    assert figures.freeze_panes == "D2"
    before, bold, after = figures["C2"].value
    assert (before[-8:], str(bold), bold.font.b, after[:7]) == ("injured ", "at least 12", True, " people")
    assert all(
        cell.number_format == "@" and cell.data_type in "sn" for row in figures.iter_rows(min_row=2) for cell in row
    )
    lists = {rule.sqref: rule.formula1 for rule in figures.data_validations.dataValidation}
    assert len(lists) >= 6
    assert "killed or wounded" in [cell.value for column in book["values"].columns for cell in column]
    assert any("one row a mention" in str(row[0].value).lower() for row in book["codebook"].rows)


def test_what_was_filled_in_comes_back_and_what_is_alike_is_accepted_with_it(flood):
    path = sheet.write(flood)
    known = {row["quote"]: number for number, row in enumerate(values(path, "figures"), 2)}
    edited(path, "figures", known["15"], measure="displaced", flow_or_stock="flow", done="yes")
    edited(path, "figures", known["At least 12"], done="drop")
    years = [number for number, row in enumerate(values(path, "figures_excluded"), 2) if row["reason"] == "year"]
    edited(path, "figures_excluded", years[0], done="all")
    told = take.take(flood, path)
    assert told[0] == "figures: 2 read, 1 dropped, 1 measure, 1 flow_or_stock"
    assert told[1] == "figures_excluded: 1 read, 2 read, being like one that was"
    corpus = load_corpus(flood)
    assert coding.load_coding(corpus, "figures")[["text", "measure"]].values.tolist() == [["15", "displaced"]]
    assert len(coding.load_coding(corpus, "figures_excluded")) == 3
    assert report.check(flood)[0] == []


def test_a_column_that_the_file_may_leave_out_is_added_when_it_is_filled_in(fire):
    path = fire / "coding" / "figures.csv"
    pd.read_csv(path, dtype=str, keep_default_na=False).drop(columns="since").to_csv(path, index=False)
    book = sheet.write(fire)
    edited(book, "figures", 2, since="2025-03-01")
    assert take.take(fire, book) == ["figures: 1 since"]
    assert coding.load_coding(load_corpus(fire), "figures").since[0] == "2025-03-01"


def test_all_faults_come_at_once_by_sheet_and_row_and_nothing_is_written(fire):
    before, path = held(fire), sheet.write(fire)
    edited(path, "figures", 2, low="twelve")
    edited(path, "figures", 3, measure="floods")
    edited(path, "quotes", 4, kind="spoken")
    with pytest.raises(spans.CorpusError) as error:
        take.take(fire, path)
    told = str(error.value)
    assert "figures row 2, low: 'twelve' is no number" in told
    assert "figures row 3, measure: 'floods' is unknown" in told
    assert "quotes row 4, kind: 'spoken' is unknown" in told
    edited(path, "quotes", 5, quote="another")
    edited(path, "quotes", 6, id="nobody")
    edited(path, "quotes", 7, done="perhaps")
    with pytest.raises(spans.CorpusError) as error:
        take.take(fire, path)
    told = str(error.value)
    for words in (
        "quotes row 5: doc or quote (hidden) of",
        "quotes row 6: id 'nobody'",
        "quotes row 7: done is 'perhaps'",
    ):
        assert words in told
    assert held(fire) == before
    (fire / "no.xlsx").write_bytes(b"no workbook")
    with pytest.raises(spans.CorpusError, match=r"name the \.xlsx file"):
        take.take(fire, fire / "no.xlsx")
    with pytest.raises(spans.CorpusError, match="is there already"):
        sheet.write(fire)


def test_a_sheet_or_a_column_of_another_name_is_refused_and_what_is_typed_is_not_overwritten(flood):
    path = sheet.write(flood)
    rows = [number for number, row in enumerate(values(path, "quotes"), 2) if row["speaker"] == "police"]
    edited(path, "quotes", rows[0], role="monitor", done="all")
    book = openpyxl.load_workbook(path, rich_text=True)
    book["figures"].title = "Numbers"
    book["terms"]["D1"].value, book["quotes"]["E2"].value = "Concept", '="po"&"lice"'
    book.save(flood / "other.xlsx")
    with pytest.raises(spans.CorpusError) as error:
        take.take(flood, flood / "other.xlsx")
    told = str(error.value)
    assert "Numbers: this sheet is no coding file" in told
    assert "terms: column 'concept' stands 0 times" in told
    assert "quotes row 2, speaker: a formula; write its value" in told


@pytest.mark.parametrize("last", range(4))
def test_a_kill_between_any_two_steps_loses_no_coding(fire, monkeypatch, last):
    path = sheet.write(fire)
    edited(path, "figures", 2, note="seen")
    done, replace = [], Path.replace

    def killed(self, target):
        if len(done) == last:
            raise KeyboardInterrupt
        done.append(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    try:
        take.take(fire, path)
    except KeyboardInterrupt:
        monkeypatch.undo()
        kept = path if path.exists() else fire.with_name(".fire.before") / "coding.xlsx"
        shutil.copyfile(kept, fire.parent / "again.xlsx")
        take.take(fire, fire.parent / "again.xlsx")
    monkeypatch.undo()
    notes = coding.load_coding(load_corpus(fire), "figures").set_index("id").note
    assert notes["courier-f1"] == "seen"
    assert held(fire).keys() == held(FIRE).keys()


def test_a_second_coder_sees_no_judgement_and_is_compared(fire, capsys):
    assert main(["sheet", str(fire), "--coder", "ann", "--rows", "6"]) == 0
    path = fire / "coding" / "people" / "ann.xlsx"
    assert [row["kind"] for row in values(path, "quotes")] == [None] * 6
    assert {row["doc"] for row in values(path, "quotes")} == {"courier", "quayside", "wire"}
    assert main(["take", str(fire), str(path)]) == 1
    assert "is a second coder's" in capsys.readouterr().err
    assert agree.people(load_corpus(fire)).empty
    key = coding.load_coding(load_corpus(fire), "quotes").set_index("id")
    for number, row in enumerate(values(path, "quotes")[:5], 2):
        kind = "scare" if number == 2 else key.kind[row["id"]]
        edited(path, "quotes", number, kind=kind, speaker=key.speaker[row["id"]], role=key.role[row["id"]], coded="yes")
    found = agree.people(load_corpus(fire)).set_index("column")
    assert found.loc["kind", ["coder", "rows", "agreed"]].tolist() == ["ann", 5, 4]
    assert found.percent[["speaker", "role"]].tolist() == [100.0, 100.0]
    assert main(["agreement", str(fire), "ann", "codings"]) == 0
    told = capsys.readouterr().out
    assert "4 of 5" in told
    assert "kind: 'scare' / " in told
    differing = pd.read_csv(path.with_name("differences-ann-codings.csv"))
    assert len(differing) == 1
    assert main(["agreement", str(fire), "ann", "ben"]) == 1
    assert "sheet --coder ben writes it" in capsys.readouterr().err


def test_the_blank_sheets_of_the_collection_are_what_the_command_writes(tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    stored = tmp_path / "seeds" / "coding" / "people" / "blank.xlsx"
    known = openpyxl.load_workbook(stored, rich_text=True)
    stored.unlink()
    now = openpyxl.load_workbook(sheet.write(tmp_path / "seeds", "blank", 16), rich_text=True)
    assert known.sheetnames == now.sheetnames
    for one, two in zip(known, now, strict=True):
        assert [[str(c.value) for c in row] for row in one.rows] == [[str(c.value) for c in row] for row in two.rows]
    decisions = sum(
        (known[n].max_row - 1) * len(columns) for n, columns in coding.JUDGED.items() if n in known.sheetnames
    )
    assert decisions >= 120


def test_what_looks_wrong_gets_a_second_look_until_a_note_says_why(fire):
    path = fire / "coding" / "figures.csv"
    path.write_text(path.read_text().replace(",,,12,,false", ",,,13,,false"))
    quotes = fire / "coding" / "quotes.csv"
    quotes.write_text(quotes.read_text().replace("Omar Lind", "Omar Lindt", 1))
    faults, looks = report.check(fire)
    assert faults == []
    assert any("(courier-f1): 'at least 12' is coded as 13 to inf; mend it" in look for look in looks)
    assert any("'Omar Lindt' is 'Omar Lind' but for a letter" in look for look in looks)


def rewritten(folder, name, change):
    path = folder / "coding" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    path.write_bytes(change(rows).encode("utf-8"))


def semicolons(rows):
    return "\ufeff" + "".join(";".join('"' + v.replace('"', '""') + '"' for v in row) + ";\r\n" for row in rows)


def test_what_spreadsheets_and_pandas_make_of_a_file_is_read_as_it_was(tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    known = {name: coding.load_coding(load_corpus(ROOT / "seeds"), name) for name in coding.COLUMNS}
    for path in (tmp_path / "seeds" / "coding").glob("*.csv"):
        pd.read_csv(path).to_csv(path, index=False)
    corpus = load_corpus(tmp_path / "seeds")
    assert all(coding.load_coding(corpus, name).equals(table) for name, table in known.items())
    rewritten(tmp_path / "seeds", "figures", semicolons)
    assert coding.load_coding(load_corpus(tmp_path / "seeds"), "figures").equals(known["figures"])


def test_a_day_that_can_be_two_is_refused_once_a_column_with_the_number_of_rows(tmp_path):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")

    def days(rows):
        at = rows[0].index("period_start")
        turned = [[*row[:at], "/".join(reversed(row[at].split("-"))), *row[at + 1 :]] for row in rows[1:]]
        return semicolons([rows[0], *turned])

    rewritten(tmp_path / "seeds", "figures", days)
    with pytest.raises(spans.CorpusError) as error:
        coding.load_coding(load_corpus(tmp_path / "seeds"), "figures")
    assert len(error.value.faults) == 1
    assert "period_start: a day as a spreadsheet writes it, and it may be two" in error.value.faults[0]
    assert "more rows" in error.value.faults[0]


@pytest.mark.skipif(not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not here")
@pytest.mark.slow
def test_through_libreoffice_nothing_changes(fire):
    import subprocess

    office, path, before = shutil.which("soffice") or shutil.which("libreoffice"), sheet.write(fire), held(fire)
    for ending, source in (("ods", path), ("xlsx", fire.parent / "coding.ods")):
        subprocess.run([office, "--headless", "--convert-to", ending, "--outdir", fire.parent, source], check=True)
    assert take.take(fire, fire.parent / "coding.xlsx") == ["nothing has changed"]
    assert held(fire) == before
