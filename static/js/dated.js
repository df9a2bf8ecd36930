// The day of a date field in words beside it, as one types.
"use strict";

{
  const words = new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
  });
  document.addEventListener("input", (event) => {
    const field = event.target;
    const output = field.type === "date" && field.parentElement.querySelector("output[data-words]");
    if (output) output.textContent = field.valueAsDate ? words.format(field.valueAsDate).replace(",", "") : "";
  });
  // A year that is being typed is 2, 20 and 202 before it is 2027: none of these is sent, unless the field is left so.
  const halfTyped = (field) => field.type === "date" && field.value && field.value < "1900";
  document.addEventListener("change", (event) => halfTyped(event.target) && event.stopPropagation(), true);
  document.addEventListener("focusout", ({ target }) => {
    if (halfTyped(target) && target.form?.hasAttribute("hx-post")) htmx.trigger(target.form, "submit");
  });
}
