/** The values of a plan that are compared and merged one by one, each as a text. Pure. */

/** @import { Action, ActionField, Plan, PlanField, Step, StepField } from "../../../types/checklist.d.ts" */

/**
 * @template One
 * @typedef {object} Field
 * @property {(record: One) => string} read
 * @property {(record: One, value: string) => One} write returns a record with another value
 */

/** @type {Readonly<Record<StepField, Field<Step>>>} */
export const STEP_FIELDS = {
  state: {
    read: ({ done, skipped }) => (done && "done") || (skipped && "skipped") || "",
    write: (step, value) => ({ ...step, done: value === "done", skipped: value === "skipped" }),
  },
  // The text of a step of the guide, and the title of its action, are copies: the guide changes them, not the reader.
  text: {
    read: ({ own, text }) => (own ? text : ""),
    write: (step, text) => (step.own ? { ...step, text } : step),
  },
  note: { read: ({ note }) => note, write: (step, note) => ({ ...step, note }) },
  owner: { read: ({ owner }) => owner, write: (step, owner) => ({ ...step, owner }) },
  due: { read: ({ due }) => due, write: (step, due) => ({ ...step, due }) },
};

/** @type {Readonly<Record<ActionField, Field<Action>>>} */
export const ACTION_FIELDS = {
  planned: {
    read: ({ planned }) => (planned ? "planned" : ""),
    write: (action, value) => ({ ...action, planned: value === "planned" }),
  },
  title: {
    read: ({ own, title }) => (own ? title : ""),
    write: (action, title) => (action.own ? { ...action, title } : action),
  },
  owner: { read: ({ owner }) => owner, write: (action, owner) => ({ ...action, owner }) },
  due: { read: ({ due }) => due, write: (action, due) => ({ ...action, due }) },
};

/** The order of the actions is a value, too, but can only be compared where two plans have the same actions. */
/** @type {Readonly<Record<Exclude<PlanField, "order">, Field<Plan>>>} */
export const PLAN_FIELDS = {
  name: { read: ({ name }) => name, write: (plan, name) => ({ ...plan, name }) },
  market: {
    read: ({ market, marketName }) => (market ? `${market} ${marketName}` : ""),
    write: (plan, value) => ({ ...plan, market: value.slice(0, 2), marketName: value.slice(3) }),
  },
};

/**
 * Return a step that says nothing.
 * @param {Pick<Step, "id" | "text"> & { own?: boolean }} step
 * @returns {Step}
 */
export function blankStep({ id, text, own = false }) {
  return { id, text, own, done: false, skipped: false, note: "", owner: "", due: "", changed: {} };
}

/**
 * Return an action that says nothing and is not in the plan.
 * @param {Pick<Action, "id" | "title"> & { own?: boolean }} action
 * @returns {Action}
 */
export function blankAction({ id, title, own = false }) {
  return { id, title, own, planned: false, owner: "", due: "", steps: [], changed: {} };
}

/**
 * Return a step of which only the times are left.
 * @param {Step} step
 * @returns {Step}
 */
export function emptiedStep({ id, text, own, changed }) {
  return { ...blankStep({ id, text: own ? "" : text, own }), changed };
}

/**
 * Return an action of which only the times are left.
 * @param {Action} action
 * @returns {Action}
 */
export function emptiedAction({ id, title, own, steps, changed }) {
  return { ...blankAction({ id, title, own }), steps: steps.map(emptiedStep), changed };
}

/**
 * Return whether a step says anything; one that does not is only kept for its times.
 * @param {Step} step
 */
export function speaks(step) {
  return step.done || step.skipped || Boolean(step.note || step.owner || step.due || (step.own && step.text));
}

/**
 * Return whether an action is in the plan or has a step that says anything.
 * @param {Action} action
 */
export function isAlive(action) {
  return action.planned || action.steps.some(speaks);
}

/**
 * Return the ids of the planned actions of a plan that are planned in another one, too, in their order.
 * @param {Plan} plan
 * @param {Plan} other
 */
export function commonOrder(plan, other) {
  const planned = new Set(other.actions.filter((one) => one.planned).map(({ id }) => id));
  return plan.actions
    .filter((one) => one.planned && planned.has(one.id))
    .map(({ id }) => id)
    .join(" ");
}
