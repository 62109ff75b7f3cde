/** A question that has to be answered before anything happens. */

import { button, el, freshId } from "./dom.js";

/**
 * Ask a question. `choices` are `[value, words]`; the first one is the careful one, and what Escape means.
 * Returns the value chosen. The browser keeps the focus inside, and gives it back afterwards.
 */
export function ask(question, body, choices) {
  return new Promise((resolve) => {
    const heading = el("h2", { id: freshId("question"), tabindex: "-1", autofocus: true }, question);
    const buttons = choices.map(([value, words]) => button(words, () => dialog.close(value)));
    const dialog = el(
      "dialog",
      { class: "sg-dialog md-typeset", "aria-labelledby": heading.id },
      heading,
      el("div", { class: "sg-dialog__body", tabindex: "0", role: "group", "aria-label": "What it is about" }, body),
      el("div", { class: "sg-tools" }, buttons),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || choices[0][0]);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
