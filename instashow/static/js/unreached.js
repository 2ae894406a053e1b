// A press that did not reach the house, or that it could not answer, says so, and what is safe. What the page asks for by
// itself (a clock that ran out, a word being typed) fails in silence and is asked for again.
const PRESSED = ["click", "submit", "change"];
const say = (word) => document.dispatchEvent(new CustomEvent("slip", { detail: { text: JSON.parse(document.body.dataset.says)[word], bad: true } }));
const pressed = (ctx) => PRESSED.includes(ctx?.sourceEvent?.type);

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (pressed(ctx) && !ctx.response) say(navigator.onLine ? "unanswered" : "unreached");   // what was sent may have arrived
});

// A failure in the house's own words goes where it says (HX-Retarget); one of a server before it must not take a part's place.
document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (ctx.response.status < 500 || ctx.response.headers.get("HX-Retarget")) return;
  event.preventDefault();
  if (pressed(ctx)) say("broken");
});

// What gets through ends the worry.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (pressed(ctx) && ctx.response.status < 400) document.querySelectorAll('#toasts > [role="alert"]').forEach((slip) => slip.remove());
});
