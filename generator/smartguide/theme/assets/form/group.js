/** A group of fields: an entry of a list, or a mapping in a record. */

/** @import { Field } from "../../../../../types/form.d.ts" */
/** @import { Context, Value } from "../../../../../types/record-form.d.ts" */

import { element } from "../search/dom.js";
import { Part } from "./part.js";

/** A group with more optional fields folds them. */
const FEW = 2;

export class GroupPart extends Part {
  /** @type {Map<string, Part>} */
  #parts = new Map();
  /** What the value holds that no field shows. */
  /** @type {Record<string, Value>} */
  #rest = {};

  /**
   * @param {Field} field
   * @param {Context} context
   * @param {(field: Field, context: Context) => Part} make returns the part for a field
   */
  constructor(field, context, make) {
    super(field, context, element("fieldset", { class: "sg-form-field sg-form-group", tabindex: "-1" }));
    this.legend = element("span", {}, field.title);
    this.element.setAttribute("aria-describedby", `${this.fault.id} ${this.help.id}`);
    this.element.append(
      element("legend", { class: "sg-form-label" }, this.legend, this.mark),
      this.help,
      this.fault,
      ...this.#made(field.fields ?? [], context, make),
    );
  }

  /**
   * Return the elements of the fields: required ones first, others folded if they are many.
   * @param {readonly Field[]} fields
   * @param {Context} context
   * @param {(field: Field, context: Context) => Part} make
   */
  #made(fields, context, make) {
    for (const field of fields) this.#parts.set(field.name, make(field, context));
    const elementsOf = (/** @type {readonly Field[]} */ some) =>
      some.flatMap(({ name }) => this.#parts.get(name)?.element ?? []);
    const required = fields.filter((field) => field.required);
    const others = fields.filter((field) => !field.required);
    if (others.length <= FEW || required.length === 0) return elementsOf(fields);
    this.more = element("details", { class: "sg-form-more" }, element("summary", {}, "More"), ...elementsOf(others));
    return [...elementsOf(required), this.more];
  }

  /** @override */
  get target() {
    return this.children[0]?.target ?? this.element;
  }

  /** @override */
  get children() {
    return [...this.#parts.values()];
  }

  /**
   * @override
   * @param {string | number} step
   */
  child(step) {
    return this.#parts.get(String(step));
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    const given = isMapping(value) ? value : {};
    for (const [name, part] of this.#parts) part.set(given[name]);
    this.#rest = Object.fromEntries(Object.entries(given).filter(([name]) => !this.#parts.has(name)));
    if (this.more)
      this.more.open = [...this.#parts].some(([name, part]) => name in given && this.more?.contains(part.element));
  }

  /** @override */
  compute() {
    return together(this.given, this.#parts, this.#rest);
  }

  /** @param {string} title */
  rename(title) {
    this.title = title;
    this.legend.textContent = title;
  }
}

/**
 * Return the mapping of what parts hold: keys that were there before keep their order, new ones follow.
 * @param {Value} before
 * @param {ReadonlyMap<string, Part>} parts
 * @param {Readonly<Record<string, Value>>} rest what no part shows
 */
export function together(before, parts, rest) {
  /** @type {[string, Value][]} */
  const entries = [];
  const known = isMapping(before) ? Object.keys(before) : [];
  for (const name of new Set([...known, ...parts.keys()])) {
    const part = parts.get(name);
    const value = part ? part.value() : rest[name];
    if (value !== undefined) entries.push([name, value]);
  }
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, Value>}
 */
export function isMapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
