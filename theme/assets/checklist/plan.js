/** The page of the plan: what is in it, what could be, and the ways to take it along. */

import { LIMITS } from "./checking.js";
import { exportTools } from "./exports.js";
import { announce, Warnings } from "./notices.js";
import { button, disclosure, el, enable, freshId, hidden, meter } from "./dom.js";
import { stages } from "./formats.js";
import { openLink } from "./importing.js";
import { pickers } from "./pickers.js";
import { begun, day, guideOf, progressWords, report } from "./report.js";
import { assign, forget, move, remove } from "./state.js";
import { change, sayDone, stepItem, workable } from "./step.js";

/** Fill the element `root` with the plan. */
export function planPage(root, store) {
  const guide = guideOf(JSON.parse(document.getElementById("sg-plan-data").textContent), document.baseURI);
  store.follow(guide.current);

  const warnings = new Warnings(store);
  const heading = el("h2", { id: "your-plan", tabindex: "-1" }, "Your plan");
  const total = meter();
  const nothing = el(
    "p",
    { class: "sg-plan__empty" },
    "There is nothing in your plan yet. Pick actions below, or start from a challenge.",
  );
  const list = el("ol", { class: "sg-plan__list", "aria-labelledby": heading.id });
  const others = el("section", { class: "sg-plan__others" });
  const cards = new Map();
  const context = { store, guide, heading, focusCard: (id, part) => cards.get(id)?.focus(part) };

  root.replaceChildren(
    warnings.element,
    el("section", {}, heading, total.element, nothing, list),
    others,
    pickers(context),
    exportTools(context),
  );
  document.querySelector(".sg-plan-static")?.remove(); // it was for those without scripts

  store.onChange((plan) => {
    warnings.update();
    const now = report(plan, guide);
    total.element.hidden = !now.items.length;
    total.set(
      now.progress,
      `${progressWords(now.progress)} in ${now.items.length} ${now.items.length === 1 ? "action" : "actions"}`,
    );
    nothing.hidden = now.items.length > 0;
    list.hidden = !now.items.length;
    drawCards(list, cards, now.items, context);
    drawOthers(others, begun(plan, guide), context);
  });

  openLink(context);
  window.addEventListener("hashchange", () => openLink(context));
}

/** Bring the cards into the order of the plan. Those that stay are not made anew: someone may be writing in one. */
function drawCards(list, cards, items, context) {
  const wanted = new Set(items.map((item) => item.id));
  for (const [id, card] of cards) {
    if (wanted.has(id)) continue;
    card.element.remove();
    cards.delete(id);
  }
  items.forEach((item, index) => {
    // A card's steps are the guide's and the remembered ones: when one appears that it does not have, it is made anew.
    if (cards.has(item.id) && !cards.get(item.id).fits(item)) {
      cards.get(item.id).element.remove();
      cards.delete(item.id);
    }
    if (!cards.has(item.id)) cards.set(item.id, card(item, context));
    const { element, update } = cards.get(item.id);
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
    update(item, items.length);
  });
}

