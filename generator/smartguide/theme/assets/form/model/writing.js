/** Writes records as YAML: a new file in canonical style, or the changes to a file that is there. */

/** @import { Form, Value } from "../../../../../../types/form.d.ts" */

import { rootOf } from "./schema.js";
import { linesOf } from "./style.js";

/**
 * Return the text of the file of a new record, in canonical style. Where one file holds all records of the collection,
 * it is the part of the file for this record, which begins with its `id`.
 * @param {Form} form
 * @param {Value} value
 * @param {string} [id]
 * @returns {string}
 */
export function newFile(form, value, id) {
  const lines = form.in_one_file
    ? linesOf({ [id ?? "id"]: value }, undefined)
    : [form.schema_line, ...linesOf(value, rootOf(form))];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

/**
 * Return the text of a file after a change: only what differs between `before` and `after` changes in it. Comments,
 * order, line breaks and quotes of everything else stay. With an `id` the record is the one of this id in a file of
 * several.
 * @param {Form} form
 * @param {string} text
 * @param {Value} before
 * @param {Value} after
 * @param {string} [id]
 * @returns {string}
 */
export function changedFile(form, text, before, after, id) {
  if (JSON.stringify(before) === JSON.stringify(after)) return text;
  return newFile(form, after, id);
}
