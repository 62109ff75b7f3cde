/** Texts with Markdown that their page would show as it is written: the rule `shown-as-written` of `checks/rules.py`. */

/** @import { Fault, Path } from "../../../../../../types/form.d.ts" */

import { faultOf } from "./explaining.js";
import { Property } from "./schema.js";
import { quoted } from "./words.js";

const BRACKETS = /(?<!\\)!?\[([^[\]]+)\](?:\(([^()\s]*)\)|\[([^[\]]*)\])/gu;
const KNOWN_LINK = /^(?:https?:\/\/[^/]|mailto:.)/iu;
// biome-ignore lint/security/noSecrets: names of elements
const ELEMENT = "b|i|u|s|em|strong|br|hr|p|a|span|div|font|sub|sup|small|ul|ol|li|code|pre|blockquote|img|h[1-6]";

/** @typedef {readonly (readonly [RegExp, string])[]} Patterns */

/** What prose does not understand, though Markdown does. @type {Patterns} */
const MARKUP = [
  [/^ {0,3}#{1,6} +\S/mu, "a heading of Markdown"],
  [/~~\S(?:[^~\n]*\S)?~~/u, "text that is struck out in Markdown"],
  [/(?<!\\)`[^`\n]+`/u, "code of Markdown"],
  [/^ {0,3}(?:```|~~~)/mu, "code of Markdown"],
  [/^ {0,3}> +\S/mu, "a quotation of Markdown"],
  [/^ {0,3}\|.*\|\s*$\n^ {0,3}\|[-:| ]+\|\s*$/mu, "a table of Markdown"],
];
/** What no text understands: as people paste it from pages and word processors. @type {Patterns} */
const ALWAYS = [
  [new RegExp(`</?(?:${ELEMENT})(?:\\s[^<>]*)?/?>`, "iu"), "HTML"],
  [
    /^[\u201c\u201d\u201e\u2018\u2019][^\u201c-\u201e\u2018\u2019]*[\u201c\u201d\u2018\u2019]$/u,
    "a pair of curly quotes",
  ],
];
/** @type {Patterns} */
const IN_PLAIN_TEXT = [
  [/&(?:#[0-9]+|#[xX][0-9a-fA-F]+|amp|lt|gt|quot|nbsp|apos);/u, "a character reference of HTML"],
  [/(?<![\\*\p{L}\p{N}_])\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*(?![*\p{L}\p{N}_])/u, "bold text of Markdown"],
  [/(?<![\\_\p{L}\p{N}])__[^\s_](?:[^_\n]*[^\s_])?__(?![_\p{L}\p{N}])/u, "bold text of Markdown"],
];

/**
 * Return what of a text its page would show as it is written.
 * @param {{ path: Path, value: any, property: Property }} found
 * @returns {Fault[]}
 */
export function shownAsWritten({ path, value, property: { schema } }) {
  if (typeof value !== "string" || /^[\p{L}\p{N}]+$/u.test(value)) return [];
  if ("enum" in schema || "const" in schema || "x-ref" in schema) return [];
  const isProse = schema["x-prose"] === true;
  const faultWith = (/** @type {string} */ what, /** @type {string} */ hint) =>
    faultOf("shown-as-written", path, [what, hint], "warning");
  const found = Array.from(value.matchAll(BRACKETS), (one) => inBrackets(one, isProse, faultWith)).flat();
  for (const [pattern, what] of [...ALWAYS, ...(isProse ? MARKUP : IN_PLAIN_TEXT)]) {
    const [shown] = pattern.exec(value) ?? [];
    if (shown === undefined) continue;
    const words = `${quoted(shown.trim())} would be shown as it is written: ${what} is not understood here`;
    found.push(faultWith(words, asPlainText(shown)));
  }
  return found;
}

/** The last character that there is. */
const LAST = 0x10_ff_ff;
const ENTITIES = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["nbsp", "\u00a0"],
  ["apos", "'"],
]);

/**
 * Say what to write for something that no text understands.
 * @param {string} shown
 */
function asPlainText(shown) {
  if (!shown.startsWith("&"))
    return /^[\u201c\u201d\u201e\u2018\u2019]/u.test(shown) ? "write it without them" : "write it as plain text";
  const name = shown.slice(1, -1);
  const code = /^#x/iu.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return `write ${quoted(ENTITIES.get(name) ?? String.fromCodePoint(code <= LAST ? code : 0xff_fd))}`;
}

/**
 * @param {RegExpExecArray} found
 * @param {boolean} isProse
 * @param {(what: string, hint: string) => Fault} faultWith
 * @returns {Fault[]}
 */
function inBrackets([whole, , target, id = ""], isProse, faultWith) {
  const isPicture = whole.startsWith("!");
  if (isProse && target && !isPicture && KNOWN_LINK.test(target)) return [];
  if (target === undefined && (!isProse || /^\d+$/u.test(id))) return []; // two brackets in a row may be anything
  const what = `the brackets of ${quoted(whole)} would be shown`;
  if (isProse && !isPicture && target !== undefined) {
    return [faultWith(what, "write the whole URL of the link, beginning with https://")];
  }
  return [faultWith(what, isProse ? "write [words](https://…), or the words alone" : "write the words alone")];
}
