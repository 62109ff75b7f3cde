/** The first page of the form: what to add, which record to correct, and the drafts in this browser. */

/** @import { Draft } from "../../../../../types/record-form.d.ts" */

import { button } from "../catalogue/dom.js";
import { element } from "../search/dom.js";
import { findNames } from "../search/loading.js";
import { twice, whenWords } from "./dom.js";
import { freshId } from "./part.js";

/** So many records are offered to be corrected. */
const MOST = 8;

/** What a page knows of a collection: how one record is called, and where its records are. */
/** @typedef {{ collection: string, one: string, title: string, url: string }} Kind */

/**
 * Return the kinds that the page offers.
 * @param {ParentNode} place
 * @returns {Kind[]}
 */
export function kindsIn(place) {
  return [...place.querySelectorAll("[data-add]")].map((link) => {
    const { add = "", one = "", title = "", url = "" } = /** @type {HTMLElement} */ (link).dataset;
    return { collection: add, one, title, url };
  });
}

/**
 * Return the part of the page in which a record is found to be corrected.
 * @param {readonly Kind[]} kinds
 */
export function correcting(kinds) {
  const link = (/** @type {Found} */ { kind, id, title }) =>
    element("a", { href: `?correct=${encodeURIComponent(kind.collection)}/${encodeURIComponent(id)}` }, title);
  return element(
    "section",
    { class: "sg-form-correct" },
    element("h2", {}, "Correct a record"),
    ...finder(kinds, link),
  );
}

/** A record that was found by its name. @typedef {{ kind: Kind, id: string, title: string }} Found */

/**
 * Return a field in which the name of a record is typed, and what shows the records that have it.
 * @param {readonly Kind[]} kinds of which records are found
 * @param {(found: Found) => HTMLElement} show returns what is pressed for a record
 * @returns {[label: HTMLElement, input: HTMLInputElement, status: HTMLElement, list: HTMLElement]}
 */
export function finder(kinds, show) {
  const input = element("input", {
    type: "search",
    id: freshId("correct"),
    autocomplete: "off",
    class: "sg-form-control",
  });
  const list = element("ul", { class: "sg-form-found" });
  const status = element("p", { role: "status", class: "sg-form-note" });
  let asked = 0;
  const look = async () => {
    asked += 1;
    const mine = asked;
    const text = input.value.trim();
    /** @type {Node[]} */
    let items = [];
    let words = "";
    try {
      if (text !== "") {
        items = (await found(text, kinds)).map((one) =>
          element("li", {}, show(one), element("span", { class: "sg-sub" }, one.kind.title)),
        );
        words = items.length === 0 ? "No record has a name like this." : "";
      }
    } catch {
      words = "The names did not load. Check your connection, and type again.";
    }
    if (mine !== asked) return;
    list.replaceChildren(...items);
    status.textContent = words || (items.length > 0 ? `${items.length} found.` : "");
  };
  input.addEventListener("input", look);
  const words = "The name of the record, or another name that it is known by";
  return [element("label", { for: input.id }, words), input, status, list];
}

/**
 * @param {string} text
 * @param {readonly Kind[]} kinds
 * @returns {Promise<Found[]>}
 */
async function found(text, kinds) {
  const { names, found: all } = await findNames(text);
  const items = all.hits.flatMap(({ named }) => {
    const url = names.url(named);
    const kind = kinds.find(
      (one) => url.startsWith(one.url) && url.slice(one.url.length).replace(/\/$/u, "") === named.id,
    );
    return kind && named.id ? [{ kind, id: named.id, title: named.title }] : [];
  });
  return items.slice(0, MOST);
}

/**
 * Return the part of the page with the drafts; undefined if there are none.
 * @param {readonly Draft[]} drafts
 * @param {ReadonlySet<string>} held those that another tab works on
 * @param {readonly Kind[]} kinds
 * @param {(draft: Draft) => void} forget
 */
export function draftList(drafts, held, kinds, forget) {
  if (drafts.length === 0) return;
  const title = element(
    "h2",
    { id: freshId("drafts"), tabindex: "-1" },
    drafts.length === 1 ? "A draft that you began" : "Drafts that you began",
  );
  const part = element("section", { class: "sg-form-drafts", "aria-labelledby": title.id }, title);
  const list = element("ul", { class: "sg-form-drafts__list" });
  for (const draft of drafts) {
    const item = element("li");
    const isOpen = held.has(draft.id);
    item.append(
      element("strong", {}, nameOf(draft, kinds)),
      element(
        "span",
        { class: "sg-sub" },
        `Saved in this browser ${whenWords(draft.saved)}${isOpen ? "; open in another tab" : ""}`,
      ),
      element(
        "p",
        { class: "sg-form-tools" },
        ...(isOpen ? [] : [button("Continue", () => location.assign(urlOf(draft)), { class: "sg-tool" })]),
        twice("Delete", "Press again to delete it", () => {
          forget(draft);
          item.remove();
          (list.children.length === 0 ? headingBefore(part) : title)?.focus();
          if (list.children.length === 0) part.remove();
        }),
      ),
    );
    list.append(item);
  }
  part.append(list);
  return part;
}

/**
 * Return the heading before a part of the page, which can take the focus.
 * @param {Element} part
 * @returns {HTMLElement | undefined}
 */
function headingBefore(part) {
  const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("h1, h2"));
  const last = [...all].findLast((one) => part.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING);
  if (last) last.tabIndex = -1;
  return last;
}

/**
 * @param {Draft} draft
 * @param {readonly Kind[]} kinds
 */
function nameOf({ title, correct, records }, kinds) {
  const kind = kinds.find(({ collection }) => collection === records[0]?.collection);
  const one = kind?.one ?? "record";
  return correct ? `Correction of ${title || correct}` : `New ${one}: ${title || "without a name"}`;
}

/** @param {Draft} draft */
function urlOf({ id, correct, records }) {
  const query = new URLSearchParams(
    correct ? { correct: `${records[0]?.collection}/${correct}` } : { add: records[0]?.collection ?? "" },
  );
  query.set("draft", id);
  return `?${query}`;
}
