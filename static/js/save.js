// What is typed into an answer is kept in this browser until the server has it: through a lost connection and a closed tab.
"use strict";

{
  const person = document.body.dataset.person;
  const prefix = `golive:kept:${person}:`;
  const states = document.getElementById("save-states");
  const keyOf = (form) => `${prefix}${location.pathname}#${form.id}`;

  const show = (form, state) => {
    const old = form.querySelector(".save");
    const fresh = states?.content.querySelector(`[data-state=${state}]`)?.cloneNode(true);
    if (old && fresh) old.replaceWith(fresh);
  };
  const keep = (form) => {
    const typed = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    localStorage.setItem(keyOf(form), JSON.stringify(typed));
  };
  const forget = (form) => localStorage.removeItem(keyOf(form));
  // The form that was sent, also where the answer has replaced it.
  const saving = (event) => (event.detail.requestConfig?.elt ?? event.detail.elt)?.closest?.("form[data-save]");

  const refill = (form, typed) => {
    for (const control of form.elements) {
      const values = typed.filter(([name]) => name === control.name).map(([, value]) => value);
      if (!control.name || control.name === "csrfmiddlewaretoken" || control.type === "file") continue;
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else if (values.length) control.value = values[0];
    }
  };
  // The revision goes back with the text it was typed on, so an answer changed meanwhile comes back as both texts.
  const bringBack = () => {
    for (const form of document.querySelectorAll("form[data-save]")) {
      const kept = localStorage.getItem(keyOf(form));
      if (!kept) continue;
      refill(form, JSON.parse(kept));
      show(form, "kept");
      if (navigator.onLine) htmx.trigger(form, form.getAttribute("hx-trigger")?.includes("change") ? "change" : "submit");
    }
  };

  if (person) {
    document.addEventListener("input", (event) => {
      const form = event.target.closest("form[data-save]");
      if (form) keep(form);
    });
    document.addEventListener("htmx:beforeRequest", (event) => {
      const form = saving(event);
      if (form) show(form, "saving");
    });
    document.addEventListener("htmx:afterRequest", (event) => {
      const form = saving(event);
      const status = event.detail.xhr?.status ?? 0;
      // 409 and 422 show the text again, marked; only a lost or failed sending leaves it to us.
      if (form && status >= 200 && status < 500 && status !== 403) forget(form);
      else if (form) show(form, "kept");
    });
    addEventListener("online", bringBack);
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("form[data-leave]")) return;
      Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach((key) => localStorage.removeItem(key));
    });
    addEventListener("load", bringBack);
  }
}
