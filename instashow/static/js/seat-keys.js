// only: the seat page. One Tab stop in the plan; arrows go by where a seat stands, Home and End along its row.
import { middle } from "./seat-grid.js";

const seats = (map) => [...map.querySelectorAll(".chair[id]")];

export const rove = (map) => {
  const all = seats(map);
  const chosen = all.find((seat) => seat.tabIndex === 0 && seat.hasAttribute("tabindex"))
    ?? all.find((seat) => seat.matches(".m")) ?? all.find((seat) => seat.matches(".try"))
    ?? all.find((seat) => !seat.hasAttribute("aria-disabled")) ?? all[0];
  for (const seat of all) seat.tabIndex = seat === chosen ? 0 : -1;
  // Said only where it is so: without a script Tab goes through all seats.
  map.querySelector("[data-box]")?.setAttribute("aria-describedby", "plan-keys");
};

const beside = (from, step) => {
  const row = [...from.parentElement.querySelectorAll(".chair")];
  return row[row.indexOf(from) + step];
};

// The nearest seat of the next row that has one, by its place and not by its number.
const across = (from, map, step) => {
  const rows = [...map.querySelectorAll(".row")];
  const row = rows[rows.indexOf(from.parentElement) + step];
  if (!row) return null;
  return [...row.querySelectorAll(".chair")].reduce((best, seat) =>
    !best || Math.abs(middle(seat) - middle(from)) < Math.abs(middle(best) - middle(from)) ? seat : best, null);
};

const steps = {
  ArrowRight: (seat) => beside(seat, 1),
  ArrowLeft: (seat) => beside(seat, -1),
  ArrowDown: (seat, map) => across(seat, map, 1),
  ArrowUp: (seat, map) => across(seat, map, -1),
  Home: (seat) => seat.parentElement.querySelector(".chair"),
  End: (seat) => [...seat.parentElement.querySelectorAll(".chair")].at(-1),
};

export const move = (event, map) => {
  const step = steps[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const next = step(event.target, map);
  if (!next) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
};
