// A form that asks first: <form data-confirm="What will happen" data-yes="Yes, do it" data-no="Keep it">.
// Without script it is a plain form, and the server's page asks.
const ask = (form, submitter) => {
  const dialog = document.createElement("dialog");
  dialog.className = "asks";
  const words = document.createElement("p");
  words.className = "lt";
  words.id = "asks-words";
  words.textContent = form.dataset.confirm;
  const yes = Object.assign(document.createElement("button"), { type: "button", className: "go" });
  yes.textContent = form.dataset.yes ?? submitter?.textContent ?? "OK";
  const no = Object.assign(document.createElement("button"), { type: "button", className: "wd" });
  no.textContent = form.dataset.no ?? JSON.parse(document.body.dataset.says ?? "{}").no ?? "No";
  dialog.setAttribute("aria-labelledby", words.id);
  dialog.append(words, yes, no);
  document.body.append(dialog);
  yes.addEventListener("click", () => {
    form.dataset.sure = "1";
    dialog.close();
    form.requestSubmit(submitter);
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); submitter?.focus(); });
  dialog.showModal();
  no.focus();
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.confirm) return;
  if (form.dataset.sure) { delete form.dataset.sure; return; }
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(form, event.submitter);
}, true);
