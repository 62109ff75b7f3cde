/**
 * A plan and the changes of it. Pure: every function returns a new plan and leaves the old one alone. The times of the
 * changes are noted by stamping.js.
 *
 * What a plan holds is described in types/checklist.d.ts.
 */

/** @import { Action, ActionName, Market, Plan, Step, StepPlace } from "../../../types/checklist.d.ts" */

import { isDate, isMarket, LIMITS, line, lines, PlanError } from "./checking.js";
import { blankAction, blankStep, isAlive, speaks } from "./fields.js";

/**
 * Return a plan that holds nothing.
 * @param {string} id
 * @returns {Plan}
 */
export function empty(id) {
  return { id, name: "", market: "", marketName: "", actions: [], changed: {}, seen: {} };
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
  const added = fresh.map((action) => ({ ...(entry(plan, action.id) ?? blankAction(named(action))), planned: true }));
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
  if (from < 0 || to < 0 || to >= order.length || to === from) return plan;
  order.splice(to, 0, ...order.splice(from, 1));
  // Actions outside of the plan keep their places in the list; the planned ones fill the others in the new order.
  const rest = order.values();
  return { ...plan, actions: plan.actions.map((one) => (one.planned ? (rest.next().value ?? one) : one)) };
}

/**
 * Move an action to the beginning or the end of the plan.
 * @param {Plan} plan
 * @param {string} actionId
 * @param {"first" | "last"} place
 */
export function moveTo(plan, actionId, place) {
  const order = planned(plan);
  const from = order.findIndex((one) => one.id === actionId);
  return from < 0 ? plan : move(plan, actionId, (place === "first" ? 0 : order.length - 1) - from);
}

/**
 * Put the actions in the order of their dates; those without a date come last, in the order that they have.
 * @param {Plan} plan
 * @returns {Plan}
 */
export function sortByDate(plan) {
  const before = planned(plan);
  const order = [...before].sort((a, b) => Number(nextDate(a) > nextDate(b)) - Number(nextDate(a) < nextDate(b)));
  if (order.every((one, index) => one === before[index])) return plan;
  const rest = order.values();
  return { ...plan, actions: plan.actions.map((one) => (one.planned ? (rest.next().value ?? one) : one)) };
}

/**
 * Return the first date of an action and of its steps that are still to be done, written so that none comes last.
 * @param {Action} action
 */
function nextDate({ due, steps }) {
  const open = steps.filter((one) => !(one.done || one.skipped)).map((one) => one.due);
  const dates = [due, ...open].filter(Boolean);
  return dates.sort((a, b) => (a < b ? -1 : 1))[0] ?? "9999";
}

/**
 * Give the plan a name.
 * @param {Plan} plan
 * @param {string} name
 * @returns {Plan}
 */
export function rename(plan, name) {
  return { ...plan, name: line(name, LIMITS.name) };
}

/**
 * Give the plan a market, or take it away with an empty code. Throws a PlanError for a code that no market can have.
 * @param {Plan} plan
 * @param {Market} market
 * @returns {Plan}
 */
export function aim(plan, { code, name }) {
  if (code && !isMarket(code)) throw new PlanError("There is no such market.");
  return { ...plan, market: code, marketName: code ? line(name, LIMITS.name) : "" };
}

/**
 * Put an action of one's own at the end of the plan. Throws a PlanError if it has no words.
 * @param {Plan} plan
 * @param {ActionName} action with an id of its own
 */
export function addOwnAction(plan, { id, title }) {
  const words = line(title, LIMITS.title);
  if (!words) throw new PlanError("Write what is to be done first.");
  return limited({
    ...plan,
    actions: [...plan.actions, { ...blankAction({ id, title: words, own: true }), planned: true }],
  });
}

/**
 * Give an action of one's own other words; without words it stays as it is.
 * @param {Plan} plan
 * @param {string} actionId
 * @param {string} title
 */
export function rewordAction(plan, actionId, title) {
  const words = line(title, LIMITS.title);
  return changed(plan, actionId, (one) => (one.own && words ? { ...one, title: words } : one));
}

/**
 * Put a step of one's own at the end of an action. Throws a PlanError if it has no words.
 * @param {Plan} plan
 * @param {StepPlace} place the step has an id of its own
 */
export function addOwnStep(plan, { action, step }) {
  if (!line(step.text, LIMITS.text)) throw new PlanError("Write what is to be done first.");
  return withStep(plan, { action, step: { ...step, own: true } }, (one) => one);
}

/**
 * Delete a step of one's own, or give it other words.
 * @param {Plan} plan
 * @param {StepPlace} place
 */
