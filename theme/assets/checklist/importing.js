/** Imports a plan from a link or a file: it is shown first, and the reader says what is to be done with it. */

/** @import { Content, Guide, Item, Library, Plan, PlanPage } from "../../../types/checklist.d.ts" */

import { changeAll, sayDone } from "./changes.js";
import { PlanError } from "./checking.js";
import { askAboutDifferences } from "./comparing.js";
import { ask } from "./dialogs.js";
import { el } from "./dom.js";
import { currentPlan, lastChange, titleOf, withNew, withPlan } from "./library.js";
import { followed, merge } from "./merging.js";
import { say } from "./notices.js";
import { begun, longDate, longTime, progressWords, report } from "./report.js";
import { fromFragment, fromText, isPlanFragment } from "./sharing.js";
import { isEmpty, same } from "./state.js";
import { newId } from "./storage.js";

const CHOICES = /** @type {const} */ ([
  ["keep", "Keep mine"],
  ["merge", "Merge both"],
  ["add", "Add as another plan"],
  ["replace", "Replace mine"],
]);
const CHOICES_WITHOUT_OWN = /** @type {const} */ ([
  ["keep", "Cancel"],
  ["add", "Use this plan"],
]);

/**
 * Import the plan that the page's URL holds, if it holds one.
 * @param {PlanPage} page
 */
export async function importLink(page) {
  const { hash } = window.location;
  if (!isPlanFragment(hash)) return;
  // Out of the URL at once: a reload must not ask again, and the plan must not be passed on with the URL by accident.
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  await importPlan(page, () => fromFragment(hash), {
    title: "This link holds a plan",
    failure: "This link cannot be opened.",
  });
}

/**
 * Import a plan from a file that the reader chose.
 * @param {PlanPage} page
 * @param {File} file
 */
export async function importFile(page, file) {
  await importPlan(page, () => readFile(file), {
    title: "This file holds a plan",
    failure: `The file ${file.name} cannot be loaded.`,
  });
}

/** @param {File} file */
async function readFile(file) {
  if (file.size > 4_000_000) throw new PlanError("It is much larger than a plan can be.");
  let text;
  try {
    text = await file.text();
  } catch (cause) {
    throw new PlanError("The browser could not read it.", { cause });
  }
  return fromText(text);
}

/**
 * @param {PlanPage} page
 * @param {() => Promise<Plan>} read
 * @param {{ title: string, failure: string }} words
 */
async function importPlan(page, read, { title, failure }) {
  let theirs;
  try {
    theirs = followed(await read(), page.guide.current);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    say(`${failure} ${error.message} Nothing of your own plan was changed.`, { bad: true });
    return;
  }
  await offer(page, title, theirs);
}

/**
 * Ask the reader what is to be done with a plan, and do it. It is compared with another version of the same plan, if this
 * browser has one, or with a plan for the same market, or with the plan that is shown.
 * @param {PlanPage} page
 * @param {string} title
 * @param {Plan} theirs
 */
async function offer({ store, guide, heading }, title, theirs) {
  const { plans } = store.library;
  const mine =
    plans.find(({ id }) => id === theirs.id) ??
    plans.find(({ market }) => market !== "" && market === theirs.market) ??
    store.plan;
  if (same(mine, theirs)) {
    say(`${title} that is the same as yours.`);
    return;
  }
  if (isEmpty(theirs)) {
    say(`${title}, but the plan is empty. Your own plan was not changed.`);
    return;
  }
  const own = isEmpty(mine) ? "" : titleOf(store.library, mine);
  const choice = await ask(title, contents(theirs, guide, own), own ? CHOICES : CHOICES_WITHOUT_OWN);
  const choices = choice === "merge" ? await askAboutDifferences(mine, theirs, { store, guide }) : new Map();
  if (choice === "keep" || !choices) {
    say("Your own plan stays as it is.");
    return;
  }
  const before = changeAll(store, (library) => {
    if (choice === "add") return withNew(library, { ...theirs, id: freshPlanId(library, theirs) });
    const now = library.plans.find(({ id }) => id === mine.id) ?? currentPlan(library);
    const after = choice === "merge" ? merge(now, theirs, store.stamp(library), choices) : { ...theirs, id: now.id };
    return { ...withPlan(library, after), current: now.id };
  });
  if (!before) return;
  heading.focus();
  sayDone(store, DONE[choice], before);
}

const DONE = {
  merge: "The two plans have been merged.",
  add: "This is now your plan.",
  replace: "This is now your plan.",
};

/**
 * Return the id with which a plan is added: its own, unless another version of it stays beside it.
 * @param {Library} library
 * @param {Plan} theirs
 */
function freshPlanId({ current, plans }, theirs) {
  const stays = plans.some((one) => one.id === theirs.id && !(one.id === current && isEmpty(one)));
  return stays ? newId() : theirs.id;
}

/**
 * Return what a plan holds, for the question.
 * @param {Plan} theirs
 * @param {Guide} guide
 * @param {string} mine what the plan is called that the reader has; empty for none
 * @returns {Content}
 */
function contents(theirs, guide, mine) {
  const { title, market, items, progress } = report(theirs, guide);
  const others = begun(theirs, guide).length;
  const changed = lastChange(theirs);
  return [
    el(
      "p",
      {},
      el("b", {}, title),
      market && !title.includes(market) ? ` (${market})` : "",
      changed > 0 ? `, last changed on ${longTime(changed)}, by the clock of the computer where that was done` : "",
      ".",
    ),
    el("p", {}, `${items.length} ${items.length === 1 ? "action" : "actions"}. ${progressWords(progress)}.`),
    el(
      "ol",
      {},
      items.map((item) =>
        el(
          "li",
          {},
          item.title,
          item.gone ? " (no longer in the guide)" : "",
          el("span", { class: "sg-sub" }, facts(item)),
        ),
      ),
    ),
    others
      ? el("p", {}, `And ticks or notes on ${others} ${others === 1 ? "checklist" : "checklists"} outside the plan.`)
      : null,
    mine
      ? el(
          "p",
          {},
          "You have a plan of your own",
          mine === "My plan" ? "" : `, ${mine}`,
          ". If you merge them, everything that only one of them has is kept, and where they differ you can choose.",
        )
      : null,
  ];
}

/** @param {Item} item */
function facts(item) {
  const notes = item.steps.filter((step) => step.note).length;
  return [
    item.owner && `Owner: ${item.owner}`,
    item.due && `by ${longDate(item.due)}`,
    progressWords(item.progress),
    notes > 0 && `${notes} ${notes === 1 ? "note" : "notes"}`,
  ]
    .filter(Boolean)
    .join(", ");
}
