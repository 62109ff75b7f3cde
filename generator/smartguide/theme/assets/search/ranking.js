/** How well a name answers a question: exact names first, then names that begin with it, then misspelt ones. */

import { distance, mistakes } from "./distance.js";
import { wordsOf } from "./fold.js";

/** @import { Folded, Like, Matched, Weigh } from "../../../../../types/search.d.ts" */

/** Words that say little, unless a question has no others. */
const LITTLE = new Set(
  "a an and are as at be by do does for from had has have how in into is it its of on or that the to was were what which who with der die das und le la les de des du et el los y e il".split(
    " ",
  ),
);
const OF_LITTLE = 0.12;
const LIKE_ENOUGH = 0.62;
const AS_PREFIX = 0.9;
const AS_MISSPELT_PREFIX = 0.75;
const AS_ONE_WORD = 0.97;

/**
 * Tell whether a word says little, unless a question has no others.
 * @param {string} word
 */
export function isLittle(word) {
  return LITTLE.has(word);
}

/**
 * Return a text with what is compared of it.
 * @param {string} folded
 * @returns {Folded}
 */
export function compared(folded) {
  const words = wordsOf(folded);
  return { words, text: words.join(" "), joined: words.join("") };
}

/**
 * Return how much a word counts, as a function of how rare it is among the names.
 * @param {string} word
 * @param {number} names how many names have it
 * @param {number} all how many names there are
 * @returns {number}
 */
export function weight(word, names, all) {
  const rare = Math.log(1 + all / (1 + names)) / Math.log(2 + all);
  return rare * (isLittle(word) ? OF_LITTLE : 1);
}

/**
 * Return how well each word of a question stands in some words, from 0 to 1, and which word it is.
 * @param {readonly string[]} asked
 * @param {readonly string[]} words
 * @param {Like} like
 * @returns {Matched[]}
 */
export function found(asked, words, like) {
  return asked.map((one) => {
    let best = { how: 0, word: one };
    for (const word of words) {
      const how = like(one, word);
      if (how > best.how) best = { how, word };
    }
    return best.how < AS_PREFIX && one.length > 3 ? inPairs(one, words, best, like) : best;
  });
}

/**
 * @param {string} asked
 * @param {readonly string[]} words
 * @param {Matched} known how well the word stands in single words
 * @param {Like} like
 * @returns {Matched}
 */
function inPairs(asked, words, known, like) {
  let best = known;
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const before = words[at - 1] ?? "";
    if (before.length + word.length > asked.length + 3 || before[0] !== asked[0]) continue;
    const how = like(asked, `${before}${word}`) * AS_ONE_WORD;
    if (how > best.how) best = { how, word };
  }
  return best;
}

/**
 * Return `likeOf`, which remembers what it has said: many names have the same words.
 * @param {(word: string) => boolean} isNamed whether a name has a word as it is: "Polish" is not "policy" misspelt
 * @returns {Like}
 */
export function remembering(isNamed) {
  /** @type {Map<string, Map<string, number>>} */
  const known = new Map();
  return (asked, word) => {
    let said = known.get(asked);
    if (!said) {
      said = new Map();
      known.set(asked, said);
    }
    let how = said.get(word);
    if (how === undefined) {
      how = likeOf(asked, word, isNamed(asked) ? Math.min(1, mistakes(asked)) : mistakes(asked));
      said.set(word, how);
    }
    return how;
  };
}

/**
 * Return how well a word of a question is another, or its beginning. Of one letter nothing is the beginning.
 * @param {string} asked
 * @param {string} word
 * @param {number} most so many letters may be wrong
 * @returns {number}
 */
export function likeOf(asked, word, most = mistakes(asked)) {
  if (asked === word) return 1;
  if (asked.length < 2) return 0;
  if (word.startsWith(asked)) return AS_PREFIX * (0.8 + (0.2 * asked.length) / word.length);
  if (most === 0) return swapped(asked, word) ? 0.6 : 0;
  const wrong = distance(asked, word, most);
  if (wrong <= most) return 1 - (1.3 * wrong) / Math.max(asked.length, word.length);
  if (asked.length > 4 && word.length > asked.length) {
    const begun = distance(asked, word.slice(0, asked.length), most - 1);
    if (begun < most) return AS_MISSPELT_PREFIX * (1 - (1.3 * begun) / asked.length);
  }
  return 0;
}

/**
 * Tell whether two short words differ by two neighbours that are exchanged.
 * @param {string} a
 * @param {string} b
 * @returns {boolean}
 */
function swapped(a, b) {
  if (a.length < 3 || a.length !== b.length) return false;
  const at = Array.from(a).findIndex((letter, number) => letter !== b[number]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/**
 * Return how well one name answers a question: 2 if it is the name, else up to about 1.2.
 * @param {Folded} asked
 * @param {Folded} name
 * @param {Like} like
 * @param {Weigh} weigh
 * @returns {number}
 */
export function answers(asked, name, like, weigh) {
  if (asked.text === name.text) return 2;
  if (asked.joined === name.joined) return 1.95;
  let score =
    0.7 * covered(found(asked.words, name.words, like), weigh) +
    0.3 * covered(used(asked.words, name.words, like), weigh);
  if (asked.words.length > 1) {
    score = Math.max(score, 0.98 * covered(found([asked.joined], name.words, like), weigh));
  }
  if (name.text.startsWith(`${asked.text} `)) score += 0.12;
  else if (name.text.startsWith(asked.text)) score += 0.06;
  return Math.max(score, wholly(asked.joined, name.joined));
}

/**
 * Return how well each word of a name is one of those of a question.
 * @param {readonly string[]} asked
 * @param {readonly string[]} words
 * @param {Like} like
 * @returns {Matched[]}
 */
function used(asked, words, like) {
  return words.map((word) => ({ how: Math.max(0, ...asked.map((one) => like(one, word))), word }));
}

/**
 * Return how alike two names are without regard to where words begin; 0 if they are not.
 * @param {string} asked
 * @param {string} name
 * @returns {number}
 */
function wholly(asked, name) {
  const longest = Math.max(asked.length, name.length);
  if (longest < 4 || longest > 60) return 0;
  const most = Math.min(6, Math.floor(longest * (1 - LIKE_ENOUGH)));
  const wrong = distance(asked, name, most);
  return wrong > most ? 0 : 1.05 - (1.1 * wrong) / longest;
}

/**
 * Return which share of some words is found, from 0 to 1, each with its weight.
 * @param {readonly Matched[]} words
 * @param {Weigh} weigh
 * @returns {number}
 */
export function covered(words, weigh) {
  let sum = 0;
  let all = 0;
  for (const { how, word } of words) {
    sum += weigh(word) * how;
    all += weigh(word);
  }
  return all ? sum / all : 0;
}
