/**
 * The rules of every knowledge base that hold for one record, and for it and the names and values of all others: what
 * `checks/rules.py` says. `forms/only_ci.py` lists those that are not here.
 */

/** @import { Fault, Form, Known, Names, Path, Value } from "../../../../../../types/form.d.ts" */

import { faultOf } from "./explaining.js";
import { referencesIn } from "./references.js";
import { Property, rootOf } from "./schema.js";
import { valueAt } from "./schema-errors.js";
import { shownAsWritten } from "./shown-as-written.js";
import { casefold, quoted } from "./words.js";

/** A value of a record, where it stands, and its property. @typedef {{ path: Path, value: any, property: Property }} Found */

/** What rules go by. @typedef {{ form: Form, record: Value, names: Names, known: Known, values: readonly Found[] }} Subject */

/**
 * The rules, by their ids.
 * @type {Readonly<Record<string, (subject: Subject) => Fault[]>>}
 */
export const RULES = {
  order,
  repeated,
  "not-unique": notUnique,
  ambiguous,
  "same-name": sameName,
  "refers-to-itself": refersToItself,
  "local-url": localUrl,
  "alias-is-name": aliasIsName,
  "former-id": formerId,
  "taken-url": takenUrl,
  "blank-text": blankText,
  date: existingDate,
  unreferenced,
  verified,
  "shown-as-written": ({ values }) => values.flatMap(shownAsWritten),
};

/**
 * Return what the rules find in a record.
 * @param {Form} form
 * @param {Value} record
 * @param {Names} names
 * @param {Known} known
 * @returns {Fault[]}
 */
export function brokenRules(form, record, names, known) {
  const values = [...rootOf(form).values(record)].slice(1);
  return Object.values(RULES).flatMap((rule) => rule({ form, record, names, known, values }));
}

/**
 * A value is at most, or below, the value beside it that its schema names.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function order({ record, values }) {
  const keywords = /** @type {const} */ (["x-at-most", "x-below"]);
  return keywords.flatMap((keyword) =>
    having(values, keyword).flatMap(({ path, value, property }) => {
      const sibling = property.schema[keyword];
      const other = valueAt(record, [...path.slice(0, -1), sibling]);
      if (isInOrder(value, other, keyword)) return [];
      const ofNumbers = keyword === "x-at-most" ? "is more than" : "is not less than";
      const isText = typeof value === "string";
      const [one, limit] = isText ? [quoted(value), quoted(other)] : [value, other];
      const what = `${one} ${isText ? "is after" : ofNumbers} the ${quoted(sibling)}, ${limit}`;
      return [faultOf("order", path, [what, "swap them, or correct one"])];
    }),
  );
}

/**
 * Tell whether a value is at most, or below, another one; so are values that cannot be compared.
 * @param {any} value
 * @param {any} other
 * @param {string} keyword
 */
function isInOrder(value, other, keyword) {
  if (typeof other !== typeof value || !["string", "number"].includes(typeof value)) return true;
  return value < other || (keyword === "x-at-most" && value === other) || areAsFar(value, other);
}

/**
 * Tell whether one of two dates is within the other (a day in a month, a month in a year): neither is later.
 * @param {any} one
 * @param {any} other
 */
function areAsFar(one, other) {
  if (typeof one !== "string" || one === other) return false;
  return one.startsWith(`${other}-`) || other.startsWith(`${one}-`);
}

/**
 * No two entries of a list have the same value in a property that is unique in its list.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function repeated({ values }) {
  /** @type {Map<string, Path>} */
  const seen = new Map();
  return having(values, "x-unique").flatMap(({ path, value, property }) => {
    if (property.schema["x-unique"] !== "list" || typeof value === "object") return [];
    const last = path.findLastIndex((part) => typeof part === "number");
    const within = JSON.stringify([path.slice(0, Math.max(last, 0)), property.name, value]);
    const first = seen.get(within);
    if (!first) {
      seen.set(within, path);
      return [];
    }
    const what = `${quoted(value)} is in the list already (entry ${Number(first[last] ?? 0) + 1})`;
    return [faultOf("repeated", path, [what, "delete one of the two entries, or choose another value"])];
  });
}

/**
 * No two records share the value of a property that is unique among them.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function notUnique({ form, record, known, values }) {
  return form.taken.flatMap(({ property: name, per, values: taken }) =>
    values.flatMap(({ path, value, property }) => {
      if (property.name !== name || typeof value === "object") return [];
      const within = per === "" ? "" : String(record[per] ?? "None");
      const other = taken.find(([one, group, id]) => one === value && group === within && id !== known.id);
      if (!other) return [];
      const what = `${quoted(value)} is the ${name} of ${pathOf(form, form.collection, other[2])} too`;
      return [faultOf("not-unique", path, [what, another(value, taken)])];
    }),
  );
}

/**
 * Say what to write for a value that is taken: of numbers, the next one that is free.
 * @param {any} value
 * @param {import("../../../../../../types/form.d.ts").Taken["values"]} taken
 */
