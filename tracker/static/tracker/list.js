// The list changes in place: htmx fetches the same page and takes its parts. This keeps addresses short, leaves the page
// where an answer is another page, and says where the keyboard goes on.
const elsewhere = (address) => new URL(address, location.href).pathname !== location.pathname;

document.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const name of [...new Set(detail.formData.keys())].sort()) {
    const values = detail.formData.getAll(name).filter((value) => value !== "");
    detail.formData.delete(name);
    for (const value of values) detail.formData.append(name, value);
  }
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { xhr, requestConfig } = detail;
  if (xhr.status < 400 && !elsewhere(xhr.responseURL)) return;
  detail.shouldSwap = false;
  // A reference leads to its page when it is sent, not while it is typed.
  if (requestConfig.triggeringEvent?.type !== "input") location.assign(xhr.responseURL);
});

document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement === document.body) document.querySelector("#results h2").focus({ preventScroll: true });
});
