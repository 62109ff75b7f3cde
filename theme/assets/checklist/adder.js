/** The field with which a reader adds something of their own: a step to an action, or an action to the plan. */

import { LIMITS } from "./checking.js";
import { button, el, freshId, hiddenText } from "./dom.js";

/**
 * Return a field with a button. `add` gets the text and returns whether it was added; then the field is emptied, and keeps the
 * focus for the next one.
 * @param {{ label: string, more?: string, press: string }} words `more` is said to a screen reader only
 * @param {(text: string) => boolean} add
 */
export function adder({ label, more = "", press }, add) {
  const field = el("input", { type: "text", id: freshId("own"), maxlength: String(LIMITS.title), autocomplete: "off" });
  const form = el(
    "form",
    { class: "sg-own" },
    el("label", { for: field.id }, label, more ? hiddenText(` ${more}`) : null),
    field,
    button(press, send, { more }),
  );

  function send() {
    if (add(field.value)) field.value = "";
    field.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  return { element: form, focus: () => field.focus() };
}
