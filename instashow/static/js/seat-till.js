// only: the till. When the clock has run out the server says what is so; what was typed for signing in can wait no longer.
document.addEventListener("countdown:over", () => location.reload());
