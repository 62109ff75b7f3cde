/**
 * The plan in this browser: read from its storage, saved there, and shared with other tabs. It is sent nowhere.
 *
 * Storage can be forbidden, full, or hold what cannot be read. None of this stops the page: the plan stays in memory, and
 * `problem` says in words what is wrong, so that the page can show it.
 */

/** @import { Change, Plan, TextChange, Unreadable } from "../../../types/checklist.d.ts" */

import { LIMITS, PlanError } from "./checking.js";
import { fromText, toText } from "./sharing.js";
import { empty, followed, isEmpty, merge } from "./state.js";

/** The key of a site at the root of its host, and of every site before each had a plan of its own. */
const KEY = "smart-guide:plan:v1";
/** The path of this site: all pages of a host share one storage. */
const BASE = new URL("../../", import.meta.url).pathname;
/** How many milliseconds nobody must have typed before the text is saved. */
const PAUSE = 400;
const UNREADABLE = ":unreadable:";

const PROBLEMS = {
  forbidden:
    "This browser does not allow the page to save anything. You can tick steps and write notes, " +
    "but they are lost when you leave the page. Save your plan to a file, or allow site data for this site.",
  full:
    "This browser has no room left for your plan: your last changes are not saved. " +
    "They remain on this page as long as it is open. Save your plan to a file.",
  large:
    "Your plan has become too large to be saved: your last changes are lost when you leave the page. " +
    "Shorten some notes.",
};

/** The plan of this browser. */
export class Store {
  /** Returns the storage, or throws where it is forbidden. */
  #area;
  /** The key of this site's plan. */
  #key;
  /** The text that the storage held when it was last read or written. */
  /** @type {string | null} */
  #raw = null;
  /** Whether the storage holds something unreadable that must not be overwritten. */
  #locked = false;
  /** The plan without the changes that wait to be saved. */
  /** @type {Plan} */
  #base;
  /** The changes that wait to be saved, each with the plan that it was first made on. */
  /** @type {Map<string, { since: Plan, change: TextChange }>} */
  #waiting = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Whether the plan could not be saved. */
  #unsaved = false;
  /** From former ids of actions to those of today. */
  /** @type {Map<string, string>} */
  #current = new Map();
  /** @type {Set<(plan: Plan) => void>} */
  #listeners = new Set();

  /**
   * @param {() => Storage} area
   * @param {string} base the path of the site on its host
   */
  constructor(area = () => window.localStorage, base = BASE) {
    this.#area = area;
    this.#key = base === "/" ? KEY : `${KEY}:${base}`;
    /** @type {Plan} */
    this.plan = empty(newId());
    this.#base = this.plan;
    this.problem = "";
    this.#takeOver();
    this.#read();
  }

  /**
   * Call a function now and after every change, here or in another tab.
   * @param {(plan: Plan) => void} listener
   */
  onChange(listener) {
    this.#listeners.add(listener);
    listener(this.plan);
  }

  /** Take over the changes that other tabs make, and save what waits before the page is left or hidden. */
  listen() {
    window.addEventListener("storage", (event) => {
      if (event.key !== this.#key && event.key !== null) return;
      this.#read();
      if (this.#waiting.size > 0) this.#write();
      this.#tell();
    });
    window.addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush();
    });
  }

  /**
   * Follow renamed actions from now on: `current` leads from former ids to those of today.
   * @param {ReadonlyMap<string, string>} current
   */
  follow(current) {
    for (const [former, id] of current) this.#current.set(former, id);
    this.#base = this.#followed(this.#base);
    this.plan = this.#withWaiting(this.#base);
  }

  /**
   * Change the plan and return it as it was before. If the change throws an error, nothing is changed.
   * @param {Change} change
   */
  update(change) {
    this.#read(); // a frozen tab may have missed what another one wrote
    const before = this.plan;
    this.plan = change(before);
    if (this.plan !== before || this.#waiting.size > 0) this.#write();
    this.#tell();
    return before;
  }

  /**
   * Change the plan at once, and save it after a pause: for text that is being typed. A change replaces the one that waits
   * under the same key. If it throws an error, nothing is changed.
   * @param {string} key
   * @param {TextChange} change
   */
  updateSoon(key, change) {
    const replaced = this.#waiting.get(key);
    this.#waiting.set(key, { since: replaced?.since ?? this.#base, change });
    try {
      this.plan = this.#withWaiting(this.#base);
    } catch (error) {
      if (replaced) this.#waiting.set(key, replaced);
      else this.#waiting.delete(key);
      throw error;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), PAUSE);
    this.#tell();
  }

