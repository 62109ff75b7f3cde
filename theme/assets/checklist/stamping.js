/**
 * Notes in a plan when and in which browser each value was changed. Pure.
 *
 * A change (state.js) makes a new plan without thinking of times; comparing it with the plan before shows what was changed.
 * What was taken away stays as an empty value with its time, so that merging knows that it was taken away.
 */

/** @import { Action, Plan, Stamp, Stamps, Step } from "../../../types/checklist.d.ts" */
/** @import { Field } from "./fields.js" */

import { LIMITS } from "./checking.js";
import {
  ACTION_FIELDS,
  blankAction,
  blankStep,
  commonOrder,
  emptiedAction,
  emptiedStep,
  PLAN_FIELDS,
  STEP_FIELDS,
} from "./fields.js";

/**
 * Return the time of a change that is made in a browser now. It is later than every time that the plan has of this browser,
 * whatever its clock says.
 * @param {readonly Plan[]} plans
 * @param {string} by
 * @param {number} now
 * @returns {Stamp}
 */
export function stampFor(plans, by, now) {
  const last = Math.max(...plans.map(({ seen }) => (Object.hasOwn(seen, by) ? (seen[by] ?? 0) : 0)));
  return { by, at: Math.min(Math.max(now, last + 1), LIMITS.time) };
}

/**
 * Return a plan with the time of each value that a change has made different.
 * @param {Plan} before
 * @param {Plan} after
 * @param {Stamp} stamp
 * @returns {Plan}
 */
export function stamped(before, after, stamp) {
  if (after === before) return before;
  const known = new Map(before.actions.map((one) => [one.id, one]));
  const actions = after.actions.map((one) => {
    const old = known.get(one.id);
    known.delete(one.id);
    return stampedAction(old ?? blankAction({ id: one.id, title: "" }), one, stamp);
  });
  const gone = [...known.values()].map((one) => stampedAction(one, emptiedAction(one), stamp));
  const reordered = commonOrder(before, after) !== commonOrder(after, before);
  return {
    ...after,
    actions: [...actions, ...gone],
    changed: { ...newer(PLAN_FIELDS, before, after, stamp), ...(reordered && { order: stamp }) },
    seen: { ...before.seen, [stamp.by]: stamp.at },
  };
}

/**
 * @param {Action} before
 * @param {Action} after
 * @param {Stamp} stamp
 * @returns {Action}
 */
function stampedAction(before, after, stamp) {
  if (after === before) return after;
  const known = new Map(before.steps.map((one) => [one.id, one]));
  const steps = after.steps.map((one) => {
    const old = known.get(one.id);
    known.delete(one.id);
    return stampedStep(old ?? blankStep({ id: one.id, text: "" }), one, stamp);
  });
  const gone = [...known.values()].map((one) => stampedStep(one, emptiedStep(one), stamp));
  return { ...after, steps: [...steps, ...gone], changed: newer(ACTION_FIELDS, before, after, stamp) };
}

/**
 * @param {Step} before
 * @param {Step} after
 * @param {Stamp} stamp
 * @returns {Step}
 */
function stampedStep(before, after, stamp) {
  return after === before ? after : { ...after, changed: newer(STEP_FIELDS, before, after, stamp) };
}

/**
 * Return the times of a record's values after a change.
 * @template {string} Name
 * @template {{ readonly changed: Stamps<Name> }} One
 * @param {Readonly<{ [Key in Name]?: Field<One> }>} fields
 * @param {One} before
 * @param {One} after
 * @param {Stamp} stamp
 * @returns {Stamps<Name>}
 */
function newer(fields, before, after, stamp) {
  /** @type {Partial<Record<Name, Stamp>>} */
  const changed = { ...before.changed };
  for (const name of /** @type {Name[]} */ (Object.keys(fields))) {
    const field = fields[name];
    if (field && field.read(before) !== field.read(after)) changed[name] = stamp;
  }
  return changed;
}
