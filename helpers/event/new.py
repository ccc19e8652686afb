"""Lay out a folder for an event of one's own: texts copied untouched, what is known of them, and a draft of every coding."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import spans
from helpers.coding import COLUMNS, DRAFT
from helpers.corpus import Corpus, load_corpus
from helpers.figures import find_figures
from helpers.quotes import find_quotes
from helpers.rows import ADDRESS
from helpers.terms import find_terms

__all__ = ["lay_out"]

_TEMPLATES = Path(__file__).parent / "templates"
_LARGEST = 2_000_000
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MONTH = r"(?P<{}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
# forms that can be read one way only: 04/06/2017 is none of them
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH.format('m1')},? (?P<y1>\d{{4}})|{_MONTH.format('m2')} (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})"
    r"|(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.(?P<y3>\d{4})|(?P<y4>\d{4})-(?P<m4>\d\d)-(?P<d4>\d\d))(?!\d)"
)
_FURNITURE = [
    (r"skip to (?:main )?content.*", "navigation"), (r"(?:sign up|subscribe)\b.*newsletter.*|stay informed.*", "newsletter"),
    (r"leave a (?:reply|comment).*|please enter your .*", "comment_form"), (r"(?:read (?:also|more)|related)\b.*", "related_link"),
    (r"\d+ min(?:ute)?s? read", "read_time"), (r"(?:copyright|©).*|all rights reserved.*", "licence_note"),
]  # fmt: skip
_README = """# {title}

Laid out by `python -m helpers new`. The texts are as you gave them; everything else is a draft.

1. **Read `corpus.toml`** and mend what is marked `please check`: outlet, date, title.
2. **Code**: in `coding/`, each row whose note is `draft` was found by a rule. Read its sentence, fill in or mend its columns, and empty
   the note (or write your own). Delete a row that is none. What each column means is in the collection's
   `seeds/coding/CODEBOOK.md`; `check` names the values that a column may hold.
   In pandas read the files with `pd.read_csv(path, dtype=str, keep_default_na=False)`, or 000 becomes 0. `places.toml` and `lexicon.toml` are yours to fill,
   and `values.toml` where your event needs a measure, role, side or topic that the codebook lacks.
   `python -m helpers check {name}` lists what is left and what does not fit.
