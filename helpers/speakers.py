"""Speakers as people: one that a text or several call by several names is one."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from helpers import coding, spans
from helpers.corpus import Corpus

__all__ = ["load_aliases", "people"]

# what stands before a name and is no part of it
_SMALL = frozenset("the a an but and then former acting".split())
_TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady sen senator rep representative gov governor gen general col
    colonel lt lieutenant capt captain maj major sgt sergeant president minister secretary chancellor chairman
    chairwoman chair chief judge justice king queen prince princess pope bishop archbishop ambassador commissioner mayor
    sheriff coach director spokesman spokeswoman spokesperson leader speaker officer attorney""".split()
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def people(speakers: Iterable[str], aliases: Mapping[str, str] | None = None) -> dict[str, str]:
    """Say which person each name of a speaker stands for: by surname, without titles, and by initials.

    Of the speakers, one an occurrence, each name gets the fullest name of its person; a surname that two fuller names
    share stays by itself. The `aliases`, name -> person, decide before any rule.

    >>> named = people(["President Donald Trump", "Mr. Trump", "But Mr. Trump", "FT", "Financial Times", "the army"])
    >>> named["But Mr. Trump"], named["FT"], named["the army"]
    ('Donald Trump', 'Financial Times', 'army')
    """
    aliases, counts = aliases or {}, Counter(speakers)
    counts += Counter(dict.fromkeys(aliases.values(), 1))
    bare = {name: _bare(name) for name in counts if aliases.get(name, name) == name}
    known: dict[str, dict[str, Counter[str]]] = {}  # by surname and first name, the full names
    for name, plain in bare.items():
        if " " in plain and plain[0].isupper():
            first, *_, last = plain.split()
            known.setdefault(last, {}).setdefault(first, Counter())[plain] += counts[name]
    full = [plain for plain in dict.fromkeys(bare.values()) if " " in plain]
    initials = {"".join(word[0] for word in plain.split() if word[0].isupper()): plain for plain in full}
    found, small = dict[str, str](), {plain for plain in bare.values() if plain.islower()}
    for name, plain in bare.items():
        those = known.get(plain.split(" ")[-1], {})
        names = those.get(plain.split(" ")[0])
        if plain[:1].isupper() and " " not in plain:  # a surname alone is who bears it twice as often as the next
            ranked = sorted(those.values(), key=lambda names: (-names.total(), max(names)))
            most, next_most = [*ranked, Counter[str](), Counter[str]()][:2]
            names = most if most.total() >= 2 * next_most.total() else names
        if names:
            plain = max(names, key=lambda one: (names[one], one))
        plain = initials.get(plain, plain) if plain.isupper() else plain
        found[name] = plain.lower() if plain.lower() in small else plain  # "Police" begins a sentence
    return {name: aliases.get(person, person) for name, person in found.items()} | dict(aliases)


def _bare(name: str) -> str:
    """Give a name without titles and what stands before them; an office alone stays as it is, without its article."""
    words = _WORD.findall(name)
    while len(words) > 1 and words[0].lower() in _SMALL:
        words = words[1:]
    at = max((n for n, word in enumerate(words, 1) if word.lower().strip(".") in _TITLES), default=0)
    while 0 < at < len(words) - 2 and words[at] == "of":  # Secretary of State John Kerry
        at += 2
    joint = "and" in words and words[-1][:1].isupper()
    if not joint and at < len(words) and words[at][0].isupper():
        words = words[at:]
    return re.sub(r"['’]s$", "", " ".join(words)) or name


def load_aliases(corpus: Corpus) -> dict[str, str]:
    """Read coding/speakers.toml, where an event says who is who: "Donald Trump" = ["the president", "Mr. Trump"].

    A CorpusError tells that it is no list of names by person, or gives one name to two people.

    >>> from helpers.corpus import load_corpus
    >>> load_aliases(load_corpus("notebooks/harbour_fire"))
    {}
    """
    if not (corpus.folder / "coding" / "speakers.toml").is_file():
        return {}
    file, listed = coding.read_toml(corpus, "speakers.toml", {"*": [""]})
    faults, aliases = list[str](), dict[str, str]()
    for person, names in listed.items():
        for name in [person, *names]:
            if aliases.get(name, person) != person:
                faults.append(f"{file}: {name!r} is both {aliases[name]!r} and {person!r}; leave it with one of them")
            aliases[name] = person
    spans.refuse(faults)
    return aliases
