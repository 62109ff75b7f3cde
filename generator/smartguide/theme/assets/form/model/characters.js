/** Characters and numbers that no record may hold: what `reading/` of the generator says of a file. */

/** @import { Fault, Path, Value } from "../../../../../../types/form.d.ts" */

import { faultOf } from "./explaining.js";
import { isMapping } from "./schema.js";
import { quoted } from "./words.js";

/** Characters that no reader sees, and the one that stands for what was lost. */
const UNSEEN =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffd\u{13430}-\u{13455}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|(?<![^\p{L}\p{N}_\s])[\ufe00-\ufe0f](?!\u20e3)/u;
/** Characters that change the direction of writing. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const NONE = /[\p{Cn}\p{Cs}]/u;
const UNWANTED = new RegExp(`${UNSEEN.source}|(?![\\n\\t])[\\p{Cc}\\p{Cn}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]`, "u");
const ANEW = "delete it: write the text anew instead of pasting it";
const LOST = "\ufffd";

/**
 * Return the texts and numbers in a value that no record may hold.
 * @param {Value} value
 * @param {Path} [path]
 * @returns {Fault[]}
 */
export function unreadableIn(value, path = []) {
  if (typeof value === "string") return inText(value, path);
  if (typeof value === "number") return inNumber(value, path);
  if (Array.isArray(value)) return value.flatMap((one, number) => unreadableIn(one, [...path, number]));
  return isMapping(value) ? Object.entries(value).flatMap(([key, one]) => unreadableIn(one, [...path, key])) : [];
}

/**
 * @param {string} text
 * @param {Path} path
 * @returns {Fault[]}
 */
function inText(text, path) {
  const [char] = UNWANTED.exec(text.replace(/\r(?=\n|$)/gu, " ")) ?? [];
  return char === undefined ? [] : [faultOf("invisible-character", path, described(char))];
}

/**
 * @param {string} char
 * @returns {[what: string, hint: string]}
 */
function described(char) {
  const code = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  if (char === LOST) {
    return [`holds ${code}, which stands for a character that was lost`, "write the character that was meant"];
  }
  if (TURNING.test(char)) {
    return [`holds the invisible character ${code}, which changes the direction of writing`, ANEW];
  }
  return [
    NONE.test(char) ? `holds ${code}, which is no character of Unicode` : `holds the invisible character ${code}`,
    ANEW,
  ];
}

/**
 * @param {number} number
 * @param {Path} path
 * @returns {Fault[]}
 */
function inNumber(number, path) {
  const inQuotes = "put it in quotes if it is text";
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    const most = "9,007,199,254,740,991";
    return [faultOf("number", path, [`${quoted(number)} is too large a number`, `at most ${most}; ${inQuotes}`])];
  }
  if (/^-?[0-9.]+$/u.test(String(number))) return [];
  const what = `${quoted(number)} cannot be read as the same number`;
  return [faultOf("number", path, [what, `write fewer digits, or ${inQuotes}`])];
}
