/** Which of the plans is shown, what it is called, and which market it is for. */

/** @import { Store } from "./storage.js" */
/** @import { PlanPage } from "../../../types/checklist.d.ts" */

import { change, changeAll, changeSoon, sayDone } from "./changes.js";
import { LIMITS } from "./checking.js";
import { button, el, freshId } from "./dom.js";
import { showing, titleOf, withNew } from "./library.js";
import { announce } from "./notices.js";
import { aim, empty, isEmpty, planned, rename } from "./state.js";
import { newId } from "./storage.js";

/**
 * Return the part of the page where a plan is chosen, named and aimed at a market.
 * @param {PlanPage} page
 */
export function chooser({ store, guide, heading }) {
  const choice = planChoice(store);
  const name = el("input", { type: "text", id: freshId("name"), maxlength: String(LIMITS.name), autocomplete: "off" });
  name.addEventListener("input", () => {
    const text = name.value;
    changeSoon(store, name.id, (plan) => rename(plan, text));
  });
  name.addEventListener("blur", () => store.flush());
  const market = el("select", { id: freshId("market") }, el("option", { value: "" }, "No market"));
  market.append(...guide.markets.map((one) => el("option", { value: one.code }, one.name)));
  market.addEventListener("change", () => {
    const found = guide.markets.find(({ code }) => code === market.value) ?? { code: "", name: "" };
    if (!change(store, (plan) => aim(plan, found))) return;
    announce(found.code ? `This plan is for ${found.name}.` : "This plan is for no market.");
  });

  function begin() {
    const before = changeAll(store, (library) => withNew(library, empty(newId())));
    if (!before) return;
    name.focus();
    sayDone(store, "This is a new plan. The others are kept.", before, { afterUndo: () => heading.focus() });
  }

  const fresh = button("New plan", begin);

  store.onChange((plan) => {
    fresh.hidden = isEmpty(plan);
    if (document.activeElement !== name) name.value = plan.name;
    if (plan.market && !guide.markets.some(({ code }) => code === plan.market)) addMarket(market, plan);
    market.value = plan.market;
  });
  return el(
    "div",
    { class: "sg-plan__chooser" },
    choice,
    el(
      "div",
      { class: "sg-plan__fields" },
      el("div", {}, el("label", { for: name.id }, "Name of the plan"), name),
      el("div", {}, el("label", { for: market.id }, "Market"), market),
    ),
    el("div", { class: "sg-tools" }, fresh),
  );
}

/**
 * Return the field in which one of several plans is chosen.
 * @param {Store} store
 */
function planChoice(store) {
  const select = el("select", { id: freshId("plan") });
  const element = el("div", {}, el("label", { for: select.id }, "Plan"), select);
  select.addEventListener("change", () => {
    if (changeAll(store, (library) => showing(library, select.value)))
      announce(`This is now: ${titleOf(store.library, store.plan)}.`);
  });
  let shown = "";
  store.onChange((plan) => {
    const { library } = store;
    element.hidden = library.plans.length < 2;
    const options = library.plans.map((one) => [one.id, `${titleOf(library, one)} (${countOf(planned(one).length)})`]);
    if (shown !== JSON.stringify(options)) {
      shown = JSON.stringify(options);
      select.replaceChildren(...options.map(([id, words]) => el("option", { value: id }, words)));
    }
    select.value = plan.id;
  });
  return element;
}

/** @param {number} count */
function countOf(count) {
  return count === 1 ? "1 action" : `${count} actions`;
}

/**
 * Offer a market that a plan has but the guide has not.
 * @param {HTMLSelectElement} market
 * @param {{ market: string, marketName: string }} plan
 */
function addMarket(market, plan) {
  if ([...market.options].some(({ value }) => value === plan.market)) return;
  market.append(el("option", { value: plan.market }, plan.marketName || plan.market));
}
