/** What the search shows: names by kind, and pages with their texts. */

import { element } from "./dom.js";
import { ROOT } from "./loading.js";

/** @import { Found, Hit, Named } from "../../../../../types/search.d.ts" */
/** @import { Names } from "./names.js" */

/** So many names stand at the top, whatever their kind. */
const BEST = 3;
/** So many of a kind are shown before someone asks for more. */
const OF_A_KIND = 4;

let count = 0;

/**
 * Return the names that were found: the best, and then all others by kind.
 * @param {Names} names
 * @param {Found} found
 * @returns {HTMLElement[]}
 */
export function nameGroups(names, { hits, isGuess }) {
  const best = hits.slice(0, BEST);
  /** @type {Map<string, Hit[]>} */
  const kinds = new Map();
  for (const hit of hits.slice(BEST)) {
    const plural = names.index.kinds[hit.named.kind]?.[1] ?? "";
    kinds.set(plural, [...(kinds.get(plural) ?? []), hit]);
  }
  const shown =
    best.length > 0
      ? [
          group(
            headingOf(hits.length, isGuess),
            best.map((hit) => nameItem(names, hit.named, hit.name)),
          ),
        ]
      : [];
  for (const [plural, of] of kinds) {
    const items = of.map((hit) => nameItem(names, hit.named, hit.name));
    shown.push(group(plural, items, OF_A_KIND));
  }
  return shown;
}

/**
 * @param {number} all how many names were found
 * @param {boolean} isGuess whether they are only a little like what was asked
 */
function headingOf(all, isGuess) {
  if (isGuess) return "Similar names";
  return all > BEST ? "Best matches" : "Names";
}

/**
 * Return names that may have been meant where nothing was found.
 * @param {Names} names
 * @param {string} question
 * @returns {HTMLElement[]}
 */
export function meant(names, question) {
  const items = names.alike(question).map((named) => nameItem(names, named, ""));
  return items.length > 0 ? [group("Did you mean", items)] : [];
}

/**
 * Return a group of results under a heading; of more than `most` the others are shown when they are asked for.
 * @param {string} heading
 * @param {HTMLElement[]} items
 * @param {number} most
 * @returns {HTMLElement}
 */
export function group(heading, items, most = items.length) {
  count += 1;
  const id = `sg-search-group-${count}`;
  const list = element("ul", { role: "list" }, ...items.slice(0, most));
  const section = element("section", { "aria-labelledby": id }, element("h2", { id }, heading), list);
  const others = items.slice(most);
  if (others.length > 0) {
    const more = element(
      "button",
      { type: "button", class: "sg-tool sg-search__more" },
      `Show ${others.length} more`,
      element("span", { class: "sg-hidden" }, ` under ${heading}`),
    );
    more.addEventListener("click", () => {
      list.append(...others);
      more.remove();
      others[0]?.querySelector("a")?.focus();
    });
    section.append(more);
  }
  return section;
}

/**
 * @param {Names} names
 * @param {Named} named
 * @param {string} name the name by which it was found, if that is not the title
 * @returns {HTMLElement}
 */
function nameItem(names, named, name) {
  const kind = names.index.kinds[named.kind]?.[0] ?? "";
  const line = [name, named.line].filter(Boolean).join(" · ");
  return item(names.url(named), named.title, kind, line ? [line] : []);
}

/**
 * Return a result: a link with its title, its kind and a line below. Every second piece of the line is marked.
 * @param {string} url relative to the root of the site
 * @param {string} title
 * @param {string} kind
 * @param {readonly string[]} pieces
 * @returns {HTMLElement}
 */
export function item(url, title, kind, pieces) {
  const line = pieces.map((piece, number) => (number % 2 ? element("mark", {}, piece) : piece));
  const link = element(
    "a",
    { href: new URL(url, ROOT).href, class: "sg-search__result" },
    element("span", { class: "sg-search__title" }, title),
    " ",
    element("span", { class: "sg-search__kind" }, kind),
  );
  if (line.length > 0) link.append(" ", element("span", { class: "sg-search__line" }, ...line));
  return element("li", {}, link);
}
