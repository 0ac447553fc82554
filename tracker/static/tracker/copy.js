// A button that copies the text it names. Without this file it stays hidden, and the text is there to be selected.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    // Selected as well: where the browser does not let a page write to the clipboard, its own command does.
    getSelection().selectAllChildren(text);
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
    } catch {
      text.focus();
    }
  });
}
