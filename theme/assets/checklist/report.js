/** A plan together with the texts of the guide: what the pages show and the exports write. Pure. */

/**
 * @import {
 *   Action, ActionName, Challenge, Checklist, Guide, GuideAction, GuideData, Item, Plan, Progress, Report, ShownStep,
 * } from "../../../types/checklist.d.ts"
 */

import { isPlanned, planned } from "./state.js";

/**
 * Return the guide from the data of the plan page. `base` is the page's URL, which its links are relative to.
 * @param {GuideData} data
 * @param {string} base
 * @returns {Guide}
 */
export function guideOf(data, base) {
  const actions = new Map(
    data.actions.map((action) => [action.id, { ...action, url: new URL(action.url, base).href }]),
  );
  const current = new Map();
  for (const action of actions.values()) {
    for (const former of action.former ?? []) if (!actions.has(former)) current.set(former, action.id);
  }
  return { actions, challenges: data.challenges, current };
}

/**
 * Return all steps of an action: those of the guide in its order, then those that only the plan remembers.
 * @param {Action | undefined} kept
 * @param {Checklist | undefined} action
 * @returns {ShownStep[]}
 */
export function stepsOf(kept, action) {
  const known = new Map((kept?.steps ?? []).map((step) => [step.id, step]));
  const steps = (action?.steps ?? []).map((step) => {
    const mine = known.get(step.id);
    known.delete(step.id);
    return { detail: "", stage: "", ...step, done: mine?.done ?? false, note: mine?.note ?? "", gone: false };
  });
  return [...steps, ...[...known.values()].map((step) => ({ detail: "", stage: "", ...step, gone: true }))];
}

/**
 * Return how many steps there are, and are done. Steps that the guide no longer has don't count.
 * @param {readonly ShownStep[]} steps
 * @returns {Progress}
 */
export function progressOf(steps) {
  const counted = steps.filter((step) => !step.gone);
  return { done: counted.filter((step) => step.done).length, total: counted.length };
}

/**
 * Return the words for a progress.
 * @param {Progress} progress
 */
export function progressWords({ done, total }) {
  if (total === 0) return "No steps in the guide";
  if (done === total) return total === 1 ? "The one step is done" : `All ${total} steps done`;
  return `${done} of ${total} ${total === 1 ? "step" : "steps"} done`;
}

/**
 * Return what a plan holds, action by action, with the texts of the guide.
 * @param {Plan} plan
 * @param {Guide} guide
 * @returns {Report}
 */
export function report(plan, guide) {
  const items = planned(plan).map((kept, index) => item(kept, guide.actions.get(kept.id), index + 1));
  return {
    items,
    progress: {
      done: items.reduce((sum, one) => sum + one.progress.done, 0),
      total: items.reduce((sum, one) => sum + one.progress.total, 0),
    },
  };
}

/**
 * Return the actions whose checklists were begun outside of the plan.
 * @param {Plan} plan
 * @param {Guide} guide
 */
export function begun(plan, guide) {
  return plan.actions.filter((kept) => !kept.planned).map((kept) => item(kept, guide.actions.get(kept.id), 0));
}

/**
 * @param {Action} kept
 * @param {GuideAction | undefined} action
 * @param {number} position
 * @returns {Item}
 */
function item(kept, action, position) {
  const steps = stepsOf(kept, action);
  return {
    position,
    id: kept.id,
    title: action?.title ?? (kept.title || kept.id),
    area: action?.area ?? "",
    url: action?.url ?? "",
    owner: kept.owner,
    due: kept.due,
    gone: !action,
    steps,
    progress: progressOf(steps),
  };
}

/**
 * Return the actions that answer a challenge.
 * @param {Challenge} challenge
 * @param {Guide} guide
 */
export function answersTo(challenge, guide) {
  return challenge.actions.flatMap((id) => guide.actions.get(id) ?? []);
}

/**
 * Return how many of some actions are not in the plan yet.
 * @param {Plan} plan
 * @param {readonly ActionName[]} actions
 */
export function countMissing(plan, actions) {
  return actions.filter((action) => !isPlanned(plan, action.id)).length;
}

/**
 * Return the words for the actions of a challenge.
 * @param {number} count
 */
export function itsActions(count) {
  return count === 1 ? "its action" : `its ${count} actions`;
}

/**
 * Return a date in words: 12 March 2027.
 * @param {string} date written YYYY-MM-DD
 */
export function longDate(date) {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}
