/** The filters: for each a disclosure with its values and how many records each would give, or with a range. */

/** @import { Answer, Column, List, State } from "../../../../../types/catalogue.d.ts" */

import { element } from "../search/dom.js";
import { counts, hasSeveral, isChosenFrom, isKnown, numberOf, range, valueWords } from "./list.js";
import { folded, shownNumber } from "./text.js";

/** With more values than this, a field narrows them; and so many are shown at once. */
const NARROWED = 12;
const MOST = 60;

/**
 * What the panels do when a reader chooses values of a column (or types them: letter by letter), or that records are to
 * have all of them.
 * @typedef {object} Choose
 * @property {(key: string, values: readonly string[], how?: { typed: boolean }) => void} values
 * @property {(key: string, isAll: boolean) => void} all
 */

export class FilterPanel {
  /** @type {(state: State, answered: Answer) => void} */
  #update;
  /** @type {[State, Answer] | undefined} */
  #latest;

  /**
   * @param {List} list
   * @param {Column} column
   * @param {Choose} choose
   */
  constructor(list, column, choose) {
    this.column = column;
    this.total = element("span", { class: "sg-facet__total" });
    this.element = element("details", { class: "sg-facet" }, element("summary", {}, column.title, this.total));
    const panel = element("fieldset", {}, element("legend", {}, column.title));
    this.panel = panel;
    this.element.append(panel);
    this.#update = column.type === "choice" ? values(panel, list, column, choose) : bounds(panel, list, column, choose);
    this.element.addEventListener("toggle", () => this.#fill());
    addEventListener("resize", () => this.#keepOnPage());
  }

  /**
   * Show what is chosen, and what each value would give. A closed one waits until it is opened.
   * @param {State} state
   * @param {Answer} answered
   */
  show(state, answered) {
    const chosen = state.chosen.get(this.column.key)?.length ?? 0;
    this.total.textContent = chosen > 0 ? ` (${chosen})` : "";
    this.element.classList.toggle("sg-facet--set", chosen > 0);
    this.#latest = [state, answered];
    this.#fill();
  }

  #fill() {
    if (!(this.element.open && this.#latest)) return;
    this.#update(...this.#latest);
    this.#keepOnPage();
  }

  /** A panel that would lie beyond the right edge of the page begins at the right end of its filter. */
  #keepOnPage() {
    this.element.classList.remove("sg-facet--end");
    const beyond = this.panel.getBoundingClientRect().right > document.documentElement.clientWidth;
    this.element.classList.toggle("sg-facet--end", beyond);
  }
}

/**
 * Put the values of a column into a panel.
 * @param {HTMLElement} panel
 * @param {List} list
 * @param {Column} column
 * @param {Choose} choose
 */
function values(panel, list, column, choose) {
  const items = element("ul");
  const rest = element("p", { class: "sg-sub" });
  const words = column.values.map(valueWords);
  const narrow = element("input", { type: "search", "aria-label": `Find in ${column.title}`, placeholder: "Find" });
  if (column.values.length > NARROWED) panel.append(narrow);
  const all = element("input", { type: "checkbox" });
  if (hasSeveral(column)) panel.append(element("label", { class: "sg-facet__all" }, all, "Must have all chosen"));
  all.addEventListener("change", () => choose.all(column.key, all.checked));
  panel.append(items, rest, ...knownOf(list, column));
  /** @type {Map<number, { item: HTMLElement, box: HTMLInputElement, count: HTMLElement }>} */
  const made = new Map();
  /** @type {[State, Answer] | undefined} */
  let latest;

  /** @param {number} number */
  const option = (number) => {
    const known = made.get(number);
    if (known) return known;
    const [value = "", label = ""] = column.values[number] ?? [];
    const box = element("input", { type: "checkbox", value });
    const count = element("span", { class: "sg-facet__count" });
    const item = element("li", {}, element("label", {}, box, element("span", {}, label), " ", count));
    box.addEventListener("change", () => {
      const before = latest?.[0].chosen.get(column.key) ?? [];
      const others = before.filter((one) => numberOf(column, one) !== number);
      choose.values(column.key, box.checked ? [...others, value] : others);
    });
    const built = { item, box, count };
    made.set(number, built);
    return built;
  };

  /** @type {(state: State, answered: Answer) => void} */
  const update = (state, answered) => {
    latest = [state, answered];
    const found = counts(column, answered);
    const chosen = new Set(state.chosen.get(column.key)?.map((value) => numberOf(column, value)));
    all.checked = state.all.has(column.key);
    const asked = folded(narrow.value);
    const fitting = column.order.filter((number) => ` ${words[number]}`.includes(` ${asked}`));
    const { shown, left } = best(fitting, found, chosen);
    const current = shown.map(option);
    for (const [place, { item, box, count }] of current.entries()) {
      const number = shown[place] ?? -1;
      box.checked = chosen.has(number);
      box.disabled = found[number] === 0 && !box.checked;
      item.classList.toggle("sg-facet__nothing", box.disabled);
      count.textContent = shownNumber(found[number] ?? 0);
      if (items.children[place] !== item) items.insertBefore(item, items.children[place] ?? null);
    }
    while (items.children.length > current.length) items.lastElementChild?.remove();
    rest.textContent = left > 0 ? `and ${shownNumber(left)} more: write a part of the name above` : "";
    if (current.length === 0) rest.textContent = `No value has “${narrow.value.trim()}”.`;
  };
  narrow.addEventListener("input", () => latest && update(...latest));
  return update;
}

/**
 * Return which of the values that fit are shown: of too many, those that are chosen or would give most.
 * @param {readonly number[]} fitting
 * @param {Uint32Array} found
 * @param {ReadonlySet<number>} chosen
 */
function best(fitting, found, chosen) {
  if (fitting.length <= MOST) return { shown: fitting, left: 0 };
  const weight = (/** @type {number} */ number) =>
    chosen.has(number) ? Number.POSITIVE_INFINITY : (found[number] ?? 0);
  const kept = new Set(fitting.toSorted((a, b) => weight(b) - weight(a) || a - b).slice(0, MOST));
  return { shown: fitting.filter((number) => kept.has(number)), left: fitting.length - MOST };
}

/**
 * Put the two ends of a range into a panel.
 * @param {HTMLElement} panel
 * @param {List} list
 * @param {Column} column
 * @param {Choose} choose
 */
function bounds(panel, list, column, choose) {
  const known = column.cells.filter((_, row) => isKnown(column, row));
  const all = isChosenFrom(column) ? known.map((cells) => cells.length) : known.flat();
  const [least, most] = [smallest(all), largest(all)];
  const ends = /** @type {const} */ (["From", "To"]).map((text, place) => {
    const input = element("input", { type: "number", placeholder: String(place === 0 ? least : most) });
    input.step = "any";
    panel.append(element("label", {}, element("span", {}, text), input));
    return input;
  });
  panel.append(...knownOf(list, column));
  const [from, to] = ends;
  for (const input of ends) {
    input.addEventListener("input", () => {
      const isSet = Boolean(from?.value || to?.value);
      choose.values(column.key, isSet ? [`${from?.value}..${to?.value}`] : [], { typed: true });
    });
  }
  /** @type {(state: State, answered: Answer) => void} */
  return (state) => {
    const chosen = range(state.chosen.get(column.key)?.[0] ?? "");
    for (const [input, end] of /** @type {const} */ ([
      [from, chosen?.from],
      [to, chosen?.to],
    ])) {
      const value = end === undefined || !Number.isFinite(end) ? "" : String(end);
      if (input && input !== document.activeElement) input.value = value;
    }
  };
}

/**
 * Return the line that says of how many records it is known what they have in a column; none if of all.
 * @param {List} list
 * @param {Column} column
 */
function knownOf({ data }, column) {
  const known = column.of.filter((_, row) => isKnown(column, row)).length;
  if (known === data.total) return [];
  return [element("p", { class: "sg-sub" }, `Known of ${shownNumber(known)} of ${shownNumber(data.total)}.`)];
}

/** @param {readonly number[]} numbers */
function smallest(numbers) {
  return numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);
}

/** @param {readonly number[]} numbers */
function largest(numbers) {
  return numbers.reduce((most, number) => Math.max(most, number), Number.NEGATIVE_INFINITY);
}
