/**
 * Checks a plan that comes from outside: from a file, a link, or the browser's storage.
 *
 * Only what a plan may hold is copied, key by key, into new objects. Everything else is refused with a sentence that says
 * what is wrong. Ids are lower-case words joined by "-", so no id can be a name with a meaning in JavaScript, such as
 * `__proto__`. Pure.
 */

/** @import { Action, Plan, Step } from "../../../types/checklist.d.ts" */

export const FORMAT = "smart-guide-plan";
export const VERSION = 1;

/** How much a plan may hold. What a person types is limited further (`typed`), so that two plans can be merged. */
export const LIMITS = Object.freeze({
  characters: 1_000_000,
  link: 100_000,
  actions: 300,
  steps: 300,
  id: 100,
  title: 300,
  text: 600,
  owner: 120,
  note: 10_000,
  typed: 2000,
});

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;
const PLAN_ID = /^[0-9a-f]{32}$/u;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/u;
// Control characters that come in by pasting (the vertical tab of Word, for example); line breaks and tabs stay.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/gu;
// Characters that turn the order of the text behind them, on a page or in an export (CVE-2021-42574). Nothing is shown
// for them, so they are taken out without a blank.
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What is wrong with a plan, in words for the person who opened it. */
export class PlanError extends Error {}

/**
 * Return a text of several lines without control characters and characters that turn its order, with one kind of line
 * break, not longer than `longest`.
 * @param {string} text
 * @param {number} longest
 */
export function lines(text, longest) {
  return wellFormed(text.replace(TURNING, "").replace(/\r\n?/gu, "\n").replace(CONTROLS, "").slice(0, longest));
}

/**
 * Return a text on one line, not longer than `longest`.
 * @param {string} text
 * @param {number} longest
 */
export function line(text, longest) {
  const clean = text.replace(TURNING, "").replace(CONTROLS, " ").replace(/\s+/gu, " ");
  return wellFormed(clean.trim().slice(0, longest).trim());
}

/**
 * Replace halves of surrogate pairs. They cannot be written as UTF-8: the text would be another one after export and import.
 * @param {string} text
 */
function wellFormed(text) {
  return text.toWellFormed ? text.toWellFormed() : text;
}

/**
 * Return whether a text is a day that exists, written YYYY-MM-DD, from 1900 to 2999.
 * @param {string} text
 */
export function isDate(text) {
  const [, year = 0, month = 0, day = 0] = (DATE.exec(text) ?? []).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year < 3000 && date.getUTCMonth() === month - 1; // the 30th of February is in March
}

/**
 * Return whether a value can be the id of an action or a step.
 * @param {unknown} value
 * @returns {value is string}
 */
function isId(value) {
  return typeof value === "string" && value.length <= LIMITS.id && ID.test(value);
}

/**
 * Return the plan that data from JSON hold. Throws a PlanError that says what is wrong.
 * @param {unknown} data
 * @returns {Plan}
 */
export function checked(data) {
  if (!(isObject(data) && Object.hasOwn(data, "format")) || data.format !== FORMAT)
    throw new PlanError("It is not a plan of the Smart Guide.");
  if (data.version !== VERSION) {
    const newer = Number.isInteger(data.version) && Number(data.version) > VERSION;
    throw new PlanError(
      newer
        ? `It was made by a newer version of the guide (plan version ${data.version}; this page reads ${VERSION}). ` +
            "Reload this page, then try again."
        : "It does not say which version of a plan it is.",
    );
  }
  refuseUnknownKeys(data, "The plan", ["format", "version", "id", "actions"]);
  if (typeof data.id !== "string" || !PLAN_ID.test(data.id)) throw new PlanError("The plan has no valid id.");
  const actions = list(data, "actions", "The plan").map(action);
  refuseDuplicates(actions, (place) => `Action ${place}`);
  return { id: data.id, actions };
}

/**
 * @param {unknown} data
 * @param {number} index
 * @returns {Action}
 */
