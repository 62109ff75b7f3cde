/** Makes and finds elements. No HTML in strings: what a record or a person wrote can only become text. */

/** @import { Content, Progress } from "../../../types/checklist.d.ts" */

let count = 0;

/**
 * Return an id that no other element of the page has.
 * @param {string} start
 */
export function freshId(start) {
  count += 1;
  return `sg-${start}-${count}`;
}

/**
 * Return the element that a selector finds. Throws an Error where there is none: page and script do not fit together.
 * @param {ParentNode} root
 * @param {string} selector
 */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`The page has no element ${selector}.`);
  return found;
}

/**
 * Return all elements that a selector finds.
 * @param {ParentNode} root
 * @param {string} selector
 */
export function findAll(root, selector) {
  return [...root.querySelectorAll(selector)].filter((one) => one instanceof HTMLElement);
}

/**
 * Return an element. An attribute that is true is written empty; one that is false or undefined is left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | boolean | undefined>>} attributes
 * @param {Content[]} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flatMap(flat));
  return element;
}

/**
 * @param {Content} content
 * @returns {(Node | string)[]}
 */
function flat(content) {
  if (content === null || content === undefined || content === "") return [];
  if (typeof content === "string" || content instanceof Node) return [content];
  return content.flatMap(flat);
}

/**
 * Return a button. `more` is said to a screen reader only, where the same words stand on several buttons.
 * @param {string} words
 * @param {() => void} run
 * @param {{ more?: string, primary?: boolean, [attribute: string]: string | boolean | undefined }} options
 */
export function button(words, run, { more = "", primary = false, ...attributes } = {}) {
  const made = el("button", { type: "button", class: `sg-tool${primary ? " sg-tool--primary" : ""}`, ...attributes });
  setWords(made, words, more);
  made.addEventListener("click", () => {
    if (made.getAttribute("aria-disabled") !== "true") run();
  });
  return made;
}

/**
 * Give a button its words. Nothing is done if it has them already, so that a screen reader does not read them again.
 * @param {HTMLElement} target
 * @param {string} words
 * @param {string} more
 */
export function setWords(target, words, more = "") {
  if (target.dataset.words === `${words}|${more}`) return;
  target.dataset.words = `${words}|${more}`;
  target.replaceChildren(words, ...(more ? [hiddenText(` ${more}`)] : []));
}

/**
 * Return text for screen readers only.
 * @param {string} text
 */
export function hiddenText(text) {
  return el("span", { class: "sg-hidden" }, text);
}

/**
 * Switch a button off or on. Not with `disabled`, which takes the focus away from whoever just pressed it.
 * @param {HTMLElement} target
 * @param {boolean} on
 */
export function enable(target, on) {
  target.setAttribute("aria-disabled", String(!on));
}

/**
 * Return a button that opens and closes a panel, with functions that do so and that write its words anew. A closed panel is
 * still printed. `words` returns what the button says, and what it adds for screen readers.
 * @param {HTMLElement} panel
 * @param {boolean} first whether it is open at first
 * @param {(open: boolean) => [words: string, more?: string]} words
 */
export function disclosure(panel, first, words) {
  panel.id ||= freshId("panel");
  let open = first;
  const element = button("", () => show(!open), { "aria-controls": panel.id });
  element.classList.add("sg-tool--toggle");
  const refresh = () => setWords(element, ...words(open));
  /** @param {boolean} on */
  const show = (on) => {
    open = on;
    element.setAttribute("aria-expanded", String(on));
    panel.classList.toggle("sg-closed", !on);
    refresh();
  };
  show(first);
  return { element, show, refresh };
}

/** Return a progress bar with its words, and a function that sets both. */
export function meter() {
  const words = el("span", { class: "sg-meter__words", id: freshId("meter") });
  const bar = el("progress", { "aria-labelledby": words.id, max: "1", value: "0" });
  /**
   * @param {Progress} progress
   * @param {string} text
   */
  const set = ({ done, total }, text) => {
    bar.max = total || 1;
    bar.value = done;
    words.textContent = text;
  };
  return { element: el("div", { class: "sg-meter" }, words, bar), set };
}

/**
 * Offer a text as a file to save.
 * @param {string} text
 * @param {string} name
 * @param {string} type
 */
export function download(text, name, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers begin to read it only later
}
