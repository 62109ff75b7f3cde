/** How the search and lists with filters compare texts; `search/folding.py` does the same. `tests/folding.json` holds what both must do. */

const MARKS = /\p{M}/gu;
const WORDS = /[\p{L}\p{N}]+/gu;
const ASCII = /^[ -~]*$/u;

/** Letters that Unicode does not take apart, as people type them; `folding.py` has the same ones. */
const LETTERS = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["ħ", "h"],
  ["ı", "i"],
  ["ŋ", "n"],
  ["ŧ", "t"],
  ["ĸ", "k"],
  ["ə", "e"],
  ["ς", "σ"],
]);

/**
 * Return a text without capitals and accents. Letters of other alphabets stay as they are.
 * @param {string} text
 */
export function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  const apart = text.toLowerCase().normalize("NFKD").replace(MARKS, "").toLowerCase(); // № becomes No
  return Array.from(apart, (char) => LETTERS.get(char) ?? char).join("");
}

/**
 * Return the words of a text that is folded: runs of letters and digits.
 * @param {string} folded
 * @returns {string[]}
 */
export function wordsOf(folded) {
  return folded.match(WORDS) ?? [];
}
