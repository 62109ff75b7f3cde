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
  return { id, text: id, own: false, done: true, skipped: false, note: "", owner: "", due: "", changed: {}, ...more };
}

/**
 * Return an action of a plan.
 * @param {string} id
 * @param {Partial<Action>} more
 * @returns {Action}
 */
export function action(id, more = {}) {
  return { id, title: "", own: false, planned: true, owner: "", due: "", steps: [], changed: {}, ...more };
}

/**
 * Return a plan.
 * @param {Action[]} actions
 * @returns {Plan}
 */
export function plan(...actions) {
  return { id: PLAN_ID, name: "", market: "", marketName: "", actions, changed: {}, seen: {} };
}

/**
 * Return a plan without its times.
 * @param {Plan} one
 * @returns {Plan}
 */
export function timeless(one) {
  const actions = one.actions.map((each) => ({
    ...each,
    changed: {},
    steps: each.steps.map((step_) => ({ ...step_, changed: {} })),
  }));
  return { ...one, actions, changed: {}, seen: {} };
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
  const nothing = { own: false, done: false, skipped: false, note: "", owner: "", due: "", gone: false };
  return { id: "s", text: "Step", detail: "", links: [], stage: "", ...nothing, ...more };
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
    own: false,
    progress: { done: 0, total: steps.length },
    ...more,
    steps,
  };
}
