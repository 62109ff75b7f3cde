/** How unlike two words are. */

/**
 * Return how many letters must be changed, left out, added or exchanged with their neighbour to make one text of the
 * other; a number above `most` as soon as it is certain that there are more.
 * @param {string} a
 * @param {string} b
 * @param {number} most
 * @returns {number}
 */
export function distance(a, b, most) {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]);
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const changed = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let best = Math.min(changed, at(last, column) + 1, at(current, column - 1) + 1);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, at(before, column - 2) + 1);
      }
      current.push(best);
      least = Math.min(least, best);
    }
    if (least > most) return most + 1;
    before = last;
    last = current;
  }
  return at(last, b.length);
}

/**
 * @param {readonly number[]} row
 * @param {number} column
 * @returns {number}
 */
function at(row, column) {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/**
 * Return how many mistakes a word may have: none in a short one, which would be another word.
 * @param {string} word
 * @returns {number}
 */
export function mistakes(word) {
  if (word.length < 4 || /^\d+$/u.test(word)) return 0;
  if (word.length < 6) return 1;
  return word.length < 10 ? 2 : 3;
}

/**
 * Return how alike two texts are by the pairs of letters that both have, from 0 to 1.
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
export function likeness(a, b) {
  const pairs = pairsOf(a);
  const others = pairsOf(b);
  let common = 0;
  for (const pair of pairs) if (others.has(pair)) common += 1;
  return (2 * common) / (pairs.size + others.size || 1);
}

/**
 * @param {string} text
 * @returns {Set<string>}
 */
function pairsOf(text) {
  const framed = ` ${text} `;
  return new Set(Array.from({ length: framed.length - 1 }, (_, start) => framed.slice(start, start + 2)));
}
