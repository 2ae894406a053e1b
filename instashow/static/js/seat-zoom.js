// only: the seat page. How large a seat is drawn (24 to 54 px), by buttons and by two fingers; where the hall opens.
const LEAST = 24;
const MOST = 54;
const STEP = 6;

const box = (map) => map?.querySelector("[data-box]");
const plan = (map) => map?.querySelector("[data-plan]");
const size = (map) => plan(map).querySelector(".chair")?.offsetWidth ?? LEAST;

const zoomTo = (map, wanted, at) => {
  const before = parseFloat(getComputedStyle(plan(map)).getPropertyValue("--drawn")) || unit(map);
  const now = Math.min(MOST, Math.max(LEAST, wanted));
  const view = box(map);
  const x = at?.x ?? view.clientWidth / 2;
  const y = at?.y ?? view.clientHeight / 2;
  const left = (view.scrollLeft + x) / before;
  const top = (view.scrollTop + y) / before;
  plan(map).style.setProperty("--zoom", `${now}px`);
  view.scrollTo(left * now - x, top * now - y);
};

const unit = (map) => {
  const one = plan(map).querySelector(".chair:not(.l)");
  return one ? one.offsetWidth : size(map);
};

export const zoomBy = (map, step) => plan(map) && zoomTo(map, unit(map) + step * STEP);

// Opens at what is yours, else at what is offered, else in the middle two thirds back.
export const open = (map, fresh) => {
  const view = box(map);
  if (!view || !fresh) return;
  const wanted = [...plan(map).querySelectorAll(".chair.try")].concat([...plan(map).querySelectorAll(".chair.m, .chair.no")]);
  const first = wanted[0];
  if (!first) return view.scrollTo((view.scrollWidth - view.clientWidth) / 2, (view.scrollHeight - view.clientHeight) * .6);
  const row = wanted.filter((seat) => seat.offsetTop === first.offsetTop);
  const middle = (first.offsetLeft + row.at(-1).offsetLeft + row.at(-1).offsetWidth) / 2;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || !view.dataset.opened;
  view.scrollTo({ left: middle - view.clientWidth / 2, top: first.offsetTop - view.clientHeight * .42, behavior: calm ? "instant" : "smooth" });
  view.dataset.opened = "1";
};

// Two fingers: the distance between them is the zoom, their middle stays where it is.
const fingers = new Map();
let began = null;

const spread = () => {
  const [one, two] = [...fingers.values()];
  return Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
};

document.addEventListener("pointerdown", (event) => {
  const view = event.target.closest?.("[data-box]");
  if (!view || event.pointerType !== "touch") return;
  fingers.set(event.pointerId, event);
  if (fingers.size === 2) began = { spread: spread(), unit: unit(view.closest("form")), map: view.closest("form") };
});

document.addEventListener("pointermove", (event) => {
  if (!fingers.has(event.pointerId)) return;
  fingers.set(event.pointerId, event);
  if (fingers.size !== 2 || !began) return;
  const [one, two] = [...fingers.values()];
  const frame = box(began.map).getBoundingClientRect();
  const at = { x: (one.clientX + two.clientX) / 2 - frame.x, y: (one.clientY + two.clientY) / 2 - frame.y };
  zoomTo(began.map, began.unit * spread() / began.spread, at);
});

for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, (event) => { fingers.delete(event.pointerId); if (fingers.size < 2) began = null; });
}
