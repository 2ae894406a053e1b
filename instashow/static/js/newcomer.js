// only: the till. What the browser offers to fill in follows "I am new" or "I have an account": <section data-newcomer>.
const fill = (part) => {
  const isNew = part.querySelector('[value="new"]')?.checked ?? false;
  const address = part.querySelector('[name="email"]');
  address.type = isNew ? "email" : "text";
  address.autocomplete = isNew ? "email" : "username";
  part.querySelector('[name="password"]').autocomplete = isNew ? "new-password" : "current-password";
};

// What was wrong with the one is not wrong with the other; with its last line the summary over the form goes too.
const forget = (field) => {
  field.removeAttribute("aria-invalid");
  document.getElementById(`${field.id}-wrong`).textContent = "";
  const line = field.form.querySelector(`.err a[href="#${field.id}"]`)?.closest("li");
  const summary = line?.closest(".err");
  line?.remove();
  if (summary && !summary.querySelector("li")) summary.remove();
};

document.addEventListener("change", ({ target }) => {
  const part = target.name === "who" && target.closest("[data-newcomer]");
  if (!part) return;
  fill(part);
  part.querySelectorAll('[aria-invalid="true"]').forEach(forget);
});

// A browser that comes back to the page keeps the choice, not what it meant.
document.querySelectorAll("[data-newcomer]").forEach(fill);
