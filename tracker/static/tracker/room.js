// The keys of a keyboard, or of a presenter's remote control, follow the links that are there without it.
const KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };

function isAtTheEnd(rel) {
  const page = document.documentElement;
  const below = page.scrollHeight - page.clientHeight - window.scrollY;
  return rel === "next" ? below < 2 : window.scrollY < 2;
}

document.addEventListener("keydown", (event) => {
  const rel = KEYS[event.key];
  if (!rel || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  // What does not fit on the screen is read first.
  if (event.key.startsWith("Page") && !isAtTheEnd(rel)) return;
  const link = document.querySelector(`a[rel="${rel}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
