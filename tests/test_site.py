"""The site: pages that hold together, harmless whatever an article holds, and good in a real browser."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

from helpers.corpus import load_corpus
from helpers.publish import articles, site

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here; apt-get install chromium runs these tests")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
HOSTILE = (
    "<script>window.hurt = 1</script> </pre></div> <img src=x onerror='window.hurt = 2'>\n\n"
    '"[Press here](javascript:window.hurt=3)," said Sara Haddad. \u202eTurned round. <!-- <script> -->\n\n'
    f"{'x' * 10_000} captured."
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    target = tmp_path_factory.mktemp("built") / "site"
    return target, site.build(ROOT / "notebooks", target)


@pytest.fixture(scope="module")
def pages(built):
    found = {path.name: path.read_text(encoding="utf-8") for path in built[0].glob("*.html")}
    assert len(found) == built[1]
    return found


def test_every_notebook_paper_and_article_is_a_page(pages, corpus):
    names = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} - {"00-index"}
    papers = {"index.html", "data-card.html", "codebook.html", "coding-by-hand.html", "tables.html"}
    docs = [*corpus.texts, *load_corpus(ROOT / "notebooks" / "harbour_fire").texts]
    assert {f"{name}.html" for name in names} | papers | {f"article-{doc}.html" for doc in docs} == set(pages)


def test_links_lead_to_files_of_the_site_and_nothing_is_loaded_from_elsewhere(built, pages):
    for name, html in pages.items():
        for link in re.findall(r'href="([^"#]+)', html):
            assert (built[0] / link).is_file() or link.startswith("https://"), f"{name}: {link}"
        assert (
            re.findall(r'(?:<script|<link|<img)[^>]*(?:src|href)="(?!page\.|search\.js|icon\.svg|data:)([^"]*)"', html)
            == []
        )


def test_every_picture_has_its_alt_text(pages):
    for html in pages.values():
        for picture in re.findall(r"<img[^>]*>", html):
            assert re.search(r'alt="[^"]{80,}"', picture)


def test_two_builds_are_the_same_and_light(built, tmp_path):
    site.build(ROOT / "notebooks", tmp_path / "again")
    one, two = ({p.name: p.read_bytes() for p in Path(place).iterdir()} for place in (built[0], tmp_path / "again"))
    assert one == two
    assert max(map(len, one.values())) < 1_000_000
    assert sum(map(len, one.values())) < 15_000_000


def test_pages_can_be_left_and_entered_in_order(pages):
    assert 'rel="prev"' not in pages["index.html"]
    assert '<a href="01-corpus.html" rel="next">' in pages["index.html"]


def test_an_article_is_drawn_whole_and_once(corpus):
    drawn = articles.layers(corpus)
    assert set(drawn) == set(articles.LAYERS)
    for doc, text in corpus.texts.items():
        html = articles.marked(corpus, doc, drawn)
        pieces = re.findall(r'<span(?: class="([^"]*)")? data-start="(\d+)">(.*?)</span>', html, re.DOTALL)
        shown = "".join(piece for _, _, piece in pieces)
        for sign, written in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
            shown = shown.replace(sign, written)
        assert shown == text
        for name, table in drawn.items():
            for row in table[table.doc == doc].itertuples():
                held = [classes for classes, start, _ in pieces if row.start <= int(start) < row.end]
                assert held
                assert all(f"L-{name}" in classes for classes in held)


def test_every_evidence_row_is_a_link_to_its_passage(pages, corpus):
    links = [
        link
        for html in pages.values()
        for link in re.findall(r'class="there" href="article-(\w+)\.html#at=(\d+)-(\d+)"', html)
    ]
    assert len(links) > 100
    for doc, start, _ in links:
        assert f'data-start="{start}"' in pages[f"article-{doc}.html"]
    assert "<td data-at=" not in "".join(pages.values())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Build the site of an event whose one article is out to do harm, with a notebook that shows it in every way."""
    import hashlib

    home = tmp_path_factory.mktemp("hostile")
    (home / "event").mkdir()
    raw = HOSTILE.encode("utf-8")
    (home / "event" / "a.txt").write_bytes(raw)
    label = "<script>window.hurt=4</script>"
    entry = f'doc = "a"\nfile = "a.txt"\nlabel = "{label}"\nsha256 = "{hashlib.sha256(raw).hexdigest()}"\n'
    (home / "event" / "corpus.toml").write_text(f'title = "An event <b>x"\n[[article]]\n{entry}', encoding="utf-8")
    corpus = load_corpus(home / "event")
    from helpers.evidence import listing

    shown = listing(corpus, corpus.sentences)
    outputs = [
        nbformat.v4.new_output("stream", name="stdout", text=HOSTILE),
        nbformat.v4.new_output("display_data", data={"text/markdown": HOSTILE, "text/plain": "x"}),
        nbformat.v4.new_output("display_data", data={"text/html": shown._repr_html_(), "text/plain": repr(shown)}),
    ]
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Why?"), nbformat.v4.new_code_cell("1", outputs=outputs)]
    )
    (home / "notebooks").mkdir()
    nbformat.write(book, home / "notebooks" / "00-index.ipynb")
    site.build(home / "notebooks", home / "site", home / "event")
    return home / "site"


