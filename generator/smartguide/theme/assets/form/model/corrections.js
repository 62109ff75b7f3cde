/** What to write for a value that breaks its schema: what `checks/corrections.py` says. */

/** @import { Schema } from "../../../../../../types/form.d.ts" */

import { yaml } from "./packages.js";
import { documentOf } from "./reading.js";
import { ITEM, isMapping, Property } from "./schema.js";
import { errorsOf } from "./schema-errors.js";
import { casefold, didYouMean, quoted } from "./words.js";

/** So many digits a number may have to be read. */
export const MOST_DIGITS = 18;
/** So long a text may be for a hint to show it as it is to be written. */
export const LONGEST = 60;
const TRUE = new Set(["yes", "y", "on", "1", "true", "ja", "oui", "si", "sí"]);
const FALSE = new Set(["no", "n", "off", "0", "false", "nein", "non"]);
// biome-ignore lint/security/noSecrets: marks
const QUOTES = "\"'\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a`\u00b4";
const TYPOGRAPHIC = new RegExp(`[${QUOTES.slice(2)}]`, "u");
const SEPARATORS = " ,.'\u2019\u00a0\u2009\u202f_";
const THOUSANDS = new RegExp(`^[-+]?[0-9]{1,3}(?:[${SEPARATORS}][0-9]{3})+$`, "u");
const DIGITS = "write digits only: no quotes, no thousands separator, no unit";
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** A text that begins with a sign with which word processors begin the entries of a list. */
const MARKED = /^[\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u2023\u25aa\u25cf\u25cb\u25e6\u00b7\u002a\u002b]\s/u;
/** The keywords that say which texts are right. */
const OF_TEXT = ["pattern", "format", "enum", "const", "minLength", "maxLength"];
const LIMITING = ["pattern", "enum", "const", "format", "x-ref"];

/**
 * Return `true` or `false` for what people write for it; an empty text for anything else.
 * @param {unknown} value
 */
export function meantBoolean(value) {
  const word = casefold(String(value));
  if (TRUE.has(word)) return "true";
  return FALSE.has(word) ? "false" : "";
}

/**
 * Tell whether a schema takes a text, whatever its type.
 * @param {string} text
 * @param {Schema} schema
 */
export function fits(text, schema) {
  const wanted = Object.fromEntries(OF_TEXT.filter((one) => one in schema).map((one) => [one, schema[one]]));
  return errorsOf(wanted, text).length === 0;
}

/**
 * Say what to write for a text that does not have the form that a schema wants; empty if that is not clear.
 * @param {unknown} value
 * @param {Schema} schema
 */
export function toFit(value, schema) {
  for (const candidate of candidates(String(value).trim())) {
    if (candidate !== value && fits(candidate, schema)) return `write ${written(candidate)}`;
  }
  return "";
}

/**
 * @param {string} text
 * @returns {Generator<string>}
 */
function* candidates(text) {
  yield text;
  yield stripped(text, QUOTES);
  if (/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+(?:\/|$)/u.test(text)) yield `https://${text}`;
  const host = /^(?:https?)?:?\/*(?=[\p{L}\p{N}_-]+\.)/iu.exec(text);
  if (host) yield `https://${text.slice(host[0].length)}`;
  yield* [text.toLowerCase(), text.toUpperCase()];
  yield* dates(text);
}

/**
 * @param {string} text
 * @returns {Generator<string>}
 */
function* dates(text) {
  const joined = (/** @type {(string | undefined)[]} */ parts) =>
    parts.flatMap((part) => (part ? [part.padStart(2, "0")] : [])).join("-");
  const yearFirst = /^([0-9]{4})[-./]([0-9]{1,2})(?:[-./]([0-9]{1,2}))?$/u.exec(text);
  if (yearFirst) yield joined(yearFirst.slice(1));
  const monthFirst = /^([0-9]{1,2})[-./]([0-9]{4})$/u.exec(text);
  if (monthFirst) yield joined([monthFirst[2], monthFirst[1]]);
  const [, day, name = "", year] = /^(?:([0-9]{1,2})\.?\s+)?([A-Za-z]{3,})\.?\s+([0-9]{4})$/u.exec(text) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  if (name !== "" && month >= 0) yield joined([year, String(month + 1), day]);
  const dayFirst = /^(1[3-9]|2[0-9]|3[01])[-./]([0-9]{1,2})[-./]([0-9]{4})$/u.exec(text);
  if (dayFirst) yield joined([dayFirst[3], dayFirst[2], dayFirst[1]]);
}

/**
 * Say which values there are, as they are written, and which is meant; `value` is none of them.
 * @param {unknown} value
 * @param {readonly any[]} options
 */
export function allowed(value, options) {
  const shown = options.map((one) => (typeof one === "string" ? written(one) : JSON.stringify(one)));
  const known = `allowed: ${shown.join(", ")}`;
  if (typeof value === "string") {
    const bare = stripped(value, `${QUOTES} `);
    if (bare !== value && options.includes(bare)) {
      const isInQuotes = written(bare) !== bare || QUOTES.includes(value.trim().charAt(0));
      const right = isInQuotes ? inQuotes(bare) : bare;
      return TYPOGRAPHIC.test(value) ? `use straight quotes: ${right}` : `write ${right}`;
    }
    const same = options.findIndex((one) => casefold(String(one)) === casefold(value));
    if (same >= 0) return `did you mean '${shown[same]}'? ${known}`;
  }
  return [didYouMean(pythonText(value), options.map(pythonText)), known].filter(Boolean).join(" ");
}

/** @param {unknown} value */
function pythonText(value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  return value === null ? "None" : String(value);
}

/**
 * Say what to write for a text where a number belongs.
 * @param {string} text
 */
export function toNumber(text) {
  const bare = stripped(text.trim(), QUOTES);
  if (/^[-+]?[0-9]+(?:\.[0-9]+)?$/u.test(bare) && bare !== text) return `write ${bare}`;
  if (THOUSANDS.test(bare)) {
    const digits = bare.replace(new RegExp(`[${SEPARATORS}]`, "gu"), "");
    return `write ${digits}: a number has no thousands separator`;
  }
  if (/^[-+]?[0-9]+,[0-9]+$/u.test(bare)) return `write ${bare.replace(",", ".")}: decimals follow a point`;
  return /^[0-9]+$/u.test(bare) ? `write ${bare}, without quotes` : DIGITS;
}

/**
 * Say what to write for another number where a whole one belongs.
 * @param {string} text
 */
export function toWholeNumber(text) {
  const [hint, number] = [toNumber(text), text.replace(",", ".")];
  if (THOUSANDS.test(text) || !/^[-+]?[0-9]*\.[0-9]+$/u.test(number)) return hint;
  const below = Math.floor(Number(number));
  return `write a whole number, such as ${below} or ${below + 1}`;
}

/**
 * Say what to write for a single value where a list belongs.
 * @param {any} value
 * @param {Property | undefined} declared
 */
export function toList(value, declared) {
  const item = declared?.item;
  if (isMapping(value)) {
    let first = Object.keys(value)[0] ?? "";
    if (item && item.properties.size > 0 && !item.properties.has(first)) first = requiredOf(item)[0] ?? first;
    return `begin each entry with '- ' on a line of its own, as in ${quoted(`- ${first}: …`)}`;
  }
  const text = pythonText(value);
  if (MARKED.test(text)) return "begin each entry with '-' and a space, on a line of its own";
  const parts = text
    .split(/[,;]/u)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length === 0) parts.push(text);
  if (item?.types.has("object") && !item.types.has("string")) {
    return `below the key, ${asEntry(parts[0] ?? "", item, true)}`;
  }
  if (parts.length > 1 && text.length <= LONGEST) return `write [${parts.map(written).join(", ")}]`;
  const shown = text.length <= LONGEST ? quoted(`- ${written(text)}`) : "each entry after '- '";
  return `write ${shown} on a line of its own below the key`;
}

