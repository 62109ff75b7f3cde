/** What the page tells: to everyone (`say`, `Warnings`) or to screen readers alone (`announce`). */

import { button, download, el } from "./dom.js";

const voice = el("div", { class: "sg-hidden", role: "status" });
const toast = el("div", { class: "sg-toast", role: "status" });
document.body.append(voice, toast);

/** Tell a screen reader what everyone else sees. */
export function announce(words) {
  // The same words twice are no change, and would not be read: a blank more makes one.
  voice.textContent = voice.textContent === words ? `${words}\u00a0` : words;
}

let undoing = null;

/**
 * Show a message at the foot of the window until it is closed or replaced. `undo` is `{run, still}`: the message
 * gets a button that runs it, for as long as `still` says that there is nothing else that it would undo too.
 */
export function say(words, { bad = false, undo = null } = {}) {
  const back = document.activeElement;
  const close = () => {
    toast.replaceChildren();
    if (back?.isConnected) back.focus();
  };
  const buttons = [button("Close", close, { more: "the message" })];
  undoing = undo && { still: undo.still, button: button("Undo", () => (close(), undo.run())) };
  if (undo) buttons.unshift(undoing.button);
  toast.classList.toggle("sg-toast--bad", bad);
  toast.replaceChildren(el("p", {}, words), el("div", { class: "sg-tools" }, buttons));
}

/** Take the button back if there has been another change since. */
export function refreshUndo() {
  if (!undoing || undoing.still()) return;
  undoing.button.remove();
  undoing = null;
}

/** What is wrong with the storage, above a checklist or the plan, for as long as it is wrong. */
export class Warnings {
  constructor(store) {
    this.store = store;
    this.element = el("div", { class: "sg-warnings", role: "alert" });
    this.shown = "";
  }

  /** Show what is wrong now. */
  update() {
    const aside = this.store.aside();
    const state = JSON.stringify([this.store.problem, aside.map(({ key }) => key)]);
    if (state === this.shown) return; // or every tick would read the warning again
    this.shown = state;
    const problems = this.store.problem ? [el("div", { class: "sg-warning" }, el("p", {}, this.store.problem))] : [];
    this.element.replaceChildren(...problems, ...aside.map((one) => this.#aside(one)));
  }

  #aside({ key, text, reason }) {
    return el(
      "div",
      { class: "sg-warning" },
      el(
        "p",
        {},
        `What this browser had kept of your plan cannot be used. ${reason} It was put aside, nothing of it is deleted.`,
      ),
      el(
        "div",
        { class: "sg-tools" },
        button("Save it to a file", () => download(text, "smart-guide-plan-put-aside.txt", "text/plain")),
        button("Delete it", () => this.store.discard(key), { more: "from this browser" }),
      ),
    );
  }
}
