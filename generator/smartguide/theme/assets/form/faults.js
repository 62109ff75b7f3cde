/** Shows what is wrong: beside each field that was left, and all of it above the form when it is checked. */

/** @import { Fault } from "../../../../../types/form.d.ts" */
/** @import { Entry } from "./entry.js" */
/** @import { Part } from "./part.js" */

import { element } from "../search/dom.js";
import { freshId } from "./part.js";

/** @typedef {{ entry: Entry, fault: Fault, part: Part, title: string }} Shown */

/**
 * Show what is wrong with a record beside its fields, and return what is shown.
 * @param {Entry} entry
 * @param {readonly Fault[]} faults
 * @param {boolean} all also what is wrong with fields that nobody has left yet
 * @returns {Shown[]}
 */
export function showBeside(entry, faults, all) {
  /** @type {Map<Part, string[]>} */
  const messages = new Map();
  const shown = [];
  for (const fault of faults) {
    const way = entry.part.way(fault);
    const part = way.at(-1);
    if (!(part && (all || way.slice(1).some((one) => one.isLeft)))) continue;
    messages.set(part, [...(messages.get(part) ?? []), wordsOf(fault)]);
    const title =
      way
        .slice(1)
        .map((one) => one.title)
        .join(" › ") || entry.form.title;
    shown.push({ entry, fault, part, title });
  }
  for (const part of allParts(entry.part)) part.show(messages.get(part) ?? []);
  return shown;
}

/** What the command line says of a record that is not there: to write its file. */
const NEW_FILE = /\bif it is a new one, .*$/isu;

/**
 * Return what is wrong with parts and has not been said of them yet, in words for a screen reader.
 * @param {readonly Shown[]} shown
 * @param {readonly Part[]} parts
 * @param {WeakMap<Part, string>} said what was said of each part the last time; it is brought up to date
 */
export function unsaid(shown, parts, said) {
  return parts
    .flatMap((part) => {
      const faults = shown.filter((one) => one.part === part);
      const words = faults.map(({ title, fault }) => `${title}: ${wordsOf(fault)}.`).join(" ");
      const isNew = words !== (said.get(part) ?? "");
      said.set(part, words);
      return isNew ? words : [];
    })
    .join(" ");
}

/**
 * Return what is wrong in words. What a value is that is missing, its field says already.
 * @param {Fault} fault
 */
function wordsOf({ what, hint, message, rule }) {
  if (what.endsWith("is missing")) return `This is required: ${what}`;
  if (rule !== "unknown-reference") return message;
  const others = hint.replace(NEW_FILE, "").trim();
  return `${what} (${[others, "choose it from the list, which also adds a new one"].filter(Boolean).join(" ")})`;
}

/**
 * @param {Part} part
 * @returns {Part[]}
 */
function allParts(part) {
  return [part, ...part.children.flatMap(allParts)];
}

/**
 * Return what is wrong as a list of links to the fields.
 * @param {readonly Shown[]} shown
 * @param {string} heading
 * @param {boolean} several whether the form has several records, so that each fault is said to be of which
 */
export function summary(shown, heading, several) {
  const title = element("h3", { id: freshId("summary"), tabindex: "-1" }, heading);
  const items = shown.map(({ entry, fault, part, title: field }) => {
    const link = element(
      "a",
      { href: `#${part.target.id}` },
      several ? `${entry.label || entry.form.title}: ${field}` : field,
    );
    link.addEventListener("click", (event) => {
      event.preventDefault();
      part.focus();
    });
    return element("li", {}, link, element("span", { class: "sg-sub" }, wordsOf(fault)));
  });
  return element(
    "section",
    { class: "sg-form-summary", "aria-labelledby": title.id },
    title,
    element("ul", {}, ...items),
  );
}
