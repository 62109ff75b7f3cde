/**
 * A plan and the changes of it. Pure: every function returns a new plan and leaves the old one alone.
 *
 * What a plan holds is described in types/checklist.d.ts.
 */

/** @import { Action, ActionName, Plan, Step, StepPlace } from "../../../types/checklist.d.ts" */

import { isDate, LIMITS, line, lines, PlanError } from "./checking.js";

/**
 * Return a plan that holds nothing.
 * @param {string} id
 * @returns {Plan}
 */
export function empty(id) {
  return { id, actions: [] };
}

/**
 * Return what a plan remembers of an action, or undefined.
 * @param {Plan} plan
 * @param {string} actionId
 */
export function entry(plan, actionId) {
  return plan.actions.find((one) => one.id === actionId);
}

/**
 * Return the actions of a plan in the order of the work, without those that were only ticked outside of it.
 * @param {Plan} plan
 */
export function planned(plan) {
  return plan.actions.filter((one) => one.planned);
}

/**
 * Return whether an action is in the plan.
 * @param {Plan} plan
 * @param {string} actionId
 */
export function isPlanned(plan, actionId) {
  return entry(plan, actionId)?.planned ?? false;
}

/**
 * Put actions at the end of the plan; those that are in it stay where they are.
 * @param {Plan} plan
 * @param {readonly ActionName[]} actions
 * @returns {Plan}
 */
export function add(plan, actions) {
  const fresh = actions.filter(
    (action, index) => !isPlanned(plan, action.id) && actions.findIndex((one) => one.id === action.id) === index,
  );
  if (fresh.length === 0) return plan;
  const ids = new Set(fresh.map((action) => action.id));
  const added = fresh.map((action) => ({ ...(entry(plan, action.id) ?? blank(action)), planned: true }));
  return limited({ ...plan, actions: [...plan.actions.filter((one) => !ids.has(one.id)), ...added] });
}

/**
 * Take an action out of the plan, with its owner and date; its ticks and notes stay on its checklist.
 * @param {Plan} plan
 * @param {string} actionId
 */
export function remove(plan, actionId) {
  return changed(plan, actionId, (one) => ({ ...one, planned: false, owner: "", due: "" }));
}

/**
 * Delete an action with its ticks and notes.
 * @param {Plan} plan
 * @param {string} actionId
 * @returns {Plan}
 */
export function forget(plan, actionId) {
  return { ...plan, actions: plan.actions.filter((one) => one.id !== actionId) };
}

/**
 * Move an action `by` places within the plan; beyond either end nothing changes.
 * @param {Plan} plan
 * @param {string} actionId
 * @param {number} by
 * @returns {Plan}
 */
export function move(plan, actionId, by) {
  const order = planned(plan);
  const from = order.findIndex((one) => one.id === actionId);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return plan;
  order.splice(to, 0, ...order.splice(from, 1));
  // Actions outside of the plan keep their places in the list; the planned ones fill the others in the new order.
  const rest = order.values();
  return { ...plan, actions: plan.actions.map((one) => (one.planned ? (rest.next().value ?? one) : one)) };
}

/**
 * Give an action an owner or a date, or both. What is no date removes the date.
 * @param {Plan} plan
 * @param {string} actionId
 * @param {{ owner?: string, due?: string }} values
 */
export function assign(plan, actionId, { owner, due }) {
  return changed(plan, actionId, (one) => ({
    ...one,
    ...(owner !== undefined && { owner: line(owner, LIMITS.owner) }),
    ...(due !== undefined && { due: isDate(due) ? due : "" }),
  }));
}

/**
 * Tick a step of an action, or take the tick away.
 * @param {Plan} plan
 * @param {StepPlace} place
 * @param {boolean} done
 */
export function tick(plan, place, done) {
  return withStep(plan, place, (one) => ({ ...one, done }));
}

/**
 * Write the note of a step; an empty text takes it away. `since` is the plan from before the text was typed: if the note was
 * another one then, another tab has changed it in the meantime, and both texts are kept.
 * @param {Plan} plan
 * @param {StepPlace} place
 * @param {string} text
 * @param {Plan} since
 */
export function note(plan, place, text, since = plan) {
  const theirs = noteIn(plan, place);
  const written = noteFrom(text);
  const both = theirs === noteIn(since, place) ? written : mergedNote(written, theirs);
  return withStep(plan, place, (one) => ({ ...one, note: both }));
}

/**
 * Return the note that comes of a typed text: nothing, if there are only blanks.
 * @param {string} text
 */
export function noteFrom(text) {
  return text.trim() ? lines(text, LIMITS.note) : "";
}

/**
 * @param {Plan} plan
 * @param {StepPlace} place
 */
function noteIn(plan, { action, step }) {
  return entry(plan, action.id)?.steps.find((one) => one.id === step.id)?.note ?? "";
}

