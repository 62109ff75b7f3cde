/** The steps of an action on its card, in a panel that can be closed. */

/** @import { Store } from "./storage.js" */
/** @import { Item, ShownStep } from "../../../types/checklist.d.ts" */
/** @import { View } from "./view.js" */

import { adder } from "./adder.js";
import { change } from "./changes.js";
import { disclosure, el } from "./dom.js";
import { blankStep } from "./fields.js";
import { stages } from "./formats.js";
import { announce } from "./notices.js";
import { progressWords } from "./report.js";
import { addOwnStep } from "./state.js";
import { stepItem, workable } from "./step.js";
import { newOwnId } from "./storage.js";
import { showsStep } from "./view.js";

/** @typedef {{ step: ShownStep, element: HTMLElement, show: ReturnType<typeof workable> }} Shown */

/**
 * Return the panel with its button, and a function that shows the steps as the plan has them. Items that stay are kept:
 * someone may be writing in them.
 * @param {Item} first
 * @param {Store} store
 */
export function cardSteps(first, store) {
  const groups = stageLists();
  /** @type {Map<string, Shown>} */
  const shown = new Map();
  let { progress } = first;
  const add = adder({ label: "Add a step of your own", more: `to: ${first.title}`, press: "Add the step" }, (text) => {
    const step = { id: newOwnId(), text };
    if (!change(store, (plan) => addOwnStep(plan, { action: first, step }))) return false;
    announce(`Added. ${progressWords(progress)}.`);
    return true;
  });
  const panel = el("div", { class: "sg-plan__steps" }, groups.element, add.element);
  const toggle = disclosure(panel, false, (open) => [
    open ? "Hide the steps" : `Show the steps (${shown.size})`,
    `of: ${first.title}`,
  ]);

  /**
   * @param {string} stage
   * @param {ShownStep} step
   */
  function draw(stage, step) {
    const element = stepItem(step);
    groups.listOf(stage).append(element);
    const context = { action: first, step, store, progress: () => progress, gone: step.gone, afterDelete: add.focus };
    shown.set(step.id, { step, element, show: workable(element, context) });
  }

  /** @param {Item} item */
  function drawNew({ steps }) {
    for (const [stage, some] of stages(steps)) {
      for (const step of some) if (!shown.has(step.id)) draw(stage, step);
    }
  }

  /**
   * @param {Item} item
   * @param {View} view
   */
  function update(item, view) {
    ({ progress } = item);
    drawNew(item);
    const kept = new Map(item.steps.map((step) => [step.id, step]));
    for (const [id, one] of shown) {
      const state = kept.get(id) ?? blankStep(one.step);
      // A step that the guide no longer has stays until the page is left, also without its tick; a deleted one does not.
      if (one.step.own && !kept.has(id)) {
        one.element.remove();
        shown.delete(id);
      }
      one.show(state);
      one.element.hidden = !(showsStep(view, item, state) || one.element.contains(document.activeElement));
    }
    groups.refresh();
    toggle.refresh();
  }

  update(first, { show: "all", owner: "" });
  return { elements: [toggle.element, panel], update, open: toggle.show };
}

/** Return the lists of steps, one for each stage, whose numbers go on from one to the next. */
function stageLists() {
  const element = el("div", {});
  /** @type {Map<string, { heading: HTMLElement, list: HTMLElement }>} */
  const lists = new Map();

  /** @param {string} stage */
  function listOf(stage) {
    const known = lists.get(stage);
    if (known) return known.list;
    const heading = el("h4", { class: "sg-checklist__stage" }, stage);
    const list = el("ol", { class: "sg-steps" });
    lists.set(stage, { heading, list });
    element.append(heading, list);
    return list;
  }

  function refresh() {
    let number = 1;
    for (const [stage, { heading, list }] of lists) {
      for (const one of list.children) {
        one.setAttribute("value", String(number)); // hidden ones have a number, too
        number += 1;
      }
      list.hidden = ![...list.children].some((one) => one instanceof HTMLElement && !one.hidden);
      heading.hidden = !stage || list.hidden;
    }
  }

  return { element, listOf, refresh };
}
