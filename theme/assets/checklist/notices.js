/** What the page tells: to everyone (`say`, `Warnings`) or to screen readers alone (`announce`). */

/** @import { Store } from "./storage.js" */
/** @import { Unreadable } from "../../../types/checklist.d.ts" */

import { button, download, el } from "./dom.js";

const liveRegion = el("div", { class: "sg-hidden", role: "status" });
const message = el("div", { class: "sg-toast", role: "status" });
/** The class of the page while there is a message. */
const TOLD = "sg-told";
document.body.append(liveRegion, message);

/**
 * Tell a screen reader what everyone else sees.
 * @param {string} words
 */
export function announce(words) {
  // The same words twice are no change, and would not be read: another blank makes one.
  liveRegion.textContent = liveRegion.textContent === words ? `${words}\u00a0` : words;
}

/** @typedef {{ run: () => void, isLatest: () => boolean }} Undo */

/** @type {{ isLatest: () => boolean, button: HTMLElement } | null} */
let undoing = null;

/**
 * Show a message at the foot of the window until it is closed or replaced. With `undo` it gets a button that runs that,
 * for as long as `isLatest` says that there was no other change, which it would undo too.
 * @param {string} words
 * @param {{ bad?: boolean, undo?: Undo, link?: HTMLElement }} options
 */
export function say(words, { bad = false, undo, link } = {}) {
  const back = document.activeElement === document.body ? null : document.activeElement;
  const close = () => {
    message.replaceChildren();
    document.documentElement.classList.remove(TOLD);
    if (back instanceof HTMLElement && back.isConnected) back.focus();
  };
  const buttons = [button("Close", close, { more: "the message" })];
  undoing = null;
  if (undo) {
    const press = button("Undo", () => {
      close();
      undo.run();
    });
    undoing = { isLatest: undo.isLatest, button: press };
    buttons.unshift(press);
  }
  message.classList.toggle("sg-toast--bad", bad);
  message.replaceChildren(el("p", {}, words), el("div", { class: "sg-tools" }, link, buttons));
  document.documentElement.classList.add(TOLD);
  const covered = back ? back.getBoundingClientRect().bottom - message.getBoundingClientRect().top : 0;
  if (covered > 0) window.scrollBy(0, Math.ceil(covered)); // away from under the message
}

/** Remove the button Undo if there has been another change since. */
export function refreshUndo() {
  if (!undoing || undoing.isLatest()) return;
  undoing.button.remove();
  undoing = null;
}

/** What is wrong with the storage, above a checklist or the plan, for as long as it is wrong. */
export class Warnings {
  #shown = "";
  #store;

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
    this.element = el("div", { class: "sg-warnings", role: "alert" });
  }

  /** Show what is wrong now. */
  update() {
    const { problem } = this.#store;
    const unreadable = this.#store.unreadable();
    const state = JSON.stringify([problem, unreadable.map(({ key }) => key)]);
    if (state === this.#shown) return; // or a screen reader would read the warning again at every tick
    this.#shown = state;
    const problems = problem ? [el("div", { class: "sg-warning" }, el("p", {}, problem))] : [];
    this.element.replaceChildren(...problems, ...unreadable.map((one) => this.#unreadable(one)));
  }

  /** @param {Unreadable} found */
  #unreadable({ key, text, reason }) {
    return el(
      "div",
      { class: "sg-warning" },
      el("p", {}, `The plan saved in this browser cannot be used. ${reason} It was set aside; nothing was deleted.`),
      el(
        "div",
        { class: "sg-tools" },
        button("Save it to a file", () => download(text, "smart-guide-plan-put-aside.txt", "text/plain")),
        button("Delete it", () => this.#store.deleteUnreadable(key), { more: "from this browser" }),
      ),
    );
  }
}
