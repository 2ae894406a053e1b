// A slip leaves by itself after eight seconds, unless it is read, pointed at, or bad news. What a script has to say comes
// as an event: new CustomEvent("slip", { detail: { text, bad } }); the same words stand there once.
const region = document.getElementById("toasts");

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

const written = ({ text, bad }) => {
  const slip = Object.assign(document.createElement("div"), { className: bad ? "toast bad" : "toast" });
  const close = Object.assign(document.createElement("button"), { type: "button" });
  slip.dataset.toast = bad ? "stay" : "go";
  if (bad) slip.setAttribute("role", "alert");
  slip.append(Object.assign(document.createElement("p"), { textContent: text }), close);
  close.dataset.close = "";
  close.textContent = JSON.parse(document.body.dataset.says ?? "{}").close ?? "×";
  return slip;
};

document.addEventListener("slip", ({ detail }) => {
  for (const old of region?.children ?? []) if (old.firstElementChild?.textContent === detail.text) old.remove();
  region?.append(written(detail));
});

const all = () => document.querySelectorAll("[data-toast]").forEach(settle);
new MutationObserver(all).observe(region ?? document.body, { childList: true, subtree: true });
all();
