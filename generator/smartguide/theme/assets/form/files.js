/** The files that a form makes: those of its records, and of others that change with them. */

/** @import { MadeFile } from "../../../../../types/record-form.d.ts" */

import { Entry, pathOf } from "./entry.js";
import { mirroredBy, withBack } from "./mirrors.js";
import { loadForm, loadSource } from "./model/loading.js";
import { recordIn } from "./model/reading.js";
import { changedFile, newFile } from "./model/writing.js";

/**
 * Return the files that hold the records of a form, first those that others need, and those of the records that must
 * name them back.
 * @param {readonly Entry[]} entries
 * @returns {Promise<MadeFile[]>}
 */
export async function filesOf(entries) {
  /** @type {Map<string, MadeFile>} */
  const files = new Map();
  for (const entry of entries.toReversed()) await add(files, entry);
  for (const entry of entries) await nameBack(files, entry);
  return [...files.values()];
}

/**
 * Add the file of a record.
 * @param {Map<string, MadeFile>} files
 * @param {Entry} entry
 */
async function add(files, { form, path, value, id, known, text: source, before, label }) {
  const common = { path, title: label || id, why: "" };
  if (known) {
    const current = files.get(path)?.text ?? source;
    const text = changedFile(form, current, before, value, form.in_one_file ? id : undefined);
    if (text !== source) files.set(path, { ...common, text, isNew: false });
  } else if (form.in_one_file) {
    const current = files.get(path)?.text ?? (await loadSource(form, id));
    const between = current.includes("\n\n") ? "\n" : "";
    files.set(path, { ...common, text: `${current.trimEnd()}\n${between}${newFile(form, value, id)}`, isNew: false });
  } else {
    files.set(path, { ...common, text: newFile(form, value, id), isNew: true });
  }
}

/**
 * Change the files of the records that a record names and that must name it back, or that it names no longer.
 * @param {Map<string, MadeFile>} files
 * @param {Entry} entry
 */
async function nameBack(files, entry) {
  for (const mirrored of mirroredBy(entry)) {
    const { collection, id, isNamed } = mirrored;
    const form = await loadForm(collection);
    const path = pathOf(form, id);
    const made = files.get(path);
    const current = made?.text ?? (await loadSource(form, id));
    const part = form.in_one_file ? id : undefined;
    const before = recordIn(current, part);
    const after = withBack(form, before, mirrored, entry.id);
    const text = changedFile(form, current, before, after, part);
    if (text === current) continue;
    const title = String(after[form.label] ?? id);
    files.set(path, made ? { ...made, text } : { path, text, isNew: false, title, why: why(entry, isNamed) });
  }
}

/**
 * @param {Entry} entry
 * @param {boolean} isNamed
 */
function why({ label, id }, isNamed) {
  return isNamed ? `it names “${label || id}” back` : `it no longer names “${label || id}”`;
}
