// only: the seat page. The whole hall in small, with the window that is in view; large while the hall is moved.
import { places } from "./seat-grid.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 98;
const RESTED = 900;   // milliseconds

const kind = (seat) => (seat.matches(".m") ? "mine" : seat.matches(".x, .z, .no") ? "x" : "f");

const part = (svg, name, tag = "path") => {
  const found = svg.querySelector(`.${name}`);
  if (found) return found;
  const made = document.createElementNS(SVG, tag);
  made.setAttribute("class", name);
  svg.append(made);
  return made;
};

const idle = globalThis.requestIdleCallback ?? setTimeout;
let drawn = true;

// The picture follows when nothing else is to do: no tap waits for it.
export const draw = (map) => {
  const over = map?.querySelector("[data-overview]");
  if (!over || !map.querySelector("[data-plan]")) return;
  over.hidden = false;
  if (!drawn) return;
  drawn = false;
  idle(() => { drawn = true; picture(document.querySelector("[data-seat-map]")); });
};

const picture = (map) => {
  const over = map?.querySelector("[data-overview]");
  const plan = map?.querySelector("[data-plan]");
  if (!over || !plan) return;
  const from = plan.offsetLeft;
  const scale = (WIDTH - 4) / plan.offsetWidth;
  const height = Math.ceil(plan.scrollHeight * scale) + 4;
  const paths = { x: "", f: "", mine: "" };
  for (const { seat, left, top, width, height: high } of places(plan, [...plan.querySelectorAll(".chair[id]")])) {
    const size = Math.max(1.2, width * scale * .8).toFixed(1);
    paths[kind(seat)] += `M${((left - from) * scale + 2).toFixed(1)} ${(top * scale + 2).toFixed(1)}h${size}v${(high * scale * .8).toFixed(1)}h-${size}z`;
  }
  const svg = over.querySelector("svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  for (const [name, path] of Object.entries(paths)) part(svg, name).setAttribute("d", path);
  part(svg, "pane", "rect");
  over.closest(".room").toggleAttribute("data-fits", fits(map));
  frame(map);
};

const fits = (map) => {
  const view = map.querySelector("[data-box]");
  return view.scrollWidth <= view.clientWidth + 1 && view.scrollHeight <= view.clientHeight + 1;
};

const frame = (map) => {
  const view = map.querySelector("[data-box]");
  const pane = map.querySelector("[data-overview] .pane");
  const svg = pane?.ownerSVGElement;
  if (!pane || !view) return;
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = view;   // all read, then written
  pane.setAttribute("x", scrollLeft / scrollWidth * (width - 2) + 1);
  pane.setAttribute("y", scrollTop / scrollHeight * (height - 2) + 1);
  pane.setAttribute("width", Math.min(1, clientWidth / scrollWidth) * (width - 2));
  pane.setAttribute("height", Math.min(1, clientHeight / scrollHeight) * (height - 2));
};

// A finger or a wheel on the hall makes it large, until the hall has rested; the hall's own opening does not.
export const pan = () => {
  let waiting = false;
  let rests = 0;
  const grow = ({ target }) => {
    const over = target.closest?.("[data-box]")?.parentElement.querySelector("[data-overview]");
    if (!over) return;
    over.classList.add("moving");
    clearTimeout(rests);
    rests = setTimeout(() => over.classList.remove("moving"), RESTED);
  };
  document.addEventListener("touchmove", grow, { passive: true });
  document.addEventListener("wheel", grow, { passive: true });
  document.addEventListener("scroll", ({ target }) => {
    const map = target.closest?.("[data-seat-map]");
    if (!map || waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; frame(map); });
  }, { capture: true, passive: true });
  addEventListener("resize", () => draw(document.querySelector("[data-seat-map]")));
};
