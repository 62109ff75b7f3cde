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
 * Return that several filters by properties of the same other records need not hold for the same one: "genre of books" and
 * "country of books".
 * @param {readonly Filter[]} filters
 */
function apartWords(filters) {
  const [one, other] = filters.filter(({ key }, _, all) => {
    const [through, ...rest] = key.split(".");
    return rest.length > 0 && all.some((another) => another.key !== key && another.key.startsWith(`${through}.`));
  });
  return one && other ? [`“${one.title}” and “${other.title}” need not belong to the same one`] : [];
}

/**
 * Return how many records were found: "12 of 60 books", and which words were corrected.
 * @param {List} list
 * @param {Answer} answered
 */
export function foundWords({ data }, { filters, rows }) {
  const total = `${shownNumber(data.total)} ${inSentence(data.total === 1 ? data.one : data.title)}`;
  const found = filters.length > 0 ? `${shownNumber(rows.length)} of ${total}` : total;
  const corrected = filters.flatMap(({ misspelt }) => misspelt.map(insteadWords));
  return [found, ...corrected, ...apartWords(filters)].join(". ");
}

/**
 * Return the words of the button that leads to what was found: "Show 12 books".
 * @param {List} list
 * @param {Answer} answered
 */
export function showWords({ data }, { rows }) {
  return `Show ${shownNumber(rows.length)} ${inSentence(rows.length === 1 ? data.one : data.title)}`;
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