function card(first, context) {
  const { store } = context;
  const { id, title } = first;
  const name = el("h3", {}, first.url ? el("a", { href: first.url }, title) : title);
  if (first.gone) name.append(" ", el("span", { class: "sg-gone" }, "no longer in the guide"));
  const up = button("Move up", () => shift(-1), { more: title });
  const down = button("Move down", () => shift(1), { more: title });
  const out = button("Take out", takeOut, { more: `${title} of my plan` });
  const owner = el("input", {
    type: "text",
    id: freshId("owner"),
    maxlength: String(LIMITS.owner),
    autocomplete: "off",
  });
  const due = el("input", { type: "date", id: freshId("due") });
  const printed = el("p", { class: "sg-print-only" });
  const bar = meter();
  const { panel, shown, current } = stepsPanel(first, store);
  const { toggle } = disclosure(panel, false, (open) => [
    open ? "Hide the steps" : `Show the steps (${first.steps.length})`,
    `of: ${title}`,
  ]);

  owner.addEventListener("input", () => change(store, (plan) => assign(plan, id, { owner: owner.value })));
  due.addEventListener("change", () => change(store, (plan) => assign(plan, id, { due: due.value })));

  const element = el(
    "li",
    { class: "sg-plan__card", "data-action": id },
    name,
    el("div", { class: "sg-tools" }, up, down, out),
    el(
      "div",
      { class: "sg-plan__fields" },
      el("div", {}, el("label", { for: owner.id }, "Owner", hidden(` of: ${title}`)), owner),
      el("div", {}, el("label", { for: due.id }, "By", hidden(` when: ${title}`)), due),
    ),
    printed,
    bar.element,
    first.steps.length ? [toggle, panel] : el("p", {}, "The guide no longer says what its steps were."),
  );

  function shift(by) {
    const pressed = document.activeElement;
    if (!change(store, (plan) => move(plan, id, by))) return;
    pressed.focus(); // an element that is moved loses the focus
    element.scrollIntoView({ block: "nearest" });
    const all = [...element.parentElement.children];
    announce(`${title} is now number ${all.indexOf(element) + 1} of ${all.length}.`);
  }

  function takeOut() {
    const neighbour = element.nextElementSibling ?? element.previousElementSibling;
    const before = change(store, (plan) => remove(plan, id));
    if (!before) return;
    if (neighbour) context.focusCard(neighbour.dataset.action, "out");
    else context.heading.focus();
    sayDone(store, `Taken out of your plan: ${title}. Its ticks and notes stay.`, before, () =>
      context.focusCard(id, "out"),
    );
  }

  return {
    element,
    focus: (part) => ({ up, down, out })[part].focus(),
    fits: (item) => item.steps.every((step) => shown.has(step.id)),
    update(item, count) {
      current.item = item;
      enable(up, item.position > 1);
      enable(down, item.position < count);
      if (document.activeElement !== owner) owner.value = item.owner;
      if (document.activeElement !== due) due.value = item.due;
      printed.textContent = [
        `Owner: ${item.owner || "…………………………"}`,
        `By: ${item.due ? day(item.due) : "…………………"}`,
      ].join("    ");
      bar.set(item.progress, progressWords(item.progress));
      const kept = new Map(item.steps.map((step) => [step.id, step]));
      for (const [stepId, show] of shown) show(kept.get(stepId) ?? { done: false, note: "" });
    },
  };
}

function stepsPanel(item, store) {
  const panel = el("div", { class: "sg-plan__steps" });
  const shown = new Map();
  const current = { item };
  let number = 1;
  for (const [stage, steps] of stages(item.steps)) {
    if (stage) panel.append(el("h4", { class: "sg-checklist__stage" }, stage));
    const list = el("ol", { class: "sg-steps", start: String(number) });
    for (const step of steps) {
      const one = stepItem(step);
      list.append(one);
      shown.set(
        step.id,
        workable(one, { action: item, step, store, progress: () => current.item.progress, gone: step.gone }),
      );
    }
    number += steps.length;
    panel.append(list);
  }
  return { panel, shown, current };
}

/** Show the actions that were begun outside of the plan, so that nothing of them is lost from sight. */
function drawOthers(section, items, context) {
  const { store } = context;
  const state = JSON.stringify(items);
  if (section.dataset.state === state) return;
  section.dataset.state = state;
  section.hidden = !items.length;
  section.replaceChildren(
    el("h2", { id: "also-begun" }, "Also begun"),
    el("p", {}, "Checklists with ticks or notes that are not in your plan."),
    el("ul", { class: "sg-plan__begun" }, items.map(row)),
  );

  function row(item) {
    const notes = item.steps.filter((step) => step.note || (step.gone && step.done));
    return el(
      "li",
      {},
      item.url
        ? el("a", { href: item.url }, item.title)
        : el("span", {}, item.title, " ", el("span", { class: "sg-gone" }, "no longer in the guide")),
      el("span", { class: "sg-sub" }, progressWords(item.progress)),
      notes.map((step) =>
        el(
          "p",
          { class: "sg-plan__note" },
          el("b", {}, `${step.done ? "Done: " : ""}${step.text || step.id}`),
          step.note ? `: ${step.note}` : "",
        ),
      ),
      el(
        "div",
        { class: "sg-tools" },
        button("Delete its ticks and notes", () => drop(item), { more: `of: ${item.title}` }),
      ),
    );
  }

  function drop(item) {
    const before = change(store, (plan) => forget(plan, item.id));
    if (!before) return;
    context.heading.focus();
    sayDone(store, `Deleted: the ticks and notes of ${item.title}.`, before);
  }
}
