import re

import nbformat
import pytest
from conftest import ROOT

from helpers import site


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    target = tmp_path_factory.mktemp("built") / "site"
    number = site.build(ROOT / "notebooks", target)
    found = {path.name: path.read_text(encoding="utf-8") for path in target.glob("*.html")}
    assert len(found) == number
    return found


def test_every_notebook_and_paper_is_a_page(pages):
    names = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} - {"00-index"}
    assert {f"{name}.html" for name in names} | {"index.html", "data-card.html", "codebook.html"} == set(pages)


def test_links_lead_to_pages_of_the_site_and_nothing_is_loaded_from_elsewhere(pages):
    for html in pages.values():
        for link in re.findall(r'href="([^"#]+)', html):
            assert link in pages or link == "page.css" or link.startswith("https://"), link
        assert re.findall(r'(?:<script|<link|<img)[^>]*(?:src|href)="(?!page\.|data:)([^"]*)"', html) == []


def test_every_picture_has_its_alt_text(pages):
    for html in pages.values():
        for picture in re.findall(r"<img[^>]*>", html):
            assert re.search(r'alt="[^"]{80,}"', picture)


def test_two_builds_are_the_same(pages, tmp_path):
    site.build(ROOT / "notebooks", tmp_path / "again")
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "again").glob("*.html")} == pages


def test_pages_can_be_left_and_entered_in_order(pages):
    assert 'rel="prev"' not in pages["index.html"]
    assert '<a href="01-corpus.html" rel="next">' in pages["index.html"]


def test_text_of_an_output_is_escaped(tmp_path):
    book = nbformat.v4.new_notebook()
    output = nbformat.v4.new_output("stream", name="stdout", text="<script>alert(1)</script></pre>")
    book.cells = [nbformat.v4.new_markdown_cell("# Why?"), nbformat.v4.new_code_cell("1", outputs=[output])]
    (tmp_path / "notebooks").mkdir()
    nbformat.write(book, tmp_path / "notebooks" / "00-index.ipynb")
    site.build(tmp_path / "notebooks", tmp_path / "site")
    html = (tmp_path / "site" / "index.html").read_text()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
