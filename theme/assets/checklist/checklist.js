/** The checklist of an action's page: boxes, notes, progress, and whose it is when it is printed. */

import { announce, Warnings } from "./notices.js";
import { button, el, meter } from "./dom.js";
import { day, progressOf, progressWords, stepsOf } from "./report.js";
import { entry } from "./state.js";
import { stepItem, workable } from "./step.js";

/** Bring the checklist in the element `root` to life. */
export function checklist(root, store) {
  const action = { id: root.dataset.sgChecklist, title: root.dataset.title };
  const items = [...root.querySelectorAll("li[data-step]")];
  action.steps = items.map((item) => ({
    id: item.dataset.step,
    text: item.querySelector(".sg-step__text").textContent,
  }));
  const now = () => stepsOf(entry(store.plan, action.id), action);
  const progress = () => progressOf(now());
  const shown = new Map(
    action.steps.map((step, index) => [step.id, workable(items[index], { action, step, store, progress })]),
  );

  const bar = meter();
  const warnings = new Warnings(store);
  root.prepend(warnings.element, bar.element);
  root.querySelector(".sg-checklist__tools").append(button("Print the checklist", printList));
  const owner = root.querySelector("[data-sg-owner]");
  const due = root.querySelector("[data-sg-due]");
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
      shown.get(step.id)(step);
    }
    goneBlock.hidden = !gone.children.length;
    // What is not remembered any more has no ticks and no notes; its item stays until the page is left.
    const kept = new Set(steps.map((step) => step.id));
    for (const [id, show] of shown) if (!kept.has(id)) show({ done: false, note: "" });
    bar.set(progressOf(steps), progressWords(progressOf(steps)));
    owner.textContent = entry(plan, action.id)?.owner ?? "";
    due.textContent = entry(plan, action.id)?.due ? day(entry(plan, action.id).due) : "";
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
