/** Texts to be compared: without capitals, accents and signs. */

/** Letters that Unicode does not take apart into a letter and an accent. */
const LETTERS = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["đ", "d"],
  ["ð", "d"],
  ["ł", "l"],
  ["ı", "i"],
  ["þ", "th"],
]);

/**
 * Return the words of a text without capitals, accents and signs, with a blank between them.
 * @param {string} text
 */
export function folded(text) {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøđðłıþ]/gu, (letter) => LETTERS.get(letter) ?? letter)
    .replace(/['’]/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
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
