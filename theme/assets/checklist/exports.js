/** The ways to take the plan along: print, files for other programs, a file and a link that hold the plan itself. */

/** @import { Store } from "./storage.js" */
/** @import { Plan, PlanPage, Report } from "../../../types/checklist.d.ts" */

import { changeAll, sayDone } from "./changes.js";
import { PlanError } from "./checking.js";
import { ask } from "./dialogs.js";
import { button, download, el, freshId } from "./dom.js";
import { saveToFile } from "./files.js";
import { calendar, csv, fileName, hasDates, markdown, usualSeparator } from "./formats.js";
import { importFile } from "./importing.js";
import { titleOf, withoutPlan } from "./library.js";
import { announce, say } from "./notices.js";
import { report } from "./report.js";
import { toFragment } from "./sharing.js";
import { isEmpty } from "./state.js";
import { newId } from "./storage.js";

const LONG = 8000; // characters; some mail programs cut links that are longer

/**
 * Return the part of the page with all the ways. While the plan holds nothing, only a file can be loaded.
 * @param {PlanPage} page
 */
export function exportTools(page) {
  const { store } = page;
  const link = linkMaker(store);
  const exports = el("div");
  const save = button("Save to a file", () => saveToFile(page), { more: "and send it" });
  const over = el(
    "div",
    {},
    el("h3", {}, "Start over"),
    el(
      "div",
      { class: "sg-tools" },
      button("Delete my plan…", () => deletePlan(page)),
    ),
  );
  store.onChange((plan) => {
    const nothing = isEmpty(plan);
    if (!(nothing || exports.firstChild)) exports.append(...exportButtons(page));
    for (const part of [exports, save, link.make]) part.hidden = nothing;
    over.hidden = nothing && store.library.plans.length === 1;
  });
  return el(
    "section",
    { class: "sg-plan__take" },
    el("h2", { id: "take-along" }, "Export and share"),
    exports,
    el("h3", {}, "Move or share your plan"),
    el(
      "p",
      {},
      "Your plan is kept in this browser only. A file or a link contains all of it, including names, dates and notes, " +
        "as it is when you make it. Whoever opens it can merge it with a plan of their own, and send it back to you in the same way.",
    ),
    el("div", { class: "sg-tools" }, save, fileLoader(page), link.make),
    link.box,
    over,
  );
}

/**
 * Return the heading, buttons and note of the files for other programs. Made only when there is something to export: how a
 * language writes numbers costs a phone a tenth of a second the first time that a page asks.
 * @param {PlanPage} page
 */
function exportButtons(page) {
  const usual = usualSeparator(navigator.language);
  const other = usual === ";" ? "," : ";";
  return [
    el("h3", {}, "Print or export"),
    el(
      "div",
      { class: "sg-tools" },
      button("Print", () => window.print()),
      button("Markdown", () => exportAs(page, "md", "text/markdown", markdown)),
      button("Spreadsheet (CSV)", () => exportAs(page, "csv", "text/csv", (now) => csv(now, usual))),
      button(`CSV with ${other}`, () => exportAs(page, "csv", "text/csv", (now) => csv(now, other))),
      button("Calendar (dates)", () => exportCalendar(page)),
    ),
    el(
      "p",
      { class: "sg-sub" },
      "Excel shows columns only if the CSV file uses the list separator of your region, which is ; in most of Europe. " +
        `The spreadsheet has ${usual === ";" ? "semicolons" : "commas"}, as is usual for the language of your browser.`,
    ),
  ];
}

/**
 * Save the plan as a file for another program.
 * @param {PlanPage} page
 * @param {string} ending
 * @param {string} type
 * @param {(report: Report) => string} write
 */
function exportAs({ store, guide }, ending, type, write) {
  const now = report(store.plan, guide, titleOf(store.library, store.plan));
  if (now.items.length === 0) {
    say("There is nothing in your plan yet.");
    return;
  }
  download(write(now), `${fileName(now.title)}.${ending}`, `${type};charset=utf-8`);
}

/** @param {PlanPage} page */
function exportCalendar(page) {
  const { plan } = page.store;
  if (!hasDates(report(plan, page.guide))) {
    say("Nothing in this plan has a date yet. Give an action or a step a date under “By” first.");
    return;
  }
  exportAs(page, "ics", "text/calendar", (now) => calendar(now, plan.id, new Date()));
}

/**
 * Return the button that loads a plan from a file, and the field that it opens.
 * @param {PlanPage} page
 */
function fileLoader(page) {
  const input = el("input", {
    type: "file",
    accept: ".json,application/json",
    class: "sg-hidden",
    tabindex: "-1",
    "aria-label": "File with a plan",
  });
  const open = button("Load from a file…", () => input.click());
  input.addEventListener("change", async () => {
    const [file] = input.files ?? [];
    open.focus();
    if (file) await importFile(page, file);
    input.value = ""; // or choosing the same file once more would be no change
  });
  return [open, input];
}

/**
 * Return the button that makes a link, and the box with the link.
 * @param {Store} store
 */
function linkMaker(store) {
  const field = el("input", { type: "text", readonly: true, id: freshId("link") });
  const hint = el("p", { class: "sg-sub" });
  const copy = button("Copy the link", copyIt);
  const box = el(
    "div",
    { class: "sg-plan__link", hidden: true },
    el("label", { for: field.id }, "Link to this plan"),
    field,
    copy,
    hint,
  );
  const make = button("Make a link", makeIt);
  field.addEventListener("focus", () => field.select());
  /** @type {Plan | null} */
  let linked = null;
  // A link holds the plan as it was when the link was made; one that is out of date must not be sent.
  store.onChange((plan) => {
    if (plan !== linked) box.hidden = true;
  });

  async function makeIt() {
    const { plan } = store;
    if (isEmpty(plan)) {
      say("There is nothing in your plan yet.");
      return;
    }
    try {
      const link = new URL(await toFragment(plan), window.location.href).href;
      linked = plan;
      field.value = link;
      hint.textContent =
        "Anyone who has the link can read the plan. Browsers do not send the part after the # to any server." +
        (link.length > LONG ? " The link is long, and some mail programs truncate long links. A file is safer." : "");
      box.hidden = false;
      field.focus();
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      say(error.message, { bad: true });
    }
  }

  async function copyIt() {
    try {
      await navigator.clipboard.writeText(field.value);
      announce("Link copied.");
      hint.textContent = "Copied.";
    } catch {
      field.focus();
      say("The browser does not allow the page to copy. The link is selected: copy it with Ctrl+C (on a Mac: Cmd+C).");
    }
  }

  return { make, box };
}

/**
 * Delete the plan that is shown, after asking.
 * @param {PlanPage} page
 */
async function deletePlan({ store, heading }) {
  const others = store.library.plans.length - 1;
  const answer = await ask(
    others > 0 ? `Delete ${titleOf(store.library, store.plan)}?` : "Delete your plan?",
    el(
      "p",
      {},
      "All its actions, ticks, notes, owners and dates in this browser.",
      others > 0 ? ` Your other ${others === 1 ? "plan is" : `${others} plans are`} kept.` : "",
    ),
    [
      ["keep", "Keep it"],
      ["delete", "Delete everything"],
    ],
  );
  if (answer !== "delete") return;
  const before = changeAll(store, (library) => withoutPlan(library, library.current, newId()));
  if (!before) return;
  heading.focus();
  sayDone(store, "Your plan is deleted.", before);
}
