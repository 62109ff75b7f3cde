/** The buttons that put actions into the plan: one action, those that answer a challenge, those for a market. */

/** @import { Store } from "./storage.js" */
/** @import { ActionName, Market } from "../../../types/checklist.d.ts" */

import { change, changeAll, sayDone } from "./changes.js";
import { button, el, enable, setWords } from "./dom.js";
import { currentPlan, showingMarket, titleOf, withPlan } from "./library.js";
import { announce } from "./notices.js";
import { countMissing, itsActions } from "./report.js";
import { stamped } from "./stamping.js";
import { add, remove } from "./state.js";
import { newId } from "./storage.js";

/** The URL of the page of the plan. */
const PLAN_PAGE = new URL("../../plan/", import.meta.url).href;

/**
 * Fill the element `root` with the button for its actions.
 * @param {HTMLElement} root
 * @param {Store} store
 */
export function planButton(root, store) {
  /** @type {[ActionName, ...ActionName[]]} */
  const actions = JSON.parse(root.dataset.sgAdd ?? "");
  const single = root.dataset.sgFor === "action";
  const words = single ? "Add to my plan" : `Add ${itsActions(actions.length)} to my plan`;
  const toggle = button(words, press, { primary: true });
  const link = el("a", { href: root.dataset.sgPlanUrl, hidden: true }, "Open my plan");
  root.append(toggle, link);

  function press() {
    const takeOut = single && countMissing(store.plan, actions) === 0;
    const before = change(store, (plan) => (takeOut ? remove(plan, actions[0].id) : add(plan, actions)));
    if (!before) return;
    if (takeOut) sayDone(store, "Removed from your plan. Its ticks and notes are kept.", before);
    else announce("Added to your plan.");
  }

  store.onChange((plan) => {
    const missing = countMissing(plan, actions);
    const done = single ? "Remove from my plan" : "In my plan";
    setWords(toggle, missing > 0 ? words : done);
    toggle.classList.toggle("sg-tool--primary", missing > 0);
    enable(toggle, single || missing > 0);
    link.hidden = missing > 0;
    link.textContent = store.library.plans.length > 1 ? `Open ${titleOf(store.library, plan)}` : "Open my plan";
  });
}

/**
 * Show a button of the page that names actions by their ids, and add them to the plan when it is pressed: to the plan of its
 * market, which is made if there is none, or to the plan that is shown.
 * @param {HTMLElement} press
 * @param {Store} store
 */
export function addButton(press, store) {
  const ids = (press.dataset.actions ?? "").split(/\s+/u).filter(Boolean);
  const market = { code: press.dataset.market ?? "", name: press.dataset.marketName ?? press.dataset.market ?? "" };
  press.hidden = ids.length === 0;
  press.addEventListener("click", () => addTo(store, ids, market));
}

/**
 * @param {Store} store
 * @param {readonly string[]} ids
 * @param {Market} market
 */
function addTo(store, ids, market) {
  const actions = ids.map((id) => ({ id, title: titleOnPage(id) }));
  let count = 0;
  const before = changeAll(store, (library) => {
    const shown = market.code ? showingMarket(library, market, newId()) : library;
    const plan = currentPlan(shown);
    count = countMissing(plan, actions);
    return count > 0 ? withPlan(shown, stamped(plan, add(plan, actions), store.stamp(shown))) : shown;
  });
  if (!before) return;
  const title = titleOf(store.library, store.plan);
  const added = count === 1 ? "1 action was added to" : `${count} actions were added to`;
  const words = count > 0 ? `${added} ${title}.` : `These actions are in ${title} already.`;
  sayDone(store, words, before, { link: el("a", { href: PLAN_PAGE }, `Open ${title}`) });
}

/**
 * Return the title of an action as a link of this page has it; the page of the plan knows all titles.
 * @param {string} id
 */
function titleOnPage(id) {
  const links = [...document.querySelectorAll("main a[href]")];
  const found = links.find((link) => link instanceof HTMLAnchorElement && link.pathname.endsWith(`/actions/${id}/`));
  return found?.textContent.trim() ?? "";
}
