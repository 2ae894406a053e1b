// Leaving a field says at once what the server would say later, in the language of the page; the server decides.
const words = JSON.parse(document.body.dataset.says ?? "{}");
const note = (input) => document.getElementById(`${input.id}-wrong`);

const why = ({ validity, type, minLength, maxLength, min, max, validationMessage }) => {
  if (validity.valueMissing) return words.missing ?? validationMessage;
  if (validity.tooShort) return words.short?.replace("%n", minLength) ?? validationMessage;
  if (validity.tooLong) return words.long?.replace("%n", maxLength) ?? validationMessage;
  if (validity.rangeUnderflow) return words.low?.replace("%n", min) ?? validationMessage;
  if (validity.rangeOverflow) return words.high?.replace("%n", max) ?? validationMessage;
  if (validity.typeMismatch && type === "email") return words.email ?? validationMessage;
  return words.other ?? validationMessage;
};

const say = (input) => {
  const place = note(input);
  if (!place) return;
  place.textContent = input.validity.valid ? "" : input.dataset.wrong ?? why(input);
  if (input.validity.valid) input.removeAttribute("aria-invalid");
  else input.setAttribute("aria-invalid", "true");
};

document.addEventListener("focusout", ({ target }) => {
  if (target.matches?.(".fld > :is(input, select, textarea)") && (target.value || target.dataset.touched)) say(target);
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(".fld > :is(input, select, textarea)")) return;
  target.dataset.touched = "1";
  if (target.getAttribute("aria-invalid") === "true" && target.validity.valid) say(target);
});

// A form stopped by the browser says it in our own place, at every field, and goes to the first.
document.addEventListener("invalid", (event) => {
  if (!note(event.target)) return;
  event.preventDefault();
  say(event.target);
  const first = event.target.form?.querySelector(".fld > [aria-invalid='true']");
  if (first === event.target) first.focus();
}, true);

const greet = (root) => (root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus]"))?.focus();
document.addEventListener("htmx:after:swap", ({ target }) => greet(target));
greet(document);
