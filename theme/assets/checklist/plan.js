/** The page of the plan: what is in it, what could be, and the ways to take it along. */

/** @import { Store } from "./storage.js" */
/** @import { Card } from "./card.js" */
/** @import { Item, PlanPage } from "../../../types/checklist.d.ts" */

import { card } from "./card.js";
import { change, sayDone } from "./changes.js";
import { button, el, find, meter } from "./dom.js";
import { exportTools } from "./exports.js";
import { importLink } from "./importing.js";
import { Warnings } from "./notices.js";
import { pickers } from "./pickers.js";
import { begun, guideOf, progressWords, report } from "./report.js";
import { forget } from "./state.js";

/**
 * Fill the element `root` with the plan.
 * @param {HTMLElement} root
 * @param {Store} store
 */
export function planPage(root, store) {
  const guide = guideOf(JSON.parse(find(document, "#sg-plan-data").textContent), document.baseURI);
  store.follow(guide.current);

  const warnings = new Warnings(store);
  const heading = el("h2", { id: "your-plan", tabindex: "-1" }, "Your plan");
  const total = meter();
  const nothing = el(
    "p",
    { class: "sg-plan__empty" },
    "There is nothing in your plan yet. Pick actions below, or start from a challenge.",
  );
  const list = el("ol", { class: "sg-plan__list", "aria-labelledby": heading.id });
  const others = el("section", { class: "sg-plan__others" });
  /** @type {Map<string, Card>} */
  const cards = new Map();
  /** @type {PlanPage} */
  const page = { store, guide, heading, focusCard: (id, part) => cards.get(id)?.focus(part) };

  root.replaceChildren(
    warnings.element,
    el("section", {}, heading, total.element, nothing, list),
    others,
    pickers(page),
    exportTools(page),
  );
  document.querySelector(".sg-plan-static")?.remove(); // it was for those without scripts

  store.onChange((plan) => {
    warnings.update();
    const now = report(plan, guide);
    total.element.hidden = now.items.length === 0;
    total.set(
      now.progress,
      `${progressWords(now.progress)} in ${now.items.length} ${now.items.length === 1 ? "action" : "actions"}`,
    );
    nothing.hidden = now.items.length > 0;
    list.hidden = now.items.length === 0;
    drawCards(list, cards, now.items, page);
    drawOthers(others, begun(plan, guide), page);
  });

  importLink(page);
  window.addEventListener("hashchange", () => importLink(page));
}

/**
 * Show the cards in the order of the plan. A card that stays is kept: someone may be writing in it.
 * @param {HTMLElement} list
 * @param {Map<string, Card>} cards
 * @param {readonly Item[]} items
 * @param {PlanPage} page
 */
function drawCards(list, cards, items, page) {
  const wanted = new Map(items.map((item) => [item.id, item]));
  for (const [id, { element, hasAllSteps }] of cards) {
    const item = wanted.get(id);
    // A card is made with the steps of the guide and of the plan. When the plan remembers another one, it is made anew.
    if (item && hasAllSteps(item)) continue;
    element.remove();
    cards.delete(id);
  }
  for (const [index, item] of items.entries()) {
    const shown = cards.get(item.id) ?? card(item, page);
    cards.set(item.id, shown);
    const there = list.children[index] ?? null;
    if (there !== shown.element) list.insertBefore(shown.element, there);
    shown.update(item, items.length);
  }
}

/**
 * Show the actions that were begun outside of the plan, so that nothing of them is lost.
 * @param {HTMLElement} section
 * @param {readonly Item[]} items
 * @param {PlanPage} page
 */
function drawOthers(section, items, page) {
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
    : el("span", {}, item.title, " ", el("span", { class: "sg-gone" }, "no longer in the guide"));
  const notes = item.steps
    .filter((step) => step.note || (step.gone && step.done))
    .map((step) =>
      el(
        "p",
        { class: "sg-plan__note" },
        el("b", {}, `${step.done ? "Done: " : ""}${step.text || step.id}`),
        step.note ? `: ${step.note}` : "",
      ),
    );
  const drop = button("Delete its ticks and notes", () => deleteTicks(item, page), { more: `of: ${item.title}` });
  return el(
    "li",
    {},
    title,
    el("span", { class: "sg-sub" }, progressWords(item.progress)),
    notes,
    el("div", { class: "sg-tools" }, drop),
  );
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
