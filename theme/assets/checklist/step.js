/** One step of a checklist: its box, and its note. The same on an action's page and in the plan. */

/** @import { Store } from "./storage.js" */
/** @import { ActionName, GuideStep, Progress, StepName, StepPlace, StepState } from "../../../types/checklist.d.ts" */

import { change, changeSoon } from "./changes.js";
import { LIMITS } from "./checking.js";
import { button, el, find, freshId, hiddenText } from "./dom.js";
import { announce } from "./notices.js";
import { progressWords } from "./report.js";
import { note, noteFrom, tick } from "./state.js";

/**
 * Return a list item that shows a step, as the templates write it.
 * @param {GuideStep} step
 */
export function stepItem(step) {
  return el(
    "li",
    { class: "sg-step", "data-step": step.id },
    el("span", { class: "sg-step__text" }, step.text || step.id),
    step.detail ? el("span", { class: "sg-step__detail" }, step.detail) : null,
  );
}

/**
 * Add a box and a note to the list item of a step. `progress` returns the progress of the list after a change. Returns a
 * function that shows the step as the plan now has it.
 * @param {HTMLElement} item
 * @param {{ action: ActionName, step: StepName, store: Store, progress: () => Progress, gone?: boolean }} context
 * @returns {(state: StepState) => void}
 */
export function workable(item, { action, step, store, progress, gone = false }) {
  const text = find(item, ".sg-step__text");
  const detail = item.querySelector(".sg-step__detail");
  const box = el("input", { type: "checkbox", id: freshId("step"), class: "sg-step__box" });
  const words = el("label", { for: box.id, class: "sg-step__label" });
  text.replaceWith(el("span", { class: "sg-step__row" }, box, words));
  words.append(text);
  if (gone) words.append(el("span", { class: "sg-gone" }, "no longer in the guide"));
  if (detail) {
    detail.id = freshId("detail");
    box.setAttribute("aria-describedby", detail.id);
  }
  box.addEventListener("change", () => {
    if (!change(store, (plan) => tick(plan, { action, step }, box.checked))) return;
    announce(`${progressWords(progress())}.`);
  });
  const showNote = noteOf(item, { action, step }, store);
  return (state) => {
    box.checked = state.done;
    showNote(state.note);
  };
}

/**
 * Add the note of a step to its list item. Returns a function that shows what the plan has as the note.
 * @param {HTMLElement} item
 * @param {StepPlace} place
 * @param {Store} store
 * @returns {(written: string) => void}
 */
function noteOf(item, place, store) {
  const { step } = place;
  const area = el("textarea", { id: freshId("note"), rows: "3", maxlength: String(LIMITS.typed) });
  const open = button("Add a note", begin, { more: `to: ${step.text}` });
  const drop = button("Delete the note", clear, { more: `of: ${step.text}` });
  const title = el("label", { for: area.id }, "Note", hiddenText(` to: ${step.text}`));
  const printed = el("p", { class: "sg-step__printed" }); // a text area prints no more than what it shows
  const field = el("div", { class: "sg-step__field" }, title, area, drop);
  item.append(el("div", { class: "sg-step__note" }, open, field, printed));

  /** @param {boolean} on */
  function show(on) {
    field.hidden = !on;
    open.hidden = on;
  }

  function begin() {
    show(true);
    area.focus();
  }

  function clear() {
    area.value = "";
    change(store, (plan) => note(plan, place, ""));
    show(false);
    open.focus();
    announce("Note deleted.");
  }

  area.addEventListener("input", () => {
    const text = area.value;
    changeSoon(store, area.id, (plan, since) => note(plan, place, text, since));
  });
  area.addEventListener("blur", () => {
    store.flush();
    if (!area.value.trim()) show(false);
  });
  show(false);
  let before = "";
  return (written) => {
    const isChanged = written !== before;
    before = written;
    printed.textContent = written;
    if (document.activeElement !== area) {
      area.value = written;
      show(Boolean(written));
    } else if (isChanged && written !== noteFrom(area.value)) {
      // Another tab has changed the note that is being written here: it is shown, and the cursor stays.
      const { selectionStart, selectionEnd } = area;
      area.value = written;
      area.setSelectionRange(selectionStart, selectionEnd);
    }
  };
}
