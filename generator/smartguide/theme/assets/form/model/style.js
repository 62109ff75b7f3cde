/**
 * The canonical style of records: how a value is written, so that every version of YAML reads it back. The command
 * line writes the same (`editing/` of the generator); `tests/record-style.json` holds what both must do.
 */

/** @import { Value } from "../../../../../../types/form.d.ts" */

import { isMapping, Property } from "./schema.js";

/** No line of a text reaches beyond this column, but for a word that is longer by itself. */
const WIDTH = 100;
/** So many columns a level is indented. */
export const STEP = 2;

// biome-ignore lint/security/noSecrets: marks
const INDICATORS = new Set(",[]{}#&*!|>'\"%@`");
const ALONE = new Set(["- ", "? ", ": ", "-", "?", ":"]);
/** What a version of YAML reads as true, false, nothing, or as an order to merge. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<)$/iu;
/** What is a number or a date to a version of YAML, or looks like one. */
const NUMBERS = [
  /^[-+.,:_/ 0-9]*[0-9][-+.,:_/ 0-9]*$/u,
  /^[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?e[-+]?[0-9]+$/iu,
  /^[-+]?\.[0-9_]+e[-+]?[0-9]+$/iu,
  /^[-+]?0(?:x[0-9a-f_]+|o[0-7_]+|b[01_]+)$/iu,
  /^[-+]?\.(?:inf|nan)$/iu,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[t ][-+0-9:. z]*$/iu,
];
/** What is written as an escape: what YAML does not allow, blanks other than a space, and its line breaks. */
const ESCAPED = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff\p{Cs}]/u;
const ALL_ESCAPED = new RegExp(ESCAPED.source, "gu");
const SHORT = new Map([
  ["\n", "\\n"],
  ["\t", "\\t"],
  ["\r", "\\r"],
  ["\b", "\\b"],
  ["\f", "\\f"],
]);

/**
 * A single value as it is written: `head` behind the key, `lines` below it, with their indentation.
 * @typedef {{ head: string, lines: readonly string[] }} Written
 */

/**
 * Return the lines of a record, or of a mapping or a list in it, in canonical style; keys in the order of the schema.
 * @param {Value} value
 * @param {Property | undefined} declared
 * @param {number} [indent]
 * @returns {string[]}
 */
export function linesOf(value, declared, indent = 0) {
  if (Array.isArray(value)) return value.flatMap((entry) => linesOfEntry(undefined, entry, declared?.item, indent));
  return inOrder(Object.keys(value), declared).flatMap((key) =>
    linesOfEntry(key, value[key], declared?.below(key), indent),
  );
}

/**
 * Return the lines of a value with its key; without one, of an entry of a list.
 * @param {string | undefined} key
 * @param {Value} value
 * @param {Property | undefined} declared
 * @param {number} indent
 * @returns {string[]}
 */
export function linesOfEntry(key, value, declared, indent) {
  const lead = `${" ".repeat(indent)}${key === undefined ? "-" : `${inOneLine(key)}:`}`;
  const below = indent + STEP;
  if (isGroup(value) && !isEmpty(value)) {
    const [first = "", ...others] = linesOf(value, declared, below);
    // The first line of an entry stands behind the dash.
    return key === undefined ? [lead + first.slice(lead.length), ...others] : [lead, first, ...others];
  }
  const { head, lines } = single(value, lengthOf(lead) + 1, below);
  return [`${lead} ${head}`, ...lines];
}

/**
 * Return keys in the order of the schema; those that it does not name come last, in their order.
 * @param {readonly string[]} keys
 * @param {Property | undefined} declared
 * @returns {string[]}
 */
export function inOrder(keys, declared) {
  const order = new Map(Array.from(declared?.properties.keys() ?? [], (name, number) => [name, number]));
  const placeOf = (/** @type {string} */ key) => order.get(key) ?? order.size;
  return [...keys].sort((one, other) => placeOf(one) - placeOf(other));
}

/**
 * Return a single value as it is written behind `column` characters; further lines are indented by `indent`.
 * @param {Value} value
 * @param {number} column
 * @param {number} indent
 * @returns {Written}
 */
