/**
 * Checks single values of a plan that comes from outside: from a file, a link, or the browser's storage; reading.js puts them
 * together. What is wrong is refused with a sentence that says so. Ids are lower-case words joined by "-", so no id can be a
 * name with a meaning in JavaScript, such as `__proto__`. Pure.
 */

/** How much a plan may hold. What a person types is limited further (`typed`), so that two plans can be merged. */
export const LIMITS = Object.freeze({
  characters: 1_000_000,
  link: 100_000,
  plans: 30,
  browsers: 100,
  actions: 300,
  steps: 300,
  id: 100,
  title: 300,
  name: 100,
  text: 600,
  owner: 120,
  note: 10_000,
  typed: 2000,
  /** Times are before the year 3000, in milliseconds since 1970. */
  time: 32_503_680_000_000,
});

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;
const PLAN_ID = /^[0-9a-f]{32}$/u;
const BROWSER = /^[0-9a-f]{12}$/u;
const MARKET = /^[A-Z]{2}$/u;
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
export function isId(value) {
  return typeof value === "string" && value.length <= LIMITS.id && ID.test(value);
}

/**
 * @param {unknown} data
 * @returns {data is Readonly<Record<string, unknown>>}
 */
export function isObject(data) {
  return data !== null && typeof data === "object";
}

/**
 * @param {unknown} data
 * @param {string} name
 * @param {string[]} allowed
 * @returns {asserts data is Readonly<Record<string, unknown>>}
 */
export function refuseUnknownKeys(data, name, allowed) {
  if (!isObject(data) || Array.isArray(data)) throw new PlanError(`${name} does not have the form of a plan.`);
  for (const key of Object.keys(data)) {
    if (!allowed.includes(key)) throw new PlanError(`${name} has an entry ${quoted(key)} that a plan does not have.`);
  }
}

/**
 * @param {Readonly<Record<string, unknown>>} data
 * @param {"actions" | "steps" | "plans" | "browsers"} key
 * @param {string} name
 * @returns {unknown[]}
 */
export function list(data, key, name) {
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
export function string(data, key, name, longest) {
  if (!Object.hasOwn(data, key)) return "";
  const value = data[key];
  if (typeof value !== "string") throw new PlanError(`${name}: “${key}” is not text.`);
  if (value.length > longest)
    throw new PlanError(`${name}: “${key}” has ${value.length} characters; at most ${longest} are allowed.`);
  return value;
}

/**
 * @param {Readonly<Record<string, unknown>>} data
 * @param {string} key
 * @param {string} name
 * @param {boolean} otherwise
 */
export function flag(data, key, name, otherwise) {
  if (!Object.hasOwn(data, key)) return otherwise;
  const value = data[key];
  if (typeof value !== "boolean") throw new PlanError(`${name} has neither true nor false under ${quoted(key)}.`);
  return value;
}

/**
 * @param {Readonly<Record<string, unknown>>} data
 * @param {string} name
 */
export function idOf(data, name) {
  const value = Object.hasOwn(data, "id") ? data.id : undefined;
  if (!isId(value)) throw new PlanError(`${name} has an id that is not valid: ${quoted(value)}.`);
  return value;
}

/**
 * @param {readonly { id: string }[]} all
 * @param {(place: number) => string} name
 */
export function refuseDuplicates(all, name) {
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
export function quoted(value) {
  const text = line(typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"), 200);
  return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}

/**
 * Return whether a value can be the id of a plan.
 * @param {unknown} value
 * @returns {value is string}
 */
export function isPlanId(value) {
  return typeof value === "string" && PLAN_ID.test(value);
}

/**
 * Return whether a value can be the id of a browser.
 * @param {unknown} value
 * @returns {value is string}
 */
export function isBrowser(value) {
  return typeof value === "string" && BROWSER.test(value);
}

/**
 * Return whether a value can be the code of a market (ISO 3166-1 alpha-2).
 * @param {unknown} value
 * @returns {value is string}
 */
export function isMarket(value) {
  return typeof value === "string" && MARKET.test(value);
}

/**
 * Return whether a value can be a time: whole milliseconds since 1970, before the year 3000.
 * @param {unknown} value
 * @returns {value is number}
 */
export function isTime(value) {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LIMITS.time;
}
