"""The house rules, held by every notebook of the collection."""

import ast
import re

import nbformat
import pytest
from conftest import ROOT

PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: what typed prose may hold of digits: link targets, code spans, lists, article ids, dates, roads, notebook names
ALLOWED = [
    r"\]\([^)]*\)", r"`[^`]*`", r"(?m)^\d\. ", r"\b00[0-4]\b", r"\b0[0-7]-[a-z-]+",
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
    shown = [cell for cell in code(book) if "answer" in cell.metadata.get("tags", [])]
    assert len(shown) == 1
    assert book.cells[1].source == shown[0].outputs[0].text.strip()
    assert re.search(r"\d", book.cells[1].source)


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
        tree = ast.parse(cell.source)
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        assert not any(isinstance(node, kinds) for node in ast.walk(tree)), cell.source
        assert "filterwarnings" not in cell.source
        assert "pip install" not in cell.source


def test_prose_stands_before_code(book):
    preceded = [is_prose(book.cells[at - 1]) for at, cell in enumerate(book.cells) if cell.cell_type == "code"]
    assert sum(preceded) >= 0.85 * len(preceded), f"{sum(preceded)} of {len(preceded)}"
    assert sum(map(is_prose, book.cells)) >= len(code(book))


def test_every_chart_has_alt_text_and_its_sentence(book):
    for at, cell in enumerate(book.cells):
        for picture in pictures(cell):
            alt = picture.metadata["image/png"]["alt"]
            assert len(alt) > 80
            assert any(character.isdigit() for character in alt)
        if pictures(cell):
            assert any(is_prose(near) for near in book.cells[at : at + 2]), cell.source


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
    shown = [
        f"{path.stem}-{number:02d}.csv"
        for path in PATHS
        for number in range(
            1, 1 + sum("text/html" in o.get("data", {}) for c in code(nbformat.read(path, 4)) for o in c.outputs)
        )
    ]
    assert sorted(path.name for path in (ROOT / "tables").glob("*.csv")) == shown
    dictionary = (ROOT / "tables" / "README.md").read_text(encoding="utf-8")
    assert all(f"[{name}]({name})" in dictionary for name in shown)
