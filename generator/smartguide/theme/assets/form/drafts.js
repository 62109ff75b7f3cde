/**
 * Drafts: forms that are not sent yet, kept in the storage of this browser and nowhere else. Nothing is stored before
 * somebody has typed something. Each draft has a key of its own, so two tabs do not write over each other; while a tab
 * works on a draft, it holds a lock, so that no other tab opens the same one.
 */

/** @import { Draft, SavedRecord } from "../../../../../types/record-form.d.ts" */

import { isMapping } from "./fields-part.js";

/** The path of this site: all sites of a host share one storage. This file is in `assets/form/`. */
const SITE = new URL("../../", import.meta.url).pathname;

export class Drafts {
  /**
   * @param {() => Storage} area returns the storage, or throws where it is forbidden
   * @param {string} site the path of the site on its host
   */
  constructor(area = () => window.localStorage, site = SITE) {
    this.area = area;
    this.begin = `smartguide:form:${site}:`;
  }

  /**
   * Return all drafts that can be read, the newest first.
   * @returns {Draft[]}
   */
  all() {
    try {
      const area = this.area();
      const keys = Array.from({ length: area.length }, (_, number) => area.key(number) ?? "");
      const found = keys.filter((key) => key.startsWith(this.begin)).flatMap((key) => read(area.getItem(key)) ?? []);
      return found.sort((a, b) => (a.saved < b.saved ? 1 : -1));
    } catch {
      return [];
    }
  }

  /**
   * Return a draft; undefined if there is none of this id, or it cannot be read.
   * @param {string} id
   */
  get(id) {
    return this.all().find((draft) => draft.id === id);
  }

  /**
   * Keep a draft, and tell whether that worked.
   * @param {Draft} draft
   */
  save(draft) {
    try {
      this.area().setItem(this.begin + draft.id, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  /** @param {string} id */
  delete(id) {
    try {
      this.area().removeItem(this.begin + id);
    } catch {
      // where nothing can be stored, nothing is
    }
  }

  /**
   * Hold a draft as long as this page is open, and tell whether no other tab holds it.
   * @param {string} id
   * @returns {Promise<boolean>}
   */
  hold(id) {
    const { locks } = navigator;
    if (!locks) return Promise.resolve(true); // only pages that are served over HTTPS have locks
    return new Promise((resolve) => {
      const held = locks.request(this.begin + id, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => undefined); // until the page is closed
      });
      held.catch(() => resolve(true)); // where storage is forbidden, locks are, too
    });
  }

  /**
   * Return the ids of the drafts that some tab works on.
   * @returns {Promise<Set<string>>}
   */
  async held() {
    const { held = [] } = (await navigator.locks?.query().catch(() => undefined)) ?? {};
    const names = held.map(({ name }) => name ?? "").filter((name) => name.startsWith(this.begin));
    return new Set(names.map((name) => name.slice(this.begin.length)));
  }
}

/**
 * Return the draft in a text; undefined if it is none: other scripts of the host, or an older version, may have written it.
 * @param {string | null} text
 * @returns {Draft | undefined}
 */
function read(text) {
  /** @type {unknown} */
  let data;
  try {
    data = JSON.parse(text ?? "");
  } catch {
    return;
  }
  if (!(isMapping(data) && Array.isArray(data["records"])) || data["records"].length === 0) return;
  const texts = ["id", "title", "saved", "correct"].every((key) => typeof data[key] === "string");
  if (!texts || Number.isNaN(Date.parse(data["saved"])) || !data["records"].every(isRecord)) return;
  return /** @type {Draft} */ (/** @type {unknown} */ (data));
}

/**
 * @param {unknown} data
 * @returns {data is SavedRecord}
 */
function isRecord(data) {
  return (
    isMapping(data) &&
    typeof data["collection"] === "string" &&
    typeof data["id"] === "string" &&
    isMapping(data["value"])
  );
}
