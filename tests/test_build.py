import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from helpers.__main__ import main
from helpers.publish import build


def notebook(folder, name, *cells, tags=()):
    """Write a notebook of a heading, an answer to be filled in, and code cells."""
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_markdown_cell(f"# Why {name}?"), nbformat.v4.new_markdown_cell("-")]
    book.cells[1].metadata["tags"] = ["answer"]
    book.cells += [nbformat.v4.new_code_cell(source) for source in cells]
    book.cells[-1].metadata["tags"] = list(tags)
    for number, cell in enumerate(book.cells):
        cell.id = f"c{number}"
    path = folder / f"{name}.ipynb"
    path.write_text(nbformat.writes(book))
    return path


def cells(path):
    return nbformat.read(path, 4).cells


@pytest.mark.slow
def test_answers_are_filled_in_and_a_rerun_changes_nothing(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    one = notebook(folder, "01-one", "x = 40", "print(f'It is {x + 2} | so.\\n\\nMore.')", tags=["answer"])
    index = notebook(folder, "00-index", "print('All.')", tags=["answer"])
    book = nbformat.read(index, 4)
    book.cells.append(nbformat.v4.new_markdown_cell("-", id="t", metadata={"tags": ["answers"]}))
    index.write_text(nbformat.writes(book))
    (tmp_path / "README.md").write_text("Before\n<!-- answers -->\nold\n<!-- /answers -->\nafter\n")
    said = []
    build.run(folder, said.append)
    assert cells(one)[1].source == "It is 42 | so.\n\nMore."
    assert [cell.execution_count for cell in cells(one)[2:]] == [1, 2]
    assert cells(index)[-1].source.splitlines()[-1] == "| Why 01-one? | It is 42 \\| so. | [01-one](01-one.ipynb) |"
    assert "[01-one](notebooks/01-one.ipynb) |\n<!-- /answers -->\nafter" in (tmp_path / "README.md").read_text()
    assert len(said) == 2
    stored = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    build.run(folder, said.append)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()} == stored
    assert build.check(folder, said.append) == []


@pytest.mark.slow
def test_check_names_notebook_cell_and_first_differing_line(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    path = notebook(folder, "01-one", "print('same'); print(open('value').read())")
    (folder / "value").write_text("1")
    build.run(folder, lambda _: None)
    before = path.read_bytes()
    (folder / "value").write_text("2")
    assert build.check(folder, lambda _: None) == ["notebooks/01-one.ipynb cell 3: stored '1', now '2'"]
    assert path.read_bytes() == before


def test_a_failing_cell_is_named_and_its_notebook_left_as_it_was(tmp_path, capsys):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    bad = notebook(folder, "01-bad", "x = 1", "x / 0")
    good = notebook(folder, "02-good", "print(1)")
    before = bad.read_bytes()
    assert main(["run", str(folder)]) == 1
    assert "notebooks/01-bad.ipynb, code cell 2: ZeroDivisionError: division by zero" in capsys.readouterr().err
    assert bad.read_bytes() == before
    assert cells(good)[2].outputs[0].text == "1\n"


def test_a_notebook_that_is_none_is_named(tmp_path, capsys):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "01-broken.ipynb").write_text("{")
    assert main(["run", str(folder)]) == 1
    assert "01-broken.ipynb: NotJSONError" in capsys.readouterr().err
    assert (folder / "01-broken.ipynb").read_text() == "{"


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_notebooks_is_said(tmp_path, capsys, name):
    (tmp_path / "empty").mkdir()
    assert main(["check", str(tmp_path / name)]) == 1
    told = {"missing": "there is no folder", "empty": "holds no notebook and no corpus.toml; name the folder"}
    assert told[name] in capsys.readouterr().err


def kernels(mark):
    """Give the processes whose environment holds a mark."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as environ, open(f"/proc/{pid}/cmdline", "rb") as line:
                if mark.encode() in environ.read() and b"ipykernel" in line.read():
                    found.append(pid)
        except OSError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_an_interrupt_leaves_notebooks_and_no_kernel(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    paths = [
        notebook(folder, f"0{n}-slow", "open('started', 'a').write('x')", "import time; time.sleep(60)")
        for n in (1, 2, 3)
    ]
    before = [path.read_bytes() for path in paths]
    mark = f"MARK={tmp_path.name}-{os.getpid()}"
    environ = {**os.environ, "MARK": mark.removeprefix("MARK=")}
    running = subprocess.Popen(
        [sys.executable, "-m", "helpers", "run", str(folder)], env=environ, stderr=subprocess.PIPE
    )
    for _ in range(300):
        if (folder / "started").exists() and len((folder / "started").read_text()) == 2:
            break
        time.sleep(0.1)
    assert len(kernels(mark)) == 2
    running.send_signal(signal.SIGINT)
    try:
        _, said = running.communicate(timeout=30)
    finally:
        running.kill()
        running.wait()
    assert running.returncode == 130
    assert b"interrupted" in said
    assert [path.read_bytes() for path in paths] == before
    for _ in range(50):
        if not kernels(mark):
            break
        time.sleep(0.1)
    assert kernels(mark) == []
    assert sorted(path.name for path in folder.iterdir()) == [
        "01-slow.ipynb",
        "02-slow.ipynb",
        "03-slow.ipynb",
        "started",
    ]


def test_stored_notebooks_are_plain_json_without_a_machine(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    path = notebook(folder, "01-one", "print(1)")
    build.run(folder, lambda _: None)
    stored = json.loads(path.read_text())
    assert stored["metadata"]["language_info"] == {"name": "python"}
    assert stored["cells"][2]["metadata"] == {"tags": []}


def test_a_sentence_that_no_longer_holds_is_refused_by_name(tmp_path):
    cell = nbformat.v4.new_code_cell("from helpers.say import say\nsay('All agree.', False)")
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Why?"), cell])
    nbformat.write(book, tmp_path / "01-one.ipynb")
    with pytest.raises(
        build.BuildError, match=r"01-one.ipynb, code cell 1: a sentence no longer holds, “All agree.”; write it anew"
    ):
        build.run(tmp_path, say=lambda line: None)
