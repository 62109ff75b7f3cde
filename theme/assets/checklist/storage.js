/**
 * The plans in this browser: read from its storage, saved there, and shared with other tabs. They are sent nowhere.
 *
 * Storage can be forbidden, full, or hold what cannot be read. None of this stops the page: the plans stay in memory, and
 * `problem` says in words what is wrong, so that the page can show it. Nothing is written before the reader changes something.
 */

/** @import { Change, Library, Plan, TextChange, Unreadable } from "../../../types/checklist.d.ts" */

import { LIMITS, PlanError } from "./checking.js";
import { currentPlan, emptyLibrary, mergedLibraries, withPlan } from "./library.js";
import { followed, merge } from "./merging.js";
import { isLibrary, readLibrary, readPlan } from "./reading.js";
import { fromText, parsed } from "./sharing.js";
import { stamped, stampFor } from "./stamping.js";
import { libraryData } from "./writing.js";

/** The key of a site at the root of its host. */
const KEY = "smart-guide:plans:v2";
/** The key of the one plan of version 1: of a site at the root, and of every site before each had a plan of its own. */
const OLD_KEY = "smart-guide:plan:v1";
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
    "Your plans have become too large to be saved: your last changes are lost when you leave the page. " +
    "Shorten some notes, or save a plan to a file and delete it here.",
};

