"""A sentence with its numbers and its guard: what a notebook says, and the condition under which it is true."""

from __future__ import annotations

import datetime
import inspect
import re
import string
from collections.abc import Iterable
from typing import Any

__all__ = ["BROKEN", "DOLLAR", "Sentence", "dated", "listed", "say"]

#: what stands in place of a sentence that no longer holds; a run that shows it is refused
BROKEN = "Written for other data"
#: a dollar that JupyterLab and code hosts do not take for the sign of a formula
DOLLAR = "<span>&#36;</span>"
# a line break that is none in the sentence: not one between paragraphs, nor one before a line of a list
_WRAPPED = re.compile(r"(?<!\n) *\n *(?!\n|- |\d\. )")


class Sentence(str):
    """A text that a notebook shows as Markdown; two are joined by + as texts are."""

    __slots__ = ()

    def __add__(self, other: str) -> Sentence:
        apart = "" if self.endswith("\n") or other.startswith("\n") else " "
        return Sentence(f"{self}{apart}{other}")

    def _repr_markdown_(self) -> str:
        """Show the sentence."""
        return str(self).replace("$", DOLLAR)


class _Numbers(string.Formatter):
    """Format numbers as a reader expects them: thousands parted, decimals only where a format asks for them."""

    def check_unused_args(self, used_args: set[int | str], args: Any, kwargs: Any) -> None:
        """Refuse a value that the sentence does not show."""
        if unused := set(kwargs) - used_args:
            raise KeyError(f"{', '.join(sorted(unused))}: the sentence has no such name; take it out or show it")

    def format_field(self, value: Any, spec: str) -> str:
        """Write one value."""
        if isinstance(value, (list, tuple, set)):
            return listed(value)
        number = isinstance(value, (int, float)) or hasattr(value, "dtype")
        return super().format_field(value, spec or (",.0f" if number else ""))


def say(text: str, *holds: Any, **values: Any) -> Sentence:
    """Write a sentence with named values, if what its words claim is true of the data.

    In the text, of as many lines as it takes, {name} is the value of that name, a number with its thousands parted, and
    {name:.0%} a share; a KeyError tells of a name without a value and of a value without a place. `holds` are the
    conditions that the words rest on (the only, most, no, because): where one fails, the sentence begins with BROKEN.

    >>> say("{n} of {of} figures name no source.", 24 > 0, n=24, of=1055)
    '24 of 1,055 figures name no source.'
    >>> say("No figure names a source.", 3 == 0)
    'Written for other data, and no longer true: “No figure names a source.”'
    """
    written = _Numbers().vformat(_WRAPPED.sub(" ", inspect.cleandoc(text)), (), values)
    return Sentence(written if all(holds) else f"{BROKEN}, and no longer true: “{written}”")


def listed(items: Iterable[Any], last: str = "and") -> str:
    """Write a list in words.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    words = [str(item) for item in items]
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def dated(period: str) -> str:
    """Write an ISO date, or two parted by a stroke, as a reader expects it.

    >>> dated("2020-01-31/2020-02-02"), dated("2020-01-28/2020-01-29"), dated("2020-01-29")
    ('31 January to 2 February 2020', '28 or 29 January 2020', '29 January 2020')
    """
    days = [datetime.date.fromisoformat(day) for day in period.split("/")]
    first, last = days[0], days[-1]
    month, year = f" {first:%B}" * (first.month != last.month), f" {first.year}" * (first.year != last.year)
    word = "or" if (last - first).days == 1 else "to"
    return f"{first.day}{month}{year} {word} " * (first != last) + f"{last.day} {last:%B} {last.year}"
