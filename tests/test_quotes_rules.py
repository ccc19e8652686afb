"""The rules for quotations: each example does what it says, no word twice, short patterns, time in step with length."""

import ast
import math
import re
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import quotes
from helpers.quotes import find_quotes
from helpers.quotes.signs import RULES, pattern

FOLDER = Path(quotes.__file__).parent
EXAMPLES = [pytest.param(rule.example, id=f"{kind}: {rule.name}") for kind, rules in RULES.items() for rule in rules]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_rule_attributes_what_its_example_holds_in_brackets(example):
    found = find_quotes(re.sub(r"[\[\]]", "", example))
    kind = "reported" if "[" in example else "direct"
    assert found[found.kind == kind].text.tolist() == re.findall(r"\[(.*?)\]", example)


def test_no_word_stands_twice_in_a_table():
    for topic, classes in tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8")).items():
        words = Counter(word for listed in classes.values() for word in listed.split())
        assert [word for word, count in words.items() if count > 1] == [], topic


def compiled(path):
    """Give the sources of the regular expressions of a module, and whether a comment may stand in them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func) == "re.compile"
            and len(node.args)
            and path.stem != "signs"
        ):
            yield ast.literal_eval(node.args[0]), "re.VERBOSE" in ast.unparse(node)


def test_a_regular_expression_is_short_or_commented():
    sources = [found for path in [*FOLDER.glob("*.py"), FOLDER.parent / "tokens.py"] for found in compiled(path)]
    assert len(sources) > 4
    assert [source for source, verbose in sources if not verbose and len(source) > 120] == []
    assert all("#" in source for source, verbose in sources if verbose)


@pytest.mark.parametrize("name", ["words.toml", "rules.toml"])
def test_tables_have_no_long_line(name):
    assert max(map(len, (FOLDER / name).read_text(encoding="utf-8").splitlines())) <= 120


def test_a_pattern_knows_words_forms_and_classes():
    from helpers.quotes.signs import sign

    signs = "".join(map(sign, "The old Mayor said that 30 men left".split()))
    assert pattern("the LOW (CAP) SAY that NUM").match(signs).span(1) == (2, 3)
    assert not pattern("[^ the a]").match(signs)


RUNS = [
    "1,000,000,…", ", said ", "and said ", "said Sara Haddad, ", "called the “x” ", '"a ', "‘ab’ ",
    "the “good” man and ", "1,1,", "1-1-", "“x” he said ", "according to the ", "Sara Haddad ", "who ", "'a ",
]  # fmt: skip


def seconds(text):
    """Measure how long a text takes, the best of three."""
    best = math.inf
    for _ in range(3):
        begin = time.process_time()
        find_quotes(text)
        best = min(best, time.process_time() - begin)
    return best


@pytest.mark.slow
@pytest.mark.parametrize("run", RUNS)
def test_time_grows_with_length(run):
    short, long = (seconds((run * (size // len(run) + 1))[:size]) for size in (2_000, 50_000))
    assert math.log(long / short) / math.log(25) <= 1.2


HOSTILE = st.sampled_from(
    ["İ", "ﬁ", "ß", "\u0300", "\ufffc", "“", "”", '"', "'", "’", "\n", " ", ".", "-", "Mr.", "U.S.", "said", "5"]
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(HOSTILE, max_size=24).map("".join))
def test_no_hostile_text_raises_and_offsets_are_exact(text):
    for quote in find_quotes(text).itertuples():
        assert text[quote.start : quote.end] == quote.text
