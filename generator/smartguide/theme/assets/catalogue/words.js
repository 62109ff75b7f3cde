/** What is chosen and what was found, in words. */

/** @import { Answer, Filter, List } from "../../../../../types/catalogue.d.ts" */

import { inSentence, shownNumber } from "./text.js";

/**
 * Return a filter in words: "Sectors: Photonics or Textiles".
 * @param {Filter} filter
 */
export function filterWords({ title, labels, isAll }) {
  return `${title}: ${labels.join(isAll ? " and " : " or ")}`;
}

/**
 * Return which words are looked for in place of one that no record has: "Nothing has “nowel”; looked for “novel”".
 * @param {Filter["misspelt"][number]} found
 */
function insteadWords({ word, meant }) {
  return `Nothing has “${word}”; looked for ${meant.map((one) => `“${one}”`).join(" or ")}`;
}

/**
 * Return how many records were found: "12 of 60 books", and which words were corrected.
 * @param {List} list
 * @param {Answer} answered
 */
export function foundWords({ data }, { filters, rows }) {
  const total = `${shownNumber(data.total)} ${inSentence(data.total === 1 ? data.one : data.title)}`;
  const found = filters.length > 0 ? `${shownNumber(rows.length)} of ${total}` : total;
  return [found, ...filters.flatMap(({ misspelt }) => misspelt.map(insteadWords))].join(". ");
}

/**
 * Return the sentence that says that there is nothing.
 * @param {List} list
 * @param {Answer} answered
 */
export function noneWords({ data }, { filters }) {
  if (filters.length === 0) return `There are no ${inSentence(data.title)}.`;
  const all = filters.length > 1 ? "all of this" : "this";
  const unknown = filters.flatMap(({ title, unknown: values }) =>
    values.map((value) => ` “${value}” is not among the values of “${title}”.`),
  );
  return `No ${inSentence(data.one)} has ${all}: ${filters.map(filterWords).join("; ")}.${unknown.join("")}`;
}

/** By themselves: the first date that a browser formats costs a phone a tenth of a second. */
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];

/**
 * Return a date as people write it: "Jan 2016".
 * @param {string} date
 */
export function dateWords(date) {
  const [year, month, day] = date.split("-");
  return [day && Number(day), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}
