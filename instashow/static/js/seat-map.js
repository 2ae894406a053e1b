// only: the seat page. What the plain page cannot: arrows between seats, where the hall opens, focus after a swap.
import "./seat-merge.js";
import { draw, pan } from "./seat-overview.js";
import { open as openAt, zoomBy } from "./seat-zoom.js";
import { rove, move } from "./seat-keys.js";
import { watch } from "./seat-live.js";

// What the script set stays when a part is merged in.
const kept = ["tabindex", "style", "data-runs"];
htmx.config.morphIgnore = [...htmx.config.morphIgnore, ...kept];

const map = () => document.querySelector("[data-seat-map]");

// How high the strip stands over the page, for what scrolls out from under it (sheet.css). Told by the browser when it has
// laid the page out anyway.
const below = matchMedia("(min-width: 17.01rem) and (max-width: 59.99rem) and (min-height: 30.01rem)");
const sheet = new ResizeObserver(([{ target }]) => {
  const high = `${target.offsetHeight + 12}px`;
  target.style.setProperty("--sheet", high);  // not the root's, from which every seat would have it anew
  document.documentElement.style.scrollPaddingBottom = below.matches ? high : "";
});

const settle = (fresh) => {
  const strip = document.getElementById("strip");
  if (strip) sheet.observe(strip);
  if (!map()) return;
  rove(map());
  openAt(map(), fresh);
  draw(map());
};

// Taking what was offered replaces its button: the way on is under the same finger then.
const refocus = () => {
  if (document.activeElement && document.activeElement !== document.body) return;
  document.querySelector("#torch button, #go-on, #take")?.focus({ preventScroll: true });
};

let tried = "";
document.addEventListener("htmx:after:swap", () => {
  const now = [...document.querySelectorAll(".chair.try, .chair.m")].map((seat) => seat.id).join();
  settle(now !== tried && document.activeElement?.matches?.(".chair") !== true);
  tried = now;
  refocus();
});

document.addEventListener("keydown", (event) => {
  if (event.target.matches?.(".chair")) move(event, map());
});

document.addEventListener("click", ({ target }) => {
  const step = target.closest?.("[data-zoom]")?.dataset.zoom;
  if (step) { zoomBy(map(), Number(step)); draw(map()); }
  // A panel that was answered closes.
  if (target.closest?.(".further a")) document.getElementById("party-more")?.removeAttribute("open");
});

// A seat that others have says so when it is pressed, and takes nothing.
document.addEventListener("click", (event) => {
  const seat = event.target.closest?.(".chair[aria-disabled]");
  if (!seat) return;
  event.preventDefault();
  const region = document.querySelector("[data-speaks]");
  if (region) region.textContent = seat.getAttribute("aria-label");
});

// The clock has run out: the server says what is so.
document.addEventListener("countdown:over", () => {
  const part = document.querySelector("[data-over]");
  if (part) htmx.ajax("GET", part.dataset.over, { target: `#${part.id}`, swap: "outerMorph" });
});

settle(true);
pan();
watch(() => document.querySelector("[data-news]"));
document.fonts?.ready.then(() => openAt(map(), true));
