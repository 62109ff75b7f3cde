/** Which part of a plan its page shows: all of it, what is overdue, or what one person has to do. Pure. */

/** @import { Item, ShownStep } from "../../../types/checklist.d.ts" */

import { dayOf, isOverdue, isStepOf, isStepOverdue } from "./report.js";

/** @typedef {{ show: "all" | "overdue" | "owner", owner: string }} View */

/**
 * Return whether a view shows an action: something of it must be what the view is for.
 * @param {View} view
 * @param {Item} item
 */
export function shows(view, item) {
  if (view.show === "all") return true;
  if (view.show === "owner" && item.owner === view.owner) return true;
  if (view.show === "overdue" && isOverdue(item, dayOf(new Date()))) return true;
  return item.steps.some((step) => showsStep(view, item, step));
}

/**
 * Return whether a view shows a step of an action.
 * @param {View} view
 * @param {Pick<Item, "owner">} item
 * @param {Pick<ShownStep, "owner" | "due" | "done" | "skipped">} step
 */
export function showsStep(view, item, step) {
  if (view.show === "owner") return isStepOf(item, step, view.owner);
  return view.show === "all" || isStepOverdue(step, dayOf(new Date()));
}
