/** What every part of the form has in common: a field, a group of fields, a list, a whole record. */

/** @import { Context, Field, Value } from "../../../../../types/record-form.d.ts" */

import { element } from "../search/dom.js";

/** @type {WeakMap<Element, Part>} */
const parts = new WeakMap();
let count = 0;
/** @type {readonly Part[]} */
const NONE = [];

/**
 * Return an id that no other element of the page has.
 * @param {string} what
 */
export function freshId(what) {
  count += 1;
  return `sg-form-${what}-${count}`;
}

/** A part of the form. It holds a value: undefined as long as nobody has given one. */
export class Part {
  /** The value that the part began with. */
  /** @type {Value} */
  given;
  /** The value as `compute` gave it before anybody changed anything, as JSON. */
  #asGiven = "";
  /** Whether the focus was in this part and has left it. */
  isLeft = false;
  /** The entry of a list that this part is in, such as "Partner 2"; empty outside of lists. */
  entry = "";

  /**
   * @param {Field} field
   * @param {Context} context
   * @param {HTMLElement} root the element of this part
   */
  constructor(field, context, root) {
    this.field = field;
    this.context = context;
    this.element = root;
    this.title = field.title;
    this.help = element("p", { class: "sg-form-help", id: freshId("help") }, field.help);
    this.help.hidden = field.help === "";
    this.fault = element("p", { class: "sg-form-fault", id: freshId("fault") });
    this.fault.hidden = true;
    this.entryWords = element("span", { class: "sg-hidden" });
    this.name = element("span", {}, field.title);
    this.mark = element("span", { class: "sg-form-required" }, "required");
    this.mark.hidden = !field.required;
    parts.set(root, this);
  }

  /**
   * Show a value that somebody gave before.
   * @param {Value} value
   */
  set(value) {
    this.given = value;
    this.fill(value);
    this.#asGiven = json(this.compute());
  }

  /**
   * Return the value. What nobody has changed is returned as it was, also where a field cannot show all of it.
   * @returns {Value}
   */
  value() {
    const now = this.compute();
    return this.#asGiven !== "" && json(now) === this.#asGiven ? this.given : now;
  }

  /** Whether nobody has given a value. */
  get isEmpty() {
    return this.value() === undefined;
  }

  /** Show a value in the fields. @param {Value} _value */
  fill(_value) {
    throw new Error("a part shows its value");
  }

  /**
   * Return the value that the fields hold.
   * @returns {Value}
   */
  compute() {
    throw new Error("a part has a value");
  }

  /**
   * Return the part of a step of the way to a value, if there is one.
   * @param {string | number} _step
   * @returns {Part | undefined}
   */
  child(_step) {
    return NONE[0];
  }

  /**
   * Return the parts that are directly in this one.
   * @returns {readonly Part[]}
   */
  get children() {
    return [];
  }

  /** The element that takes the focus. */
  get target() {
    return this.element;
  }

  /**
   * What a person sees of the value, in a few words; empty if there is none.
   * @returns {string}
   */
  get words() {
    return this.children
      .map((part) => part.words)
      .filter(Boolean)
      .slice(0, 2)
      .join(", ");
  }

  /** Open what hides this part, and move the focus to it. */
  focus() {
    for (let parent = this.element.parentElement; parent; parent = parent.parentElement) {
      if (parent instanceof HTMLDetailsElement) parent.open = true;
    }
    this.target.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  /**
   * Show what is wrong with this part itself.
   * @param {readonly string[]} messages
   */
  show(messages) {
    this.fault.textContent = messages.map(asSentence).join(" ");
    this.fault.hidden = messages.length === 0;
  }

  /**
   * Say whether a value must be given.
   * @param {boolean} isRequired
   */
  require(isRequired) {
    this.mark.hidden = !isRequired;
  }

  /**
   * Say in the name of each control in this part in which entry of a list it is: for those who hear one control alone.
   * @param {string} entry
   */
  within(entry) {
    this.entry = entry;
    this.entryWords.textContent = entry && `${entry}: `;
    for (const part of this.children) part.within(this.entryInside);
  }

  /** The entry of a list that the parts in this one are in. */
  get entryInside() {
    return this.entry;
  }

  /**
   * Call this part something else: an entry of a list has a number.
   * @param {string} title
   */
  rename(title) {
    this.title = title;
    this.name.textContent = title;
  }

  /** The title of this part, with the entry of a list that it is in. */
  get fullTitle() {
    return this.entry ? `${this.entry}: ${this.title}` : this.title;
  }

  /**
   * Show what follows from the record that the part is of.
   * @param {Value} _record
   */
  follow(_record) {
    // of most parts, nothing
  }

  /** Tell the form that something has changed that no field of the browser tells of. */
  changed() {
    this.element.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/**
 * Return the part that an element belongs to: the smallest one.
 * @param {EventTarget | null} target
 * @returns {Part | undefined}
 */
export function partOf(target) {
  let node = target instanceof Element ? target : null;
  while (node && !parts.has(node)) node = node.parentElement;
  return node ? parts.get(node) : undefined;
}

/**
 * Return a part, and those that it is in, from the inside to the outside.
 * @param {EventTarget | null} target
 * @returns {Part[]}
 */
export function partsAround(target) {
  const found = [];
  for (let part = partOf(target); part; part = partOf(part.element.parentElement)) found.push(part);
  return found;
}

/** @param {Value} value */
function json(value) {
  return JSON.stringify(value ?? null);
}

/** @param {string} message */
function asSentence(message) {
  const begun = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?…]$/u.test(begun) ? begun : `${begun}.`;
}
