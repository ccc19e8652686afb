"""Watched words: every occurrence of the lexicon's wordings, and names spelt in one way."""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from helpers import spans
from helpers.coding import read_toml
from helpers.corpus import FURNITURE, Corpus
from helpers.voice import voice_of

__all__ = [
    "concordance", "counted_words", "dispersion", "find_terms", "fold_names", "load_lexicon", "uncoded", "whole_words",
]  # fmt: skip


#: what a lexicon.toml may hold
LEXICON = {
    "concept": {"*": {"*": {"forms": [""], "group": "", "viewpoint": "", "presupposes": ""}}},
    "name": {"*": {"forms": [""]}},
    "ignore": {"*": ""},
    "exception": [{"doc": "", "quote": "", "prefix": "", "nth": 0, "reason": ""}],
}


def load_lexicon(corpus: Corpus) -> dict[str, Any]:
    """Read coding/lexicon.toml: the wordings of each concept, the exceptions and the spellings of names.

    Gives `concepts` (concept -> wording -> its entry), `forms` (folded form -> concept, wording, entry), `names` (name
    -> spellings), `ignore` (phrase -> why the watched word in it is none), `exceptions` (span table with `reason`:
    single occurrences that are none). A CorpusError tells every fault: unknown key, a form under two wordings, an
    exception that is not in its article.

    >>> from helpers.corpus import load_corpus
    >>> load_lexicon(load_corpus("seeds"))["concepts"]["change_of_control"]["liberation"]["viewpoint"]
    'taker'
    """
    name, raw = read_toml(corpus, "lexicon.toml", LEXICON, "start from the one in seeds/coding")
    faults, forms, rows = list[str](), dict[str, Any](), []
    for concept, wordings in raw.get("concept", {}).items():
        for wording, entry in wordings.items():
            where = f"{name} concept.{concept}.{wording}"
            for form in entry.get("forms", []):
                if other := forms.get(spans.fold(form)):
                    faults.append(f"{where}: {form!r} stands under {other[0]}.{other[1]} too; keep one of them")
                forms[spans.fold(form)] = concept, wording, entry
            if not entry.get("forms"):
                faults.append(f"{where}: it has no forms; list the words as they are written")
    for number, entry in enumerate(raw.get("exception", []), 1):
        where = f"{name} exception {number}"
        if not entry.get("reason"):
            faults.append(f"{where}: it gives no reason; say why this occurrence is not the concept")
        try:
            text = corpus.text(entry.get("doc", ""))
            start, end = spans.locate(text, entry.get("quote", ""), entry.get("prefix", ""), entry.get("nth"))
            rows.append({**entry, "start": start, "end": end, "text": entry["quote"]})
        except (ValueError, KeyError) as error:
            faults.append(f"{where} matches nothing: {error.args[0]}")
    spans.refuse(faults)
    return {
        "concepts": raw.get("concept", {}),
        "forms": forms,
        "names": {name: entry.get("forms", []) for name, entry in raw.get("name", {}).items()},
        "ignore": raw.get("ignore", {}),
        "exceptions": spans.table(rows, ["reason"]),
    }


