"""Render the notebooks, the papers and the articles as pages that need nothing but their own folder."""

from __future__ import annotations

import base64
import html
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from bs4 import BeautifulSoup
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from helpers.charts.look import dark
from helpers.corpus import Corpus, load_corpus
from helpers.evidence import slug, untwisted
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
_AT = re.compile(r"([\w-]+) (\d+) (\d+)")
_PLACE = re.compile(r"article-([\w-]+)\.html#at=(\d+)-(\d+)")
# the passages that pages link to, as article, start and end, and the names of these pages, in order
_Uses = dict[tuple[str, ...], dict[str, None]]
_Layers = Mapping[str, pd.DataFrame]
# no HTML is written into this project's Markdown, so what looks like a tag came with a text
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_CARD = "outlet outlet_basis outlet_evidence published published_basis published_evidence genre words file".split()
_CARD += ["sha256"]


def build(folder: Path, target: Path, corpus: Path | None = None) -> int:
    """Render every notebook of a folder, the papers beside it and each article as pages, and give their number.

    Parameters
    ----------
    folder, target : the notebooks, and where the pages go; what an earlier build left there is replaced
    corpus : folder of the articles; by default seeds/ beside `folder`, where there is one
    """
    # the corpus of the collection first, then those that lie beside the notebooks as exercises
    places = [corpus or folder.parent / "seeds", *sorted(folder.glob("*/"))]
    corpora = [load_corpus(place.resolve()) for place in places if (place / "corpus.toml").is_file()]
    sources = _sources(folder)
    entries = [{"file": file, "name": name} for file, name, _ in sources]
    papers = [entry for entry in entries if entry["file"] in _PAPERS.values()]
    frame: dict[str, Any] = {
        "menu": [entry for entry in entries if entry not in papers],
        "papers": papers,
        "order": entries,
    }
    frame |= {"texts": _entries(corpora[0]) if corpora else [], "about": _about(folder.parent / "CITATION.cff")}
    names = [one.title if corpus else _NAME for one in corpora]
    shown = (folder.parent / "tables") if any(file == "tables.html" for file, *_ in sources) else None
    drawn = [layers(one) for one in corpora]
    first = (corpora[0], drawn[0]) if corpora else None
    pages, linked = _notebook_pages(sources, {**frame, "site": names[0] if names else _NAME}, shown, first)
    found = [section for file, _, notebook in sources for section in _sections(notebook, file)]
    for one, name, spans in zip(corpora, names, drawn, strict=True):
        pages |= _article_pages(one, spans, linked, {**frame, "site": name})
        found += _sentences(one)
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    copied = [_TEMPLATES / name for name in ("page.css", "page.js", "icon.svg")]
    copied += [*(shown.glob("*.csv") if shown else []), *notebooks(folder)]
    for path in copied:
        shutil.copyfile(path, target / path.name)
    index, spelt = (
        json.dumps(data, separators=(",", ":")).replace("<", "\\u003c") for data in (found, _spellings(corpora))
    )
    for file, content in {**pages, "search.js": f"const SEARCH={index},SPELT={spelt};\n"}.items():
        (target / file).write_text(content, encoding="utf-8")
    return len(pages)


def _sources(folder: Path) -> list[tuple[str, str, NotebookNode]]:
    """Give page, name in the menu and content of each notebook, and of each paper as a notebook of one cell."""
    sources = [
        (_page(path.name), path.stem[3:].replace("-", " "), nbformat.read(path, 4)) for path in notebooks(folder)
    ]
    for paper, page in _PAPERS.items():
        if (path := folder.parent / paper).is_file():
            cell = nbformat.v4.new_markdown_cell(path.read_text(encoding="utf-8"))
            name = page.removesuffix(".html").replace("-", " ")
            sources.append((page, name, nbformat.v4.new_notebook(cells=[cell])))
    return sources


def _entries(corpus: Corpus) -> list[dict[str, str]]:
    """Give page and name of each article."""
    return [{"file": f"article-{doc}.html", "name": corpus.articles.label[doc]} for doc in corpus.texts]


def _turns(entries: Sequence[Mapping[str, str]], number: int) -> dict[str, Any]:
    """Give the page of an entry, the entry before it and the one behind it."""
    previous, following = entries[number - 1] if number else None, [*entries, None][number + 1]
    return {"file": entries[number]["file"], "previous": previous, "next": following}


