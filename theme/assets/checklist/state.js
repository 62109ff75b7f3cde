/**
 * A plan and what can be done to it. Pure: every function returns a new plan and leaves the old one alone.
 *
 * A plan is `{id, actions: [{id, title, planned, owner, due, steps: [{id, text, done, note}]}]}`. The actions are in
 * the order of the work. An action that is not `planned` is one whose checklist was ticked outside of the plan. A step is listed
 * once it is done or has a note. Titles and texts are copies, for the day when the guide no longer has them.
 */

import { LIMITS, PlanError, isDate, line, lines } from "./checking.js";

/** Return a plan that holds nothing. `id` is its own number, which its calendar entries are known by. */
export function empty(id) {
  return { id, actions: [] };
}

/** Return what a plan knows of an action, or undefined. */
export function entry(plan, actionId) {
  return plan.actions.find((one) => one.id === actionId);
}

/** Return the actions of a plan in the order of the work, without those that were only ticked outside of it. */
export function planned(plan) {
  return plan.actions.filter((one) => one.planned);
}

/** Return whether an action is in the plan. */
export function isPlanned(plan, actionId) {
  return entry(plan, actionId)?.planned ?? false;
}

/** Put actions (`{id, title}`) at the end of the plan; those that are in it stay where they are. */
export function add(plan, actions) {
  const fresh = actions.filter(
    (action, index) => !isPlanned(plan, action.id) && actions.findIndex((one) => one.id === action.id) === index,
  );
  if (!fresh.length) return plan;
  const ids = new Set(fresh.map((action) => action.id));
  const added = fresh.map((action) => ({ ...(entry(plan, action.id) ?? blank(action)), planned: true }));
  return limited({ ...plan, actions: [...plan.actions.filter((one) => !ids.has(one.id)), ...added] });
}

/** Take an action out of the plan, with its owner and date; its ticks and notes stay on its checklist. */
export function remove(plan, actionId) {
  return changed(plan, actionId, (one) => ({ ...one, planned: false, owner: "", due: "" }));
}

/** Delete an action with its ticks and notes. */
export function forget(plan, actionId) {
  return { ...plan, actions: plan.actions.filter((one) => one.id !== actionId) };
}

/** Move an action `by` places within the plan; beyond either end nothing changes. */
export function move(plan, actionId, by) {
  const order = planned(plan);
  const from = order.findIndex((one) => one.id === actionId);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return plan;
  order.splice(to, 0, ...order.splice(from, 1));
  const rest = order.values();
  return { ...plan, actions: plan.actions.map((one) => (one.planned ? rest.next().value : one)) };
}

/** Give an action an owner or a date (`{owner}`, `{due}`, or both). What is no date is none. */
export function assign(plan, actionId, { owner, due }) {
  return changed(plan, actionId, (one) => ({
    ...one,
    owner: owner === undefined ? one.owner : line(owner, LIMITS.owner),
    due: due === undefined ? one.due : isDate(due) ? due : "",
  }));
}

/** Tick a step (`{id, text}`) of an action (`{id, title}`), or take the tick away. */
export function tick(plan, action, step, done) {
  return withStep(plan, action, step, (one) => ({ ...one, done }));
}

/** Write the note of a step; an empty text takes it away. */
export function note(plan, action, step, text) {
  return withStep(plan, action, step, (one) => ({ ...one, note: text.trim() ? lines(text, LIMITS.note) : "" }));
}

/**
 * Put two plans together: my order first, then what only they have. Ticks add up, notes are put one below the other; of
 * two owners or dates mine stays. Throws a PlanError if both together are more than a plan may hold.
 */
export function merge(mine, theirs) {
  const actions = mine.actions.map((one) => {
    const other = entry(theirs, one.id);
    return other ? combined(one, other) : one;
  });
  const known = new Set(actions.map((one) => one.id));
  return limited({ ...mine, actions: [...actions, ...theirs.actions.filter((one) => !known.has(one.id))] });
}

/** Follow actions that the guide renamed: `current` is a Map from a former id to the id of today. */
export function followed(plan, current) {
  if (!plan.actions.some((one) => current.has(one.id))) return plan;
  const actions = new Map();
  for (const one of plan.actions) {
    const renamed = current.has(one.id) ? { ...one, id: current.get(one.id) } : one;
    const before = actions.get(renamed.id);
    actions.set(renamed.id, before ? combined(before, renamed) : renamed);
  }
  return { ...plan, actions: [...actions.values()] };
}

/** Return whether two plans say the same, whatever their numbers are. */
export function same(one, other) {
  return JSON.stringify(sorted(one.actions)) === JSON.stringify(sorted(other.actions));
}

/** Return whether a plan holds nothing at all. */
export function isEmpty(plan) {
  return plan.actions.length === 0;
}

function blank({ id, title }) {
  return { id, title: line(title, LIMITS.title), planned: false, owner: "", due: "", steps: [] };
}

/** Change one action. An action that says nothing any more is let go, so that a plan holds no leftovers. */
function changed(plan, actionId, change) {
  const actions = plan.actions.map((one) => (one.id === actionId ? change(one) : one));
  return { ...plan, actions: actions.filter((one) => one.planned || one.steps.length) };
}

function withStep(plan, action, step, change) {
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

function combined(mine, theirs) {
  const steps = mine.steps.map((one) => {
    const other = theirs.steps.find((each) => each.id === one.id);
    return other ? { ...one, done: one.done || other.done, note: notes(one.note, other.note) } : one;
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

/** Put two notes together; what one says already is not said twice, so that merging once more changes nothing. */
function notes(mine, theirs) {
  if (mine.includes(theirs)) return mine;
  if (theirs.includes(mine)) return theirs;
  return `${mine}\n\n${theirs}`;
}

/** Return the plan unless it is more than it may hold: what is kept must be readable again. */
function limited(plan) {
  const overlong = plan.actions.some(
    (one) => one.steps.length > LIMITS.steps || one.steps.some((step) => step.note.length > LIMITS.note),
  );
  if (overlong || plan.actions.length > LIMITS.actions)
    throw new PlanError("Together this is more than a plan has room for.");
  return plan;
}

function sorted(actions) {
  return actions.map((one) => ({ ...one, steps: [...one.steps].sort((a, b) => (a.id < b.id ? -1 : 1)) }));
}
