"""A stated none: no casualties, nobody was hurt, none of them."""

import re

from helpers.figures.excluded import Found
from helpers.figures.numbers import NUMBER_WORDS, WORDS
from helpers.figures.units import PERSONS, counted_noun, is_plural

__all__ = ["stated_none"]

_NOUNS = WORDS["none"] | PERSONS | {"police", "staff"}
_COUNTED_OF = {"them", "these", "those", "us", "whom", "which", *NUMBER_WORDS}
_WAS = "was|were|has|have|had|is|are"
_BEFELL = "died|survived|returned|drowned|lost|won|came|arrived|armed|killed|hurt|reported"
_HARMED = "|".join(sorted(WORDS["harmed"] | WORDS["predicate"]))
_DONE = re.compile(rf"\s+(?:{_WAS})(?:\s+been)?\s+\w+(?:d|en|t|ne)\b")
_NOBODY = re.compile(r"(no[\s-]one|nobody|none)\b(?:\s+of((?:\s+[\w'-]+){1,3}))?")
# a verb within seven words, and whether it says what befell somebody
_TOLD = re.compile(
    rf"(?:\s+[\w'-]+){{0,6}}?\s+(?:({_BEFELL}|(?:{_WAS})(?:\s+(?:been|\w+ly))*\s+(?:{_HARMED}|{_BEFELL}))|{_WAS})\b"
)


def stated_none(text: str, low: str, start: int, last: Found | None) -> Found | None:
    """Read a stated none, where `last` is the figure counted before: no casualties, nobody was hurt, none of them."""
    stated: object
    nobody = _NOBODY.match(low, start)
    if not nobody:
        end, unit = start + 2, counted_noun(text, low, start + 2)
        noun = unit.rpartition(" ")[2].lower()
        done = noun not in WORDS["no_number"] and _DONE.match(low, text.find(unit, end) + len(unit))
        stated = noun in _NOUNS or (noun and done)
    else:
        end, none, of = nobody.end(1), nobody[1] == "none", (nobody[2] or "").split()
        who = next(filter(is_plural, of), "")
        unit = who or (last.unit if last and (none or of) else "")
        told = _TOLD.match(low, end)
        befell = told and (none or told[1])
        stated = befell and (who or _COUNTED_OF.intersection(of) or not none or not of)  # none of the money is none
    return Found(start, end, text[start:end], kind="count", unit=unit) if stated else None
