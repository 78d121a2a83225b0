// Makes the desk's pages live. Without it they work the same, but stand still.
"use strict";
(() => {
  const QUIET = 40000; // milliseconds without a word after which the line counts as lost
  const REFRESH = 30000; // times on the page are never older than this
  const AGAIN = { emergencies: 15000, urgent: 60000 }; // how often what nobody has, or has read, rings

  const live = document.getElementById("live");
  const sound = document.getElementById("sound");
  const lines = document.getElementById("lines");
  const pressing = document.getElementById("pressing");
  const title = document.title;
  let line = null;
  let heardAt = 0;
  let lastClock = "";
  let audio = null;
  let rangAt = 0;
  let warnedAt = 0;
  let known = 0;
  let isEnded = false;

  // The live line

  function listen() {
    if (line) line.close();
    line = new EventSource("/desk/live");
    line.addEventListener("changed", () => { heard(); refresh(); });
    line.addEventListener("still", heard);
    line.addEventListener("ended", end);
    line.onerror = lost;
  }

  function heard() {
    heardAt = Date.now();
    lastClock = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    show("is-on", live.dataset.on);
  }

  function lost() {
    if (isEnded) return;
    warn();
    show("is-lost", live.dataset.lost.replace("{time}", lastClock || "–"));
  }

  function end() {
    if (!isEnded) warn();
    isEnded = true;
    document.dispatchEvent(new Event("signed-out"));
    if (line) line.close();
    show("is-lost", live.dataset.ended);
  }

  function show(state, words) {
    if (live.textContent !== words) live.textContent = words;
    live.className = "live " + state;
  }

  function watch() {
    if (isEnded || Date.now() - heardAt < QUIET) return;
    lost();
    listen();
  }

  // What the page shows

  async function load(address) {
    try {
      const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
      if (answer.status === 401) end();
      return answer.ok ? await answer.text() : "";
    } catch {
      lost();
      return "";
    }
  }

  async function refresh() {
    if (isEnded) return;
    const isCase = document.body.classList.contains("case-page");
    const text = await load("/desk/lines" + asked(isCase));
    if (!text) return;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    if (isCase || !lines) {
      name(fresh);
      swap("alarm-path", fresh);
      swap("state", fresh);
    }
    if (!isCase && lines) {
      const focused = place(document.activeElement);
      bring([...fresh.body.children]);
      if (focused) document.querySelector(focused)?.focus();
    }
    document.dispatchEvent(new Event("refreshed"));
    count();
  }

  function asked(isCase) {
    if (isCase) return `?case=${document.body.dataset.case}`;
    return lines ? location.search : "";
  }

  // Where the cases are not shown, a line at the top says what rings, and leads to them.
  function name(fresh) {
    const said = [...fresh.querySelectorAll("p.alarm")].map((each) => each.textContent.trim());
    const words = said.join(" · ");
    if (pressing.textContent !== words) pressing.textContent = words;
    pressing.hidden = !words;
    if (!document.getElementById("state")) document.body.append(fresh.getElementById("state"));
  }

  // What stays the same is left where it is: nobody hears it read out again.
  function bring(made) {
    const old = [...lines.children];
    if (old.length !== made.length) lines.replaceChildren(...made);
    else made.forEach((each, at) => { if (!old[at].isEqualNode(each)) old[at].replaceWith(each); });
  }

  function place(element) {
    if (!lines.contains(element)) return "";
    const row = element.closest("tr[id]");
    const named = ["href", "aria-label"].map((name) => element.hasAttribute(name)
      ? `[${name}="${CSS.escape(element.getAttribute(name))}"]` : `:not([${name}])`);
    return `#lines ${row ? `#${CSS.escape(row.id)}` : ""} ${element.localName}${named.join("")}`;
  }

  function swap(id, fresh) {
    const old = document.getElementById(id);
    const made = fresh.getElementById(id);
    if (old && made && !old.isEqualNode(made)) old.replaceWith(made);
  }

  window.desk = Object.freeze({ load, swap }); // for the page of a case

  // One press is one answer
  document.addEventListener("submit", (event) => {
    const { sent, loses, ends } = event.target.dataset;
    const isLost = isHalfWritten() || (ends !== undefined && isAnythingKept());
    if (sent || (loses && isLost && !confirm(loses))) event.preventDefault();
    else event.target.dataset.sent = "yes";
  });

  // What drafts.js keeps is there again on the next page, but not after signing out
  function isHalfWritten() {
    return [...document.querySelectorAll("main input, main textarea")].some((field) => (
      !("kept" in field.dataset) &&
      (field.value !== field.defaultValue || (field.readOnly && field.value.trim()))));
  }

  function isAnythingKept() {
    return Object.keys(sessionStorage).some((key) => key.startsWith("draft "));
  }

  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // The alarm

  function count() {
    const state = document.getElementById("state");
    if (!state) return;
    const waiting = Number(state.dataset.emergencies) + Number(state.dataset.urgent);
    const all = waiting + Number(state.dataset.broken);
    document.title = all ? `(${all}) ${title}` : title;
    const span = Number(state.dataset.emergencies) ? AGAIN.emergencies : AGAIN.urgent;
    const calls = all + Number(state.dataset.test); // a test rings once, all else again and again
    const isDue = calls > known || (all && Date.now() - rangAt >= span);
    if (calls && isDue) ring(Number(state.dataset.emergencies));
    known = calls;
  }

  function ring(emergencies) {
    rangAt = Date.now();
    if (!isLoud()) return;
    const tones = emergencies ? [880, 660, 880, 660] : [587, 587];
    tones.forEach((pitch, place) => tone(pitch, audio.currentTime + place * 0.28));
  }

  // A page that cannot ring any more says so aloud, once a minute at most
  function warn() {
    if (!isLoud() || Date.now() - warnedAt < AGAIN.urgent) return;
    warnedAt = Date.now();
    tone(220, audio.currentTime);
    tone(165, audio.currentTime + 0.3);
  }

  function tone(pitch, at) {
    const voice = audio.createOscillator();
    const strength = audio.createGain();
    voice.frequency.value = pitch;
    strength.gain.setValueAtTime(0.0001, at);
    strength.gain.exponentialRampToValueAtTime(0.4, at + 0.03);
    strength.gain.exponentialRampToValueAtTime(0.0001, at + 0.25);
    voice.connect(strength).connect(audio.destination);
    voice.start(at);
    voice.stop(at + 0.26);
  }

  function isLoud() {
    return audio !== null && audio.state === "running" && sound.getAttribute("aria-pressed") === "true";
  }

  async function turn(on) {
    audio = audio || new AudioContext();
    if (on) await Promise.race([audio.resume(), new Promise((go) => setTimeout(go, 500))]);
    const works = on && audio.state === "running";
    sound.setAttribute("aria-pressed", String(works));
    sound.textContent = works ? sound.dataset.on : sound.dataset.off;
    return works;
  }

  sound.addEventListener("click", async () => {
    const on = await turn(sound.getAttribute("aria-pressed") !== "true");
    sessionStorage.setItem("sound", on ? "on" : "off");
    if (on) { tone(660, audio.currentTime); known = 0; count(); }
  });

  const more = document.getElementById("more");
  const wide = matchMedia("(min-width: 64rem)");
  const unfold = () => { more.open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();

  sound.hidden = false;
  if (sessionStorage.getItem("sound") === "on") turn(true);
  addEventListener("offline", lost);
  addEventListener("online", listen);
  addEventListener("beforeprint", () => document.querySelectorAll(".more-reasons").forEach((one) => { one.open = true; }));
  listen();
  if (lines) count();
  else refresh();
  setInterval(watch, 5000);
  setInterval(refresh, REFRESH);
  setInterval(count, 5000);
})();
