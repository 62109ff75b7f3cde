/** What the dialog of the search does. It is loaded when the search is used for the first time. */

import { element } from "./dom.js";
import { FAILED } from "./frame.js";
import { findNames, loadNames, loadTexts } from "./loading.js";
import { group, item, meant, nameGroups } from "./results.js";
import { setShortcut, shortcutIsOn } from "./shortcut.js";

/** After so many milliseconds without a key, the texts are searched too: they cost more to load than the names. */
const PAUSE = 500;
/** A question of fewer letters is not looked for in the texts. */
const SHORTEST = 3;
const TEXTS_SHOWN = 8;

export class SearchDialog {
  /** @param {import("./frame.js").SearchFrame} frame */
  constructor(frame) {
    this.frame = frame;
    this.input = frame.input;
    this.dialog = frame.dialog;
    this.found = element("div", { class: "sg-search__found" });
    this.inTexts = element("div", { class: "sg-search__found" });
    this.asked = "";
    this.turn = 0;
    this.isGuess = false;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {Promise<void>} */
    this.shown = Promise.resolve();
    this.dialog.append(element("div", { class: "sg-search__results" }, this.found, this.inTexts), footer());
    this.input.addEventListener("input", () => this.ask());
    this.dialog.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      // A place on this page is not loaded anew, so the dialog would stay open above it.
      if (event.target === this.dialog || link?.pathname === window.location.pathname) this.dialog.close();
    });
    this.dialog.addEventListener("keydown", (event) => this.move(event));
    this.dialog.addEventListener("close", () => this.closed());
  }

  /** Answer what is in the field when the dialog has opened. It may be closed again by now. */
  begin() {
    if (!this.dialog.open) {
      this.closed();
      return;
    }
    this.asked = "";
    if (!this.input.value.trim()) this.frame.say("");
    this.ask();
    loadNames().catch(() => this.frame.say(FAILED)); // so that they are there when the first word is typed
  }

  /** Take the question out of the URL. */
  closed() {
    window.clearTimeout(this.timer);
    remember("");
  }

  /** Look for what is typed now, however it came there: by keys, by the mouse or by voice. */
  ask() {
    const question = this.input.value.trim();
    if (question === this.asked) return;
    this.asked = question;
    this.turn += 1;
    window.clearTimeout(this.timer);
    this.inTexts.replaceChildren();
    remember(question);
    if (!question) {
      this.found.replaceChildren();
      this.frame.say("");
      return;
    }
    const { turn } = this;
    this.shown = this.showNames(question, turn).catch(() => {
      if (this.isNow(turn)) this.frame.say(FAILED);
    });
    if (question.length >= SHORTEST) {
      this.timer = window.setTimeout(() => {
        this.showTexts(question, turn).catch(() => this.isNow(turn) && this.frame.say(FAILED));
      }, PAUSE);
    }
  }

  /**
   * Tell whether nothing else was asked since.
   * @param {number} turn
   * @returns {boolean}
   */
  isNow(turn) {
    return this.turn === turn && this.dialog.open;
  }

  /**
   * @param {string} question
   * @param {number} turn
   */
  async showNames(question, turn) {
    const { names, found } = await findNames(question);
    if (!this.isNow(turn)) return;
    this.isGuess = found.isGuess;
    this.inTexts.before(this.found);
    this.found.replaceChildren(...(found.hits.length > 0 ? nameGroups(names, found) : meant(names, question)));
    this.frame.say(this.isGuess ? `Nothing is called “${question}”.` : namesFound(found.hits.length));
  }

  /**
   * @param {string} question
   * @param {number} turn
   */
  async showTexts(question, turn) {
    const [texts] = await Promise.all([loadTexts(), this.shown]);
    const found = await texts.search(question);
    const { hits, words } = found;
    const first = await Promise.all(hits.slice(0, TEXTS_SHOWN).map((hit) => texts.shown(hit, words)));
    if (!this.isNow(turn)) return;
    const said = this.frame.status.textContent ?? "";
    this.frame.say(`${said} ${inPages(found, texts.words(question).length)}`);
    if (hits.length === 0) return;
    const items = first.map(({ url, kind, title, heading, excerpt }) =>
      item(url, heading ? `${title}: ${heading}` : title, kind, excerpt),
    );
    // Pages that have the words stand above names that are only like them, unless somebody is among these already.
    if (this.isGuess && !this.found.contains(document.activeElement)) this.found.before(this.inTexts);
    this.inTexts.replaceChildren(group("In the texts", items));
    this.more(hits.slice(TEXTS_SHOWN), texts, words);
  }

  /**
   * Offer the further pages, some at a time.
   * @param {readonly import("../../../../../types/search.d.ts").TextHit[]} hits
   * @param {import("./texts.js").Texts} texts
   * @param {readonly string[]} words
   */
  more(hits, texts, words) {
    if (hits.length === 0) return;
    const button = element("button", { type: "button", class: "sg-tool sg-search__more" }, "Show more pages");
    button.addEventListener("click", async () => {
      const shown = await Promise.all(hits.slice(0, TEXTS_SHOWN).map((hit) => texts.shown(hit, words)));
      const items = shown.map(({ url, kind, title, heading, excerpt }) =>
        item(url, heading ? `${title}: ${heading}` : title, kind, excerpt),
      );
      this.inTexts.querySelector("ul")?.append(...items);
      button.remove();
      items[0]?.querySelector("a")?.focus();
      this.more(hits.slice(TEXTS_SHOWN), texts, words);
    });
    this.inTexts.append(button);
  }

  /** @returns {HTMLAnchorElement[]} */
  get links() {
    return [...this.dialog.querySelectorAll("a")];
  }

  /** Go to the best result; if it is not there yet, as soon as it is. */
  async openFirst() {
    this.ask();
    const { turn } = this;
    await this.shown;
    if (this.isNow(turn)) this.links[0]?.click();
  }

  /**
   * Move through the results by arrow keys; a letter that is typed there goes into the question.
   * @param {KeyboardEvent} event
   */
  move(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { links } = this;
    const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    const isTyped = event.key.length === 1 && event.key !== " ";
    if (at >= 0 && (isTyped || event.key === "Backspace")) {
      this.input.focus();
      return;
    }
    if (at < 0 && document.activeElement !== this.input) return;
    const to = after(event.key, at, links.length);
    if (to === undefined || links.length === 0) return;
    event.preventDefault();
    if (to < 0) this.input.focus();
    else links[Math.min(to, links.length - 1)]?.focus();
  }
}

