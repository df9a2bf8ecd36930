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
}
