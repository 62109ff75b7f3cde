/** Texts to be compared: without capitals, accents and signs. */

import { fold, wordsOf } from "../search/fold.js";

/**
 * Return the words of a text without capitals, accents and signs, with a blank between them.
 * @param {string} text
 */
export function folded(text) {
  return wordsOf(fold(text).replace(/['’]/gu, "")).join(" ");
}

/**
 * Return a title as it stands inside of a sentence; abbreviations keep their capitals.
 * @param {string} title
 */
export function inSentence(title) {
  return /^.\p{Lu}/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

/**
 * Return a number with its thousands apart. A small whole number is itself: the first number that a browser formats costs a
 * phone a tenth of a second.
 * @param {number} value
 */
export function shownNumber(value) {
  return Number.isInteger(value) && Math.abs(value) < 1000 ? String(value) : value.toLocaleString("en");
}
