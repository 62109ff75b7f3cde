/** A whole record in the form: what is needed first, everything else in groups that open. */

/** @import { Fault, Field, Form } from "../../../../../types/form.d.ts" */
/** @import { Part } from "./part.js" */
/** @import { Context, Value } from "../../../../../types/record-form.d.ts" */

import { element } from "../search/dom.js";
import { alternativesIn, conditionsOf, holding, needed } from "./conditions.js";
import { PartWithFields } from "./fields-part.js";
import { partFor } from "./making.js";
import { fieldsOf } from "./model/fields.js";

/** @typedef {{ details: HTMLDetailsElement, count: HTMLElement, parts: Part[] }} Group */

export class RecordPart extends PartWithFields {
  /** @type {Group[]} */
  #groups = [];
  /** Parts that show no property of the record, by the steps by which faults name them. */
  /** @type {Map<string, Part>} */
  #others = new Map();

  /**
   * @param {Form} form
   * @param {Context} context
   * @param {number} level the level of its headings
   */
  constructor(form, context, level) {
    const field = { path: [], name: "", title: form.title, help: "", example: "", required: false };
    super({ ...field, kind: "group" }, context, element("div", { class: "sg-form-record" }));
    this.form = form;
    this.conditions = conditionsOf(form.schema);
    const fields = fieldsOf(form);
    for (const one of fields) this.parts.set(one.name, partFor(one, context));
    const asked = new Set([...needed(this.conditions), ...alternativesIn(form.schema)]);
    const first = fields.filter((one) => one.required || asked.has(one.name));
    const others = fields.filter((one) => !first.includes(one));
    this.element.append(this.fault, ...first.flatMap(({ name }) => this.parts.get(name)?.element ?? []));
    if (others.length > 0) this.#addGroups(others, form, level === 3 ? "h3" : "h4");
    this.update();
  }

  /**
   * @param {readonly Field[]} fields
   * @param {Form} form
   * @param {"h3" | "h4"} heading
   */
  #addGroups(fields, form, heading) {
    const explained = "Nothing here is required. Leave empty what no document says.";
    this.element.append(
      element(heading, {}, "More, where you know it"),
      element("p", { class: "sg-form-help" }, explained),
    );
    for (const [title, names] of groupsOf(fields, form)) {
      const count = element("span", { class: "sg-form-count" });
      const parts = names.flatMap((name) => this.parts.get(name) ?? []);
      const details = element(
        "details",
        { class: "sg-form-more sg-form-more--group" },
        element("summary", {}, element("span", {}, title), count),
        ...parts.map((part) => part.element),
      );
      this.#groups.push({ details, count, parts });
      this.element.append(details);
    }
  }

  /**
   * Add a part that shows no property of the record, above all others.
   * @param {string} step by which faults name it
   * @param {Part} part
   */
  addFirst(step, part) {
    this.#others.set(step, part);
    this.element.prepend(part.element);
  }

  /**
   * Add a part that shows no property of the record, below its name.
   * @param {string} step by which faults name it
   * @param {Part} part
   */
  addBelowName(step, part) {
    this.addFirst(step, part);
    this.parts.get(this.form.label)?.element.after(part.element);
  }

  /** @override */
  get children() {
    return [...super.children, ...[...this.#others.values()].filter(({ element: { hidden } }) => !hidden)];
  }

  /**
   * @override
   * @param {string | number} step
   */
  child(step) {
    return super.child(step) ?? this.#others.get(String(step));
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    super.fill(value);
    this.update();
  }

  /** @override */
  compute() {
    return super.compute() ?? {};
  }

  /** Show which fields are needed now, and what each group holds. */
  update() {
    const value = this.compute();
    const now = holding(this.conditions, value);
    for (const part of this.#others.values()) part.follow(value);
    const always = needed(this.conditions);
    for (const [name, part] of this.parts) {
      if (always.has(name)) part.require(now.required.has(name));
      part.element.hidden = now.isHidden(name) && part.isEmpty;
    }
    for (const { count, parts } of this.#groups) {
      const filled = parts.filter((part) => !part.isEmpty).length;
      count.textContent = filled > 0 ? `${filled} filled in` : "";
    }
  }

  /**
   * Return the part that a fault is about, and the parts on the way there.
   * @param {Pick<Fault, "path">} fault
   * @returns {Part[]} from the outside to the inside
   */
  way({ path }) {
    /** @type {Part[]} */
    const found = [this];
    for (const step of path) {
      const next = found.at(-1)?.child(step);
      if (!next) break;
      found.push(next);
    }
    return found;
  }
}

/** Kinds of fields with several values. */
const LONG = new Set(["list", "group", "mapping", "one of"]);

/**
 * Return the groups of fields: those that the schema names, then others.
 * @param {readonly Field[]} fields
 * @param {Form} form
 * @returns {Map<string, string[]>}
 */
function groupsOf(fields, form) {
  /** @type {Map<string, string[]>} */
  const named = new Map();
  /** @type {Map<string, string[]>} */
  const others = new Map();
  for (const { name, kind } of fields) {
    const title = form.schema["properties"]?.[name]?.["x-group"];
    const [groups, key] = typeof title === "string" ? [named, title] : [others, LONG.has(kind) ? "Lists" : "Facts"];
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  if (named.size > 0 && others.size > 0) named.set("Other details", [...others.values()].flat());
  return named.size > 0 ? named : others;
}
