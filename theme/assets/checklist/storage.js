/**
 * The plan in this browser: read, kept, and told to other tabs; nothing of it goes anywhere else.
 *
 * Storage can be forbidden, full, or hold what nobody can read. None of this stops the page: the plan lives on in
 * memory, and `problem` says in words what is wrong, so that the page can show it.
 */

import { LIMITS, PlanError } from "./checking.js";
import { fromText, toText } from "./sharing.js";
import { empty, followed, isEmpty, merge } from "./state.js";

export const KEY = "smart-guide:plan:v1";
const ASIDE = `${KEY}:unreadable:`;

const WORDS = {
  forbidden:
    "This browser does not let the page keep anything. You can tick and write, " +
    "but it is gone when you leave the page. Save your plan to a file, or allow site data for this site.",
  full:
    "This browser has no room left for your plan: your last changes are not kept. " +
    "They stay on this page as long as it is open. Save your plan to a file.",
  large:
    "Your plan has become too large to be kept: your last changes are lost when you leave the page. " +
    "Shorten some notes.",
};

/** The plan of this browser. `area` gives the storage, and may throw; `onChange` hears of every change. */
export class Store {
  #area;
  #raw = null;
  #locked = false;
  #unsaved = false;
  #current = new Map();
  #listeners = new Set();

  constructor(area = () => window.localStorage) {
    this.#area = area;
    this.plan = empty(newId());
    this.problem = "";
    this.#read();
  }

  /** Call a function now and after every change, here or in another tab. */
  onChange(listener) {
    this.#listeners.add(listener);
    listener(this.plan);
  }

  /** Take over a change that another tab made. */
  listen(target = window) {
    target.addEventListener("storage", (event) => {
      if (event.key !== KEY && event.key !== null) return;
      this.#read();
      this.#tell();
    });
  }

  /** Follow renamed actions from now on: `current` is a Map from a former id to the id of today. */
  follow(current) {
    for (const [former, id] of current) this.#current.set(former, id);
    this.plan = this.#followed(this.plan);
  }

  /** Change the plan by a function from plan to plan; return the plan as it was. What it throws changes nothing. */
  update(change) {
    this.#read(); // a frozen tab may have missed what another one wrote
    const before = this.plan;
    this.plan = change(before);
    if (this.plan !== before) this.#write();
    this.#tell();
    return before;
  }

  /** Return what was put aside: under which key, the text itself, and why it cannot be read. */
  aside() {
    try {
      const area = this.#area();
      const keys = Object.keys(area).filter((key) => key.startsWith(ASIDE));
      return keys.sort().map((key) => ({ key, text: area.getItem(key), reason: reasonAgainst(area.getItem(key)) }));
    } catch {
      return [];
    }
  }

  /** Delete what was put aside under a key. */
  discard(key) {
    this.#area().removeItem(key);
    this.#tell();
  }

  #read() {
    let raw;
    try {
      raw = this.#area().getItem(KEY);
    } catch {
      this.problem = WORDS.forbidden;
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
      // What this page could not keep must not be lost because another tab could.
      this.plan = this.#unsaved ? merge(this.plan, found) : found;
    } catch {
      // Too much together: this page goes on with what it shows.
    }
  }

  /** Keep what cannot be read under another key, and go on. If even that fails, it stays, and nothing is written. */
  #putAside(raw, reason) {
    try {
      const area = this.#area();
      area.setItem(`${ASIDE}${digest(raw)}`, raw); // named by what it says: two tabs that do this at once agree
      area.removeItem(KEY);
    } catch {
      this.#locked = true;
      this.problem =
        `What this browser had kept of your plan cannot be used: ${reason} ` +
        "There is no room to put it aside, so it stays untouched, and what you do now is not kept.";
      return;
    }
    this.#raw = null;
    if (!isEmpty(this.plan)) this.#write(); // another tab's rubbish does not wipe out what this page shows
  }

  #write() {
    if (this.#locked) return;
    const text = toText(this.plan);
    this.#unsaved = true;
    if (text.length > LIMITS.characters) {
      this.problem = WORDS.large;
      return;
    }
    try {
      this.#area().setItem(KEY, text);
    } catch (error) {
      this.problem = isFull(error) ? WORDS.full : WORDS.forbidden;
      return;
    }
    this.#raw = text;
    this.#unsaved = false;
    this.problem = "";
  }

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

/** Return a short name for a text (FNV-1a); nothing depends on it but not writing over another text. */
function digest(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return `${text.length}-${hash.toString(16)}`;
}

function reasonAgainst(text) {
  try {
    fromText(text);
    return "";
  } catch (error) {
    return error.message;
  }
}

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
