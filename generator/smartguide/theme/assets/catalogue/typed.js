/** What is typed: records with words that begin with it, or with the words of the list that are most like it. */

import { likeOf } from "../search/ranking.js";
import { folded } from "./text.js";

/** @import { Filter, List } from "../../../../../types/catalogue.d.ts" */

/**
 * Return the filter of a text; undefined if the text has no words.
 * @param {List} list
 * @param {string} text
 * @returns {Filter | undefined}
 */
export function typedFilter(list, text) {
  const asked = folded(text).split(" ").filter(Boolean);
  if (asked.length === 0) return;
  const words = asked.map((word) => ({ word, meant: meant(list, word) }));
  const fits = (/** @type {number} */ row) =>
    words.every(({ meant: beginnings }) => beginnings.some((one) => list.texts[row]?.includes(` ${one}`)));
  const misspelt = words.filter(({ word, meant: [first = word] }) => first !== word);
  return { key: "", title: "Text", labels: [text.trim()], unknown: [], isAll: false, misspelt, fits };
}

/**
 * Return the word itself if any record has a word that begins with it, or else the words that are most like it.
 * @param {List} list
 * @param {string} word
 * @returns {readonly string[]}
 */
function meant(list, word) {
  if (list.texts.some((text) => text.includes(` ${word}`))) return [word];
  let best = 0;
  /** @type {string[]} */
  let words = [];
  for (const one of list.words) {
    const how = likeOf(word, one);
    if (how > best) [best, words] = [how, [one]];
    else if (how === best && how > 0) words.push(one);
  }
  return words;
}
