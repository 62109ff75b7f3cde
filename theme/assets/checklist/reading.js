/**
 * Reads plans from data that come from outside: from a file, a link, or the browser's storage.
 *
 * Only what a plan may hold is copied, key by key, into new objects. Everything else is refused with a sentence that says
 * what is wrong. Version 1 had neither times, names, nor steps of one's own. Pure; writing.js is the way back.
 */

/**
 * @import {
 *   Action, ActionField, Library, Plan, PlanField, Stamp, Stamps, Step, StepField,
 * } from "../../../types/checklist.d.ts"
 */

import {
  flag,
  idOf,
  isBrowser,
  isDate,
  isMarket,
  isObject,
  isPlanId,
  isTime,
  LIMITS,
  line,
  lines,
  list,
  PlanError,
  quoted,
  refuseDuplicates,
  refuseUnknownKeys,
  string,
} from "./checking.js";

export const FORMAT = "smart-guide-plan";
export const LIBRARY_FORMAT = "smart-guide-plans";
export const VERSION = 2;

/** @typedef {Readonly<Record<string, unknown>>} Data */
/** @typedef {[id: string, until: number][]} Browsers the browsers of a plan; times name one by its place in this list */

const KEYS = /** @type {const} */ ({
  1: {
    plan: ["format", "version", "id", "actions"],
    action: ["id", "title", "planned", "owner", "due", "steps"],
    step: ["id", "text", "done", "note"],
  },
  2: {
    plan: ["format", "version", "id", "name", "market", "marketName", "browsers", "changed", "actions"],
    action: ["id", "title", "own", "planned", "owner", "due", "steps", "changed"],
    step: ["id", "text", "own", "done", "skipped", "note", "owner", "due", "changed"],
  },
});

/** @type {readonly PlanField[]} */
const PLAN_FIELDS = ["name", "market", "order"];
/** @type {readonly ActionField[]} */
const ACTION_FIELDS = ["planned", "title", "owner", "due"];
/** @type {readonly StepField[]} */
const STEP_FIELDS = ["state", "text", "note", "owner", "due"];

/**
 * Return the plan that data from JSON hold, of this version or of version 1. Throws a PlanError that says what is wrong.
 * @param {unknown} data
 * @returns {Plan}
 */
export function readPlan(data) {
  if (!(isObject(data) && Object.hasOwn(data, "format")) || data.format !== FORMAT)
    throw new PlanError("It is not a plan of the Smart Guide.");
  return plan(data, versionOf(data));
}

/**
 * Return whether data say that they are the plans of a browser.
 * @param {unknown} data
 */
export function isLibrary(data) {
  return isObject(data) && Object.hasOwn(data, "format") && data.format === LIBRARY_FORMAT;
}

/**
 * Return the plans that data from JSON hold, as the browser's storage has them. Throws a PlanError that says what is wrong.
 * @param {unknown} data
 * @returns {Library}
 */
export function readLibrary(data) {
  if (!(isObject(data) && Object.hasOwn(data, "format")) || data.format !== LIBRARY_FORMAT)
    throw new PlanError("It does not hold the plans of the Smart Guide.");
  versionOf(data);
  refuseUnknownKeys(data, "The list of plans", ["format", "version", "browser", "current", "saved", "copied", "plans"]);
  if (!isBrowser(data.browser)) throw new PlanError("The list of plans has no valid id of the browser.");
  const plans = list(data, "plans", "The list of plans").map((one) => {
    if (!isObject(one)) throw new PlanError("A plan does not have the form of a plan.");
    return plan(one, VERSION);
  });
  refuseDuplicates(plans, (place) => `Plan ${place}`);
  const ids = plans.map(({ id }) => id);
  const copied = Object.hasOwn(data, "copied") ? data.copied : {};
  refuseUnknownKeys(copied, "The list of files", ids);
  const { current, saved } = data;
  if (!(typeof current === "string" && ids.includes(current)))
    throw new PlanError("The list of plans does not say which one is shown.");
  return {
    browser: data.browser,
    current,
    saved: time(saved, "The list of plans"),
    copied: Object.fromEntries(Object.entries(copied).map(([id, at]) => [id, time(at, "The list of files")])),
    plans,
  };
}

/**
 * @param {Data} data
 * @returns {1 | 2}
 */
function versionOf(data) {
  const { version } = data;
  if (version === 1 || version === VERSION) return version;
  const newer = Number.isInteger(version) && Number(version) > VERSION;
  throw new PlanError(
    newer
      ? `It was made by a newer version of the guide (plan version ${version}; this page reads ${VERSION}). ` +
          "Reload this page, then try again."
      : "It does not say which version of a plan it is.",
  );
}

/**
 * @param {Data} data
 * @param {1 | 2} version
 * @returns {Plan}
 */