function another(value, taken) {
  if (!Number.isInteger(value)) return "give it another one";
  const numbers = taken.map(([one]) => one).filter((one) => typeof one === "number");
  return `give it another one, such as ${Math.max(...numbers) + 1}`;
}

/**
 * No two records share a value by which others refer to them.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function ambiguous({ form, record, names, known }) {
  const rows = names[form.collection] ?? [];
  const keys = new Set(rows.flatMap(([, , , values]) => Object.keys(values ?? {})));
  return [...keys].flatMap((key) => {
    const isToldOtherwise = "x-unique" in (rootOf(form).properties.get(key)?.schema ?? {});
    if (isToldOtherwise || record[key] === undefined) return [];
    const every = [...rows, ...(known.added?.[form.collection] ?? [])];
    const other = every.find(([id, , , values]) => values?.[key] === String(record[key]) && id !== known.id);
    if (!other) return [];
    const place = pathOf(form, form.collection, other[0]);
    const what = `${quoted(record[key])} is the ${key} of ${quoted(other[0])} too (${place})`;
    return [faultOf("ambiguous", [key], [what, "correct one of the two, or delete one of the records"])];
  });
}

/**
 * No two records of a collection have the same name, unless one continues the other. A name that a record had before
 * is not told.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function sameName({ form, record, names, known }) {
  const label = String(record[form.label] ?? "");
  const rows = [...(names[form.collection] ?? []), ...(known.added?.[form.collection] ?? [])];
  const before = rows.find(([id]) => id === known.id);
  if (label === "" || (before && casefold(before[1]) === casefold(label))) return [];
  const continued = new Set(
    referencesIn(form, record).flatMap(({ value, property }) =>
      property.schema["x-continues"] ? [String(value)] : [],
    ),
  );
  const other = rows.find(([id, name]) => id !== known.id && !continued.has(id) && casefold(name) === casefold(label));
  if (!other) return [];
  const what = `${quoted(label)} is the name of ${pathOf(form, form.collection, other[0])} too`;
  const hint = "if it is the same one, merge the two records; if not, tell them apart by their names";
  return [faultOf("same-name", [form.label], [what, hint])];
}

/**
 * A record refers to others, not to itself.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function refersToItself({ form, record, names, known }) {
  const own = names[form.collection]?.find(([id]) => id === known.id);
  if (!own) return [];
  return referencesIn(form, record).flatMap(({ path, value, ref, property }) => {
    const isOwn = ref.collection === form.collection && String(value) === (ref.key === "" ? own[0] : own[3]?.[ref.key]);
    if (!isOwn) return [];
    return property.schema["x-continues"]
      ? [faultOf("continues", path, ["a record cannot continue itself", "name the earlier one"])]
      : [faultOf("refers-to-itself", path, ["is the record itself", "name another one, or take it out"], "warning")];
  });
}

/**
 * A URL leads to a host that every reader can reach.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function localUrl({ values }) {
  return texts(values).flatMap(({ path, value }) => {
    const [, host] = /^https?:\/\/(?:[^/@\s]*@)?(\[[^\]\s]*\]|[^/:?#\s]+)/iu.exec(value) ?? [];
    if (host === undefined || !isLocal(host)) return [];
    const what = `${quoted(host)} is a host that only its own network can reach`;
    return [faultOf("local-url", path, [what, "write the public URL, or take it out"], "warning")];
  });
}

const LOCAL_NAMES = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];
/** The beginnings of numbers of hosts that are not on the public internet. */
const LOCAL_NUMBERS =
  /^(?:0|10|127|2[4-9]\d|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.0\.[02]|192\.168|198\.1[89]|198\.51\.100|203\.0\.113)\./u;

