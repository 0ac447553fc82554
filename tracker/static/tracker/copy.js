// A button that copies the text it names. Without this file it stays hidden, and the text is there to be selected.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(text);
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
    } catch {
      // Where a page may not write to the clipboard, the text stays selected for the browser's own command.
    }
  });
}
