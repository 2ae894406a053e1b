// only: the till. What the browser offers to fill in follows "I am new" or "I have an account": <section data-newcomer>.
const fill = (part) => {
  const isNew = part.querySelector('[value="new"]')?.checked ?? false;
  const address = part.querySelector('[name="email"]');
  address.type = isNew ? "email" : "text";
  address.autocomplete = isNew ? "email" : "username";
  part.querySelector('[name="password"]').autocomplete = isNew ? "new-password" : "current-password";
};

document.addEventListener("change", ({ target }) => {
  const part = target.name === "who" && target.closest("[data-newcomer]");
  if (part) fill(part);
});

// A browser that comes back to the page keeps the choice, not what it meant.
document.querySelectorAll("[data-newcomer]").forEach(fill);