export function single(value, column, indent) {
  if (isGroup(value)) return { head: Array.isArray(value) ? "[]" : "{}", lines: [] };
  return typeof value === "string" ? textOf(value, column, indent) : { head: JSON.stringify(value), lines: [] };
}

/**
 * @param {string} value
 * @param {number} column
 * @param {number} indent
 * @returns {Written}
 */
function textOf(value, column, indent) {
  if (value.includes("\n")) return mayBeLiteral(value) ? literal(value, indent) : { head: quoted(value), lines: [] };
  const inLine = inOneLine(value);
  const isLong = column + lengthOf(inLine) > WIDTH;
  return isLong && mayBeFolded(value) ? folded(value, indent) : { head: inLine, lines: [] };
}

/**
 * Return a text as it is written in one line: plain, or in double quotes. So are keys.
 * @param {string} value
 */
export function inOneLine(value) {
  return isPlain(value) ? value : quoted(value);
}

/**
 * Return a value as it is written in a mapping or a list in brackets.
 * @param {Value} value
 * @returns {string}
 */
export function inFlow(value) {
  if (typeof value === "string") return /[,[\]{}]/u.test(value) ? quoted(value) : inOneLine(value);
  if (Array.isArray(value)) return `[${value.map(inFlow).join(", ")}]`;
  if (!isMapping(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${inFlow(key)}: ${inFlow(inner)}`)
    .join(", ")}}`;
}

/**
 * Tell whether every version of YAML reads a text that is written without quotes as that text.
 * @param {string} value
 */
function isPlain(value) {
  return !(
    value === "" ||
    value.startsWith(" ") ||
    value.endsWith(" ") ||
    INDICATORS.has(value.charAt(0)) ||
    ALONE.has(value.slice(0, 2)) ||
    value.startsWith("---") ||
    value.startsWith("...") ||
    value.includes(": ") ||
    value.endsWith(":") ||
    value.includes(" #") ||
    ESCAPED.test(value) ||
    WORD.test(value) ||
    NUMBERS.some((pattern) => pattern.test(value))
  );
}

/**
 * Return a text in double quotes. Only what needs an escape has one.
 * @param {string} value
 */
export function quoted(value) {
  const safe = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replace(ALL_ESCAPED, escaped);
  return `"${safe}"`;
}

/** @param {string} char */
function escaped(char) {
  return SHORT.get(char) ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** @param {string} value */
function mayBeFolded(value) {
  return !(value.startsWith(" ") || value.endsWith(" ") || ESCAPED.test(value)) && wordsOf(value).length > 1;
}

/**
 * Return the parts of a text between which a line may end: at a single blank.
 * @param {string} value
 */
function wordsOf(value) {
  return value.split(/(?<=[^ ]) (?=[^ ])/u);
}

/**
 * @param {string} value
 * @param {number} indent
 * @returns {Written}
 */
function folded(value, indent) {
  /** @type {string[]} */
  const lines = [];
  for (const word of wordsOf(value)) {
    const last = lines.at(-1);
    if (last !== undefined && indent + lengthOf(last) + 1 + lengthOf(word) <= WIDTH)
      lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return { head: ">-", lines: lines.map((line) => " ".repeat(indent) + line) };
}

/** @param {string} value */
function mayBeLiteral(value) {
  const lines = withoutLineEnd(value).split("\n");
  return (
    lines[0] !== "" &&
    lines.at(-1) !== "" &&
    !value.startsWith(" ") &&
    !lines.some((line) => line.endsWith(" ") || ESCAPED.test(line))
  );
}

/**
 * @param {string} value
 * @param {number} indent
 * @returns {Written}
 */
function literal(value, indent) {
  const body = withoutLineEnd(value);
  const lines = body.split("\n").map((line) => (line === "" ? "" : " ".repeat(indent) + line));
  return { head: body === value ? "|-" : "|", lines };
}

/** @param {string} value */
function withoutLineEnd(value) {
  return value.endsWith("\n") ? value.slice(0, -1) : value;
}

/**
 * Return how many characters a text has, each counted once.
 * @param {string} text
 */
function lengthOf(text) {
  return Array.from(text).length;
}

/** @param {Value} value */
function isGroup(value) {
  return Array.isArray(value) || isMapping(value);
}

/** @param {Value} value */
function isEmpty(value) {
  return Object.keys(value).length === 0;
}
