/** What could be in the plan: sets to begin with, the actions of the guide by area, and its challenges with their actions. */

/** @import { Challenge, GuideAction, PlanPage } from "../../../types/checklist.d.ts" */

import { adder } from "./adder.js";
import { change, sayDone } from "./changes.js";
import { button, disclosure, el, enable, freshId, setWords } from "./dom.js";
import { announce } from "./notices.js";
import { answersTo, countMissing, itsActions } from "./report.js";
import { add, addOwnAction, isPlanned, planned, remove } from "./state.js";
import { newOwnId } from "./storage.js";

/**
 * Return the part of the page where actions are picked.
 * @param {PlanPage} page
 */
export function pickers(page) {
  const { store, guide } = page;
  const areas = grouped([...guide.actions.values()]).map(([area, group]) =>
    el(
      "fieldset",
      { class: "sg-plan__area" },
      el("legend", {}, area),
      group.map((action) => actionPicker(action, page)),
    ),
  );
  const actions = el("div", {}, areas);
  const toggle = disclosure(actions, false, (open) => [open ? "Hide the actions" : "Show the actions"]);
  const own = adder({ label: "Add an action of your own", press: "Add the action" }, (text) => {
    if (!change(store, (plan) => addOwnAction(plan, { id: newOwnId(), title: text }))) return false;
    announce(`Added to your plan: ${text.trim()}.`);
    return true;
  });
  return el(
    "section",
    { class: "sg-plan__pick" },
    startingSets(page),
    el("h2", { id: "pick" }, "Pick actions"),
    toggle.element,
    actions,
    own.element,
    el("h2", { id: "challenges" }, "Start from a challenge"),
    el("p", {}, "Which challenges do you face? Choose the actions that address them."),
    el(
      "div",
      {},
      grouped(guide.challenges).map(([area, challenges]) => areaOfChallenges(area, challenges, page)),
    ),
  );
}

/**
 * Return the sets of actions to begin a plan with. They are shown while the plan has no actions.
 * @param {PlanPage} page
 */
function startingSets({ store, guide, heading }) {
  const sets = guide.sets.map(({ title, text, actions }) => {
    const picked = actions.flatMap((id) => guide.actions.get(guide.current.get(id) ?? id) ?? []);
    const press = button(
      `Start with ${picked.length === 1 ? "this action" : `these ${picked.length} actions`}`,
      begin,
      {
        more: `: ${title}`,
      },
    );

    function begin() {
      const before = change(store, (plan) => add(plan, picked));
      if (!before) return;
      heading.focus();
      sayDone(store, `Added to your plan: ${picked.map((action) => action.title).join(", ")}.`, before);
    }

    return el(
      "li",
      {},
      el("h3", {}, title),
      el("p", {}, text),
      el(
        "ul",
        {},
        picked.map((action) => el("li", {}, action.title)),
      ),
      press,
    );
  });
  const section = el(
    "div",
    {},
    el("h2", { id: "start" }, "Start with a set of actions"),
    el("ul", { class: "sg-plan__sets" }, sets),
  );
  store.onChange((plan) => {
    section.hidden = planned(plan).length > 0;
  });
  return section;
}

/**
 * @param {GuideAction} action
 * @param {PlanPage} page
 */
function actionPicker(action, { store }) {
  const box = el("input", { type: "checkbox", id: freshId("pick"), class: "sg-step__box" });
  box.addEventListener("change", () => {
    const before = change(store, (plan) => (box.checked ? add(plan, [action]) : remove(plan, action.id)));
    if (!before) box.checked = isPlanned(store.plan, action.id);
    else if (box.checked) announce(`Added to your plan: ${action.title}.`);
    else sayDone(store, `Removed from your plan: ${action.title}. Its ticks and notes are kept.`, before);
  });
  store.onChange((plan) => {
    box.checked = isPlanned(plan, action.id);
  });
  return el(
    "div",
    { class: "sg-step__row" },
    box,
    el("label", { for: box.id, class: "sg-step__label" }, `${action.number}. ${action.title}`),
  );
}

/**
 * @param {string} area
 * @param {readonly Challenge[]} challenges
 * @param {PlanPage} page
 */
function areaOfChallenges(area, challenges, page) {
  const list = el(
    "ul",
    { class: "sg-plan__challenges" },
    challenges.map((challenge) => challengePicker(challenge, page)),
  );
  const toggle = disclosure(list, false, () => [`${area} (${challenges.length})`]);
  return [el("h3", { class: "sg-plan__topic" }, toggle.element), list];
}

/**
 * @param {Challenge} challenge
 * @param {PlanPage} page
 */
function challengePicker(challenge, { store, guide }) {
  const answers = answersTo(challenge, guide);
  const link = el("a", { href: new URL(challenge.url, document.baseURI).href }, challenge.title);
  if (answers.length === 0) {
    return el("li", {}, link, el("span", { class: "sg-sub" }, "The guide has no action for this challenge."));
  }
  const titles = answers.map((action) => action.title);
  const words = `Add ${itsActions(answers.length)}`;
  const more = `for: ${challenge.title}`;
  const press = button(words, () => {
    if (change(store, (plan) => add(plan, answers))) announce(`Added to your plan: ${titles.join(", ")}.`);
  });
  store.onChange((plan) => {
    const missing = countMissing(plan, answers);
    setWords(press, missing > 0 ? words : "In my plan", more);
    enable(press, missing > 0);
  });
  return el("li", {}, link, el("span", { class: "sg-sub" }, titles.join(" · ")), press);
}

/**
 * @template {{ readonly area: string }} One
 * @param {readonly One[]} all
 */
function grouped(all) {
  /** @type {Map<string, One[]>} */
  const groups = new Map();
  for (const one of all) groups.set(one.area, [...(groups.get(one.area) ?? []), one]);
  return [...groups];
}