export function rewordStep(plan, place) {
  return withStep(plan, place, (one) => (line(place.step.text, LIMITS.text) ? one : { ...blankStep(one), text: "" }));
}

/**
 * Give an action an owner or a date, or both. What is no date removes the date.
 * @param {Plan} plan
 * @param {string} actionId
 * @param {{ owner?: string, due?: string }} values
 */
export function assign(plan, actionId, values) {
  return changed(plan, actionId, (one) => ({ ...one, ...assigned(values) }));
}

/** @param {{ owner?: string, due?: string }} values */
function assigned({ owner, due }) {
  return {
    ...(owner !== undefined && { owner: line(owner, LIMITS.owner) }),
    ...(due !== undefined && { due: isDate(due) ? due : "" }),
  };
}

/**
 * Tick a step of an action, or take the tick away.
 * @param {Plan} plan
 * @param {StepPlace} place
 * @param {boolean} done
 */
export function tick(plan, place, done) {
  return withStep(plan, place, (one) => ({ ...one, done, skipped: one.skipped && !done }));
}

/**
 * Say that a step of an action does not apply, or that it does.
 * @param {Plan} plan
 * @param {StepPlace} place
 * @param {boolean} skipped
 */
export function skip(plan, place, skipped) {
  return withStep(plan, place, (one) => ({ ...one, skipped, done: one.done && !skipped }));
}

/**
 * Give a step an owner or a date, or both. What is no date removes the date.
 * @param {Plan} plan
 * @param {StepPlace} place
 * @param {{ owner?: string, due?: string }} values
 */
export function assignStep(plan, place, values) {
  return withStep(plan, place, (one) => ({ ...one, ...assigned(values) }));
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
  const both = theirs === noteIn(since, place) ? written : joined(written, theirs);
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
 * Return whether two plans say the same, whatever their numbers and times are.
 * @param {Plan} one
 * @param {Plan} other
 */
export function same(one, other) {
  return JSON.stringify(contents(one)) === JSON.stringify(contents(other));
}

/**
 * Return whether a plan holds nothing at all.
 * @param {Plan} plan
 */
export function isEmpty(plan) {
  return !(plan.name || plan.market || plan.actions.some(isAlive));
}

/**
 * @param {ActionName} action
 * @returns {ActionName}
 */
function named({ id, title }) {
  return { id, title: line(title, LIMITS.title) };
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
  return { ...plan, actions: actions.filter(isAlive) };
}

/**
 * @param {Plan} plan
 * @param {StepPlace} place
 * @param {(step: Step) => Step} change
 */
function withStep(plan, { action, step }, change) {
  const known = entry(plan, action.id) ? plan : { ...plan, actions: [...plan.actions, blankAction(named(action))] };
  return limited(
    changed(known, action.id, (one) => {
      const before = one.steps.find((each) => each.id === step.id) ?? blankStep(step);
      const after = change({ ...before, text: line(step.text, LIMITS.text) });
      const steps = one.steps.some((each) => each.id === step.id)
        ? one.steps.map((each) => (each.id === step.id ? after : each))
        : [...one.steps, after];
      return { ...one, title: one.own ? one.title : named(action).title, steps: steps.filter(speaks) };
    }),
  );
}

/**
 * Put two notes together. A note that is among the lines of the other, or its beginning, is not repeated: so merging once
 * more changes nothing.
 * @param {string} first
 * @param {string} second
 */
export function joined(first, second) {
  if (holds(first, second)) return first;
  if (holds(second, first)) return second;
  return `${first}\n\n${second}`;
}

/**
 * @param {string} text
 * @param {string} part
 */
function holds(text, part) {
  return text.startsWith(part) || `\n${text}\n`.includes(`\n${part}\n`);
}

/**
 * Return the plan unless it is more than a plan may hold: what is saved must be readable again.
 * @param {Plan} plan
 */
export function limited(plan) {
  const overlong = plan.actions.some(
    (one) => one.steps.length > LIMITS.steps || one.steps.some((step) => step.note.length > LIMITS.note),
  );
  if (overlong || plan.actions.length > LIMITS.actions || Object.keys(plan.seen).length > LIMITS.browsers)
    throw new PlanError("Together this is more than a plan can hold.");
  return plan;
}

/**
 * Return what a plan says, without its number and times. The order of steps says nothing: it is the order in which they were
 * first ticked.
 * @param {Plan} plan
 */
function contents({ name, market, actions }) {
  const alive = actions.filter(isAlive).map((one) => ({
    ...one,
    changed: {},
    steps: one.steps
      .filter(speaks)
      .map((step) => ({ ...step, changed: {} }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  }));
  return [name, market, alive];
}
