/** How the search compares texts; `search/folding.py` does the same. `tests/folding.json` holds what both must do. */

const MARKS = /\p{M}/gu;
const WORDS = /[\p{L}\p{N}]+/gu;
const ASCII = /^[ -~]*$/u;

/**
 * Return the function that takes capitals and accents away. Letters of other alphabets stay as they are.
 * @param {Readonly<Record<string, string>>} letters letters that Unicode does not take apart, as people type them
 * @returns {(text: string) => string}
 */
export function folding(letters) {
  return (text) => {
    if (ASCII.test(text)) return text.toLowerCase();
    const apart = text.toLowerCase().normalize("NFKD").replace(MARKS, "").toLowerCase(); // № becomes No
    return Array.from(apart, (char) => letters[char] ?? char).join("");
  };
}

/**
 * Return the words of a text that is folded: runs of letters and digits.
 * @param {string} folded
 * @returns {string[]}
 */
export function wordsOf(folded) {
  return folded.match(WORDS) ?? [];
}
