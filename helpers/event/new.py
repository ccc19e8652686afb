"""Lay out a folder for an event of one's own: its texts untouched, what is known of them, drafts of every coding."""

import contextlib
import hashlib
import itertools
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers import spans
from helpers.coding import COLUMNS, DRAFT
from helpers.corpus import Corpus, listed, load_corpus
from helpers.event.intake import fault_of, part_of, read, told_date
from helpers.figures import scan_figures
from helpers.quotes import scan_quotes
from helpers.rows import ADDRESS, read_records, write_records
from helpers.terms import find_terms
from helpers.tokens import unwrapped

__all__ = ["CHECK", "lay_out", "restored", "swapped"]

_TEMPLATE = Path(__file__).parent / "templates" / "event"
#: stands behind what corpus.toml only guesses
CHECK = "  # please check"


def lay_out(folder: Path, sources: Sequence[Path], named: Mapping[str, str] | None = None) -> list[str]:
    """Lay out an event folder of some articles, or add those it lacks, and say what was done; what is there stays.

    Sources are text files, an article each, or tables with `text` and perhaps `outlet, title, date, label`, which
    `named` says how they call; without any, the articles of the folder that were mended are read again. A CorpusError
    lists every fault of the files, or says that a folder is none of an event; nothing is written then.
    """
    named_so, folder = folder.name, folder.resolve()
    restored(folder)
    there = (folder / "corpus.toml").is_file()
    if not there and not named_so:  # the folder a shell stands in cannot be exchanged under it
        raise spans.CorpusError(["a new folder needs a name; give one instead of ."])
    if there and not sources and (told := _mended(folder)):
        return told
    if not there and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        told = [f"{folder} exists and holds no corpus.toml; name a new folder, or an event folder to add to"]
        raise spans.CorpusError(told)
    known = dict(load_corpus(folder).articles.sha256) if there else {}
    given, told = _given(sources, known, named or {}, _next(folder))
    if not given:
        return [*told, "nothing is new; nothing was changed"]
    docs = [article["doc"] for article in given]
    with swapped(folder) as held:
        with (held / "corpus.toml").open("a", encoding="utf-8") as entries:
            for article in given:
                (held / f"{article['doc']}.txt").write_bytes(article["raw"])
                entries.write(_entry(article))
        counts = _draft(held, docs)
    done = f"{len(docs)} article{'s'[: len(docs) > 1]} {'added to' if there else 'laid out in'} {folder}"
    drafted = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
    return [*told, f"{done}: {docs[0]} to {docs[-1]}", f"drafts to read: {drafted}"]


def _given(
    sources: Sequence[Path], known: Mapping[str, str], named: Mapping[str, str], first: int
) -> tuple[list[dict[str, Any]], list[str]]:
    """Read the articles that are new, each with its doc, and name those that are there; refuse all if one is faulty."""
    held = {digest: doc for doc, digest in known.items()}
    new, faults, there = dict[str, dict[str, Any]](), list[str](), list[str]()
    for article in itertools.chain.from_iterable(read(source, named, faults, there) for source in sources):
        digest, name = _sha(article["raw"]), article["name"]
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


def _sha(raw: bytes) -> str:
    """Give the sum by which a text is known again."""
    return hashlib.sha256(raw).hexdigest()


def _next(folder: Path) -> int:
    """Give the first number that no article of a folder has, no file and no coded row."""
    taken = {int(path.stem) for path in folder.glob("*.txt") if path.stem.isdecimal()}
    for path in folder.glob("coding/*.csv"):
        taken |= {int(doc) for doc in re.findall(rb"(?m)^\"?(\d{1,9})-", path.read_bytes())}
    return max(taken, default=-1) + 1


