"""The house rules, held by every notebook of the collection."""

import ast
import itertools
import json
import re
import statistics

import nbformat
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT

PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: what typed prose may hold of digits: link targets, code spans, lists, article ids, dates, roads, notebook names
ALLOWED = [
    r"\]\([^)]*\)", r"`[^`]*`", r"(?m)^\d\. ", r"\b00[0-4]\b", r"\b0[0-8]-[a-z-]+",
    r"\b\d{1,2}(?: and \d{1,2})? (?:December|January|February)(?: 20\d\d)?", r"\b(?:December|January|February) 20\d\d",
    r"\b(?:19|20)\d\d\b", r"\bM[45]\b", r"\([A-Z][a-z]+(?: et al\.)?,? \d{4}\)",
]  # fmt: skip


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def book(path):
    return nbformat.read(path, 4)


def code(book):
    return [cell for cell in book.cells if cell.cell_type == "code"]


def typed(book):
    """Give the Markdown cells that a person wrote, without those the build fills in."""
    return [
        c
        for c in book.cells
        if c.cell_type == "markdown" and not {"answer", "answers"} & set(c.metadata.get("tags", []))
    ]


def pictures(cell):
    return [output for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]


def is_prose(cell):
    outputs = cell.get("outputs", [])
    return cell.cell_type == "markdown" or any("text/markdown" in output.get("data", {}) for output in outputs)


def test_there_are_notebooks():
    assert [path.stem[:2] for path in PATHS][:2] == ["00", "01"]


def test_one_heading_that_is_a_question_then_the_answer_before_any_code(book):
    headings = [
        line
        for cell in book.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("# ")
    ]
    assert len(headings) == 1
    assert book.cells[0].source == headings[0]
    assert headings[0].endswith("?")
    assert book.cells[1].metadata["tags"] == ["answer"]
    assert 10 <= len(book.cells[1].source.split()) <= 60
    shown = [cell for cell in code(book) if "answer" in cell.metadata.get("tags", [])]
    assert [cell.outputs for cell in shown] == [[]], "the answer stands at the top, once"


def test_cells_are_numbered_from_one(book):
    assert [cell.execution_count for cell in code(book)] == list(range(1, len(code(book)) + 1))
    assert len({cell.id for cell in book.cells}) == len(book.cells)


def test_no_warning_error_or_path_of_a_machine_is_stored(path, book):
    for cell in code(book):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
            assert "Warning" not in str(output.get("text", "")) + str(output.get("data", {}).get("text/plain", ""))
    assert not re.search(
        r"(?<![\w.~])/(?:home|Users|root|tmp|work|opt|mnt)/|[A-Z]:\\\\", path.read_text(encoding="utf-8")
    )


def test_code_is_short_and_defines_nothing(book):
    for cell in code(book):
        assert len(cell.source.splitlines()) <= 12, cell.source
        assert max(map(len, cell.source.splitlines())) <= 100, cell.source
        tree = ast.parse(cell.source)
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        assert not any(isinstance(node, kinds) for node in ast.walk(tree)), cell.source
        assert "filterwarnings" not in cell.source
        assert "pip install" not in cell.source


def test_no_sentence_is_glued_from_conditionals(book):
    for cell in code(book):
        for node in ast.walk(ast.parse(cell.source)):
            branches = [node.body, node.orelse] if isinstance(node, ast.IfExp) else []
            words = [branch.value for branch in branches if isinstance(branch, ast.Constant)]
            assert not any(re.search("[a-z]", str(word)) for word in words), cell.source


def shown(book):
    """Give the cells of which a reader of the page sees something."""
    return [cell for cell in book.cells if cell.cell_type == "markdown" or cell.outputs]


def test_prose_stands_before_what_is_shown(book):
    cells = shown(book)
    preceded = [is_prose(before) for before, cell in itertools.pairwise(cells) if not is_prose(cell)]
    assert sum(preceded) >= 0.85 * len(preceded), f"{sum(preceded)} of {len(preceded)}"
    assert sum(map(is_prose, cells)) >= len(preceded)


