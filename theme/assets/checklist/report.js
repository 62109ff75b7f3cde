/** A plan beside the guide of today: what the pages show and the exports write. Pure. */

import { entry, planned } from "./state.js";

/**
 * Read the guide from the data of the plan page. `base` is the page's address, from which links are relative.
 * Returns `{actions: Map, challenges: [...], current: Map}`; `current` leads from former ids to those of today.
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

/** Return all steps of an action: those of the guide in its order, then those that only the plan remembers. */
export function stepsOf(kept, action) {
  const known = new Map((kept?.steps ?? []).map((step) => [step.id, step]));
  const steps = (action?.steps ?? []).map((step) => {
    const mine = known.get(step.id);
    known.delete(step.id);
    return { detail: "", stage: "", ...step, done: mine?.done ?? false, note: mine?.note ?? "", gone: false };
  });
  return [...steps, ...[...known.values()].map((step) => ({ detail: "", stage: "", ...step, gone: true }))];
}

/** Return how many steps there are, and are done. Steps that the guide no longer has don't count. */
export function progressOf(steps) {
  const counted = steps.filter((step) => !step.gone);
  return { done: counted.filter((step) => step.done).length, total: counted.length };
}

/** Return the words for a progress. */
export function progressWords({ done, total }) {
  if (!total) return "No steps in the guide";
  if (done === total) return total === 1 ? "The one step is done" : `All ${total} steps done`;
  return `${done} of ${total} ${total === 1 ? "step" : "steps"} done`;
}

/** Return what a plan holds, action by action, with the texts of the guide of today. */
export function report(plan, guide) {
  const items = planned(plan).map((kept, index) => item(kept, guide.actions.get(kept.id), index + 1));
  const sum = (key) => items.reduce((total, one) => total + one.progress[key], 0);
  return { items, progress: { done: sum("done"), total: sum("total") } };
}

/** Return the actions whose checklists were begun outside of the plan. */
export function begun(plan, guide) {
  return plan.actions.filter((kept) => !kept.planned).map((kept) => item(kept, guide.actions.get(kept.id), 0));
}

function item(kept, action, position) {
  const steps = stepsOf(kept, action);
  return {
    position,
    id: kept.id,
    number: action?.number ?? null,
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

/** Return the actions that answer a challenge, as the plan wants them. */
export function answersTo(challenge, guide) {
  return challenge.actions.flatMap((id) => guide.actions.get(id) ?? []);
}

/** Return how many of some actions are not in the plan yet. */
export function missing(plan, actions) {
  return actions.filter((action) => !entry(plan, action.id)?.planned).length;
}

/** Return a day as people write it: 12 March 2027. */
export function day(date) {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}
