// A visitor's own choice of paper, before the first paint. A signed-in person's comes from the server and stands.
{
  const root = document.documentElement;
  root.dataset.js = "";   // what the page does by itself needs no button
  const chosen = root.dataset.theme ? null : localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
}
