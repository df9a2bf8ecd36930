// One-letter keys, where nothing is being typed; the help (?) turns them off for this browser.
"use strict";

{
  const OFF = "golive:keys-off";
  const help = document.getElementById("keys");
  const box = help?.querySelector("input");
  const typing = (at) => at.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  const items = () => [...document.querySelectorAll("[data-item]")];
  const only = () => (items().length === 1 ? items()[0] : null);
  const inHand = () =>
    document.activeElement?.closest("[data-item]") ?? document.querySelector("[data-item][data-focus]") ?? only();

  const take = (item) => {
    if (!item) return;
    for (const other of items()) other.toggleAttribute("data-focus", other === item);
    const control = item.querySelector("input:checked, input:not([type=hidden]), select, textarea, a, button");
    (control ?? item).focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = items();
    const way = all.length === 1 && document.querySelector(`.pager a[rel=${by > 0 ? "next" : "prev"}]`);
    if (way) return way.click(); // one question a screen
    take(all[Math.min(all.length - 1, Math.max(0, all.indexOf(inHand()) + by))]);
  };
  const choose = (nth) => inHand()?.querySelectorAll("input[type=radio]")[nth]?.click();
  const press = (key) => {
    const control = inHand()?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`[data-key="${key}"]`);
    if (control?.matches("input, textarea, select")) control.focus();
    else control?.click();
  };

  const acts = {
    j: () => step(1),
    k: () => step(inHand() ? -1 : 1),
    c: () => press("c"),
    e: () => press("e"),
    "/": () => {
      const box = document.querySelector("input[type=search]");
      box ? box.focus() : press("/");
    },
    "?": () => help?.showModal(),
  };
  for (const nth of [0, 1, 2, 3]) acts[nth + 1] = () => choose(nth);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !acts[event.key]) return;
    if (typing(event.target) || document.querySelector("dialog:modal")) return;
    if (localStorage.getItem(OFF) && event.key !== "?") return;
    event.preventDefault();
    acts[event.key]();
  });
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-item]");
    if (item) for (const other of items()) other.toggleAttribute("data-focus", other === item);
  });
  if (box) {
    box.checked = !localStorage.getItem(OFF);
    box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  }
}
