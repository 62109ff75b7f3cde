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
 * Return a number with its thousands apart.
 * @param {number} value
 */
export function shownNumber(value) {
  return value.toLocaleString("en");
}
