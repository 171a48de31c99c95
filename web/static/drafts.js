/* Keeps a draft on the server while somebody writes. Without it the button «Save as draft» does the same;
   nothing is kept in the browser. */
(() => {
  "use strict";
  const EVERY = 20000;

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const said = form.querySelector("[data-draft-said]");
    const typed = () => new URLSearchParams(new FormData(form));
    let kept = typed().toString();
    let sent = false;

    const keep = async () => {
      const now = typed();
      if (sent || now.toString() === kept) return;
      const before = kept;
      kept = now.toString();
      now.append("keep_draft", "auto");
      try {
        const answer = await fetch(form.action, { method: "POST", body: now, keepalive: true, redirect: "error" });
        const told = await answer.json();
        if (said && told.said) said.textContent = told.said;
      } catch {
        kept = before; // away from the network: tried again
      }
    };

    form.addEventListener("submit", () => { sent = true; });
    window.addEventListener("pageshow", () => { sent = false; });
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
    window.setInterval(keep, EVERY);
  }
})();
