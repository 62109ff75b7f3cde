/** One step of a checklist: its box, and its note, owner and date. The same on an action's page and in the plan. */

/** @import { Store } from "./storage.js" */
/** @import { ActionName, Content, GuideStep, Progress, StepName, StepPlace, StepState } from "../../../types/checklist.d.ts" */

import { change, changeSoon, sayDone } from "./changes.js";
import { LIMITS } from "./checking.js";
import { button, el, find, freshId, hiddenText, setWords } from "./dom.js";
import { announce } from "./notices.js";
import { ownerFields } from "./owners.js";
import { dayOf, isStepOverdue, longDate, progressWords } from "./report.js";
import { assignStep, note, noteFrom, rewordStep, skip, tick } from "./state.js";

/**
 * @typedef {object} Context
 * @property {ActionName} action
 * @property {StepName} step
 * @property {Store} store
 * @property {() => Progress} progress returns the progress of the list after a change
 * @property {boolean} [gone] whether the guide no longer has the step
 * @property {() => void} [afterDelete] sets the focus when the step, which is the reader's own, was deleted
 */

/**
 * Return a list item that shows a step, as the templates write it.
 * @param {GuideStep} step
 */
export function stepItem(step) {
  return el(
    "li",
    { class: "sg-step", "data-step": step.id },
    el("span", { class: "sg-step__text" }, step.text || step.id),
    step.detail ? el("span", { class: "sg-step__detail" }, ...linked(step.detail, step.links ?? [])) : null,
  );
}

/**
 * Return the pieces of a text, those that are links as such.
 * @param {string} text
 * @param {readonly (readonly [string, string])[]} links the words of each, in the order in which the text has them
 */
function linked(text, links) {
  /** @type {Content[]} */
  const pieces = [];
  let rest = text;
  for (const [words, href] of links) {
    const [before = "", ...after] = rest.split(words);
    pieces.push(before, el("a", { href }, words));
    rest = after.join(words);
  }
  return [...pieces, rest];
}

/**
 * Add a box, and a panel for note, owner and date, to the list item of a step. Returns a function that shows the step as the
 * plan now has it.
 * @param {HTMLElement} item
 * @param {Context} context
 * @returns {(state: StepState) => void}
 */
export function workable(item, context) {
  const { action, step, store, progress, gone = false } = context;
  const text = find(item, ".sg-step__text");
  const detail = item.querySelector(".sg-step__detail");
  const box = el("input", { type: "checkbox", id: freshId("step"), class: "sg-step__box" });
  const words = el("label", { for: box.id, class: "sg-step__label" });
  const kept = el("div", { class: "sg-step__kept" });
  const panel = stepPanel(context);
  text.replaceWith(el("span", { class: "sg-step__row" }, box, words, panel.toggle));
  words.append(text);
  if (gone) words.append(el("span", { class: "sg-gone" }, "no longer in the guide"));
  if (detail) {
    detail.id = freshId("detail");
    box.setAttribute("aria-describedby", detail.id);
  }
  item.append(kept, panel.element);
  box.addEventListener("change", () => {
    if (!change(store, (plan) => tick(plan, { action, step }, box.checked))) return;
    announce(`${progressWords(progress())}.`);
  });
  let before = "";
  return (state) => {
    box.checked = state.done;
    panel.update(state);
    const now = JSON.stringify(state);
    if (now === before) return;
    before = now;
    item.classList.toggle("sg-step--skipped", state.skipped);
    kept.replaceChildren(...keptParts(state));
  };
}

/**
 * Return what the plan says about a step: on the screen while the panel is closed, and on paper.
 * @param {StepState} state
 */
function keptParts(state) {
  const late = isStepOverdue(state, dayOf(new Date())) ? el("strong", { class: "sg-overdue" }, "overdue") : "";
  /** @type {(string | HTMLElement)[]} */
  const facts = [
    state.skipped ? "Does not apply" : "",
    state.owner,
    state.due ? `by ${longDate(state.due)}` : "",
    late,
  ].filter((one) => one !== "");
  const line = facts.flatMap((one, index) => (index > 0 ? [" · ", one] : [one]));
  return [
    ...(line.length > 0 ? [el("p", { class: "sg-step__facts" }, line)] : []),
    ...(state.note ? [el("p", { class: "sg-step__printed" }, state.note)] : []),
  ];
}

