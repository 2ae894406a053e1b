// only: the seat page. A part with a thousand seats is merged seat by seat, only where one changed: the merge that htmx
// would make of it takes half a second on a slow phone. The plan says hx-morph-skip, so htmx leaves it alone.
const TOLD = ["class", "name", "type", "value", "aria-label", "aria-pressed", "aria-disabled"];

const copy = (from, to) => {
  for (const name of TOLD) {
    const value = from.getAttribute(name);
    if (value === to.getAttribute(name)) continue;
    if (value === null) to.removeAttribute(name);
    else to.setAttribute(name, value);
  }
};

const differs = (one, other) =>
  one.className !== other.className || one.getAttribute("aria-label") !== other.getAttribute("aria-label");

const merge = (fresh, old) => {
  const seats = new Map([...old.querySelectorAll(".chair[id]")].map((seat) => [seat.id, seat]));
  const news = [...fresh.querySelectorAll(".chair[id]")];
  if (news.length !== seats.size || news.some((seat) => !seats.has(seat.id))) {
    old.replaceChildren(...fresh.childNodes);
    return;
  }
  for (const seat of news) if (differs(seat, seats.get(seat.id))) copy(seat, seats.get(seat.id));
  const letters = old.querySelectorAll(".ro");
  fresh.querySelectorAll(".ro").forEach((letter, at) => { letters[at].className = letter.className; });
  const tiers = old.querySelectorAll(".tier > span");
  fresh.querySelectorAll(".tier > span").forEach((tier, at) => { tiers[at].replaceChildren(...tier.childNodes); });
};

document.addEventListener("htmx:before:swap", ({ detail }) => {
  const old = document.querySelector("[data-plan]");
  for (const { fragment } of detail.tasks ?? []) {
    const fresh = fragment?.querySelector?.("[data-plan]");
    if (!fresh || !old) continue;
    merge(fresh, old);
    fresh.replaceChildren();
  }
});
