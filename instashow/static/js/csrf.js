// A request that no form speaks for carries the page's token; it is read late, since it changes at sign-in.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  const request = event.detail?.ctx?.request;
  if (token && request && !["GET", "HEAD"].includes((request.method ?? "GET").toUpperCase())) {
    request.headers["X-CSRFToken"] = token;
  }
});