function action(data, index) {
  const name = `Action ${index + 1}`;
  refuseUnknownKeys(data, name, ["id", "title", "planned", "owner", "due", "steps"]);
  const due = line(string(data, "due", name, 10), 10);
  if (due && !isDate(due)) throw new PlanError(`${name} has a date that does not exist: ${quoted(due)}.`);
  const steps = list(data, "steps", name).map((one, place) => step(one, `Step ${place + 1} of action ${index + 1}`));
  refuseDuplicates(steps, (place) => `Step ${place} of action ${index + 1}`);
  return {
    id: id(data, name),
    title: line(string(data, "title", name, LIMITS.title), LIMITS.title),
    planned: flag(data, "planned", name, true),
    owner: line(string(data, "owner", name, LIMITS.owner), LIMITS.owner),
    due,
    steps,
  };
}

/**
 * @param {unknown} data
 * @param {string} name
 * @returns {Step}
 */
function step(data, name) {
  refuseUnknownKeys(data, name, ["id", "text", "done", "note"]);
  return {
    id: id(data, name),
    text: line(string(data, "text", name, LIMITS.text), LIMITS.text),
    done: flag(data, "done", name, false),
    note: lines(string(data, "note", name, LIMITS.note), LIMITS.note),
  };
}

/**
 * @param {unknown} data
 * @returns {data is Readonly<Record<string, unknown>>}
 */
function isObject(data) {
  return data !== null && typeof data === "object";
}

/**
 * @param {unknown} data
 * @param {string} name
 * @param {string[]} allowed
 * @returns {asserts data is Readonly<Record<string, unknown>>}
 */
function refuseUnknownKeys(data, name, allowed) {
  if (!isObject(data) || Array.isArray(data)) throw new PlanError(`${name} does not have the form of a plan.`);
  for (const key of Object.keys(data)) {
    if (!allowed.includes(key)) throw new PlanError(`${name} has an entry ${quoted(key)} that a plan does not have.`);
  }
}

/**
 * @param {Readonly<Record<string, unknown>>} data
 * @param {"actions" | "steps"} key
 * @param {string} name
 * @returns {unknown[]}
 */
function list(data, key, name) {
  if (!Object.hasOwn(data, key)) return [];
  const value = data[key];
  if (!Array.isArray(value)) throw new PlanError(`${name} has no valid list of ${key}.`);
  if (value.length > LIMITS[key])
    throw new PlanError(`${name} has ${value.length} ${key}; at most ${LIMITS[key]} are allowed.`);
  return value;
}

/**
 * @param {Readonly<Record<string, unknown>>} data
 * @param {string} key
 * @param {string} name
 * @param {number} longest
 */
function string(data, key, name, longest) {
  if (!Object.hasOwn(data, key)) return "";
  const value = data[key];
  if (typeof value !== "string") throw new PlanError(`${name} has a ${key} that is not text.`);
  if (value.length > longest)
    throw new PlanError(`${name} has a ${key} of ${value.length} characters; at most ${longest} are allowed.`);
  return value;
}

/**
 * @param {Readonly<Record<string, unknown>>} data
 * @param {string} key
 * @param {string} name
 * @param {boolean} otherwise
 */
function flag(data, key, name, otherwise) {
  if (!Object.hasOwn(data, key)) return otherwise;
  const value = data[key];
  if (typeof value !== "boolean") throw new PlanError(`${name} has neither true nor false under ${quoted(key)}.`);
  return value;
}

/**
 * @param {Readonly<Record<string, unknown>>} data
 * @param {string} name
 */
function id(data, name) {
  const value = Object.hasOwn(data, "id") ? data.id : undefined;
  if (!isId(value)) throw new PlanError(`${name} has an id that is not valid: ${quoted(value)}.`);
  return value;
}

/**
 * @param {readonly { id: string }[]} all
 * @param {(place: number) => string} name
 */
function refuseDuplicates(all, name) {
  const seen = new Set();
  for (const [index, one] of all.entries()) {
    if (seen.has(one.id)) throw new PlanError(`${name(index + 1)} is in the plan twice.`);
    seen.add(one.id);
  }
}

/**
 * Return a value of the data, short enough for a sentence.
 * @param {unknown} value
 */
function quoted(value) {
  const text = line(typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"), 200);
  return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}
