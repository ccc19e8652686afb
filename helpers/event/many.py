"""A dump of many articles: what the rules find in each, in batches that a killed run takes up again."""

from __future__ import annotations

import csv
import json
import time
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import joblib
import pandas as pd

from helpers import spans
from helpers.event.intake import told_date
from helpers.figures import find_figures
from helpers.quotes import find_quotes
from helpers.terms import whole_words

__all__ = ["many", "parquet"]

_KNOWN = ["doc", "outlet", "title", "date", "text", "error"]
_VOICES = {"direct": "quoted", "reported": "reported", "scare": "scare", "name": "own"}
_CHUNK = 25


def parquet() -> Any:
    """Give pyarrow's Parquet module, or say how to get it."""
    try:
        import pyarrow.parquet as found
    except ImportError:
        raise spans.CorpusError(["Parquet files need pyarrow, an extra: make .venv/.test brings it"]) from None
    return found


def _article(row: Mapping[str, Any], forms: Mapping[str, str]) -> dict[str, Any]:
    """Find what the rules find in one article; a function of its text alone.

    Parameters
    ----------
    row : a record with `doc` and `text`
    forms : folded form -> wording of the watched words

    Returns
    -------
    `quotes`, `figures`, `words` (lists of records with `doc`) and `error`, which says why an article was passed over

    >>> text = "“We left,” Ann Lee said. The regime took 12 towns."
    >>> found = _article({"doc": "0", "text": text}, {"regime": "regime"})
    >>> [len(found[name]) for name in ("quotes", "figures", "words")], found["words"][0]["voice"]
    ([1, 1, 1], 'own')
    """
    text, doc, found = row["text"], row["doc"], dict[str, Any](quotes=[], figures=[], words=[], error="")
    if not isinstance(text, str) or not text.strip():
        return {**found, "error": "it has no text"}
    if "\ufffd" in text:
        return {**found, "error": "it is not UTF-8, or was decoded wrongly"}
    try:
        quotes, figures = (_records_of(find(text)) for find in (find_quotes, find_figures))
        starts = [quote["start"] for quote in quotes]
        words = []
        for match in whole_words(forms).finditer(spans.fold(text)) if forms else ():
            before = quotes[max(0, bisect_right(starts, match.start()) - 3) : bisect_right(starts, match.start())]
            holds = [quote for quote in before if match.end() <= quote["end"]]
            voice = _VOICES[holds[-1]["kind"]] if holds else "own"
            place = spans.at(doc, text, *match.span(), wording=forms[" ".join(match.group().split())], voice=voice)
            words.append({**place, "speaker": holds[-1]["speaker"] if holds else ""})
    except Exception as error:  # one article must not end a run over all of them; its reason is kept
        return {**found, "error": f"{type(error).__name__}: {error}"}
    told = {"quotes": quotes, "figures": figures}
    return {**found, **{name: [{"doc": doc, **r} for r in rows] for name, rows in told.items()}, "words": words}


