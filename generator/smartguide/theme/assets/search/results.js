/** What the search shows: names by kind, and pages with their texts. */

import { element } from "./dom.js";
import { ROOT } from "./loading.js";

/** @import { Hit, Named } from "../../../../../types/search.d.ts" */
/** @import { Names } from "./names.js" */

/** So many names stand at the top, whatever their kind. */
const BEST = 3;
/** So many of a kind are shown before someone asks for more. */
const OF_A_KIND = 4;

let count = 0;

/**
 * Return the names that were found: the best, and then all others by kind.
 * @param {Names} names
 * @param {readonly Hit[]} hits
 * @returns {HTMLElement[]}
 */
export function nameGroups(names, hits) {
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
            hits.length > BEST ? "Best matches" : "Names",
            best.map((hit) => nameItem(names, hit.named, hit.name)),
          ),
        ]
      : [];
  for (const [plural, found] of kinds) {
    const items = found.map((hit) => nameItem(names, hit.named, hit.name));
    shown.push(group(plural, items, OF_A_KIND));
  }
  return shown;
}

/**
 * Return names that may have been meant where nothing was found.
 * @param {Names} names
 * @param {readonly Named[]} alike
 * @returns {HTMLElement}
 */
export function meant(names, alike) {
  return group(
    "Did you mean",
    alike.map((named) => nameItem(names, named, "")),
  );
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