  /** Save the changes that wait, without a pause. */
  flush() {
    if (this.#waiting.size === 0) return;
    this.#read();
    this.#write();
    this.#tell();
  }

  /**
   * Return the unreadable texts that were put aside.
   * @returns {Unreadable[]}
   */
  unreadable() {
    try {
      const area = this.#area();
      const keys = Object.keys(area)
        .filter((key) => [KEY, this.#key].some((own) => key.startsWith(own + UNREADABLE)))
        .sort((a, b) => (a < b ? -1 : 1));
      return keys.map((key) => {
        const text = area.getItem(key) ?? "";
        return { key, text, reason: reasonAgainst(text) };
      });
    } catch {
      return [];
    }
  }

  /**
   * Delete the unreadable text that was put aside under a key.
   * @param {string} key
   */
  deleteUnreadable(key) {
    this.#area().removeItem(key);
    this.#tell();
  }

  /**
   * Copy the plan that was kept under the key of all sites, the first time. It stays there for other sites of the host.
   * Where it cannot be copied, it is tried again on the next page.
   */
  #takeOver() {
    try {
      const area = this.#area();
      const before = area.getItem(KEY);
      if (before !== null && area.getItem(this.#key) === null) area.setItem(this.#key, before);
    } catch {
      // What is wrong with the storage is said where it is read and written.
    }
  }

  #read() {
    let raw;
    try {
      raw = this.#area().getItem(this.#key);
    } catch {
      this.problem = PROBLEMS.forbidden;
      return;
    }
    if (raw === this.#raw || this.#locked) return;
    this.#raw = raw;
    // Gone: another tab puts something unreadable aside, or the reader cleared the data. What this page shows stays.
    if (raw === null) return;
    let found;
    try {
      found = this.#followed(fromText(raw));
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      this.#putAside(raw, error.message);
      return;
    }
    try {
      // What this page could not save must not be lost because another tab could save.
      const base = this.#unsaved ? merge(this.#base, found) : found;
      this.plan = this.#withWaiting(base);
      this.#base = base;
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      // Too much together: this page goes on with what it shows.
    }
  }

  /**
   * Put a text that cannot be read under another key. If that fails, it stays where it is, and nothing is written any more.
   * @param {string} raw
   * @param {string} reason
   */
  #putAside(raw, reason) {
    try {
      const area = this.#area();
      area.setItem(`${this.#key}${UNREADABLE}${digest(raw)}`, raw); // two tabs that do this at once use the same key
      area.removeItem(this.#key);
    } catch {
      this.#locked = true;
      this.problem =
        `The plan saved in this browser cannot be used: ${reason} ` +
        "There is no room to set it aside, so it is left unchanged, and what you do now is not saved.";
      return;
    }
    this.#raw = null;
    // The plan that this page shows is saved again; an empty one, so that the text is not taken over once more.
    if (!isEmpty(this.plan) || this.#key !== KEY) this.#write();
  }

  #write() {
    this.#base = this.plan;
    this.#waiting.clear();
    clearTimeout(this.#timer);
    if (this.#locked) return;
    const text = toText(this.plan);
    this.#unsaved = true;
    if (text.length > LIMITS.characters) {
      this.problem = PROBLEMS.large;
      return;
    }
    try {
      this.#area().setItem(this.#key, text);
    } catch (error) {
      this.problem = isFull(error) ? PROBLEMS.full : PROBLEMS.forbidden;
      return;
    }
    this.#raw = text;
    this.#unsaved = false;
    this.problem = "";
  }

  /** @param {Plan} base */
  #withWaiting(base) {
    let plan = base;
    for (const { since, change } of this.#waiting.values()) plan = change(plan, since);
    return plan;
  }

  /** @param {Plan} plan */
  #followed(plan) {
    try {
      return followed(plan, this.#current);
    } catch {
      return plan; // two notes too long to be one: the old name stays, shown as gone
    }
  }

  #tell() {
    for (const listener of this.#listeners) listener(this.plan);
  }
}

/**
 * Return a short name for a text (FNV-1a). It only has to differ from the names of other texts.
 * @param {string} text
 */
function digest(text) {
  let hash = 0x81_1c_9d_c5;
  // biome-ignore lint/suspicious/noBitwiseOperators: the hash is made of them
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93) >>> 0;
  return `${text.length}-${hash.toString(16)}`;
}

/** @param {string} text */
function reasonAgainst(text) {
  try {
    fromText(text);
    return "";
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    return error.message;
  }
}

/** @param {unknown} error */
function isFull(error) {
  return (
    error instanceof DOMException &&
    (error.name === "QuotaExceededError" || error.name === "NS_ERROR_DOM_QUOTA_REACHED")
  );
}

/** Return a number for a new plan. Not crypto.randomUUID, which plain http does not have. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