/** The plans of this browser. */
export class Store {
  /** Returns the storage, or throws where it is forbidden. */
  #area;
  /** The key of this site's plans, and the one under which it had its plan in version 1. */
  #key;
  #oldKey;
  /** The text that the storage held when it was last read or written. */
  /** @type {string | null} */
  #raw = null;
  /** Whether the storage holds something unreadable that must not be overwritten. */
  #locked = false;
  /** The plans without the changes that wait to be saved. */
  /** @type {Library} */
  #base;
  /** The changes that wait to be saved, each with the plan that it was first made on, and whether that was saved before. */
  /** @type {Map<string, { since: Plan, isNew: boolean, change: TextChange }>} */
  #waiting = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Whether the plans could not be saved. */
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
    this.#oldKey = base === "/" ? OLD_KEY : `${OLD_KEY}:${base}`;
    /** @type {Library} */
    this.library = emptyLibrary(newBrowser(), newId());
    this.#base = this.library;
    this.problem = "";
    this.#read();
    this.#takeOver();
  }

  /** The plan that is shown. */
  get plan() {
    return currentPlan(this.library);
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
    this.library = this.#withWaiting(this.#base);
  }

  /**
   * Return the time of a change that is made now, by this browser.
   * @param {Library} library
   */
  stamp(library = this.library) {
    return stampFor(library.plans, library.browser, Date.now());
  }

  /**
   * Change the plan that is shown, and return all plans as they were before. If the change throws an error, nothing is changed.
   * @param {Change} change
   */
  update(change) {
    return this.updateAll((library) => {
      const before = currentPlan(library);
      const after = change(before);
      return after === before ? library : withPlan(library, stamped(before, after, this.stamp(library)));
    });
  }

  /**
   * Change the plans, and return them as they were before. Times are not noted: plans that are added, deleted, merged and
   * restored bring theirs. If the change throws an error, nothing is changed.
   * @param {(library: Library) => Library} change
   */
  updateAll(change) {
    this.#read(); // a frozen tab may have missed what another one wrote
    const before = this.library;
    this.library = change(before);
    if (this.library !== before || this.#waiting.size > 0) this.#write();
    this.#tell();
    return before;
  }

  /**
   * Change the plan that is shown at once, and save it after a pause: for text that is being typed. A change replaces the one
   * that waits under the same key. If it throws an error, nothing is changed.
   * @param {string} key
   * @param {TextChange} change
   */
  updateSoon(key, change) {
    const replaced = this.#waiting.get(key);
    const { since, isNew } = replaced ?? { since: currentPlan(this.#base), isNew: this.#base.saved === 0 };
    this.#waiting.set(key, { since, isNew, change });
    try {
      this.library = this.#withWaiting(this.#base);
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
        .filter((key) => [OLD_KEY, this.#oldKey, this.#key].some((own) => key.startsWith(own + UNREADABLE)))
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
   * Take over the plan of version 1: the first time, and when a tab with an older page of the site has saved one since. It is
   * deleted when the plans are first saved; the one that all sites of a host had together stays for the others.
   */
  #takeOver() {
    let old;
    try {
      const area = this.#area();
      old = area.getItem(this.#oldKey) ?? (this.#raw === null ? area.getItem(OLD_KEY) : null);
    } catch {
      return; // what is wrong with the storage is said where it is read and written
    }
    if (old === null || this.#locked) return;
    try {
      const plan = this.#followedPlan(fromText(old));
      const { library } = this;
      const known = library.plans.find(({ id }) => id === plan.id);
      this.library = known
        ? withPlan(library, merge(known, plan, this.stamp()))
        : { ...library, current: plan.id, plans: [...library.plans.filter((one) => one.actions.length > 0), plan] };
      this.#base = this.library;
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      this.#putAside(this.#oldKey, old, error.message);
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
      found = this.#followed(readLibrary(parsed(raw)));
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      this.#putAside(this.#key, raw, error.message);
      return;
    }
    try {
      // What this page could not save must not be lost because another tab could save.
      const base = this.#unsaved ? mergedLibraries(this.#base, found, this.stamp(found)) : found;
      this.library = this.#withWaiting(base);
      this.#base = base;
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      // Too much together: this page goes on with what it shows.
    }
  }

  /**
   * Put a text that cannot be read under another key. If that fails, it stays where it is, and nothing is written any more.
   * @param {string} key
   * @param {string} raw
   * @param {string} reason
   */
  #putAside(key, raw, reason) {
    try {
      const area = this.#area();
      area.setItem(`${key}${UNREADABLE}${digest(raw)}`, raw); // two tabs that do this at once use the same key
      area.removeItem(key);
    } catch {
      this.#locked = true;
      this.problem =
        `The plan saved in this browser cannot be used: ${reason} ` +
        "There is no room to set it aside, so it is left unchanged, and what you do now is not saved.";
      return;
    }
    this.#raw = null;
    // What this page shows is saved again, also if that is nothing, so that the text is not taken over once more.
    this.#write();
  }

  #write() {
    this.#base = this.library;
    this.#waiting.clear();
    clearTimeout(this.#timer);
    if (this.#locked) return;
    const library = { ...this.library, saved: Date.now() };
    const text = JSON.stringify(libraryData(library));
    this.#unsaved = true;
    if (text.length > LIMITS.characters) {
      this.problem = PROBLEMS.large;
      return;
    }
    try {
      const area = this.#area();
      area.setItem(this.#key, text);
      area.removeItem(this.#oldKey);
    } catch (error) {
      this.problem = isFull(error) ? PROBLEMS.full : PROBLEMS.forbidden;
      return;
    }
    this.library = library;
    this.#base = library;
    this.#raw = text;
    this.#unsaved = false;
    this.problem = "";
  }

  /** @param {Library} base */
  #withWaiting(base) {
    let library = base;
    for (const { since, isNew, change } of this.#waiting.values()) {
      // The plan that was typed in, also if another tab shows another one; if it was deleted, so is what was typed. What was
      // typed before anything was saved goes into the plan that another tab saved first.
      const before = library.plans.find(({ id }) => id === since.id) ?? (isNew ? currentPlan(library) : undefined);
      if (before) library = withPlan(library, stamped(before, change(before, since), this.stamp(library)));
    }
    return library;
  }

  /** @param {Library} library */
  #followed(library) {
    return { ...library, plans: library.plans.map((plan) => this.#followedPlan(plan)) };
  }

  /** @param {Plan} plan */
  #followedPlan(plan) {
    try {
      return followed(plan, this.#current);
    } catch {
      return plan; // two notes too long to be one: the old name stays, shown as gone
    }
  }

  #tell() {
    const { plan } = this;
    for (const listener of this.#listeners) listener(plan);
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
    const data = parsed(text);
    if (isLibrary(data)) readLibrary(data);
    else readPlan(data);
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

/** Return an id for a new plan. */
export function newId() {
  return randomHex(16);
}

/** Return an id for an action or a step of the reader's own. */
export function newOwnId() {
  return `own-${randomHex(6)}`;
}

/** Return an id for this browser. */
function newBrowser() {
  return randomHex(6);
}

/**
 * Return random bytes in hexadecimal. Not crypto.randomUUID, which plain http does not have.
 * @param {number} bytes
 */
function randomHex(bytes) {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
