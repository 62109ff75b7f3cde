/** One step of a checklist: its box, and its note. The same on an action's page and in the plan. */

import { LIMITS } from "./checking.js";
import { announce, say } from "./notices.js";
import { button, el, freshId, hidden } from "./dom.js";
import { progressWords } from "./report.js";
import { note, tick } from "./state.js";

/** Return a list item that shows a step, as the templates write it. */
export function stepItem(step) {
  return el(
    "li",
    { class: "sg-step", "data-step": step.id },
    el("span", { class: "sg-step__text" }, step.text || step.id),
    step.detail ? el("span", { class: "sg-step__detail" }, step.detail) : null,
  );
}

/**
 * Give the list item of a step a real box, and its note. `progress` returns the progress of the list after a change.
 * Returns a function that shows the step as the plan now has it.
 */
export function workable(item, { action, step, store, progress, gone = false }) {
  const text = item.querySelector(".sg-step__text");
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
    if (!change(store, (plan) => tick(plan, action, step, box.checked))) return;
    announce(`${progressWords(progress())}.`);
  });
  const showNote = noteOf(item, (plan, written) => note(plan, action, step, written), { step, store });
  return (state) => {
    box.checked = state.done;
    showNote(state.note);
  };
}

/** Change the plan, and return it as it was before. If it cannot be changed like that, say so and return null. */
export function change(store, how) {
  try {
    return store.update(how);
  } catch (error) {
    say(error.message, { bad: true });
    return null;
  }
}

/** Say what was done, with a button that brings the plan back to what it was `before`; `then` comes after that. */
export function sayDone(store, words, before, then = () => {}) {
  const after = store.plan;
  const run = () => {
    store.update(() => before);
    then();
  };
  say(words, { undo: { run, still: () => store.plan === after } });
}

function noteOf(item, write, { step, store }) {
  const area = el("textarea", { id: freshId("note"), rows: "3", maxlength: String(LIMITS.typed) });
  const open = button("Add a note", () => (show(true), area.focus()), { more: `to: ${step.text}` });
  const drop = button("Delete the note", clear, { more: `of: ${step.text}` });
  const title = el("label", { for: area.id }, "Note", hidden(` to: ${step.text}`));
  const printed = el("p", { class: "sg-step__printed" }); // a text area prints no more than what it shows
  const field = el("div", { class: "sg-step__field" }, title, area, drop);
  item.append(el("div", { class: "sg-step__note" }, open, field, printed));

  function show(on) {
    field.hidden = !on;
    open.hidden = on;
  }

  function clear() {
    area.value = "";
    change(store, (plan) => write(plan, ""));
    show(false);
    open.focus();
    announce("Note deleted.");
  }

  area.addEventListener("input", () => change(store, (plan) => write(plan, area.value)));
  area.addEventListener("blur", () => area.value.trim() || show(false));
  show(false);
  return (written) => {
    printed.textContent = written;
    if (document.activeElement === area) return; // never write into a text that someone is writing
    area.value = written;
    show(Boolean(written));
  };
}
