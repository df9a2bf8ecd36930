// Tells the others of the project which question one is on, and shows at each question who else is.
"use strict";

{
  const EVERY = 15000;
  let last = 0;
  const list = () => document.getElementById("presence");

  const mark = () => {
    for (const old of document.querySelectorAll(".here")) old.remove();
    for (const other of list()?.querySelectorAll("[data-on]") ?? []) {
      const said = Object.assign(document.createElement("p"), { className: "here soft fine", textContent: other.dataset.said });
      document.getElementById(other.dataset.on)?.querySelector(".rest")?.prepend(said);
    }
  };
  const ask = async () => {
    if (!list() || document.hidden || !navigator.onLine || Date.now() - last < EVERY) return;
    last = Date.now();
    const item = document.activeElement?.closest("[data-item]");
    const token = item?.querySelector("form[data-save] [name=csrfmiddlewaretoken]")?.value;
    const body = new URLSearchParams({ question: item?.id ?? "", csrfmiddlewaretoken: token ?? "" });
    const headers = { "HX-Request": "true" };
    const answer = await fetch(list().dataset.url, token ? { method: "POST", body, headers } : { headers });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("presence");
    if (!fresh || !list()) return;
    list().replaceWith(document.adoptNode(fresh));
    mark();
  };
  const quietly = () => void ask().catch(() => {}); // nobody is missed when this is not heard

  if (list()) {
    addEventListener("load", mark);
    document.addEventListener("focusin", quietly);
    document.addEventListener("htmx:afterSwap", mark);
    setInterval(quietly, EVERY);
  }
}