def _notebook_pages(
    sources: Sequence[tuple[str, str, NotebookNode]],
    frame: Mapping[str, Any],
    tables: Path | None,
    first: tuple[Corpus, _Layers] | None,
) -> tuple[dict[str, str], _Uses]:
    """Write a page for each notebook, and give the places in articles to which they link."""
    exporter = HTMLExporter(template_name="page", extra_template_basedirs=[str(_TEMPLATES)], exclude_anchor_links=True)
    exporter.register_filter("plain", lambda text: _TAG.sub("&lt;", untwisted(text.replace(DOLLAR, "$"))))
    exporter.register_filter("untwisted", untwisted)
    pages: dict[str, str] = {}
    linked: _Uses = {}
    for number, (file, name, notebook) in enumerate(sources):
        has_code = any(cell.cell_type == "code" for cell in notebook.cells)
        shown = {**frame, **_turns(frame["order"], number), "title": _title(notebook), "has_code": has_code}
        if has_code:
            told = notebook.cells[1].source if len(notebook.cells) > 1 else ""
            shown |= {"place": f"{number + 1} of {len(frame['menu'])}", "description": " ".join(told.split())[:300]}
            shown["source"] = file.replace("index.html", "00-index.html").replace(".html", ".ipynb")
        page, _ = exporter.from_notebook_node(notebook, resources={"page": shown})
        soup = BeautifulSoup(page, "html.parser")
        if first:
            set_beside(soup, *first)
        _tabled(soup, tables)
        pages[file] = _finished(soup, linked, name)
    return pages, linked


def _finished(soup: BeautifulSoup, linked: _Uses, name: str) -> str:
    """Give a page its links and its contents, and note the places it links to."""
    for cell in soup.select("td[data-at], mark[data-at]"):  # a marked passage leads to its place
        mark = cell if cell.name == "mark" else cell.mark
        if mark and (place := _AT.fullmatch(str(cell["data-at"]))):
            del cell["data-at"]
            address = "article-{}.html#at={}-{}".format(*place.groups())
            mark.wrap(soup.new_tag("a", attrs={"class": "there", "href": address}))
    for link in soup.select("[href]"):
        link["href"] = address = _linked(str(link["href"]))
        if place := _PLACE.fullmatch(address):
            linked.setdefault(place.groups(), {})[name] = None
    for table in soup.select(".prose table"):
        table.wrap(soup.new_tag("div", attrs={"class": "table", "tabindex": "0"}))
    for fold in soup.select("details.code"):  # a run of cells that show nothing between them is one fold
        while (following := fold.find_next_sibling()) and following.get("class") == ["code"]:
            fold.extend(list(following.select("summary ~ *")))
            following.decompose()
    for piece in soup.select(".highlight span:not(.k, .kn, .ow, .s1, .s2, .sa, .si, .mi, .mf, .kc, .c1)"):
        piece.unwrap()  # a sign of code without a colour of its own needs no element
    rows = ""
    for head in soup.select("h2"):
        title = head.get_text()
        head["id"] = part = slug(title)
        head.append(
            soup.new_tag("a", attrs={"class": "anchor", "href": f"#{part}", "aria-label": f"link to “{title}”"})
        )
        rows += f'<li><a href="#{part}">{html.escape(title, quote=False)}</a></li>'
    contents = f'<details class="contents" open><summary>On this page</summary><ol>{rows}</ol></details>'
    return str(soup).replace("<!-- contents -->", contents if rows.count("<li>") > 2 else "")


def _tabled(soup: BeautifulSoup, tables: Path | None) -> None:
    """Put under each table a link to its CSV file, and to each chart its dark picture and the values that it draws."""
    for table in soup.select("div.table"):
        name = table.caption and f"{slug(table.caption.get_text())}.csv"
        if tables and name and (tables / name).is_file():
            link = soup.new_tag("a", attrs={"href": name, "download": ""}, string=name)
            table.insert_after(under := soup.new_tag("p", attrs={"class": "under"}))
            under.extend(["This table as CSV: ", link])
    for picture in soup.select("figure img"):
        light = base64.b64decode(str(picture["src"]).partition(",")[2])
        source = {"media": "(prefers-color-scheme: dark)"}
        source["srcset"] = "data:image/png;base64," + base64.b64encode(dark(light)).decode()
        both = picture.wrap(soup.new_tag("picture", attrs={"tabindex": "0"}))
        both.insert(0, soup.new_tag("source", attrs=source))
        both.insert_after(fold := soup.new_tag("details", attrs={"class": "values"}))
        fold.append(soup.new_tag("summary", string="The values behind this chart"))
        fold.append(listed := soup.new_tag("ul"))
        values = str(picture["alt"]).split(". ", 2)[-1].split("; ")
        listed.extend([soup.new_tag("li", string=value) for value in values])