function plan(data, version) {
  refuseUnknownKeys(data, "The plan", [...KEYS[version].plan]);
  if (!isPlanId(data.id)) throw new PlanError("The plan has no valid id.");
  const market = string(data, "market", "The plan", 2);
  if (market && !isMarket(market)) throw new PlanError(`The plan has a market that is not valid: ${quoted(market)}.`);
  const browsers = browsersOf(data);
  const actions = list(data, "actions", "The plan").map((one, index) => action(one, index, version, browsers));
  refuseDuplicates(actions, (place) => `Action ${place}`);
  return {
    id: data.id,
    name: line(string(data, "name", "The plan", LIMITS.name), LIMITS.name),
    market,
    marketName: market ? line(string(data, "marketName", "The plan", LIMITS.name), LIMITS.name) : "",
    actions,
    changed: stamps(data, "The plan", PLAN_FIELDS, browsers),
    seen: Object.fromEntries(browsers),
  };
}

/**
 * @param {unknown} data
 * @param {number} index
 * @param {1 | 2} version
 * @param {Browsers} browsers
 * @returns {Action}
 */
function action(data, index, version, browsers) {
  const name = `Action ${index + 1}`;
  refuseUnknownKeys(data, name, [...KEYS[version].action]);
  const steps = list(data, "steps", name).map((one, place) =>
    step(one, `Step ${place + 1} of action ${index + 1}`, version, browsers),
  );
  refuseDuplicates(steps, (place) => `Step ${place} of action ${index + 1}`);
  return {
    id: idOf(data, name),
    title: line(string(data, "title", name, LIMITS.title), LIMITS.title),
    own: flag(data, "own", name, false),
    planned: flag(data, "planned", name, true),
    owner: line(string(data, "owner", name, LIMITS.owner), LIMITS.owner),
    due: date(data, name),
    steps,
    changed: stamps(data, name, ACTION_FIELDS, browsers),
  };
}

/**
 * @param {unknown} data
 * @param {string} name
 * @param {1 | 2} version
 * @param {Browsers} browsers
 * @returns {Step}
 */
function step(data, name, version, browsers) {
  refuseUnknownKeys(data, name, [...KEYS[version].step]);
  const done = flag(data, "done", name, false);
  return {
    id: idOf(data, name),
    text: line(string(data, "text", name, LIMITS.text), LIMITS.text),
    own: flag(data, "own", name, false),
    done,
    skipped: flag(data, "skipped", name, false) && !done,
    note: lines(string(data, "note", name, LIMITS.note), LIMITS.note),
    owner: line(string(data, "owner", name, LIMITS.owner), LIMITS.owner),
    due: date(data, name),
    changed: stamps(data, name, STEP_FIELDS, browsers),
  };
}

/**
 * @param {Data} data
 * @param {string} name
 */
function date(data, name) {
  const due = line(string(data, "due", name, 10), 10);
  if (due && !isDate(due)) throw new PlanError(`${name} has a date that does not exist: ${quoted(due)}.`);
  return due;
}

/**
 * @param {Data} data
 * @returns {Browsers}
 */
function browsersOf(data) {
  const all = list(data, "browsers", "The plan").map((one) => {
    const [id, until] = Array.isArray(one) ? one : [];
    if (!(isBrowser(id) && isTime(until) && Array.isArray(one) && one.length === 2))
      throw new PlanError("The plan has an entry under “browsers” that is not valid.");
    return { id, until };
  });
  refuseDuplicates(all, (place) => `Browser ${place}`);
  return all.map(({ id, until }) => [id, until]);
}

/**
 * Return when the values of a record were last changed. A time later than what the plan says to hold of that browser is
 * refused: merging relies on it.
 * @template {string} Field
 * @param {Data} data
 * @param {string} name
 * @param {readonly Field[]} fields
 * @param {Browsers} browsers
 * @returns {Stamps<Field>}
 */
function stamps(data, name, fields, browsers) {
  const changed = Object.hasOwn(data, "changed") ? data.changed : {};
  refuseUnknownKeys(changed, name, [...fields]);
  /** @type {Partial<Record<Field, Stamp>>} */
  const found = {};
  for (const field of fields) {
    if (!Object.hasOwn(changed, field)) continue;
    const value = changed[field];
    const [place, at] = Array.isArray(value) ? value : [];
    const [by, until] = (Number.isInteger(place) && browsers[place]) || [];
    if (by === undefined || until === undefined || !isTime(at) || at > until)
      throw new PlanError(`${name} has a time of change that is not valid: ${quoted(value)}.`);
    found[field] = { at, by };
  }
  return found;
}

/**
 * @param {unknown} value
 * @param {string} name
 */
function time(value, name) {
  if (!isTime(value)) throw new PlanError(`${name} has a time that is not valid: ${quoted(value)}.`);
  return value;
}