def find_terms(corpus: Corpus, lexicon: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Find the wordings of a lexicon as whole words, the longest form where two overlap; web furniture is left out.

    Gives a span table with `concept, wording, group, viewpoint, presupposes, part` and, by rule, `voice` and `speaker`.

    >>> from helpers.corpus import load_corpus
    >>> find_terms(load_corpus("seeds")).query("wording == 'liberation'").speaker.tolist()
    ['regime media']
    """
    lexicon = load_lexicon(corpus) if lexicon is None else lexicon
    excepted = set(lexicon["exceptions"][spans.SPAN[:3]].itertuples(index=False, name=None))
    # a phrase to ignore takes the place of the watched word in it, as the longer form
    owners = lexicon["forms"] | {spans.fold(phrase): ("", phrase, {}) for phrase in lexicon["ignore"]}
    columns, rows = ["group", "viewpoint", "presupposes"], []
    for doc, start, end, (concept, wording, entry) in _places(corpus, owners):
        if concept and (doc, start, end) not in excepted:
            told = {"concept": concept, "wording": wording} | {key: entry.get(key, "") for key in columns}
            rows.append(spans.at(doc, corpus.texts[doc], start, end, **told))
    found = spans.join(spans.table(rows, ["concept", "wording", *columns]), corpus.parts, {"part": "part"})
    kept = found[~found.part.isin(FURNITURE)].fillna({"part": "body"}).reset_index(drop=True)
    return voice_of(kept, corpus)


def _places(corpus: Corpus, owners: Mapping[str, Any]) -> Iterator[tuple[str, int, int, Any]]:
    """Give article, start and end of every folded form as whole words, and what it stands for."""
    pattern = whole_words(tuple(owners))
    for doc, text in corpus.texts.items():
        for match in pattern.finditer(spans.fold(text)) if owners else ():
            yield doc, *match.span(), owners[" ".join(match.group().split())]


def uncoded(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of one span table that no row of another overlaps: watched words that nobody has read yet.

    >>> found = spans.table([spans.at("a", "the fall", 4, 8)])
    >>> len(uncoded(found, found)), uncoded(found, found[:0]).text.tolist()
    (0, ['fall'])
    """
    held = {doc: list(zip(rows.start, rows.end, strict=True)) for doc, rows in coded.groupby("doc")}
    places = zip(found.doc, found.start, found.end, strict=True)
    met = [any(begin < end and start < until for start, end in held.get(doc, [])) for doc, begin, until in places]
    return found[[not hit for hit in met]]


def concordance(corpus: Corpus, table: pd.DataFrame, width: int = 40, sort: str = "right") -> pd.DataFrame:
    """Set spans one under the other with the text around them (KWIC), so that neighbours can be compared.

    They are sorted by the folded words on the `right` or the `left`, or as in the `text`. Gives `doc, left, node,
    right`, with `width` characters on either side.

    >>> from helpers.corpus import load_corpus
    >>> concordance(five := load_corpus("seeds"), five.words.query("text == 'rout'"), width=12).values.tolist()
    [['000', ' during the ', 'rout', '. Pro-govern']]
    """
    if sort not in ("left", "right", "text"):
        raise ValueError(f"sort is {sort!r}; use left, right or text")
    rows = []
    for span in table.sort_values(["doc", "start"]).itertuples():
        text = corpus.text(span.doc)
        left = " ".join(text[max(0, span.start - width) : span.start].splitlines())[-width:]
        right = " ".join(text[span.end : span.end + width].splitlines())[:width]
        rows.append((span.doc, left.rjust(width), " ".join(span.text.split()), right.ljust(width)))
    lines = pd.DataFrame(rows, columns=["doc", "left", "node", "right"])
    if sort == "text":
        return lines
    nearest_first = [spans.fold(line).split()[:: -1 if sort == "left" else 1] for line in lines[sort]]
    return lines.loc[sorted(lines.index, key=nearest_first.__getitem__)].reset_index(drop=True)


def dispersion(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Give the spans of the running text with `position`: the share of its article's running words before it, 0 to 1.

    >>> from helpers.corpus import load_corpus
    >>> dispersion(five := load_corpus("seeds"), five.words.query("text == 'rout'")).position.round(2).tolist()
    [0.13]
    """
    running = corpus.words[corpus.words.part == "body"]
    starts = {doc: words.start.to_numpy() for doc, words in running.groupby("doc")}
    kept = table[spans.join(table, corpus.parts, {"part": "inside"}).inside.isna()]
    places = [(starts[row.doc] < row.start).sum() / len(starts[row.doc]) for row in kept.itertuples()]
    return kept.assign(position=places)


def counted_words(corpus: Corpus, names: Mapping[str, list[str]]) -> pd.Series:
    """Say how each of `corpus.words` is counted: folded, without 's, and each name (name -> spellings) as one word.

    Missing is what is a further part of a name.

    >>> from helpers.corpus import load_corpus
    >>> counted_words(load_corpus("seeds"), {"Maarat al-Numan": ["Maaret al-Numan"]}).eq("maarat-al-numan").sum()
    np.int64(25)
    """
    folded = corpus.words.text.map(lambda word: spans.fold(word).removesuffix("'s"))
    rows = [spans.at(doc, "", start, end, name=name) for doc, start, end, name in _places(corpus, _joined(names))]
    held = spans.join(corpus.words, spans.table(rows, ["name"]), {"name": "name", "start": "first"})
    counted = folded.where(held.name.isna(), held.name)
    return counted.where(held["first"].isna() | (held["first"] == held.start))


def fold_names(text: str, names: Mapping[str, list[str]]) -> str:
    """Write each spelling of a name (name -> spellings) as the name itself, one word, in a folded copy of the text.

    >>> fold_names("Ma’rat al-Numan fell.", {"Maarat al-Numan": ["Ma'rat al-Numan"]})
    'maarat-al-numan fell.'
    """
    joined, folded = _joined(names), spans.fold(text)
    return (
        whole_words(tuple(joined)).sub(lambda match: joined[" ".join(match.group().split())], folded)
        if names
        else folded
    )


def _joined(names: Mapping[str, list[str]]) -> dict[str, str]:
    """Give for each folded spelling of a name, and for the name itself, the one word it is counted as."""
    words = {name: "-".join(spans.fold(name).replace("-", " ").split()) for name in names}
    return {spans.fold(form): words[name] for name, forms in names.items() for form in [name, *forms]}


@functools.lru_cache(maxsize=32)  # a dump asks for the same forms in every article
def whole_words(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of the folded forms as whole words, longest first, with any blank between their words."""
    # parted by first letter, so that at most places in a text one look decides
    ordered = sorted(forms, key=lambda form: (form[:1], -len(form), form))
    alternatives = []
    for letter, group in itertools.groupby(ordered, key=lambda form: form[:1]):
        rests = (r"\s+".join(map(re.escape, form.split()))[len(re.escape(letter)) :] for form in group)
        alternatives.append(f"{re.escape(letter)}(?:{'|'.join(rests)})")
    return re.compile(rf"(?<![\w])(?:{'|'.join(alternatives)})(?!\w|['’](?!s\b)\w)")
