/** References to records that do not exist, and what to do about each: what `checks/references.py` says. */

/** @import { Fault, Form, Known, Names, Path, Row, Target, Value } from "../../../../../../types/form.d.ts" */

import { faultOf } from "./explaining.js";
import { slug } from "./naming.js";
import { rootOf } from "./schema.js";
import { ALIKE, casefold, didYouMean, inAlphabet, quoted } from "./words.js";

/** How alike (of 100) a long id must be to be named: what is not there is new more often than it is misspelt. */
const CLOSE = 75;
/** Characters of an id in which a slip makes a large difference. */
const SHORT = 8;
/** So many ids are listed in a message; where there are more, only the nearest is named. */
const FEW = 20;

/**
 * Return the fault of each value that should name a record and names none. Collections whose names are not loaded are
 * passed over.
 * @param {Form} form
 * @param {Value} record
 * @param {Names} names
 * @param {Known} known
 * @returns {Fault[]}
 */
export function danglingIn(form, record, names, known) {
  /** @type {Map<string, ReadonlyMap<string, Row>>} */
  const tables = new Map();
  return referencesIn(form, record).flatMap(({ path, value, ref }) => {
    const { [ref.collection]: rows } = names;
    const target = form.targets[ref.collection];
    if (!(rows && target)) return [];
    const place = `${ref.collection}#${ref.key}`;
    const table = tables.get(place) ?? byValue([...rows, ...(known.added?.[ref.collection] ?? [])], ref.key);
    tables.set(place, table);
    if (table.has(String(value))) return [];
    const words = `no ${target.title.toLowerCase()} ${quoted(value)}`;
    return [faultOf("unknown-reference", path, [words, hintFor(String(value), ref.key, table, target)])];
  });
}

/**
 * Return records by what others refer to them by.
 * @param {readonly Row[]} rows
 * @param {string} key
 * @returns {ReadonlyMap<string, Row>}
 */
function byValue(rows, key) {
  return new Map(rows.flatMap((row) => valuesOf(row, key).map((one) => [one, row])));
}

/**
 * Return the values of a record that name other records: texts, and numbers where the schema declares a whole number.
 * @param {Form} form
 * @param {Value} record
 * @returns {{ path: Path, value: string | number, ref: { collection: string, key: string }, property: import("./schema.js").Property }[]}
 */
export function referencesIn(form, record) {
  return [...rootOf(form).values(record)].flatMap(({ path, value, property }) => {
    const { ref } = property;
    const isNamed = typeof value === "string" || (typeof value === "number" && property.types.has("integer"));
    const isUrl = property.schema["x-or-url"] === true && /^https?:\/\//u.test(String(value));
    return ref && isNamed && !isUrl ? [{ path, value, ref, property }] : [];
  });
}

/**
 * Return what a record is referred to by: its id, or the value of a property.
 * @param {Row} row
 * @param {string} key
 * @returns {string[]}
 */
function valuesOf([id, , , values], key) {
  if (key === "") return [id];
  const value = values?.[key];
  return value === undefined ? [] : [value];
}

/**
 * @param {string} value
 * @param {string} key
 * @param {ReadonlyMap<string, Row>} known
 * @param {Target} target
 */
function hintFor(value, key, known, target) {
  const now =
    key === "" ? Array.from(known.values()).find(([, , , , former]) => former?.includes(value))?.[0] : undefined;
  if (now !== undefined) return `${quoted(value)} is now ${quoted(now)}: write ${quoted(now)}`;
  const byLabel = new Map(Array.from(known, ([one, [, label]]) => [casefold(label), one]));
  const meant = byLabel.get(casefold(value));
  if (meant !== undefined) return `did you mean ${quoted(meant)}?`;
  const near = didYouMean(value, known.keys(), Array.from(value).length <= SHORT ? ALIKE : CLOSE);
  const added = known.size > 0 ? howToAdd(value, key, target) : "";
  if (near) return added ? `${near} If it is a new one, ${added}` : near;
  const few = known.size > 0 && known.size <= FEW ? `there are: ${inAlphabet(known.keys()).join(", ")}` : "";
  return [few, added && `if it is a new one, ${added}`].filter(Boolean).join("; ");
}

/**
 * Say where the record goes that a reference names, if it is a new one.
 * @param {string} value
 * @param {string} key
 * @param {Target} target
 */
function howToAdd(value, key, target) {
  const id = slug(value);
  const isOneFile = !target.file.includes("*");
  const where = isOneFile ? `add '${id}:' to ${target.file}` : `add the file ${target.file.replace("*", id)}`;
  if (key !== "") return `${where} with '${key}: ${value}'`;
  return id === value ? where : `${where}, and write ${quoted(id)} here`;
}
