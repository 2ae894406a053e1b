// only: the till. When the clock has run out the server says what is so; what was typed for signing in can wait no longer.
// Asked for anew, for the page may be the answer to a form, which a reload would send again.
document.addEventListener("countdown:over", () => {
  const form = document.getElementById("till");
  location.replace(`${form.getAttribute("action")}?screening=${form.elements.screening.value}`);
});

// The last press that keeps the seats takes its button away: the focus stays at what stands there now.
document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (detail?.ctx?.target?.id !== "till-clock" || document.activeElement !== document.body) return;
  document.getElementById("keep-seats")?.focus({ preventScroll: true });
});
