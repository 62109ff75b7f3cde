/** Loads what the search needs, once, and only when the search is used. */

import { Names } from "./names.js";
import { Texts } from "./texts.js";

/** The root of the site: this file is in `assets/search/`. */
export const ROOT = new URL("../../", import.meta.url);
const ENGINE = new URL("vendor/minisearch.js", import.meta.url);

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();

/**
 * Return the data in a file of the folder `search/`. One that could not be loaded is asked for again the next time.
 * @template Data
 * @param {string} file
 * @returns {Promise<Data>}
 */
export function load(file) {
  const known = loaded.get(file) ?? fetched(file);
  loaded.set(file, known);
  known.catch(() => loaded.delete(file));
  return known;
}

/**
 * @param {string} file
 * @returns {Promise<unknown>}
 */
async function fetched(file) {
  const response = await fetch(new URL(`search/${file}`, ROOT));
  if (!response.ok) throw new Error(`${response.status} ${file}`);
  return response.json();
}

/** @type {Promise<Names> | undefined} */
let loading;

/**
 * Return the search for names.
 * @returns {Promise<Names>}
 */
export function loadNames() {
  loading ??= madeNames().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @returns {Promise<Names>} */
async function madeNames() {
  /** @type {[import("../../../../../types/search.d.ts").Index, typeof import("minisearch")]} */
  const [index, { default: Engine }] = await Promise.all([load("names.json"), import(ENGINE.href)]);
  return new Names(index, Engine);
}

/**
 * Return what is found for a question, with the files loaded that it needs. If nothing was probably meant, a letter at
 * the beginning may be wrong: then more of a large index is loaded, and all of it if nothing is found at all.
 * @param {string} question
 * @returns {Promise<{ names: Names, found: import("../../../../../types/search.d.ts").Found }>}
 */
export async function findNames(question) {
  const names = await loadNames();
  await addParts(names, names.parts(question, 0));
  let found = names.search(question);
  if (isEnough(found, question)) return { names, found };
  if (await addParts(names, names.parts(question, 1))) found = names.search(question);
  if (found.hits.length > 0 || isEnough(found, question)) return { names, found };
  if (await addParts(names, names.parts(question, 2))) found = names.search(question);
  return { names, found };
}

/**
 * @param {import("../../../../../types/search.d.ts").Found} found
 * @param {string} question
 * @returns {boolean}
 */
function isEnough({ isGood }, question) {
  return isGood || question.length < 4;
}

/**
 * Add files to an index that it has not, and tell whether there was any.
 * @param {Names} names
 * @param {readonly string[]} files
 * @returns {Promise<boolean>}
 */
async function addParts(names, files) {
  const wanted = files.filter((file) => !names.has(file));
  /** @type {import("../../../../../types/search.d.ts").Table[]} */
  const tables = await Promise.all(wanted.map((file) => load(file)));
  for (const [number, file] of wanted.entries()) {
    const table = tables[number];
    if (table) names.addPart(file, table);
  }
  return wanted.length > 0;
}

/** @returns {Promise<Texts>} */
export async function loadTexts() {
  /** @type {import("../../../../../types/search.d.ts").TextIndex} */
  const index = await load("texts.json");
  return new Texts(index, load);
}
