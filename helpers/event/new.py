"""Lay out a folder for an event of one's own: its texts untouched, what is known of them, drafts of every coding."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import math
import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import spans
from helpers.coding import COLUMNS, DRAFT
from helpers.corpus import Corpus, load_corpus
from helpers.event.intake import fault_of, part_of, read, told_date
from helpers.figures import find_figures
from helpers.quotes import find_quotes
from helpers.rows import ADDRESS, ragged, read_records
from helpers.terms import find_terms
from helpers.tokens import unwrapped

__all__ = ["lay_out", "restored", "swapped", "write_rows"]

_TEMPLATE = Path(__file__).parent / "templates" / "event"
_CHECK = "  # please check"


def lay_out(folder: Path, sources: Sequence[Path], named: Mapping[str, str] | None = None) -> list[str]:
    """Lay out an event folder of some articles, or add those it lacks, and say what was done; what is there stays.

    Parameters
    ----------
    sources : text files, an article each, or CSV, JSONL or JSON files with `text` and perhaps `outlet, title, date,
        label`; without any, the articles of the folder that were mended are read again
    named : how the files call these columns, where they do not call them so

    Raises
    ------
    CorpusError with every fault: a file that is missing, empty, too large, no text, not UTF-8, or named twice; a folder
    that exists and is no event folder. Nothing is written then
    """
    if not folder.name.strip():
        raise spans.CorpusError(["the event folder has no name; write one before the files"])
    folder = folder.resolve()
    restored(folder)
    if not sources and (folder / "corpus.toml").is_file() and (mended := _mended(folder)):
        return mended
    old = load_corpus(folder.resolve()) if (folder / "corpus.toml").is_file() else None
    if old is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        told = f"{folder} exists and holds no corpus.toml; name a new folder, or an event folder to add to"
        raise spans.CorpusError([told])
    given, there = _given(sources, old.texts if old else {}, named or {}, _next(folder))
    if not given:
        return [*there, "nothing is new; nothing was changed"]
    docs = [article["doc"] for article in given]
    with swapped(folder, fresh=old is None) as held:
        with (held / "corpus.toml").open("a", encoding="utf-8") as listed:
            for article in given:
                (held / f"{article['doc']}.txt").write_bytes(article["raw"])
                listed.write(_entry(article))
        counts = _draft(held, docs)
    done = f"{len(docs)} article{'s'[: len(docs) > 1]} {'added to' if old else 'laid out in'} {folder}"
    drafted = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
    return [*there, f"{done}: {docs[0]} to {docs[-1]}", f"drafts to read: {drafted}"]


def _given(
    sources: Sequence[Path], texts: Mapping[str, str], named: Mapping[str, str], first: int
) -> tuple[list[dict[str, Any]], list[str]]:
    """Read the articles that are new, each with its doc, and name those that are there; refuse all if one is faulty."""
    held = {hashlib.sha256(text.encode()).hexdigest(): doc for doc, text in texts.items()}
    new, faults, there = dict[str, dict[str, Any]](), list[str](), list[str]()
    for article in (article for source in sources for article in read(source, named, faults, there)):
        digest, name = hashlib.sha256(article["raw"]).hexdigest(), article["name"]
        if digest in held:
            there.append(f"{name} is there already, as {held[digest]}")
        elif digest in new:
            faults.append(f"{name} is the same text as {new[digest]['name']}; leave one of them out")
        else:
            new[digest] = {**article, "sha256": digest, "doc": f"{first + len(new):03d}"}
    if not new and not there and not faults:
        faults = ["no article is given; name text files, or a CSV, JSONL or JSON file with a column text"]
    spans.refuse(faults)
    return list(new.values()), there


def _next(folder: Path) -> int:
    """Give the first number that no article of a folder has, no file and no coded row."""
    taken = {int(path.stem) for path in folder.glob("*.txt") if path.stem.isdecimal()}
    for path in folder.glob("coding/*.csv"):
        taken |= {int(doc) for doc in re.findall(rb"(?m)^\"?(\d{1,9})-", path.read_bytes())}
    return max(taken, default=-1) + 1


@contextlib.contextmanager
def swapped(folder: Path, fresh: bool) -> Iterator[Path]:
    """Give a copy of an event folder, or a fresh one, to work in; it takes the folder's place when all went well."""
    held, before = folder.with_name(f".{folder.name}.part"), folder.with_name(f".{folder.name}.before")
    shutil.rmtree(held, ignore_errors=True)
    shutil.rmtree(before, ignore_errors=True)  # `restored` has seen to it that the folder itself is whole
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


