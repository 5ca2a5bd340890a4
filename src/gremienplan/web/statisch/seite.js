// Adds comfort; without it everything can be read and done all the same.
"use strict";

for (const feld of document.querySelectorAll("[data-kopieren]")) {
  if (!navigator.clipboard) continue;
  const knopf = document.createElement("button");
  knopf.type = "button";
  knopf.className = "knopf zweit";
  knopf.textContent = feld.dataset.kopieren;
  const meldung = document.createElement("span");
  meldung.setAttribute("role", "status");
  knopf.addEventListener("click", async () => {
    await navigator.clipboard.writeText(feld.value);
    meldung.textContent = " " + feld.dataset.kopiert;
  });
  feld.after(knopf, meldung);
}

// What shows beside a mark goes with Escape, and comes back with the next one.
document.addEventListener("keydown", (taste) => {
  if (taste.key === "Escape") document.body.classList.add("zu");
});
for (const was of ["focusin", "pointerover"]) {
  document.addEventListener(was, () => document.body.classList.remove("zu"));
}

const jetzt = new Date();
const heute = [jetzt.getFullYear(), jetzt.getMonth() + 1, jetzt.getDate()]
  .map((zahl) => String(zahl).padStart(2, "0"))
  .join("-");
for (const tag of document.querySelectorAll(`[data-tag="${heute}"]`)) {
  tag.classList.add("heute");
  tag.setAttribute("aria-current", "date");
}
