/** Shows side by side what two plans have differently, and asks which of both is to be taken. */

/** @import { Store } from "./storage.js" */
/** @import { Choice, Difference, Guide, Plan, Stamp } from "../../../types/checklist.d.ts" */

import { ask } from "./dialogs.js";
import { el, freshId, hiddenText } from "./dom.js";
import { differences } from "./merging.js";
import { longDate, longTime } from "./report.js";

/** @typedef {{ store: Store, guide: Guide }} Page */
/** @typedef {{ key: string, element: HTMLElement, choice: () => Choice }} Row */

const CLOCKS =
  "Each time is that of the clock of the computer on which the change was made. If one of the clocks is wrong, the later " +
  "change may not be the one that is selected.";
const GROUPS = /** @type {const} */ ([
  [
    "both",
    "Changed in both plans",
    "The later change is selected; of two notes, both; of a step that one of you deleted, the changed step. ",
  ],
  ["theirs", "Changed only in theirs", "Their change is selected. "],
  ["mine", "Changed only in yours", "Your change is selected. "],
]);

/**
 * Ask the reader about the values that two plans have differently, and return what was chosen; null for not merging them.
 * If theirs only has more than mine, nothing is asked.
 * @param {Plan} mine
 * @param {Plan} theirs
 * @param {Page} page
 * @returns {Promise<ReadonlyMap<string, Choice> | null>}
 */
export async function askAboutDifferences(mine, theirs, page) {
  const all = differences(mine, theirs);
  if (!all.some(isConflict)) return new Map();
  /** @type {Row[]} */
  const rows = [];
  const groups = GROUPS.map(([by, title, words]) => {
    const some = all.filter((one) => one.by === by);
    if (some.length === 0) return null;
    const made = some.map((one) => row(one, page));
    rows.push(...made);
    return el(
      "section",
      {},
      el("h3", {}, `${title} (${some.length})`),
      el("p", { class: "sg-sub" }, words, by === "both" ? CLOCKS : ""),
      made.map(({ element }) => element),
    );
  });
  const answer = await ask(
    "Where the two plans differ",
    [el("p", {}, "Everything that is not listed here is the same in both, or only in yours, and is kept."), groups],
    [
      ["keep", "Cancel"],
      ["merge", "Merge with these choices"],
    ],
  );
  return answer === "merge" ? new Map(rows.map(({ key, choice }) => [key, choice()])) : null;
}

/**
 * Return whether mine has a value, too, or had one once: then theirs does not only add something.
 * @param {Difference} difference
 */
function isConflict({ mine, mineStamp }) {
  return Boolean(mine || mineStamp);
}

/**
 * Return whether a difference is about the words of a step or an action of one's own: without them it is not there.
 * @param {Difference} difference
 */
function isOwnText({ field }) {
  return field === "text" || field === "title";
}

/**
 * Return a difference as two values side by side, one of which can be chosen.
 * @param {Difference} difference
 * @param {Page} page
 * @returns {Row}
 */
function row(difference, page) {
  const { key, pick, mine, theirs, mineStamp, theirsStamp, field } = difference;
  const name = freshId("choice");
  /** @type {Map<Choice, HTMLInputElement>} */
  const boxes = new Map();

  /**
   * @param {Choice} choice
   * @param {string} title
   * @param {string} value
   * @param {string} when
   */
  function option(choice, title, value, when) {
    const box = el("input", { type: "radio", name, id: freshId("take"), value: choice, checked: choice === pick });
    boxes.set(choice, box);
    return el(
      "div",
      { class: "sg-choice" },
      box,
      el(
        "label",
        { for: box.id },
        el("b", {}, title),
        el("span", { class: "sg-choice__value" }, hiddenText(": "), value),
        when ? el("span", { class: "sg-sub" }, when) : null,
      ),
    );
  }

  const both = field === "note" && mine !== "" && theirs !== "";
  const element = el(
    "fieldset",
    { class: "sg-difference" },
    el("legend", {}, nameOf(difference, page.guide)),
    el(
      "div",
      { class: "sg-difference__sides" },
      isConflict(difference)
        ? option("mine", "Yours", valueWords(difference, mine, page), whenWords(mineStamp, page.store))
        : option("mine", "Yours", isOwnText(difference) ? "Not there" : valueWords(difference, mine, page), ""),
      option("theirs", "Theirs", valueWords(difference, theirs, page), whenWords(theirsStamp, page.store)),
      both ? option("together", "Both", "One below the other", "") : null,
    ),
  );
  return { key, element, choice: () => [...boxes].find(([, box]) => box.checked)?.[0] ?? pick };
}

/**
 * Return what a difference is about.
 * @param {Difference} difference
 * @param {Guide} guide
 */
function nameOf({ field, action, step }, guide) {
  const title = action ? guide.actions.get(action.id)?.title || action.title || action.id : "";
  const text = step ? guideText(guide, action?.id, step.id) || step.text || step.id : "";
  const what = NAMES[field];
  if (!title) return what;
  return text ? `${what}: ${text} (${title})` : `${what}: ${title}`;
}

/**
 * @param {Guide} guide
 * @param {string | undefined} actionId
 * @param {string} stepId
 */
function guideText(guide, actionId, stepId) {
  return guide.actions.get(actionId ?? "")?.steps.find(({ id }) => id === stepId)?.text ?? "";
}

const NAMES = {
  name: "Name of the plan",
  market: "Market",
  order: "Order of the actions",
  planned: "Action",
  title: "Words of the action",
  state: "Step",
  text: "Words of the step",
  note: "Note",
  owner: "Owner",
  due: "Date",
};

const EMPTY = {
  name: "No name",
  market: "No market",
  order: "",
  planned: "Not in the plan",
  title: "Deleted",
  text: "Deleted",
  state: "Not done",
  note: "No note",
  owner: "Nobody",
  due: "No date",
};

/**
 * Return a value in words.
 * @param {Difference} difference
 * @param {string} value
 * @param {Page} page
 */
function valueWords({ field }, value, { guide, store }) {
  if (value === "") return EMPTY[field];
  if (field === "state") return value === "done" ? "Done" : "Does not apply";
  if (field === "planned") return "In the plan";
  if (field === "due") return longDate(value);
  if (field === "market") return value.slice(3) || value;
  if (field !== "order") return value;
  const own = new Map(store.library.plans.flatMap(({ actions }) => actions.map(({ id, title }) => [id, title])));
  const titles = value.split(" ").map((id) => guide.actions.get(id)?.title || own.get(id) || id);
  return titles.map((title, index) => `${index + 1}. ${title}`).join("\n");
}

/**
 * Return when and where a value was changed.
 * @param {Stamp | undefined} stamp
 * @param {Store} store
 */
function whenWords(stamp, store) {
  if (!stamp) return "It is not known when.";
  const where = stamp.by === store.library.browser ? "this browser" : `browser ${stamp.by.slice(0, 4)}`;
  return `${longTime(stamp.at)}, in ${where}`;
}