/**
 * Return the panel of a step, the button that opens it, and a function that shows what the plan has. Its fields are made when
 * it is opened: a plan has hundreds of steps.
 * @param {Context} context
 */
function stepPanel(context) {
  const { step } = context;
  const element = el("div", { class: "sg-step__panel", id: freshId("panel"), hidden: true });
  const toggle = button("", () => show(Boolean(element.hidden)), { "aria-controls": element.id });
  toggle.classList.add("sg-step__edit");
  /** @type {StepState} */
  let state = { done: false, skipped: false, note: "", owner: "", due: "" };
  /** @type {ReturnType<typeof panelFields> | undefined} */
  let fields;

  /** @param {boolean} open */
  function show(open) {
    if (open && !fields) {
      fields = panelFields(context);
      element.append(...fields.elements);
      fields.update(state);
    }
    element.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    setWords(toggle, open ? "Close" : "Edit", `${open ? "" : "note, owner and date "}of: ${step.text}`);
    if (open) fields?.focus();
  }

  show(false);
  return {
    element,
    toggle,
    /** @param {StepState} now */
    update(now) {
      state = now;
      fields?.update(now);
    },
  };
}

/**
 * Return the fields of a step's panel.
 * @param {Context} context
 */
function panelFields({ action, step, store, afterDelete }) {
  const place = { action, step };
  const written = noteField(place, store);
  const owner = ownerFields(step.text, store, (plan, values) => assignStep(plan, place, values));
  const box = el("input", { type: "checkbox", id: freshId("skip"), class: "sg-step__skip" });
  box.addEventListener("change", () => {
    if (!change(store, (plan) => skip(plan, place, box.checked))) return;
    announce(box.checked ? "The step does not apply, and no longer counts." : "The step applies again.");
  });
  const label = el("label", { for: box.id, class: "sg-step__label" }, "Does not apply", hiddenText(`: ${step.text}`));

  function drop() {
    const before = change(store, (plan) => rewordStep(plan, { action, step: { ...step, text: "" } }));
    if (!before) return;
    afterDelete?.();
    sayDone(store, `Deleted: ${step.text}.`, before);
  }

  return {
    elements: [
      written.element,
      el("div", { class: "sg-plan__fields" }, owner.elements),
      el("div", { class: "sg-step__row" }, box, label),
      ...(step.own ? [button("Delete this step", drop, { more: step.text })] : []),
    ],
    focus: () => written.area.focus(),
    /** @param {StepState} state */
    update(state) {
      box.checked = state.skipped;
      owner.update(state);
      written.update(state.note);
    },
  };
}

/**
 * Return the field for the note of a step, and a function that shows what the plan has as the note.
 * @param {StepPlace} place
 * @param {Store} store
 */
function noteField(place, store) {
  const area = el("textarea", { id: freshId("note"), rows: "3", maxlength: String(LIMITS.typed) });
  const title = el("label", { for: area.id }, "Note", hiddenText(` to: ${place.step.text}`));
  area.addEventListener("input", () => {
    const text = area.value;
    changeSoon(store, area.id, (plan, since) => note(plan, place, text, since));
  });
  area.addEventListener("blur", () => store.flush());
  let before = "";
  return {
    area,
    element: el("div", { class: "sg-step__field" }, title, area),
    /** @param {string} written */
    update(written) {
      const isChanged = written !== before;
      before = written;
      if (document.activeElement !== area) {
        area.value = written;
      } else if (isChanged && written !== noteFrom(area.value)) {
        // Another tab has changed the note that is being written here: it is shown, and the cursor stays.
        const { selectionStart, selectionEnd } = area;
        area.value = written;
        area.setSelectionRange(selectionStart, selectionEnd);
      }
    },
  };
}
