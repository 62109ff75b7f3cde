/** The ways to take the plan along: print, files for other programs, a file and a link that hold the plan itself. */

import { PlanError } from "./checking.js";
import { ask } from "./dialogs.js";
import { button, download, el, freshId } from "./dom.js";
import { calendar, csv, markdown } from "./formats.js";
import { announce, say } from "./notices.js";
import { openFile } from "./importing.js";
import { report } from "./report.js";
import { toFragment, toText } from "./sharing.js";
import { empty, isEmpty } from "./state.js";
import { sayDone } from "./step.js";
import { newId } from "./storage.js";

const NAME = "smart-guide-plan";
const LONG = 8_000; // characters; beyond, some mail programs cut a link

/** Return the part of the page with all the ways. */
export function exportTools(context) {
  const { store } = context;
  const link = linker(store);
  return el(
    "section",
    { class: "sg-plan__take" },
    el("h2", { id: "take-along" }, "Take it along"),
    el("h3", {}, "On paper and in other programs"),
    el(
      "div",
      { class: "sg-tools" },
      button("Print", () => window.print()),
      button("Markdown", () => give(context, "md", "text/markdown", (now) => markdown(now))),
      button("Spreadsheet (CSV)", () => give(context, "csv", "text/csv", (now) => csv(now))),
      button("Calendar (dates)", () => giveCalendar(context)),
    ),
    el("h3", {}, "To another computer or another person"),
    el(
      "p",
      {},
      "Your plan is kept in this browser only. A file or a link holds all of it: with names, dates and notes.",
    ),
    el(
      "div",
      { class: "sg-tools" },
      button("Save to a file", () => download(toText(store.plan, 1), `${NAME}.json`, "application/json")),
      loader(context),
      link.make,
    ),
    link.box,
    el("h3", {}, "Start again"),
    el(
      "div",
      { class: "sg-tools" },
      button("Delete my plan…", () => clear(context)),
    ),
  );
}

function give({ store, guide }, ending, type, write) {
  const now = report(store.plan, guide);
  if (!now.items.length) {
    say("There is nothing in your plan yet.");
    return;
  }
  download(write(now), `${NAME}.${ending}`, `${type};charset=utf-8`);
}

function giveCalendar(context) {
  const now = report(context.store.plan, context.guide);
  if (!now.items.some((item) => item.due)) {
    say("No action has a date yet. Give one a date under “By” first.");
    return;
  }
  give(context, "ics", "text/calendar", () => calendar(now, context.store.plan.id, new Date()));
}

function loader(context) {
  const input = el("input", {
    type: "file",
    accept: ".json,application/json",
    class: "sg-hidden",
    tabindex: "-1",
    "aria-label": "File with a plan",
  });
  const open = button("Load from a file…", () => input.click());
  input.addEventListener("change", async () => {
    const [file] = input.files;
    open.focus();
    if (file) await openFile(context, file);
    input.value = ""; // or choosing the same file once more would be no change
  });
  return [open, input];
}

function linker(store) {
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
  // A link holds the plan of the moment it was made; one that is out of date is not to be sent.
  store.onChange(() => {
    box.hidden = true;
  });

  async function makeIt() {
    if (isEmpty(store.plan)) {
      say("There is nothing in your plan yet.");
      return;
    }
    try {
      const link = new URL(await toFragment(store.plan), window.location.href).href;
      field.value = link;
      hint.textContent =
        "Whoever has the link can read the plan. What stands behind the # goes to no server." +
        (link.length > LONG ? " It is long: some mail programs cut such links. A file is safer." : "");
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
      say("The browser does not let the page copy. The link is selected: copy it with Ctrl+C (on a Mac: Cmd+C).");
    }
  }

  return { make, box };
}

async function clear({ store, heading }) {
  if (isEmpty(store.plan)) {
    say("There is nothing in your plan yet.");
    return;
  }
  const answer = await ask(
    "Delete your plan?",
    el("p", {}, "All actions, ticks, notes, owners and dates in this browser."),
    [
      ["keep", "Keep it"],
      ["delete", "Delete everything"],
    ],
  );
  if (answer !== "delete") return;
  const before = store.update(() => empty(newId()));
  heading.focus();
  sayDone(store, "Your plan is deleted.", before);
}
