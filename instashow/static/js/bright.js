// At the door: the whole screen white behind the code, and awake. <button data-bright> inside an element [data-ticket].
let lock = null;

const awake = async (on) => {
  if (!("wakeLock" in navigator)) return;
  try {
    if (on) lock = await navigator.wakeLock.request("screen");
    else { await lock?.release(); lock = null; }
  } catch { lock = null; }   // a low battery may refuse; the code is shown all the same
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-bright]");
  if (!button) return;
  const on = document.documentElement.toggleAttribute("data-bright");
  button.setAttribute("aria-pressed", String(on));
  awake(on);
});

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-share]");
  if (!button || !navigator.share) return;
  try { await navigator.share({ title: button.dataset.title, url: button.dataset.share }); } catch { /* closed */ }
});
document.querySelectorAll("[data-share]").forEach((button) => { button.hidden = !navigator.share; });
