/** What has changed in a record, in words. */

/** @import { Field } from "../../../../../types/form.d.ts" */
/** @import { Change, Value } from "../../../../../types/record-form.d.ts" */

import { isMapping } from "./fields-part.js";

/** Longer values are cut. */
const LONGEST = 160;

/**
 * Return what differs between two states of a record, by its fields.
 * @param {readonly Field[]} fields
 * @param {Value} before
 * @param {Value} after
 * @returns {Change[]}
 */
export function changesOf(fields, before, after) {
  const titles = new Map(fields.map((field) => [field.name, field.title]));
  const keys = new Set([...titles.keys(), ...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...keys].flatMap((key) => below(titles.get(key) ?? key, before?.[key], after?.[key]));
}

/**
 * @param {string} title
 * @param {Value} before
 * @param {Value} after
 * @returns {Change[]}
 */
function below(title, before, after) {
  if (isSame(before, after)) return [];
  if (!(Array.isArray(before) && Array.isArray(after)))
    return [{ title, before: inWords(before), after: inWords(after) }];
  const gone = before.filter((one) => !after.some((other) => isSame(one, other)));
  const come = after.filter((one) => !before.some((other) => isSame(one, other)));
  if (gone.length === 0 && come.length === 0) return [{ title, before: "", after: "in another order" }];
  return [{ title, before: gone.map(inWords).join("; "), after: come.map(inWords).join("; ") }];
}

/**
 * Tell whether two values are the same.
 * @param {Value} one
 * @param {Value} other
 */
export function isSame(one, other) {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/**
 * Return a record that somebody began to change, when the record itself has changed meanwhile: what was not touched is
 * as it is now.
 * @param {Value} before the record when the change began
 * @param {Value} draft what was made of it
 * @param {Value} now the record as it is now
 */
export function rebased(before, draft, now) {
  if (!(isMapping(before) && isMapping(draft) && isMapping(now))) return draft;
  const keys = new Set([...Object.keys(now), ...Object.keys(draft)]);
  const entries = [...keys].map((key) => [key, isSame(before[key], draft[key]) ? now[key] : draft[key]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/**
 * @param {Value} value
 * @returns {string}
 */
function inWords(value) {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return cut(value.map(inWords).join("; "));
  if (isMapping(value)) return cut(Object.values(value).map(inWords).join(", "));
  return cut(String(value));
}

/** @param {string} text */
function cut(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
