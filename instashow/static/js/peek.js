// "Show" beside a password.
const peek = (box) => {
  const input = box.querySelector("input");
  if (!input || box.querySelector(".peek")) return;
  const button = document.createElement("button");
  const word = document.createElement("span");
  button.type = "button";
  button.className = "peek";
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-controls", input.id);
  word.textContent = box.dataset.peek;
  button.append(word);
  button.addEventListener("click", () => {
    const open = input.type === "password";
    input.type = open ? "text" : "password";
    word.textContent = open ? box.dataset.hide : box.dataset.peek;
    button.setAttribute("aria-pressed", String(open));
  });
  box.append(button);
};

const all = (root) => root.querySelectorAll?.("[data-peek]").forEach(peek);
document.addEventListener("htmx:after:swap", ({ target }) => all(target));
all(document);
