// The clock of a hold: <time data-until="2026-11-21T13:49:40Z" data-spoken='{"300": "Five minutes left", …}'>7:40</time>.
// It runs by the server's time (data-now), speaks at 5, 2 and 1 min through the plan's live region, elsewhere by a slip, and
// tells the page when it is over ("countdown:over", which hx-trigger can hear).
const spoken = (clock, left) => {
  const words = JSON.parse(clock.dataset.spoken ?? "{}")[left];
  const region = document.querySelector(".pick [data-speaks]");
  if (words && region) region.textContent = words;
  else if (words) document.dispatchEvent(new CustomEvent("slip", { detail: { text: words } }));
};

const run = (clock) => {
  if (clock.dataset.runs) return;
  clock.dataset.runs = "1";
  const skew = clock.dataset.now ? Date.parse(clock.dataset.now) - Date.now() : 0;
  let last = null;
  const tick = () => {
    if (!clock.isConnected) return;
    const left = Math.max(0, Math.round((Date.parse(clock.dataset.until) - Date.now() - skew) / 1000));
    if (left !== last) {
      last = left;
      clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      clock.toggleAttribute("data-soon", left <= 60);
      spoken(clock, left);
    }
    if (left === 0) clock.dispatchEvent(new CustomEvent("countdown:over", { bubbles: true }));
    else setTimeout(tick, 1000 - ((Date.now() + skew) % 1000) + 5);
  };
  tick();
};

const all = () => document.querySelectorAll("[data-until]").forEach(run);
document.addEventListener("htmx:after:swap", all);
all();
