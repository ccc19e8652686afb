"""Run the notebooks, fill in their opening answers, and compare a rerun with what is stored."""

from __future__ import annotations

import asyncio
import base64
import copy
import hashlib
import os
import platform
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from csv import reader
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

__all__ = ["BuildError", "check", "notebooks", "run", "tables"]

_AT_ONCE = 2
_INDEX = "00-index"
_README = re.compile(r"(?<=<!-- answers -->\n).*?(?=<!-- /answers -->)", re.DOTALL)
# the only machines on which the same picture is the same bytes
_PICTURES = sys.platform == "linux" and platform.machine() == "x86_64"
_SCRUB = re.compile(r"\x1b\[[0-9;]*m")


class BuildError(RuntimeError):
    """A notebook that could not be run; the message names notebook, cell and error."""


def notebooks(folder: Path) -> list[Path]:
    """List the notebooks of a folder by name.

    >>> [path.stem for path in notebooks(Path("notebooks"))][0]
    '00-index'
    """
    return sorted(folder.glob("[0-9]*.ipynb"))


def run(folder: Path, say: Callable[[str], None] = print) -> None:
    """Run all notebooks of a folder in place, then write the answers into the index and the README.

    Parameters
    ----------
    folder : the notebooks
    say : takes a line of progress

    Raises
    ------
    BuildError if a cell fails; the notebooks that ran whole are written, the others stay as they were
    KeyboardInterrupt if it is interrupted; no kernel is left behind
    """
    paths = notebooks(folder)
    failed: list[str] = []

    def done(path: Path, result: NotebookNode | str, seconds: float) -> None:
        if isinstance(result, str):
            failed.append(result)
            say(f"  {path.stem}  failed")
            return
        if path.stem != _INDEX:  # the index waits for the answers of the others
            _write(path, _stored(result))
        say(f"  {path.stem}  {seconds:.1f} s")

    ran = _run_all(paths, done)
    if failed:
        raise BuildError("\n".join(failed))
    _write_all(folder, _files(folder, ran))


def check(folder: Path, say: Callable[[str], None] = print) -> list[str]:
    """Run all notebooks without writing and list where they differ from what is stored.

    Parameters
    ----------
    folder : the notebooks
    say : takes a line of progress

    Returns
    -------
    a line for each notebook that differs: notebook, cell, first differing line, stored and now; pictures are
    compared on Linux x86-64 only

    Raises
    ------
    BuildError if a cell fails
    """
    ran = _ran(folder, say)
    files = _files(folder, ran)
    differences = [f"tables/{path.name} is shown by no notebook; make run removes it" for path in _stale(folder, files)]
    for path, content in files.items():
        name = path.relative_to(folder.parent).as_posix()
        stored = path.read_bytes() if path.exists() else b""
        if path.suffix == ".ipynb":
            difference = _first_difference(nbformat.reads(stored.decode(), 4), nbformat.reads(content.decode(), 4))
        elif path.suffix == ".png":
            difference = "the picture differs" if _PICTURES and stored != content else None
        else:
            before, after = ([*text.decode().splitlines(), "(nothing)"] for text in (stored, content))
            pairs = zip(before, after, strict=False)
            difference = next((f"stored {a!r}, now {b!r}" for a, b in pairs if a != b), None)
        if difference:
            differences.append(f"{name} {difference}")
    return differences


def tables(folder: Path, say: Callable[[str], None] = print) -> int:
    """Run all notebooks and write only the tables they show, as CSV files with a dictionary of their columns.

    Parameters
    ----------
    folder : the notebooks; the tables go to tables/ beside it
    say : takes a line of progress

    Returns
    -------
    number of tables

    Raises
    ------
    BuildError if a cell fails; nothing is written then
    """
    files = _tables(folder, _ran(folder, say))
    _write_all(folder, files)
    return len(files) - 1


def _ran(folder: Path, say: Callable[[str], None]) -> dict[Path, NotebookNode]:
    """Run all notebooks without writing one, or raise with all that failed."""
    failed: list[str] = []

    def done(path: Path, result: NotebookNode | str, seconds: float) -> None:
        if isinstance(result, str):
            failed.append(result)
        say(f"  {path.stem}  {'failed' if isinstance(result, str) else f'{seconds:.1f} s'}")

    ran = _run_all(notebooks(folder), done)
    if failed:
        raise BuildError("\n".join(failed))
    return ran


