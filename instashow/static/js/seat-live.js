// only: the seat page. What others take appears within five seconds, and nothing moves the focus.
import { draw } from "./seat-overview.js";

const EVERY = 4000;
let etag = "";
let asking = false;
let seen = 0;   // when this part came: what it says of the time counts from then

const say = (seat, word) => {
  const label = seat.getAttribute("aria-label");
  seat.setAttribute("aria-label", `${label.slice(0, label.lastIndexOf(",") + 1)} ${word}`);
};

const take = (seat, word) => {
  seat.classList.remove("try");
  seat.classList.add("x");
  seat.removeAttribute("name");
  seat.type = "button";
  seat.setAttribute("aria-disabled", "true");
  say(seat, word);
};

const free = (seat, word) => {
  seat.classList.remove("x", "no");
  seat.removeAttribute("aria-disabled");
  seat.name = "seat";
  seat.type = "submit";
  say(seat, word);
};

// Whether the clock of what is held has run out, or does in a moment.
const due = (part) => {
  const clock = part.querySelector("[data-until]");
  return clock && Date.parse(clock.dataset.until) - Date.parse(clock.dataset.now) < performance.now() - seen + EVERY;
};

const again = (part) =>
  htmx.ajax("GET", due(part) ? part.dataset.over : part.dataset.here, { target: `#${part.id}`, swap: "outerMorph" });

const apply = (part, told) => {
  const mine = [...part.querySelectorAll(".chair.m[id]")].map((seat) => seat.value.split(" ")).flat().sort().join();
  const shut = part.classList.contains("shut");
  // What is mine changed in another window, the sale closed or opened, or an offer is gone: the page is asked for anew.
  const taken = new Set(told.taken.map(String));
  const offer = [...part.querySelectorAll(".chair.try[id]")].some((seat) => taken.has(seat.value.split(" ")[0]));
  if (mine !== told.mine.map(String).sort().join() || told.open === shut || offer) return again(part);
  for (const seat of part.querySelectorAll(".chair[id]:not(.m, .z)")) {
    const gone = seat.value.split(" ").some((id) => taken.has(id));
    if (gone && !seat.matches(".x, .no")) take(seat, part.dataset.taken);
    if (!gone && seat.matches(".x, .no")) free(seat, part.dataset.free);
  }
  const says = part.querySelector("[data-says]");
  if (says && says.textContent !== told.says) says.textContent = told.says;
  draw(part);
};

// Null where nothing is new, or the network is gone: then the hall stays as it was, and the server decides.
const news = async (part) => {
  try {
    const headers = { "HX-Request": "true", ...(etag && { "If-None-Match": etag }) };
    const answer = await fetch(part.dataset.news, { headers, credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) return null;
    etag = answer.headers.get("ETag") ?? "";
    return await answer.json();
  } catch { return null; }
};

const busy = (part) => part.matches(".htmx-request") || part.querySelector(".htmx-request");

const ask = async (part) => {
  if (asking || document.hidden || !part || busy(part)) return;
  asking = true;
  const told = await news(part);
  asking = false;
  if (told && part.isConnected && !busy(part)) apply(part, told);
};

export const watch = (part) => {
  setInterval(() => ask(part()), EVERY);
  document.addEventListener("visibilitychange", () => ask(part()));
  document.addEventListener("htmx:after:swap", () => { etag = ""; seen = performance.now(); });
};
