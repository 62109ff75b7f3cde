/** The checklist on an action's page: boxes, notes, progress, and whose it is when it is printed. */

/** @import { Store } from "./storage.js" */
/** @import { ShownStep } from "../../../types/checklist.d.ts" */

import { adder } from "./adder.js";
import { change } from "./changes.js";
import { button, el, find, findAll, meter } from "./dom.js";
import { blankStep } from "./fields.js";
import { titleOf } from "./library.js";
import { announce, Warnings } from "./notices.js";
import { printed } from "./printing.js";
import { longDate, progressOf, progressWords, stepsOf } from "./report.js";
import { addOwnStep, entry } from "./state.js";
import { stepItem, workable } from "./step.js";
import { newOwnId } from "./storage.js";

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
  /** @type {Map<string, { item: HTMLElement, show: ReturnType<typeof workable> }>} */
  const shown = new Map();
  for (const { item, step } of listed)
    shown.set(step.id, { item, show: workable(item, { action, step, store, progress }) });

  const bar = meter();
  const warnings = new Warnings(store);
  const whose = el("p", { class: "sg-sub", hidden: true });
  const head = printed();
  root.prepend(warnings.element, head.element, bar.element, whose);
  const tools = find(root, ".sg-checklist__tools");
  tools.append(button("Print the checklist", printList));
  const owner = find(root, "[data-sg-owner]");
  const due = find(root, "[data-sg-due]");
  const own = block("Your own steps");
  const gone = block("No longer in the guide");
  const add = adder({ label: "Add a step of your own", press: "Add the step" }, (text) => {
    const step = { id: newOwnId(), text };
    if (!change(store, (plan) => addOwnStep(plan, { action, step }))) return false;
    announce(`Added. ${progressWords(progress())}.`);
    return true;
  });
  tools.before(own.element, gone.element, add.element);

  /** @param {ShownStep} step */
  function draw(step) {
    const item = stepItem(step);
    (step.gone ? gone : own).list.append(item);
    shown.set(step.id, {
      item,
      show: workable(item, { action, step, store, progress, gone: step.gone, afterDelete: add.focus }),
    });
  }

  /** @param {readonly ShownStep[]} steps */
  function drawSteps(steps) {
    const states = new Map(steps.map((step) => [step.id, step]));
    for (const step of steps) if (!shown.has(step.id)) draw(step);
    for (const [id, { item, show }] of shown) {
      if (!states.has(id) && own.list.contains(item)) {
        item.remove();
        shown.delete(id);
      }
      // A step that is gone and no longer in the plan has no tick and no note; its item stays until the page is left.
      show(states.get(id) ?? blankStep({ id, text: "" }));
    }
    own.element.hidden = own.list.children.length === 0;
    gone.element.hidden = gone.list.children.length === 0;
    bar.set(progressOf(steps), progressWords(progressOf(steps)));
  }

  store.onChange((plan) => {
    warnings.update();
    drawSteps(now());
    const kept = entry(plan, action.id);
    owner.textContent = kept?.owner ?? "";
    due.textContent = kept?.due ? longDate(kept.due) : "";
    const title = titleOf(store.library, plan);
    const isOnly = store.library.plans.length === 1;
    whose.hidden = isOnly;
    whose.textContent = `Ticks and notes go into: ${title}.`;
    head.set(isOnly && !plan.name && !plan.market ? [] : [title]);
  });
}

/** @param {string} title */
function block(title) {
  const list = el("ul", { class: "sg-steps" });
  return { list, element: el("div", { hidden: true }, el("h3", { class: "sg-checklist__stage" }, title), list) };
}

/** Print the list without the rest of the page around it. */
function printList() {
  const page = document.documentElement;
  page.classList.add("sg-print-list");
  window.addEventListener("afterprint", () => page.classList.remove("sg-print-list"), { once: true });
  announce("Opening the print window.");
  window.print();
}
