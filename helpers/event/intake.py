"""The files that somebody brings: what is an article in them, what is known of it, what is wrong and how to mend it."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import charset_normalizer

from helpers import spans

__all__ = ["COLUMNS", "fault_of", "part_of", "read", "told_date"]

_LARGEST = 2_000_000
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
#: what is known of an article, and how other people's tables call it; the text must be named, the rest is suggested
COLUMNS = {
    "text": "text content body article article_text full_text fulltext story".split(),
    "outlet": "outlet source publication publisher newspaper paper site".split(),
    "title": "title headline".split(),
    "date": "date published published_at publication_date pubdate publish_date datetime".split(),
    "label": ["label"],
}
_FURNITURE = {
    r"skip to (?:main )?content.*|share (?:this|on|via)\b.*|copy link|(?:story|article) continues below.*|show more"
    r"|advertisement|most (?:read|popular|viewed)|follow us\b.*|back to top|print|loading.*": "navigation",
    r"(?:sign up|subscribe)\b.*(?:newsletter|inbox|alerts).*|stay informed.*|get the latest\b.*": "newsletter",
    r"leave a (?:reply|comment).*|please enter your .*|\d* ?comments?": "comment_form",
    r"\(?(?:read|see) (?:also|more)\b.*|related\b.*|(?:watch|listen|read)(?: now)?: .*|recommended\b.*": "related_link",
    r"\d+ min(?:ute)?s? read": "read_time",
    r"(?:copyright|©).*|all rights reserved.*|our standards: .*": "licence_note",
    r"(?:image|media|photo|video|picture) (?:caption|source|credit)s?\b.*|(?:file )?photo: .*": "caption",
    r"(?-i:B[Yy] [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}(?:,? (?:and|in) .*)?)": "byline",
    r"\(?(?:additional )?(?:reporting|writing|editing) by .*": "byline",
    r"to (?:continue|keep) reading.*|this (?:article|content) is (?:for|only).* subscribers.*": "paywall",
}
# what a text that is not in Latin letters may be written in, and iconv can read
_ENCODINGS = "cp1251 koi8_r cp1253 cp1255 cp1256 gb18030 big5 shift_jis cp949".split()
_LATIN = ("Windows-1252 or Latin-1", "windows-1252")
# how files begin that hold text and are none
_FORMS = {
    b"%PDF-": "is a PDF; save its text as a .txt file (pdftotext does it) and read it through once",
    b"\xff\xfe": "is UTF-16; convert it: iconv -f UTF-16 -t UTF-8",
    b"\xfe\xff": "is UTF-16; convert it: iconv -f UTF-16 -t UTF-8",
    b"PK\x03\x04": "is a Word or another packed document; open it and save it as plain text (.txt, UTF-8)",
    b"\xd0\xcf\x11\xe0": "is an old Word document; open it and save it as plain text (.txt, UTF-8)",
    b"{\\rtf": "is rich text; open it and save it as plain text (.txt, UTF-8)",
}
# what reads as words and is none, and what to do about it
_ODD = {
    "HTML entities": (re.compile(r"&(?:#x?\w{2,5}|[a-z]{2,6});"), "copy the text from the page as it is shown"),
    "wrongly decoded letters": (re.compile("â€|Ã[\u0080-\u00bf©¨]|\ufffd"), "save the text again as UTF-8"),
    "soft hyphens": (re.compile("\u00ad"), "take them out; a word with one is another word"),
    "words cut at the end of a line": (re.compile(r"[a-z]-\n[a-z]"), "join them; a cut word is not found"),
}


def read(source: Path, named: Mapping[str, str], faults: list[str], notes: list[str]) -> Iterator[dict[str, Any]]:
    """Give the articles of a file, each with its `name`, `raw` bytes and what is known of it.

    Parameters
    ----------
    source : a text file, an article each, or a CSV, JSONL or JSON file with a record an article
    named : for keys of `COLUMNS` the column that holds it, where it is not called so
    faults, notes : take what is wrong with the file, and what a reader should know
    """
    if not source.is_file():
        faults.append(f"{source} is {'a folder; name its files' if source.is_dir() else 'no file; check its name'}")
        return
    try:
        records = _records(source)
    except (ValueError, RecursionError, csv.Error) as error:
        faults.append(f"{source.name}: {error}; save it as UTF-8, one record a line")
        return
    if records and source.suffix.lower() in _TABLES:
        notes += _suggested(source.name, next(iter(records.values())), named)
    unread, without = list[str](), list[tuple[str, dict[str, Any]]]()
    for name, row in records.items():
        row = {**row, **{key: row[column.lower()] for key, column in named.items() if column.lower() in row}}
        raw = row["text"].encode(errors="replace") if isinstance(row.get("text"), str) else row.get("text")
        if not isinstance(raw, bytes):
            without.append((name, row))
        elif fault := fault_of(raw := raw.removeprefix(b"\xef\xbb\xbf")):
            faults.append(f"{name} {fault}")
        else:
            known = {key: " ".join(str(row[key]).split()) for key in COLUMNS if key != "text" and row.get(key)}
            unread += [known["date"]] if "date" in known and not told_date(known["date"]) else []
            notes += _odd(name, raw.decode())
            yield {"name": name, "raw": raw, **known}
    if without:
        name, row = without[0]
        there = {column: str(value) for column, value in row.items() if value}
        likely = f"perhaps --text {max(there, key=lambda one: len(there[one]))}" if there else "there is none"
        more = f", and so have {len(without) - 1} more" if len(without) > 1 else ""
        columns = ", ".join(there) or "none"
        faults.append(f"{name} has no text{more}; name the column that holds it, {likely} (there are {columns})")
    if unread:
        shown = ", ".join(repr(date) for date in unread[:2])
        notes.append(f"{source.name}: {len(unread)} dates were not read ({shown}); write them as 2017-06-04")


_TABLES = (".csv", ".tsv", ".jsonl", ".json")


def _records(source: Path) -> dict[str, dict[str, Any]]:
    """Give the records of a table by name, with their keys in small letters; a text file is one record."""
    if source.suffix.lower() not in _TABLES:
        return {source.name: {"text": source.read_bytes()}}
    content = source.read_bytes().decode("utf-8-sig")
    if content.lstrip()[:1] == "[":
        records = json.loads(content)
    elif source.suffix.lower() in (".jsonl", ".json"):  # only \n parts them: a text may hold other line ends
        lines = [(number, line) for number, line in enumerate(content.split("\n"), 1) if line.strip()]
        records = [_object(line, f"line {number}") for number, line in lines]
    else:
        csv.field_size_limit(_LARGEST)  # an article is longer than the 131,072 characters that csv allows by default
        # spreadsheets write semicolons or tabs where the comma is the decimal sign; csv.Sniffer fails on one column
        separator = max(",;\t", key=content.partition("\n")[0].count)
        reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
        twice = [name for name, n in Counter(map(str.lower, reader.fieldnames or ())).items() if n > 1]
        if twice:
            raise csv.Error(f"column {', '.join(twice)} stands twice")
        records = []
        for record in reader:
            if None in record:
                raise csv.Error(
                    f"line {reader.line_num}: more values than columns; put a text with commas in quotation marks"
                )
            records.append(record)
    rows = [{str(key).lower(): v for key, v in row.items()} if isinstance(row, dict) else {} for row in records]
    return {f"{source.name} record {number}": row for number, row in enumerate(rows, 1)}


def _object(line: str, where: str) -> Any:
    """Read a line of JSON, or say which one is none."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise csv.Error(f"{where}: {error}") from None


