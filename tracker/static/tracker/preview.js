"use strict";
// Shows beneath a text in Markdown, while one types, how it will be read. Without it, "Save and preview" shows that.
const PAUSE = 300; // milliseconds without a key before the server is asked

const previewOf = (box) => {
    const shown = document.createElement("section");
    shown.className = "markdown-preview";
    shown.setAttribute("aria-label", box.dataset.previewLabel);
    shown.dir = "auto";
    shown.hidden = true;
    box.closest(".form-row").append(shown);
    return shown;
};

const follow = (box) => {
    const shown = previewOf(box);
    let waiting = 0;
    let asked = new AbortController();
    const show = async () => {
        asked.abort();
        asked = new AbortController();
        const sent = new FormData();
        sent.set("text", box.value);
        sent.set("csrfmiddlewaretoken", box.form.elements.csrfmiddlewaretoken.value);
        try {
            const answer = await fetch(box.dataset.preview, { method: "POST", body: sent, signal: asked.signal });
            shown.innerHTML = answer.ok ? await answer.text() : "";
        } catch {
            return; // another answer is on its way, or the server cannot be reached: what is shown stays
        }
        shown.hidden = shown.textContent.trim() === "";
    };
    box.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(show, PAUSE);
    });
    if (box.value) {
        show();
    }
};

document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("textarea[data-preview]").forEach(follow);
});
