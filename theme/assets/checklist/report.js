/** A plan together with the texts of the guide: what the pages show and the exports write. Pure. */

/**
 * @import {
 *   Action, ActionName, Challenge, Checklist, Guide, GuideAction, GuideData, GuideStep, Item, Plan, Progress, Report,
 *   ShownStep, Step,
 * } from "../../../types/checklist.d.ts"
 */

import { blankStep, isAlive, speaks } from "./fields.js";
import { isPlanned, planned } from "./state.js";

const OWN_STEPS = "Your own steps";
/** By themselves: the first date that a browser formats costs a phone a tenth of a second. */
const MONTHS = "January February March April May June July August September October November December".split(" ");

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
  return { actions, challenges: data.challenges, sets: data.sets ?? [], markets: data.markets ?? [], current };
}

/**
 * Return all steps of an action: those of the guide in its order, the reader's own, then those that only the plan remembers.
 * @param {Action | undefined} kept
 * @param {Checklist | undefined} action
 * @returns {ShownStep[]}
 */
export function stepsOf(kept, action) {
  const known = new Map((kept?.steps ?? []).map((step) => [step.id, step]));
  const steps = (action?.steps ?? []).map((step) => {
    const mine = known.get(step.id);
    known.delete(step.id);
    return shown(step, mine ?? blankStep(step), false);
  });
  const others = [...known.values()].filter(speaks);
  const own = others.filter((step) => step.own);
  return [
    ...steps,
    ...own.map((step) => shown({ ...step, stage: steps.length > 0 ? OWN_STEPS : "" }, step, false)),
    ...others.filter((step) => !step.own).map((step) => shown(step, step, true)),
  ];
}

/**
 * @param {GuideStep} step
 * @param {Step} kept
 * @param {boolean} gone
 * @returns {ShownStep}
 */
function shown({ id, text, detail = "", links = [], stage = "" }, { own, done, skipped, note, owner, due }, gone) {
  return { id, text, detail, links, stage, own, done, skipped, note, owner, due, gone };
}

/**
 * Return how many steps there are, and are done. Steps that don't apply, or that the guide no longer has, don't count.
 * @param {readonly ShownStep[]} steps
 * @returns {Progress}
 */
export function progressOf(steps) {
  const counted = steps.filter((step) => !(step.gone || step.skipped));
  return { done: counted.filter((step) => step.done).length, total: counted.length };
}

/**
 * Return whether a step should have been done by now.
 * @param {Pick<ShownStep, "due" | "done" | "skipped">} step
 * @param {string} today written YYYY-MM-DD
 */
export function isStepOverdue({ due, done, skipped }, today) {
  return Boolean(due) && due < today && !(done || skipped);
}

/**
 * Return whether an action should have been done by now: its date has passed, and it has a step that is not done, or none.
 * @param {Pick<Item, "due" | "progress">} item
 * @param {string} today written YYYY-MM-DD
 */
export function isOverdue({ due, progress }, today) {
  return Boolean(due) && due < today && (progress.total === 0 || progress.done < progress.total);
}

/**
 * Return how many actions and steps of a plan should have been done by now.
 * @param {readonly Item[]} items
 * @param {string} today
 */
export function countOverdue(items, today) {
  const late = items.flatMap(({ steps }) => steps.filter((step) => isStepOverdue(step, today)));
  return items.filter((one) => isOverdue(one, today)).length + late.length;
}

/**
 * Return all names that a plan has as owners, in alphabetical order.
 * @param {readonly Item[]} items
 */
export function ownersOf(items) {
  const names = items.flatMap(({ owner, steps }) => [owner, ...steps.map((step) => step.owner)]);
  return [...new Set(names.filter(Boolean))].sort((a, b) => a.localeCompare(b, "en"));
}

/**
 * Return whether a step is for an owner: it names the owner, or names nobody in an action that does.
 * @param {Pick<Item, "owner">} action
 * @param {Pick<ShownStep, "owner">} step
 * @param {string} owner
 */
export function isStepOf(action, step, owner) {
  return (step.owner || action.owner) === owner;
}

/**
 * Return the day that it is on a clock, written YYYY-MM-DD.
 * @param {Date} now
 */
export function dayOf(now) {
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${now.getFullYear()}-${month}-${day}`;
}

/**
 * Return the words for a progress.
 * @param {Progress} progress
 */
export function progressWords({ done, total }) {
  if (total === 0) return "No steps";
  if (done === total) return total === 1 ? "The one step is done" : `All ${total} steps done`;
  return `${done} of ${total} ${total === 1 ? "step" : "steps"} done`;
}

/**
 * Return what a plan holds, action by action, with the texts of the guide.
 * @param {Plan} plan
 * @param {Guide} guide
 * @param {string} title what the plan is called
 * @returns {Report}
 */
export function report(plan, guide, title = plan.name || "My plan") {
  const items = planned(plan).map((kept, index) => item(kept, guide.actions.get(kept.id), index + 1));
  return {
    title,
    market: plan.marketName,
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
  return plan.actions
    .filter((kept) => !kept.planned && isAlive(kept))
    .map((kept) => item(kept, guide.actions.get(kept.id), 0));
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
    gone: !(action || kept.own),
    own: kept.own,
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
  const [year, month, day] = date.split("-").map(Number);
  return `${day} ${MONTHS[(month ?? 0) - 1]} ${year}`;
}

/**
 * Return a time in words, on the clock of this machine: 12 March 2027, 14:05.
 * @param {number} at milliseconds since 1970
 */
export function longTime(at) {
  const clock = new Date(at);
  const [hour, minute] = [clock.getHours(), clock.getMinutes()].map((number) => String(number).padStart(2, "0"));
  return `${longDate(dayOf(clock))}, ${hour}:${minute}`;
}
