// only: the seat page. The whole hall in small, with the window that is in view; large while the hall is moved.
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

export const draw = (map) => {
  const over = map?.querySelector("[data-overview]");
  const plan = map?.querySelector("[data-plan]");
  if (!over || !plan) return;
  const scale = (WIDTH - 4) / plan.offsetWidth;
  const height = Math.ceil(plan.scrollHeight * scale) + 4;
  const paths = { x: "", f: "", mine: "" };
  for (const seat of plan.querySelectorAll(".chair[id]")) {
    const size = Math.max(1.2, seat.offsetWidth * scale * .8);
    paths[kind(seat)] += `M${(seat.offsetLeft * scale + 2).toFixed(1)} ${(seat.offsetTop * scale + 2).toFixed(1)}h${size.toFixed(1)}v${(seat.offsetHeight * scale * .8).toFixed(1)}h-${size.toFixed(1)}z`;
  }
  const svg = over.querySelector("svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  for (const [name, path] of Object.entries(paths)) part(svg, name).setAttribute("d", path);
  part(svg, "pane", "rect");
  over.hidden = false;
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
  pane.setAttribute("x", view.scrollLeft / view.scrollWidth * (width - 2) + 1);
  pane.setAttribute("y", view.scrollTop / view.scrollHeight * (height - 2) + 1);
  pane.setAttribute("width", Math.min(1, view.clientWidth / view.scrollWidth) * (width - 2));
  pane.setAttribute("height", Math.min(1, view.clientHeight / view.scrollHeight) * (height - 2));
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