/** @param {string} host */
function isLocal(host) {
  if (host.startsWith("[")) return !/^\[[23]/u.test(host) || /^\[2001:0?db8:/iu.test(host);
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/u.test(host)) return LOCAL_NUMBERS.test(host);
  const name = host.toLowerCase().replace(/\.+$/u, "");
  return !name.includes(".") || LOCAL_NAMES.some((end) => name.endsWith(end));
}

/**
 * Another spelling differs from the name and from the line that describes the record.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function aliasIsName({ form, record, values }) {
  const own = [record[form.label], record[form.summary]];
  return textsOf(values, "x-alias")
    .filter(({ value }) => own.includes(value))
    .map(({ path, value }) =>
      faultOf("alias-is-name", path, [`${quoted(value)} is the name itself`, "take it out"], "warning"),
    );
}

/**
 * A former id leads to one record only, and is not the id of a record that exists.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function formerId({ form, names, known, values }) {
  return textsOf(values, "x-former-ids").flatMap(({ path, value }) => {
    const other = (names[form.collection] ?? []).find(
      ([id, , , , former]) => id === value || (id !== known.id && former?.includes(value)),
    );
    if (!other) return [];
    const what = `${quoted(value)} is an id of ${pathOf(form, form.collection, other[0])}`;
    return [faultOf("former-id", path, [what, "take it out"])];
  });
}

/**
 * The URL of a new record is not that of another page.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function takenUrl({ form, names, known }) {
  const { newId } = known;
  if (newId === undefined) return [];
  const other = (names[form.collection] ?? []).find(([id, , , , former]) => id === newId || former?.includes(newId));
  if (other) {
    const what = `the id ${quoted(newId)} is taken by ${pathOf(form, form.collection, other[0])}`;
    return [faultOf("duplicate-id", ["id"], [what, "choose another"])];
  }
  const taken = form.taken_ids[newId];
  if (taken === undefined) return [];
  const what = `the URL /${form.url}${newId}/ is that of ${taken}`;
  const hint = taken.startsWith("content/") ? `rename ${taken}, or choose another id` : "choose another id";
  return [faultOf("taken-url", ["id"], [what, hint])];
}

/**
 * A new record that readers find only through others is named by one of them.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function unreferenced({ form, known }) {
  if (known.isNamed !== false || form.named_by.length === 0) return [];
  const hint = known.nameIn?.length
    ? `name it above, under ${known.nameIn.map((one) => quoted(one)).join(" or ")}`
    : "readers find it only through others: choose one that names it";
  return [faultOf("unreferenced", ["named by"], ["no record names this one yet", hint], "warning")];
}

/**
 * A record was compared with a document on a day that has come, when the document was there.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function verified({ form, values }) {
  const given = new Map(having(values, "x-verified").map((one) => [one.property.schema["x-verified"], one]));
  const [on, against] = [given.get("on"), given.get("against")];
  if (!(on && isDay(on.value))) return [];
  if (on.value > tomorrow()) {
    const hint = "write the day on which you compared the record with the document";
    return [faultOf("verified", on.path, [`${quoted(on.value)} is in the future`, hint])];
  }
  const published = form.dates[against?.property.ref?.collection ?? ""]?.[String(against?.value)] ?? "";
  if (published === "" || on.value >= firstDay(published)) return [];
  const what = `${quoted(on.value)} is before the date of ${quoted(against?.value)}, ${published}`;
  return [faultOf("verified", on.path, [what, "correct the day, or name the document that was there on that day"])];
}

/** Return the last day that can have come: it may be tomorrow elsewhere. */
function tomorrow() {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/**
 * Return the first day of a year or a month, or the day itself.
 * @param {string} date
 */
function firstDay(date) {
  return `${date}-01-01`.slice(0, 10);
}

/**
 * A text is more than blanks.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function blankText({ values }) {
  return texts(values)
    .filter(({ value }) => value !== "" && value.trim() === "")
    .map(({ path }) =>
      faultOf("blank-text", path, ["holds nothing but blanks", "write something or leave the key out"]),
    );
}

const DAY = /^([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?$/u;

/**
 * A date is in the calendar.
 * @param {Subject} subject
 * @returns {Fault[]}
 */
function existingDate({ values }) {
  return texts(values).flatMap(({ path, value, property: { schema } }) => {
    const found = DAY.exec(value);
    if (!found || (found[3] === undefined && !isMonth(schema.examples)) || schema.format === "date") return [];
    const { pattern } = schema;
    if (typeof pattern === "string" && pattern.includes("[") && !new RegExp(pattern, "u").test(value)) return [];
    if (isInCalendar(found)) return [];
    const what = `the date ${quoted(value)} is not in the calendar`;
    return [faultOf("date", path, [what, "look the date up, or write less of it"])];
  });
}

/**
 * Tell whether there is the day, or the month, that was found in a text.
 * @param {RegExpExecArray} found
 */
function isInCalendar(found) {
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 1)];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * Tell whether a value is a whole day of the calendar.
 * @param {any} value
 */
function isDay(value) {
  const found = typeof value === "string" ? DAY.exec(value) : null;
  return found !== null && found[3] !== undefined && isInCalendar(found);
}

/** @param {unknown} examples */
function isMonth(examples) {
  return Array.isArray(examples) && examples.some((one) => typeof one === "string" && DAY.test(one));
}

/**
 * @param {readonly Found[]} values
 * @param {string} keyword
 */
function having(values, keyword) {
  return values.filter(({ property }) => keyword in property.schema);
}

/** @param {readonly Found[]} values */
function texts(values) {
  return values.filter(({ value }) => typeof value === "string");
}

/**
 * Return the texts of the properties that have a keyword, those of lists each with its path.
 * @param {readonly Found[]} values
 * @param {string} keyword
 * @returns {{ path: Path, value: string }[]}
 */
function textsOf(values, keyword) {
  return having(values, keyword).flatMap(({ path, value }) => {
    const entries = Array.isArray(value)
      ? value.map((one, at) => ({ path: [...path, at], value: one }))
      : [{ path, value }];
    return entries.filter((one) => typeof one.value === "string");
  });
}

/**
 * Return the file of a record.
 * @param {Form} form
 * @param {string} collection
 * @param {string} id
 */
function pathOf(form, collection, id) {
  return (form.targets[collection]?.file ?? "").replace("*", id);
}
