/** The checklist on an action's page: boxes, notes, progress, and whose it is when it is printed. */

/** @import { Store } from "./storage.js" */

import { button, el, find, findAll, meter } from "./dom.js";
import { announce, Warnings } from "./notices.js";
import { longDate, progressOf, progressWords, stepsOf } from "./report.js";
import { entry } from "./state.js";
import { stepItem, workable } from "./step.js";

/**
 * Make the list in the element `root` a checklist to work with.
 * @param {HTMLElement} root
 * @param {Store} store
 */
export function checklist(root, store) {
  const listed = findAll(root, "li[data-step]").map((item) => ({
    item,
    step: { id: item.dataset.step ?? "", text: find(item, ".sg-step__text").textContent },
  }));
  const action = {
    id: root.dataset.sgChecklist ?? "",
    title: root.dataset.title ?? "",
    steps: listed.map(({ step }) => step),
  };
  const now = () => stepsOf(entry(store.plan, action.id), action);
  const progress = () => progressOf(now());
  /** @type {Map<string, ReturnType<typeof workable>>} */
  const shown = new Map();
  for (const { item, step } of listed) shown.set(step.id, workable(item, { action, step, store, progress }));

  const bar = meter();
  const warnings = new Warnings(store);
  root.prepend(warnings.element, bar.element);
  find(root, ".sg-checklist__tools").append(button("Print the checklist", printList));
  const owner = find(root, "[data-sg-owner]");
  const due = find(root, "[data-sg-due]");
  const gone = el("ul", { class: "sg-steps" });
  const goneBlock = el(
    "div",
    { hidden: true },
    el("h3", { class: "sg-checklist__stage" }, "No longer in the guide"),
    gone,
  );
  root.append(goneBlock);

  store.onChange((plan) => {
    warnings.update();
    const steps = now();
    for (const step of steps) {
      if (step.gone && !shown.has(step.id)) {
        const item = stepItem(step);
        gone.append(item);
        shown.set(step.id, workable(item, { action, step, store, progress, gone: true }));
      }
    }
    goneBlock.hidden = gone.children.length === 0;
    // A step that is gone and no longer in the plan has no tick and no note; its item stays until the page is left.
    const states = new Map(steps.map((step) => [step.id, step]));
    for (const [id, show] of shown) show(states.get(id) ?? { done: false, note: "" });
    bar.set(progressOf(steps), progressWords(progressOf(steps)));
    const kept = entry(plan, action.id);
    owner.textContent = kept?.owner ?? "";
    due.textContent = kept?.due ? longDate(kept.due) : "";
  });
}

/** Print the list without the rest of the page around it. */
function printList() {
  const page = document.documentElement;
  page.classList.add("sg-print-list");
  window.addEventListener("afterprint", () => page.classList.remove("sg-print-list"), { once: true });
  announce("Opening the print window.");
  window.print();
}
