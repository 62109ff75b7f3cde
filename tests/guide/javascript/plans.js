/** Plans and parts of plans for the tests. */

/** @import { Action, Item, Plan, ShownStep, Step } from "../../../types/checklist.d.ts" */

export const PLAN_ID = "0123456789abcdef".repeat(2);

/**
 * Return a step of a plan.
 * @param {string} id
 * @param {Partial<Step>} more
 * @returns {Step}
 */
export function step(id, more = {}) {
  return { id, text: id, done: true, note: "", ...more };
}

/**
 * Return an action of a plan.
 * @param {string} id
 * @param {Partial<Action>} more
 * @returns {Action}
 */
export function action(id, more = {}) {
  return { id, title: "", planned: true, owner: "", due: "", steps: [], ...more };
}

/**
 * Return a plan.
 * @param {Action[]} actions
 * @returns {Plan}
 */
export function plan(...actions) {
  return { id: PLAN_ID, actions };
}

/**
 * Return the ids of the actions of a plan.
 * @param {Plan} one
 */
export function ids(one) {
  return one.actions.map(({ id }) => id);
}

/**
 * Return a step as exports get it.
 * @param {Partial<ShownStep>} more
 * @returns {ShownStep}
 */
export function shownStep(more = {}) {
  return { id: "s", text: "Step", detail: "", stage: "", done: false, note: "", gone: false, ...more };
}

/**
 * Return an action as exports get it.
 * @param {Partial<Item>} more
 * @returns {Item}
 */
export function item(more = {}) {
  const steps = more.steps ?? [shownStep()];
  return {
    position: 1,
    id: "a",
    title: "Act",
    area: "",
    url: "",
    owner: "",
    due: "",
    gone: false,
    progress: { done: 0, total: steps.length },
    ...more,
    steps,
  };
}
