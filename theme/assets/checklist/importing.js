/** Imports a plan from a link or a file: it is shown first, and the reader says what is to be done with it. */

/** @import { Content, Guide, Item, Plan, PlanPage } from "../../../types/checklist.d.ts" */

import { change, sayDone } from "./changes.js";
import { PlanError } from "./checking.js";
import { ask } from "./dialogs.js";
import { el } from "./dom.js";
import { say } from "./notices.js";
import { longDate, progressWords, report } from "./report.js";
import { fromFragment, fromText, isPlanFragment } from "./sharing.js";
import { followed, isEmpty, merge, same } from "./state.js";

const CHOICES = /** @type {const} */ ([
  ["keep", "Keep mine"],
  ["merge", "Merge both"],
  ["replace", "Replace mine"],
]);
const CHOICES_WITHOUT_OWN = /** @type {const} */ ([
  ["keep", "Cancel"],
  ["replace", "Use this plan"],
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
 * Ask the reader what is to be done with a plan, and do it.
 * @param {PlanPage} page
 * @param {string} title
 * @param {Plan} theirs
 */
async function offer({ store, guide, heading }, title, theirs) {
  if (same(store.plan, theirs)) {
    say(`${title} that is the same as yours.`);
    return;
  }
  if (isEmpty(theirs)) {
    say(`${title}, but the plan is empty. Your own plan was not changed.`);
    return;
  }
  const mine = !isEmpty(store.plan);
  const choice = await ask(title, contents(theirs, guide, mine), mine ? CHOICES : CHOICES_WITHOUT_OWN);
  if (choice === "keep") {
    say("Your own plan stays as it is.");
    return;
  }
  const before = change(store, (plan) => (choice === "merge" ? merge(plan, theirs) : theirs));
  if (!before) return;
  heading.focus();
  sayDone(store, choice === "merge" ? "The two plans have been merged." : "This is now your plan.", before);
}

/**
 * Return what a plan holds, for the question.
 * @param {Plan} theirs
 * @param {Guide} guide
 * @param {boolean} mine whether the reader has a plan of their own
 * @returns {Content}
 */
function contents(theirs, guide, mine) {
  const { items, progress } = report(theirs, guide);
  const others = theirs.actions.length - items.length;
  return [
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
          "You have a plan of your own. If you merge them, the ticks of both are kept, and notes are placed one below the other; " +
            "where both have an owner or a date, yours is kept.",
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
