// "Near me": <button data-near="/theatres" hidden>. It asks the browser for the place only after the tap.
const ready = () => document.querySelectorAll("[data-near]").forEach((button) => {
  button.hidden = !("geolocation" in navigator);
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-near]");
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      location.assign(`${button.dataset.near}?near=${coords.latitude.toFixed(4)},${coords.longitude.toFixed(4)}`);
    },
    () => {
      button.removeAttribute("aria-busy");
      const region = document.getElementById("toasts");
      if (region) region.textContent = button.dataset.wrong;
    },
    { timeout: 10000, maximumAge: 300000 },
  );
});
document.addEventListener("htmx:after:swap", ready);
ready();
