/** A part of the form that is made of fields: a whole record, or a mapping in it. */

/** @import { Value } from "../../../../../types/record-form.d.ts" */

import { Part } from "./part.js";

export class PartWithFields extends Part {
  /** @type {Map<string, Part>} */
  parts = new Map();
  /** What the value holds that no field shows. */
  /** @type {Record<string, Value>} */
  rest = {};

  /** @override */
  get target() {
    return this.children[0]?.target ?? this.element;
  }

  /** @override */
  get children() {
    return [...this.parts.values()];
  }

  /**
   * @override
   * @param {string | number} step
   */
  child(step) {
    return this.parts.get(String(step));
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    const given = isMapping(value) ? value : {};
    for (const [name, part] of this.parts) part.set(given[name]);
    this.rest = Object.fromEntries(Object.entries(given).filter(([name]) => !this.parts.has(name)));
  }

  /** @override */
  compute() {
    return together(this.given, this.parts, this.rest);
  }
}

/**
 * Return the mapping of what parts hold: keys that were there before keep their order, new ones follow.
 * @param {Value} before
 * @param {ReadonlyMap<string, Part>} parts
 * @param {Readonly<Record<string, Value>>} rest what no part shows
 */
function together(before, parts, rest) {
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
