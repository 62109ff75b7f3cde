/** Loads what a form is made of: its data, the names of records, and the file of a record that is corrected. */

/** @import { Form, Names, Row } from "../../../../../../types/form.d.ts" */

/** The root of the site: this file is in `assets/form/model/`. */
const ROOT = new URL("../../../", import.meta.url);

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();

/**
 * Return the form of a collection. Rejects if there is none, or if it could not be loaded.
 * @param {string} collection
 * @returns {Promise<Form>}
 */
export function loadForm(collection) {
  return json(`api/v1/forms/${encodeURIComponent(collection)}.json`);
}

/**
 * Return the names of the records of a form's own collection and of those to which it refers; or of some of these.
 * @param {Form} form
 * @param {readonly string[]} [collections]
 * @returns {Promise<Names>}
 */
export async function loadNames(form, collections = Object.keys(form.targets)) {
  const entries = collections.map(async (name) => {
    /** @type {readonly Row[]} */
    const rows = await json(form.targets[name]?.names ?? "");
    return /** @type {const} */ ([name, rows]);
  });
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * Return the text of the file of a record as it is in the repository, at the time of the build.
 * @param {Form} form
 * @param {string} id
 * @returns {Promise<string>}
 */
export async function loadSource(form, id) {
  const path = form.in_one_file ? `${form.collection}.yml` : `${form.collection}/${encodeURIComponent(id)}.yml`;
  return (await answer(`api/v1/${path}`)).text();
}

/**
 * Return the data in a file. One that could not be loaded is asked for again the next time.
 * @template Data
 * @param {string} path
 * @returns {Promise<Data>}
 */
function json(path) {
  const known = loaded.get(path) ?? answer(path).then((response) => response.json());
  loaded.set(path, known);
  known.catch(() => loaded.delete(path));
  return known;
}

/**
 * @param {string} path
 * @returns {Promise<Response>}
 */
async function answer(path) {
  const response = await fetch(new URL(path, ROOT));
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return response;
}
