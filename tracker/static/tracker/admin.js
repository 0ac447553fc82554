"use strict";
// A picker's inner text box has no name for those who do not see it: give it that of its field.
const nameOf = (select) =>
    select.getAttribute("aria-label") || document.querySelector(`label[for="${select.id}"]`)?.textContent || "";
const namePickers = () => {
    for (const box of document.querySelectorAll(".select2-selection__rendered:not([aria-label])")) {
        const select = box.closest(".select2-container")?.previousElementSibling;
        const name = select ? nameOf(select).trim().replace(/:$/, "") : "";
        if (name) {
            box.setAttribute("aria-label", name);
        }
    }
};
window.addEventListener("load", () => setTimeout(namePickers));
document.addEventListener("formset:added", () => setTimeout(namePickers));
