/** The list and its filters. Pure: the published data and what is chosen in, records and numbers out. */

/** @import { Answer, Cell, Column, Filter, List, Published, PublishedColumn, State, Value, WayOut } from "../../../../../types/catalogue.d.ts" */

import { folded } from "./text.js";
import { typedFilter } from "./typed.js";

/** So many filters fit into the bits of a number. */
const MOST_FILTERS = 31;
const RANGE = /^(?<from>-?\d*(?:\.\d+)?)\.\.(?<to>-?\d*(?:\.\d+)?)$/u;

/**
 * Return a list that is ready to be filtered.
 * @param {Published} data
 * @returns {List}
 */
export function prepared(data) {
  const columns = data.columns.map(preparedColumn);
  const words = columns.filter(isChosenFrom).map((column) => ({
    cells: column.cells,
    values: column.values.map(valueWords),
  }));
  const dates = columns.filter(({ type }) => type === "date");
  const texts = data.id.map((_, row) => {
    const label = folded(data.label[row] ?? "");
    const own = folded([data.summary[row], data.names[row]].join(" "));
    const years = dates.flatMap(({ cells }) => cells[row] ?? []);
    const others = words.flatMap(({ cells, values }) => (cells[row] ?? []).map((number) => values[number]));
    return ` ${[label, label.replaceAll(" ", ""), own, ...years, ...others].join(" ")}`;
  });
  /** @type {ReadonlySet<string> | undefined} */
  let vocabulary;
  return {
    data,
    columns,
    texts,
    get words() {
      vocabulary ??= new Set(texts.flatMap((text) => text.trim().split(" ")));
      return vocabulary;
    },
  };
}

/**
 * Return the words by which a value is found: those for it, and its other names.
 * @param {Value} value
 */
export function valueWords([, label, , names = ""]) {
  return folded(`${label} ${names}`);
}

/**
 * Return the URL of the page of a record, relative to the root of the site.
 * @param {Pick<Published, "url" | "folders">} data
 * @param {string} id
 */
export function pageUrl({ url, folders }, id) {
  if (!folders) return `${url}${id}/`;
  const [collection = "", record = ""] = id.split("/");
  const folder = folders[collection] ?? "";
  return folder.endsWith("#") ? `${folder}${record}` : `${folder}${record}/`;
}

/**
 * Tell whether a column has values to choose from.
 * @param {Pick<Column, "type">} column
 */
export function isChosenFrom({ type }) {
  return type === "choice" || type === "records";
}

/**
 * @param {PublishedColumn} column
 * @returns {Column}
 */
function preparedColumn(column) {
  const values = column.values ?? [];
  const cells = column.of.map((cell) => many(cell).map(column.type === "date" ? year : Number));
  /** @type {number[] | undefined} */
  let order;
  /** @type {number[] | undefined} */
  let rank;
  return {
    ...column,
    values,
    cells,
    // When they are asked for: comparing texts costs a phone a tenth of a second the first time.
    get order() {
      order ??= byName(values);
      return order;
    },
    get rank() {
      rank ??= ranked(this.order);
      return rank;
    },
  };
}

/**
 * Return the numbers of values in the order in which people choose from them.
 * @param {readonly Value[]} values
 */
function byName(values) {
  const { compare } = new Intl.Collator("en", { numeric: true });
  return [...values.keys()].sort((a, b) => compare(values[a]?.[1] ?? "", values[b]?.[1] ?? ""));
}

/**
 * Return the place of each number in an order.
 * @param {readonly number[]} order
 */
function ranked(order) {
  const rank = order.map(() => 0);
  for (const [place, number] of order.entries()) rank[number] = place;
  return rank;
}

/**
 * @param {Cell} cell
 * @returns {readonly (number | string)[]}
 */
function many(cell) {
  if (cell === null) return [];
  return typeof cell === "object" ? cell : [cell];
}

/** @param {number | string} date */
function year(date) {
  return Number.parseInt(String(date), 10);
}

/**
 * Return the records that pass everything that is chosen, in the order that is chosen.
 * @param {List} list
 * @param {State} state
 * @returns {Answer}
 */
export function answer(list, state) {
  const filters = chosenFilters(list, state).slice(0, MOST_FILTERS);
  const failed = new Uint32Array(list.data.total);
  const rows = [];
  for (let row = 0; row < failed.length; row += 1) {
    let bits = 0;
    for (const [number, filter] of filters.entries()) if (!filter.fits(row)) bits += 2 ** number;
    failed[row] = bits;
    if (bits === 0) rows.push(row);
  }
  return { filters, failed, rows: sorted(list, rows, state.sort) };
}

/**
 * @param {List} list
 * @param {State} state
 * @returns {Filter[]}
 */
function chosenFilters(list, state) {
  const filters = list.columns.flatMap((column) => {
    const values = state.chosen.get(column.key);
    const isAll = column.type === "choice" && state.all.has(column.key);
    return values ? [ofColumn(column, values, isAll)] : [];
  });
  const typed = typedFilter(list, state.text);
  return typed ? [...filters, typed] : filters;
}

/**
 * @param {Column} column
 * @param {readonly string[]} chosen
 * @param {boolean} isAll whether a record is to have all of them, or any
 * @returns {Filter}
 */
