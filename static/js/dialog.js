// A page that asks once stands over the page one is on; without script, or when it cannot be fetched, it is a page.
"use strict";

{
  const ask = async (link) => {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const dialog = page.querySelector("main dialog");
    if (!dialog) throw new Error("no question there");
    dialog.removeAttribute("open");
    document.body.append(document.adoptNode(dialog));
    window.htmx?.process(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      link.focus();
    });
    dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const way = event.target.closest("a[data-close], button[data-close]");
    if (way?.closest("dialog:modal")) {
      event.preventDefault();
      way.closest("dialog").close();
    }
    const link = event.target.closest("a[data-ask]");
    if (link) {
      event.preventDefault();
      ask(link).catch(() => location.assign(link.href));
    }
  });

  // A button pressed twice acts once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 5000); // an answer that is a file leaves the page as it is
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
}