def _tables(folder: Path, ran: Mapping[Path, NotebookNode]) -> dict[Path, bytes]:
    """Give each table that a notebook shows as a CSV file, and the dictionary of them all."""
    target, files = folder.parent / "tables", {}
    lines = [
        "# Result tables", "", "Every table that a notebook shows, as CSV (UTF-8), numbers to ten digits. Written by `make run`.", "",
        "| file | what it holds | columns |", "|---|---|---|",
    ]  # fmt: skip
    for path, notebook in ran.items():
        held = [output.data["text/csv"] for _, cell in _code(notebook) for output in cell.outputs
                if "text/csv" in output.get("data", {})]  # fmt: skip
        for number, content in enumerate(held, 1):
            caption, _, csv = content.partition("\n")
            name = f"{path.stem}-{number:02d}.csv"
            files[target / name] = csv.encode()
            heads = next(reader([csv.partition("\n")[0]]), [])
            columns = ", ".join(f"`{head}`" if head else "(row)" for head in heads).replace("|", "\\|")
            lines.append(
                f"| [{name}]({name}) | {(caption or 'a table of ' + path.stem).replace('|', '/')} | {columns} |"
            )
    files[target / "README.md"] = ("\n".join(lines) + "\n").encode()
    return files


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


def _run_all(paths: list[Path], done: Callable[[Path, NotebookNode | str, float], None]) -> dict[Path, NotebookNode]:
    """Run notebooks, two at a time, in a thread of its own so that an interrupt can end the kernels first."""
    ran: dict[Path, NotebookNode] = {}
    running: list[NotebookClient] = []
    problems: list[Exception] = []
    stopping = threading.Event()

    async def one(path: Path, gate: asyncio.Semaphore, home: str) -> None:
        async with gate:
            if stopping.is_set():
                return
            begun = time.perf_counter()
            result = await _execute(path, home, running)
            if stopping.is_set():
                return
            if not isinstance(result, str):
                ran[path] = result
            done(path, result, time.perf_counter() - begun)

    async def everything() -> None:
        gate = asyncio.Semaphore(_AT_ONCE)
        with tempfile.TemporaryDirectory() as home:
            async with asyncio.TaskGroup() as group:
                for path in paths:
                    group.create_task(one(path, gate, home))

    def serve() -> None:
        try:
            asyncio.run(everything())
        except Exception as error:
            problems.append(error)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        thread.join()
    except KeyboardInterrupt:
        # a client that waits for its kernel may swallow a cancellation, but not the kernel's death
        stopping.set()
        while thread.is_alive():
            for client in running:
                process = getattr(getattr(client.km, "provisioner", None), "process", None)
                if process:
                    process.kill()
            thread.join(0.2)
        raise
    if problems:
        raise problems[0]
    return {path: ran[path] for path in paths if path in ran}