/**
 * Say what to write for a text where a mapping belongs: the text under the key that it is most probably meant for.
 * @param {string} text
 * @param {Property} declared
 * @param {boolean} isInList
 */
export function asEntry(text, declared, isInList) {
  const required = requiredOf(declared);
  const all = [...declared.properties];
  const free = all
    .filter(([, child]) => takesAnyText(child))
    .sort((one, other) => longestOf(other[1]) - longestOf(one[1]));
  const fitting = required.filter((key) => fits(text, declared.properties.get(key)?.schema ?? {}));
  const [name] = required.length > 0 ? [...fitting, ...required] : free.map(([one]) => one);
  if (name === undefined) return purpose(declared.schema);
  const shown = text.length <= LONGEST ? written(text) : "…";
  const entry = quoted(`${isInList ? "- " : ""}${name}: ${shown}`, 2 * LONGEST);
  const others = required.filter((one) => one !== name);
  if (others.length > 0) return `write ${entry}, and below it ${others.map((one) => `${one}: …`).join(", ")}`;
  const optional = all.map(([one]) => one).filter((one) => one !== name);
  return `write ${entry}${required.length === 0 && optional.length > 0 ? `; other keys: ${optional.join(", ")}` : ""}`;
}

/** @param {Property} declared */
function requiredOf(declared) {
  return [...declared.properties].filter(([, child]) => child.isRequired).map(([name]) => name);
}

/** @param {Property} declared */
function longestOf({ schema }) {
  const examples = Array.isArray(schema.examples) ? schema.examples : [];
  return Math.max(0, ...examples.map((one) => String(one).length));
}

/** @param {Property} declared */
function takesAnyText(declared) {
  return declared.types.has("string") && !LIMITING.some((one) => one in declared.schema) && declared.key !== ITEM;
}

/**
 * Say what a property is for, with an example.
 * @param {Schema} schema
 */
export function purpose(schema) {
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  const isShown = example !== undefined && example !== null && typeof example !== "object";
  const description = String(schema.description ?? "").replace(/\.+$/u, "");
  return [description, isShown ? `for example ${JSON.stringify(example)}` : ""].filter(Boolean).join("; ");
}

/**
 * Return a text as it can stand in a record: in quotes if it would be read as something else without them.
 * @param {string} text
 */
export function written(text) {
  try {
    const root = /** @type {any} */ (documentOf(text.includes(",") ? `k: ${text}` : `[k: ${text}]`).contents);
    const entry = yaml.isMap(root) ? root : root?.items?.[0];
    const node = entry?.items?.[0]?.value;
    return yaml.isScalar(node) && node.value === text && node.type === "PLAIN" ? text : inQuotes(text);
  } catch {
    return inQuotes(text);
  }
}

/**
 * Return a text as it can stand in a record, in quotes.
 * @param {string} text
 */
export function inQuotes(text) {
  return /["\\]/u.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

/**
 * Return a text without some characters at its ends.
 * @param {string} text
 * @param {string} chars
 */
function stripped(text, chars) {
  let [start, end] = [0, text.length];
  while (start < end && chars.includes(text.charAt(start))) start += 1;
  while (end > start && chars.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
