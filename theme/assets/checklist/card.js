/** The card of an action on the page of the plan: its place, owner, date, progress and steps. */

/** @import { Store } from "./storage.js" */
/** @import { CardButton, Item, PlanPage, StepState } from "../../../types/checklist.d.ts" */

import { change, changeSoon, sayDone } from "./changes.js";
import { LIMITS } from "./checking.js";
import { button, disclosure, el, enable, freshId, hiddenText, meter } from "./dom.js";
import { stages } from "./formats.js";
import { announce } from "./notices.js";
import { longDate, progressWords } from "./report.js";
import { assign, move, remove } from "./state.js";
import { stepItem, workable } from "./step.js";

/**
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {(part: CardButton) => void} focus sets the focus to a button
 * @property {(item: Item) => boolean} hasAllSteps returns whether the card has all steps of an action
 * @property {(item: Item, count: number) => void} update shows an action as the plan, which has `count` actions, now has it
 */

/**
 * Return the card of an action.
 * @param {Item} first the action as it is when the card is made
 * @param {PlanPage} page
 * @returns {Card}
 */
export function card(first, page) {
  const { store } = page;
  const { id, title } = first;
  const name = el("h3", {}, first.url ? el("a", { href: first.url }, title) : title);
  if (first.gone) name.append(" ", el("span", { class: "sg-gone" }, "no longer in the guide"));
  const element = el("li", { class: "sg-plan__card", "data-action": id }, name);
  const tools = cardTools(element, first, page);
  const fields = cardFields(first, store);
  const bar = meter();
  const steps = cardSteps(first, store);
  element.append(el("div", { class: "sg-tools" }, tools.up, tools.down, tools.out), fields.element, fields.printed);
  element.append(bar.element, ...steps.elements);
  return {
    element,
    focus: (part) => tools[part].focus(),
    hasAllSteps: (item) => item.steps.every((step) => steps.shown.has(step.id)),
    update(item, count) {
      enable(tools.up, item.position > 1);
      enable(tools.down, item.position < count);
      fields.update(item);
      bar.set(item.progress, progressWords(item.progress));
      steps.update(item);
    },
  };
}

/**
 * Return the buttons that move an action and take it out of the plan.
 * @param {HTMLElement} element the card
 * @param {Item} item
 * @param {PlanPage} page
 * @returns {Record<CardButton, HTMLButtonElement>}
 */
function cardTools(element, { id, title }, page) {
  const { store } = page;

  /**
   * @param {CardButton} part
   * @param {number} by
   */
  function shift(part, by) {
    if (!change(store, (plan) => move(plan, id, by))) return;
    tools[part].focus(); // an element that is moved loses the focus
    element.scrollIntoView({ block: "nearest" });
    const all = [...(element.parentElement?.children ?? [])];
    announce(`${title} is now number ${all.indexOf(element) + 1} of ${all.length}.`);
  }

  function takeOut() {
    const neighbour = element.nextElementSibling ?? element.previousElementSibling;
    const before = change(store, (plan) => remove(plan, id));
    if (!before) return;
    const next = neighbour?.getAttribute("data-action");
    if (next) page.focusCard(next, "out");
    else page.heading.focus();
    sayDone(store, `Removed from your plan: ${title}. Its ticks and notes are kept.`, before, () => {
      page.focusCard(id, "out");
    });
  }

  const tools = {
    up: button("Move up", () => shift("up", -1), { more: title }),
    down: button("Move down", () => shift("down", 1), { more: title }),
    out: button("Remove", takeOut, { more: `${title} of my plan` }),
  };
  return tools;
}

/**
 * Return the fields for the owner and the date of an action, and what is printed in their place.
 * @param {Item} item
 * @param {Store} store
 */
function cardFields({ id, title }, store) {
  const owner = el("input", {
    type: "text",
    id: freshId("owner"),
    maxlength: String(LIMITS.owner),
    autocomplete: "off",
  });
  const due = el("input", { type: "date", id: freshId("due") });
  const printed = el("p", { class: "sg-print-only" });
  owner.addEventListener("input", () => {
    const text = owner.value;
    changeSoon(store, owner.id, (plan) => assign(plan, id, { owner: text }));
  });
  owner.addEventListener("blur", () => store.flush());
  due.addEventListener("change", () => change(store, (plan) => assign(plan, id, { due: due.value })));
  const element = el(
    "div",
    { class: "sg-plan__fields" },
    el("div", {}, el("label", { for: owner.id }, "Owner", hiddenText(` of: ${title}`)), owner),
    el("div", {}, el("label", { for: due.id }, "By", hiddenText(` when: ${title}`)), due),
  );
  /** @param {Item} item */
  const update = (item) => {
    if (document.activeElement !== owner) owner.value = item.owner;
    if (document.activeElement !== due) due.value = item.due;
    printed.textContent = [
      `Owner: ${item.owner || "…………………………"}`,
      `By: ${item.due ? longDate(item.due) : "…………………"}`,
    ].join("    ");
  };
  return { element, printed, update };
}

/**
 * Return the steps of an action in a panel that can be closed, each step by its id with the function that shows it.
 * @param {Item} first
 * @param {Store} store
 */
function cardSteps(first, store) {
  const panel = el("div", { class: "sg-plan__steps" });
  /** @type {Map<string, (state: StepState) => void>} */
  const shown = new Map();
  let { progress } = first;
  const getProgress = () => progress;
  let number = 1;
  for (const [stage, steps] of stages(first.steps)) {
    if (stage) panel.append(el("h4", { class: "sg-checklist__stage" }, stage));
    const list = el("ol", { class: "sg-steps", start: String(number) });
    for (const step of steps) {
      const item = stepItem(step);
      list.append(item);
      shown.set(step.id, workable(item, { action: first, step, store, progress: getProgress, gone: step.gone }));
    }
    number += steps.length;
    panel.append(list);
  }
  const toggle = disclosure(panel, false, (open) => [
    open ? "Hide the steps" : `Show the steps (${first.steps.length})`,
    `of: ${first.title}`,
  ]);
  /** @param {Item} item */
  const update = (item) => {
    ({ progress } = item);
    const kept = new Map(item.steps.map((step) => [step.id, step]));
    for (const [id, show] of shown) show(kept.get(id) ?? { done: false, note: "" });
  };
  const elements = first.steps.length > 0 ? [toggle, panel] : [el("p", {}, "Its steps are no longer in the guide.")];
  return { elements, shown, update };
}
