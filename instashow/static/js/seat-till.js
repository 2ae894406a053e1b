// only: the till. When the clock has run out the server says what is so; what was typed for signing in can wait no longer.
// Asked for anew, for the page may be the answer to a form, which a reload would send again.
document.addEventListener("countdown:over", () => {
  const form = document.getElementById("till");
  location.replace(`${form.getAttribute("action")}?screening=${form.elements.screening.value}`);
});