def _records_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a table; its own to_dict takes three times as long."""
    return [dict(zip(table.columns, values, strict=True)) for values in table.to_numpy(dtype=object).tolist()]


def _read(rows: list[dict[str, Any]], forms: Mapping[str, str]) -> list[dict[str, Any]]:
    return [_article(row, forms) for row in rows]


def many(
    dump: Path,
    out: Path,
    named: Mapping[str, str] | None = None,
    lexicon: Path | None = None,
    batch: int = 1000,
    say: Callable[[str], None] = print,
) -> int:
    """Read every article of a dump, batch by batch, into Parquet files; a batch that is there already is passed over.

    The work goes through joblib: `with joblib.parallel_config(backend="loky", n_jobs=-1)` around it uses all cores,
    `backend="dask"` the cluster of a dask.distributed Client.

    Parameters
    ----------
    dump, named : CSV, JSONL or Parquet file, and its columns where they are not called text, outlet, title and date
    out : folder that takes articles-, quotes-, figures- and words-NUMBER.parquet
    lexicon : a lexicon.toml, whose words are watched

    Returns
    -------
    how many articles were passed over with an error
    """
    parquet()
    out.mkdir(parents=True, exist_ok=True)
    size = dump.stat().st_size if dump.is_file() else 0
    work = [str(dump.resolve()), size, dict(named or {}), batch, str(lexicon or "")]
    forms, failed, since, fresh = _forms(lexicon), 0, time.monotonic(), 0
    for number, (rows, share) in enumerate(_batches(dump, named or {}, batch)):
        if number == 0:
            _same_work(out / "dump.json", work)
        last = out / f"articles-{number:06d}.parquet"  # written last, so that it says that its batch is whole
        if last.is_file():
            failed += int((pd.read_parquet(last, columns=["error"]).error != "").sum())
            continue
        chunks = [rows[at : at + _CHUNK] for at in range(0, len(rows), _CHUNK)]
        found = [one for part in joblib.Parallel()(joblib.delayed(_read)(c, forms) for c in chunks) for one in part]
        for name in ("quotes", "figures", "words"):
            _write(out / f"{name}-{number:06d}.parquet", [row for one in found for row in one[name]])
        told = [
            {**row, "text": row["text"] if isinstance(row["text"], str) else "", "error": one["error"]}
            for row, one in zip(rows, found, strict=True)
        ]
        _write(last, told)
        failed, fresh = failed + sum(one["error"] != "" for one in found), fresh + len(rows)
        rate = fresh / (time.monotonic() - since)
        left = rate and len(rows) * (number + 1) * (1 / share - 1) / rate
        say(f"{number * batch + len(rows):,} articles, {rate:,.0f} a second, about {left / 60:,.0f} min left")
    return failed


def _same_work(path: Path, work: list[Any]) -> None:
    """Note what a folder was read from, and refuse another dump, lexicon or size of batch for it."""
    if path.is_file() and json.loads(path.read_text(encoding="utf-8")) != work:
        raise spans.CorpusError([f"{path.parent} was read from another dump or in another way; name a new folder"])
    path.write_text(json.dumps(work), encoding="utf-8")


def _forms(lexicon: Path | None) -> dict[str, str]:
    """Give the folded forms of a lexicon and their wordings."""
    if lexicon is None:
        return {}
    concepts = tomllib.loads(lexicon.read_text(encoding="utf-8")).get("concept", {})
    words = [pair for entries in concepts.values() for pair in entries.items()]
    return {spans.fold(form): wording for wording, entry in words for form in entry["forms"]}


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write records as a Parquet file, whole or not at all."""
    part = path.with_suffix(".part")
    pd.DataFrame(rows).to_parquet(part, index=False)
    part.replace(path)


def _batches(dump: Path, named: Mapping[str, str], size: int) -> Iterator[tuple[list[dict[str, Any]], float]]:
    """Give the articles of a dump in batches, with the share of it that is read by then."""
    held = list[dict[str, Any]]()
    for number, (record, share) in enumerate(_records(dump)):
        row = {str(key).lower(): value for key, value in record.items()} if isinstance(record, dict) else {}
        known = {key: row.get(named.get(key, key).lower()) for key in ("text", "outlet", "title", "date")}
        wanted = {"text": "text", **named} if number == 0 else {}
        if lost := [f"{one}; name it with --{key}" for key, one in wanted.items() if one.lower() not in row]:
            there = ", ".join(row)
            raise spans.CorpusError([f"{dump.name} has no column {one} (there are {there})" for one in lost])
        told = {key: " ".join(str(known[key] or "").split()) for key in ("outlet", "title")}
        date = told_date(str(known["date"] or ""))
        held.append({"doc": f"{number:07d}", **told, "date": date, "text": known["text"]})
        if len(held) == size:
            yield held, max(share, 1e-9)
            held = []
    if held:
        yield held, 1.0


def _object(line: str) -> Any:
    """Read a line of JSON; one that is none is an article without a text."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return {}


def _records(dump: Path) -> Iterator[tuple[dict[str, Any], float]]:
    """Give the records of a dump one by one, each with the share of the file that is read."""
    if not dump.is_file():
        raise spans.CorpusError([f"{dump} is no file; check its name"])
    if dump.suffix.lower() not in (".csv", ".jsonl", ".parquet"):
        raise spans.CorpusError([f"{dump.name}: many reads .csv, .jsonl and .parquet; save it as one of them"])
    if dump.suffix.lower() == ".parquet":
        file, read = parquet().ParquetFile(dump), 0
        for batch in file.iter_batches(batch_size=500):
            for record in batch.to_pylist():
                read += 1
                yield record, read / file.metadata.num_rows
        return
    csv.field_size_limit(10_000_000)
    size = max(1, dump.stat().st_size)
    with dump.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        read = 0

        def lines() -> Iterator[str]:
            nonlocal read
            for line in file:
                read += len(line.encode())
                yield line

        if dump.suffix.lower() == ".jsonl":
            records: Iterator[Any] = (_object(line) for line in lines() if line.strip())
        else:
            records = csv.DictReader(lines())
        for record in records:
            yield record, min(1.0, read / size)
