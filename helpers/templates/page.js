// the one switch of a page: all code cells open or shut, remembered where the browser allows it
"use strict";
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
