/** A question that has to be answered before anything happens. */

/** @import { Content } from "../../../types/checklist.d.ts" */

import { button, el, freshId } from "./dom.js";

/**
 * Ask a question and return the value chosen. The first choice is the careful one, and what Escape means. The browser keeps
 * the focus inside of the question, and gives it back afterwards.
 * @template {string} Value
 * @param {string} question
 * @param {Content} body
 * @param {readonly [readonly [value: Value, words: string], ...(readonly [value: Value, words: string])[]]} choices
 * @returns {Promise<Value>}
 */
export function ask(question, body, choices) {
  return new Promise((resolve) => {
    const heading = el("h2", { id: freshId("question"), tabindex: "-1", autofocus: true }, question);
    const buttons = choices.map(([value, words]) => button(words, () => dialog.close(value)));
    const dialog = el(
      "dialog",
      { class: "sg-dialog md-typeset", "aria-labelledby": heading.id },
      heading,
      el("div", { class: "sg-dialog__body", tabindex: "0", role: "group", "aria-label": "Details" }, body),
      el("div", { class: "sg-tools" }, buttons),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      const chosen = choices.find(([value]) => value === dialog.returnValue) ?? choices[0];
      resolve(chosen[0]);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
