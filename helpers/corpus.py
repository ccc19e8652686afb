"""The corpus: articles as they were saved, what is known of each, and their parts and sentences."""

import datetime
import functools
import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nupunkt
import pandas as pd

from helpers import spans
from helpers.rows import read_rows, read_toml
from helpers.tokens import unwrapped

__all__ = ["FURNITURE", "Corpus", "listed", "load_corpus"]

_BLOCK = (
    "headline standfirst subheading dateline byline read_time caption pull_quote navigation newsletter paywall "
    "related_link comment_form licence_note"
).split()
_INLINE = "credit attribution_line footnote_mark mojibake".split()
#: parts of a web page that are no text of the article
FURNITURE = ["navigation", "newsletter", "paywall", "related_link", "comment_form", "licence_note", "read_time"]

_REQUIRED = ["doc", "file", "label", "sha256"]
_KEYS = (
    "doc file label outlet outlet_basis outlet_evidence title published published_basis published_evidence genre sha256"
).split()
_BASES = {"outlet_basis": ["stated", "inferred", "unknown"], "published_basis": ["stated", "derived", "unknown"]}

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
# footnote marks and closing marks that the splitter leaves at the head of the next sentence
_TAIL = re.compile(r"(?:\[\d+\]|[¹²³⁴-⁹⁰”’\"')\]])+(?=\s|$)")
_NO_WORD = re.compile(r"[\W_]+")


class Corpus:
    """Articles as raw text, with a table of what is known of each.

    `folder` and `title` say where the corpus lies, and the event in words; `articles` is a DataFrame indexed by `doc`
    with `file, label, name (the label without the id), outlet, outlet_basis, outlet_evidence, title, published (ISO
    date, or earliest/latest), published_basis, published_evidence, genre, words (of running text), sha256`.

    >>> load_corpus("seeds").text("001")[:12]
    'Syrian regim'
    """

    def __init__(self, folder: Path, title: str, articles: pd.DataFrame, texts: Mapping[str, str]):
        self.folder, self.title, self.texts, self.articles = folder, title, dict(texts), articles
        names = pd.Series([label.removeprefix(f"{doc} ") for doc, label in articles.label.items()], articles.index, str)
        self.articles["name"] = names.where(~names.duplicated(keep=False), names.index + " " + names)
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
        known = [*_BLOCK, *_INLINE]

        def faulty(row: Mapping[str, str], _: set[str]) -> Iterator[str]:
            if row["part"] not in known:
                yield f"part: {row['part']!r} is unknown; use one of {', '.join(known)}"

        return read_rows(path, self.texts, ["part", "repeats", "differed"], faulty, ["differed"])

    @functools.cached_property
    def sentences(self) -> pd.DataFrame:
        """Give every sentence as a span table with `n` (its number in the article), `part` (of its first character)."""
        rows = []
        for doc, text in self.texts.items():
            blocks = self.parts[(self.parts.doc == doc) & self.parts.part.isin(_BLOCK)]
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
            for line in _PARAGRAPH.finditer(text, at, start):
                shown = line.group().strip()
                if spans.words(shown):
                    left = text.index(shown, line.start())
                    rows.append(spans.at(doc, text, left, left + len(shown)))
            at = max(at, end)
        return spans.table(rows)


