/** The card of an action on the page of the plan: its place, owner, date, progress and steps. */

/** @import { Store } from "./storage.js" */
/** @import { CardButton, Item, PlanPage } from "../../../types/checklist.d.ts" */
/** @import { View } from "./view.js" */

import { change, changeSoon, sayDone } from "./changes.js";
import { LIMITS } from "./checking.js";
import { button, el, enable, freshId, hiddenText, meter } from "./dom.js";
import { announce } from "./notices.js";
import { ownerFields } from "./owners.js";
import { dayOf, isOverdue, longDate, progressWords } from "./report.js";
import { assign, move, moveTo, remove, rewordAction } from "./state.js";
import { cardSteps } from "./steplist.js";
import { shows } from "./view.js";

/**
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {(part: CardButton) => void} focus sets the focus to a button
 * @property {(open: boolean) => void} openSteps shows or hides the steps
 * @property {(item: Item, count: number, view: View) => void} update shows an action as the plan, which has `count` actions,
 *   now has it, if the view shows it
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
  const words = first.url ? el("a", { href: first.url }, title) : el("span", {}, title);
  const name = el("h3", {}, words);
  if (first.gone) name.append(" ", el("span", { class: "sg-gone" }, "no longer in the guide"));
  const late = el("strong", { class: "sg-overdue" }, "overdue");
  const element = el("li", { class: "sg-plan__card", "data-action": id }, name);
  const tools = cardTools(element, first, page);
  const fields = cardFields(first, store);
  const bar = meter();
  const steps = cardSteps(first, store);
  element.append(
    el("div", { class: "sg-tools" }, tools.up, tools.down, tools.first, tools.last, tools.out),
    fields.element,
    fields.printed,
    bar.element,
    ...steps.elements,
  );
  return {
    element,
    focus: (part) => tools[part].focus(),
    openSteps: steps.open,
    update(item, count, view) {
      element.hidden = !(shows(view, item) || element.contains(document.activeElement));
      name.dataset.number = String(item.position);
      if (item.own) words.textContent = item.title;
      if (isOverdue(item, dayOf(new Date()))) name.append(late);
      else late.remove();
      for (const part of /** @type {const} */ (["up", "first"])) enable(tools[part], item.position > 1);
      for (const part of /** @type {const} */ (["down", "last"])) enable(tools[part], item.position < count);
      fields.update(item);
      bar.set(item.progress, progressWords(item.progress));
      steps.update(item, view);
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
function cardTools(element, { id, title, own }, page) {
  const { store } = page;

  /**
   * @param {CardButton} part
   * @param {import("../../../types/checklist.d.ts").Change} how
   */
  function shift(part, how) {
    if (!change(store, how)) return;
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
    const kept = own ? "" : " Its ticks and notes are kept.";
    sayDone(store, `Removed from your plan: ${title}.${kept}`, before, { afterUndo: () => page.focusCard(id, "out") });
  }

  const tools = {
    up: button("Move up", () => shift("up", (plan) => move(plan, id, -1)), { more: title }),
    down: button("Move down", () => shift("down", (plan) => move(plan, id, 1)), { more: title }),
    first: button("To the top", () => shift("first", (plan) => moveTo(plan, id, "first")), { more: `: ${title}` }),
    last: button("To the end", () => shift("last", (plan) => moveTo(plan, id, "last")), { more: `: ${title}` }),
    out: button("Remove", takeOut, { more: `${title} of my plan` }),
  };
  return tools;
}

/**
 * Return the fields for the owner and the date of an action, for the words of one of the reader's own, and what is printed in
 * their place.
 * @param {Item} item
 * @param {Store} store
 */
function cardFields({ id, title, own }, store) {
  const fields = ownerFields(title, store, (plan, values) => assign(plan, id, values));
  const printed = el("p", { class: "sg-print-only" });
  const words = el("input", {
    type: "text",
    id: freshId("words"),
    maxlength: String(LIMITS.title),
    autocomplete: "off",
  });
  words.addEventListener("input", () => {
    const text = words.value;
    changeSoon(store, words.id, (plan) => rewordAction(plan, id, text));
  });
  words.addEventListener("blur", () => store.flush());
  const label = el("label", { for: words.id }, "What is to be done", hiddenText(`: ${title}`));
  const element = el(
    "div",
    { class: "sg-plan__fields" },
    own ? el("div", { class: "sg-plan__words" }, label, words) : null,
    fields.elements,
  );
  /** @param {Item} item */
  const update = (item) => {
    if (document.activeElement !== words) words.value = item.title;
    fields.update(item);
    printed.textContent = [
      `Owner: ${item.owner || "…………………………"}`,
      `By: ${item.due ? longDate(item.due) : "…………………"}`,
    ].join("    ");
  };
  return { element, printed, update };
}
