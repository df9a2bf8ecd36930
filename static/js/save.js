// What is typed into an answer is kept in this browser until the server has it: through a lost connection and a closed
// tab, for this person alone, a fortnight at most. It goes back with the revision it was typed on, so that an answer
// changed meanwhile comes back as both texts.
"use strict";

{
  const person = document.body.dataset.person;
  const prefix = `golive:kept:${person}:`;
  const LASTS = 14 * 24 * 3600 * 1000;
  const AGAIN = 15000;
  const HELD = new Set([403, 409, 413, 422]); // heard and not taken: its writer decides
  const states = document.getElementById("save-states");
  const piece = (state) => states?.content.querySelector(`[data-state=${state}]`)?.cloneNode(true);
  const pathOf = (form) => form.getAttribute("hx-post") ?? form.getAttribute("action");
  const forms = () => [...document.querySelectorAll("form[data-save]")];
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

  const kept = () => (navigator.onLine ? "kept" : "offline");
  const show = (form, state) => {
    const old = form.querySelector(".save");
    const fresh = piece(state);
    if (old && fresh) old.replaceWith(fresh);
  };
  const read = (path) => JSON.parse(localStorage.getItem(prefix + path) ?? "null");
  const write = (path, entry) => {
    try {
      localStorage.setItem(prefix + path, JSON.stringify(entry));
    } catch {
      // No room, or none allowed: the page itself still has the text.
    }
  };
  const forget = (path) => localStorage.removeItem(prefix + path);
  const typedIn = (form) =>
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const keep = (form) => write(pathOf(form), { at: Date.now(), typed: typedIn(form) });
  const paths = () =>
    Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  const formAt = (path) => forms().find((form) => pathOf(form) === path);
  const project = location.pathname.match(/^\/projects\/[^/]+\//)?.[0];
  const mine = () => paths().filter((path) => project && path.startsWith(project));
  // The form that was sent, also where the answer has replaced it.
  const saving = (event) => (event.detail.requestConfig?.elt ?? event.detail.elt)?.closest?.("form[data-save]");

  const refill = (form, typed) => {
    for (const control of form.elements) {
      const values = typed.filter(([name]) => name === control.name).map(([, value]) => value);
      if (!control.name || control.name === "csrfmiddlewaretoken" || control.type === "file") continue;
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else if (values.length) control.value = values[0];
    }
    const note = form.querySelector("details.remark");
    if (note?.querySelector("textarea")?.value) note.open = true;
  };
  const send = (form) => htmx.trigger(form, form.getAttribute("hx-trigger")?.includes("change") ? "change" : "submit");

  // Of a question that this page does not show: sent from here, and shown by its own page when it was not taken.
  const sendAway = async (path) => {
    const body = new URLSearchParams([...read(path).typed, ["csrfmiddlewaretoken", token()]]);
    const answer = await fetch(path, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (answer.ok && !answer.redirected) forget(path);
    else if (HELD.has(answer.status)) {
      write(path, { ...read(path), held: true });
      tell(path);
    }
  };
  const tell = (path) => {
    const [, base, question] = path.match(/^(.*\/)answers\/([^/]+)\/$/) ?? [];
    const flash = piece("left");
    if (!flash || !question) return;
    Object.assign(flash.querySelector("a"), { href: `${base}one/${question}/`, textContent: question });
    document.getElementById("live").append(flash);
  };

  const bringBack = () => {
    for (const path of paths()) if (!(read(path)?.at > Date.now() - LASTS)) forget(path);
    for (const form of forms()) {
      const entry = read(pathOf(form));
      if (!entry) continue;
      refill(form, entry.typed);
      show(form, kept());
      if (navigator.onLine) send(form);
    }
    for (const path of mine()) if (read(path).held && !formAt(path)) tell(path);
    tryAgain(true);
  };
  // What was refused or met another text waits for its writer; what was not heard is sent again.
  const tryAgain = (first) => {
    if (!navigator.onLine) return;
    for (const path of mine().filter((one) => !read(one).held)) {
      const form = formAt(path);
      if (!form) sendAway(path).catch(() => {});
      else if (!first && form.querySelector(".save:is([data-state=kept], [data-state=offline])")) send(form);
    }
  };

  const count = (area) => {
    const words = piece("count");
    if (!area.dataset.cap || !words) return;
    let out = area.nextElementSibling;
    if (!out?.matches("[data-state=count]")) area.after((out = words));
    const cap = Number(area.dataset.cap);
    const length = [...area.value.replace(/\r\n?/g, "\n").trim()].length;
    out.textContent = `${length.toLocaleString(document.documentElement.lang)} / ${cap.toLocaleString(document.documentElement.lang)}`;
    out.className = length > cap ? "error" : "hint";
  };

  if (person) {
    const sent = new Map();
    document.addEventListener("input", (event) => {
      const form = event.target.closest("form[data-save]");
      if (!form) return;
      keep(form);
      if (event.target.matches("textarea")) count(event.target);
    });
    document.addEventListener("htmx:beforeRequest", (event) => {
      const form = saving(event);
      if (!form || event.detail.elt !== form) return;
      keep(form);
      sent.set(pathOf(form), localStorage.getItem(prefix + pathOf(form)));
      show(form, "saving");
    });
    document.addEventListener("htmx:afterRequest", (event) => {
      const path = event.detail.pathInfo?.requestPath;
      const status = event.detail.xhr?.status ?? 0;
      const entry = localStorage.getItem(prefix + path);
      if (!entry) return;
      const form = formAt(path);
      // Signed out meanwhile, the page to sign in answers: that is no save.
      const heard = status && new URL(event.detail.xhr.responseURL).pathname === path;
      // Typed on while it was under way: that is kept, on the revision that stands now, and waits for its own sending.
      if (heard && status < 300) {
        if (!sent.has(path) || entry === sent.get(path)) forget(path);
        else if (form) keep(form);
      } else if (heard && HELD.has(status)) {
        const typed = read(path).typed.filter(([name]) => name !== "revision");
        if (form && sent.has(path) && entry !== sent.get(path)) refill(form, typed);
        write(path, { ...read(path), held: true });
      }
      if (form?.querySelector(".save[data-state=saving]") && !(heard && status < 300)) show(form, kept());
      sent.delete(path);
    });
    addEventListener("online", () => tryAgain());
    setInterval(() => tryAgain(), AGAIN);
    document.addEventListener("submit", (event) => {
      if (event.target.matches("form[data-leave]")) paths().forEach(forget);
    });
    addEventListener("load", bringBack);
  }
}
