/** The records that were found: a table, whose rows are cards on a phone; or what to do if there are none. */

/** @import { Answer, Column, List, State } from "../../../../../types/catalogue.d.ts" */

import { element } from "../search/dom.js";
import { button, urlOf } from "./dom.js";
import { isChosenFrom, pageUrl, waysOut } from "./list.js";
import { inSentence, shownNumber } from "./text.js";
import { dateWords, filterWords, noneWords } from "./words.js";

/**
 * `step`: so many records are shown, and a button shows as many more. `first`: so many new rows are made before the browser
 * shows them, which is about a screen full; `next`: so many more a moment later, again and again, few enough for the page to
 * answer meanwhile. On a phone rows are cards.
 */
const ROWS = { step: 100, first: 15, next: 10 };
const CARDS = { step: 30, first: 4, next: 2 };
const AFTER_A_FRAME = 30;
const isPhone = window.matchMedia("(max-width: 45em)");
/** So many values of a cell are shown. */
const MOST_VALUES = 6;
/** Records of a cell are named beside their number if their names have so few characters on average. */
const SHORT_NAME = 16;

export class Results {
  /** @type {Map<number, HTMLTableRowElement>} */
  #made = new Map();
  #shown = 0;
  #sort = "";
  #isInOrder = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;
  /** @type {readonly number[]} */
  #rows = [];

