"""A dump of many articles: what the rules find in each, in batches that a killed run takes up again."""

import csv
import itertools
import json
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import joblib
import pandas as pd

from helpers import spans
from helpers.event.intake import TABLES, called, records, told_date
from helpers.figures import scan_figures
from helpers.quotes import scan_quotes
from helpers.rows import read_toml
from helpers.terms import LEXICON, whole_words

__all__ = ["many"]

_VOICES = {"direct": "quoted", "reported": "reported", "scare": "scare", "name": "own"}
_OWN = {"voice": "own", "speaker": ""}


def _article(row: Mapping[str, Any], forms: Mapping[str, str]) -> dict[str, Any]:
    """Find the quotes, figures and watched words (folded form -> wording) of an article, and the error that hid them.

    >>> text = "“We left,” Ann Lee said. The regime took 12 towns."
    >>> found = _article({"doc": "0", "text": text}, {"regime": "regime"})
    >>> [len(found[name]) for name in ("quotes", "figures", "words")], found["words"][0]["voice"]
    ([1, 1, 1], 'own')
    """
    text, doc = row["text"], row["doc"]
    nothing: dict[str, Any] = {"quotes": [], "figures": [], "words": []}
    if not text.strip():
        return {**nothing, "error": "it has no text"}
    if "\ufffd" in text:
        return {**nothing, "error": "it is not UTF-8, or was decoded wrongly"}
    try:
        quotes = [spans.at(doc, text, **quote._asdict()) for quote in scan_quotes(text)]
        figures = [spans.at(doc, text, **one._asdict()) for one in scan_figures(text) if not one.reason]
        for figure in figures:
            del figure["reason"]
        starts, words = [quote["start"] for quote in quotes], []
        for match in whole_words(tuple(forms)).finditer(spans.fold(text)) if forms else ():
            before = bisect_right(starts, match.start())
            holds = [quote for quote in quotes[max(0, before - 3) : before] if match.end() <= quote["end"]]
            said = {"voice": _VOICES[holds[-1]["kind"]], "speaker": holds[-1]["speaker"]} if holds else _OWN
            words.append(spans.at(doc, text, *match.span(), wording=forms[" ".join(match.group().split())], **said))
    except Exception as error:  # one article must not end a run over all of them; its reason is kept
        return {**nothing, "error": f"{type(error).__name__}: {error}"}
    return {"quotes": quotes, "figures": figures, "words": words, "error": ""}


def many(
    dump: Path,
    out: Path,
    named: Mapping[str, str] | None = None,
    lexicon: Path | None = None,
    batch: int = 1000,
    say: Callable[[str], None] = print,
) -> int:
    """Read every article of a dump, batch by batch, into Parquet files; a batch that is there already is passed over.

    The dump is a table that `records` reads, `named` says which columns hold text, outlet, title and date where they
    are not called so, and the words of the lexicon.toml are watched. `out` takes articles-, quotes-, figures- and
    words-NUMBER.parquet; what is given is how many articles were passed over with an error. The work goes through
    joblib: `with joblib.parallel_config(backend="loky", n_jobs=-1)` around it uses all cores, `backend="dask"` the
    cluster of a dask.distributed Client.
    """
    import pyarrow.parquet  # noqa: F401, an extra: better missed now than after the first batch

    articles, forms, failed, since, fresh = _articles(dump, named or {}), _forms(lexicon), 0, time.monotonic(), 0
    for number, rows in enumerate(iter(lambda: list(itertools.islice(articles, batch)), [])):
        if number == 0:
            _same_work(out, [str(dump.resolve()), dump.stat().st_size, dict(named or {}), batch, str(lexicon or "")])
        last = out / f"articles-{number:06d}.parquet"  # written last, so that it says that its batch is whole
        if last.is_file():
            failed += int((pd.read_parquet(last, columns=["error"]).error != "").sum())
            continue
        tasks = (joblib.delayed(_article)(row, forms) for row, _ in rows)
        found = list(joblib.Parallel(batch_size=25)(tasks))
        for name in ("quotes", "figures", "words"):
            _write(out / f"{name}-{number:06d}.parquet", [row for one in found for row in one[name]])
        _write(last, [{**row, "error": one["error"]} for (row, _), one in zip(rows, found, strict=True)])
        failed, fresh = failed + sum(one["error"] != "" for one in found), fresh + len(rows)
        done, rate = number * batch + len(rows), fresh / (time.monotonic() - since)
        left = done * (1 / max(rows[-1][1], 1e-9) - 1) / rate / 60  # by the share of the file that is read
        say(f"{done:,} articles, {rate:,.0f} a second, about {left:,.0f} min left")
    return failed


def _same_work(out: Path, work: list[Any]) -> None:
    """Note what a folder was read from, and refuse another dump, lexicon or size of batch for it."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "dump.json"
    if path.is_file() and json.loads(path.read_text(encoding="utf-8")) != work:
        raise spans.CorpusError([f"{out} was read from another dump or in another way; name a new folder"])
    path.write_text(json.dumps(work), encoding="utf-8")


def _forms(lexicon: Path | None) -> dict[str, str]:
    """Give the folded forms of a lexicon and their wordings."""
    concepts = read_toml(lexicon, str(lexicon), LEXICON, "name a lexicon.toml").get("concept", {}) if lexicon else {}
    words = [pair for entries in concepts.values() for pair in entries.items()]
    return {spans.fold(form): wording for wording, entry in words for form in entry.get("forms", [])}


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write records as a Parquet file, whole or not at all."""
    part = path.with_suffix(".part")
    pd.DataFrame(rows).to_parquet(part, index=False)
    part.replace(path)


def _articles(dump: Path, named: Mapping[str, str]) -> Iterator[tuple[dict[str, Any], float]]:
    """Give the articles of a dump, each with the share of it that is read by then."""
    if not dump.is_file():
        raise spans.CorpusError([f"{dump} is no file; check its name"])
    if dump.suffix.lower() not in TABLES:
        raise spans.CorpusError([f"{dump} is no {', '.join(TABLES)} file; save it as one of them"])
    wanted = {"text": "text", **named}
    try:
        for number, (record, share) in enumerate(records(dump, errors="replace")):
            row = called(record, named)
            if row and (lost := [(key, one) for key, one in wanted.items() if one.lower() not in row]):
                told = f"(there are {', '.join(row)})"
                faults = [f"{dump.name} has no column {one}; name it with --{key} {told}" for key, one in lost]
                raise spans.CorpusError(faults)
            wanted = {} if row else wanted
            known = {key: _legal(" ".join(str(row.get(key) or "").split())) for key in ("outlet", "title", "date")}
            text = row.get("text")
            text = _legal(text) if isinstance(text, str) else ""
            yield {"doc": f"{number:07d}", **known, "date": told_date(known["date"]), "text": text}, share
    except spans.CorpusError:
        raise
    except (ValueError, csv.Error) as error:
        raise spans.CorpusError([f"{dump.name}: {error}; mend that record, or leave it out"]) from None


def _legal(text: str) -> str:
    """Give a text without halves of a character, which no file can hold."""
    return text.encode(errors="replace").decode()
