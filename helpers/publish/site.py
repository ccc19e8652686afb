"""Render the notebooks, the papers and the articles as pages that need nothing but their own folder."""

import base64
import copy
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
import pandas as pd
from bs4 import BeautifulSoup
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from helpers.charts.look import dark
from helpers.corpus import Corpus, load_corpus
from helpers.evidence import escape, slug, untwisted
from helpers.publish.articles import ENVIRONMENT, LAYERS, layers, marked, set_beside
from helpers.publish.build import notebooks
from helpers.say import DOLLAR
from helpers.terms import load_lexicon

__all__ = ["build"]

_TEMPLATES = Path(__file__).parent / "templates"
_NAME = "One town, five accounts"
# Markdown files that the notebooks link to, and the pages they become
_PAPERS = {"seeds/README.md": "data-card.html", "seeds/coding/CODEBOOK.md": "codebook.html"}
_PAPERS |= {"seeds/coding/people/README.md": "coding-by-hand.html", "tables/README.md": "tables.html"}
_PLACE = re.compile(r"article-([\w-]+)\.html#at=(\d+-\d+)")
# of each article the passages that pages link to, and the names of these pages, in order
_Uses = dict[str, dict[str, list[str]]]
# page, name in the menu and, of a notebook, its file; and its content
_Source = tuple[dict[str, str], NotebookNode]
_Layers = Mapping[str, pd.DataFrame]
# no HTML is written into this project's Markdown, so what looks like a tag came with a text
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_CARD = "outlet outlet_basis outlet_evidence published published_basis published_evidence genre words file sha256"


def build(folder: Path, target: Path, corpus: Path | None = None) -> int:
    """Render every notebook of a folder, the papers beside it and each article as pages, and give their number.

    What an earlier build left in `target` is replaced. The articles are those of the folder `corpus`, by default of
    seeds/ beside the notebooks, where there is one.
    """
    # the corpus of the collection first, then those that lie beside the notebooks as exercises
    places = [corpus or folder.parent / "seeds", *sorted(folder.glob("*/"))]
    corpora = [load_corpus(place.resolve()) for place in places if (place / "corpus.toml").is_file()]
    drawn = [layers(one) for one in corpora]
    sources, citation = _sources(folder), folder.parent / "CITATION.cff"
    cited = citation.read_text(encoding="utf-8") if citation.is_file() else ""
    frame = {
        "order": [entry for entry, _ in sources],
        "menu": [entry for entry, _ in sources if "source" in entry],
        "papers": [entry for entry, _ in sources if "source" not in entry],
        "texts": _entries(corpora[0]) if corpora else [],
        "about": dict(re.findall(r'^[ -]*(name|title|version|date-released): "?(.*?)"?$', cited, re.M)),
    }
    names = [one.title if corpus else _NAME for one in corpora]
    tables = [*folder.parent.glob("tables/*.csv")] if (folder.parent / "tables" / "README.md").is_file() else []
    linked, found, pages = _Uses(), list[dict[str, str]](), dict[str, str]()
    for entry, soup in _rendered(sources, {**frame, "site": [*names, _NAME][0]}):
        if corpora:
            set_beside(soup, corpora[0], drawn[0])
        found += _sections(soup, entry["file"])
        _finish(soup, {path.name for path in tables})
        _link(soup, linked, entry["name"])
        pages[entry["file"]] = str(soup)
    for one, name, spans in zip(corpora, names, drawn, strict=True):
        pages |= _article_pages(one, spans, linked, {**frame, "site": name})
        found += _sentences(one)
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    for path in [*(_TEMPLATES / name for name in ("page.css", "page.js", "icon.svg")), *tables, *notebooks(folder)]:
        shutil.copyfile(path, target / path.name)
    index, names_spelt = (json.dumps(data, separators=(",", ":")) for data in (found, _names(corpora)))
    search = f"const SEARCH={index},NAMES={names_spelt};\n".replace("<", "\\u003c")
    for file, content in {**pages, "search.js": search}.items():
        (target / file).write_text(content, encoding="utf-8")
    return len(pages)