def test_next_leads_to_the_next_notebook(path, book):
    after = [*(each.name for each in PATHS), PATHS[0].name][PATHS.index(path) + 1]
    links = re.findall(r"(?:Next|Back to)[^\n]*\]\((\S+\.ipynb)\)", book.cells[-1].source)
    assert links == [after] or path == PATHS[0]


def test_each_page_says_what_would_change_its_answer(path, book):
    heads = [cell.source.splitlines()[0] for cell in typed(book) if cell.source.startswith("## ")]
    assert "## What would change this answer" in heads or path == PATHS[0]


def test_the_cells_are_short_in_the_middle():
    sizes = [cell.source for path in PATHS for cell in code(nbformat.read(path, 4))]
    plain = [re.sub(r'say\(""".*?"""', "say(", source, flags=re.DOTALL) for source in sizes]
    assert statistics.median(map(len, plain)) <= 180
    assert statistics.median(len(source.splitlines()) for source in sizes) <= 4


def test_the_index_and_the_pages_count_the_same():
    shown = {path.stem[:2]: path.read_text(encoding="utf-8") for path in PATHS}
    index = nbformat.read(PATHS[0], 4).cells[1].source
    pairs, agree, torn = map(int, re.search(r"Of (\d+) comparisons .* (\d+) agree and (\d+) conflict", index).groups())
    assert f"Of {pairs} comparisons between articles {agree} agree and {torn} are in conflict" in shown["06"]
    regime = re.search(r"is named \d+ times, (\d+) times by Syria Weekly", shown["02"]).group(1)
    assert f"“regime” {regime} times in its own voice" in shown["00"].replace("\\u201c", "“")


def test_every_chart_has_alt_text_and_its_sentence(book):
    for cell, after in itertools.pairwise(shown(book)):
        for picture in pictures(cell):
            alt = picture.metadata["image/png"]["alt"]
            assert len(alt) > 80
            assert any(character.isdigit() for character in alt)
        if pictures(cell):
            assert is_prose(cell) or is_prose(after), cell.source


def test_no_digit_is_typed_into_prose(book):
    for cell in typed(book):
        rest = cell.source
        for pattern in ALLOWED:
            rest = re.sub(pattern, "", rest)
        assert not re.search(r"\d", rest), f"{re.search('.{0,40}[0-9].{0,40}', rest)}"


def test_links_between_files_resolve(path, book):
    for cell in book.cells:
        if cell.cell_type == "markdown":
            for target in re.findall(r"\]\(([^)#]+)[^)]*\)", cell.source):
                assert target.startswith("http") or (path.parent / target).exists(), target


def test_a_notebook_is_light(path):
    assert path.stat().st_size < 1_000_000


def test_the_index_and_the_readme_say_what_each_notebook_answers():
    index = nbformat.read(ROOT / "notebooks" / "00-index.ipynb", 4)
    table = next(c.source for c in index.cells if "answers" in c.metadata.get("tags", []))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = 0
    for path in PATHS[1:]:
        book = nbformat.read(path, 4)
        answer = book.cells[1].source.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
        question = book.cells[0].source.removeprefix("# ")
        assert f"| {question} | {answer} | [{path.stem}]({path.name}) |" in table
        assert f"| {question} | {answer} | [{path.stem}](notebooks/{path.name}) |" in readme
        rows += 1
    assert table.count("\n") == rows + 1


def test_every_table_shown_stands_in_tables_and_nothing_else_does():
    outputs = [o.get("data", {}) for path in PATHS for c in code(nbformat.read(path, 4)) for o in c.outputs]
    captions = [BeautifulSoup(o["text/html"], "html.parser").caption.text for o in outputs if "text/html" in o]
    dictionary = (ROOT / "tables" / "README.md").read_text(encoding="utf-8")
    package = json.loads((ROOT / "tables" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert [table["title"] for table in package] == captions
    assert sorted(path.name for path in (ROOT / "tables").glob("*.csv")) == sorted(table["path"] for table in package)
    assert all(f"[{table['path']}]({table['path']}) | {table['title']}" in dictionary for table in package)
    assert not any(re.search(r"\d", table["name"]) for table in package)
