/** Ids of new records, as the command line makes them. */

/** @import { Form, Names, Value } from "../../../../../../types/form.d.ts" */

import { fold } from "../../search/fold.js";

const MAX_ID = 100;

/**
 * Return the id of a new record: its name in lower-case ASCII words joined by "-", with a number behind it if another
 * record has that.
 * @param {Form} form
 * @param {Value} value
 * @param {Names} names
 * @returns {string}
 */
export function idFor(form, value, names) {
  const wanted = slug(String(value[form.label] ?? ""));
  const taken = new Set((names[form.collection] ?? []).flatMap(([id, , , , former = []]) => [id, ...former]));
  for (const id of Object.keys(form.taken_ids)) taken.add(id);
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
  return id;
}

/**
 * Return an id made from any text.
 * @param {string} text
 */
export function slug(text) {
  const words = fold(text).replace(/[^a-z0-9]+/gu, "-");
  return (
    words
      .replace(/^-+|-+$/gu, "")
      .slice(0, MAX_ID)
      .replace(/-+$/u, "") || "record"
  );
}