def _sources(folder: Path) -> list[_Source]:
    """Give page, name in the menu and content of each notebook, and of each paper as a notebook of one cell."""
    sources = list[_Source]()
    for path in notebooks(folder):
        entry = {"file": _page(path.name), "name": path.stem[3:].replace("-", " "), "source": path.name}
        sources.append((entry, nbformat.read(path, 4)))
    for paper, page in _PAPERS.items():
        if (path := folder.parent / paper).is_file():
            cell = nbformat.v4.new_markdown_cell(path.read_text(encoding="utf-8"))
            entry = {"file": page, "name": page.removesuffix(".html").replace("-", " ")}
            sources.append((entry, nbformat.v4.new_notebook(cells=[cell])))
    return sources


def _entries(corpus: Corpus) -> list[dict[str, str]]:
    """Give page and name of each article."""
    return [{"file": f"article-{doc}.html", "name": corpus.articles.label[doc]} for doc in corpus.texts]


def _rendered(sources: Sequence[_Source], frame: Mapping[str, Any]) -> Iterator[tuple[dict[str, str], BeautifulSoup]]:
    """Render each notebook with the templates of the pages."""
    exporter = HTMLExporter(template_name="page", extra_template_basedirs=[str(_TEMPLATES)], exclude_anchor_links=True)
    exporter.register_filter("plain", lambda text: _TAG.sub("&lt;", untwisted(text.replace(DOLLAR, "$"))))
    exporter.register_filter("untwisted", untwisted)
    exporter.register_filter("dark", lambda png: base64.b64encode(dark(base64.b64decode(png))).decode())
    for number, (entry, notebook) in enumerate(sources):
        prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
        heading = re.search(r"^# (.*)", "\n".join(prose), re.M)
        shown = {**frame, "number": number, "title": heading[1] if heading else _NAME}
        shown["description"] = " ".join(" ".join(cell.source for cell in notebook.cells[1:2]).split())[:300]
        page, _ = exporter.from_notebook_node(notebook, resources={"page": shown})
        yield entry, BeautifulSoup(page, "html.parser")


def _finish(soup: BeautifulSoup, tables: set[str]) -> None:
    """Give a page its contents, each table the room to scroll and a link to its CSV file, and fold its code."""
    for table in soup.select(".prose table"):
        table.wrap(soup.new_tag("div", attrs={"class": "table", "tabindex": "0"}))
    for caption in soup.select("div.table caption"):
        if (name := f"{slug(caption.get_text())}.csv") in tables:
            link = f'<p class="under">This table as CSV: <a download="" href="{name}">{name}</a></p>'
            caption.find_parents("div")[0].insert_after(BeautifulSoup(link, "html.parser"))
    for fold in soup.select("details.code"):  # a run of cells that show nothing between them is one fold
        while (following := fold.find_next_sibling()) and following.get("class") == ["code"]:
            fold.extend(list(following.select("summary ~ *")))
            following.decompose()
    for piece in soup.select(".highlight span:not(.k, .kn, .ow, .s1, .s2, .sa, .si, .mi, .mf, .kc, .c1)"):
        piece.unwrap()  # a sign of code without a colour of its own needs no element
    rows = []
    for head in soup.select("h2"):
        title = head.get_text()
        head["id"] = part = slug(title)
        attrs = {"class": "anchor", "href": f"#{part}", "aria-label": f"link to “{title}”"}
        head.append(soup.new_tag("a", attrs=attrs))
        rows.append(f'<li><a href="#{part}">{escape(title)}</a></li>')
    if len(rows) > 2:
        contents = f'<details class="contents" open><summary>On this page</summary><ol>{"".join(rows)}</ol></details>'
        soup.select("main")[0].insert(1, BeautifulSoup(contents, "html.parser"))


