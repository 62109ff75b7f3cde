/** Ids of new records, as the command line makes them. */

/** @import { Form, Names, Value } from "../../../../../../types/form.d.ts" */

import { BLOCKS } from "./letters.js";

const MAX_ID = 100;

/**
 * Return the id of a new record: its name in lower-case ASCII words joined by "-", with a number behind it if another
 * record or page has that. An empty text if the record has no name yet.
 * @param {Form} form
 * @param {Value} value
 * @param {Names} names
 * @returns {string}
 */
export function idFor(form, value, names) {
  const label = String(value[form.label] ?? "");
  if (label === "") return "";
  const wanted = slug(label);
  const taken = new Set((names[form.collection] ?? []).flatMap(([own, , , , former = []]) => [own, ...former]));
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
  const letters = Array.from(text.normalize("NFC"), asciiFor).join("");
  const words = letters.replace(/[^a-z0-9]+/gu, "-").replace(/^-+|-+$/gu, "");
  return words.slice(0, MAX_ID).replace(/-+$/u, "") || "record";
}

/** @type {Map<string, string>} */
const LETTERS = new Map();

/**
 * Return the ASCII letters for a character.
 * @param {string} char
 */
function asciiFor(char) {
  if (char < "\u0080") return char.toLowerCase();
  if (LETTERS.size === 0) {
    for (const [start, letters] of BLOCKS) {
      for (const [at, one] of letters.split(",").entries()) LETTERS.set(String.fromCodePoint(start + at), one);
    }
  }
  return LETTERS.get(char) ?? char.normalize("NFKD").toLowerCase();
}
