/** A group of fields: an entry of a list, or a mapping in a record. */

/** @import { Field } from "../../../../../types/form.d.ts" */
/** @import { Part } from "./part.js" */
/** @import { Context, Value } from "../../../../../types/record-form.d.ts" */

import { element } from "../search/dom.js";
import { isMapping, PartWithFields } from "./fields-part.js";

/** A group with more optional fields folds them. */
const FEW = 2;

export class GroupPart extends PartWithFields {
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
    for (const field of fields) this.parts.set(field.name, make(field, context));
    const elementsOf = (/** @type {readonly Field[]} */ some) =>
      some.flatMap(({ name }) => this.parts.get(name)?.element ?? []);
    const required = fields.filter((field) => field.required);
    const others = fields.filter((field) => !field.required);
    if (others.length <= FEW || required.length === 0) return elementsOf(fields);
    this.more = element("details", { class: "sg-form-more" }, element("summary", {}, "More"), ...elementsOf(others));
    return [...elementsOf(required), this.more];
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    super.fill(value);
    const given = isMapping(value) ? value : {};
    if (this.more)
      this.more.open = [...this.parts].some(([name, part]) => name in given && this.more?.contains(part.element));
  }

  /** @param {string} title */
  rename(title) {
    this.title = title;
    this.legend.textContent = title;
  }
}