def _link(soup: BeautifulSoup, linked: _Uses, name: str) -> None:
    """Lead every link of a page to its page, each marked passage to its place, and note the places it links to."""
    for cell in soup.select("td[data-at], mark[data-at]"):
        doc, start, end = str(cell["data-at"]).rsplit(" ", 2)
        del cell["data-at"]
        for mark in [cell] if cell.name == "mark" else cell.select("mark"):
            mark.wrap(soup.new_tag("a", attrs={"class": "there", "href": f"article-{doc}.html#at={start}-{end}"}))
    for link in soup.select("[href]"):
        link["href"] = address = _linked(str(link["href"]))
        if place := _PLACE.fullmatch(address):
            uses = linked.setdefault(place[1], {}).setdefault(place[2], [])
            uses += [name] * (name not in uses)


def _linked(link: str) -> str:
    """Lead a link to the page of its notebook or paper; what is neither that nor on the web leads nowhere."""
    if re.match(r"https?://", link):
        return link
    path, sign, part = link.partition("#")
    return _page(path) + sign + part if re.fullmatch(r"[\w./-]*", path) else "#"


def _page(link: str) -> str:
    """Give the page that a link to a notebook or a paper leads to."""
    path, bare = PurePosixPath(link), re.sub(r"^(\.\./)+", "", link)
    if path.suffix == ".ipynb":
        return "index.html" if path.stem.startswith("00-") else f"{path.stem}.html"
    return next((page for paper, page in _PAPERS.items() if bare and f"/{paper}".endswith(f"/{bare}")), bare)


def _names(corpora: Sequence[Corpus]) -> dict[str, list[str]]:
    """Give each name with its spellings, which the search takes for one."""
    names: dict[str, list[str]] = {}
    for corpus in corpora:
        if (corpus.folder / "coding" / "lexicon.toml").is_file():
            for name, forms in load_lexicon(corpus)["names"].items():
                names[name] = [*names.get(name, []), *forms]
    return names


def _sections(soup: BeautifulSoup, file: str) -> Iterator[dict[str, str]]:
    """Give what can be searched for on a page: its prose and its tables, section by section."""
    page, title = copy.copy(soup.select("main")[0]), soup.select("title")[0].get_text().rpartition(" · ")[0]
    for piece in page.select("details, figure, fieldset, .switch, .said"):
        piece.decompose()
    for block in page.select("p, li, td, th, h1, h3, caption, pre"):
        block.append(" ")
    for heading in page.select("h2"):
        heading.replace_with(f"\0{heading.get_text()}\0")
    _, *parts = re.split("\0([^\0]*)\0", "\0\0" + page.get_text())
    for head, words in zip(parts[::2], parts[1::2], strict=True):
        yield {"p": file + f"#{slug(head)}" * bool(head), "t": title, "h": head, "x": " ".join(words.split())}


def _sentences(corpus: Corpus) -> Iterator[dict[str, str]]:
    """Give each sentence of the articles, to be searched for."""
    for row in corpus.sentences.itertuples():
        place = {"p": f"article-{row.doc}.html#at={row.start}-{row.end}", "t": corpus.articles.label[row.doc]}
        yield place | {"h": f"sentence {row.n}", "x": " ".join(row.text.split())}


def _article_pages(corpus: Corpus, drawn: _Layers, linked: _Uses, frame: Mapping[str, Any]) -> dict[str, str]:
    """Write a page for each article, cut wherever a page links to it."""
    template, order, written = ENVIRONMENT.get_template("article.html.j2"), _entries(corpus), {}
    for number, (doc, card) in enumerate(corpus.articles.iterrows()):
        uses = linked.get(str(doc), {})
        edges = [*corpus.edges.get(str(doc), ()), *(map(int, place.split("-")) for place in uses)]
        shown = {
            "order": order,
            "number": number,
            "title": order[number]["name"],
            "layers": [(name, said, (drawn[name].doc == doc).sum()) for name, said in LAYERS.items()],
            "card": [(key.replace("_", " "), card[key]) for key in _CARD.split() if card[key] != ""],
            "used": json.dumps(uses),
            "body": Markup(marked(corpus, str(doc), drawn, edges)),
        }
        written[order[number]["file"]] = template.render(page={**frame, **shown})
    return written