3. **Run** `python -m helpers run {name}` and open `site/index.html`. The report says what it rests on and grows as codings arrive.
"""


def lay_out(folder: Path, sources: Sequence[Path]) -> list[str]:
    """Lay out an event folder of some articles, or add those it lacks; nothing that a person wrote is changed.

    Parameters
    ----------
    folder : the event folder; made if it is not there
    sources : text files (one article each, UTF-8), or CSV or JSONL files with a column `text` and perhaps `outlet, title, date`

    Returns
    -------
    what was done, a line each

    Raises
    ------
    CorpusError with every fault: a file that is missing, empty, too large, no text, not UTF-8, or named twice; a folder that
    exists and is no event folder. Nothing is written then
    """
    if not folder.name.strip():
        raise spans.CorpusError(["the event folder has no name; write one before the files"])
    old = load_corpus(folder.resolve()) if (folder / "corpus.toml").is_file() else None
    if old is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise spans.CorpusError(
            [f"{folder} exists and holds no corpus.toml; name a new folder, or an event folder to add to"]
        )
    held_already = {hashlib.sha256(text.encode()).hexdigest(): doc for doc, text in (old.texts if old else {}).items()}
    known: dict[str, str] = {}
    faults: list[str] = []
    there: list[str] = []
    given: list[dict[str, Any]] = []
    for source in sources:
        for article in _read(source, faults):
            digest = hashlib.sha256(article["raw"]).hexdigest()
            if digest in held_already:
                there.append(f"{article['name']} is there already, as {held_already[digest]}")
                continue
            if digest in known:
                faults.append(f"{article['name']} is the same text as {known[digest]}; leave one of them out")
                continue
            known[digest] = article["name"]
            given.append({**article, "sha256": digest})
    if faults:
        raise spans.CorpusError(faults)
    if there and not given:
        return [*there, "nothing is new; nothing was changed"]
    if not given:
        raise spans.CorpusError(["no article is given; name text files, or a CSV or JSONL file with a column text"])
    first = max((int(doc) for doc in old.texts if doc.isdecimal()), default=-1) + 1 if old else 0
    for number, article in enumerate(given, first):
        article["doc"] = f"{number:03d}"
    held = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(held, ignore_errors=True)
    try:
        if old:
            shutil.copytree(folder, held)
        else:
            (held / "coding").mkdir(parents=True)
            (held / "corpus.toml").write_text(
                f"title = {_toml(folder.name.replace('_', ' '))}  # please check\n", encoding="utf-8"
            )
            shutil.copyfile(_TEMPLATES / "lexicon.toml", held / "coding" / "lexicon.toml")
            (held / "coding" / "places.toml").write_text(
                '# one table a place: ["Town"] and below it within = "Province", "" for the outermost\n',
                encoding="utf-8",
            )
            (held / "coding" / "values.toml").write_text(
                "# values of your own beside those of the codebook, for quotes role, figures measure, acts agent_side, events topic:\n"
                '# [figures]\n# measure = ["houses flooded"]\n',
                encoding="utf-8",
            )
            (held / "README.md").write_text(
                _README.format(title=folder.name.replace("_", " "), name=folder.name), encoding="utf-8"
            )
        with (held / "corpus.toml").open("a", encoding="utf-8") as listed:
            for article in given:
                (held / f"{article['doc']}.txt").write_bytes(article["raw"])
                listed.write("\n" + "\n".join(_entry(article)) + "\n")
        counts = _draft(held, [article["doc"] for article in given])
        before = folder.with_name(f".{folder.name}.before")
        if folder.exists():  # never a moment in which neither the old nor the new folder is whole
            folder.replace(before)
        held.replace(folder)
        shutil.rmtree(before, ignore_errors=True)
    finally:
        shutil.rmtree(held, ignore_errors=True)
    done = "added to" if old else "laid out in"
    drafted = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
    return [
        *there,
        f"{len(given)} article{'s'[: len(given) > 1]} {done} {folder}: {given[0]['doc']} to {given[-1]['doc']}",
        f"drafts to read: {drafted}",
    ]


def _read(source: Path, faults: list[str]) -> Iterator[dict[str, Any]]:
    """Give the articles of a file, or say what is wrong with it."""
    if not source.is_file():
        faults.append(
            f"{source} is a folder; name its files" if source.is_dir() else f"{source} is no file; check its name"
        )
        return
    raw = source.read_bytes()
    csv.field_size_limit(_LARGEST)  # an article is longer than the 131,072 characters that csv allows by default
    if source.suffix.lower() not in (".csv", ".jsonl"):
        if fault := _fault(source.name, raw):
            faults.append(fault)
        else:
            yield {"name": source.name, "raw": raw}
        return
    try:
        content = raw.decode("utf-8-sig")
        records = (
            [json.loads(line) for line in content.splitlines() if line.strip()]
            if source.suffix.lower() == ".jsonl"
            else list(csv.DictReader(io.StringIO(content, newline=""), delimiter=_separator(content)))
        )
    except (UnicodeDecodeError, json.JSONDecodeError, csv.Error) as error:
        faults.append(f"{source.name}: {error}; save it as UTF-8, one record a line")
        return
    for number, record in enumerate(records, 1):
        row = {str(key).lower(): value for key, value in record.items()} if isinstance(record, dict) else {}
        name = f"{source.name} record {number}"
        if not isinstance(row.get("text"), str):
            faults.append(f"{name} has no text; the column must be called text (there are {', '.join(row) or 'none'})")
            continue
        if fault := _fault(name, row["text"].encode()):
            faults.append(fault)
            continue
        told = {key: str(row[key]).strip() for key in ("outlet", "title", "date", "label") if row.get(key)}
        yield {"name": name, "raw": row["text"].encode(), **told}


def _separator(content: str) -> str:
    """Tell how the columns of a CSV file are set apart: spreadsheets write semicolons or tabs where the comma is the decimal sign."""
    header = content.partition("\n")[0]
    return max(",;\t", key=header.count)


def _fault(name: str, raw: bytes) -> str:
    """Say why some bytes are no article, and what to do; nothing where they are one."""
    start = raw[:400].lstrip().lower()
    if raw.startswith(b"%PDF-"):
        return f"{name} is a PDF; save its text as a .txt file (pdftotext does it) and read it through once"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"{name} is UTF-16; convert it: iconv -f UTF-16 -t UTF-8"
    if raw.startswith(b"\xef\xbb\xbf"):
        return f"{name} begins with a byte order mark, which would count as a letter; save it as UTF-8 without one"
    if start.startswith((b"<!doctype", b"<html")) or start.count(b"</") > 3:
        return f"{name} is HTML; copy the article's text out of the page into a .txt file, with what stands around it if you like"
    if len(raw) > _LARGEST:
        return f"{name} has {len(raw):,} bytes, more than {_LARGEST:,}; one article a file, please"
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return f"{name} line {line} is not UTF-8; it looks like Windows-1252 or Latin-1: convert it (iconv -f WINDOWS-1252 -t UTF-8) and check quotation marks and accents"
    if "\x00" in text:
        return f"{name} holds zero bytes and is no text; save the article as plain text"
    if not spans.words(text):
        return f"{name} holds no word; put the article's text into it or leave it out"
    return ""


def _entry(article: Mapping[str, Any]) -> list[str]:
    """Write what is known of an article as its [[article]] of corpus.toml."""
    text = article["raw"].decode()
    head = next(line.strip() for line in text.splitlines() if line.strip())
    title = article.get("title") or (
        head if len(head.split()) <= 25 and head[-1] not in '.!?”"' and head != text.strip() else ""
    )
    date, guessed = _iso(article.get("date", "")), False
    if not date and (match := _DATE.search(text[:600]) or _DATE.search(text[-300:])):
        date, guessed = _iso(match.group()), True
    label = article.get("label") or f"{article['doc']} {article.get('outlet') or Path(article['name']).stem}"
    outlet = article.get("outlet", "")
    lines = [
        "[[article]]", f"doc = {_toml(article['doc'])}", f"file = {_toml(article['doc'] + '.txt')}", f"sha256 = {_toml(article['sha256'])}",
        f"label = {_toml(label)}", f"outlet = {_toml(outlet)}", f"outlet_basis = {_toml('stated' if outlet else 'unknown')}",
        f"outlet_evidence = {_toml('given with the text' if outlet else '')}", f"title = {_toml(title)}" + ("" if article.get("title") else "  # please check"),
    ]  # fmt: skip
    if date:
        lines += [
            f"published = {_toml(date)}" + ("  # please check" if guessed else ""),
            f"published_basis = {_toml('stated')}",
        ]
    return lines


def _iso(date: str) -> str:
    """Write a date as ISO, or nothing where it is none."""
    match = _DATE.search(date)
    if not match:
        return ""
    day, month, year = next(
        (match[f"d{form}"], match[f"m{form}"], match[f"y{form}"]) for form in "1234" if match[f"d{form}"]
    )
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1
    written = f"{year}-{number:02d}-{int(day):02d}"
    return "" if pd.isna(pd.to_datetime(written, errors="coerce")) else written


def _toml(value: str) -> str:
    """Write a text as a TOML string."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _draft(folder: Path, docs: Sequence[str]) -> dict[str, int]:
    """Append the drafts of some articles to the codings of a folder, and say how many rows each got."""
    _append(folder, "parts", "part repeats", list(_parts(load_corpus(folder.resolve()), docs)))
    corpus = load_corpus(folder.resolve())
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in ("quotes", "figures", "figures_excluded", "terms")}
    for doc in docs:
        text = corpus.text(doc)
        tables["quotes"].extend({"doc": doc, **row} for row in find_quotes(text).to_dict("records"))
        tables["figures"].extend({"doc": doc, **_bounded(row)} for row in find_figures(text).to_dict("records"))
        tables["figures_excluded"].extend(
            {"doc": doc, **row} for row in find_figures(text, excluded=True).to_dict("records")
        )
    found = find_terms(corpus)
    tables["terms"].extend(found[found.doc.isin(docs)].to_dict("records"))
    for name, rows in tables.items():
        _append(folder, name, " ".join(COLUMNS[name]), [_addressed(corpus, {**row, "note": DRAFT}) for row in rows])
    return {name: len(rows) for name, rows in tables.items()}