def _about(citation: Path) -> dict[str, str]:
    """Read what a page says of the collection: its title, version, day, and how to cite it."""
    if not citation.is_file():
        return {}
    known = dict(
        re.findall(r'^[ -]*(name|title|version|date-released): "?(.*?)"?$', citation.read_text(encoding="utf-8"), re.M)
    )
    author, year = known["name"], known["date-released"][:4]
    told = f"{author} ({year}): {known['title']}. Version {known['version']}."
    fields = {"author": f"{{{author}}}", "title": f"{{{known['title']}}}", "year": year, "version": known["version"]}
    bibtex = "@misc{onetown," + ",".join(f"\n  {key} = {{{value}}}" for key, value in fields.items()) + "\n}"
    return {**known, "date": known["date-released"], "text": told, "bibtex": bibtex}


def _spellings(corpora: Sequence[Corpus]) -> dict[str, str]:
    """Give each spelling of a name as the search folds it, and the name that stands for it."""
    spelt: dict[str, str] = {}
    for corpus in corpora:
        if (corpus.folder / "coding" / "lexicon.toml").is_file():
            for name, forms in load_lexicon(corpus)["names"].items():
                spelt |= {_bare(form): _bare(name) for form in forms if _bare(form) not in _bare(name)}
    return dict(sorted(spelt.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _bare(text: str) -> str:
    """Fold a text as the script of the page does: no letter case, no apostrophes, hyphens as blanks."""
    return re.sub("[’'`]", "", text.lower()).replace("-", " ")


def _linked(link: str) -> str:
    """Lead a link to the page of its notebook or paper; what is neither that nor on the web leads nowhere."""
    if re.match(r"https?://", link):
        return link
    path, sign, part = link.partition("#")
    if path and not re.fullmatch(r"[\w./-]+", path):
        return "#"
    return (_page(path) if path else "") + (sign + part if part else "")


def _page(link: str) -> str:
    """Give the page that a link to a notebook or a paper leads to."""
    bare = re.sub(r"^(\.\./)+", "", link)
    for paper, page in _PAPERS.items():
        if bare and f"/{paper}".endswith(f"/{bare}") and (bare != "README.md" or paper == "seeds/README.md"):
            return page
    return re.sub(
        r"(?:.*/)?([^/]+)\.ipynb$", lambda m: "index.html" if m[1].startswith("00-") else f"{m[1]}.html", link
    )


def _title(notebook: NotebookNode) -> str:
    """Give the first heading of a notebook."""
    lines = (line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines())
    return next((line.removeprefix("# ") for line in lines if line.startswith("# ")), _NAME)


def _sections(notebook: NotebookNode, file: str) -> Iterator[dict[str, str]]:
    """Give what can be searched for on a page: prose and tables, section by section."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    for cell in notebook.cells:
        prose = cell.cell_type == "markdown"
        pieces = [cell.source] if prose else []
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" not in data:
                pieces.append(output.get("text") or data.get("text/markdown") or data.get("text/plain", ""))
        for line in "\n".join(pieces).splitlines():
            if prose and line.startswith("## "):
                sections.append((line.removeprefix("## "), []))
            else:
                sections[-1][1].append(line)
    signs = re.compile(r"\]\([^)]*\)|[*`#|\[]+|^\|?-{3}.*$", re.MULTILINE)
    for head, lines in sections:
        words = " ".join(signs.sub(" ", "\n".join(lines).replace(DOLLAR, "$")).split())
        yield {"p": file + f"#{slug(head)}" * bool(head), "t": _title(notebook), "h": head, "x": words}


def _sentences(corpus: Corpus) -> Iterator[dict[str, str]]:
    """Give each sentence of the articles, to be searched for."""
    for row in corpus.sentences.itertuples():
        place = {"p": f"article-{row.doc}.html#at={row.start}-{row.end}", "t": corpus.articles.label[row.doc]}
        yield place | {"h": f"sentence {row.n}", "x": " ".join(row.text.split())}


def _article_pages(corpus: Corpus, drawn: _Layers, linked: _Uses, frame: Mapping[str, Any]) -> dict[str, str]:
    """Write a page for each article, cut wherever a page links to it."""
    template, entries = ENVIRONMENT.get_template("article.html.j2"), _entries(corpus)
    written = {}
    for number, (doc, entry) in enumerate(zip(corpus.texts, entries, strict=True)):
        edges = {(int(start), int(end)) for one, start, end in linked if one == doc}
        edges |= set(zip(*corpus.edges.get(doc, ([], [])), strict=True))
        card = corpus.articles.loc[doc]
        shown = {
            **frame,
            **_turns(entries, number),
            "title": entry["name"],
            "layers": [(name, said, (drawn[name].doc == doc).sum()) for name, said in LAYERS.items()],
            "card": [(key.replace("_", " "), card[key]) for key in _CARD if card[key] != ""],
            "used": json.dumps(
                {f"{start}-{end}": [*names] for (one, start, end), names in linked.items() if one == doc}
            ),
            "body": Markup(marked(corpus, doc, drawn, edges)),
        }
        written[entry["file"]] = template.render(page=shown)
    return written
