/** The page of the plan: what is in it, what could be, and the ways to take it along. */

/** @import { Store } from "./storage.js" */
/** @import { Card } from "./card.js" */
/** @import { Item, PlanPage } from "../../../types/checklist.d.ts" */
/** @import { View } from "./view.js" */

import { begunActions } from "./begun.js";
import { card } from "./card.js";
import { chooser } from "./chooser.js";
import { el, find, meter } from "./dom.js";
import { exportTools } from "./exports.js";
import { importLink } from "./importing.js";
import { titleOf } from "./library.js";
import { Warnings } from "./notices.js";
import { pickers } from "./pickers.js";
import { printed } from "./printing.js";
import { begun, countOverdue, dayOf, guideOf, progressWords, report } from "./report.js";
import { savedWords } from "./saved.js";
import { viewTools } from "./viewtools.js";

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
  const head = printed();
  const total = meter();
  const late = el("p", { class: "sg-plan__late" });
  const nothing = el(
    "p",
    { class: "sg-plan__empty" },
    "There is nothing in your plan yet. Start with a set of actions, pick actions, or start from a challenge.",
  );
  const list = el("ol", { class: "sg-plan__list", "aria-labelledby": heading.id });
  const others = el("section", { class: "sg-plan__others" });
  /** @type {Map<string, Card>} */
  const cards = new Map();
  /** @type {PlanPage} */
  const page = { store, guide, heading, focusCard: (id, part) => cards.get(id)?.focus(part) };
  const view = viewTools(page, {
    draw,
    openSteps: (open) => {
      for (const one of cards.values()) one.openSteps(open);
    },
  });

  root.replaceChildren(
    warnings.element,
    el(
      "section",
      {},
      heading,
      head.element,
      chooser(page),
      total.element,
      late,
      savedWords(page),
      view.element,
      nothing,
      list,
    ),
    others,
    pickers(page),
    exportTools(page),
  );
  document.querySelector(".sg-plan-static")?.remove(); // it was for those without scripts

  let shownPlan = "";
  function draw() {
    const { plan, library } = store;
    const title = titleOf(library, plan);
    const now = report(plan, guide, title);
    if (shownPlan !== plan.id) {
      shownPlan = plan.id;
      cards.clear(); // another plan: what is open or being written in this one does not belong there
      list.replaceChildren();
    }
    heading.textContent = title === "My plan" ? "Your plan" : title;
    total.element.hidden = now.items.length === 0;
    total.set(
      now.progress,
      `${progressWords(now.progress)} in ${now.items.length} ${now.items.length === 1 ? "action" : "actions"}`,
    );
    late.textContent = lateWords(countOverdue(now.items, dayOf(new Date())));
    nothing.hidden = now.items.length > 0;
    list.hidden = now.items.length === 0;
    view.update(now.items);
    head.set([title, plan.marketName ? `Market: ${plan.marketName}` : "", view.inWords()]);
    drawCards(list, cards, now.items, { page, view: view.view() });
    begunActions(others, begun(plan, guide), page);
  }
  store.onChange(() => {
    warnings.update();
    draw();
  });

  // What a view no longer shows stays until it is left: someone may be writing in it.
  list.addEventListener("focusout", () => {
    if (view.view().show !== "all") setTimeout(draw);
  });

  importLink(page);
  window.addEventListener("hashchange", () => importLink(page));
}

/** @param {number} count */
function lateWords(count) {
  if (count === 0) return "";
  return count === 1 ? "1 date has passed: see “overdue”." : `${count} dates have passed: see “overdue”.`;
}

/**
 * Show the cards in the order of the plan. A card that stays is kept: someone may be writing in it.
 * @param {HTMLElement} list
 * @param {Map<string, Card>} cards
 * @param {readonly Item[]} items
 * @param {{ page: PlanPage, view: View }} how
 */
function drawCards(list, cards, items, { page, view }) {
  const wanted = new Set(items.map((item) => item.id));
  for (const [id, { element }] of cards) {
    if (wanted.has(id)) continue;
    element.remove();
    cards.delete(id);
  }
  for (const [index, item] of items.entries()) {
    const shown = cards.get(item.id) ?? card(item, page);
    cards.set(item.id, shown);
    const there = list.children[index] ?? null;
    if (there !== shown.element) list.insertBefore(shown.element, there);
    shown.update(item, items.length, view);
  }
}
