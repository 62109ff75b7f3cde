/** The button that puts an action, or the actions that answer a challenge, into the plan. */

/** @import { Store } from "./storage.js" */
/** @import { ActionName } from "../../../types/checklist.d.ts" */

import { change, sayDone } from "./changes.js";
import { button, el, enable, setWords } from "./dom.js";
import { announce } from "./notices.js";
import { countMissing, itsActions } from "./report.js";
import { add, remove } from "./state.js";

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
  });
}
