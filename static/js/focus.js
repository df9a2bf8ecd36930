// Focus is never lost on a swap, errors are met first, and what failed is said in the live region.
"use strict";

{
  const live = document.getElementById("live");
  let last = null;

  const errors = (root) => root.querySelector("[data-errors]");

  document.addEventListener("htmx:beforeRequest", () => {
    const at = document.activeElement;
    const form = at?.closest("form");
    last = form ? { form: form.id, name: at.name, value: at.value } : null;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.elt;
    const summary = errors(target);
    if (summary) return summary.focus();
    if (document.activeElement !== document.body || !last) return;
    const form = document.getElementById(last.form);
    const named = [...(form?.elements ?? [])].filter((one) => one.name === last.name);
    const again = last.name ? (named.find((one) => one.value === last.value) ?? named[0]) : null;
    const near = form?.closest("[data-item]")?.querySelector("input:checked, input:not([type=hidden]), select, textarea");
    (again ?? near ?? document.getElementById("main")).focus({ preventScroll: true }); // what was pressed is gone
  });

  const say = (words) => {
    const flash = document.createElement("div");
    flash.className = "flash";
    flash.role = "alert";
    flash.append(Object.assign(document.createElement("p"), { textContent: words }));
    live.replaceChildren(flash);
  };
  document.addEventListener("htmx:sendError", () => say(live.dataset.lost));
  document.addEventListener("htmx:timeout", () => say(live.dataset.lost));
  document.addEventListener("htmx:responseError", () => say(live.dataset.failed));

  const closable = () => {
    for (const flash of live.querySelectorAll(".flash:not(:has(.close))")) {
      const close = Object.assign(document.createElement("button"), { type: "button", className: "close", textContent: "×" });
      close.setAttribute("aria-label", live.dataset.close);
      close.addEventListener("click", () => flash.remove());
      flash.append(close);
    }
  };
  new MutationObserver(closable).observe(live, { childList: true });
  closable();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") live.querySelector(".flash")?.remove();
  });

  errors(document)?.focus();

  // A menu closes when one leaves it.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.activeElement?.closest("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
