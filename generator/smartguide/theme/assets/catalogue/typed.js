/** What is typed: records with words that begin with it, or with the words of the list that are most like it. */

import { isLittle, likeOf } from "../search/ranking.js";
import { folded } from "./text.js";

/** @import { Filter, List } from "../../../../../types/catalogue.d.ts" */

/** A shorter word is not looked for in other forms, and a longer one may have two mistakes: lists have few words. */
const MISSPELT_FROM = 5;
const TWICE_FROM = 8;

/**
 * Return the filter of a text; undefined if the text has no words.
 * @param {List} list
 * @param {string} text
 * @returns {Filter | undefined}
 */
export function typedFilter(list, text) {
  const all = folded(text).split(" ").filter(Boolean);
  if (all.length === 0) return;
  const telling = all.filter((word) => !isLittle(word));
  const words = (telling.length > 0 ? telling : all).map((word) => ({ word, meant: meant(list, word) }));
  const joined = all.join("");
  const fits = (/** @type {number} */ row) =>
    has(list, row, joined) || words.every((one) => one.meant.some((beginning) => has(list, row, beginning)));
  const misspelt = words.filter((one) => one.meant.length > 0 && !one.meant.includes(one.word));
  return { key: "", title: "Text", labels: [text.trim()], unknown: [], isAll: false, misspelt, fits };
}

/**
 * Tell whether a record has a word that begins with something.
 * @param {List} list
 * @param {number} row
 * @param {string} beginning
 */
function has(list, row, beginning) {
  return list.texts[row]?.includes(` ${beginning}`);
}

/**
 * Return the word itself if any record has a word that begins with it, or else the words that are most like it.
 * @param {List} list
 * @param {string} word
 * @returns {readonly string[]}
 */
function meant(list, word) {
  if (list.texts.some((_, row) => has(list, row, word))) return [word];
  if (word.length < MISSPELT_FROM) return [];
  const most = word.length < TWICE_FROM ? 1 : 2;
  let best = 0;
  /** @type {string[]} */
  let words = [];
  for (const one of list.words) {
    const how = likeOf(word, one, most);
    if (how > best) [best, words] = [how, [one]];
    else if (how === best && how > 0) words.push(one);
  }
  return words;
}
