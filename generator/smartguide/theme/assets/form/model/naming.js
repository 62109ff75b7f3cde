/** Ids of new records, as the command line makes them. */

/** @import { Fault, Form, Names, Value } from "../../../../../../types/form.d.ts" */

import { faultOf } from "./explaining.js";
import { BLOCKS } from "./letters.js";
import { quoted } from "./words.js";

const MAX_ID = 100;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;
/** Names that no file can have on Windows, whatever follows a dot in them: `checks/folder.py` refuses them. */
const RESERVED = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$/u;

/**
 * Return the id of a new record: its name in lower-case ASCII words joined by "-", with a number behind it if another
 * record or page has that. Where the name gives no id, it is the one that was typed. An empty text if there is neither.
 * @param {Form} form
 * @param {Value} value
 * @param {Names} names
 * @param {string} [typed]
 * @returns {string}
 */
export function idFor(form, value, names, typed = "") {
  const wanted = idOf(form, value);
  if (wanted === "") return typed;
  const taken = new Set((names[form.collection] ?? []).flatMap(([own, , , , former = []]) => [own, ...former]));
  for (const id of Object.keys(form.taken_ids)) taken.add(id);
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
  return id;
}

/**
 * Return the id that the name of a record gives; an empty text if it gives none: it has no letter or digit that ids
 * have, or no file can be called like this.
 * @param {Form} form
 * @param {Value} value
 */
export function idOf(form, value) {
  const id = wordsIn(String(value?.[form.label] ?? ""));
  return isReserved(form, id) ? "" : id;
}

/**
 * Return what is wrong with the id of a new record: none, or one of a form that ids do not have. That it is taken is
 * told by the rules. The key "id" is no property of any record.
 * @param {Form} form
 * @param {Value} value
 * @param {string} id
 * @returns {Fault[]}
 */
export function faultsOfId(form, value, id) {
  const label = String(value?.[form.label] ?? "");
  if (label === "" || idOf(form, value) !== "") return [];
  if (id === "") return [faultOf("missing-key", ["id"], ["the id is missing", ""])];
  if (isReserved(form, id)) {
    return [faultOf("left-out", ["id"], ["no file can have this name on Windows", "choose another"])];
  }
  if (id.length > MAX_ID) {
    const what = `the id ${quoted(id)} has ${id.length} characters; it may have ${MAX_ID}`;
    return [faultOf("id", ["id"], [what, "write a shorter one"])];
  }
  if (ID.test(id)) return [];
  const right = wordsIn(id);
  const what = `the id ${quoted(id)} is not lower-case ASCII words joined by '-'`;
  return [faultOf("id", ["id"], [what, right === "" ? "write it in Latin letters" : `write ${quoted(right)}`])];
}

/**
 * @param {Form} form
 * @param {string} id
 */
function isReserved(form, id) {
  return !form.in_one_file && RESERVED.test(id);
}

/**
 * Return an id made from any text.
 * @param {string} text
 */
export function slug(text) {
  return wordsIn(text) || "record";
}

/**
 * Return the lower-case ASCII words of a text joined by "-"; empty if there are none.
 * @param {string} text
 */
function wordsIn(text) {
  const letters = Array.from(text.normalize("NFC"), asciiFor).join("");
  const words = letters.replace(/[^a-z0-9]+/gu, "-").replace(/^-+|-+$/gu, "");
  return words.slice(0, MAX_ID).replace(/-+$/u, "");
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