  /**
   * @param {List} list
   * @param {string} root the way to the root of the site
   * @param {{ sort: (key: string) => void, leaveOut: (keys: readonly string[]) => void }} actions
   */
  constructor(list, root, actions) {
    this.list = list;
    this.root = root;
    this.actions = actions;
    this.columns = list.columns.filter(({ shown }) => shown);
    /** The columns that show nothing but numbers. */
    this.measured = new Set(this.columns.filter(isMeasured));
    this.element = element("div", { class: "sg-catalogue__results" });
    this.body = element("tbody");
    this.heads = new Map([list.data.name, ...this.columns.map(({ key }) => key)].map((key) => [key, this.#head(key)]));
    const head = element("thead", {}, element("tr", {}, ...this.heads.values()));
    this.table = element("table", { class: "sg-cards-table" }, head, this.body);
    this.scroller = element(
      "div",
      { class: "sg-scroll", tabindex: "0", role: "region", "aria-label": list.data.title },
      this.table,
    );
    this.more = button("", () => this.#showMore(), { class: "md-button sg-catalogue__more" });
    this.none = element("div", { class: "sg-catalogue__none" });
    this.element.append(this.scroller, this.more, this.none);
  }

  /**
   * Show an answer.
   * @param {Answer} answered
   * @param {State} state
   */
  show(answered, state) {
    this.#rows = answered.rows;
    this.#shown = portions().step;
    this.#isInOrder = state.sort === this.#sort; // else all rows have to move, which takes longer than to see a few
    this.#sort = state.sort;
    const isEmpty = answered.rows.length === 0;
    this.scroller.hidden = isEmpty;
    this.none.hidden = !isEmpty;
    this.none.replaceChildren(...(isEmpty ? this.#ways(answered) : []));
    for (const [key, head] of this.heads) mark(head, key, state.sort || this.list.data.name);
    this.#fill();
  }

  /** Show all records at once, for print. */
  showAll() {
    this.#shown = this.#rows.length;
    this.#fill(this.#shown);
  }

  /**
   * Put the records that are shown into the table: so many rows that have to be made or moved at once, and a few more a
   * moment later, until all are there.
   * @param {number} first
   */
  #fill(first = portions().first) {
    clearTimeout(this.#later);
    const rows = this.#rows.slice(0, this.#shown);
    const ready = rows.filter((row, place) => place < first || (this.#isInOrder && this.#made.has(row)));
    this.#place(ready.map((row) => this.#row(row)));
    this.#isInOrder = true;
    // Until the page has loaded, more rows would only make it slower.
    const next = () => this.#fill(document.readyState === "complete" ? first + portions().next : first);
    if (ready.length < rows.length) this.#later = setTimeout(next, AFTER_A_FRAME);
    const left = this.#rows.length - rows.length;
    this.more.hidden = left === 0;
    const { step } = portions();
    this.more.textContent = left > step ? `Show ${step} more (of ${shownNumber(left)})` : `Show the last ${left}`;
  }

  /**
   * Put rows into the table; those that stay where they are are left alone, as that is quicker.
   * @param {readonly HTMLTableRowElement[]} rows
   */
  #place(rows) {
    const wanted = new Set(rows);
    for (const row of [...this.body.rows]) if (!wanted.has(row)) row.remove();
    let next = this.body.firstElementChild;
    for (const row of rows) {
      if (row === next) next = next.nextElementSibling;
      else this.body.insertBefore(row, next);
    }
  }

  #showMore() {
    const first = this.#shown;
    this.#shown += portions().step;
    this.#fill(this.#shown);
    this.body.rows[first]?.querySelector("a")?.focus();
  }

  /** @param {string} key */
  #head(key) {
    const column = this.columns.find((one) => one.key === key);
    const head = element("th", { scope: "col" });
    if (column && this.measured.has(column)) head.className = "sg-number";
    head.append(button(column?.title ?? this.list.data.one, () => this.actions.sort(key)));
    return head;
  }

  /** @param {number} row */
  #row(row) {
    const known = this.#made.get(row);
    if (known) return known;
    const { data } = this.list;
    const link = element("a", { href: urlOf(this.root, pageUrl(data, data.id[row] ?? "")) }, data.label[row] ?? "");
    const name = element("td", {}, link);
    if (data.summary[row]) name.append(element("span", { class: "sg-sub" }, data.summary[row]));
    const made = element("tr", {}, name, ...this.columns.map((column) => this.#cell(column, row)));
    this.#made.set(row, made);
    return made;
  }

  /**
   * @param {Column} column
   * @param {number} row
   */
  #cell(column, row) {
    const cell = element("td", { "data-label": column.title });
    const cells = column.cells[row] ?? [];
    if (this.measured.has(column)) cell.className = "sg-number";
    if (isShort(column)) cell.classList.add("sg-catalogue__short");
    if (cells.length === 0) return cell;
    if (column.type === "records") cell.append(shownNumber(cells.length), ...this.#names(column, cells));
    else if (column.type === "choice") cell.append(...this.#choices(column, cells));
    else cell.append(plainWords(column, row));
    return cell;
  }

  /**
   * @param {Column} column
   * @param {readonly number[]} cells
   */
  #choices(column, cells) {
    const shown = cells.length > MOST_VALUES ? cells.slice(0, MOST_VALUES - 1) : cells;
    const parts = shown.flatMap((number, place) => [...(place > 0 ? [", "] : []), this.#value(column, number)]);
    return [...parts, ...(shown.length < cells.length ? [` and ${cells.length - shown.length} more`] : [])];
  }

  /**
   * @param {Column} column
   * @param {readonly number[]} cells
   */
  #names(column, cells) {
    if (this.measured.has(column)) return [];
    return [element("span", { class: "sg-sub" }, ...this.#choices(column, cells))];
  }

  /**
   * @param {Column} column
   * @param {number} number
   */
  #value(column, number) {
    const [, label, url] = column.values[number] ?? ["", ""];
    return url === undefined ? label : element("a", { href: urlOf(this.root, url) }, label);
  }

  /** @param {Answer} answered */
  #ways(answered) {
    const ways = waysOut(answered).map(({ leaveOut, total }) => {
      const words = leaveOut.map((filter) => `“${filterWords(filter)}”`).join(" and ");
      const keys = leaveOut.map(({ key }) => key);
      const press = button(`Leave out ${words}`, () => this.actions.leaveOut(keys), { class: "sg-tool" });
      const { one, title } = this.list.data;
      return element("li", {}, press, `: ${shownNumber(total)} ${inSentence(total === 1 ? one : title)}`);
    });
    const said = element("p", {}, element("strong", {}, noneWords(this.list, answered)));
    if (answered.filters.length === 0) return [said];
    const text = answered.filters.find(({ key }) => key === "")?.labels[0];
    if (text !== undefined) {
      const search = urlOf(this.root, `?q=${encodeURIComponent(text)}`);
      ways.unshift(element("li", {}, element("a", { href: search }, `Search all pages for “${text}”`)));
    }
    return [said, element("p", {}, "What would give something:"), element("ul", {}, ...ways)];
  }
}

function portions() {
  return isPhone.matches ? CARDS : ROWS;
}

/**
 * Tell whether a column shows nothing but numbers: records are named beside theirs only if their names are short.
 * @param {Column} column
 */
function isMeasured({ type, values }) {
  const letters = values.reduce((sum, [, label]) => sum + label.length, 0);
  return type === "number" || (type === "records" && letters > values.length * SHORT_NAME);
}

/**
 * Tell whether the values of a column are so short that none is broken over two lines.
 * @param {Column} column
 */
function isShort({ type, values }) {
  return type === "date" || (type === "choice" && values.every(([, label]) => label.length <= 10));
}

/**
 * Show how the list is sorted in the head of a column.
 * @param {HTMLTableCellElement} head
 * @param {string} key
 * @param {string} sort
 */
function mark(head, key, sort) {
  const isDown = sort === `-${key}`;
  if (isDown || sort === key) head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  else head.removeAttribute("aria-sort");
}

/**
 * Return the words for the values of a column in a file, or for its number or date.
 * @param {Column} column
 * @param {number} row
 */
export function plainWords(column, row) {
  const cell = column.of[row] ?? [];
  const values = typeof cell === "object" ? cell : [cell];
  if (isChosenFrom(column)) return values.map((number) => column.values[Number(number)]?.[1] ?? "").join(", ");
  if (column.type === "date") return values.map((date) => dateWords(String(date))).join(", ");
  return values.map((number) => shownNumber(Number(number))).join(", ");
}
