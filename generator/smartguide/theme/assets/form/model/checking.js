/** Checks a record in the browser: by its schema, references and what is unique, in the words of the command line. */

/** @import { Fault, Form, Known, Names, Path, Value } from "../../../../../../types/form.d.ts" */

import { unreadableIn } from "./characters.js";
import { explained } from "./explaining.js";
import { faultsOfId } from "./naming.js";
import { danglingIn } from "./references.js";
import { brokenRules } from "./rules.js";
import { given, isMapping, rootOf } from "./schema.js";
import { keyPath } from "./words.js";

/**
 * Return all that is wrong with a record, in the order of its fields. `names` are the names that `loadNames` returns;
 * of collections that are not among them references are not checked.
 * @param {Form} form
 * @param {Value} value
 * @param {Names} names
 * @param {Known} [known]
 * @returns {Fault[]}
 */
export function check(form, value, names, known = {}) {
  const record = given(value);
  const ofSchema = explained(form.schema, record);
  if (!isMapping(record)) return ofSchema;
  const ofId = known.newId === undefined ? [] : faultsOfId(form, record, known.newId);
  const ofRules = brokenRules(form, record, names, known);
  // Where a rule says why a value cannot be right, that it names no record adds nothing.
  const told = new Set(ofRules.map(({ path }) => keyPath(path)));
  const dangling = danglingIn(form, record, names, known).filter(({ path }) => !told.has(keyPath(path)));
  return inOrder(form, withoutLess([...unreadableIn(record), ...ofSchema, ...ofId, ...ofRules, ...dangling]));
}

/**
 * Return faults without warnings about values in which something else is wrong.
 * @param {readonly Fault[]} faults
 * @returns {Fault[]}
 */
function withoutLess(faults) {
  const wrong = new Set(faults.filter(({ severity }) => severity === "error").map(({ path }) => keyPath(path)));
  return faults.filter(({ severity, path }) => severity === "error" || !wrong.has(keyPath(path)));
}

/**
 * Return faults in the order of the fields, errors before warnings of the same one, each once.
 * @param {Form} form
 * @param {readonly Fault[]} faults
 * @returns {Fault[]}
 */
function inOrder(form, faults) {
  const each = new Map(faults.map((fault) => [`${keyPath(fault.path)} ${fault.message}`, fault]));
  return Array.from(each.values(), (fault) => ({ fault, place: placeOf(form, fault.path) }))
    .sort((one, other) => compared(one.place, other.place) || one.fault.severity.localeCompare(other.fault.severity))
    .map(({ fault }) => fault);
}

/**
 * Return the numbers of the fields on the way to a value.
 * @param {Form} form
 * @param {Path} path
 * @returns {number[]}
 */
function placeOf(form, path) {
  /** @type {import("./schema.js").Property | undefined} */
  let property = rootOf(form);
  return path.map((part) => {
    const names = [...(property?.properties.keys() ?? [])];
    property = property?.below(part);
    if (typeof part === "number") return part;
    return names.includes(part) ? names.indexOf(part) : placeOfOther(part, names);
  });
}

/**
 * Return the place of what is no property: which record names this one is asked first of all, its id below its name.
 * @param {string} part
 * @param {readonly string[]} names
 */
function placeOfOther(part, names) {
  if (part === "named by") return -1;
  return part === "id" ? 0 : names.length;
}

/**
 * @param {readonly number[]} one
 * @param {readonly number[]} other
 */
function compared(one, other) {
  const at = one.findIndex((number, index) => number !== other[index]);
  return at < 0 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1);
}
