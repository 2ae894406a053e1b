// only: the seat page. How large a seat is drawn (24 to 54 px), by buttons and by two fingers; where the hall opens.
import { places, tracks } from "./seat-grid.js";

const LEAST = 24;
const MOST = 54;
const STEP = 6;

const box = (map) => map?.querySelector("[data-box]");
const plan = (map) => map?.querySelector("[data-plan]");
const unit = (map) => tracks(plan(map)).unit || LEAST;

const zoomTo = (map, wanted, at) => {
  const before = unit(map);
  const now = Math.min(MOST, Math.max(LEAST, wanted));
  const view = box(map);
  const x = at?.x ?? view.clientWidth / 2;
  const y = at?.y ?? view.clientHeight / 2;
  const left = (view.scrollLeft + x) / before;
  const top = (view.scrollTop + y) / before;
  plan(map).style.setProperty("--zoom", `${now}px`);
  view.scrollTo(left * now - x, top * now - y);
};

export const zoomBy = (map, step) => plan(map) && zoomTo(map, unit(map) + step * STEP);

// Opens at what is yours, else at what is offered, else in the middle two thirds back.
export const open = (map, fresh) => {
  const view = box(map);
  if (!view || !fresh) return;
  const wanted = [...plan(map).querySelectorAll(".chair.try")].concat([...plan(map).querySelectorAll(".chair.m, .chair.no")]);
  const first = wanted[0];
  if (!first) return view.scrollTo((view.scrollWidth - view.clientWidth) / 2, (view.scrollHeight - view.clientHeight) * .6);
  const row = places(plan(map), wanted.filter((seat) => seat.parentElement === first.parentElement));
  const middle = (row[0].left + row.at(-1).left + row.at(-1).width) / 2;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || !view.dataset.opened;
  view.scrollTo({ left: middle - view.clientWidth / 2, top: row[0].top - view.clientHeight * .42, behavior: calm ? "instant" : "smooth" });
  view.dataset.opened = "1";
};

// Two fingers: the distance between them is the zoom, their middle stays where it is. Touch events and not pointers:
// the browser takes a pointer away as soon as it could be a pan.
let began = null;

const spread = ([one, two]) => Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);

document.addEventListener("touchstart", ({ target, touches }) => {
  const map = target.closest?.("[data-box]")?.closest("form");
  began = map && touches.length === 2 ? { map, spread: spread(touches), unit: unit(map) } : null;
}, { passive: true });

document.addEventListener("touchmove", (event) => {
  if (!began || event.touches.length !== 2) return;
  event.preventDefault();
  const [one, two] = event.touches;
  const frame = box(began.map).getBoundingClientRect();
  const at = { x: (one.clientX + two.clientX) / 2 - frame.x, y: (one.clientY + two.clientY) / 2 - frame.y };
  zoomTo(began.map, began.unit * spread(event.touches) / began.spread, at);
}, { passive: false });

document.addEventListener("touchend", () => { began = null; });
document.addEventListener("touchcancel", () => { began = null; });
