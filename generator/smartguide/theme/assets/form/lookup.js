/** Finds records by their names, with the search of the site. */

/** @import { Row } from "../../../../../types/form.d.ts" */

import { Names } from "../search/names.js";

/** So many records are offered. */
const MOST = 8;

/** @type {Promise<typeof import("minisearch")> | undefined} */
let engine;
/** @type {WeakMap<readonly Row[], Names>} */
const known = new WeakMap();

function loadEngine() {
  engine ??= import(new URL("../search/vendor/minisearch.js", import.meta.url).href);
  engine.catch(() => {
    engine = undefined;
  });
  return engine;
}

/**
 * Return the records that are probably meant by a text, the best first, with the name by which each was found, if that
 * is not the name that it is shown with.
 * @param {readonly Row[]} rows the same array as long as the records are the same
 * @param {string} text
 * @returns {Promise<{ row: Row, name: string }[]>}
 */
export async function find(rows, text) {
  const { default: Engine } = await loadEngine();
  let names = known.get(rows);
  if (!names) {
    const records = rows.map(
      ([id, label, others]) => /** @type {[number, string, string, string[]]} */ ([0, id, label, [...(others ?? [])]]),
    );
    names = new Names({ kinds: [["", "", "", 1]], facts: [], records }, Engine);
    known.set(rows, names);
  }
  const byId = new Map(rows.map((row) => [row[0], row]));
  const { hits } = names.search(text);
  const found = hits.map(({ named, name }) => ({ id: named.id, name }));
  const alike = found.length > 0 ? [] : names.alike(text).map(({ id }) => ({ id, name: "" }));
  return [...found, ...alike].slice(0, MOST).flatMap(({ id, name }) => {
    const row = byId.get(id);
    return row ? [{ row, name }] : [];
  });
}
