/** The tools above the list of the plan: whose steps are shown, in which order, and whether all steps are open. */

/** @import { Item, PlanPage } from "../../../types/checklist.d.ts" */
/** @import { View } from "./view.js" */

import { change, sayDone } from "./changes.js";
import { button, el, freshId } from "./dom.js";
import { announce } from "./notices.js";
import { countOverdue, dayOf, ownersOf } from "./report.js";
import { sortByDate } from "./state.js";
import { shows } from "./view.js";

/**
 * Return the tools, the view that is chosen, and a function that offers the owners of some actions.
 * @param {PlanPage} page
 * @param {{ draw: () => void, openSteps: (open: boolean) => void }} list what the tools do with the list
 */
export function viewTools({ store }, { draw, openSteps }) {
  const select = el("select", { id: freshId("view") });
  /** @type {readonly Item[]} */
  let shown = [];
  let options = "";
  let open = false;

  /** @returns {View} */
  function view() {
    const [show = "all", owner = ""] = select.value.split(/:(.*)/su);
    return { show: show === "overdue" || show === "owner" ? show : "all", owner };
  }

  select.addEventListener("change", () => {
    openAll(select.value !== "all" && select.value !== "");
    draw();
    const count = shown.filter((item) => shows(view(), item)).length;
    announce(`${count} of ${shown.length} actions shown.`);
  });

  /** @param {boolean} on */
  function openAll(on) {
    open = on;
    all.textContent = on ? "Hide all steps" : "Show all steps";
    openSteps(on);
  }
  const all = button("Show all steps", () => openAll(!open));

  function sort() {
    const before = change(store, sortByDate);
    if (!before) return;
    if (before === store.library) announce("The actions are in the order of their dates already.");
    else sayDone(store, "The actions are now in the order of their dates. Those without a date come last.", before);
  }

  const element = el(
    "div",
    { class: "sg-tools sg-plan__view" },
    el("label", { for: select.id }, "Show"),
    select,
    button("Sort by date", sort),
    all,
  );

  /** @param {readonly Item[]} items */
  function update(items) {
    shown = items;
    element.hidden = items.length === 0;
    const late = countOverdue(items, dayOf(new Date()));
    const now = [
      ["all", "Everything"],
      ...(late > 0 || select.value === "overdue" ? [["overdue", `What is overdue (${late})`]] : []),
      ...ownersOf(items).map((owner) => [`owner:${owner}`, `What ${owner} does`]),
    ];
    if (options === JSON.stringify(now)) return;
    options = JSON.stringify(now);
    const chosen = select.value;
    select.replaceChildren(...now.map(([value, words]) => el("option", { value }, words)));
    select.value = now.some(([value]) => value === chosen) ? chosen : "all";
  }

  /** Return what the view shows in words; an empty string for all. */
  function inWords() {
    return view().show === "all" ? "" : (select.selectedOptions[0]?.textContent ?? "");
  }

  return { element, update, view, inWords };
}
