// the switches of a page, its search and its marked passages; nothing is loaded and nothing leaves the page
"use strict";
// all code cells open or shut, remembered where the browser allows it
const button = document.getElementById("code-switch");
function show(open) {
  for (const cell of document.querySelectorAll("details.code")) cell.open = open;
  button.setAttribute("aria-pressed", String(open));
  button.textContent = open ? "Hide the code" : "Show the code";
  try { localStorage.setItem("code", open ? "open" : ""); } catch { /* a page from a file may keep nothing */ }
}
if (button) {
  let open = false;
  try { open = localStorage.getItem("code") === "open"; } catch { /* as above */ }
  if (open) show(true);
  button.addEventListener("click", () => show(button.getAttribute("aria-pressed") !== "true"));
}

// search: every word or “phrase” must stand in a section or a sentence; excerpts are set as text, never as HTML
const field = document.getElementById("search"), found = document.getElementById("found");
const bare = (text) => text.toLowerCase().replace(/[’'`]/g, "").replace(/-/g, " ").replace(/(\d),(?=\d{3})/g, "$1");
// every spelling of a name, the longest first, and the name that stands for it
const spelt = Object.entries(NAMES).flatMap(([name, forms]) => forms.map((form) => [bare(form), bare(name)]))
  .filter(([form, name]) => !name.includes(form)).sort(([one], [other]) => other.length - one.length);
let folded = null;  // no case, no apostrophes, hyphens as blanks, one spelling, plain numbers
function fold(text) {
  return spelt.reduce((plain, [form, name]) => plain.replaceAll(form, name), bare(text));
}
function excerpt(text, word) {
  const at = Math.max(0, fold(text).indexOf(word)), from = Math.max(0, at - 60);
  return (from ? "…" : "") + text.slice(from, at + word.length + 90) + "…";
}
function search() {
  const asked = field.value.trim();
  const words = [...fold(asked).matchAll(/["“]([^"”]+)["”]?|(\S+)/g)].map((hit) => hit[1] ?? hit[2]);
  const wanted = words.filter((word) => word.length > 1);
  try { history.replaceState(null, "", asked ? "#q=" + encodeURIComponent(asked) : location.pathname); } catch { /* from a file */ }
  found.replaceChildren();
  if (!wanted.length) return;
  folded ??= SEARCH.map((entry) => [fold(entry.h), fold(entry.h + " " + entry.x)]);
  const hits = [];
  folded.forEach(([head, all], at) => {
    if (wanted.every((word) => all.includes(word))) hits.push([wanted.every((word) => head.includes(word)) ? 0 : 1, at]);
  });
  hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const head = document.createElement("p"), most = 40;
  head.textContent = !hits.length ? "nothing found" : hits.length > most ? `the first ${most} of ${hits.length} places` : `${hits.length} places`;
  found.append(head);
  for (const [, at] of hits.slice(0, most)) {
    const entry = SEARCH[at], row = document.createElement("p"), link = document.createElement("a"), text = document.createElement("span");
    link.href = entry.p;
    link.textContent = [entry.t, entry.h].filter(Boolean).join(": ");
    text.textContent = " " + excerpt(entry.x || entry.h, wanted[0]);
    row.append(link, text);
    found.append(row);
  }
}
if (field) {
  field.addEventListener("input", search);
  field.form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  found.addEventListener("click", (event) => { if (event.target.closest("a")) setTimeout(() => found.replaceChildren()); });
  const asked = /^#q=(.+)$/.exec(location.hash);
  if (asked) { field.value = decodeURIComponent(asked[1]); search(); }
}
// tables: the first rows of a long one, sorted by a column, filtered by a word
for (const frame of document.querySelectorAll("main > .table")) {
  const rows = [...frame.querySelectorAll("tbody tr")], body = frame.querySelector("tbody"), few = 10;
  let draw = () => {};  // a short table has no rows to hide
  if (rows.length < 6) continue;
  for (const [at, head] of [...frame.querySelectorAll("thead th, thead td")].entries()) {
    if (!head.textContent) continue;
    const sorter = document.createElement("button");
    sorter.type = "button";
    sorter.append(...head.childNodes);
    head.append(sorter);
    sorter.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending", value = (row) => row.cells[at]?.textContent ?? "";
      const number = (row) => Number(value(row).replace(/,/g, "").replace("∞", "Infinity").replace("−", "-"));
      const order = (a, b) => number(a) - number(b) || value(a).localeCompare(value(b));
      for (const other of frame.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...[...rows].sort((a, b) => (up ? 1 : -1) * order(a, b)));
      draw();
    });
  }
  if (rows.length <= few + 2) continue;
  const tools = document.createElement("p"), filter = document.createElement("input"), all = document.createElement("button");
  let open = false;
  tools.className = "tools";
  filter.type = "search";
  filter.placeholder = filter.ariaLabel = "filter by a word";
  all.type = "button";
  draw = () => {
    const word = filter.value.toLowerCase(), kept = [...body.rows].filter((row) => row.textContent.toLowerCase().includes(word));
    for (const row of body.rows) row.hidden = true;
    for (const row of open || word ? kept : kept.slice(0, few)) row.hidden = false;
    all.textContent = open ? `the first ${few}` : `all ${rows.length}`;
    all.hidden = Boolean(word);
  };
  filter.addEventListener("input", draw);
  all.addEventListener("click", () => { open = !open; draw(); });
  tools.append(filter, all);
  frame.before(tools);
  draw();
}
// the contents follow on a wide screen and are shut on a narrow one
const contents = document.querySelector(".contents");
if (contents && !matchMedia("(min-width: 75rem)").matches) contents.open = false;
if (contents) {
  const heads = [...document.querySelectorAll("h2[id]")], links = new Map([...contents.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const follow = () => {
    const now = heads.filter((each) => each.getBoundingClientRect().top < innerHeight / 3).at(-1) ?? heads[0];
    for (const [id, link] of links) id === now?.id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  };
  addEventListener("scroll", follow, { passive: true });
  follow();
}
addEventListener("click", (event) => { for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false; });
// charts enlarge
const large = document.getElementById("large");
for (const button of document.querySelectorAll(".enlarge")) {
  button.addEventListener("click", () => {
    large.querySelector("picture")?.remove();
    const both = button.parentElement.querySelector("picture").cloneNode(true), image = both.querySelector("img");
    image.addEventListener("click", () => image.classList.toggle("whole"));
    image.removeAttribute("width");
    image.removeAttribute("height");
    large.append(both);
    large.showModal();
  });
}
large?.querySelector("button").addEventListener("click", () => large.close());
// layers of an article
const article = document.querySelector(".article"), note = document.getElementById("note");
const boxes = [...document.querySelectorAll(".layers input")];
function layer() { for (const box of boxes) article.classList.toggle("show-" + box.value, box.checked); }
if (article) {
  for (const box of boxes) {
    box.checked = box.value === (box.type === "radio" ? "terms" : "quotes") && !box.disabled;
    box.addEventListener("change", layer);
  }
  layer();
  const tell = (event) => {
    const tag = event.target.closest(".tag");
    note.hidden = !tag;
    note.textContent = tag ? tag.dataset.note : "";
  };
  if (note) for (const kind of ["focusin", "mouseover", "click"]) article.addEventListener(kind, tell);
  const go = () => {
    for (const piece of article.querySelectorAll(".here")) piece.classList.remove("here");
    const asked = /^#at=(\d+)-(\d+)$/.exec(location.hash);
    if (!asked) return;
    const [start, end] = asked.slice(1).map(Number);
    const held = [...article.querySelectorAll("span[data-start]")].filter((piece) => {
      const at = Number(piece.dataset.start);
      return at >= start && at < end;
    });
    for (const piece of held) piece.classList.add("here");
    for (const box of boxes) {  // the coding of the passage shows itself
      if (held[0]?.classList.contains("L-" + box.value)) box.checked = true;
    }
    layer();
    held[0]?.setAttribute("tabindex", "-1");
    held[0]?.focus({ preventScroll: true });
    held[0]?.scrollIntoView({ block: "center", behavior: "instant" });
    const notes = [];
    for (let tag = held[0]?.previousElementSibling; tag?.matches(".tag"); tag = tag.previousElementSibling) notes.unshift(tag.dataset.note);
    const used = JSON.parse(article.dataset.used)[`${start}-${end}`];
    if (used) notes.push("used in: " + used.join(", "));
    note.hidden = !notes.length;
    note.textContent = notes.join(" · ");
  };
  addEventListener("hashchange", go);
  go();
}
