"""Render the notebooks as pages that need nothing but their own folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from helpers.build import notebooks

__all__ = ["build"]

_TEMPLATES = Path(__file__).parent / "templates"
_NAME = "One town, five accounts"
# Markdown files that the notebooks link to, and the pages they become
_PAPERS = {"seeds/README.md": "data-card.html", "seeds/coding/CODEBOOK.md": "codebook.html"}
_LINK = re.compile(r'(?<=href=")(?![a-z]+:|#)([^"#]*)')


def build(folder: Path, target: Path) -> int:
    """Render every notebook of a folder, and the papers beside it, to a folder of pages.

    Parameters
    ----------
    folder : the notebooks
    target : where the pages go; what an earlier build left there is replaced

    Returns
    -------
    number of pages
    """
    exporter = HTMLExporter(
        template_name="page", extra_template_basedirs=[str(_TEMPLATES)], exclude_anchor_links=True,
    )  # fmt: skip
    sources = {path: nbformat.read(path, 4) for path in notebooks(folder)}
    menu = [{"file": _page(path.name), "name": path.stem.replace("-", " ", 1)} for path in sources]
    for paper, page in _PAPERS.items():
        path = folder.parent / paper
        if path.is_file():
            cell = nbformat.v4.new_markdown_cell(path.read_text(encoding="utf-8"))
            sources[path] = nbformat.v4.new_notebook(cells=[cell])
            menu.append({"file": page, "name": page.removesuffix(".html").replace("-", " ")})
    pages = {}
    for number, (source, entry) in enumerate(zip(sources.values(), menu, strict=True)):
        shown = {
            "site": _NAME, "title": _title(source), "file": entry["file"], "menu": menu,
            "previous": menu[number - 1] if number else None,
            "next": menu[number + 1] if number + 1 < len(menu) else None,
            "has_code": any(cell.cell_type == "code" for cell in source.cells),
        }  # fmt: skip
        html, _ = exporter.from_notebook_node(source, resources={"page": shown})
        pages[entry["file"]] = _LINK.sub(lambda match: _page(match.group()), html)
    if target.exists():
        shutil.rmtree(target)
    target.mkdir()
    for name in ("page.css", "page.js"):
        shutil.copyfile(_TEMPLATES / name, target / name)
    for name, html in pages.items():
        (target / name).write_text(html, encoding="utf-8")
    return len(pages)


def _page(link: str) -> str:
    """Give the page that a link to a notebook or a paper leads to."""
    bare = re.sub(r"^(\.\./)+", "", link)
    for paper, page in _PAPERS.items():
        if bare and f"/{paper}".endswith(f"/{bare}"):
            return page
    return re.sub(r"([^/]+)\.ipynb$", lambda m: "index.html" if m[1] == "00-index" else f"{m[1]}.html", link)


def _title(notebook: NotebookNode) -> str:
    """Give the first heading of a notebook."""
    for cell in notebook.cells:
        for line in cell.source.splitlines():
            if cell.cell_type == "markdown" and line.startswith("# "):
                return line.removeprefix("# ")
    return _NAME