def _bounded(row: Mapping[str, Any]) -> dict[str, Any]:
    """Write the interval of a figure that the finder found as figures.csv has it."""
    low, high = float(row["low"]), float(row["high"])
    flags = {name: str(bool(row[name])).lower() for name in ("low_open", "high_open", "approx")}
    ends = {
        "low": "" if low == float("-inf") else f"{low:.15g}",
        "high": "" if high == float("inf") else f"{high:.15g}",
    }
    return {**row, **ends, **flags, "measure": "", "place": ""}


def _parts(corpus: Corpus, docs: Sequence[str]) -> Iterator[dict[str, str]]:
    """Guess what is no running text: a first line that is a headline, lines of a web page, a line that a later one repeats."""
    for doc in docs:
        text, at, headline = corpus.text(doc), 0, ""
        lines = [line for line in text.splitlines() if line.strip()]
        for number, line in enumerate(text.splitlines(keepends=True)):
            shown, start = line.strip(), at + len(line) - len(line.lstrip())
            at += len(line)
            part = next((name for form, name in _FURNITURE if re.fullmatch(form, shown, re.IGNORECASE)), "")
            if (
                not part
                and (number == 0 or shown == headline)
                and len(lines) > 1
                and len(shown.split()) <= 25
                and shown[-1:] not in '.!?”"'
            ):
                part, headline = "headline", shown  # some pages print it twice
            inner = shown.strip("“”\"'‘’ ")
            if (
                not part
                and len(inner.split()) >= 5
                and inner in text.replace(line, " ", 1)
                and text.count(inner) > 1
                and shown[-1:] != "."
            ):
                part = "pull_quote"
            if part and shown:
                yield _addressed(corpus, {"doc": doc, "start": start, "text": shown, "part": part})