def restored(folder: Path) -> None:
    """Put back the folder that an interrupted command had moved aside and not yet replaced."""
    before = folder.with_name(f".{folder.name}.before")
    if before.is_dir() and not folder.exists():
        before.replace(folder)


def _mended(folder: Path) -> list[str]:
    """Take over the texts that somebody mended: their codings stay where their quotes stand, the others are put by."""
    entries = list[Any]()
    with contextlib.suppress(tomllib.TOMLDecodeError, UnicodeDecodeError):  # load_corpus tells of these
        entries = tomllib.loads((folder / "corpus.toml").read_text(encoding="utf-8")).get("article", [])
    known = ("doc", "file", "sha256")
    found = [e for e in entries if isinstance(e, dict) and all(isinstance(e.get(key), str) for key in known)]
    raws = {entry["doc"]: path.read_bytes() for entry in found if (path := folder / entry["file"]).is_file()}
    shas = {entry["doc"]: entry["sha256"] for entry in found if re.fullmatch("[0-9a-f]{64}", entry["sha256"])}
    changed = [doc for doc, sha in shas.items() if doc in raws and hashlib.sha256(raws[doc]).hexdigest() != sha]
    faults = [f"{doc}.txt {fault}" for doc in changed if (fault := fault_of(raws[doc]))]
    for path in folder.glob("coding/*.csv") if changed else ():
        header, records = read_records(path, path.name)
        faults += [f"{path.name} line {line}: {fault}" for line, row in records if (fault := ragged(row, header))]
    spans.refuse(faults)
    if not changed:
        return []
    told = [f"{doc} was mended; its codings were set anew where their quotes still stand" for doc in changed]
    with swapped(folder, fresh=False) as held:
        blocks = re.split(r"(?m)(?=^\[\[article\]\])", (held / "corpus.toml").read_text(encoding="utf-8"))
        for doc in changed:
            sha, mine = hashlib.sha256(raws[doc]).hexdigest(), re.compile(rf'(?m)^doc *= *"{re.escape(doc)}"')
            blocks = [block.replace(shas[doc], sha) if mine.search(block) else block for block in blocks]
        (held / "corpus.toml").write_text("".join(blocks), encoding="utf-8")
        for path in sorted((held / "coding").glob("*.csv")):
            told += _anchored(path, {doc: raws[doc].decode() for doc in changed})
        load_corpus(held)
    return told


def _anchored(path: Path, texts: Mapping[str, str]) -> list[str]:
    """Set the rows of a coding file anew in mended texts, and put those whose quote is gone into NAME.lost.csv."""
    header, records = read_records(path, path.name)
    by = path.with_name(f"{path.stem}.lost.csv")
    if header[: len(ADDRESS)] != ADDRESS or path.stem.endswith(".lost"):
        return []
    kept, lost, told = list[dict[str, str]](), list[dict[str, str]](), list[str]()
    for row in (dict(zip(header, values, strict=False)) for _, values in records):
        if row["doc"] not in texts:
            kept.append(row)
            continue
        text, nth = texts[row["doc"]], int(row["nth"]) if row["nth"].isdecimal() else None
        places = spans.places(text, row["quote"])
        if len(places) > 1 and not row["prefix"]:  # which of them it was, nobody can tell any more
            row["nth"] = row["nth"] or "1"
            told.append(f"{path.name}, {row['id']}: {row['quote'][:60]!r} stands {len(places)} times; check nth")
        elif len(places) == 1 and nth in (None, 1):
            row["nth"] = ""
        try:
            spans.locate(text, row["quote"], row["prefix"], int(row["nth"]) if row["nth"] else None)
            kept.append(row)
        except ValueError:
            lost.append(row)
            told.append(f"{path.name}, {row['id']}: {row['quote'][:60]!r} stands there no more; see {by.name}")
    head = ",".join(header) + "\n"
    path.write_text(head + write_rows(header, kept), encoding="utf-8", newline="")
    if lost:
        before = by.read_text(encoding="utf-8") if by.is_file() else head
        by.write_text(before + write_rows(header, lost), encoding="utf-8", newline="")
    return told


