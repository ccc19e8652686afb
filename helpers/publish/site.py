"""Render the notebooks, the papers and the articles as pages that need nothing but their own folder."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import nbformat
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from helpers.corpus import Corpus, load_corpus
from helpers.evidence import untwisted
from helpers.publish.articles import LAYERS, layers, marked
from helpers.publish.build import notebooks

__all__ = ["build"]

_TEMPLATES = Path(__file__).parent / "templates"
_NAME = "One town, five accounts"
# Markdown files that the notebooks link to, and the pages they become
_PAPERS = {
    "seeds/README.md": "data-card.html",
    "seeds/coding/CODEBOOK.md": "codebook.html",
    "tables/README.md": "tables.html",
}
_LINK = re.compile(r'(?<=href=")[^"]*')
_PROSE = re.compile(r'<section class="prose.*?</section>', re.DOTALL)
_AT = re.compile(r'<td data-at="([\w-]+) (\d+) (\d+)">(.*?)<mark>(.*?)</mark>', re.DOTALL)
_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
# no HTML is written into this project's Markdown, so what looks like a tag came with a text
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def build(folder: Path, target: Path, corpus: Path | None = None) -> int:
    """Render every notebook of a folder, the papers beside it, and a page for each article, to a folder of pages.

    Parameters
    ----------
    folder : the notebooks
    target : where the pages go; what an earlier build left there is replaced
    corpus : folder of the articles; by default seeds/ beside `folder`, where there is one

    Returns
    -------
    number of pages
    """
    exporter = HTMLExporter(
        template_name="page", extra_template_basedirs=[str(_TEMPLATES)], exclude_anchor_links=True,
        filters={"plain": lambda text: _TAG.sub("&lt;", untwisted(text)), "untwisted": untwisted},
    )  # fmt: skip
    sources = {path: nbformat.read(path, 4) for path in notebooks(folder)}
    menu = [{"file": _page(path.name), "name": path.stem.replace("-", " ", 1)} for path in sources]
    for paper, page in _PAPERS.items():
        path = folder.parent / paper
        if path.is_file():
            cell = nbformat.v4.new_markdown_cell(path.read_text(encoding="utf-8"))
            sources[path] = nbformat.v4.new_notebook(cells=[cell])
            menu.append({"file": page, "name": page.removesuffix(".html").replace("-", " ")})
    # the corpus of the collection first, then those that lie beside the notebooks as exercises
    places = [corpus or folder.parent / "seeds", *sorted(folder.glob("*/"))]
    corpora = [load_corpus(place.resolve()) for place in places if (place / "corpus.toml").is_file()]
    articles = corpora[0] if corpora else None
    texts = (
        [{"file": f"article-{doc}.html", "name": articles.articles.label[doc]} for doc in articles.texts]
        if articles
        else []
    )
    pages, found = {}, []
    for number, (source, entry) in enumerate(zip(sources.values(), menu, strict=True)):
        shown = {
            "site": articles.title if corpus and articles else _NAME, "title": _title(source), "file": entry["file"],
            "menu": menu, "texts": texts,
            "previous": menu[number - 1] if number else None,
            "next": menu[number + 1] if number + 1 < len(menu) else None,
            "has_code": any(cell.cell_type == "code" for cell in source.cells),
        }  # fmt: skip
        page, _ = exporter.from_notebook_node(source, resources={"page": shown})
        page = _PROSE.sub(lambda match: match.group().replace("<table>", '<table tabindex="0">'), page)
        pages[entry["file"]] = _AT.sub(_there, _contents(_LINK.sub(_linked, page)))
        found += list(_sections(source, entry["file"]))
    for one in corpora:
        pages |= _article_pages(one, pages, menu, texts, one.title if corpus else _NAME)
        found += list(_sentences(one))
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    for name in ("page.css", "page.js"):
        shutil.copyfile(_TEMPLATES / name, target / name)
    if "tables.html" in pages:
        for path in sorted((folder.parent / "tables").glob("*.csv")):
            shutil.copyfile(path, target / path.name)
    index = json.dumps(found, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    (target / "search.js").write_text(f"const SEARCH={index};\n", encoding="utf-8")
    for name, content in pages.items():
        (target / name).write_text(content, encoding="utf-8")
    return len(pages)


def _linked(match: re.Match[str]) -> str:
    """Lead a link to the page of its notebook or paper; one that is neither that nor an address on the web leads nowhere."""
    link, _, part = match.group().partition("#")
    if re.match(r"https?://", link):
        return match.group()
    if link and not re.fullmatch(r"[\w./-]+", link):
        return "#"
    return (_page(link) if link else "") + (f"#{part}" if part else "")


def _page(link: str) -> str:
    """Give the page that a link to a notebook or a paper leads to."""
    bare = re.sub(r"^(\.\./)+", "", link)
    for paper, page in _PAPERS.items():
        if bare and f"/{paper}".endswith(f"/{bare}") and not (bare == "README.md" and paper != "seeds/README.md"):
            return page
    return re.sub(r"([^/]+)\.ipynb$", lambda m: "index.html" if m[1].startswith("00-") else f"{m[1]}.html", link)


def _title(notebook: NotebookNode) -> str:
    """Give the first heading of a notebook."""
    for cell in notebook.cells:
        for line in cell.source.splitlines():
            if cell.cell_type == "markdown" and line.startswith("# "):
                return line.removeprefix("# ")
    return _NAME


def _there(match: re.Match[str]) -> str:
    """Make the marked passage of a listing a link to its place on the article's page."""
    doc, start, end, before, passage = match.groups()
    return f'<td class="passage">{before}<a class="there" href="article-{doc}.html#at={start}-{end}"><mark>{passage}</mark></a>'