function ofColumn(column, chosen, isAll) {
  const ranges = isChosenFrom(column)
    ? []
    : chosen.map((value) => range(value) ?? { from: Number.NaN, to: Number.NaN });
  if (column.type === "records") ranges.push(...chosen.flatMap((value) => range(value) ?? []));
  const wanted = new Set(chosen.map((value) => numberOf(column, value)));
  const fits = (/** @type {number} */ row) => {
    const cells = column.cells[row] ?? [];
    if (isAll) return [...wanted].every((number) => cells.includes(number));
    if (isChosenFrom(column) && cells.some((number) => wanted.has(number))) return true;
    const measured = column.type === "records" && isKnown(column, row) ? [cells.length] : cells;
    return ranges.some(({ from, to }) => measured.some((value) => value >= from && value <= to));
  };
  const unknown = chosen.filter(
    (value) => !(numberOf(column, value) >= 0 || (column.type !== "choice" && range(value))),
  );
  const labels = chosen.map((value) => labelOf(column, value));
  return { key: column.key, title: column.title, labels, unknown, isAll, misspelt: [], fits };
}

/**
 * Return the number of a value of a column, from the value or the id of its record; -1 for none.
 * @param {Column} column
 * @param {string} value
 */
export function numberOf(column, value) {
  const wanted = value.toLowerCase();
  const found = column.values.findIndex(([written]) => written.toLowerCase() === wanted);
  if (found >= 0) return found;
  return column.values.findIndex(([, , url]) => url?.replace(/\/$/u, "").split(/[/#]/u).at(-1) === wanted);
}

/**
 * Return a range that is written as "2", "2..5", "2.." or "..5"; undefined for anything else.
 * @param {string} value
 */
export function range(value) {
  const found = RANGE.exec(/^-?\d+(?:\.\d+)?$/u.test(value) ? `${value}..${value}` : value)?.groups;
  if (!found || (found.from === "" && found.to === "")) return;
  return {
    from: found.from === "" ? Number.NEGATIVE_INFINITY : Number(found.from),
    to: found.to === "" ? Number.POSITIVE_INFINITY : Number(found.to),
  };
}

/**
 * Return the words for a value that is chosen.
 * @param {Column} column
 * @param {string} value
 */
function labelOf(column, value) {
  const label = isChosenFrom(column) ? column.values[numberOf(column, value)]?.[1] : undefined;
  const found = range(value);
  if (label !== undefined || column.type === "choice" || !found) return label ?? value;
  if (found.from === found.to) return value;
  if (!Number.isFinite(found.to)) return column.type === "date" ? `from ${found.from}` : `${found.from} or more`;
  return Number.isFinite(found.from) ? `${found.from} to ${found.to}` : `up to ${found.to}`;
}

/**
 * Tell whether it is known what a record has in a column; of records that refer to it, it is known that there are none.
 * @param {Column} column
 * @param {number} row
 */
export function isKnown({ of }, row) {
  return of[row] !== null;
}

/**
 * Tell whether a record can have several values of a column that one chooses from.
 * @param {Column} column
 */
export function hasSeveral({ type, cells }) {
  return type === "choice" && cells.some((cell) => cell.length > 1);
}

/**
 * Return how many records each value of a column has among those that pass all other filters, and that have all other
 * values that are chosen if all are wanted.
 * @param {Column} column
 * @param {Answer} answered
 */
export function counts(column, { filters, failed }) {
  const found = new Uint32Array(column.values.length);
  const own = filters.findIndex((filter) => filter.key === column.key && !filter.isAll);
  const bit = own < 0 ? 0 : 2 ** own;
  for (let row = 0; row < failed.length; row += 1) {
    if (failed[row] === 0 || failed[row] === bit)
      for (const number of column.cells[row] ?? []) found[number] = (found[number] ?? 0) + 1;
  }
  return found;
}

/**
 * Return the ways out of an empty answer: the fewest filters to leave out, those that give most first.
 * @param {Answer} answered
 * @returns {WayOut[]}
 */
export function waysOut({ filters, failed }) {
  /** @type {Map<number, number>} */
  const sets = new Map();
  for (const bits of failed) sets.set(bits, (sets.get(bits) ?? 0) + 1);
  const sizes = [...sets.keys()].map(size);
  const fewest = Math.min(...sizes);
  return [...sets.keys()]
    .filter((bits) => size(bits) === fewest)
    .sort((a, b) => a - b)
    .map((bits) => ({
      leaveOut: filters.filter((_, number) => Math.floor(bits / 2 ** number) % 2 === 1),
      total: sets.get(bits) ?? 0,
    }))
    .sort((a, b) => b.total - a.total);
}

/** @param {number} bits */
function size(bits) {
  return bits.toString(2).replaceAll("0", "").length;
}

/**
 * Return records in the order that is chosen: by name, or by a column. Those that have nothing there come last.
 * @param {List} list
 * @param {readonly number[]} rows
 * @param {string} sort
 */
function sorted(list, rows, sort) {
  const isDown = sort.startsWith("-");
  const column = list.columns.find(({ key }) => key === sort.replace(/^-/u, ""));
  if (!column) return isDown ? rows.toReversed() : rows;
  const measures = new Map(rows.map((row) => [row, measure(column, row)]));
  return rows.toSorted((a, b) => {
    const [one, other] = [measures.get(a), measures.get(b)];
    if (one === other) return a - b;
    if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
    return one < other === isDown ? 1 : -1;
  });
}

/**
 * Return what a record is sorted by: how many records it has, its number or date, or the place of its first value.
 * @param {Column} column
 * @param {number} row
 */
function measure(column, row) {
  const [first] = column.cells[row] ?? [];
  if (column.type === "records") return isKnown(column, row) ? column.cells[row]?.length : undefined;
  if (first === undefined) return;
  if (column.type === "choice") return column.rank[first];
  return column.type === "date" ? String(many(column.of[row] ?? null)[0]) : first;
}
