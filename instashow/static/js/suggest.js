// Suggestions under the search field: a combobox over links that HTMX fetches. Without script the form is sent as it is.
const field = document.querySelector("[data-suggest]");
const list = () => document.getElementById(field.dataset.suggest);
const options = () => [...list().querySelectorAll("[role=option]")];
const open = () => !list().hidden;
let at = -1;

const point = (to) => {
  const every = options();
  at = to < 0 || !every.length ? -1 : to % every.length;
  every.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
  if (at < 0) field.removeAttribute("aria-activedescendant");
  else {
    field.setAttribute("aria-activedescendant", every[at].id);
    every[at].scrollIntoView({ block: "nearest" });
  }
};

const show = (wanted) => {
  list().hidden = !wanted || !options().length || !field.value.trim();
  field.setAttribute("aria-expanded", String(open()));
  point(-1);
};

const keys = {
  ArrowDown: () => (open() ? point(at + 1) : show(true)),
  ArrowUp: () => (open() ? point(at < 0 ? options().length - 1 : at - 1) : show(true)),
  Escape: () => open() && show(false),
  Enter: () => at >= 0 && open() && options()[at].click(),
};

if (field) {
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": field.dataset.suggest })
    .forEach(([name, value]) => field.setAttribute(name, value));

  field.addEventListener("keydown", (event) => {
    const acted = keys[event.key] && !event.isComposing && (event.key !== "Enter" || at >= 0) && (event.key !== "Escape" || open());
    if (!acted) return;
    event.preventDefault();
    keys[event.key]();
  });
  field.addEventListener("focus", () => show(true));
  field.addEventListener("blur", () => show(false));
  field.form.addEventListener("pointerdown", (event) => event.target.closest("[role=option]") && event.preventDefault());
  document.addEventListener("htmx:after:swap", () => {
    if (list().dataset.told) return;
    list().dataset.told = "1";
    show(document.activeElement === field);
    document.getElementById("suggested").textContent = document.activeElement === field ? list().dataset.said : "";
  });
}