def _addressed(corpus: Corpus, row: dict[str, Any]) -> dict[str, Any]:
    """Give a row its quote and, where the quote stands more than once, its number."""
    text, quote = corpus.text(row["doc"]), row["text"]
    places, at = [], text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    return {**row, "quote": quote, "nth": places.index(row["start"]) + 1 if len(places) > 1 else ""}


def _append(folder: Path, name: str, columns: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows to a coding file, each with an id of its own; the rows that are there stay as they are."""
    path, header = folder / "coding" / f"{name}.csv", [*ADDRESS, *columns.split()]
    before = path.read_bytes().decode() if path.exists() else ",".join(header) + "\n"
    letter, held = {"figures_excluded": "x"}.get(name, name[0]), io.StringIO()
    turned = any("\r" in str(row["quote"]) for row in rows)  # the writer itself would leave a carriage return bare
    writer = csv.DictWriter(
        held, header, restval="", extrasaction="ignore", lineterminator="\n",
        quoting=csv.QUOTE_ALL if turned else csv.QUOTE_MINIMAL,
    )  # fmt: skip
    number: dict[str, int] = {}
    for row in rows:
        number[row["doc"]] = number.get(row["doc"], 0) + 1
        writer.writerow({**row, "id": f"{row['doc']}-{letter}{number[row['doc']]:02d}"})
    path.write_text(before + ("" if before.endswith("\n") else "\n") + held.getvalue(), encoding="utf-8", newline="")