@contextlib.contextmanager
def swapped(folder: Path) -> Iterator[Path]:
    """Give a copy of an event folder, or a fresh one, to work in; it takes the folder's place when all went well."""
    held, before = folder.with_name(f".{folder.name}.part"), folder.with_name(f".{folder.name}.before")
    shutil.rmtree(held, ignore_errors=True)
    shutil.rmtree(before, ignore_errors=True)  # `restored` has seen to it that the folder itself is whole
    try:
        if (folder / "corpus.toml").is_file():
            shutil.copytree(folder, held)
        else:
            shutil.copytree(_TEMPLATE, held, copy_function=shutil.copyfile)
            title, readme = folder.name.replace("_", " "), held / "README.md"
            (held / "corpus.toml").write_text(f"title = {_toml(title)}{CHECK}\n", encoding="utf-8")
            filled = readme.read_text(encoding="utf-8").format(title=title, name=folder.name)
            readme.write_text(filled, encoding="utf-8")
        yield held
        if folder.exists():  # never a moment in which neither the old nor the new folder is whole
            folder.replace(before)
        held.replace(folder)
        shutil.rmtree(before, ignore_errors=True)
    except spans.CorpusError as error:
        raise spans.CorpusError([fault.replace(held.name, folder.name) for fault in error.faults]) from None
    finally:
        shutil.rmtree(held, ignore_errors=True)


def restored(folder: Path) -> None:
    """Put back the folder that an interrupted command had moved aside and not yet replaced."""
    before = folder.with_name(f".{folder.name}.before")
    if before.is_dir() and not folder.exists():
        before.replace(folder)


def _mended(folder: Path) -> list[str]:
    """Take over the texts that somebody mended: their codings stay where their quotes stand, the others are put by."""
    entries, changed = listed(folder)[1], dict[str, bytes]()
    for entry in entries:
        sha, path = entry["sha256"], folder / entry["file"]
        if path.is_file() and re.fullmatch("[0-9a-f]{64}", sha) and _sha(raw := path.read_bytes()) != sha:
            changed[entry["doc"]] = raw
    faults = [f"{doc}.txt {fault}" for doc, raw in changed.items() if (fault := fault_of(raw))]
    paths = sorted(folder.glob("coding/*.csv")) if changed else []
    codings = {path.name: read_records(path, faults=faults) for path in paths}
    spans.refuse(faults)
    if not changed:
        return []
    told = [f"{doc} was mended; its codings were set anew where their quotes still stand" for doc in changed]
    with swapped(folder) as held:
        head, *blocks = re.split(rb"(?m)^(?=\[\[article\]\])", (held / "corpus.toml").read_bytes())
        for number, (entry, block) in enumerate(zip(entries, blocks, strict=True)):
            if (doc := entry["doc"]) in changed:
                blocks[number] = block.replace(entry["sha256"].encode(), _sha(changed[doc]).encode())
        (held / "corpus.toml").write_bytes(b"".join([head, *blocks]))
        texts = {doc: raw.decode() for doc, raw in changed.items()}
        for name, (header, records) in codings.items():
            if header[: len(ADDRESS)] == ADDRESS and not name.endswith(".lost.csv"):
                told += _anchored(held / "coding" / name, header, [row for _, row in records], texts)
        load_corpus(held)
    return told


def _anchored(path: Path, header: list[str], rows: list[dict[str, str]], texts: Mapping[str, str]) -> list[str]:
    """Set the rows of a coding file anew in mended texts, and put those whose quote is gone into NAME.lost.csv."""
    by = path.with_name(f"{path.stem}.lost.csv")
    kept, lost, told = list[dict[str, str]](), list[dict[str, str]](), list[str]()
    for row in rows:
        where, nth = f"{path.name}, {row['id']}: {row['quote'][:60]!r}", row["nth"].removesuffix(".0") or "1"
        count = len(spans.places(texts.get(row["doc"], ""), row["prefix"] + row["quote"])) if row["quote"] else 0
        if row["doc"] not in texts:
            kept.append(row)
        elif nth.isdecimal() and 1 <= int(nth) <= count:
            kept.append({**row, "nth": nth if count > 1 else ""})
            if count > 1:  # which of them it was, nobody can tell any more
                told.append(f"{where} stands {count} times; check nth")
        else:
            lost.append(row)
            told.append(f"{where} stands there no more; see {by.name}")
    write_records(path, header, kept)
    if lost:
        before = [row for _, row in read_records(by)[1]] if by.is_file() else []
        write_records(by, header, [*before, *lost])
    return told


