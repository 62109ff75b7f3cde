/** The index page of a collection with filters: the script puts its own list in the place of the one that is there. */

/** @import { Answer, List, State } from "../../../../../types/catalogue.d.ts" */

import { element } from "../search/dom.js";
import { button, urlOf } from "./dom.js";
import { FilterPanel } from "./filters.js";
import { answer, pageUrl, prepared } from "./list.js";
import { NOTHING, read, withAll, without, withValues, written } from "./query.js";
import { Results } from "./results.js";
import { shownNumber } from "./text.js";
import { tools } from "./tools.js";
import { filterWords, foundWords, showWords } from "./words.js";

class Catalogue {
  /** @type {State} */
  #state = NOTHING;
  /** @type {Answer} */
  #answered = { filters: [], failed: new Uint32Array(), rows: [] };
  #isTyping = false;

  /**
   * @param {HTMLElement} place
   * @param {List} list
   */
  constructor(place, list) {
    this.place = place;
    this.list = list;
    this.title = document.title;
    const root = place.dataset.root ?? "";
    const { data, columns } = list;
    const urlOfRecord = (/** @type {string} */ id) => urlOf(root, pageUrl(data, id));
    const choices = {
      values: (
        /** @type {string} */ key,
        /** @type {readonly string[]} */ values,
        /** @type {{ typed: boolean } | undefined} */ how,
      ) => this.choose(withValues(this.#state, key, values), how),
      all: (/** @type {string} */ key, /** @type {boolean} */ isAll) => this.choose(withAll(this.#state, key, isAll)),
    };
    this.panels = columns.filter(({ filter }) => filter).map((column) => new FilterPanel(list, column, choices));
    this.results = new Results(list, root, {
      sort: (key) => this.choose({ ...this.#state, sort: this.#sortedBy(key) }),
      leaveOut: (keys) => this.choose(without(this.#state, keys)),
    });
    this.tools = tools(list, () => this.#answered, {
      api: place.dataset.api ?? "",
      urlOf: urlOfRecord,
      query: () => written({ ...this.#state, embed: false }),
    });
    this.text = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    this.sort = this.#sortField();
    this.fold = button("Filters", () => this.#toggleFold(), {
      class: "md-button sg-catalogue__fold",
      "aria-expanded": "false",
    });
    this.filters = element(
      "div",
      { class: "sg-catalogue__filters", role: "group", "aria-label": "Filters" },
      ...this.panels.map((panel) => panel.element),
    );
    this.status = element("p", { role: "status", class: "sg-catalogue__found" });
    this.toFound = button("", () => this.#showFound(), { class: "md-button md-button--primary sg-catalogue__show" });
    this.filters.append(this.toFound);
    this.chips = element("ul", { class: "sg-chips", "aria-label": "Chosen filters" });
    this.whole = element("p", { class: "sg-catalogue__whole" }, element("a", { target: "_top" }));
    this.#listen();
  }

  /** Put the list in its place, and show what the URL says. */
  start() {
    const form = element(
      "div",
      { class: "sg-catalogue__form", role: "search", "aria-label": this.list.data.title },
      element("label", { class: "sg-catalogue__text" }, "Name or word", this.text),
      element("label", { class: "sg-catalogue__sort" }, "Sort by", this.sort),
      this.fold,
      this.filters,
    );
    this.place.append(this.whole, form, this.chips, this.status, this.results.element, this.tools.element);
    this.#readUrl();
    this.place.hidden = false;
    document.querySelector(".md-sidebar--secondary")?.classList.add("sg-catalogue-beside");
    this.#hideStaticList();
  }

  /**
   * Let the reader choose something: it becomes the URL, and Back leads to what was chosen before. What is typed letter by
   * letter is one step.
   * @param {State} state
   * @param {{ typed?: boolean }} how whether it is typed
   */
  choose(state, { typed = false } = {}) {
    const url = `${location.pathname}${written(state)}`;
    if (typed && this.#isTyping) history.replaceState(undefined, "", url);
    else history.pushState(undefined, "", url);
    this.#isTyping = typed;
    this.#show(state);
  }

  #readUrl() {
    const { data, columns } = this.list;
    const keys = columns.filter(({ filter }) => filter).map(({ key }) => key);
    this.#show(read(location.search, keys, [data.name, ...columns.map(({ key }) => key)]));
  }

  /** @param {State} state */
  #show(state) {
    this.#state = state;
    this.#answered = answer(this.list, state);
    const { filters } = this.#answered;
    if (this.text !== document.activeElement) this.text.value = state.text;
    this.sort.value = state.sort;
    this.status.textContent = foundWords(this.list, this.#answered);
    this.toFound.textContent = showWords(this.list, this.#answered);
    this.fold.textContent = filters.length > 0 ? `Filters (${shownNumber(filters.length)})` : "Filters";
    document.title = [...filters.map(filterWords), this.title].join(" – ");
    document.body.classList.toggle("sg-embed", state.embed);
    this.chips.replaceChildren(...this.#chosen());
    this.chips.hidden = filters.length === 0;
    this.#nameWhole();
    for (const panel of this.panels) panel.show(state, this.#answered);
    this.results.show(this.#answered, state);
    this.tools.update();
  }

  #chosen() {
    const { filters } = this.#answered;
    const chips = filters.map((filter) =>
      element(
        "li",
        {},
        button(`${filterWords(filter)} ×`, () => this.#leaveOut([filter.key]), {
          "aria-label": `Leave out ${filterWords(filter)}`,
        }),
      ),
    );
    const all = button("Leave out all", () => this.#leaveOut(filters.map(({ key }) => key)));
    return filters.length > 1 ? [...chips, element("li", {}, all)] : chips;
  }

  /** @param {readonly string[]} keys */
  #leaveOut(keys) {
    this.text.blur();
    this.choose(without(this.#state, keys));
    (this.chips.querySelector("button") ?? this.text).focus();
  }

  #nameWhole() {
    const link = this.whole.querySelector("a");
    if (!link) return;
    link.href = written({ ...this.#state, embed: false }) || location.pathname;
    link.textContent = [this.list.data.title, ...this.#answered.filters.map(filterWords)].join("; ");
  }

  /** @param {string} key */
  #sortedBy(key) {
    const { sort } = this.#state;
    const { name } = this.list.data;
    if (key === name) return sort === "" ? `-${name}` : "";
    const column = this.list.columns.find((one) => one.key === key);
    const isLargestFirst = column?.type !== "choice";
    const [first, second] = isLargestFirst ? [`-${key}`, key] : [key, `-${key}`];
    return sort === first ? second : first;
  }

  #sortField() {
    const { data, columns } = this.list;
    const field = element("select", {}, new Option("Name, A to Z", ""), new Option("Name, Z to A", `-${data.name}`));
    for (const { key, title, type, values } of columns) {
      const isOfNumbers = type === "choice" && values.every(([, label]) => Number.isFinite(Number(label)));
      const [down, up] = ORDERS[isOfNumbers ? "number" : type];
      const options = [new Option(`${title}, ${down}`, `-${key}`), new Option(`${title}, ${up}`, key)];
      field.append(...(type === "choice" ? options.toReversed() : options));
    }
    return field;
  }

  /** On a phone the filters lie above what was found: fold them. */
  #showFound() {
    this.#toggleFold();
    this.fold.focus();
    this.fold.scrollIntoView();
  }

  #toggleFold() {
    const isOpen = this.filters.classList.toggle("sg-catalogue__filters--open");
    this.fold.setAttribute("aria-expanded", String(isOpen));
  }

  #listen() {
    this.text.addEventListener("input", () => this.choose({ ...this.#state, text: this.text.value }, { typed: true }));
    this.sort.addEventListener("change", () => this.choose({ ...this.#state, sort: this.sort.value }));
    for (const field of [this.text, this.filters]) {
      field.addEventListener("focusout", () => {
        this.#isTyping = false;
      });
    }
    addEventListener("popstate", () => {
      this.#isTyping = false;
      this.text.blur();
      this.#readUrl();
    });
    addEventListener("beforeprint", () => this.results.showAll());
    document.addEventListener("click", ({ target }) => this.#closePanels(target));
    this.filters.addEventListener("keydown", (event) => {
      const open = this.panels.find((panel) => panel.element.open);
      if (event.key !== "Escape" || !open) return;
      event.stopPropagation();
      open.element.open = false;
      open.element.querySelector("summary")?.focus();
    });
  }

  /** @param {EventTarget | null} target what was clicked */
  #closePanels(target) {
    for (const { element: panel } of this.panels) {
      if (panel.open && target instanceof Node && target.isConnected && !panel.contains(target)) panel.open = false;
    }
  }

  /** Take the list away that is there without scripts, unless the URL leads into it. */
  #hideStaticList() {
    const anchor = location.hash.slice(1);
    const parts = staticList(this.place);
    const isWanted =
      anchor !== "" && parts.some((part) => part.id === anchor || part.querySelector(`#${CSS.escape(anchor)}`));
    for (const part of parts) part.classList.toggle("sg-catalogue-static", !isWanted);
    if (isWanted) document.querySelector(`#${CSS.escape(anchor)}`)?.scrollIntoView();
  }
}

/** How a list is sorted by a column, in words: the largest first, the smallest first. */
const ORDERS = {
  choice: ["Z to A", "A to Z"],
  records: ["most first", "fewest first"],
  number: ["highest first", "lowest first"],
  date: ["newest first", "oldest first"],
};

/**
 * Return the elements of the list that is there without scripts.
 * @param {HTMLElement} place
 */
function staticList(place) {
  const parts = [];
  for (let part = place.nextElementSibling; part; part = part.nextElementSibling) {
    if (part.classList.contains("sg-catalogue-end")) break;
    parts.push(part);
  }
  return parts;
}

/**
 * Return once the reader neither presses anything nor has the focus in the list that is there without scripts: a link
 * that is taken away then would be a click lost.
 * @param {HTMLElement} place
 * @returns {Promise<void>}
 */
function leftAlone(place) {
  return new Promise((resolve) => {
    const look = () => {
      const isUsed = isPressed || staticList(place).some((part) => part.contains(document.activeElement));
      if (!isUsed) resolve();
    };
    // Later: the click follows the release, and what has the focus next is known only when it has left.
    for (const type of ["pointerup", "pointercancel", "focusout"]) addEventListener(type, () => setTimeout(look));
    look();
  });
}

let isPressed = false;

/** @param {Event} event */
function press({ type }) {
  isPressed = type === "pointerdown";
}

for (const type of ["pointerdown", "pointerup", "pointercancel"]) addEventListener(type, press, { capture: true });

/** Return when the browser has answered the reader, who may be scrolling while a list is made ready. */
function pause() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Load the style sheet of lists with filters, which no other page needs. */
function styled() {
  return new Promise((resolve) => {
    const link = element("link", { rel: "stylesheet", href: new URL("../catalogue.css", import.meta.url).href });
    for (const type of ["load", "error"]) link.addEventListener(type, resolve);
    document.head.append(link);
  });
}

/** @param {HTMLElement} place */
async function start(place) {
  const [response] = await Promise.all([fetch(place.dataset.catalogue ?? ""), styled()]);
  if (!response.ok) return;
  const list = prepared(await response.json());
  await pause();
  const catalogue = new Catalogue(place, list);
  await pause();
  await leftAlone(place);
  catalogue.start();
}

const found = document.querySelector("[data-catalogue]");
if (found instanceof HTMLElement) await start(found);
