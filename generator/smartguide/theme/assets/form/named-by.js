/** Says of a new record that readers find it only through others, and lets one be chosen that is to name it. */

/** @import { Form, Value } from "../../../../../types/form.d.ts" */
/** @import { Context } from "../../../../../types/record-form.d.ts" */
/** @import { Kind } from "./chooser.js" */

import { button } from "../catalogue/dom.js";
import { element } from "../search/dom.js";
import { finder } from "./chooser.js";
import { ITEM, rootOf } from "./model/schema.js";
import { Part } from "./part.js";

/** The step by which faults name the part. */
export const NAMED_BY = "named by";

export class NamedByPart extends Part {
  /**
   * @param {Context} context
   * @param {string} one what such a record is called
   * @param {readonly Kind[]} kinds the kinds of records that can name it
   * @param {(collection: string, id: string) => void} choose
   */
  constructor(context, one, kinds, choose) {
    const field = { path: [], name: NAMED_BY, title: "Which record names it?", help: "", example: "", required: true };
    super({ ...field, kind: "text" }, context, element("div", { class: "sg-form-field", role: "group" }));
    const [label, input, status, list] = finder(kinds, (found) =>
      button(found.title, () => choose(found.kind.collection, found.id), { class: "sg-tool" }),
    );
    this.input = input;
    this.help.hidden = false;
    this.help.textContent = `Readers find this ${one} only through a record that names it. Choose that record: it opens here, together with what you have typed of this one.`;
    const title = element(
      "div",
      { class: "sg-form-label" },
      element("span", { id: `${input.id}-title` }, this.title),
      this.mark,
    );
    this.element.setAttribute("aria-labelledby", `${input.id}-title`);
    input.setAttribute("aria-describedby", `${this.fault.id} ${this.help.id}`);
    input.addEventListener("input", (event) => event.stopPropagation()); // it is no value of the record
    this.element.append(title, this.help, label, input, status, list, this.fault);
  }

  /** @override */
  get target() {
    return this.input;
  }

  /**
   * @override
   * @param {readonly string[]} messages
   */
  show(messages) {
    super.show(messages);
    if (messages.length > 0) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  /** @override */
  fill() {
    // it shows nothing of the record
  }

  /** @override */
  compute() {
    // it holds no value of the record
  }
}

/**
 * Return the titles of the fields in which a record can name one of a collection.
 * @param {Form} form
 * @param {string} collection
 * @returns {string[]}
 */
export function fieldsNaming(form, collection) {
  const keys = new Set(placesFor(form, collection).map(({ path: [key = ""] }) => key));
  return [...keys].map((key) => String(rootOf(form).properties.get(key)?.schema.title ?? key));
}

/**
 * @param {Form} form
 * @param {string} collection
 */
function placesFor(form, collection) {
  return [...rootOf(form).declared()].filter(({ ref }) => ref?.collection === collection);
}

/**
 * Return a record in which another one is named, if it is clear in which property: there is just one, or one list of
 * such records, in which each stands once. Otherwise the record is as it was.
 * @param {Form} form
 * @param {Value} record
 * @param {{ collection: string, valueFor: (key: string) => string }} other
 * @returns {Value}
 */
export function naming(form, record, other) {
  const places = placesFor(form, other.collection);
  const lists = places.filter(({ schema }) => schema["x-unique"] === "list");
  const [property, ...more] = places.length === 1 ? places : lists;
  if (!property || more.length > 0) return record;
  const value = other.valueFor(property.ref?.key ?? "");
  const [key = "", item, name, ...deeper] = property.path;
  const before = record[key];
  if (item === undefined) return before === undefined ? { ...record, [key]: value } : record;
  if (item !== ITEM || deeper.length > 0) return record;
  return { ...record, [key]: [...(before ?? []), name === undefined ? value : { [name]: value }] };
}
