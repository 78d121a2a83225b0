// "Back" and "Reload" lead to a page as it stands now, and never ask whether to send a form again.
// What a form brought has no address that could be gone back to: in its place stands that of its
// case, or of the page on which the form was.
"use strict";
(() => {
  const { case: shown, brought } = document.body.dataset;
  const here = `/desk/cases/${shown}`;
  const rest = location.pathname === here ? location.search + location.hash : "";
  if (shown) history.replaceState(null, "", here + rest);
  else if (brought !== undefined) history.replaceState(null, "", place());

  function place() {
    const came = document.referrer;
    return came.startsWith(`${location.origin}/desk`) ? came : "/desk";
  }
})();
