/** Which entries of a list are those of another one: the same, changed, or new. */

import { likeness } from "../../search/distance.js";
import { isMapping } from "./schema.js";
import { inAlphabet } from "./words.js";

/** So alike (of 1) two entries of a list must be to be one that was changed, if there are several to choose from. */
const ALIKE = 0.3;

/**
 * Return for each entry of a list the number of the entry before that it was; undefined for a new one.
 * @param {readonly any[]} before
 * @param {readonly any[]} after
 * @returns {(number | undefined)[]}
 */
export function alignment(before, after) {
  const found = inOrder(before, after);
  const free = new Set(before.keys());
  for (const number of found) if (number !== undefined) free.delete(number);
  for (const [at, entry] of after.entries()) {
    if (found[at] !== undefined) continue;
    const moved = [...free].find((number) => isEqual(before[number], entry));
    if (moved !== undefined) take(found, free, at, moved);
  }
  for (const [at, entry] of after.entries()) {
    if (found[at] !== undefined) continue;
    const changed = nearest(before, entry, gapAt(found, at, free), after.length === before.length);
    if (changed !== undefined) take(found, free, at, changed);
  }
  return found;
}

/**
 * @param {(number | undefined)[]} found
 * @param {Set<number>} free
 * @param {number} at
 * @param {number} number
 */
function take(found, free, at, number) {
  found[at] = number;
  free.delete(number);
}

/**
 * Return the entries that nothing is known of between the neighbours of one; if there are none, all others.
 * @param {readonly (number | undefined)[]} found
 * @param {number} at
 * @param {ReadonlySet<number>} free
 */
function gapAt(found, at, free) {
  const below = found.slice(0, at).findLast((number) => number !== undefined) ?? -1;
  const above = found.slice(at + 1).find((number) => number !== undefined) ?? Number.POSITIVE_INFINITY;
  const between = [...free].filter((number) => below < number && number < above);
  return between.length > 0 ? between : [...free];
}

/**
 * Return which of some entries became another one; undefined if none did.
 * @param {readonly any[]} before
 * @param {any} entry
 * @param {readonly number[]} candidates
 * @param {boolean} isSameLength
 */
function nearest(before, entry, candidates, isSameLength) {
  const [first] = candidates;
  if (isSameLength && candidates.length === 1) return first;
  const alike = candidates.map((number) => ({ number, how: similarity(before[number], entry) }));
  const best = alike.reduce((one, other) => (other.how > one.how ? other : one), { number: -1, how: 0 });
  return best.how >= ALIKE ? best.number : undefined;
}

/**
 * Return how alike two values are, from 0 to 1.
 * @param {any} one
 * @param {any} other
 * @returns {number}
 */
function similarity(one, other) {
  if (isEqual(one, other)) return 1;
  if (typeof one === "string" && typeof other === "string") return likeness(one, other);
  if (!(isMapping(one) && isMapping(other))) return 0;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  const same = [...keys].reduce(
    (sum, key) => sum + (key in one && key in other ? similarity(one[key], other[key]) : 0),
    0,
  );
  return same / (keys.size || 1);
}

/**
 * Return the longest row of entries that are the same in both lists, in their order.
 * @param {readonly any[]} before
 * @param {readonly any[]} after
 * @returns {(number | undefined)[]}
 */
function inOrder(before, after) {
  const texts = before.map(textOf);
  const wanted = after.map(textOf);
  const lengths = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
  const lengthAt = (/** @type {number} */ row, /** @type {number} */ column) => lengths[row]?.[column] ?? 0;
  for (let one = before.length - 1; one >= 0; one -= 1) {
    for (let other = after.length - 1; other >= 0; other -= 1) {
      const row = /** @type {number[]} */ (lengths[one]);
      const isSame = texts[one] === wanted[other];
      row[other] = isSame
        ? lengthAt(one + 1, other + 1) + 1
        : Math.max(lengthAt(one + 1, other), lengthAt(one, other + 1));
    }
  }
  /** @type {(number | undefined)[]} */
  const found = new Array(after.length).fill(undefined);
  let [one, other] = [0, 0];
  while (one < before.length && other < after.length) {
    if (texts[one] === wanted[other]) {
      found[other] = one;
      one += 1;
      other += 1;
    } else if (lengthAt(one + 1, other) >= lengthAt(one, other + 1)) one += 1;
    else other += 1;
  }
  return found;
}

/**
 * Tell whether two values are the same, in whatever order their keys are.
 * @param {any} one
 * @param {any} other
 */
export function isEqual(one, other) {
  return one === other || textOf(one) === textOf(other);
}

/**
 * Return a text that is the same for the same values.
 * @param {any} value
 * @returns {string}
 */
export function textOf(value) {
  return JSON.stringify(value, (_, inner) =>
    isMapping(inner) ? Object.fromEntries(inAlphabet(Object.keys(inner)).map((key) => [key, inner[key]])) : inner,
  );
}

/**
 * Tell whether numbers only go up; those that are not there do not count.
 * @param {readonly (number | undefined)[]} numbers
 */
export function isAscending(numbers) {
  const known = numbers.filter((number) => number !== undefined);
  return known.every((number, at) => at === 0 || number > (known[at - 1] ?? 0));
}
