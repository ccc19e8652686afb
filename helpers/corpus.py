"""The corpus: articles as they were saved, what is known of each, and their parts and sentences."""

from __future__ import annotations

import datetime
import functools
import hashlib
import itertools
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nupunkt
import pandas as pd

from helpers import spans
from helpers.rows import read_rows
from helpers.tokens import unwrapped

__all__ = ["FURNITURE", "Corpus", "load_corpus"]

BLOCK = (
    "headline standfirst subheading dateline byline read_time caption pull_quote navigation newsletter paywall "
    "related_link comment_form licence_note"
).split()
INLINE = "credit attribution_line footnote_mark mojibake".split()
#: parts of a web page that are no text of the article
FURNITURE = ["navigation", "newsletter", "paywall", "related_link", "comment_form", "licence_note", "read_time"]

_REQUIRED = ["doc", "file", "sha256", "label"]
_OPTIONAL = "outlet outlet_basis outlet_evidence title published published_basis published_evidence genre".split()
_BASES = {"outlet_basis": ["stated", "inferred", "unknown"], "published_basis": ["stated", "derived", "unknown"]}

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
# footnote marks and closing marks that the splitter leaves at the head of the next sentence
_TAIL = re.compile(r"(?:\[\d+\]|[¹²³⁴-⁹⁰”’\"')\]])+(?=\s|$)")
_NO_WORD = re.compile(r"[\W_]+")


class Corpus:
    """Articles as raw text, with a table of what is known of each.

    Attributes
    ----------
    folder, title : where the corpus lies, and the event in words
    articles : DataFrame indexed by `doc` with `file, label, name (the label without the id), outlet, outlet_basis,
        outlet_evidence, title, published (ISO date, or earliest/latest), published_basis, published_evidence, genre,
        words (of running text), sha256`

    >>> load_corpus("seeds").text("001")[:12]
    'Syrian regim'
    """

    def __init__(self, folder: Path, title: str, articles: pd.DataFrame, texts: Mapping[str, str]):
        self.folder = folder
        self.title = title
        self.texts = dict(texts)
        self.articles = articles
        names = pd.Series([label.removeprefix(f"{doc} ") for doc, label in articles.label.items()], articles.index, str)
        whole = pd.Series([f"{doc} {name}" for doc, name in names.items()], articles.index, str)
        self.articles["name"] = names.where(~names.duplicated(keep=False), whole)
        running = self.words[self.words.part == "body"].groupby("doc").size()
        self.articles["words"] = running.reindex(self.articles.index, fill_value=0)

    def text(self, doc: str) -> str:
        """Give the raw text of an article, as it stands in its file."""
        if doc not in self.texts:
            raise KeyError(f"there is no article {doc!r}; there are {', '.join(self.texts)}")
        return self.texts[doc]

    @functools.cached_property
    def parts(self) -> pd.DataFrame:
        """Give what is not running text (coding/parts.csv) as a span table with `id, row, part, repeats, differed`."""
        path = self.folder / "coding" / "parts.csv"
        if not path.exists():
            return spans.table([], ["id", "row", "part", "repeats", "differed"])
        known = [*BLOCK, *INLINE]

        def faulty(row: Mapping[str, str], _: set[str]) -> list[str]:
            fault = f"part: {row['part']!r} is unknown; use one of {', '.join(known)}"
            return [] if row["part"] in known else [fault]

        return read_rows(path, self.texts, ["part", "repeats", "differed"], faulty, ["differed"])

    @functools.cached_property
    def sentences(self) -> pd.DataFrame:
        """Give every sentence as a span table with `n` (its number in the article), `part` (of its first character)."""
        rows = []
        for doc, text in self.texts.items():
            blocks = self.parts[(self.parts.doc == doc) & self.parts.part.isin(BLOCK)]
            cuts = sorted({0, len(text), *blocks.start, *blocks.end})
            whole = unwrapped(text)
            pieces = [(left, split_sentences(whole[left:right])) for left, right in itertools.pairwise(cuts)]
            places = [(start + left, end + left) for left, piece in pieces for start, end in piece]
            rows += [spans.at(doc, text, *place, n=n) for n, place in enumerate(places, 1)]
        return self._parted(spans.table(rows, ["n"]))

    @functools.cached_property
    def edges(self) -> dict[str, tuple[list[int], list[int]]]:
        """Give the starts and the ends of the sentences of each article, in order, to be bisected."""
        return {doc: (mine.start.tolist(), mine.end.tolist()) for doc, mine in self.sentences.groupby("doc")}

    @functools.cached_property
    def words(self) -> pd.DataFrame:
        """Give every word of every article as a span table with `part` (body, where it is in none)."""
        rows = [spans.at(doc, text, *place) for doc, text in self.texts.items() for place in spans.words(text)]
        return self._parted(spans.table(rows))

    def _parted(self, table: pd.DataFrame) -> pd.DataFrame:
        """Give a span table the column `part` (body, where it is in none)."""
        found = spans.join(table, self.parts, {"part": "part"})
        return found.assign(part=found.part.fillna("body"))

    def body(self, doc: str) -> pd.DataFrame:
        """Give the running text of an article as a span table, a row a passage; every part is left out."""
        text, at, rows = self.text(doc), 0, []
        mine = self.parts[self.parts.doc == doc]
        for start, end in sorted([*zip(mine.start, mine.end, strict=True), (len(text), len(text))]):
            for line in text[at:start].splitlines(keepends=True):
                left = at + len(line) - len(line.lstrip())
                if spans.words(line):
                    rows.append(spans.at(doc, text, left, left + len(line.strip())))
                at += len(line)
            at = max(at, end)
        return spans.table(rows)


