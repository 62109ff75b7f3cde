/** When the plan was saved, and whether it was saved to a file: a browser that clears its data deletes it. */

/** @import { PlanPage } from "../../../types/checklist.d.ts" */

import { button, el } from "./dom.js";
import { saveToFile } from "./files.js";
import { lastChange } from "./library.js";
import { longTime } from "./report.js";
import { isEmpty } from "./state.js";

/**
 * Return the words, with a button that saves the plan to a file.
 * @param {PlanPage} page
 */
export function savedWords(page) {
  const { store } = page;
  const words = el("p", { class: "sg-sub" });
  const save = button("Save to a file", () => saveToFile(page));
  const element = el("div", { class: "sg-plan__saved" }, words, save);
  store.onChange((plan) => {
    const { saved, copied } = store.library;
    element.hidden = isEmpty(plan) || saved === 0;
    const copy = copied[plan.id] ?? 0;
    const isCopied = copy > 0 && copy >= lastChange(plan);
    save.hidden = isCopied;
    words.textContent = `Saved in this browser on ${longTime(saved)}. ${reminder(copy, isCopied)}`;
  });
  return element;
}

/**
 * @param {number} copy when the plan was saved to a file; 0 for never
 * @param {boolean} isCopied whether nothing was changed since
 */
function reminder(copy, isCopied) {
  if (isCopied) return `Saved to a file on ${longTime(copy)}; nothing has changed since.`;
  const why = "If the data of this site are deleted in the browser, the plan is gone.";
  if (copy === 0) return `You have not saved it to a file yet. ${why}`;
  return `It has changed since you saved it to a file on ${longTime(copy)}. ${why}`;
}