async def _execute(path: Path, home: str, running: list[NotebookClient]) -> NotebookNode | str:
    """Run one notebook in a fresh kernel; give it with its outputs made comparable, or say what failed."""
    # nothing of this machine's own settings reaches an output
    settings = {
        "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "IPYTHONDIR": home, "MATPLOTLIBRC": os.devnull,
        "PYDEVD_DISABLE_FILE_VALIDATION": "1", "NO_COLOR": "1", "TZ": "UTC",
    }  # fmt: skip
    try:
        notebook = nbformat.read(path, 4)
        client = NotebookClient(
            notebook, timeout=600, kernel_name="python3", record_timing=False, coalesce_streams=True,
            extra_arguments=["--log-level=40"], shutdown_kernel="immediate",
            resources={"metadata": {"path": str(path.parent)}},
        )  # fmt: skip
        running.append(client)
        await client.async_execute(env={**os.environ, **settings})
    except CellExecutionError:
        number, error = next((n, o) for n, cell in _code(notebook) for o in cell.outputs if o.output_type == "error")
        return f"{path.parent.name}/{path.name}, code cell {number}: {error.ename}: {_SCRUB.sub('', error.evalue)}"
    except Exception as error:
        return f"{path.parent.name}/{path.name}: {type(error).__name__}: {error}"
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for _, cell in _code(notebook):
        cell.metadata = {key: value for key, value in cell.metadata.items() if key == "tags"}
    answer = _answer(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and "answer" in cell.metadata.get("tags", []) and answer:
            cell.source = answer
    return notebook


def _code(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Number the code cells, from 1, as a reader sees them numbered."""
    return enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), 1)


def _answer(notebook: NotebookNode) -> str:
    """Give the text that the code cell tagged `answer` shows."""
    for _, cell in _code(notebook):
        if "answer" in cell.metadata.get("tags", []):
            return "".join(
                output.get("text") or output.get("data", {}).get("text/markdown", "") for output in cell.outputs
            ).strip()
    return ""


def _files(folder: Path, ran: Mapping[Path, NotebookNode]) -> dict[Path, bytes]:
    """Give every file a run writes: the notebooks, the picture tagged for the README, the README with the answers."""
    rows = ["| question | answer in short | notebook |", "|---|---|---|"]
    for path, notebook in ran.items():
        question = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
        first = _answer(notebook).split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
        if path.stem != _INDEX:
            rows.append(f"| {question} | {first} | [{path.stem}]({{to}}{path.name}) |")
    table = "\n".join(rows)
    files = {}
    for path, notebook in ran.items():
        for cell in notebook.cells:
            if cell.cell_type == "markdown" and "answers" in cell.metadata.get("tags", []):
                cell.source = table.replace("{to}", "")
            picture = next(
                (output for output in cell.get("outputs", []) if "image/png" in output.get("data", {})), None
            )
            if picture and "picture" in cell.metadata.get("tags", []):
                files[folder / "picture.png"] = base64.b64decode(picture.data["image/png"])
        files[path] = _stored(notebook)
    files |= _tables(folder, ran)
    readme = folder.parent / "README.md"
    if readme.is_file() and any(path.stem == _INDEX for path in ran):
        linked = table.replace("{to}", f"{folder.name}/") + "\n"
        files[readme] = _README.sub(lambda _: linked, readme.read_text(encoding="utf-8")).encode()
    return files


def _stored(notebook: NotebookNode) -> bytes:
    """Give a notebook as the bytes of its file, without the raw values of its tables, which go to tables/."""
    kept = copy.deepcopy(notebook)
    for _, cell in _code(kept):
        for output in cell.outputs:
            output.get("data", {}).pop("text/csv", None)
    return (nbformat.writes(kept) + "\n").encode()


def _write(path: Path, content: bytes) -> None:
    """Put a file in its place at once, or not at all."""
    held = path.with_name(f".{path.name}.part")
    try:
        held.write_bytes(content)
        held.replace(path)
    finally:
        held.unlink(missing_ok=True)


def _first_difference(stored: NotebookNode, now: NotebookNode) -> str | None:
    """Say where two runs of a notebook first differ."""
    for number, (old, new) in enumerate(zip(stored.cells, now.cells, strict=False), 1):
        before, after = _lines(old), _lines(new)
        for a, b in zip([*before, "(nothing)"], [*after, "(nothing)"], strict=False):
            if a != b:
                return f"cell {number}: stored {a!r}, now {b!r}"
        if len(before) != len(after):
            return f"cell {number}: stored {len(before)} lines, now {len(after)}"
    return None


def _lines(cell: NotebookNode) -> list[str]:
    """Give what a cell shows as lines; a picture as its alt text and, where pictures are claimed, its digest."""
    lines = cell.source.splitlines()
    for output in cell.get("outputs", []):
        lines += output.get("text", "").splitlines()
        for kind, content in sorted(output.get("data", {}).items()):
            if kind != "image/png":
                lines += str(content).splitlines()
            elif _PICTURES:
                lines.append(f"picture {hashlib.sha256(content.encode()).hexdigest()[:16]}")
    return lines + ([f"cell number {cell.execution_count}"] if cell.cell_type == "code" else [])
