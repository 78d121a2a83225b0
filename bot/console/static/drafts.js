// Keeps what a worker has begun to write about a case until it is sent or they sign out.
// It stays in this tab: no other page, no other tab and no server has it, and closing it ends it.
"use strict";
(() => {
  const KEPT = ["answer", "note", "summary", "reason", "level_reason", "decision_reason"];
  const DRAFT = "draft ";
  const WHOSE = "whose drafts";

  const here = document.body.dataset;
  const asked = new URLSearchParams(location.search);
  let isOver = false;

  function forget(begins = DRAFT) {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(begins)) sessionStorage.removeItem(key);
    }
  }

  function named(field) {
    return `${DRAFT}${here.case} ${field}`;
  }

  function keep(field) {
    if (isOver) return;
    if (field.value.trim()) sessionStorage.setItem(named(field.name), field.value);
    else sessionStorage.removeItem(named(field.name));
  }

  function bringBack(field) {
    field.value = field.value || sessionStorage.getItem(named(field.name)) || "";
    field.dataset.kept = "";
    keep(field);
    const folded = field.closest("details");
    if (folded && field.value.trim()) folded.open = true;
    field.addEventListener("input", () => keep(field));
  }

  // The address says what was taken in; it says so once.
  function forgetSent() {
    if (asked.has("of")) forget(`${DRAFT}${asked.get("of")} `);
    if (asked.has("sent")) forget(named(asked.get("sent")));
    asked.delete("of");
    asked.delete("sent");
    const rest = asked.toString() ? `?${asked}` : "";
    if (location.search !== rest) history.replaceState(null, "", location.pathname + rest + location.hash);
  }

  document.addEventListener("signed-out", () => {
    isOver = true;
    forget();
  });
  if ("forgets" in here) forget();
  if (!here.worker) return;
  if (sessionStorage.getItem(WHOSE) !== here.worker) forget();
  sessionStorage.setItem(WHOSE, here.worker);
  forgetSent();
  if (!here.case) return;
  for (const name of KEPT) {
    const field = document.querySelector(`main form textarea[name="${name}"]`);
    if (field) bringBack(field);
  }
})();