def _entry(article: Mapping[str, Any]) -> str:
    """Write what is known of an article as its [[article]] of corpus.toml."""
    doc, text, outlet = article["doc"], article["raw"].decode(), article.get("outlet", "")
    head = next(line.strip() for line in unwrapped(text).splitlines() if line.strip())
    title = article.get("title") or (head if _is_title(head) and head != text.strip() else "")
    date, seen = told_date(article.get("date", "")), told_date(text[:600], text[-300:])
    name = article["name"].partition(" record ")
    label = outlet or (title[:50].strip() if name[1] else "") or Path(name[0]).stem
    told = {"doc": doc, "file": f"{doc}.txt", "sha256": article["sha256"]}
    told |= {"label": f"{doc} {article.get('label') or label}", "outlet": outlet}
    told |= {"outlet_basis": "stated" if outlet else "unknown", "outlet_evidence": "given with the text" * bool(outlet)}
    told["title"] = title
    if date or seen:
        told |= {"published": date or seen, "published_basis": "stated"}
    guessed = {"title": not article.get("title"), "published": not date}
    lines = [f"{key} = {_toml(value)}{_CHECK * guessed.get(key, False)}" for key, value in told.items()]
    return "\n".join(["", "[[article]]", *lines, ""])


def _is_title(line: str) -> bool:
    """Say whether a line is short and ends as a headline does."""
    return len(line.split()) <= 25 and line[-1:] not in '.!?”"'


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
    raw, at, headline = corpus.text(doc), 0, ""
    text = unwrapped(raw)
    several = sum(bool(line.strip()) for line in text.splitlines()) > 1
    for number, line in enumerate(text.splitlines(keepends=True)):
        shown, start = line.strip(), at + len(line) - len(line.lstrip())
        at += len(line)
        part = part_of(shown)
        if not part and (number == 0 or shown == headline) and several and _is_title(shown):
            part, headline = "headline", shown  # some pages print it twice
        inner = shown.strip("“”\"'‘’ ")
        if not part and len(inner.split()) >= 5 and shown[-1:] != "." and text.count(inner) > 1:
            part = "pull_quote" if inner in text.replace(line, " ", 1) else ""
        if part and shown:
            yield _addressed(
                corpus, {"doc": doc, "start": start, "text": raw[start : start + len(shown)], "part": part}
            )


def _addressed(corpus: Corpus, row: dict[str, Any]) -> dict[str, Any]:
    """Give a row its quote and, where the quote stands more than once, its number."""
    places = spans.places(corpus.text(row["doc"]), row["text"])
    return {**row, "quote": row["text"], "nth": places.index(row["start"]) + 1 if len(places) > 1 else ""}


def _append(folder: Path, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Append rows to a coding file, each with an id of its own; the rows that are there stay as they are."""
    path, header = folder / "coding" / f"{name}.csv", [*ADDRESS, *columns]
    before, kept = ",".join(header) + "\n", list[dict[str, Any]]()
    if path.exists():
        there, records = read_records(path, path.name)
        kept = [dict(zip(there, values, strict=False)) for _, values in records]
        spans.refuse([f"{path.name} line {line}: {fault}" for line, row in records if (fault := ragged(row, there))])
        if path.read_bytes().startswith(before.encode()):  # as it was laid out: what is there stays byte for byte
            before, kept = path.read_bytes().decode(), []
    letter, number, named = {"figures_excluded": "x"}.get(name, name[0]), Counter[str](), []
    for row in rows:
        number[row["doc"]] += 1
        named.append({**row, "id": f"{row['doc']}-{letter}{number[row['doc']]:02d}"})
    written = before + "\n" * (not before.endswith("\n")) + write_rows(header, [*kept, *named])
    path.write_text(written, encoding="utf-8", newline="")


def write_rows(header: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """Write rows as CSV without a header."""
    held = io.StringIO()
    turned = any("\r" in str(row["quote"]) for row in rows)  # the writer itself would leave a carriage return bare
    quoting: Any = csv.QUOTE_ALL if turned else csv.QUOTE_MINIMAL
    writer = csv.DictWriter(held, header, restval="", extrasaction="ignore", lineterminator="\n", quoting=quoting)
    writer.writerows(rows)
    return held.getvalue()
