/** All plans of a browser, one of which is shown. Pure: every function returns a new library and leaves the old one alone. */

/** @import { Library, Market, Plan, Stamp } from "../../../types/checklist.d.ts" */

import { LIMITS, line, PlanError } from "./checking.js";
import { merge } from "./merging.js";
import { aim, empty, isEmpty } from "./state.js";

/**
 * Return a library with one plan that holds nothing.
 * @param {string} browser
 * @param {string} planId
 * @returns {Library}
 */
export function emptyLibrary(browser, planId) {
  return { browser, current: planId, saved: 0, copied: {}, plans: [empty(planId)] };
}

/**
 * Return the plan that is shown.
 * @param {Library} library
 * @returns {Plan}
 */
export function currentPlan({ current, plans }) {
  return plans.find(({ id }) => id === current) ?? empty(current);
}

/**
 * Return what a plan is called: its name, its market, or "My plan"; of several without a name, with a number.
 * @param {Library} library
 * @param {Plan} plan
 */
export function titleOf({ plans }, plan) {
  if (plan.name) return plan.name;
  const title = plan.marketName ? `My plan for ${plan.marketName}` : "My plan";
  const alike = plans.filter((one) => !one.name && one.market === plan.market);
  const place = alike.findIndex(({ id }) => id === plan.id);
  return place > 0 ? `${title} (${place + 1})` : title;
}

/**
 * Put a plan in the place of the one that has its id.
 * @param {Library} library
 * @param {Plan} plan
 * @returns {Library}
 */
export function withPlan(library, plan) {
  return { ...library, plans: library.plans.map((one) => (one.id === plan.id ? plan : one)) };
}

/**
 * Add a plan and show it. A plan that is shown and holds nothing makes room for it. Throws a PlanError if there are too many.
 * @param {Library} library
 * @param {Plan} plan with an id that no plan of the library has
 * @returns {Library}
 */
export function withNew(library, plan) {
  const kept = library.plans.filter((one) => one.id !== library.current || !isEmpty(one));
  if (kept.length >= LIMITS.plans)
    throw new PlanError(`There are ${LIMITS.plans} plans, which is as many as there can be. Delete one first.`);
  return { ...library, current: plan.id, plans: [...kept, plan] };
}

/**
 * Show another plan.
 * @param {Library} library
 * @param {string} planId
 * @returns {Library}
 */
export function showing(library, planId) {
  return library.plans.some(({ id }) => id === planId) ? { ...library, current: planId } : library;
}

/**
 * Delete a plan. Another one is shown; if there is none, an empty one with the id `next`.
 * @param {Library} library
 * @param {string} planId
 * @param {string} next
 * @returns {Library}
 */
export function withoutPlan(library, planId, next) {
  const plans = library.plans.filter(({ id }) => id !== planId);
  const { [planId]: _, ...copied } = library.copied;
  const left = plans.length > 0 ? plans : [empty(next)];
  const [first] = left;
  const current = left.some(({ id }) => id === library.current) ? library.current : (first?.id ?? next);
  return { ...library, current, copied, plans: left };
}

/**
 * Show the plan of a market. If there is none, the plan that is shown is taken if it holds nothing, or a new one is made with
 * the id `next`; it is aimed at the market.
 * @param {Library} library
 * @param {Market} market
 * @param {string} next
 * @returns {Library}
 */
export function showingMarket(library, market, next) {
  const shown = currentPlan(library);
  const found = shown.market === market.code ? shown : library.plans.find((one) => one.market === market.code);
  return found
    ? showing(library, found.id)
    : withNew(library, { ...aim(empty(next), market), marketName: line(market.name, LIMITS.name) });
}

/**
 * Note that a plan was saved to a file.
 * @param {Library} library
 * @param {string} planId
 * @param {number} now
 * @returns {Library}
 */
export function withCopy(library, planId, now) {
  return { ...library, copied: { ...library.copied, [planId]: now } };
}

/**
 * Return when a value of a plan was last changed; 0 if no time is known.
 * @param {Plan} plan
 */
export function lastChange({ seen }) {
  return Math.max(0, ...Object.values(seen));
}

/**
 * Merge two libraries of one browser: what is in either stays. A plan of mine that was never saved goes into the one that
 * theirs shows. Throws a PlanError if both together are too much.
 * @param {Library} mine
 * @param {Library} theirs
 * @param {Stamp} stamp
 * @returns {Library}
 */
export function mergedLibraries(mine, theirs, stamp) {
  let all = theirs;
  for (const plan of mine.plans) {
    const known = all.plans.find(({ id }) => id === plan.id);
    const into = known ?? (mine.saved === 0 ? currentPlan(all) : undefined);
    if (into) all = withPlan(all, { ...merge(plan, into, stamp), id: into.id });
    else all = { ...withNew(all, plan), current: all.current };
  }
  return all;
}

/**
 * Return all names that plans have as owners, in alphabetical order.
 * @param {Library} library
 */
export function namesIn({ plans }) {
  const records = plans.flatMap(({ actions }) => actions.flatMap((action) => [action, ...action.steps]));
  const names = records.map(({ owner }) => owner).filter(Boolean);
  return [...new Set(names)].sort((a, b) => a.localeCompare(b, "en"));
}