def load_corpus(folder: str | Path = "seeds") -> Corpus:
    """Load the articles that a folder's corpus.toml lists, each checked against its sha256.

    A relative folder is sought in the working directory, then in its parents.

    Raises
    ------
    FileNotFoundError if there is no such folder or it holds no corpus.toml
    CorpusError with all faults: unknown or missing key, id twice, file missing, empty, not UTF-8 or changed

    >>> load_corpus("seeds").articles.loc["002", "outlet"]
    'Middle East Eye'
    """
    found = _find(Path(folder))
    name = found.name
    try:
        recorded = tomllib.loads((found / "corpus.toml").read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise spans.CorpusError([f"{name}/corpus.toml: {error}; mend that line"]) from None
    unknown = [key for key in recorded if key not in ("title", "place", "article")]
    faults = [f"{name}/corpus.toml: unknown key {key!r}; use title, place and [[article]]" for key in unknown]
    entries = recorded.get("article")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise spans.CorpusError([*faults, f"{name}/corpus.toml: it lists no article; add an [[article]] for each text"])
    texts: dict[str, str] = {}
    for number, entry in enumerate(entries, 1):
        where = f"{name}/corpus.toml article {number} ({entry.get('doc', 'no doc')})"
        mine = _entry_faults(entry, where)
        if not mine and entry["doc"] in texts:
            mine = [f"{where}: doc {entry['doc']!r} stands twice; give each article its own"]
        if not mine:
            try:
                texts[entry["doc"]] = _read_article(found / entry["file"], entry["sha256"])
            except ValueError as error:
                mine = [f"{where}: {error}"]
        faults += mine
    spans.refuse(faults)
    columns = ["doc", "file", "label", *_OPTIONAL, "sha256"]
    articles = pd.DataFrame([{key: entry.get(key, "") for key in columns} for entry in entries]).set_index("doc")
    return Corpus(found, str(recorded.get("title", name)), articles, texts)


def _find(folder: Path) -> Path:
    """Find a corpus folder in the working directory or, a relative one, in its parents."""
    here = Path.cwd()
    places = [folder] if folder.is_absolute() else [base / folder for base in (here, *here.parents)]
    for place in places:
        if (place / "corpus.toml").is_file():
            return place.resolve()
    if any(place.is_dir() for place in places):
        raise FileNotFoundError(f"{folder} holds no corpus.toml; it lists the articles, as seeds/corpus.toml does")
    raise FileNotFoundError(f"there is no folder {folder}, here or further up; name the folder that holds corpus.toml")


def _entry_faults(entry: Mapping[str, Any], where: str) -> list[str]:
    """List what is wrong with one [[article]] of corpus.toml."""
    known = [*_REQUIRED, *_OPTIONAL]
    faults = [f"{where}: unknown key {key!r}; the keys are {', '.join(known)}" for key in entry if key not in known]
    faults += [f"{where}: key {key!r} is missing or empty; add it" for key in _REQUIRED if not entry.get(key)]
    bare = [(key, value) for key, value in entry.items() if key in known and not isinstance(value, str)]
    faults += [f"{where}: {key} is {value!r}; write it as text in quotation marks" for key, value in bare]
    for key, allowed in _BASES.items():
        if key in entry and entry[key] not in allowed:
            faults.append(f"{where}: {key} is {entry[key]!r}; use one of {', '.join(allowed)}")
    try:
        for date in str(entry.get("published", "")).split("/") if entry.get("published") else []:
            datetime.date.fromisoformat(date)
    except ValueError:
        faults.append(f"{where}: published is {entry['published']!r}; write 2020-01-29, or earliest/latest")
    return faults


def _read_article(path: Path, sha256: str) -> str:
    """Read an article as it is, or say what is wrong with its file."""
    if not path.is_file():
        raise ValueError(f"file {path.name!r} is missing; put it beside corpus.toml or mend its name")
    raw = path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    if digest != sha256:
        remedy = f"restore it, or read it again: python -m helpers new {path.parent.name}; the sum is {digest}"
        raise ValueError(f"{path.name} has changed since its sha256 was recorded; {remedy}")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ValueError(f"{path.name} line {line}, byte {error.start}: not UTF-8; save the file as UTF-8") from None
    if not spans.words(text):
        raise ValueError(f"{path.name} holds no word; save the article's text in it or drop its entry")
    return text


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Split a text into the offsets of its sentences: a line break always ends one, and no blank stands at its ends.

    >>> split_sentences("He came.[1] She left.\\nThe end")
    [(0, 11), (12, 21), (22, 29)]
    """
    sentences: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        first = len(sentences)
        for start, end in nupunkt.sent_spans(paragraph.group()):
            start, end = paragraph.start() + start, paragraph.start() + end
            tail = _TAIL.match(text, start, end) if len(sentences) > first and sentences[-1][1] == start else None
            if tail:
                sentences[-1] = (sentences[-1][0], tail.end())
                start = tail.end()
            piece = text[start:end]
            start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
            if start >= end:
                continue
            # a dash or an ellipsis alone belongs to the sentence it follows
            if len(sentences) > first and _NO_WORD.fullmatch(text, start, end):
                start = sentences.pop()[0]
            sentences.append((start, end))
    return sentences