def _suggested(name: str, row: Mapping[str, Any], named: Mapping[str, str]) -> Iterator[str]:
    """Say which columns may hold what is not read, or that a column that was named is not there."""
    for key, names in COLUMNS.items():
        if key in named and named[key].lower() not in row:
            yield f"{name} has no column {named[key]}; there are {', '.join(row)}"
        elif key != "text" and key not in named and key not in row and (like := [n for n in names if n in row]):
            yield f"{name}: {like[0]} is not read; --{key} {like[0]} takes it as the {key}"


def _odd(name: str, text: str) -> Iterator[str]:
    """Say what in a text is no word of it."""
    for kind, (form, remedy) in _ODD.items():
        if found := form.findall(text):
            yield f"{name} has {len(found)} {kind} ({found[0]!r}); {remedy}, or leave them and read with care"


def fault_of(raw: bytes) -> str:
    """Say why some bytes are no article, and what to do; nothing where they are one."""
    if form := next((form for form in _FORMS if raw.startswith(form)), b""):
        return _FORMS[form]
    start = raw[:400].lstrip().lower()
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
    if text.lstrip()[:2] in ("[{", '{"') and '"text"' in text[:2000]:
        return "is JSON; give it the ending .json or .jsonl, so that its records are read"
    return "" if spans.words(text) else "holds no word; put the article's text into it or leave it out"


def _guess(raw: bytes) -> str:
    """Guess an encoding, and say how to convert from it; of Latin letters no guess is sound, so they get none."""
    foreign = sum(byte > 127 for byte in raw) > len(raw) / 3
    best = charset_normalizer.from_bytes(raw, cp_isolation=_ENCODINGS).best() if foreign else None
    name, code = (best.encoding, best.encoding.replace("_", "-")) if best else _LATIN
    return f"it looks like {name}: convert it (iconv -f {code.upper()} -t UTF-8)"


def told_date(*texts: str) -> str:
    """Write the first date in the first text that holds one as ISO, or nothing where it is none.

    >>> told_date("Sept. 3rd, 2021"), told_date("04/06/2017")
    ('2021-09-03', '')
    """
    for text in texts:
        matches = [match for form in _DATES if (match := re.search(rf"\b(?:{form})(?!\d)", text))]
        if matches:
            found = min(matches, key=lambda match: match.start())
            month = int(found["m"]) if found["m"].isdecimal() else _MONTHS.index(found["m"][:3]) + 1
            with contextlib.suppress(ValueError):
                return datetime.date(int(found["y"]), month, int(found["d"])).isoformat()
            return ""
    return ""


def part_of(line: str) -> str:
    """Say which part of a web page a line is that is no running text; nothing where it is none.

    >>> part_of("ADVERTISEMENT"), part_of("By Ana Ruiz"), part_of("By noon the fire was out.")
    ('navigation', 'byline', '')
    """
    return next((name for form, name in _FURNITURE.items() if re.fullmatch(form, line, re.IGNORECASE)), "")
