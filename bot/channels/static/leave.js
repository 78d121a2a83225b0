/* The quick exit. It stands alone, runs before the page is there, and needs nothing else. */
(function () {
  'use strict';
  var NEEDED = 3, WITHIN = 5000;
  var presses = 0, isAlone = false, away = '', timer = 0;

  function attempt(act) {
    try { return act(); } catch (fault) { return undefined; }
  }

  function button() {
    return document.querySelector('[data-leave]');
  }

  function leave() {
    var link = button();
    var unsent = attempt(function () { return JSON.parse(window.unsentTexts()); }) || [];
    if (link) { away = link.href; }
    attempt(function () { document.title = link ? link.getAttribute('data-title') : ''; });
    attempt(function () { document.documentElement.className = 'gone'; });
    attempt(function () { document.body.innerHTML = ''; });
    attempt(function () { window.speechSynthesis.cancel(); });
    attempt(note);
    attempt(function () { tell(unsent); });
    location.replace(away || 'about:blank');
  }

  /* Without a line nobody hears of it now: the phone remembers it until it is heard. */
  function note() {
    document.cookie = 'g=1; path=/; SameSite=Strict' + (location.protocol === 'https:' ? '; Secure' : '');
  }

  /* A browser sends only so much behind a page; that somebody left is told in any case. */
  function tell(unsent) {
    while (!navigator.sendBeacon('/chat/leave', JSON.stringify(unsent)) && unsent.length) { unsent.pop(); }
  }

  function show(more) {
    var place = document.getElementById('presses'), link = button();
    if (place && link) { place.textContent = more ? link.getAttribute('data-more-' + more) : ''; }
  }

  function startAgain() {
    clearTimeout(timer);
    if (presses) { show(0); }
    presses = 0;
  }

  function pressed() {
    presses += 1;
    if (presses >= NEEDED) { leave(); return; }
    clearTimeout(timer);
    timer = setTimeout(startAgain, WITHIN);
    show(NEEDED - presses);
  }

  document.addEventListener('click', function (event) {
    if (event.target.closest && event.target.closest('[data-leave]')) {
      event.preventDefault();
      leave();
    }
  });
  /* A Shift that types a capital letter is not a press: another key comes before it is let go. */
  document.addEventListener('keydown', function (event) {
    isAlone = event.key === 'Shift';
    if (!isAlone) { startAgain(); }
  });
  document.addEventListener('keyup', function (event) {
    if (event.key === 'Shift' && isAlone) { isAlone = false; pressed(); }
  });
  /* Back to a page that was left: it stays empty and goes away again. */
  window.addEventListener('pageshow', function () {
    if (away) { location.replace(away); }
  });
}());