/**
 * Merge two plans: my order first, then what only they have. Ticks add up, notes are put one below the other; of
 * two owners or dates mine stays. Throws a PlanError if both together are more than a plan may hold.
 * @param {Plan} mine
 * @param {Plan} theirs
 * @returns {Plan}
 */
export function merge(mine, theirs) {
  const actions = mine.actions.map((one) => {
    const other = entry(theirs, one.id);
    return other ? mergedAction(one, other) : one;
  });
  const known = new Set(actions.map((one) => one.id));
  return limited({ ...mine, actions: [...actions, ...theirs.actions.filter((one) => !known.has(one.id))] });
}

/**
 * Follow actions that the guide renamed: `current` leads from former ids to those of today.
 * @param {Plan} plan
 * @param {ReadonlyMap<string, string>} current
 * @returns {Plan}
 */
export function followed(plan, current) {
  if (!plan.actions.some((one) => current.has(one.id))) return plan;
  /** @type {Map<string, Action>} */
  const actions = new Map();
  for (const one of plan.actions) {
    const renamed = { ...one, id: current.get(one.id) ?? one.id };
    const before = actions.get(renamed.id);
    actions.set(renamed.id, before ? mergedAction(before, renamed) : renamed);
  }
  return { ...plan, actions: [...actions.values()] };
}

/**
 * Return whether two plans say the same, whatever their numbers are.
 * @param {Plan} one
 * @param {Plan} other
 */
export function same(one, other) {
  return JSON.stringify(sorted(one.actions)) === JSON.stringify(sorted(other.actions));
}

/**
 * Return whether a plan holds nothing at all.
 * @param {Plan} plan
 */
export function isEmpty(plan) {
  return plan.actions.length === 0;
}

/**
 * @param {ActionName} action
 * @returns {Action}
 */
function blank({ id, title }) {
  return { id, title: line(title, LIMITS.title), planned: false, owner: "", due: "", steps: [] };
}

/**
 * Change one action. An action that says nothing any more is left out, so that a plan holds no leftovers.
 * @param {Plan} plan
 * @param {string} actionId
 * @param {(action: Action) => Action} change
 * @returns {Plan}
 */
function changed(plan, actionId, change) {
  const actions = plan.actions.map((one) => (one.id === actionId ? change(one) : one));
  return { ...plan, actions: actions.filter((one) => one.planned || one.steps.length > 0) };
}

/**
 * @param {Plan} plan
 * @param {StepPlace} place
 * @param {(step: Step) => Step} change
 */
function withStep(plan, { action, step }, change) {
  const known = entry(plan, action.id) ? plan : { ...plan, actions: [...plan.actions, blank(action)] };
  return limited(
    changed(known, action.id, (one) => {
      const before = one.steps.find((each) => each.id === step.id) ?? { id: step.id, text: "", done: false, note: "" };
      const after = change({ ...before, text: line(step.text, LIMITS.text) });
      const steps = one.steps.some((each) => each.id === step.id)
        ? one.steps.map((each) => (each.id === step.id ? after : each))
        : [...one.steps, after];
      return { ...one, title: line(action.title, LIMITS.title), steps: steps.filter((each) => each.done || each.note) };
    }),
  );
}

/**
 * @param {Action} mine
 * @param {Action} theirs
 * @returns {Action}
 */
function mergedAction(mine, theirs) {
  const steps = mine.steps.map((one) => {
    const other = theirs.steps.find((each) => each.id === one.id);
    return other ? { ...one, done: one.done || other.done, note: mergedNote(one.note, other.note) } : one;
  });
  const known = new Set(steps.map((one) => one.id));
  return {
    ...mine,
    planned: mine.planned || theirs.planned,
    owner: mine.owner || theirs.owner,
    due: mine.due || theirs.due,
    steps: [...steps, ...theirs.steps.filter((one) => !known.has(one.id))],
  };
}

/**
 * Put two notes together. A note that the other one contains is not repeated, so merging once more changes nothing.
 * @param {string} mine
 * @param {string} theirs
 */
function mergedNote(mine, theirs) {
  if (mine.includes(theirs)) return mine;
  if (theirs.includes(mine)) return theirs;
  return `${mine}\n\n${theirs}`;
}

/**
 * Return the plan unless it is more than a plan may hold: what is saved must be readable again.
 * @param {Plan} plan
 */
function limited(plan) {
  const overlong = plan.actions.some(
    (one) => one.steps.length > LIMITS.steps || one.steps.some((step) => step.note.length > LIMITS.note),
  );
  if (overlong || plan.actions.length > LIMITS.actions)
    throw new PlanError("Together this is more than a plan can hold.");
  return plan;
}

/**
 * The order of steps says nothing: it is the order in which they were first ticked.
 * @param {readonly Action[]} actions
 */
function sorted(actions) {
  return actions.map((one) => ({ ...one, steps: [...one.steps].sort((a, b) => (a.id < b.id ? -1 : 1)) }));
}
