/** A plan from someone else, or from a file: shown first, and taken over only as its reader says. */

import { PlanError } from "./checking.js";
import { ask } from "./dialogs.js";
import { el } from "./dom.js";
import { say } from "./notices.js";
import { day, progressWords, report } from "./report.js";
import { fromFragment, fromText, isPlanFragment } from "./sharing.js";
import { followed, isEmpty, merge, same } from "./state.js";
import { change, sayDone } from "./step.js";

/** Open the plan that the page's address holds, if it holds one. */
export async function openLink(context) {
  const { hash } = window.location;
  if (!isPlanFragment(hash)) return;
  // Out of the address at once: a reload must not ask again, and the plan is not to be passed on by chance.
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  await opened(context, "This link cannot be opened.", "This link holds a plan", () => fromFragment(hash));
}

/** Open a plan from a file that the reader chose. */
export async function openFile(context, file) {
  await opened(context, `The file ${file.name} cannot be loaded.`, "This file holds a plan", async () => {
    if (file.size > 4_000_000) throw new PlanError("It is much larger than a plan can be.");
    return fromText(await file.text().catch(unreadable));
  });
}

function unreadable() {
  throw new PlanError("The browser could not read it.");
}

async function opened(context, failure, title, read) {
  let theirs;
  try {
    theirs = followed(await read(), context.guide.current);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    say(`${failure} ${error.message} Nothing of your own plan was changed.`, { bad: true });
    return;
  }
  await offered(context, title, theirs);
}

async function offered({ store, guide, heading }, title, theirs) {
  if (same(store.plan, theirs)) {
    say(`${title}: the one that you have already.`);
    return;
  }
  if (isEmpty(theirs)) {
    say(`${title} with nothing in it. Your own was not changed.`);
    return;
  }
  const mine = !isEmpty(store.plan);
  const choices = mine
    ? [
        ["keep", "Keep mine"],
        ["merge", "Merge both"],
        ["replace", "Replace mine"],
      ]
    : [
        ["keep", "Leave it"],
        ["replace", "Take it over"],
      ];
  const choice = await ask(title, contents(theirs, guide, mine), choices);
  if (choice === "keep") {
    say("Your own plan stays as it is.");
    return;
  }
  const before = change(store, (plan) => (choice === "merge" ? merge(plan, theirs) : theirs));
  if (!before) return;
  heading.focus();
  sayDone(store, choice === "merge" ? "Both plans are now one." : "This is now your plan.", before);
}

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
      ? el("p", {}, `And ticks or notes on ${others} ${others === 1 ? "checklist" : "checklists"} outside of the plan.`)
      : null,
    mine
      ? el(
          "p",
          {},
          "You have a plan of your own. If you merge them, the ticks of both count and notes stand one below the other; " +
            "where both name an owner or a date, yours stays.",
        )
      : null,
  ];
}

function facts(item) {
  const notes = item.steps.filter((step) => step.note).length;
  return [
    item.owner && `Owner: ${item.owner}`,
    item.due && `by ${day(item.due)}`,
    progressWords(item.progress),
    notes && `${notes} ${notes === 1 ? "note" : "notes"}`,
  ]
    .filter(Boolean)
    .join(", ");
}
