/* The chat page. Nothing is stored on the phone: what is shown and what waits lives in memory. */
(function () {
  'use strict';
  const IDLE_AFTER = 10 * 60 * 1000, IDLE_WHILE_WAITING = 30 * 60 * 1000, LOOK_EVERY = 15 * 1000;
  const PATIENCE = 40 * 1000, FILE_PATIENCE = 5 * 60 * 1000;
  const MOST_ANEW = 3, FIRST_PAUSE = 2000, LONGEST_PAUSE = 20000;
  const DOUBLE_TAP = 500, FINGER = 24, QUESTION_HEIGHT = 120;
  const ABOUT_DANGER = '[data-key="danger"],[data-key="unsure"],[data-key="safe"]';
  const byId = (id) => document.getElementById(id);
  const log = byId('log'), answers = byId('answers'), text = byId('text'), scroll = byId('scroll');
  let words = JSON.parse(byId('words').textContent);
  const seen = {}, queue = [];
  let last = '', lastTouch = Date.now(), isIdle = false, isSending = false, isOpen = false, isAwaiting = false;
  let polling = null, pollPause = FIRST_PAUSE, pollTimer = 0, sendPause = FIRST_PAUSE, sendTimer = 0;
  let newest = null, hasSent = false;
  let spoken = [], anew = 0, tapped = { at: 0, x: 0, y: 0 };

  /* ---- the line ---- */

  function call(method, path, body, done, patience) {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.timeout = patience || PATIENCE;
    if (typeof body === 'string') { request.setRequestHeader('Content-Type', 'application/json'); }
    request.onloadend = unlessGone(() => done(request.status, request.responseText));
    request.send(body);
    return request;
  }

  /* Once somebody left, the page is empty, and nothing may look for what stood on it. */
  function unlessGone(act) {
    return (event) => { if (document.documentElement.className !== 'gone') { act(event); } };
  }

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => ('0' + byte.toString(16)).slice(-2)).join('');
  }

  function longer(pause) {
    return Math.min(pause * 2, LONGEST_PAUSE);
  }

  const isFault = (status) => status === 0 || status >= 500;

  function lineIs(isBack) {
    byId('away').hidden = isBack || isIdle;
  }

  /* ---- opening, and what comes in ---- */

  function open() {
    const body = JSON.stringify({ id: open.id || (open.id = newId()), lang: words.language });
    call('POST', '/chat/open', body, (status, answer) => {
      if (status !== 200) { lineIs(false); later(open); return; }
      open.id = '';
      isOpen = true;
      byId('loading').hidden = true;
      lineIs(true);
      sendNext();
      if (!isIdle) { showAll(answer); }
      poll();
      if (JSON.parse(answer).is_crowded) { addBubble('bot', [words.crowded].concat(words.calls).join(' ')); }
    });
  }

  /* Somebody left, perhaps in another window: nothing of before may stay on the screen. */
  function startAnew() {
    isOpen = false;
    clear();
    anew += 1;
    byId('blocked').hidden = anew < MOST_ANEW;
    if (anew < MOST_ANEW) { open(); }
  }

  function works() {
    pollPause = sendPause = FIRST_PAUSE;
    anew = 0;
    lineIs(true);
  }

  function later(act) {
    clearTimeout(pollTimer);
    pollTimer = setTimeout(unlessGone(act), pollPause);
    pollPause = longer(pollPause);
  }

  function poll() {
    if (polling || !isOpen) { return; }
    polling = call('GET', '/chat/news?after=' + encodeURIComponent(last), null, (status, answer) => {
      polling = null;
      if (isIdle) { pollIdly(status, answer); return; }
      if (status === 401) { startAnew(); return; }
      if (status !== 200) { missed(); return; }
      works();
      showAll(answer);
      poll();
    });
  }

  /* A cleared page only tells that something waits: what it is counts as not received. */
  function pollIdly(status, answer) {
    if (status === 401) { return; }
    if (status !== 200) { later(poll); return; }
    pollPause = FIRST_PAUSE;
    const messages = JSON.parse(answer).messages;
    messages.filter((message) => message.act === 'delete')
      .forEach((message) => message.references.forEach(remove));
    if (messages.some((message) => message.text && message.act !== 'note_tap')) { byId('news').hidden = false; return; }
    messages.forEach((message) => { last = message.id > last ? message.id : last; });
    poll();
  }

  /* One broken call is nothing yet; the second in a row is. */
  function missed() {
    if (pollPause > FIRST_PAUSE || navigator.onLine === false) { lineIs(false); }
    later(poll);
  }

  function showAll(answer) {
    let latest = null;
    const news = JSON.parse(answer);
    isAwaiting = news.is_awaiting;
    showWayBack(news.way_back);
    news.messages.forEach((message) => {
      if (message.id > last) { last = message.id; }
      if (seen[message.id]) { return; }
      seen[message.id] = true;
      const bubble = show(message);
      latest = bubble || latest;
      if (message.by === 'person' && bubble) { newest = bubble; }
      newest = newest || bubble;
    });
    if (latest) { scrollTo(latest); }
  }

  /* To the first new words; where danger is asked about, on until that and its answers are seen. */
  function scrollTo(latest) {
    const last = Array.from(answers.querySelectorAll(ABOUT_DANGER)).pop();
    const bottom = latest.offsetTop + latest.offsetHeight;
    const asked = Math.max(latest.offsetTop - 8, bottom - QUESTION_HEIGHT);
    const end = last ? last.offsetTop + last.offsetHeight + 8 - scroll.clientHeight : 0;
    scroll.scrollTop = Math.max((newest || latest).offsetTop - 8, Math.min(end, asked));
  }

  /* The code to come back with stands only on a page that something was sent from. */
  function showWayBack(code) {
    byId('way-back').hidden = !code || !hasSent;
    byId('code').textContent = code && hasSent ? code : '';
  }

  /* Shows a message; returns its bubble, if it has one. */
  function show(message) {
    let bubble = null;
    if (message.act === 'delete') { message.references.forEach(remove); return bubble; }
    if (message.act === 'note_tap') { byId('notice').textContent = message.text; return bubble; }
    if (message.text) {
      bubble = addBubble(message.by, message.text);
      bubble.id = 'm-' + message.id;
      spoken.push(message.text);
    }
    if (message.by === 'person') { answers.textContent = ''; }
    showAnswers(message.buttons);
    return bubble;
  }

  function remove(id) {
    if (id === '*') { clear(); return; }
    if (id === 'away') { document.querySelector('[data-leave]').click(); return; }
    const bubble = byId('m-' + id);
    if (bubble) { bubble.remove(); }
  }

  /* ---- bubbles and answers ---- */

  function make(tag, className, content) {
    const element = document.createElement(tag);
    if (className) { element.className = className; }
    if (content) { element.textContent = content; }
    return element;
  }

  function addBubble(by, content) {
    const bubble = make('div', 'bubble ' + by);
    bubble.appendChild(make('span', by === 'person' ? 'who' : 'who unseen', words[by] + ': '));
    bubble.appendChild(linked(content));
    log.appendChild(bubble);
    return bubble;
  }

  function linked(content) {
    const place = make('p');
    content.split(/(\d{3,})/).forEach((part) => {
      if (words.phones.indexOf(part) < 0) { place.appendChild(document.createTextNode(part)); return; }
      const link = make('a', '', part);
      link.href = 'tel:' + part;
      place.appendChild(link);
    });
    return place;
  }

  function showAnswers(rows) {
    if (!rows.length) { return; }
    answers.textContent = '';
    rows.forEach((row) => {
      const line = make('div', 'row');
      row.forEach((button) => line.appendChild(answer(button)));
      answers.appendChild(line);
    });
  }

  function answer(button) {
    if (button.url) { return outside(button); }
    const element = make('button', '', button.label);
    element.type = 'button';
    element.dataset.key = button.data.split(':').pop();
    element.onclick = (event) => { if (!isSecondTap(event)) { choose(button.data, button.label); } };
    return element;
  }

  /* The second half of a double tap must not answer the question that came in between. */
  function isSecondTap(event) {
    const before = tapped;
    tapped = { at: Date.now(), x: event.clientX, y: event.clientY };
    return event.detail > 0 && tapped.at - before.at < DOUBLE_TAP
      && Math.abs(tapped.x - before.x) < FINGER && Math.abs(tapped.y - before.y) < FINGER;
  }

  function outside(button) {
    const link = make('a', 'button', button.label);
    link.href = /^(https:|tel:|sms:)/.test(button.url) ? button.url : '#';
    link.rel = 'noreferrer noopener';
    if (/^https:/.test(button.url)) { link.target = '_blank'; }
    return link;
  }

  function toEnd() {
    scroll.scrollTop = scroll.scrollHeight;
  }

  /* ---- what goes out: one at a time, until it is kept; in order, but for what is too much just now ---- */

  function choose(data, label) {
    answers.textContent = '';
    log.focus();
    send({ tap: data }, label);
    if (data.slice(0, 5) === 'lang:') { changeWords(data.slice(5)); }
  }

  function say(content) {
    for (let part = content; part;) {
      const end = endOfPart(part);
      answers.textContent = '';
      send({ text: part.slice(0, end) }, part.slice(0, end));
      part = part.slice(end);
    }
  }

  function endOfPart(content) {
    if (content.length <= words.longest) { return content.length; }
    const code = content.charCodeAt(words.longest - 1);
    return code >= 0xD800 && code <= 0xDBFF ? words.longest - 1 : words.longest;
  }

  function send(entry, shown) {
    const bubble = addBubble('me', shown);
    const state = make('span', 'state', words.sending);
    state.setAttribute('role', 'status');
    bubble.appendChild(state);
    spoken = [];
    newest = null;
    hasSent = true;
    entry.id = newId();
    entry.lang = words.language;
    fromTheFirst();
    queue.push({ entry: entry, state: state });
    byId('notice').textContent = '';
    toEnd();
    sendNext();
  }

  function sendNext() {
    if (isSending || !queue.length || !isOpen) { return; }
    clearTimeout(sendTimer);
    isSending = true;
    const item = nextItem(), file = item.entry.file;
    call('POST', file ? '/chat/file' : '/chat/say', file ? form(item.entry) : JSON.stringify(item.entry),
      (status, answer) => sent(item, status, answer), file && FILE_PATIENCE);
  }

  function fromTheFirst() {
    if (queue.length) { queue[0].isTooMuch = false; }
  }

  /* What waits behind words that are too much just now is offered once: it may be grave, or call a person. */
  function nextItem() {
    const mayPass = (item) => !item.isTooMuch && !item.entry.file && !/^a:/.test(item.entry.tap || '');
    return (queue[0].isTooMuch && queue.find(mayPass)) || queue[0];
  }

  function form(entry) {
    const data = new FormData();
    data.append('id', entry.id);
    data.append('lang', entry.lang);
    data.append('file', entry.file);
    return data;
  }

  function sent(item, status, answer) {
    isSending = false;
    if (status === 401) { startAnew(); return; }
    if (status === 429) { tooMuch(item, answer); return; }
    if (isFault(status)) { tryAgain(words.unsent, false); return; }
    queue.splice(queue.indexOf(item), 1);
    fromTheFirst();
    const faults = { 413: words.too_large, 422: words.enough };
    item.state.textContent = status === 204 ? '' : faults[status] || words.refused;
    works();
    sendNext();
  }

  function tooMuch(item, answer) {
    item.isTooMuch = true;
    if (!nextItem().isTooMuch) { sendNext(); return; }
    if (answer.indexOf('"crowded"') < 0) { tryAgain(words.slowly, true); return; }
    tryAgain(words.sending, true);
    queue[queue.length - 1].state.textContent = [words.no_room].concat(words.calls).join(' ');
  }

  function tryAgain(why, isBack) {
    queue.forEach((item) => { item.state.textContent = why; });
    lineIs(isBack);
    clearTimeout(sendTimer);
    sendTimer = setTimeout(unlessGone(sendNext), sendPause);
    sendPause = longer(sendPause);
  }

  /* Texts that wait when somebody leaves go with the word that they left. */
  window.unsentTexts = () => JSON.stringify(
    queue.map((item) => item.entry).filter((entry) => !entry.file));

  /* ---- a shared phone: the page is cleared when nobody touches it ---- */

  function clear() {
    log.textContent = answers.textContent = text.value = '';
    byId('notice').textContent = '';
    byId('about-leaving').hidden = true;
    newest = null;
    hasSent = false;
    showWayBack('');
    spoken = [];
    grow();
  }

  function rest() {
    isIdle = true;
    byId('away').hidden = true;
    clear();
    byId('write').hidden = true;
    byId('idle').hidden = false;
    scroll.scrollTop = 0;
    if (window.speechSynthesis) { speechSynthesis.cancel(); }
  }

  function goOn() {
    touch();
    isOpen = false;
    if (polling) { polling.abort(); }
    clearTimeout(pollTimer);
    isIdle = false;
    byId('idle').hidden = byId('news').hidden = true;
    byId('write').hidden = false;
    Object.keys(seen).forEach((id) => delete seen[id]);
    open();
  }

  function touch() { lastTouch = Date.now(); }

  function look() {
    const longest = isAwaiting ? IDLE_WHILE_WAITING : IDLE_AFTER;
    if (!isIdle && Date.now() - lastTouch >= longest) { rest(); }
  }

  /* ---- another language, without losing what is on the page ---- */

  function changeWords(language) {
    call('GET', '/?lang=' + encodeURIComponent(language), null, (status, answer) => {
      if (status !== 200) { return; }
      const page = new DOMParser().parseFromString(answer, 'text/html');
      const to = document.querySelectorAll('[data-w]');
      page.querySelectorAll('[data-w]').forEach((element, index) => swap(element, to[index]));
      document.documentElement.lang = page.documentElement.lang;
      document.title = page.title;
      words = JSON.parse(page.getElementById('words').textContent);
      markLanguage();
    });
  }

  function swap(from, to) {
    Array.from(from.attributes).forEach((attribute) => {
      if (attribute.name !== 'hidden') { to.setAttribute(attribute.name, attribute.value); }
    });
    if (from.hasAttribute('data-whole')) { to.innerHTML = from.innerHTML; }
    else if (!to.children.length) { to.textContent = from.textContent; }
  }

  function markLanguage() {
    document.querySelectorAll('[data-language]').forEach((link) => {
      if (link.dataset.language === words.language) { link.setAttribute('aria-current', 'true'); }
      else { link.removeAttribute('aria-current'); }
    });
  }

  /* ---- hands ---- */

  function grow() {
    text.style.height = 'auto';
    text.style.height = Math.min(text.scrollHeight + 2, window.innerHeight / 4) + 'px';
  }

  function submit(event) {
    event.preventDefault();
    if (text.value.trim()) { say(text.value.trim()); }
    text.value = '';
    grow();
    if (hasKeyboard()) { text.focus(); }
  }

  function hasKeyboard() {
    return window.matchMedia('(hover: hover) and (pointer: fine)').matches;
  }

  function sendFile() {
    const file = byId('photo').files[0];
    if (!file) { return; }
    if (file.size > words.largest) { byId('notice').textContent = words.too_large; toEnd(); }
    else { send({ file: file }, file.type.slice(0, 6) === 'audio/' ? words.voice : words.photo); }
    byId('photo').value = '';
  }

  function readAloud() {
    speechSynthesis.cancel();
    const choices = Array.from(answers.querySelectorAll('button, a'), (button) => button.textContent);
    const speech = new SpeechSynthesisUtterance(spoken.concat(choices).join('\n'));
    speech.lang = document.documentElement.lang;
    speechSynthesis.speak(speech);
  }

  function toggleAbout(event) {
    event.preventDefault();
    byId('about-leaving').hidden = !byId('about-leaving').hidden;
  }

  function isSubmit(event) {
    return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229
      && hasKeyboard();
  }

  byId('form').addEventListener('submit', submit);
  text.addEventListener('input', grow);
  text.addEventListener('keydown', (event) => { if (isSubmit(event)) { submit(event); } });
  byId('photo').addEventListener('change', sendFile);
  byId('go-on').addEventListener('click', goOn);
  byId('about').addEventListener('click', toggleAbout);
  byId('about-close').addEventListener('click', toggleAbout);
  document.querySelectorAll('[data-tap]').forEach((button) => {
    button.addEventListener('click', () => choose(button.dataset.tap, button.textContent));
  });
  document.querySelectorAll('[data-language]').forEach((link) => {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      choose('lang:' + link.dataset.language, link.textContent);
    });
  });
  if (window.speechSynthesis) {
    byId('aloud').hidden = false;
    byId('aloud').addEventListener('click', readAloud);
  }
  ['keydown', 'mousedown', 'touchstart', 'wheel'].forEach((name) => {
    document.addEventListener(name, touch, { passive: true });
  });
  document.addEventListener('visibilitychange', unlessGone(look));
  setInterval(unlessGone(look), LOOK_EVERY);
  window.addEventListener('online', unlessGone(() => { sendNext(); if (isOpen) { poll(); } }));
  window.addEventListener('offline', unlessGone(() => lineIs(false)));
  window.addEventListener('resize', toEnd);
  window.addEventListener('pageshow', unlessGone((event) => { if (event.persisted) { clear(); goOn(); } }));

  byId('write').hidden = false;
  open();
}());
