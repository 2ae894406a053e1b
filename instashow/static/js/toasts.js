// A slip leaves by itself after eight seconds, unless it is read, pointed at, or bad news.
const settle = (slip) => {
  if (slip.dataset.settled) return;
  slip.dataset.settled = "1";
  const close = slip.querySelector("[data-close]");
  if (close) {
    close.hidden = false;
    close.addEventListener("click", () => slip.remove());
  }
  if (slip.dataset.toast !== "go") return;
  const leave = () => (slip.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : slip.remove());
  setTimeout(leave, 8000);
};

const all = () => document.querySelectorAll("[data-toast]").forEach(settle);
new MutationObserver(all).observe(document.getElementById("toasts") ?? document.body, { childList: true, subtree: true });
all();