def _entry(article: Mapping[str, Any]) -> str:
    """Write what is known of an article as its [[article]] of corpus.toml."""
    doc, text, outlet = article["doc"], article["raw"].decode(), article.get("outlet", "")
    head = next(line.strip() for line in unwrapped(text).splitlines() if line.strip())
    title = article.get("title") or (head if _is_title(head) and head != text.strip() else "")
    date, seen = told_date(article.get("date", "")), told_date(text[:600], text[-300:])
    file, record, _ = article["name"].partition(" record ")
    label = article.get("label") or outlet or (title[:50].strip() if record else "") or Path(file).stem
    told = {"doc": doc, "file": f"{doc}.txt", "sha256": article["sha256"], "label": f"{doc} {label}", "outlet": outlet}
    told |= {"outlet_basis": "stated" if outlet else "unknown", "outlet_evidence": "given with the text" * bool(outlet)}
    told |= {"title": title}
    told |= {"published": date or seen, "published_basis": "stated"} if date or seen else {}
    guessed = {"title": not article.get("title"), "published": not date}
    lines = [f"{key} = {_toml(value)}{CHECK * guessed.get(key, False)}" for key, value in told.items()]
    return "\n".join(["", "[[article]]", *lines, ""])


def _is_title(line: str) -> bool:
    """Say whether a line is short and ends as a headline does."""
    return len(line.split()) <= 25 and line[-1:] not in '.!?”"'


def _toml(value: str) -> str:
    """Write a text as a TOML string."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _draft(folder: Path, docs: Sequence[str]) -> dict[str, int]:
    """Append the drafts of some articles to the codings of a folder, and say how many rows each got."""
    corpus = load_corpus(folder)
    _append(corpus, "parts", ["part", "repeats"], [row for doc in docs for row in _parts(corpus.text(doc), doc)])
    corpus = load_corpus(folder)  # now that its parts are known
    texts = [(doc, corpus.text(doc)) for doc in docs]
    figures = [spans.at(doc, text, **one._asdict()) for doc, text in texts for one in scan_figures(text)]
    terms = find_terms(corpus)
    found = {
        "quotes": [spans.at(doc, text, **one._asdict()) for doc, text in texts for one in scan_quotes(text)],
        "figures": [row for row in figures if not row["reason"]],
        "figures_excluded": [row for row in figures if row["reason"]],
        "terms": terms[terms.doc.isin(docs)].to_dict("records"),
    }
    for name, rows in found.items():
        _append(corpus, name, COLUMNS[name], [{**row, "note": DRAFT} for row in rows])
    return {name: len(rows) for name, rows in found.items()}


def _parts(raw: str, doc: str) -> Iterator[dict[str, Any]]:
    """Guess what is no running text: a headline, lines of a web page, a line that a later one repeats."""
    text, headline = unwrapped(raw), ""
    lines = list(re.finditer(r"\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*", text))
    for number, line in enumerate(lines):
        shown, (start, end) = line.group().strip(), line.span()
        part, inner = part_of(shown), shown.strip("“”\"'‘’ ")
        if not part and (number == 0 or shown == headline) and len(lines) > 1 and _is_title(shown):
            part, headline = "headline", shown  # some pages print it twice
        elif not part and len(inner.split()) >= 5 and shown[-1] != ".":
            part = "pull_quote" if inner in text[:start] or inner in text[end:] else ""
        if part:
            yield {"doc": doc, "start": start, "text": raw[start : start + len(shown)], "part": part}


def _append(corpus: Corpus, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Append passages to a coding file, each with an id and an address; the rows that are there stay as they are."""
    path, number = corpus.folder / "coding" / f"{name}.csv", Counter[str]()
    header, records = read_records(path) if path.is_file() else ([], [])
    header = header if any(header) else [*ADDRESS, *columns]
    lacking = [column for column in (*ADDRESS, *{"note"}.intersection(columns)) if column not in header]
    spans.refuse([f"{path.name} line 1: the column {column} is missing; put it back" for column in lacking])
    written: list[Mapping[str, Any]] = [row for _, row in records]
    for row in rows:
        number[doc := row["doc"]] += 1
        places = spans.places(corpus.text(doc), row["text"])
        nth = places.index(row["start"]) + 1 if len(places) > 1 else ""
        letter = {"figures_excluded": "x"}.get(name, name[0])
        written.append({**row, "id": f"{doc}-{letter}{number[doc]:02d}", "quote": row["text"], "nth": nth})
    write_records(path, header, written)
