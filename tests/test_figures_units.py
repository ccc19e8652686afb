"""What a number counts is read from the words behind it; the vocabulary and the patterns stay in bounds."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from helpers.figures import find_figures

FOLDER = Path(find_figures.__code__.co_filename).parent


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("40 armed policemen and soldiers fled", "armed policemen and soldiers", "count"),
        ("20 women and officials said so", "women", "count"),
        ("12 police officers", "police officers", "count"),
        ("45 square kilometres of forest", "square kilometres", "dimension"),
        ("90 km/h", "km/h", "dimension"),
        ("half of the country's population", "population", "fraction"),
        ("60 percent of GDP this year", "GDP", "percent"),
        ("$5 million", "dollars", "money"),
        ("up 6.5p a share", "pence", "money"),
        ("the 200m gold", "metres", "dimension"),
        ("the 1500m; and", "metres", "dimension"),
        ("200m people", "people", "count"),
        ("174 dead", "dead", "count"),
        ("500,000 rupees", "rupees", "money"),
        ("five US airstrikes", "US airstrikes", "count"),
        ("Twelve were wounded", "", "count"),
    ],
)
def test_the_unit_is_the_noun_counted(text, unit, kind):
    figure = find_figures(text).iloc[0]
    assert (figure.unit, figure.kind) == (unit, kind)


def test_no_word_stands_twice_and_lines_are_short():
    raw = (FOLDER / "words.toml").read_text(encoding="utf-8")
    classes = [words for topic in tomllib.loads(raw).values() for words in topic.values()]
    counts = Counter(word for words in classes for word in words.split())
    assert [word for word, count in counts.items() if count > 1] == []
    assert all(len(line) <= 120 for line in raw.splitlines())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_a_pattern_is_short_or_has_a_comment_on_each_line(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(call, ast.Call) and ast.unparse(call.func) == "re.compile"):
            continue
        pattern = call.args[0]
        parts = [part for part in ast.walk(pattern) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        written = "".join(part.value for part in parts)
        if len(call.args) > 1 and "VERBOSE" in ast.unparse(call.args[1]):
            assert all(re.search(r"#\s", line) for line in written.splitlines()), written
        else:
            assert len(written) <= 120, written
