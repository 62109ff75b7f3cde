/** What could be in the plan: the actions of the guide by area, and its challenges with the actions against them. */

import { announce } from "./notices.js";
import { button, disclosure, el, enable, freshId, label } from "./dom.js";
import { answersTo, missing } from "./report.js";
import { add, isEmpty, isPlanned, remove } from "./state.js";
import { change, sayDone } from "./step.js";

/** Return the part of the page where actions are picked. */
export function pickers({ store, guide }) {
  const shows = [];
  const actions = el(
    "div",
    {},
    grouped([...guide.actions.values()]).map(([area, group]) => areaOfActions(area, group, store, shows)),
  );
  const challenges = el(
    "div",
    {},
    grouped(guide.challenges).map(([area, group]) => areaOfChallenges(area, group, store, guide, shows)),
  );
  const fresh = isEmpty(store.plan);
  const picker = disclosure(actions, fresh, (open) => (open ? "Hide the actions" : "Show the actions"));
  store.onChange((plan) => shows.forEach((show) => show(plan)));
  return el(
    "section",
    { class: "sg-plan__pick" },
    el("h2", { id: "pick" }, "Pick actions"),
    picker.toggle,
    actions,
    el("h2", { id: "challenges" }, "Start from a challenge"),
    el("p", {}, "What is hard for you? Take the actions that answer it."),
    challenges,
  );
}

function areaOfActions(area, actions, store, shows) {
  const boxes = actions.map((action) => {
    const box = el("input", { type: "checkbox", id: freshId("pick"), class: "sg-step__box" });
    box.addEventListener("change", () => {
      const before = change(store, (plan) => (box.checked ? add(plan, [action]) : remove(plan, action.id)));
      if (!before) box.checked = isPlanned(store.plan, action.id);
      else if (box.checked) announce(`Added to your plan: ${action.title}.`);
      else sayDone(store, `Taken out of your plan: ${action.title}. Its ticks and notes stay.`, before);
    });
    shows.push((plan) => {
      box.checked = isPlanned(plan, action.id);
    });
    return el(
      "div",
      { class: "sg-step__row" },
      box,
      el("label", { for: box.id, class: "sg-step__label" }, `${action.number}. ${action.title}`),
    );
  });
  return el("fieldset", { class: "sg-plan__area" }, el("legend", {}, area || "Other"), boxes);
}

function areaOfChallenges(area, challenges, store, guide, shows) {
  const rows = challenges.map((challenge) => {
    const answers = answersTo(challenge, guide);
    const words = answers.length === 1 ? "Add its action" : `Add its ${answers.length} actions`;
    const more = `for: ${challenge.title}`;
    const put = button(words, () => {
      if (change(store, (plan) => add(plan, answers)))
        announce(`Added to your plan: ${answers.map((action) => action.title).join(", ")}.`);
    });
    shows.push((plan) => {
      const left = missing(plan, answers);
      label(put, left ? words : "In my plan", more);
      enable(put, left > 0);
    });
    return el(
      "li",
      {},
      el("a", { href: new URL(challenge.url, document.baseURI).href }, challenge.title),
      el(
        "span",
        { class: "sg-sub" },
        answers.length ? answers.map((action) => action.title).join(" · ") : "The guide has no action for it.",
      ),
      answers.length ? put : null,
    );
  });
  const list = el("ul", { class: "sg-plan__challenges" }, rows);
  const { toggle } = disclosure(list, false, () => `${area || "Other"} (${rows.length})`);
  return [el("h3", { class: "sg-plan__topic" }, toggle), list];
}

function grouped(all) {
  const groups = new Map();
  for (const one of all) groups.set(one.area, [...(groups.get(one.area) ?? []), one]);
  return [...groups];
}