def _contents(page: str) -> str:
    """Number the headings of a page and list them at its top."""
    heads: list[str] = []

    def numbered(match: re.Match[str]) -> str:
        heads.append(re.sub(r"<[^>]+>", "", match[1]))
        return f'<h2 id="part-{len(heads)}">{match[1]}</h2>'

    page = _HEADING.sub(numbered, page)
    rows = "".join(f'<li><a href="#part-{number}">{head}</a></li>' for number, head in enumerate(heads, 1))
    listed = (
        f'<details class="contents"><summary>On this page</summary><ol>{rows}</ol></details>' if len(heads) > 2 else ""
    )
    return page.replace("<!-- contents -->", listed)


def _sections(notebook: NotebookNode, file: str) -> Iterator[dict[str, str]]:
    """Give what can be searched for on a page: prose and tables, section by section."""
    title, head, number = _title(notebook), "", 0
    text: list[str] = []
    for cell in notebook.cells:
        pieces = [cell.source] if cell.cell_type == "markdown" else []
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" not in data:
                pieces.append(output.get("text") or data.get("text/markdown") or data.get("text/plain", ""))
        for line in "\n".join(pieces).splitlines():
            if cell.cell_type == "markdown" and line.startswith("## "):
                yield {"p": file + (f"#part-{number}" if number else ""), "t": title, "h": head, "x": _plain(text)}
                number, head, text = number + 1, line.removeprefix("## "), []
            else:
                text.append(line)
    yield {"p": file + (f"#part-{number}" if number else ""), "t": title, "h": head, "x": _plain(text)}


def _plain(lines: list[str]) -> str:
    """Give the words of some Markdown lines."""
    return " ".join(re.sub(r"\]\([^)]*\)|[*`#|\[]+|^\|?-{3}.*$", " ", "\n".join(lines), flags=re.MULTILINE).split())


def _sentences(corpus: Corpus) -> Iterator[dict[str, str]]:
    """Give each sentence of the articles, to be searched for."""
    for row in corpus.sentences.itertuples():
        address = f"article-{row.doc}.html#at={row.start}-{row.end}"
        yield {
            "p": address,
            "t": corpus.articles.label[row.doc],
            "h": f"sentence {row.n}",
            "x": " ".join(row.text.split()),
        }


def _article_pages(
    corpus: Corpus, pages: dict[str, str], menu: list[dict[str, str]], texts: list[dict[str, str]], site: str
) -> dict[str, str]:
    """Write a page for each article, cut wherever a page links to it."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader([_TEMPLATES / "page", _TEMPLATES]), autoescape=True)
    template, drawn = environment.get_template("article.html.j2"), layers(corpus)
    linked: dict[str, set[tuple[int, int]]] = {}
    for page in pages.values():
        for doc, start, end in re.findall(r'href="article-([\w-]+)\.html#at=(\d+)-(\d+)"', page):
            linked.setdefault(doc, set()).add((int(start), int(end)))
    written, own = {}, [{"file": f"article-{doc}.html", "name": corpus.articles.label[doc]} for doc in corpus.texts]
    for number, (doc, entry) in enumerate(zip(corpus.texts, own, strict=True)):
        mine = corpus.sentences[corpus.sentences.doc == doc]
        edges = {*linked.get(doc, set()), *zip(mine.start, mine.end, strict=True)}
        counts = {name: int((table.doc == doc).sum()) for name, table in drawn.items()}
        card = corpus.articles.loc[doc].to_dict()
        keys = [
            "outlet",
            "outlet_basis",
            "outlet_evidence",
            "published",
            "published_basis",
            "published_evidence",
            "genre",
            "words",
            "file",
            "sha256",
        ]
        shown: dict[str, Any] = {
            "site": site, "title": entry["name"], "file": entry["file"], "menu": menu, "texts": texts,
            "previous": own[number - 1] if number else None, "next": own[number + 1] if number + 1 < len(own) else None,
            "layers": [(name, said, counts.get(name, 0)) for name, said in LAYERS.items()],
            "card": [(key.replace("_", " "), card[key]) for key in keys if key in card and card[key] != ""],
            "body": Markup(marked(corpus, doc, drawn, edges)),
        }  # fmt: skip
        written[entry["file"]] = template.render(page=shown)
    return written
