/** Fields for the owner and the date of an action or a step. Names that were used before are offered again. */

/** @import { Store } from "./storage.js" */
/** @import { Plan } from "../../../types/checklist.d.ts" */

import { change, changeSoon } from "./changes.js";
import { LIMITS } from "./checking.js";
import { el, freshId, hiddenText } from "./dom.js";
import { namesIn } from "./library.js";

/** @type {HTMLDataListElement | undefined} */
let names;

/**
 * Return the id of the list of names that fields of this page offer.
 * @param {Store} store
 */
function nameList(store) {
  if (names) return names.id;
  const list = el("datalist", { id: freshId("names") });
  names = list;
  document.body.append(list);
  let shown = "";
  store.onChange(() => {
    const all = namesIn(store.library);
    if (shown === JSON.stringify(all)) return;
    shown = JSON.stringify(all);
    list.replaceChildren(...all.map((name) => el("option", { value: name })));
  });
  return list.id;
}

/**
 * Return the fields for the owner and the date of something, and a function that shows what the plan has.
 * @param {string} title what it is of
 * @param {Store} store
 * @param {(plan: Plan, values: { owner?: string, due?: string }) => Plan} assigned changes the plan
 */
export function ownerFields(title, store, assigned) {
  const owner = el("input", {
    type: "text",
    id: freshId("owner"),
    maxlength: String(LIMITS.owner),
    autocomplete: "off",
    list: nameList(store),
  });
  const due = el("input", { type: "date", id: freshId("due") });
  owner.addEventListener("input", () => {
    const text = owner.value;
    changeSoon(store, owner.id, (plan) => assigned(plan, { owner: text }));
  });
  owner.addEventListener("blur", () => store.flush());
  let known = "";
  const save = () => change(store, (plan) => assigned(plan, { due: due.value }));
  due.addEventListener("change", () => {
    if (!isOfLongAgo(due.value)) save(); // a year that is being typed is 0002 and 0020 first
  });
  due.addEventListener("blur", () => {
    if (!isOfLongAgo(due.value)) return;
    due.value = inThisCentury(due.value) ?? known;
    save();
  });
  const elements = [
    el("div", {}, el("label", { for: owner.id }, "Owner", hiddenText(` of: ${title}`)), owner),
    el("div", {}, el("label", { for: due.id }, "By", hiddenText(` when: ${title}`)), due),
  ];
  /** @param {{ owner: string, due: string }} values */
  const update = (values) => {
    known = values.due;
    if (document.activeElement !== owner) owner.value = values.owner;
    if (document.activeElement !== due) due.value = values.due;
  };
  return { elements, update };
}

/**
 * Tell whether a field has a year of at most three digits.
 * @param {string} value YYYY-MM-DD; empty for none
 */
function isOfLongAgo(value) {
  return value.startsWith("0");
}

/**
 * Return a date with a year of this century in the place of one of two digits, which browsers take for one of the first;
 * undefined for one of three digits, of which nobody knows what it was to be.
 * @param {string} value YYYY-MM-DD
 */
function inThisCentury(value) {
  return value.startsWith("00") ? `20${value.slice(2)}` : undefined;
}
