/** Changes in mappings and lists that are written in brackets. */

/** @import { Edit, Entry, Source } from "./source.js" */

import { alignment, isAscending, isEqual } from "./alignment.js";
import { isFlow } from "./source.js";
import { inFlow } from "./style.js";

/**
 * An entry that is to be there: the number of the one that it was, its values, and its text if it is written anew.
 * @typedef {{ from: number | undefined, before: any, after: any, text: string }} Wanted
 */

/**
 * Return the edits that change a mapping or a list in brackets.
 * @param {Source} source
 * @param {Entry} entry
 * @param {any} before
 * @param {any} after
 * @returns {Edit[]}
 */
export function editsInFlow(source, { node }, before, after) {
  const entries = source.entriesOf(node);
  const wanted = Array.isArray(after) ? ofList(before, after) : ofMapping(entries, before, after);
  const from = wanted.map((one) => one.from);
  if (from.every((number) => number === undefined) || !isAscending(from)) {
    const text = wanted.map((one) => pieceOf(source, entries, one)).join(", ");
    const [start, end] = node.range;
    return [{ start, end, text: Array.isArray(after) ? `[${text}]` : `{${text}}` }];
  }
  return [...changed(source, entries, wanted), ...removed(entries, from)];
}

/**
 * @param {readonly any[]} before
 * @param {readonly any[]} after
 * @returns {Wanted[]}
 */
function ofList(before, after) {
  const from = alignment(before, after);
  return after.map((value, at) => {
    const number = from[at];
    return {
      from: number,
      before: number === undefined ? undefined : before[number],
      after: value,
      text: inFlow(value),
    };
  });
}

/**
 * @param {readonly Entry[]} entries
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 * @returns {Wanted[]}
 */
function ofMapping(entries, before, after) {
  const keys = entries.map(({ key }) => key ?? "");
  const all = [...keys.filter((key) => key in after), ...Object.keys(after).filter((key) => !keys.includes(key))];
  return all.map((key) => ({
    from: keys.includes(key) ? keys.indexOf(key) : undefined,
    before: before[key],
    after: after[key],
    text: `${inFlow(key)}: ${inFlow(after[key])}`,
  }));
}

/**
 * Return the text of an entry: as it stands there if it has not changed.
 * @param {Source} source
 * @param {readonly Entry[]} entries
 * @param {Wanted} wanted
 */
function pieceOf(source, entries, { from, before, after, text }) {
  const entry = from === undefined ? undefined : entries[from];
  return entry && isEqual(before, after) ? source.text.slice(entry.start, entry.end) : text;
}

/**
 * Return the edits for entries that are new or have another value.
 * @param {Source} source
 * @param {readonly Entry[]} entries
 * @param {readonly Wanted[]} wanted
 * @returns {Edit[]}
 */
function changed(source, entries, wanted) {
  /** @type {Entry | undefined} */
  let last;
  return wanted.flatMap((one) => {
    if (one.from === undefined) {
      const place = last ? last.end : (entries[0]?.start ?? 0);
      return [{ start: place, end: place, text: last ? `, ${one.text}` : `${one.text}, ` }];
    }
    last = entries[one.from];
    return last ? valueIn(source, last, one) : [];
  });
}

/**
 * @param {Source} source
 * @param {Entry} entry
 * @param {Wanted} wanted
 * @returns {Edit[]}
 */
function valueIn(source, entry, { before, after }) {
  if (isEqual(before, after)) return [];
  const isGroup = typeof after === "object" && after !== null && Object.keys(after).length > 0;
  const isSameType = Array.isArray(before) === Array.isArray(after) && typeof before === "object" && before !== null;
  if (isFlow(entry.node) && isGroup && isSameType && entry.node.items.length > 0) {
    return editsInFlow(source, entry, before, after);
  }
  return [{ start: entry.lead, end: entry.end, text: (entry.key === undefined ? "" : " ") + inFlow(after) }];
}

/**
 * Return the edits that take away the entries that are not among those of some numbers.
 * @param {readonly Entry[]} entries
 * @param {readonly (number | undefined)[]} from
 * @returns {Edit[]}
 */
function removed(entries, from) {
  const last = from.findLast((number) => number !== undefined) ?? -1;
  const inside = entries.flatMap(({ start }, number) => {
    const next = entries[number + 1];
    return from.includes(number) || number > last || !next ? [] : [{ start, end: next.start, text: "" }];
  });
  const [kept, end] = [entries[last], entries.at(-1)];
  return kept && end && kept !== end ? [...inside, { start: kept.end, end: end.end, text: "" }] : inside;
}
