/** What is chosen, as the query of a URL: each value under the key of its column, several values by repeating the key. */

/** @import { State } from "../../../../../types/catalogue.d.ts" */

/** @type {State} */
export const NOTHING = { text: "", chosen: new Map(), all: new Set(), sort: "", embed: false };

/**
 * Return what the query of a URL chooses. Keys that the list does not have are left alone: they belong to others.
 * @param {string} query
 * @param {readonly string[]} keys the columns that the list is filtered by
 * @param {readonly string[]} sortable
 * @returns {State}
 */
export function read(query, keys, sortable) {
  const given = new URLSearchParams(query);
  const values = keys.map((key) => /** @type {const} */ ([key, [...new Set(given.getAll(key).filter(Boolean))]]));
  const sort = given.get("sort") ?? "";
  return {
    text: given.get("text") ?? "",
    chosen: new Map(values.filter(([, chosen]) => chosen.length > 0)),
    all: new Set(given.getAll("all").filter((key) => keys.includes(key))),
    sort: sortable.includes(sort.replace(/^-/u, "")) ? sort : "",
    embed: given.has("embed"),
  };
}

/**
 * Return the query of what is chosen, with "?" before it; empty if nothing is.
 * @param {State} state
 */
export function written(state) {
  const pairs = [...state.chosen].flatMap(([key, values]) => values.map((value) => [key, value]));
  for (const key of state.all) if (state.chosen.has(key)) pairs.push(["all", key]);
  if (state.text) pairs.push(["text", state.text]);
  if (state.sort) pairs.push(["sort", state.sort]);
  const query = pairs.map(([key = "", value = ""]) => `${encoded(key)}=${encoded(value)}`);
  if (state.embed) query.push("embed");
  return query.length > 0 ? `?${query.join("&")}` : "";
}

/**
 * Return what is chosen with other values of one column; none take the filter away.
 * @param {State} state
 * @param {string} key
 * @param {readonly string[]} values
 * @returns {State}
 */
export function withValues(state, key, values) {
  const chosen = new Map(state.chosen);
  if (values.length > 0) chosen.set(key, values);
  else chosen.delete(key);
  return { ...state, chosen };
}

/**
 * Return what is chosen with records that have all chosen values of a column, or any of them.
 * @param {State} state
 * @param {string} key
 * @param {boolean} isAll
 * @returns {State}
 */
export function withAll(state, key, isAll) {
  const all = new Set(state.all);
  if (isAll) all.add(key);
  else all.delete(key);
  return { ...state, all };
}

/**
 * Return what is chosen without some filters; the text has an empty key.
 * @param {State} state
 * @param {readonly string[]} keys
 * @returns {State}
 */
export function without(state, keys) {
  const chosen = new Map([...state.chosen].filter(([key]) => !keys.includes(key)));
  return { ...state, text: keys.includes("") ? "" : state.text, chosen };
}

/** @param {string} text */
function encoded(text) {
  return encodeURIComponent(text).replaceAll("%20", "+").replaceAll("%2C", ",").replaceAll("%3A", ":");
}
