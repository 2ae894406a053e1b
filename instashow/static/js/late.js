// Further down a page: <article data-late> loses the attribute when it comes near, and takes the face of its script.
// Near is what is in view, and from the first scrolling on also what soon will be.
const arrived = (one) => one.removeAttribute("data-late");
let near;

const watch = (rootMargin) => {
  near?.disconnect();
  near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) { near.unobserve(target); arrived(target); }
  }, { rootMargin });
  again();
};
const again = () => document.querySelectorAll("[data-late]").forEach((one) => near.observe(one));

watch("0px");
addEventListener("scroll", () => watch("75%"), { once: true, passive: true });
document.addEventListener("htmx:after:swap", again);
addEventListener("beforeprint", () => document.querySelectorAll("[data-late]").forEach(arrived));   // paper does not scroll