def test_what_an_article_holds_is_never_markup(hostile):
    for path in hostile.glob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "<script>window" not in html
        assert "<img src=x" not in html
        assert 'href="javascript:' not in html
        assert html.count("<script") == 2
    assert "</script" not in (hostile / "search.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def opened(browser, path, width=1000, scheme="light"):
    """Open a page from its file and note what it says on its console and what it asks for."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.complaints = []
    page.on(
        "console",
        lambda message: page.complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:")) else page.complaints.append(request.url),
    )
    page.goto(path.as_uri())
    return page


#: what a page is looked at in: width, colour scheme, forced colours
LOOKS = [(1280, "light", "none"), (1000, "dark", "none"), (390, "light", "none"), (640, "light", "active")]


@needs_browser
def test_every_page_in_a_browser(built, browser):
    from axe_playwright_python.base import AXE_SCRIPT

    ask = """options => axe.run(document, options).then(({ violations }) =>
        violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 150)]))"""
    for path in sorted(built[0].glob("*.html")):
        page = opened(browser, path)
        page.evaluate(AXE_SCRIPT)
        for width, scheme, forced in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, forced_colors=forced)
            look = f"{path.name} at {width}, {scheme}, forced colours {forced}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, look
            # what a scheme changes is colour alone
            asked = (
                {} if (scheme, forced) == ("light", "none") else {"runOnly": ["color-contrast", "link-in-text-block"]}
            )
            assert page.evaluate(ask, {"resultTypes": ["violations"], "preload": False, **asked}) == [], look
        assert page.complaints == [], path.name
        page.close()


@needs_browser
def test_a_notebook_page_has_at_most_eight_screens(built, browser):
    screens = {}
    for path in [built[0] / "index.html", *sorted(built[0].glob("0[0-9]-*.html"))]:
        page = opened(browser, path, 1280, "light")
        screens[path.stem[:2]] = page.evaluate("document.documentElement.scrollHeight") / 1800
        cut = "[...document.querySelectorAll('div.table')].filter((table) => table.scrollWidth > table.clientWidth + 1)"
        assert page.evaluate(f"{cut}.map((table) => table.querySelector('caption')?.textContent)") == [], path.name
        page.close()
    assert max(screens.values()) <= 8
    assert screens["in"] <= 5
    assert sum(screens[number] for number in ("01", "02", "03", "04", "06")) <= 23


@needs_browser
def test_search_finds_a_word_of_an_article_and_its_hit_lands_on_it(built, browser):
    page = opened(browser, built[0] / "index.html")
    page.fill("#search", "overcoat")
    assert "places" in page.inner_text("#found") or "1 places" in page.inner_text("#found")
    page.click("#found a[href^='article-000']")
    page.wait_for_selector(".here")
    assert "overcoat" in "".join(page.locator(".here").all_inner_texts())
    page.fill("#search", "qqzzxx")
    assert page.inner_text("#found") == "nothing found"


@needs_browser
def test_search_folds_names_and_numbers_and_comes_back(built, browser):
    page = opened(browser, built[0] / "index.html")
    counts = {}
    asked = ["Ma'arat al-Numan", "Maarat al-Nouman", "400,000", "400000", "who acts", '"who acts"', "nosuchword"]
    for query in asked:
        page.fill("#search", query)
        told = page.inner_text("#found p:first-child")
        counts[query] = int(told.split()[-2]) if told.endswith("places") else 0
    assert counts["Maarat al-Nouman"] > 40
    assert counts["400,000"] == counts["400000"] > 0
    assert counts["who acts"] > counts['"who acts"'] > 0
    assert counts["nosuchword"] == 0
    milliseconds = page.evaluate(
        """() => { const box = document.getElementById("search"), begun = performance.now();
        for (let n = 0; n < 20; n++) { box.value = "regime"; box.dispatchEvent(new Event("input")); }
        return (performance.now() - begun) / 20; }"""
    )
    assert milliseconds < 25
    page.fill("#search", "Jaffal")
    page.click("#found a")
    page.go_back()
    assert page.input_value("#search") == "Jaffal"
    assert page.query_selector("#found a")
    page.close()


@needs_browser
def test_a_long_table_shows_its_first_rows_is_filtered_and_sorted(built, browser):
    page = opened(browser, built[0] / "06-claims.html", 1280)
    table = page.locator("div.table", has_text="Passages of two articles in conflict")
    seen = "rows => rows.filter((row) => !row.hidden).length"
    assert table.locator("tbody tr").evaluate_all(seen) == 10
    tools = page.locator("p.tools")
    tools.get_by_role("button").click()
    assert table.locator("tbody tr").evaluate_all(seen) == 18
    tools.get_by_role("searchbox").fill("missiles")
    assert 0 < table.locator("tbody tr").evaluate_all(seen) < 5
    table.get_by_role("button", name="article").click()
    names = table.locator("tbody tr td:first-child").all_inner_texts()
    assert names == sorted(names)
    page.close()


@needs_browser
def test_an_evidence_link_shows_the_coding_and_where_it_is_used(built, browser):
    page = opened(browser, built[0] / "02-words.html")
    page.locator("td a.there", has_text="liberation").first.click()
    assert "liberation" in page.inner_text(".here")
    assert "used in: " in page.inner_text("#note")
    assert page.is_checked(".layers input[value=terms]")
    page.close()


@needs_browser
def test_layers_toggle_and_a_tag_tells_its_note(built, browser):
    page = opened(browser, built[0] / "article-004.html")
    for name in articles.LAYERS:
        box = page.locator(f".layers input[value={name}]")
        for state in (True, False):
            box.set_checked(state)
            assert page.evaluate(f"document.querySelector('.article').classList.contains('show-{name}')") is state
    page.locator(".layers input[value=figures]").check()
    page.locator(".T-figures").first.focus()
    assert "359" in page.inner_text("#note")


@needs_browser
def test_an_evidence_link_lands_on_its_passage(built, browser):
    page = opened(browser, built[0] / "02-words.html")
    link = page.locator("a.there").first
    passage = link.inner_text()
    link.click()
    page.wait_for_selector(".here")
    assert "".join(page.locator(".here").all_inner_texts()) == passage
    box = "document.querySelector('.here').getBoundingClientRect()"
    assert page.evaluate(f"(({{ top, bottom }}) => top >= 0 && bottom <= innerHeight)({box})")


@needs_browser
def test_code_opens_with_one_switch_and_a_chart_enlarges(built, browser):
    page = opened(browser, built[0] / "02-words.html")
    page.click("#code-switch")
    assert page.evaluate("[...document.querySelectorAll('details.code')].every(d => d.open)")
    page.locator(".enlarge").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.getElementById('large').open")
    page.click("#large button")
    assert not page.evaluate("document.getElementById('large').open")


@needs_browser
def test_a_hostile_article_does_no_harm(hostile, browser):
    for path in hostile.glob("*.html"):
        page = opened(browser, path, 390)
        page.wait_for_timeout(100)
        assert page.evaluate("window.hurt") is None, path.name
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path.name
        page.fill("#search", "script")
        assert page.evaluate("window.hurt") is None
        assert page.complaints == []
        page.close()


@needs_browser
def test_the_keyboard_alone_reaches_every_control(built, browser):
    for name in ("index.html", "05-figures.html", "article-004.html"):
        page = opened(browser, built[0] / name, 1280)
        wanted = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
            .filter((one) => one.checkVisibility({ contentVisibilityAuto: true }) && !one.disabled
            && !(one.type === "radio" && !one.checked)).map((one, at) => (one.dataset.test = at, at))"""
        waiting = set(page.evaluate(wanted))
        for _ in range(len(waiting) + 5):
            page.keyboard.press("Tab")
            waiting.discard(page.evaluate("Number(document.activeElement.dataset.test ?? -1)"))
        left = page.locator(",".join(f"[data-test='{one}']" for one in sorted(waiting))) if waiting else None
        assert left is None, (name, left.all_inner_texts())
        page.close()


@needs_browser
def test_the_leads_stand_side_by_side_with_one_layer_at_a_time(built, browser):
    page = opened(browser, built[0] / "index.html", 1280)
    leads = page.locator(".leads section")
    assert leads.count() == 5
    assert len({box["y"] for box in (leads.nth(at).bounding_box() for at in range(5))}) == 1
    said = page.locator(".leads .said", has_text="reported: Syrian army").first
    assert said.is_visible()
    page.check(".layers input[value=quotes]")
    assert not said.is_visible()
    page.close()