def load_corpus(folder: str | Path = "seeds") -> Corpus:
    """Load the articles that a folder's corpus.toml lists, each checked against its sha256.

    A relative folder is sought in the working directory, then in its parents; a FileNotFoundError says that there is
    none, or that it holds no corpus.toml. A CorpusError has all faults of that file (key unknown or missing, id twice),
    or else of the articles (missing, empty, not UTF-8 or changed).

    >>> load_corpus("seeds").articles.loc["002", "outlet"]
    'Middle East Eye'
    """
    places = [base / folder for base in (Path.cwd(), *Path.cwd().parents)]
    found = next((place.resolve() for place in places if (place / "corpus.toml").is_file()), None)
    if found is None and any(place.is_dir() for place in places):
        raise FileNotFoundError(f"{folder} holds no corpus.toml; it lists the articles, as seeds/corpus.toml does")
    if found is None:
        raise FileNotFoundError(f"there is no folder {folder}, here or further up; name the one with corpus.toml")
    title, entries = listed(found)
    texts, faults = dict[str, str](), list[str]()
    for number, entry in enumerate(entries, 1):
        try:
            texts[entry["doc"]] = _read_article(found / entry["file"], entry["sha256"])
        except ValueError as error:
            faults.append(f"{found.name}/corpus.toml article {number} ({entry['doc']}): {error}")
    spans.refuse(faults)
    known = [{key: entry.get(key, "") for key in _KEYS} for entry in entries]
    return Corpus(found, title, pd.DataFrame(known).set_index("doc"), texts)


def listed(folder: Path) -> tuple[str, list[dict[str, str]]]:
    """Give the title of an event folder and what its corpus.toml says of each article, or refuse it with all faults.

    >>> listed(Path("notebooks/harbour_fire"))[1][0]["doc"]
    'courier'
    """
    name = f"{folder.name}/corpus.toml"
    shape = {"title": "", "place": None, "article": [dict.fromkeys(_KEYS, "")]}
    recorded = read_toml(folder / "corpus.toml", name, shape)
    entries, docs, faults = recorded.get("article", []), set[str](), list[str]()
    if not entries:
        raise spans.CorpusError([f"{name}: it lists no article; add an [[article]] for each text"])
    for number, entry in enumerate(entries, 1):
        told, doc = [*_entry_faults(entry)], str(entry.get("doc", ""))
        told += [f"doc {doc!r} stands twice; give each article its own"] if doc and doc in docs else []
        docs.add(doc)
        faults += [f"{name} article {number} ({doc or 'no doc'}): {fault}" for fault in told]
    spans.refuse(faults)
    return str(recorded.get("title", folder.name)), entries


def _entry_faults(entry: Mapping[str, Any]) -> Iterator[str]:
    """List what is wrong with one [[article]] of corpus.toml."""
    for key, value in entry.items():
        if key in _BASES and value not in _BASES[key]:
            yield f"{key} is {value!r}; use one of {', '.join(_BASES[key])}"
    if not re.fullmatch(r"[\w-]+", doc := entry.get("doc", "-")):
        yield f"doc is {doc!r}; write letters, digits, _ and -, since it names a page"
    yield from (f"key {key!r} is missing or empty; add it" for key in _REQUIRED if not entry.get(key))
    try:
        for date in str(entry.get("published", "")).split("/") if entry.get("published") else []:
            datetime.date.fromisoformat(date)
    except ValueError:
        yield f"published is {entry['published']!r}; write 2020-01-29, or earliest/latest"


def _read_article(path: Path, sha256: str) -> str:
    """Read an article as it is, or say what is wrong with its file."""
    if not path.is_file():
        raise ValueError(f"file {path.name!r} is missing; put it beside corpus.toml or mend its name")
    raw = path.read_bytes()
    if (digest := hashlib.sha256(raw).hexdigest()) != sha256:
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
    sentences = list[tuple[int, int]]()
    for paragraph in _PARAGRAPH.finditer(text):
        first = len(sentences)
        for start, end in nupunkt.sent_spans(paragraph.group()):
            start, end = paragraph.start() + start, paragraph.start() + end
            joined = len(sentences) > first and sentences[-1][1] == start
            if joined and (tail := _TAIL.match(text, start, end)):
                sentences[-1] = (sentences[-1][0], tail.end())
                start = tail.end()
            piece = text[start:end]
            start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
            # a dash or an ellipsis alone belongs to the sentence it follows
            if len(sentences) > first and _NO_WORD.fullmatch(text, start, end):
                start = sentences.pop()[0]
            if start < end:
                sentences.append((start, end))
    return sentences
