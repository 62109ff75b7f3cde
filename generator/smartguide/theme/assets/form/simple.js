/** Fields with one value: text, number, choice, yes or no. */

/** @import { Choice, Field } from "../../../../../types/form.d.ts" */
/** @import { Context, Value } from "../../../../../types/record-form.d.ts" */

import { element } from "../search/dom.js";
import { freshId, Part } from "./part.js";

const NOT_SAID = "Not said";
/** A text whose example is longer does not fit into a line of a phone. */
const ONE_LINE = 40;

/** A number with a point for its thousands, as some countries write it: it would be read as a smaller one. */
const THOUSANDS = /^[-+]?[1-9]\d{0,2}\.\d\d0$/u;

/** A field with one control. */
export class ControlPart extends Part {
  /**
   * @param {Field} field
   * @param {Context} context
   * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} control
   */
  constructor(field, context, control) {
    super(field, context, element("div", { class: "sg-form-field" }));
    this.control = control;
    control.id = freshId("field");
    this.label = element("label", { for: control.id }, this.entryWords, this.name);
    control.setAttribute("aria-describedby", `${this.fault.id} ${this.help.id}`);
    this.element.append(
      element("div", { class: "sg-form-label" }, this.label, this.mark),
      this.help,
      control,
      this.fault,
    );
    this.require(field.required);
  }

  /** @override */
  get target() {
    return this.control;
  }

  /** @override */
  get words() {
    return this.control.value.trim();
  }

  /**
   * @override
   * @param {readonly string[]} messages
   */
  show(messages) {
    super.show(messages);
    if (messages.length > 0) this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
  }

  /**
   * @override
   * @param {boolean} isRequired
   */
  require(isRequired) {
    super.require(isRequired);
    if (isRequired) this.control.setAttribute("aria-required", "true");
    else this.control.removeAttribute("aria-required");
  }
}

/** A text, in one line or in several. */
export class TextPart extends ControlPart {
  /**
   * @param {Field} field
   * @param {Context} context
   */
  constructor(field, context) {
    super(field, context, controlFor(field));
    this.isLong = this.control instanceof HTMLTextAreaElement;
    if (this.isLong && !field.prose) this.element.addEventListener("keydown", (event) => this.#keepInOneLine(event));
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    this.control.value = value === undefined || value === null ? "" : asText(value);
  }

  /**
   * @override
   * @returns {string | number | undefined}
   */
  compute() {
    const text = this.field.prose ? this.control.value : this.control.value.replace(/\s*\n\s*/gu, " ");
    return text.trim() === "" ? undefined : text.trim().normalize("NFC");
  }

  /** @param {KeyboardEvent} event */
  #keepInOneLine(event) {
    if (event.key === "Enter") event.preventDefault(); // the text is one paragraph
  }
}

/** A number. What is no number stays as it was typed, so that the check can say so. */
export class NumberPart extends TextPart {
  /** @override */
  compute() {
    const text = super.compute();
    if (THOUSANDS.test(String(text))) return text;
    return typeof text === "string" && /^[-+]?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : text;
  }
}

/** One of several values. None is chosen as long as nobody has chosen. */
export class ChoicePart extends ControlPart {
  /**
   * @param {Field} field
   * @param {Context} context
   */
  constructor(field, context) {
    super(field, context, element("select"));
    this.choices = field.choices ?? [];
    const nothing = new Option(field.required ? "Choose one" : NOT_SAID, "");
    this.control.append(nothing, ...this.choices.map((choice, number) => new Option(choice.label, String(number))));
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    const number = this.choices.findIndex((choice) => choice.value === value);
    if (number < 0 && value !== undefined && value !== null) this.#addUnknown(value);
    else this.control.value = number < 0 ? "" : String(number);
  }

  /** @override */
  get words() {
    return this.choices[Number(this.control.value || "-1")]?.label ?? "";
  }

  /** @override */
  compute() {
    return this.control.value === "" ? undefined : this.choices[Number(this.control.value)]?.value;
  }

  /**
   * Show a value that is none of the choices: the check says so.
   * @param {Value} value
   */
  #addUnknown(value) {
    /** @type {Choice} */
    const choice = { value, label: asText(value) };
    this.choices = [...this.choices, choice];
    this.control.append(new Option(choice.label, String(this.choices.length - 1)));
    this.control.value = String(this.choices.length - 1);
  }
}

/** Yes, no, or not said. */
export class YesNoPart extends Part {
  /** @type {readonly [HTMLInputElement, Value][]} */
  #inputs;

  /**
   * @param {Field} field
   * @param {Context} context
   */
  constructor(field, context) {
    super(field, context, element("fieldset", { class: "sg-form-field" }));
    const name = freshId("choice");
    this.element.setAttribute("aria-describedby", `${this.fault.id} ${this.help.id}`);
    this.#inputs = [
      [element("input", { type: "radio", name, checked: true }), undefined],
      [element("input", { type: "radio", name }), true],
      [element("input", { type: "radio", name }), false],
    ];
    const words = [NOT_SAID, "Yes", "No"];
    const labels = this.#inputs.map(([input], number) =>
      element("label", { class: "sg-form-radio" }, input, words[number] ?? ""),
    );
    this.element.append(
      element("legend", { class: "sg-form-label" }, this.entryWords, this.name, this.mark),
      this.help,
      element("div", { class: "sg-form-radios" }, ...labels),
      this.fault,
    );
  }

  /** @override */
  get target() {
    return this.#inputs.find(([input]) => input.checked)?.[0] ?? this.element;
  }

  /**
   * @override
   * @param {Value} value
   */
  fill(value) {
    for (const [input, of] of this.#inputs) input.checked = of === (value ?? undefined);
    if (!this.#inputs.some(([input]) => input.checked)) this.#inputs[0]?.[0].click();
  }

  /** @override */
  compute() {
    return this.#inputs.find(([input]) => input.checked)?.[1];
  }
}

/**
 * Return the control for a text. Examples are placeholders.
 * @param {Field} field
 */
function controlFor(field) {
  const common = {
    ...(field.example && { placeholder: `For example: ${field.example}` }),
    autocomplete: "off",
    class: "sg-form-control",
  };
  const isLong = field.kind === "text" && field.example.length > ONE_LINE;
  if (isLong || field.kind === "long text") {
    return element("textarea", { ...common, rows: field.prose ? "5" : "2" });
  }
  const numeric = field.kind === "number" ? { inputmode: field.whole ? "numeric" : "decimal" } : {};
  const url = field.kind === "url" ? { inputmode: "url", spellcheck: "false" } : {};
  return element("input", { ...common, ...numeric, ...url, type: "text" });
}

/** @param {Value} value */
function asText(value) {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
