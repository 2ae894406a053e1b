// Leaving a field says at once what the server would say later, in the browser's own language; the server decides.
const note = (input) => document.getElementById(`${input.id}-wrong`);

const say = (input) => {
  const place = note(input);
  if (!place) return;
  const fine = input.checkValidity();
  place.textContent = fine ? "" : input.dataset.wrong ?? input.validationMessage;
  if (fine) input.removeAttribute("aria-invalid");
  else input.setAttribute("aria-invalid", "true");
};

document.addEventListener("focusout", ({ target }) => {
  if (target.matches?.(".fld > :is(input, select, textarea)") && (target.value || target.dataset.touched)) say(target);
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(".fld > :is(input, select, textarea)")) return;
  target.dataset.touched = "1";
  if (target.getAttribute("aria-invalid") === "true" && target.checkValidity()) say(target);
});

// A form stopped by the browser says it in our own place, at every field, and goes to the first.
document.addEventListener("invalid", (event) => {
  if (!note(event.target)) return;
  event.preventDefault();
  say(event.target);
  const first = event.target.form?.querySelector(".fld > [aria-invalid='true']");
  if (first === event.target) first.focus();
}, true);

const greet = (root) => root.querySelector?.("[data-focus]")?.focus();
document.addEventListener("htmx:after:swap", ({ target }) => greet(target));
greet(document);
