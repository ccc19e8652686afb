"""Run the notebooks, fill in their opening answers, and compare a rerun with what is stored.

Wherever a function takes `say`, it is called with each line of progress.
"""

import asyncio
import base64
import concurrent.futures
import copy
import csv
import hashlib
import itertools
import json
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from helpers.evidence import slug
from helpers.publish import BuildError
from helpers.say import BROKEN

__all__ = ["BuildError", "check", "notebooks", "run", "tables"]

_AT_ONCE = 2
_INDEX = "00-index"
_README = re.compile(r"(?<=<!-- answers -->\n).*?(?=<!-- /answers -->)", re.DOTALL)
# the only machines on which the same picture is the same bytes
_PICTURES = sys.platform == "linux" and platform.machine() == "x86_64"
_SCRUB = re.compile(r"\x1b\[[0-9;]*m")
_BROKEN = re.compile(BROKEN + "[^“]*(“[^”]{,300})")
_OPTIONS: dict[str, Any] = {"timeout": 600, "kernel_name": "python3", "record_timing": False, "coalesce_streams": True}
_OPTIONS |= {"extra_arguments": ["--log-level=40"], "shutdown_kernel": "immediate"}
# nothing of this machine's own settings reaches an output
_SETTINGS = {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "MATPLOTLIBRC": os.devnull, "NO_COLOR": "1", "TZ": "UTC"}
_SETTINGS |= {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def notebooks(folder: Path) -> list[Path]:
    """List the notebooks of a folder by name.

    >>> [path.stem for path in notebooks(Path("notebooks"))][0]
    '00-index'
    """
    return sorted(folder.glob("[0-9]*.ipynb"))


def run(folder: Path, say: Callable[[str], None] = print) -> None:
    """Run all notebooks of a folder in place, then write the answers into the index and the README.

    A BuildError tells which cells failed; the notebooks that ran whole are written, the others stay as they were.
    Interrupted, it leaves no kernel behind.
    """
    _write_all(folder, _files(folder, _run_all(folder, say, write=True)))


def check(folder: Path, say: Callable[[str], None] = print) -> list[str]:
    """Run all notebooks without writing and list where they differ from what is stored, as `run` raising BuildError.

    Gives a line for each file that differs: its name, cell, first differing line, stored and now. Pictures are compared
    on Linux x86-64 only.
    """
    files = _files(folder, _run_all(folder, say))
    differences = [f"tables/{path.name} is shown by no notebook; make run removes it" for path in _stale(folder, files)]
    told = {path.relative_to(folder.parent).as_posix(): _difference(path, content) for path, content in files.items()}
    return [*differences, *(f"{name} {difference}" for name, difference in told.items() if difference)]


def tables(folder: Path, say: Callable[[str], None] = print) -> int:
    """Run all notebooks and write only the tables they show, to tables/ beside the folder; give their number.

    Each is a CSV file, and a dictionary tells their columns; a BuildError leaves all as it was.
    """
    files = _tables(folder, _run_all(folder, say))
    _write_all(folder, files)
    return len(files) - 2


def _run_all(folder: Path, say: Callable[[str], None], write: bool = False) -> dict[Path, NotebookNode]:
    """Run all notebooks, two at a time; write each that ran whole where asked to, but raise with all that failed."""
    paths, running, ran, failed = notebooks(folder), list[NotebookClient](), {}, []
    with tempfile.TemporaryDirectory() as home, concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as pool:
        # the largest first: it takes longest, and the others fit in beside it
        longest = sorted(paths, key=lambda path: path.stat().st_size, reverse=True)
        tasks = {pool.submit(_execute, path, home, running): path for path in longest}
        try:
            for task in concurrent.futures.as_completed(tasks):
                path = tasks[task]
                try:
                    ran[path], seconds = task.result()
                except BuildError as error:
                    failed.append(str(error))
                    say(f"  {path.stem}  failed")
                    continue
                if write and path.stem != _INDEX:  # the index waits for the answers of the others
                    _write(path, _stored(ran[path]))
                say(f"  {path.stem}  {seconds:.1f} s")
        except BaseException:  # an interrupt, say: a thread that waits for its kernel goes on until the kernel dies
            pool.shutdown(wait=False, cancel_futures=True)
            while not all(task.done() for task in tasks):
                time.sleep(0.2)
                for client in running:
                    if process := getattr(getattr(client.km, "provisioner", None), "process", None):
                        process.kill()
            raise
    if failed:
        raise BuildError("\n".join(failed))
    return {path: ran[path] for path in paths}


def _execute(path: Path, home: str, running: list[NotebookClient]) -> tuple[NotebookNode, float]:
    """Run one notebook in a fresh kernel; give it with its outputs made comparable, and the seconds it took."""
    begun, where = time.perf_counter(), f"{path.parent.name}/{path.name}"
    try:
        notebook = nbformat.read(path, 4)
        client = NotebookClient(notebook, **_OPTIONS, resources={"metadata": {"path": str(path.parent)}})
        running.append(client)
        asyncio.run(client.async_execute(env={**os.environ, **_SETTINGS, "IPYTHONDIR": home}))
    except CellExecutionError:
        number, error = next((n, o) for n, cell in _code(notebook) for o in cell.outputs if o.output_type == "error")
        told = f"{error.ename}: {_SCRUB.sub('', error.evalue)}"
        raise BuildError(f"{where}, code cell {number}: {told}") from None
    except Exception as error:
        raise BuildError(f"{where}: {type(error).__name__}: {error}") from error
    for number, cell in _code(notebook):
        if broken := _BROKEN.search(str(cell.outputs)):
            told = f"a sentence no longer holds, {broken[1]}”; write it anew"
            raise BuildError(f"{where}, code cell {number}: {told}")
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    answer = _answer(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata = {key: value for key, value in cell.metadata.items() if key == "tags"}
        elif answer and cell.cell_type == "markdown" and _tagged(cell, "answer"):
            cell.source = answer
    return notebook, time.perf_counter() - begun


def _code(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Number the code cells, from 1, as a reader sees them numbered."""
    return enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), 1)


def _tagged(cell: NotebookNode, tag: str) -> bool:
    """Say whether a cell bears a tag."""
    return tag in cell.metadata.get("tags", [])


def _shown(cell: NotebookNode, kind: str) -> list[str]:
    """Give what a cell shows in one form."""
    return [output.data[kind] for output in cell.get("outputs", []) if kind in output.get("data", {})]


def _answer(notebook: NotebookNode) -> str:
    """Give the text that the code cell tagged `answer` shows."""
    outputs = [output for _, cell in _code(notebook) if _tagged(cell, "answer") for output in cell.outputs]
    return "".join(o.get("text") or o.get("data", {}).get("text/markdown", "") for o in outputs).strip()


def _files(folder: Path, ran: Mapping[Path, NotebookNode]) -> dict[Path, bytes]:
    """Give every file a run writes: the notebooks, the picture tagged for the README, the README with the answers."""
    table, files = "| question | answer in short | notebook |\n|---|---|---|", dict[Path, bytes]()
    for path, notebook in ran.items():
        question = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
        first = _answer(notebook).split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
        if path.stem != _INDEX:
            table += f"\n| {question} | {first} | [{path.stem}]({{to}}{path.name}) |"
    for path, notebook in ran.items():
        for cell in notebook.cells:
            if cell.cell_type == "markdown" and _tagged(cell, "answers"):
                cell.source = table.replace("{to}", "")
            if _tagged(cell, "picture") and (pictures := _shown(cell, "image/png")):
                files[folder / "picture.png"] = base64.b64decode(pictures[0])
        files[path] = _stored(notebook)
    files |= _tables(folder, ran)
    readme = folder.parent / "README.md"
    if readme.is_file() and any(path.stem == _INDEX for path in ran):
        linked = table.replace("{to}", f"{folder.name}/") + "\n"
        files[readme] = _README.sub(lambda _: linked, readme.read_text(encoding="utf-8")).encode()
    return files


def _tables(folder: Path, ran: Mapping[Path, NotebookNode]) -> dict[Path, bytes]:
    """Give each table that a notebook shows as a CSV file, and the dictionary of them all."""
    target, files, packed = folder.parent / "tables", {}, []
    listed = """# Result tables

Every table that a notebook shows, as CSV (UTF-8), numbers to ten digits, described in `datapackage.json`.
Written by `make run`.

| file | what it holds | columns |
|---|---|---|
"""
    for path, notebook in ran.items():
        for content in (content for cell in notebook.cells for content in _shown(cell, "text/csv")):
            caption, _, values = content.partition("\n")
            name = f"{slug(caption)}.csv"
            if not caption or target / name in files:
                raise BuildError(f"{path.name}: the caption {caption!r} names no table of its own; write another")
            files[target / name] = values.encode()
            heads = next(csv.reader([values.partition("\n")[0]]), [])
            columns = ", ".join(f"`{head}`" if head else "(row)" for head in heads).replace("|", "\\|")
            listed += f"| [{name}]({name}) | {caption.replace('|', '/')} ({path.stem}) | {columns} |\n"
            fields = [{"name": head or "row"} for head in heads]
            packed.append({"name": name[:-4], "path": name, "title": caption, "schema": {"fields": fields}})
    files[target / "README.md"] = listed.encode()
    package = {"name": "tables", "licenses": [{"name": "CC-BY-4.0"}], "resources": packed}
    files[target / "datapackage.json"] = (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode()
    return files


def _stored(notebook: NotebookNode) -> bytes:
    """Give a notebook as the bytes of its file, without the values of its tables, which go to tables/."""
    kept = copy.deepcopy(notebook)
    for _, cell in _code(kept):
        if _tagged(cell, "answer"):  # it stands at the top
            cell.outputs = []
        for output in cell.outputs:
            output.get("data", {}).pop("text/csv", None)
    return (nbformat.writes(kept) + "\n").encode()


def _write_all(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Write files, and remove tables that no notebook shows any more."""
    (folder.parent / "tables").mkdir(exist_ok=True)
    for path, content in files.items():
        _write(path, content)
    for stale in _stale(folder, files):
        stale.unlink()


def _stale(folder: Path, files: Mapping[Path, bytes]) -> list[Path]:
    """List the tables that no notebook shows any more."""
    return sorted(path for path in (folder.parent / "tables").glob("*.csv") if path not in files)


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place at once, or not at all."""
    held = path.with_name(f".{path.name}.part")
    try:
        held.write_bytes(content)
        held.replace(path)
    finally:
        held.unlink(missing_ok=True)


def _difference(path: Path, content: bytes) -> str | None:
    """Say where a file and what a run gives for it first differ."""
    stored = path.read_bytes() if path.exists() else b""
    for (place, before), (_, after) in zip(_read(path, stored), _read(path, content), strict=False):
        for a, b in itertools.zip_longest(before, after, fillvalue="(nothing)"):
            if a != b:
                return f"{place}stored {a!r}, now {b!r}"
    return None


def _read(path: Path, content: bytes) -> Iterator[tuple[str, list[str]]]:
    """Give what a file shows as lines, a notebook cell by cell, each with its place."""
    if path.suffix != ".ipynb":
        yield "", _picture(content) if path.suffix == ".png" else content.decode().splitlines()
        return
    for number, cell in enumerate(nbformat.reads(content.decode(), 4).cells, 1):
        lines = cell.source.splitlines()
        for output in cell.get("outputs", []):
            lines += output.get("text", "").splitlines()
            for kind, shown in sorted(output.get("data", {}).items()):
                lines += _picture(shown.encode()) if kind == "image/png" else str(shown).splitlines()
        yield f"cell {number}: ", [*lines, f"cell number {cell.get('execution_count')}"]


def _picture(content: bytes) -> list[str]:
    """Give the digest of a picture, where pictures are claimed."""
    return [f"picture {hashlib.sha256(content).hexdigest()[:16]}"] * _PICTURES
