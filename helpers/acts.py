"""Acts of violence and flight: candidates by their verbs, and by rule who is left to have done them."""

import re
import tomllib
from pathlib import Path

import pandas as pd

from helpers import spans
from helpers.corpus import FURNITURE, Corpus

__all__ = ["find_acts"]

_WORDS = tomllib.loads(Path(__file__).with_name("acts.toml").read_text(encoding="utf-8"))
_ALONE = frozenset(_WORDS["alone"].split())


def _inflected() -> dict[str, tuple[str, set[str]]]:
    """Give for each form of a word of violence or flight its lemma and what the form can be: verb, past, -ing, noun."""
    told: list[tuple[str, str, str]] = []
    for verb in _WORDS["verbs"].split():
        twice = verb + verb[-1] * (verb in _WORDS["doubled"].split())
        told += [(verb, verb, "verb"), (_spelt(verb + "s"), verb, "verb")]
        told += [(_spelt(twice + "ed"), verb, "past"), (_spelt(twice + "ing"), verb, "ing")]
    told += [(form, verb, "ing" if form.endswith("ing") else "past") for form, verb in _WORDS["irregular"].items()]
    for noun in _WORDS["nouns"].split():
        told += [(noun, noun, "noun"), (_spelt(noun + "s"), noun, "noun")]
    forms: dict[str, tuple[str, set[str]]] = {}
    for form, lemma, kind in told:
        if form not in _WORDS["no_forms"].split():
            forms.setdefault(form, (lemma, set()))[1].add(kind)
    return forms


def _spelt(form: str) -> str:
    """Spell a stem with its ending: burys is buries, crushs crushes, captureing capturing."""
    form = re.sub(r"(?<![aeo])y(?=s$)", "ie", re.sub(r"(?<![aeo])y(?=ed$)", "i", form))
    form = re.sub(r"(?<=sh|ss)(?=s$)", "e", form)
    return re.sub(r"(?<!e)e(?=ed$|ing$)", "", form)


#: every form that is looked for: lemma, and what the form can be
ACTS = _inflected()
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)(?:\s+(?:\w+ly|also|not|now|later|even|still))*\s+\Z")
_HAVE = re.compile(r"\b(?:has|have|had|having)(?:\s+(?:\w+ly|also|not|now|later))*\s+\Z")
_BY = re.compile(r"\A(?:\s+(?!by\b)[\w’'-]+){0,4}\s+by\s+(?!(?!shelling|bombing)\w+ing\b)(?:[\w’'-]+\s+){0,5}?[\w’'-]+")
_NOMINAL = re.compile(
    rf"(?:\b(?:{'|'.join(_WORDS['before_noun'].split())})|[’']s|s[’'])\s+(?:[\w-]+\s+){{0,2}}?\Z", re.IGNORECASE
)
_OF = re.compile(r"\A\s+(?:of|on|by|against|in|campaign)\b")
_DETERMINED = re.compile(r"\b(?:the|a|an|all|some|many|most|more)\s+\Z|[’']s\s+\Z", re.IGNORECASE)
_CLOSING = re.compile(r"\s+(?:by|in|from|with)\b|\s*[.,;:]|\s*\Z")
_OBJECT = re.compile(r"\s+(?:(?:the|a|an|his|her|its|their|them|him|civilians|everything|people)\b|[A-Z])")
_LEADING = re.compile(r"(?:\A|\b(?:of|for|from|with|said|\d+))\s*\Z")  # "hundreds of displaced persons"
_DOER = re.compile(rf"\b(?:{'|'.join(_WORDS['doers'].split())})(?:[’']s?)?\b")


def find_acts(corpus: Corpus) -> pd.DataFrame:
    """Find words of violence and flight outside web furniture, and say by rule what form they have, who acted where.

    Gives a span table with `lemma`, `form` (active, passive, nominal, intransitive) and `agent_place` (subject,
    by-phrase, same sentence, absent). An agent of an earlier sentence is not seen, nor what is no act of the event.

    >>> from helpers.corpus import load_corpus
    >>> find_acts(load_corpus("seeds")).query("text == 'burned'")[["form", "agent_place"]].values.tolist()
    [['active', 'subject']]
    """
    rows = []
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(ACTS, key=lambda form: (-len(form), form)))})\b", re.IGNORECASE)
    for sentence in corpus.sentences[~corpus.sentences.part.isin(FURNITURE)].itertuples():
        for match in pattern.finditer(sentence.text):
            lemma, kinds = ACTS[match.group().lower()]
            before, after = sentence.text[: match.start()], sentence.text[match.end() :]
            if lemma == "force" and kinds == {"verb"} and not re.search(r"\b(?:to|and)\s+\Z", before):
                continue  # "by force", "the dominant force"
            form = _form(lemma, kinds, before, after)
            said = {"lemma": lemma, "form": form, "agent_place": _agent(form, before, after)}
            start, end = (sentence.start + place for place in match.span())
            rows.append(spans.at(sentence.doc, corpus.texts[sentence.doc], start, end, **said))
    return spans.table(rows, ["lemma", "form", "agent_place"])


def _form(lemma: str, kinds: set[str], before: str, after: str) -> str:
    """Decide what form a word has by what stands around it."""
    if "past" in kinds:
        if lemma in _ALONE:
            return "intransitive"
        reduced = _DETERMINED.search(before) or _LEADING.search(before) or _CLOSING.match(after)
        return "passive" if _BE.search(before) or (reduced and not _HAVE.search(before)) else "active"
    if kinds == {"noun"} or ({"noun"} & kinds and _NOMINAL.search(before) and not re.search(r"\bto\s+\Z", before)):
        return "nominal"
    bare = _OF.match(after) or not _OBJECT.match(after)
    if kinds == {"ing"} and lemma not in _ALONE and bare and (_NOMINAL.search(before) or not before.strip()):
        return "nominal"
    return "intransitive" if lemma in _ALONE else "active"


def _agent(form: str, before: str, after: str) -> str:
    """Say where the one who acts is named in the sentence."""
    if form in ("active", "intransitive"):
        return "subject"
    if _BY.match(after):
        return "by-phrase"
    near = " ".join(before.split()[-5:])
    return "same sentence" if form == "nominal" and _DOER.search(near) else "absent"