/**
 * Return the number of the result that a key leads to, -1 for the field; undefined for a key that leads nowhere.
 * @param {string} key
 * @param {number} at the number of the result that has the focus, -1 if the field has it
 * @param {number} count how many results there are
 * @returns {number | undefined}
 */
function after(key, at, count) {
  if (key === "ArrowDown") return at + 1;
  if (key === "ArrowUp") return at - 1;
  if (key === "Home" && at >= 0) return 0;
  return key === "End" && at >= 0 ? count - 1 : undefined;
}

/** Return the help below the results, with the way to turn the shortcut off. */
function footer() {
  const box = element("input", { type: "checkbox" });
  box.checked = shortcutIsOn();
  box.addEventListener("change", () => setShortcut(box.checked));
  return element(
    "div",
    { class: "sg-search__footer" },
    element(
      "p",
      { id: "sg-search-help" },
      "Arrow keys move through the results, Enter opens one, Esc closes the search.",
    ),
    element("label", {}, box, " The key / opens the search"),
  );
}

/** @param {number} names */
function namesFound(names) {
  return names === 1 ? "1 name found." : `${names} names found.`;
}

/**
 * Return how many pages have the words of a question in their texts: all of them, or the most that any page has.
 * @param {import("../../../../../types/search.d.ts").FoundTexts} found
 * @param {number} words how many words were looked for
 * @returns {string}
 */
function inPages({ hits, missing }, words) {
  const what = words > 1 ? "these words" : "this word";
  const most = hits[0]?.words ?? 0;
  if (most === 0) return `No page has ${what} in its text.`;
  const best = hits.filter((hit) => hit.words === most).length;
  if (most === words)
    return best === 1 ? `1 page has ${what} in its text.` : `${best} pages have ${what} in their texts.`;
  const none = missing.length > 0 ? ` (none has ${missing.map((word) => `“${word}”`).join(" or ")})` : "";
  const all = words === 2 ? "both" : `all ${words}`;
  return `No page has ${all} words in its text${none}; ${best === 1 ? "1 page has" : `${best} pages have`} ${most} of them.`;
}

/**
 * Keep a question in the URL: so it can be sent, and is there again when somebody comes back from a result.
 * @param {string} question
 */
function remember(question) {
  const url = new URL(window.location.href);
  if ((url.searchParams.get("q") ?? "") === question) return;
  if (question) url.searchParams.set("q", question);
  else url.searchParams.delete("q");
  window.history.replaceState(window.history.state, "", url);
}
