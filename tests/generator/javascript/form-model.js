/** Asks the model of the form: `node form-model.js`, with `{ask, ...}` as JSON on stdin. */

import { readFileSync } from "node:fs";
import process from "node:process";
import { check } from "../../../generator/smartguide/theme/assets/form/model/checking.js";
import { idFor, slug } from "../../../generator/smartguide/theme/assets/form/model/naming.js";
import { recordIn } from "../../../generator/smartguide/theme/assets/form/model/reading.js";
import { RULES } from "../../../generator/smartguide/theme/assets/form/model/rules.js";
import { changedFile, newFile } from "../../../generator/smartguide/theme/assets/form/model/writing.js";

const { ask, form, names, known, values } = JSON.parse(readFileSync(0, "utf8"));

/** @type {Record<string, (value: any, number: number) => unknown>} */
const ANSWERS = {
  check: (value) => check(form, value.record ?? value, names, { ...known, ...value.known }),
  files: (value) => newFile(form, value),
  ids: (value) => idFor(form, value, names),
  slugs: (value) => slug(value),
  changes: ({ text, id }, number) => faultsOfChanges(text, id, number),
};

/**
 * Change one value of a record, and return what else that changed in its file. Which value, and how it changes, goes by
 * the number of the record.
 * @param {string} text
 * @param {string | undefined} id
 * @param {number} number
 * @returns {string[]}
 */
function faultsOfChanges(text, id, number) {
  const before = recordIn(text, id);
  const faults = changedFile(form, text, before, recordIn(text, id), id) === text ? [] : ["the same record"];
  const keys = Object.keys(before);
  const key = keys[number % keys.length] ?? "";
  const others = othersFor(before[key]);
  const value = others[number % others.length];
  const after = { ...before, [key]: value };
  if (value === undefined) delete after[key];
  const made = changedFile(form, text, before, after, id);
  if (JSON.stringify(recordIn(made, id)) !== JSON.stringify(after)) faults.push(`${key}: not the value`);
  const lines = linesOf(text, key, id);
  const around = { start: text.slice(0, lines.start), end: text.slice(lines.end) };
  if (!(made.startsWith(around.start) && made.endsWith(around.end))) faults.push(`${key}: other lines`);
  return faults;
}

/**
 * Return other values for one: changed, nothing, and of a list with an entry less, one more, and the other way round.
 * @param {any} value
 * @returns {any[]}
 */
function othersFor(value) {
  if (typeof value === "string") return [`${value} and more`, "x", `${value} ${"long ".repeat(30)}end`, undefined];
  if (typeof value === "number") return [value + 1, undefined];
  if (typeof value === "boolean") return [!value, undefined];
  if (Array.isArray(value)) {
    const [inner] = othersFor(value[0]);
    return [
      [inner, ...value.slice(1)],
      value.slice(1),
      [...value, inner],
      [inner, ...value],
      value.toReversed(),
      undefined,
    ].filter((one) => !Array.isArray(one) || one.length > 0);
  }
  const [[key, inner] = ["", ""]] = Object.entries(value);
  return [{ ...value, [key]: othersFor(inner)[0] }, undefined];
}

/**
 * Return where the lines of a key are in a file.
 * @param {string} text
 * @param {string} key
 * @param {string} [id]
 */
function linesOf(text, key, id) {
  const record = id === undefined ? 0 : text.search(new RegExp(`^${id}:`, "mu"));
  const indent = id === undefined ? "" : " +";
  const start = record + text.slice(record).search(new RegExp(`^${indent}${key}:`, "mu"));
  const own = (/^ */u.exec(text.slice(start))?.[0] ?? "").length;
  const next = text.slice(start + 1).search(new RegExp(`\\n {0,${own}}[^ \\n-]`, "u"));
  return { start, end: next < 0 ? text.length : start + 1 + next + 1 };
}

const answer = ask === "rules" ? Object.keys(RULES) : values.map(ANSWERS[ask]);
process.stdout.write(JSON.stringify(answer));
