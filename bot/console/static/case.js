// Makes the page of a case live, once desk.js has heard that something changed.
"use strict";
(() => {
  const THERE = 60000; // milliseconds without a hand after which nobody is taken to be there
  const HANDS = ["keydown", "input", "pointerdown", "pointermove", "touchmove", "wheel"];
  const WORDS = ".entry-said, .entry-tapped, .entry-file"; // what comes from the contact

  const { load, swap } = window.desk;
  const here = document.body.dataset;
  const news = document.getElementById("news");
  const heard = document.getElementById("heard");
  let touchedAt = Date.now(); // a hand has opened the page
  let restsAt = "";

  // Its owner sees at once what is new; anybody else is told that there is something.
  // What is shown counts as read, so with nobody there it is not shown before a hand asks for it.

  function touch(event) {
    const at = event.type === "pointermove" ? `${event.screenX} ${event.screenY}` : "";
    if (at && at === restsAt) return; // the page moved under a mouse that lies still
    restsAt = at || restsAt;
    touchedAt = Date.now();
  }

  function isThere() {
    return !document.hidden && Date.now() - touchedAt < THERE;
  }

  async function notice() {
    const now = document.getElementById("state").dataset.case;
    if (!now || now === here.version) return;
    if ("mine" in here && isThere()) await renew();
    else news.hidden = false;
  }

  async function renew() {
    const text = await load(location.pathname + location.search);
    if (!text) return;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    if (("mine" in fresh.body.dataset) !== ("mine" in here)) {
      news.hidden = false;
      return;
    }
    bring(fresh.getElementById("log"));
    for (const id of ["head", "state", "moment", "gone"]) swap(id, fresh);
    for (const id of ["answer-hint", "answer-go"]) reword(id, fresh);
    here.version = fresh.body.dataset.version;
    for (const name of ["version", "seen"]) {
      const value = fresh.querySelector(`input[name=${name}]`)?.value;
      for (const field of document.querySelectorAll(`input[name=${name}]`)) {
        if (value) field.value = value;
      }
    }
    news.hidden = true;
  }

  // What was said before is left where it is; of what is new, the contact's words are read out.
  function bring(made) {
    const log = document.getElementById("log");
    const old = new Map([...log.children].map((each) => [each.dataset.entry, each]));
    const lines = [...made.children];
    say(lines.filter((each) => each.matches(WORDS) && !old.has(each.dataset.entry)));
    const now = lines.map((each) => kept(old.get(each.dataset.entry), each));
    for (const each of old.values()) if (!now.includes(each)) each.remove();
    now.forEach((each, at) => { if (log.children[at] !== each) log.insertBefore(each, log.children[at]); });
  }

  function kept(before, made) {
    if (before) before.id = made.id; // the last one is called so
    const isOpen = before?.querySelector("img"); // a photo that is looked at
    return isOpen || before?.isEqualNode(made) ? before : made;
  }

  function say(lines) {
    const parts = (line) => [...line.querySelectorAll(".entry-text")].map((each) => each.textContent);
    const words = lines.map((line) => (
      `${line.querySelector(".entry-who").textContent.trim()}: ${parts(line).join(" ")}`.trim()));
    if (words.length) heard.replaceChildren(words.join(" · "));
  }

  function reword(id, fresh) {
    const old = document.getElementById(id);
    const made = fresh.getElementById(id);
    if (old && made) old.textContent = made.textContent;
  }

  // Whoever sent something hears so, and goes on where they wrote
  function goOn() {
    const said = document.getElementById("sent");
    const field = document.getElementById(here.sent);
    const words = said.textContent;
    said.textContent = "";
    addEventListener("load", () => setTimeout(() => { // before that, "#last" takes the keyboard away
      said.textContent = words; // read out only if it comes after the page
      field?.focus({ preventScroll: true });
    }, 100));
    field?.addEventListener("input", () => { said.textContent = ""; }, { once: true });
  }

  function unveil(event) {
    const veil = event.target.closest("[data-veil]");
    if (!veil) return;
    event.preventDefault();
    const shown = veil.parentElement.querySelector("img");
    if (shown) {
      shown.remove();
      veil.textContent = veil.dataset.show;
    } else {
      const picture = document.createElement("img");
      picture.src = veil.href;
      picture.alt = "";
      veil.dataset.show = veil.textContent;
      veil.textContent = veil.dataset.hide;
      veil.parentElement.append(picture);
    }
  }

  for (const hand of HANDS) addEventListener(hand, touch, { capture: true, passive: true });
  document.addEventListener("refreshed", notice);
  document.addEventListener("click", unveil);
  news.querySelector("button").addEventListener("click", renew);
  if (here.sent) goOn();
})();
