/** How messages name values and places, and which known word was probably meant: what `findings.py` does. */

/** @import { Path } from "../../../../../../types/form.d.ts" */

import { distance } from "../../search/distance.js";

/** How alike (of 100) a known word must be to be what was meant. */
export const ALIKE = 60;
/** So many known words that are equally near are named. */
const MOST_MEANT = 3;
/** Words that are alike to so few of 100 more or less are equally near. */
const EQUALLY = 8;
/** Words of so few characters have nothing in common if one of them differs. */
const SHORT = 2;
/** So many characters of a longer word are enough to know which is meant. */
const BEGINNING = 4;
/** So many of the nearest words are looked at. */
const LOOKED_AT = 15;
const LONGEST_WORD = 200;

/** The types of JSON, as messages call them. */
export const TYPES = new Map([
  ["string", "text"],
  ["integer", "a whole number"],
  ["number", "a number"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "a mapping of keys and values"],
  ["null", "empty"],
]);

/**
 * Return a value as it may stand in a message: in quotes, on one line, cut if it is long.
 * @param {unknown} value
 * @param {number} [longest]
 * @returns {string}
 */
export function quoted(value, longest = 60) {
  const chars = Array.from(shown(value).replace(/[\p{C}\p{Zl}\p{Zp}\u00a0\p{Zs}]/gu, " "));
  return `'${chars.length <= longest ? chars.join("") : `${chars.slice(0, longest - 1).join("")}…`}'`;
}

/**
 * Return a value as the command line writes it.
 * @param {unknown} value
 * @returns {string}
 */
function shown(value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null || value === undefined) return "None";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/**
 * Return a path inside a record as people write it: `partners[0].partner`.
 * @param {Path} path
 */
export function keyPath(path) {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += text === "" ? part : `.${part}`;
  }
  return text;
}

/**
 * Return `did you mean 'x'?` for the known word that is nearest to a word, or an empty string.
 * @param {string} word
 * @param {Iterable<string>} known
 * @param {number} [alike]
 * @returns {string}
 */
export function didYouMean(word, known, alike = ALIKE) {
  const found = nearest(word, known, alike).map((one) => quoted(one));
  const last = found.at(-1);
  if (last === undefined) return "";
  const others = found.slice(0, -1).join(", ");
  return `did you mean ${others === "" ? last : `${others} or ${last}`}?`;
}

/**
 * Return the known words that are nearest to a word, or none if no word is near. Near is a word with few slips in it,
 * or one that begins with the other.
 * @param {string} word
 * @param {Iterable<string>} known
 * @param {number} alike
 * @returns {string[]}
 */
export function nearest(word, known, alike = ALIKE) {
  const wanted = casefold(word.slice(0, LONGEST_WORD));
  const byFolded = new Map(Array.from(known, (one) => [casefold(one), one]));
  const choices = inAlphabet(byFolded.keys());
  let near = withSlips(wanted, choices, alike);
  if (near.length === 0 && wanted.length >= BEGINNING) {
    const least = alike === ALIKE ? ALIKE : alike + 1;
    near = choices.filter((one) => one.startsWith(wanted) && ratio(one, wanted) >= least);
  }
  const most = Math.max(0, ...near.map((one) => ratio(one, wanted)));
  const best = near.filter((one) => ratio(one, wanted) > most - EQUALLY);
  return best.slice(0, MOST_MEANT).map((one) => byFolded.get(one) ?? one);
}

/**
 * Return texts in the order of their characters, whatever the language of the browser.
 * @param {Iterable<string>} texts
 * @returns {string[]}
 */
export function inAlphabet(texts) {
  return [...texts].sort((one, other) => Number(one > other) - Number(one < other));
}

/**
 * Return the words with the fewest slips, if these are few enough.
 * @param {string} wanted
 * @param {readonly string[]} choices
 * @param {number} alike
 * @returns {string[]}
 */
function withSlips(wanted, choices, alike) {
  const most = slips(wanted.length + 2, alike);
  const found = choices
    .map((one) => ({ one, many: distance(wanted, one, most) }))
    .filter(({ many }) => many <= most)
    .sort((a, b) => a.many - b.many)
    .slice(0, LOOKED_AT)
    .filter(({ one, many }) => many <= slips(Math.max(wanted.length, one.length), alike));
  const least = found[0]?.many;
  return found.filter(({ many }) => many === least).map(({ one }) => one);
}

/**
 * Return how many slips a word of a length may have.
 * @param {number} length
 * @param {number} alike
 */
function slips(length, alike) {
  return length <= SHORT ? 0 : Math.max(1, Math.floor((length * (100 - alike)) / 120 + 0.5));
}

/**
 * Return how alike two words are, of 100: by the longest row of characters that both have in this order.
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
function ratio(one, other) {
  const whole = one.length + other.length;
  return whole === 0 ? 100 : (200 * common(one, other)) / whole;
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
function common(one, other) {
  let before = new Array(other.length + 1).fill(0);
  for (const char of one) {
    const row = [0];
    for (let at = 1; at <= other.length; at += 1) {
      row.push(other[at - 1] === char ? before[at - 1] + 1 : Math.max(before[at], row[at - 1] ?? 0));
    }
    before = row;
  }
  return before.at(-1);
}

/**
 * Return a text without capitals, to be compared.
 * @param {string} text
 */
export function casefold(text) {
  return text.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");
}
