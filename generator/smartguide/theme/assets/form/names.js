/** The names of the records to which a form refers: those of the site, loaded when they are needed, and new ones. */

/** @import { Form, Names, Row } from "../../../../../types/form.d.ts" */

import { loadNames } from "./model/loading.js";

export class KnownNames {
  /** @type {Record<string, readonly Row[]>} */
  #loaded = {};
  /** @type {Map<string, { of: string, rows: readonly Row[] }>} */
  #together = new Map();

  /**
   * @param {() => readonly Form[]} forms the forms of all records on the page
   * @param {() => Names} added the records that are new on the page
   */
  constructor(forms, added) {
    this.forms = forms;
    this.added = added;
  }

  /** What is loaded. @returns {Names} */
  get loaded() {
    return this.#loaded;
  }

  /**
   * Load the names of a collection. Rejects if they do not load.
   * @param {string} collection
   */
  async load(collection) {
    if (this.#loaded[collection]) return;
    const form = this.forms().find((one) => collection in one.targets);
    if (!form) return;
    const names = await loadNames(form, [collection]);
    this.#loaded = { ...this.#loaded, ...names };
  }

  /** Load all names that the forms need. Rejects if some do not load. */
  async loadAll() {
    const collections = new Set(this.forms().flatMap((form) => Object.keys(form.targets)));
    await Promise.all([...collections].map((collection) => this.load(collection)));
  }

  /**
   * Return all records of a collection that are known: the same array as long as they are the same.
   * @param {string} collection
   * @returns {readonly Row[]}
   */
  rows(collection) {
    const loaded = this.#loaded[collection] ?? [];
    const added = this.added()[collection] ?? [];
    const of = JSON.stringify([loaded.length, added]);
    const known = this.#together.get(collection);
    if (known?.of === of) return known.rows;
    const rows = [...added, ...loaded];
    this.#together.set(collection, { of, rows });
    return rows;
  }
}
