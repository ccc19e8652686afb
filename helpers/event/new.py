"""Lay out a folder for an event of one's own: its texts untouched, what is known of them, drafts of every coding."""

from __future__ import annotations

import contextlib
import csv
import datetime
import hashlib
import io
import json
import math
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import charset_normalizer
import pandas as pd

from helpers import spans
from helpers.coding import COLUMNS, DRAFT
from helpers.corpus import Corpus, load_corpus
from helpers.figures import find_figures
from helpers.quotes import find_quotes
from helpers.rows import ADDRESS
from helpers.terms import find_terms

__all__ = ["lay_out"]

_TEMPLATE = Path(__file__).parent / "templates" / "event"
_LARGEST = 2_000_000
_CHECK = "  # please check"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MONTH = (
    r"(?P<m>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>\d{4})"
# forms that can be read one way only: 04/06/2017 is none of them
_DATES = [f"{_DAY} {_MONTH},? {_YEAR}", f"{_MONTH} {_DAY},? {_YEAR}"]
_DATES += [rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.{_YEAR}", rf"{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)"]
_FURNITURE = {
    r"skip to (?:main )?content.*": "navigation",
    r"(?:sign up|subscribe)\b.*newsletter.*|stay informed.*": "newsletter",
    r"leave a (?:reply|comment).*|please enter your .*": "comment_form",
    r"(?:read (?:also|more)|related)\b.*": "related_link",
    r"\d+ min(?:ute)?s? read": "read_time",
    r"(?:copyright|©).*|all rights reserved.*": "licence_note",
}
# what a text that is not in Latin letters may be written in, and iconv can read
_ENCODINGS = "cp1251 koi8_r cp1253 cp1255 cp1256 gb18030 big5 shift_jis cp949".split()
_LATIN = ("Windows-1252 or Latin-1", "windows-1252")


def lay_out(folder: Path, sources: Sequence[Path]) -> list[str]:
    """Lay out an event folder of some articles, or add those it lacks, and say what was done; what is there stays.

    Parameters
    ----------
    sources : text files, an article each, or CSV or JSONL files with `text` and perhaps `outlet, title, date, label`

    Raises
    ------
    CorpusError with every fault: a file that is missing, empty, too large, no text, not UTF-8, or named twice; a folder
    that exists and is no event folder. Nothing is written then
    """
    if not folder.name.strip():
        raise spans.CorpusError(["the event folder has no name; write one before the files"])
    old = load_corpus(folder.resolve()) if (folder / "corpus.toml").is_file() else None
    if old is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        told = f"{folder} exists and holds no corpus.toml; name a new folder, or an event folder to add to"
        raise spans.CorpusError([told])
    given, there = _given(sources, old.texts if old else {})
    if not given:
        return [*there, "nothing is new; nothing was changed"]
    docs = [article["doc"] for article in given]
    with _swapped(folder, fresh=old is None) as held:
        with (held / "corpus.toml").open("a", encoding="utf-8") as listed:
            for article in given:
                (held / f"{article['doc']}.txt").write_bytes(article["raw"])
                listed.write(_entry(article))
        counts = _draft(held, docs)
    done = f"{len(docs)} article{'s'[: len(docs) > 1]} {'added to' if old else 'laid out in'} {folder}"
    drafted = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
    return [*there, f"{done}: {docs[0]} to {docs[-1]}", f"drafts to read: {drafted}"]


def _given(sources: Sequence[Path], texts: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Read the articles that are new, each with its doc, and name those that are there; refuse all if one is faulty."""
    held = {hashlib.sha256(text.encode()).hexdigest(): doc for doc, text in texts.items()}
    new, faults, there = dict[str, dict[str, Any]](), list[str](), list[str]()
    first = max((int(doc) for doc in texts if doc.isdecimal()), default=-1) + 1
    for article in (article for source in sources for article in _read(source, faults)):
        digest, name = hashlib.sha256(article["raw"]).hexdigest(), article["name"]
        if digest in held:
            there.append(f"{name} is there already, as {held[digest]}")
        elif digest in new:
            faults.append(f"{name} is the same text as {new[digest]['name']}; leave one of them out")
        else:
            new[digest] = {**article, "sha256": digest, "doc": f"{first + len(new):03d}"}
    if not new and not there and not faults:
        faults = ["no article is given; name text files, or a CSV or JSONL file with a column text"]
    spans.refuse(faults)
    return list(new.values()), there


@contextlib.contextmanager
def _swapped(folder: Path, fresh: bool) -> Iterator[Path]:
    """Give a copy of an event folder, or a fresh one, to work in; it takes the folder's place when all went well."""
    held, before = folder.with_name(f".{folder.name}.part"), folder.with_name(f".{folder.name}.before")
    shutil.rmtree(held, ignore_errors=True)
    try:
        shutil.copytree(_TEMPLATE if fresh else folder, held, copy_function=shutil.copyfile if fresh else shutil.copy2)
        if fresh:
            title = folder.name.replace("_", " ")
            (held / "corpus.toml").write_text(f"title = {_toml(title)}{_CHECK}\n", encoding="utf-8")
            readme = (held / "README.md").read_text(encoding="utf-8").format(title=title, name=folder.name)
            (held / "README.md").write_text(readme, encoding="utf-8")
        yield held
        if folder.exists():  # never a moment in which neither the old nor the new folder is whole
            folder.replace(before)
        held.replace(folder)
        shutil.rmtree(before, ignore_errors=True)
    finally:
        shutil.rmtree(held, ignore_errors=True)


def _read(source: Path, faults: list[str]) -> Iterator[dict[str, Any]]:
    """Give the articles of a file, or say what is wrong with it."""
    if not source.is_file():
        faults.append(f"{source} is {'a folder; name its files' if source.is_dir() else 'no file; check its name'}")
        return
    try:
        records = _records(source)
    except (UnicodeDecodeError, json.JSONDecodeError, csv.Error) as error:
        faults.append(f"{source.name}: {error}; save it as UTF-8, one record a line")
        return
    for name, row in records.items():
        raw = row["text"].encode() if isinstance(row.get("text"), str) else row.get("text")
        if not isinstance(raw, bytes):
            faults.append(f"{name} has no text; the column must be called text (there are {', '.join(row) or 'none'})")
        elif fault := _fault(raw):
            faults.append(f"{name} {fault}")
        else:
            told = {key: str(row[key]).strip() for key in ("outlet", "title", "date", "label") if row.get(key)}
            yield {"name": name, "raw": raw, **told}


def _records(source: Path) -> dict[str, dict[str, Any]]:
    """Give the records of a CSV or JSONL file by name, with their keys in small letters; a text file is one record."""
    if source.suffix.lower() not in (".csv", ".jsonl"):
        return {source.name: {"text": source.read_bytes()}}
    content = source.read_bytes().decode("utf-8-sig")
    if source.suffix.lower() == ".jsonl":
        records = [json.loads(line) for line in content.splitlines() if line.strip()]
    else:
        csv.field_size_limit(_LARGEST)  # an article is longer than the 131,072 characters that csv allows by default
        # spreadsheets write semicolons or tabs where the comma is the decimal sign; csv.Sniffer fails on one column
        separator = max(",;\t", key=content.partition("\n")[0].count)
        records = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=separator))
    rows = [{str(key).lower(): v for key, v in row.items()} if isinstance(row, dict) else {} for row in records]
    return {f"{source.name} record {number}": row for number, row in enumerate(rows, 1)}


def _fault(raw: bytes) -> str:
    """Say why some bytes are no article, and what to do; nothing where they are one."""
    start = raw[:400].lstrip().lower()
    if raw.startswith(b"%PDF-"):
        return "is a PDF; save its text as a .txt file (pdftotext does it) and read it through once"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "is UTF-16; convert it: iconv -f UTF-16 -t UTF-8"
    if raw.startswith(b"\xef\xbb\xbf"):
        return "begins with a byte order mark, which would count as a letter; save it as UTF-8 without one"
    if start.startswith((b"<!doctype", b"<html")) or start.count(b"</") > 3:
        more = "with what stands around it if you like"
        return f"is HTML; copy the article's text out of the page into a .txt file, {more}"
    if len(raw) > _LARGEST:
        return f"has {len(raw):,} bytes, more than {_LARGEST:,}; one article a file, please"
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return f"line {line} is not UTF-8; {_guess(raw)} and check quotation marks and accents"
    if "\x00" in text:
        return "holds zero bytes and is no text; save the article as plain text"
    return "" if spans.words(text) else "holds no word; put the article's text into it or leave it out"


def _guess(raw: bytes) -> str:
    """Guess an encoding, and say how to convert from it; of Latin letters no guess is sound, so they get none."""
    foreign = sum(byte > 127 for byte in raw) > len(raw) / 3
    best = charset_normalizer.from_bytes(raw, cp_isolation=_ENCODINGS).best() if foreign else None
    name, code = (best.encoding, best.encoding.replace("_", "-")) if best else _LATIN
    return f"it looks like {name}: convert it (iconv -f {code.upper()} -t UTF-8)"


def _entry(article: Mapping[str, Any]) -> str:
    """Write what is known of an article as its [[article]] of corpus.toml."""
    doc, text, outlet = article["doc"], article["raw"].decode(), article.get("outlet", "")
    head = next(line.strip() for line in text.splitlines() if line.strip())
    title = head if _is_title(head) and head != text.strip() else ""
    date, seen = _iso(article.get("date", "")), _iso(text[:600], text[-300:])
    label, basis = f"{doc} {outlet or Path(article['name']).stem}", "stated" if outlet else "unknown"
    told = {"doc": doc, "file": f"{doc}.txt", "sha256": article["sha256"], "label": article.get("label") or label}
    told |= {"outlet": outlet, "outlet_basis": basis, "outlet_evidence": "given with the text" if outlet else ""}
    told["title"] = article.get("title") or title
    if date or seen:
        told |= {"published": date or seen, "published_basis": "stated"}
    guessed = {"title": not article.get("title"), "published": not date}
    lines = [f"{key} = {_toml(value)}{_CHECK * guessed.get(key, False)}" for key, value in told.items()]
    return "\n".join(["", "[[article]]", *lines, ""])


def _is_title(line: str) -> bool:
    """Say whether a line is short and ends as a headline does."""
    return len(line.split()) <= 25 and line[-1:] not in '.!?”"'


def _iso(*texts: str) -> str:
    """Write the first date in the first text that holds one as ISO, or nothing where it is none."""
    for text in texts:
        matches = [match for form in _DATES if (match := re.search(rf"\b(?:{form})(?!\d)", text))]
        if matches:
            found = min(matches, key=lambda match: match.start())
            month = int(found["m"]) if found["m"].isdecimal() else _MONTHS.index(found["m"][:3]) + 1
            with contextlib.suppress(ValueError):
                return datetime.date(int(found["y"]), month, int(found["d"])).isoformat()
            return ""
    return ""


def _toml(value: str) -> str:
    """Write a text as a TOML string."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _draft(folder: Path, docs: Sequence[str]) -> dict[str, int]:
    """Append the drafts of some articles to the codings of a folder, and say how many rows each got."""
    corpus = load_corpus(folder.resolve())
    _append(folder, "parts", ["part", "repeats"], [row for doc in docs for row in _parts(corpus, doc)])
    corpus = load_corpus(folder.resolve())  # now that its parts are known
    finders: dict[str, Callable[[str], pd.DataFrame]] = {"quotes": find_quotes, "figures": find_figures}
    finders["figures_excluded"] = partial(find_figures, excluded=True)
    found = {}
    for name, find in finders.items():
        found[name] = [{**row, "doc": doc} for doc in docs for row in find(corpus.text(doc)).to_dict("records")]
    found["figures"] = [_bounded(row) for row in found["figures"]]
    found["terms"] = find_terms(corpus)[lambda terms: terms.doc.isin(docs)].to_dict("records")
    for name, rows in found.items():
        _append(folder, name, COLUMNS[name], [_addressed(corpus, {**row, "note": DRAFT}) for row in rows])
    return {name: len(rows) for name, rows in found.items()}


def _bounded(row: Mapping[str, Any]) -> dict[str, Any]:
    """Write the interval of a figure that the finder found as figures.csv has it."""
    flags = {name: str(bool(row[name])).lower() for name in ("low_open", "high_open", "approx")}
    ends = {name: "" if math.isinf(row[name]) else f"{row[name]:.15g}" for name in ("low", "high")}
    return {**row, **ends, **flags, "measure": "", "place": ""}


def _parts(corpus: Corpus, doc: str) -> Iterator[dict[str, str]]:
    """Guess what is no running text: a headline, lines of a web page, a line that a later one repeats."""
    text, at, headline = corpus.text(doc), 0, ""
    several = sum(bool(line.strip()) for line in text.splitlines()) > 1
    for number, line in enumerate(text.splitlines(keepends=True)):
        shown, start = line.strip(), at + len(line) - len(line.lstrip())
        at += len(line)
        part = next((name for form, name in _FURNITURE.items() if re.fullmatch(form, shown, re.IGNORECASE)), "")
        if not part and (number == 0 or shown == headline) and several and _is_title(shown):
            part, headline = "headline", shown  # some pages print it twice
        inner = shown.strip("“”\"'‘’ ")
        if not part and len(inner.split()) >= 5 and shown[-1:] != "." and text.count(inner) > 1:
            part = "pull_quote" if inner in text.replace(line, " ", 1) else ""
        if part and shown:
            yield _addressed(corpus, {"doc": doc, "start": start, "text": shown, "part": part})


def _addressed(corpus: Corpus, row: dict[str, Any]) -> dict[str, Any]:
    """Give a row its quote and, where the quote stands more than once, its number."""
    places = spans.places(corpus.text(row["doc"]), row["text"])
    return {**row, "quote": row["text"], "nth": places.index(row["start"]) + 1 if len(places) > 1 else ""}


def _append(folder: Path, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows to a coding file, each with an id of its own; the rows that are there stay as they are."""
    path, header = folder / "coding" / f"{name}.csv", [*ADDRESS, *columns]
    before = path.read_bytes().decode() if path.exists() else ",".join(header) + "\n"
    letter, held = {"figures_excluded": "x"}.get(name, name[0]), io.StringIO()
    turned = any("\r" in str(row["quote"]) for row in rows)  # the writer itself would leave a carriage return bare
    quoting: Any = csv.QUOTE_ALL if turned else csv.QUOTE_MINIMAL
    writer = csv.DictWriter(held, header, restval="", extrasaction="ignore", lineterminator="\n", quoting=quoting)
    number = Counter[str]()
    for row in rows:
        number[row["doc"]] += 1
        writer.writerow({**row, "id": f"{row['doc']}-{letter}{number[row['doc']]:02d}"})
    path.write_text(before + "\n" * (not before.endswith("\n")) + held.getvalue(), encoding="utf-8", newline="")
