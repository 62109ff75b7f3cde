/** Lists: entries are added, taken out and put in another order. */

/** @import { Field } from "../../../../../types/form.d.ts" */
/** @import { Context, Value } from "../../../../../types/record-form.d.ts" */

import { button } from "../catalogue/dom.js";
import { inSentence } from "../catalogue/text.js";
import { element } from "../search/dom.js";
import { Part } from "./part.js";
import { NAMED } from "./reference.js";

/**
 * @typedef {{ part: Part, element: HTMLElement, details: HTMLDetailsElement | undefined, summary: HTMLElement, up: HTMLElement,
 *   down: HTMLElement, out: HTMLElement }} Row
 */

export class ListPart extends Part {
  /** @type {Row[]} */
  #rows = [];

  /**
   * @param {Field} field
   * @param {Context} context
   * @param {(field: Field, context: Context) => Part} make returns the part for an entry
   */
  constructor(field, context, make) {
    super(field, context, element("fieldset", { class: "sg-form-field sg-form-list", tabindex: "-1" }));
    this.item = field.item ?? { ...field, kind: "text", required: false };
    this.make = make;
    this.list = element("ol", { class: "sg-form-entries" });
    this.buttonWords = element("span", { class: "sg-hidden" });
    this.button = button(`Add ${withArticle(this.item.title)}`, () => this.#add(), { class: "sg-tool sg-tool--add" });
    this.button.append(this.buttonWords);
    this.element.setAttribute("aria-describedby", `${this.fault.id} ${this.help.id}`);
    this.element.append(
      element("legend", { class: "sg-form-label" }, this.entryWords, this.name, this.mark),
      this.help,
      this.fault,
      this.list,
      this.button,
    );
    if (field.required) this.#append();
  }

  /** @override */
  get target() {
    return this.#targetOf(this.#rows[0]);
  }

  /**
   * Return what takes the focus of an entry: its line, if it is folded.
   * @param {Row | undefined} row
   */
  #targetOf(row) {
    if (!row) return this.button;
    return row.details && !row.details.open ? row.summary : row.part.target;
  }

  /** @override */
  get children() {
    return this.#rows.map(({ part }) => part);
  }

  /**
   * Return the part of the entry with a number among those that are not empty.
   * @override
   * @param {string | number} step
   * @returns {Part | undefined}
   */
  child(step) {
    return this.children.filter((part) => !part.isEmpty)[Number(step)];
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    for (const { element: row } of this.#rows) row.remove();
    this.#rows = [];
    const values = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
    for (const one of values) this.#make(false).set(one);
    this.#number();
    if (this.#rows.length === 0 && this.field.required) this.#append();
  }

  /**
   * @override
   * @param {string} entry
   */
  within(entry) {
    super.within(entry);
    this.buttonWords.textContent = entry && `: ${entry}`;
    this.#number();
  }

  /** @override */
  compute() {
    const values = this.children.map((part) => part.value()).filter((value) => value !== undefined);
    return values.length > 0 ? values : undefined;
  }

  #add() {
    const part = this.#append();
    part.focus();
    this.context.say(`${part.title} was added.`);
    this.changed();
  }

  /** Add an empty entry. */
  #append() {
    const part = this.#make(true);
    this.#number();
    return part;
  }

  /**
   * Make an entry, without a number. A group of fields is folded behind a line that says what it holds.
   * @param {boolean} isOpen
   * @returns {Part}
   */
  #make(isOpen) {
    const part = this.make({ ...this.item, required: false, help: "" }, this.context);
    const row = /** @type {Row} */ ({ part });
    row.up = tool("Move up", () => this.#move(row, -1));
    row.down = tool("Move down", () => this.#move(row, 1));
    row.out = tool("Remove", () => this.#takeOut(row));
    row.summary = element("summary");
    const inside = [part.element, element("div", { class: "sg-form-tools" }, row.up, row.down, row.out)];
    const isGroup = this.item.kind === "group";
    if (isGroup) row.details = element("details", { class: "sg-form-more", open: isOpen }, row.summary, ...inside);
    row.element = element(
      "li",
      { class: `sg-form-entry${isGroup ? " sg-form-entry--group" : ""}` },
      ...(row.details ? [row.details] : inside),
    );
    for (const type of ["input", NAMED]) row.element.addEventListener(type, () => this.#name(row));
    this.#rows.push(row);
    this.list.append(row.element);
    return part;
  }

  /** Call each entry by its number, and hide what cannot be done with it. */
  #number() {
    for (const [at, { part, up, down, out }] of this.#rows.entries()) {
      part.rename(`${this.item.title} ${at + 1}`);
      part.within(this.entry);
      for (const one of [up, down, out]) one.setAttribute("aria-label", `${one.textContent}: ${part.fullTitle}`);
      up.hidden = at === 0;
      down.hidden = at === this.#rows.length - 1;
    }
    for (const row of this.#rows) this.#name(row);
  }

  /**
   * Say in the line of an entry what it holds.
   * @param {Row} row
   */
  #name({ part, summary }) {
    const around = this.entry ? [element("span", { class: "sg-hidden" }, `${this.entry}: `)] : [];
    summary.replaceChildren(...around, part.words ? `${part.title}: ${part.words}` : part.title);
  }

  /**
   * @param {Row} row
   * @param {1 | -1} by
   */
  #move(row, by) {
    const at = this.#rows.indexOf(row);
    this.#rows.splice(at, 1);
    this.#rows.splice(at + by, 0, row);
    this.list.insertBefore(row.element, this.#rows[at + by + 1]?.element ?? null);
    this.#number();
    const pressed = by === 1 ? row.down : row.up;
    (pressed.hidden ? (by === 1 ? row.up : row.down) : pressed).focus();
    this.context.say(`Moved: it is now number ${at + by + 1} of ${this.#rows.length}.`);
    this.changed();
  }

  /** @param {Row} row */
  #takeOut(row) {
    const at = this.#rows.indexOf(row);
    this.#rows.splice(at, 1);
    row.element.remove();
    this.#number();
    this.#targetOf(this.#rows[Math.min(at, this.#rows.length - 1)]).focus();
    this.context.say(`${row.part.title} was removed.`);
    this.changed();
  }
}

/**
 * Return a button of an entry.
 * @param {string} words
 * @param {() => void} run
 */
function tool(words, run) {
  return button(words, run, { class: "sg-tool" });
}

/** @param {string} title */
function withArticle(title) {
  const words = inSentence(title);
  return `${/^[aeiou]/iu.test(words) ? "an" : "a"} ${words}`;
}
