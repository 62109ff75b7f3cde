/** Rarer kinds of fields: values under free keys, and values that may have several forms. */

/** @import { Field } from "../../../../../types/form.d.ts" */
/** @import { Context, Value } from "../../../../../types/record-form.d.ts" */

import { element } from "../search/dom.js";
import { isMapping } from "./fields-part.js";
import { ListPart } from "./list.js";
import { freshId, Part } from "./part.js";

const KEY = "key";
const VALUE = "value";

/** Values under keys that a person chooses: a list of keys and values. */
export class MappingPart extends ListPart {
  /**
   * @param {Field} field
   * @param {Context} context
   * @param {(field: Field, context: Context) => Part} make
   */
  constructor(field, context, make) {
    const common = { path: [], help: "", example: "" };
    /** @type {Field} */
    const value = { ...(field.item ?? { ...common, kind: "text" }), name: VALUE, title: "Value", required: true };
    /** @type {Field} */
    const key = { ...common, kind: "text", name: KEY, title: "Key", required: true };
    /** @type {Field} */
    const item = {
      ...common,
      kind: "group",
      name: "",
      title: field.item?.title || "Entry",
      required: false,
      fields: [key, value],
    };
    super({ ...field, item }, context, make);
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    const entries = isMapping(value) ? Object.entries(value) : [];
    super.fill(entries.map(([key, one]) => ({ [KEY]: key, [VALUE]: one })));
  }

  /** @override */
  compute() {
    const entries = super.compute();
    if (entries === undefined) return;
    return Object.fromEntries(
      entries.map((/** @type {Record<string, Value>} */ one) => [one[KEY] ?? "", one[VALUE] ?? null]),
    );
  }

  /**
   * @override
   * @param {string | number} step
   */
  child(step) {
    return this.children.find((part) => part.child(KEY)?.value() === String(step))?.child(VALUE);
  }
}

/** A value that may have one of several forms: the person chooses which. */
export class OneOfPart extends Part {
  /** @type {Part | undefined} */
  #part;

  /**
   * @param {Field} field
   * @param {Context} context
   * @param {(field: Field, context: Context) => Part} make
   */
  constructor(field, context, make) {
    super(field, context, element("fieldset", { class: "sg-form-field", tabindex: "-1" }));
    this.options = field.options ?? [];
    this.make = make;
    this.choice = element("select", { id: freshId("form") }, new Option("Not said", ""));
    this.choice.append(...this.options.map((one, number) => new Option(WORDS[one.kind], String(number))));
    this.place = element("div");
    this.element.setAttribute("aria-describedby", `${this.fault.id} ${this.help.id}`);
    this.element.append(
      element("legend", { class: "sg-form-label" }, this.entryWords, this.name, this.mark),
      this.help,
      element("label", { for: this.choice.id, class: "sg-form-note" }, "Its form"),
      this.choice,
      this.place,
      this.fault,
    );
    this.choice.addEventListener("change", () => this.#take(this.choice.value));
  }

  /** @param {string} number */
  #take(number) {
    const option = number === "" ? undefined : this.options[Number(number)];
    this.#part = option && this.make({ ...option, help: "", required: false }, this.context);
    this.#part?.within(this.entry);
    this.place.replaceChildren(...(this.#part ? [this.#part.element] : []));
  }

  /** @override */
  get target() {
    return this.#part?.target ?? this.choice;
  }

  /** @override */
  get children() {
    return this.#part ? [this.#part] : [];
  }

  /**
   * @override
   * @param {string | number} step
   */
  child(step) {
    return this.#part?.child(step);
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    const number = value === undefined || value === null ? -1 : this.options.findIndex((one) => fits(one, value));
    this.choice.value = number < 0 ? "" : String(number);
    this.#take(this.choice.value);
    this.#part?.set(value);
  }

  /** @override */
  compute() {
    return this.#part?.value();
  }
}

/** @type {Record<Field["kind"], string>} */
const WORDS = {
  text: "Text",
  "long text": "Text",
  number: "Number",
  "yes-no": "Yes or no",
  choice: "One of several words",
  reference: "Another record",
  list: "List",
  group: "Several fields",
  mapping: "Keys and values",
  date: "Date",
  month: "Month",
  url: "URL",
  "one of": "Something else",
};

/**
 * Tell whether a value may be of a field.
 * @param {Field} field
 * @param {Value} value
 */
function fits({ kind, choices }, value) {
  if (kind === "list") return Array.isArray(value);
  if (kind === "group" || kind === "mapping") return isMapping(value);
  if (kind === "number") return typeof value === "number";
  if (kind === "yes-no") return typeof value === "boolean";
  if (kind === "choice") return (choices ?? []).some((choice) => choice.value === value);
  return typeof value === "string";
}
