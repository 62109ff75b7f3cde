/** A small list about books, as the generator publishes it. */

import { answer, prepared } from "../../../generator/smartguide/theme/assets/catalogue/list.js";
import { read } from "../../../generator/smartguide/theme/assets/catalogue/query.js";

/** @import { Published } from "../../../types/catalogue.d.ts" */

/** @type {Published} */
const BOOKS = {
  collection: "books",
  title: "Books",
  one: "Book",
  name: "title",
  url: "books/",
  total: 5,
  id: ["aran", "emma", "lokis", "sea", "zoo"],
  label: ["Arán", "Emma", "Łokis", "The sea", "Zoo"],
  summary: ["", "A match-maker", "", "", "=1+1"],
  names: ["", "", "Bear", "", ""],
  columns: [
    {
      key: "genre",
      title: "Genre",
      type: "choice",
      filter: true,
      shown: true,
      values: [
        ["play", "play"],
        ["novel", "novel"],
      ],
      of: [0, 1, 1, null, 1],
    },
    {
      key: "author.country",
      title: "Country of author",
      type: "choice",
      filter: true,
      shown: true,
      values: [
        ["IE", "Ireland", "countries/ie/"],
        ["GB", "United Kingdom", "countries/uk/"],
        ["FR", "France", "countries/fr/", "French · Frankreich"],
      ],
      of: [0, 1, 2, [0, 1], null],
    },
    { key: "pages", title: "Pages", type: "number", filter: true, shown: true, of: [90, 480, 60, 300, null] },
    {
      key: "printed",
      title: "Printed",
      type: "date",
      filter: true,
      shown: true,
      of: ["1907", "1815-12", "1869", "2005-06-01", null],
    },
    {
      key: "readers",
      title: "Readers",
      type: "records",
      filter: true,
      shown: true,
      values: [
        ["ann", "Ann", "readers/ann/"],
        ["bob", "Bob", "readers/bob/"],
      ],
      of: [null, [0, 1], 0, 1, []],
    },
  ],
};

export const list = prepared(BOOKS);
export const KEYS = BOOKS.columns.map(({ key }) => key);

/**
 * Return what is chosen by a query.
 * @param {string} query
 */
export function stateOf(query) {
  return read(query, KEYS, ["title", ...KEYS]);
}

/**
 * Return the answer to a query.
 * @param {string} query
 */
export function answerTo(query) {
  return answer(list, stateOf(query));
}

/**
 * Return the ids of what a query finds, in their order.
 * @param {string} query
 */
export function found(query) {
  return answerTo(query)
    .rows.map((row) => BOOKS.id[row])
    .join(" ");
}
