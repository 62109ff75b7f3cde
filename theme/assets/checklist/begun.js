/** The actions that were begun outside of the plan, so that nothing of them is lost. */

/** @import { Item, PlanPage } from "../../../types/checklist.d.ts" */

import { change, sayDone } from "./changes.js";
import { button, el } from "./dom.js";
import { progressWords } from "./report.js";
import { add, forget } from "./state.js";

/**
 * Show the actions that were begun outside of the plan, so that nothing of them is lost.
 * @param {HTMLElement} section
 * @param {readonly Item[]} items
 * @param {PlanPage} page
 */
export function begunActions(section, items, page) {
  const state = JSON.stringify(items);
  if (section.dataset.state === state) return;
  section.dataset.state = state;
  section.hidden = items.length === 0;
  section.replaceChildren(
    el("h2", { id: "also-begun" }, "Also started"),
    el("p", {}, "Checklists with ticks or notes that are not in your plan."),
    el(
      "ul",
      { class: "sg-plan__begun" },
      items.map((item) => begunAction(item, page)),
    ),
  );
}

/**
 * @param {Item} item
 * @param {PlanPage} page
 */
function begunAction(item, page) {
  const title = item.url
    ? el("a", { href: item.url }, item.title)
    : el("span", {}, item.title, item.gone ? [" ", el("span", { class: "sg-gone" }, "no longer in the guide")] : null);
  const notes = item.steps
    .filter((step) => step.note || ((step.gone || step.own) && (step.done || step.own)))
    .map((step) =>
      el(
        "p",
        { class: "sg-plan__note" },
        el("b", {}, `${step.done ? "Done: " : ""}${step.text || step.id}`),
        step.note ? `: ${step.note}` : "",
      ),
    );
  const back = button("Add to my plan", () => putBack(item, page), { more: `: ${item.title}` });
  const drop = button("Delete its ticks and notes", () => deleteTicks(item, page), { more: `of: ${item.title}` });
  return el(
    "li",
    {},
    title,
    el("span", { class: "sg-sub" }, progressWords(item.progress)),
    notes,
    el("div", { class: "sg-tools" }, back, drop),
  );
}

/**
 * @param {Item} item
 * @param {PlanPage} page
 */
function putBack(item, { store, focusCard }) {
  const before = change(store, (plan) => add(plan, [item]));
  if (!before) return;
  focusCard(item.id, "out");
  sayDone(store, `Added to your plan: ${item.title}.`, before);
}

/**
 * @param {Item} item
 * @param {PlanPage} page
 */
function deleteTicks({ id, title }, { store, heading }) {
  const before = change(store, (plan) => forget(plan, id));
  if (!before) return;
  heading.focus();
  sayDone(store, `Deleted: the ticks and notes of ${title}.`, before);
}
