// Rows that scroll sideways open at what is chosen; the headline of a search keeps its measure while one types.
document.querySelectorAll(".days, .sift").forEach((row) => {
  const chosen = row.querySelector("[aria-current]");
  if (chosen) row.scrollLeft = chosen.offsetLeft - row.offsetLeft - parseFloat(getComputedStyle(row).paddingInlineStart);
});

// What the keyboard reaches in them is shown whole; a tap moves nothing from under the finger.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.(":is(.days, .sift) a:focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(".ask1 input")) return;
  const length = Math.min(40, Math.max(4, [...target.value].length));
  target.className = target.className.replace(/\bfit-\d+/, `fit-${length}`);
  target.classList.toggle("tall", /[^\x00-\x7f]/.test(target.value));
});

// The paper of somebody who has no account: <button data-paper="dark">.
document.addEventListener("click", ({ target }) => {
  const paper = target.closest?.("[data-paper]")?.dataset.paper;
  if (!paper) return;
  const root = document.documentElement;
  if (paper === "auto") { delete root.dataset.theme; localStorage.removeItem("theme"); }
  else { root.dataset.theme = paper; localStorage.setItem("theme", paper); }
});
