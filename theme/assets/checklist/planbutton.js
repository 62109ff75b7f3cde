/** The button that puts an action, or the actions that answer a challenge, into the plan. */

import { announce } from "./notices.js";
import { button, el, enable, label } from "./dom.js";
import { missing } from "./report.js";
import { add, remove } from "./state.js";
import { change, sayDone } from "./step.js";

/** Fill the place `root` with the button for its actions. */
export function planButton(root, store) {
  const actions = JSON.parse(root.dataset.sgAdd);
  const single = root.dataset.sgFor === "action";
  const words = single
    ? "Add to my plan"
    : actions.length === 1
      ? "Add its action to my plan"
      : `Add its ${actions.length} actions to my plan`;
  const toggle = button(words, press, { primary: true });
  const link = el("a", { href: root.dataset.sgPlanUrl, hidden: true }, "Open my plan");
  root.append(toggle, link);

  function press() {
    const takeOut = single && !missing(store.plan, actions);
    const before = change(store, (plan) => (takeOut ? remove(plan, actions[0].id) : add(plan, actions)));
    if (!before) return;
    if (takeOut) sayDone(store, "Taken out of your plan. Its ticks and notes stay.", before);
    else announce("Added to your plan.");
  }

  store.onChange((plan) => {
    const left = missing(plan, actions);
    const done = single ? "Take out of my plan" : "In my plan";
    label(toggle, left ? words : done);
    toggle.classList.toggle("sg-tool--primary", left > 0);
    enable(toggle, single || left > 0);
    link.hidden = left > 0;
  });
}
