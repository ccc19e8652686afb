"""A stated none: no casualties, nobody was hurt, none of them."""

from helpers.figures.excluded import Found
from helpers.figures.numbers import NUMBER_WORDS, WORDS
from helpers.figures.units import PERSONS, STOP, is_plural
from helpers.tokens import TOKEN

__all__ = ["stated_none"]

_AUXILIARY = {"was", "were", "has", "have", "had", "is", "are"}
_BEFELL = set("died survived returned drowned lost won came arrived armed killed hurt reported".split())
_HARMED = WORDS["harmed"] | WORDS["predicate"] | _BEFELL
_COUNTED_OF = {"them", "these", "those", "us", "whom", "which", *NUMBER_WORDS}
_STATED_NONE = WORDS["none"] | PERSONS | {"police", "staff"}


def stated_none(text: str, low: str, start: int, last: str) -> Found | None:
    """Read a stated none, where `last` is the unit counted in before: no casualties, nobody was hurt, none of them."""
    tokens = [*TOKEN.finditer(low, start, start + 90)]
    words = [token.group() for token in tokens]
    one = next((n for n in (1, 2) if words[0] == "no" and words[n : n + 1] == ["one"]), 0)
    if words[0] == "no" and not one:
        end = _none_noun(words)
        unit = text[tokens[1].start() : tokens[end].end()] if end else None
    else:
        unit = _nobody(words, one + 1, last)
    until = tokens[one].end()
    return None if unit is None else Found(start, until, text[start:until], kind="count", unit=unit)


def _none_noun(words: list[str]) -> int:
    """Give the place of the noun of which "no" states that there is none, 0 where it states no number."""
    for at in range(1, min(6, len(words))):
        word, after = words[at], [word for word in words[at + 1 : at + 4] if word != "been"]
        if word in STOP or not (word.isalpha() or word == "-"):
            return 0
        told = is_plural(word) and word not in WORDS["no_number"] and after and after[0] in _AUXILIARY
        if word in _STATED_NONE or (told and after[1:] and after[1].endswith(("d", "en", "t", "ne"))):
            return at
    return 0


def _nobody(words: list[str], at: int, last: str) -> str | None:
    """Give whom "nobody" or "none" is of, where a verb says what befell nobody; else None."""
    none, of = words[0] == "none", words[at : at + 1] == ["of"]
    if (
        none
        and of
        and not _COUNTED_OF.intersection(words[at + 1 : at + 3])
        and not any(map(is_plural, words[at + 1 : at + 4]))
    ):
        return None  # none of the money counts nothing
    who = next(filter(is_plural, words[at + 1 : at + 3]), "") if of else ""
    told = next((n for n in range(at, min(at + 7, len(words))) if words[n] in _AUXILIARY or words[n] in _BEFELL), 0)
    verb = next((word for word in words[told + 1 :] if word != "been" and not word.endswith("ly")), "")
    befell = told and (none or words[told] in _BEFELL or verb in _HARMED)
    return (who or (last if none or of else "")) if befell else None
