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

// search: every word must stand in a section or a sentence; excerpts are set as text, never as HTML
const field = document.getElementById("search"), found = document.getElementById("found");
function excerpt(text, word) {
  const at = text.toLowerCase().indexOf(word), from = Math.max(0, at - 60);
  return (from ? "…" : "") + text.slice(from, at + word.length + 90) + "…";
}
function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
  found.replaceChildren();
  if (!words.length) return;
  const hits = SEARCH.filter((entry) => words.every((word) => (entry.h + " " + entry.x).toLowerCase().includes(word)));
  const head = document.createElement("p");
  head.textContent = hits.length ? `${hits.length} places` : "nothing found";
  found.append(head);
  for (const entry of hits.slice(0, 40)) {
    const row = document.createElement("p"), link = document.createElement("a"), text = document.createElement("span");
    link.href = entry.p;
    link.textContent = [entry.t, entry.h].filter(Boolean).join(": ");
    text.textContent = " " + excerpt(entry.h + " " + entry.x, words[0]);
    row.append(link, text);
    found.append(row);
  }
}
if (field) {
  field.addEventListener("input", search);
  field.form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  found.addEventListener("click", (event) => { if (event.target.closest("a")) found.replaceChildren(); });
}
// charts enlarge
const large = document.getElementById("large");
for (const button of document.querySelectorAll(".enlarge")) {
  button.addEventListener("click", () => {
    large.querySelector("img")?.remove();
    const image = button.nextElementSibling.cloneNode();
    image.removeAttribute("width");
    image.removeAttribute("height");
    large.append(image);
    large.showModal();
  });
}
large?.querySelector("button").addEventListener("click", () => large.close());
// layers of an article
const article = document.querySelector(".article"), note = document.getElementById("note");
function layer(box) { article.classList.toggle("show-" + box.value, box.checked); }
if (article) {
  for (const box of document.querySelectorAll(".layers input")) {
    box.checked = box.value === "quotes" && !box.disabled;
    layer(box);
    box.addEventListener("change", () => layer(box));
  }
  const tell = (event) => {
    const tag = event.target.closest(".tag");
    note.hidden = !tag;
    note.textContent = tag ? tag.dataset.note : "";
  };
  for (const kind of ["focusin", "mouseover", "click"]) article.addEventListener(kind, tell);
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
    held[0]?.setAttribute("tabindex", "-1");
    held[0]?.focus({ preventScroll: true });
    held[0]?.scrollIntoView({ block: "center", behavior: "instant" });
  };
  addEventListener("hashchange", go);
  go();
}
