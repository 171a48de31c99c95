/* Rows of ratings: each saves itself, says so, and is left and reached by keys as in a spreadsheet. Without this the
   button «Save» below the rows does the same for all of them; nothing is kept in the browser. */
(() => {
  "use strict";
  const AFTER = 900;
  const AGAIN = 15000;

  const form = document.querySelector("form[data-rate]");
  if (!form) return;
  const token = form.querySelector("[name=csrf_token]").value;
  const rows = [...form.querySelectorAll("tr[data-row]")].map(watch);

  function watch(element) {
    const row = { element, key: element.dataset.row, timer: 0, sending: false, held: false };
    row.fields = [...element.querySelectorAll("input, textarea")];
    row.column = (name) => element.querySelector(`[data-column="${name}"]`);
    row.said = element.querySelector("[data-said]");
    row.seen = element.querySelector("[data-seen]");
    row.theirs = element.querySelector("[data-theirs]");
    row.kept = snapshot(row);
    element.addEventListener("input", () => soon(row));
    element.addEventListener("change", () => save(row));
    element.addEventListener("focusout", (event) => { if (!element.contains(event.relatedTarget)) save(row); });
    element.addEventListener("keydown", (event) => move(row, event));
    for (const button of element.querySelectorAll("[data-take]")) {
      button.addEventListener("click", () => settle(row, button.dataset.take));
    }
    if (!row.theirs.hidden) hold(row, null);
    return row;
  }

  function typed(row) {
    const values = new URLSearchParams();
    for (const field of row.fields) {
      if (field.type !== "checkbox" || field.checked) values.append(field.name, field.value);
    }
    return values;
  }

  function snapshot(row) {
    const values = typed(row);
    values.delete(`seen-${row.key}`);
    return values.toString();
  }

  function soon(row) {
    window.clearTimeout(row.timer);
    row.timer = window.setTimeout(() => save(row), AFTER);
  }

  async function save(row) {
    window.clearTimeout(row.timer);
    const now = snapshot(row);
    if (now === row.kept || row.held || row.sending) return;
    const before = values(row);
    row.sending = true;
    tell(row, form.dataset.saving, false);
    const body = typed(row);
    body.append("csrf_token", token);
    try {
      const answer = await fetch(row.element.dataset.save, { method: "POST", body, keepalive: true, redirect: "error" });
      if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new SyntaxError();
      told(row, now, before, answer.ok, await answer.json());
    } catch (fault) {
      tell(row, fault instanceof SyntaxError ? form.dataset.lost : form.dataset.away, true);
    }
    row.sending = false;
    if (snapshot(row) !== row.kept && snapshot(row) !== now) soon(row);
  }

  function values(row) {
    const found = { notes: notes(row).filter((box) => box.checked).map((box) => box.value).join(",") };
    for (const name of ["level", "rationale", "recommendation", "finished"]) {
      const field = row.column(name);
      found[name] = name === "finished" ? field.checked : field.value;
    }
    return found;
  }

  function notes(row) {
    return row.fields.filter((field) => field.name === `notes-${row.key}`);
  }

  function told(row, sent, before, ok, answer) {
    tell(row, answer.said, !ok);
    if (answer.theirs) {
      const typedSince = values(row);
      for (const name of Object.keys(before)) if (typedSince[name] === before[name]) put(row, name, answer.mine[name]);
      hold(row, answer.theirs);
      return;
    }
    if (!ok) return;
    row.seen.value = answer.seen;
    // What another window or the other auditor changed meanwhile comes in, where nobody has typed on since.
    const since = values(row);
    for (const name of Object.keys(before)) {
      const there = answer[name];
      if (since[name] !== before[name] || String(there).trim() === String(before[name]).trim()) continue;
      put(row, name, there);
    }
    const typedOn = Object.keys(before).some((name) => since[name] !== before[name]);
    row.kept = typedOn ? sent : snapshot(row);
    show(answer);
  }

  function put(row, name, value) {
    if (name === "finished") row.column(name).checked = value;
    else if (name === "notes") for (const box of notes(row)) box.checked = value.split(",").includes(box.value);
    else row.column(name).value = value;
  }

  function tell(row, words, bad) {
    row.said.textContent = words;
    row.said.classList.toggle("se-rate__said--bad", bad);
    row.column("level").toggleAttribute("aria-invalid", false);
    if (bad) row.column("level").setAttribute("aria-invalid", "true");
  }

  function show(answer) {
    const progress = document.querySelector("[data-progress]");
    if (progress && answer.progress) progress.textContent = answer.progress;
    for (const one of answer.results || []) {
      const place = document.querySelector(`[data-result="${one.key}"]`);
      if (place) place.textContent = one.text;
    }
  }

  /* Two wrote the same part: both texts stand there until somebody chooses, and nothing is sent meanwhile. */
  function hold(row, there) {
    row.held = true;
    if (there) {
      row.there = there;
      for (const place of row.theirs.querySelectorAll("[data-their]")) place.textContent = there[place.dataset.their] || "";
      row.seen.value = there.seen;
      row.theirs.hidden = false;
    } else {
      row.there = {};
      for (const place of row.theirs.querySelectorAll("[data-their]")) row.there[place.dataset.their] = place.textContent;
    }
    row.theirs.querySelector("[data-choose]").hidden = false;
  }

  function settle(row, which) {
    if (which !== "mine") {
      for (const name of ["rationale", "recommendation"]) {
        const field = row.column(name);
        const other = row.there[name] || "";
        if (which === "theirs") field.value = other;
        else if (other && other !== field.value) field.value = [other, field.value].filter(Boolean).join("\n");
      }
    }
    if (which === "theirs") put(row, "level", row.there.level || "");
    row.held = false;
    row.kept = "";
    row.theirs.hidden = true;
    row.column("level").focus();
    save(row);
  }

  function move(row, event) {
    const field = event.target;
    const name = field.dataset && field.dataset.column;
    if (!name || event.isComposing || event.altKey || event.shiftKey) return;
    const text = field.tagName === "TEXTAREA";
    const typing = text || name === "level";
    const [from, until] = typing ? [field.selectionStart, field.selectionEnd] : [0, 0];
    const whole = !text && typing && from === 0 && until === field.value.length;
    const first = !typing || whole || until === 0;
    const last = !typing || whole || from === field.value.length;
    const chord = event.ctrlKey || event.metaKey;
    let to = null;
    if (event.key === "Enter" && (!text || chord)) to = below(row, name, 1);
    else if (chord) return;
    else if (event.key === "ArrowDown" && (!text || last)) to = below(row, name, 1);
    else if (event.key === "ArrowUp" && (!text || first)) to = below(row, name, -1);
    else if (event.key === "ArrowRight" && last) to = beside(row, name, 1);
    else if (event.key === "ArrowLeft" && first) to = beside(row, name, -1);
    else return;
    event.preventDefault();
    if (to) go(to);
  }

  function below(row, name, step) {
    const next = rows[rows.indexOf(row) + step];
    return next ? next.column(name) : null;
  }

  function beside(row, name, step) {
    const columns = [...row.element.querySelectorAll("[data-column]")];
    return columns[columns.indexOf(row.column(name)) + step] || null;
  }

  function go(field) {
    field.focus();
    if (field.tagName === "INPUT" && field.type !== "checkbox") field.select();
  }

  const saveAll = () => rows.forEach((row) => save(row));
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveAll(); });
  window.setInterval(saveAll, AGAIN);
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && rows.some((row) => snapshot(row) !== row.kept)) event.preventDefault();
  });
})();
