/** A group of fields: an entry of a list, or a mapping in a record. */

/** @import { Field } from "../../../../../types/form.d.ts" */
/** @import { Part } from "./part.js" */
/** @import { Context, Value } from "../../../../../types/record-form.d.ts" */

import { element } from "../search/dom.js";
import { isMapping, PartWithFields } from "./fields-part.js";

/** A group with more optional fields folds them. */
const FEW = 2;

export class GroupPart extends PartWithFields {
  /** What "More" belongs to, for those who do not see it. */
  moreWords = element("span", { class: "sg-hidden" });
  #isEntry = false;

  /**
   * @param {Field} field
   * @param {Context} context
   * @param {(field: Field, context: Context) => Part} make returns the part for a field
   */
  constructor(field, context, make) {
    super(field, context, element("fieldset", { class: "sg-form-field sg-form-group", tabindex: "-1" }));
    this.element.setAttribute("aria-describedby", `${this.fault.id} ${this.help.id}`);
    this.element.append(
      element("legend", { class: "sg-form-label" }, this.entryWords, this.name, this.mark),
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
    const summary = element("summary", {}, "More", this.moreWords);
    this.more = element("details", { class: "sg-form-more" }, summary, ...elementsOf(others));
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

  /**
   * @override
   * @param {string} title
   */
  rename(title) {
    super.rename(title);
    this.#isEntry = true;
  }

  /**
   * @override
   * @param {string} entry
   */
  within(entry) {
    super.within(entry);
    this.moreWords.textContent = ` about ${this.fullTitle}`;
  }

  /** @override */
  get entryInside() {
    return this.#isEntry ? this.fullTitle : this.entry;
  }
}
